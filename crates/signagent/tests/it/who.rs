//! Who may ask, and who may not.

use crate::agent::{Agent, PDF, SITE, multipart};
use crate::soft::Soft;
use std::process::Command;

#[test]
fn only_the_named_site_may_ask() {
    let soft = Soft::new();
    soft.token("Hung", &[("EC", "2030-01-01")]);
    let agent = Agent::start(&soft);
    // The browser asks first, and is told who and how.
    let asks = [
        ("Origin", SITE),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "x-sandinh"),
        ("Access-Control-Request-Private-Network", "true"),
    ];
    let told = agent.raw("OPTIONS", "/api/requests", &asks, &[]);
    told.is(204);
    for line in [
        "access-control-allow-origin: https://xa.example.vn",
        "access-control-allow-headers: content-type, x-sandinh",
        "access-control-allow-private-network: true",
        "vary: origin",
    ] {
        assert!(told.head.contains(line), "{line}\n{}", told.head);
    }
    let (body, kind) = multipart(&[("file", PDF), ("title", b"A")]);
    let mark = ("X-Sandinh", "1");
    let typed = ("Content-Type", kind.as_str());
    for origin in [
        "https://evil.example",
        "https://xa.example.vn.evil.example",
        "http://xa.example.vn",
        "null",
        "https://xa.example.vn:8443",
    ] {
        let refused = agent.raw("POST", "/api/requests", &[("Origin", origin), mark, typed], &body);
        assert!(!refused.is(403).head.contains("access-control"), "{origin}: {}", refused.head);
        let refused = agent.raw("OPTIONS", "/api/requests", &[("Origin", origin), asks[3]], &[]);
        assert!(!refused.is(403).head.contains("access-control"), "{origin}: {}", refused.head);
    }
    agent.raw("POST", "/api/requests", &[mark, typed], &body).is(403);
    agent.raw("POST", "/api/requests", &[("Origin", SITE), typed], &body).is(403);
    // A foreign name that points here.
    for host in ["evil.example", "evil.example:80", "127.0.0.1", "xa.example.vn"] {
        agent.raw("POST", "/api/requests", &[("Host", host), ("Origin", SITE), mark, typed], &body).is(421);
        agent.raw("GET", "/", &[("Host", host)], &[]).is(421);
    }
    agent.send("/api/requests", &body, &kind).is(201);
}

#[test]
fn no_page_presses_for_the_official() {
    let soft = Soft::new();
    soft.token("Hung", &[("EC", "2030-01-01")]);
    let agent = Agent::start(&soft);
    let asked = agent.asks(&[("file", PDF), ("title", b"<script>alert(1)</script>")]);
    let window = agent.window("GET", &asked.window, "");
    assert!(!window.text().contains("<script>"));
    for line in
        ["x-frame-options: deny", "frame-ancestors 'none'", "default-src 'none'", "cache-control: no-store"]
    {
        assert!(window.head.contains(line), "{line}\n{}", window.head);
    }
    let choice = &window.choices()[0];
    let form = format!("certificate={choice}&pin={}", crate::PIN);
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    for origin in [SITE, "null", "https://evil.example"] {
        agent.raw("POST", &asked.window, &[("Origin", origin), kind], form.as_bytes()).is(403);
        agent.raw("POST", &format!("{}/huy", asked.window), &[("Origin", origin), kind], b"").is(403);
    }
    agent.raw("POST", &asked.window, &[kind], form.as_bytes()).is(403);
    // Opened as a page it is shown, drawn into another page it is not.
    let from =
        |mode, dest| [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", dest)];
    agent.raw("GET", &asked.window, &from("navigate", "document"), &[]).is(200);
    agent.raw("GET", &asked.window, &from("navigate", "iframe"), &[]).is(403);
    agent.raw("GET", &format!("{}/van-ban", asked.window), &from("no-cors", "embed"), &[]).is(403);
    agent.raw("GET", "/", &from("cors", "empty"), &[]).is(403);
    assert_eq!(agent.state(&asked.id), "waiting");
    // The page knows its request; the window has another name.
    agent.window("GET", &format!("/ky/{}", asked.id), "").is(404).shows("hết hạn");
    let secret = asked.window.trim_start_matches("/ky/");
    agent.page("GET", &format!("/api/requests/{secret}"), &[]).is(404);
}

#[test]
fn it_does_not_start_where_others_reach_it_or_without_a_driver() {
    let run = |arguments: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_sandinh-sign-agent"))
            .args(arguments)
            .env("LANG", "vi")
            .output()
            .unwrap();
        assert!(!out.status.success());
        String::from_utf8_lossy(&out.stderr).into_owned()
    };
    let module = Soft::module();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let told = run(&["--module", module, "--allow", SITE, "--listen", address]);
        assert!(told.contains("chỉ được nghe trên máy này"), "{told}");
    }
    let told = run(&["--module", "/no/such/driver.so", "--allow", SITE, "--listen", "127.0.0.1:0"]);
    assert!(
        told.contains("Không nạp được phần mềm điều khiển") && told.contains("/no/such/driver.so"),
        "{told}"
    );
    for site in ["*", "http://xa.example.vn", "xa.example.vn"] {
        let told = run(&["--module", module, "--allow", site, "--listen", "127.0.0.1:0"]);
        assert!(told.contains("không phải địa chỉ trang của xã"), "{told}");
    }
    assert!(run(&["--module", module]).contains("--allow"));
}

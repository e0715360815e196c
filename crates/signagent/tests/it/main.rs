//! The agent over HTTP, as the commune's page and the official's browser meet it: with tokens of SoftHSM behind the real
//! program, and with invented ones where a token must be locked or time must pass.

mod agent;
mod invented;
mod soft;
mod who;

use agent::{Agent, PDF, judged, multipart};
use pades::Anchor;
use soft::Soft;

const PIN: &str = "246810";

#[test]
fn a_token_signs_what_the_page_sends() {
    for kind in ["RSA", "EC"] {
        let soft = Soft::new();
        soft.token("Hung", &[(kind, "2030-01-01")]);
        let agent = Agent::start(&soft);
        let hello = agent.page("GET", "/api/hello", &[]);
        assert_eq!(hello.json()["program"], "sandinh-sign-agent");
        let asked = agent.asks(&[
            ("file", PDF),
            ("title", "Quyết định thử".as_bytes()),
            ("number", b"05/Q\xc4\x90-UBND"),
        ]);
        let window = agent.window("GET", &asked.window, "");
        for part in [
            "Quyết định thử",
            "05/QĐ-UBND",
            "https://xa.example.vn",
            "Nguyễn Văn Hùng",
            "Cơ quan thử",
            "01/01/2030",
        ] {
            window.shows(part);
        }
        window.shows(&soft::sha256(PDF));
        assert_eq!(agent.window("GET", &format!("{}/van-ban", asked.window), "").body, PDF);
        let choice = window.choices();
        assert_eq!(choice.len(), 1);
        let press =
            |pin: &str| agent.window("POST", &asked.window, &format!("certificate={}&pin={pin}", choice[0]));
        assert_eq!(press("000000").is(422).shows("Mã PIN không đúng").status, 422);
        press("").is(422).shows("Chưa nhập mã PIN");
        assert_eq!(agent.state(&asked.id), "waiting");
        press(PIN).is(200).shows("Đã ký");
        // One press, one signature.
        press(PIN).is(409);
        assert_eq!(agent.state(&asked.id), "signed");
        let file = agent.page("GET", &format!("/api/requests/{}/file", asked.id), &[]);
        assert!(file.is(200).body.starts_with(PDF), "not a byte changes");
        let told = judged(&file.body);
        assert!(
            told.contains("Signature is Valid") && told.contains("Total document signed"),
            "{kind}: {told}"
        );
        let anchor = Anchor::from_der(soft.authority.der()).unwrap();
        let [one] = pades::check(&file.body, &[anchor]).unwrap().try_into().unwrap();
        assert!(one.intact && one.whole && one.trusted && one.in_time, "{one:?}");
        agent.page("GET", &format!("/api/requests/{}/file", asked.id), &[]).is(404);
    }
}

#[test]
fn a_drawing_stands_where_the_page_wants_it_and_a_second_signature_leaves_the_first_good() {
    let soft = Soft::new();
    soft.token("Hung", &[("EC", "2030-01-01")]);
    let agent = Agent::start(&soft);
    let drawn = |file: &[u8], at: &str| {
        let asked = agent.asks(&[
            ("file", file),
            ("title", b"A"),
            ("drawing", PDF),
            ("page", b"1"),
            ("at", at.as_bytes()),
        ]);
        let window = agent.window("GET", &asked.window, "");
        window.shows("sẽ hiện ở trang 1");
        agent
            .window("POST", &asked.window, &format!("certificate={}&pin={PIN}", window.choices()[0]))
            .is(200);
        agent.page("GET", &format!("/api/requests/{}/file", asked.id), &[]).body
    };
    let once = drawn(PDF, "100 100 200 160");
    let twice = drawn(&once, "70 100 170 200");
    assert!(twice.starts_with(&once));
    assert_eq!(judged(&twice).matches("Signature is Valid").count(), 2, "{}", judged(&twice));
    let asked = agent.asks(&[("file", &once), ("title", b"A")]);
    agent.window("GET", &asked.window, "").shows("Đã có chữ ký của");
    // A place that is none is told in the window, and nothing is signed.
    let asked =
        agent.asks(&[("file", PDF), ("title", b"A"), ("drawing", PDF), ("page", b"7"), ("at", b"1 1 9 9")]);
    let choice = agent.window("GET", &asked.window, "").choices()[0].clone();
    agent.window("POST", &asked.window, &format!("certificate={choice}&pin={PIN}")).is(422);
    assert_eq!(agent.state(&asked.id), "waiting");
    let (body, kind) = multipart(&[("file", PDF), ("drawing", PDF), ("page", b"1"), ("at", b"1 1")]);
    agent.send("/api/requests", &body, &kind).is(422);
}

#[test]
fn several_certificates_are_chosen_from_and_an_expired_one_is_not() {
    let soft = Soft::new();
    soft.token("Hung", &[("RSA", "2030-01-01"), ("EC", "2030-01-01"), ("EC", "2025-02-01")]);
    soft.token("Co quan", &[("EC", "2030-01-01")]);
    let agent = Agent::start(&soft);
    let asked = agent.asks(&[("file", PDF), ("title", b"A")]);
    let window = agent.window("GET", &asked.window, "");
    window.shows("Chứng thư đã hết hạn ngày 01/02/2025").shows("thiết bị Hung").shows("thiết bị Co quan");
    assert_eq!(window.choices().len(), 4);
    assert_eq!(window.text().matches(" checked").count(), 0, "nobody chooses for the official");
    let over = window.choices().into_iter().find(|one| {
        let at = window.text().find(one.as_str()).unwrap();
        window.text()[at..].lines().next().unwrap().contains("disabled")
    });
    let over = over.unwrap();
    agent
        .window("POST", &asked.window, &format!("certificate={over}&pin={PIN}"))
        .is(422)
        .shows("đã hết hạn ngày");
    agent
        .window("POST", &asked.window, &format!("certificate=none&pin={PIN}"))
        .is(422)
        .shows("Không còn thấy USB token");
    for choice in window.choices().iter().filter(|one| **one != over) {
        let asked = agent.asks(&[("file", PDF), ("title", b"A")]);
        agent
            .window("POST", &asked.window, &format!("certificate={choice}&pin={PIN}"))
            .is(200)
            .shows("Đã ký");
    }
}

#[test]
fn what_is_missing_is_said_in_plain_words() {
    let soft = Soft::new();
    let agent = Agent::start(&soft);
    let asked = agent.asks(&[("file", PDF), ("title", b"A")]);
    agent.window("GET", &asked.window, "").is(200).shows("Chưa thấy USB token").shows("Tìm lại thiết bị");
    agent
        .window("GET", "/", "")
        .is(200)
        .shows("Chương trình ký đang chạy")
        .shows("Chưa thấy USB token")
        .shows(&asked.window);
    soft.token("Trong", &[]);
    let agent = Agent::start(&soft);
    let asked = agent.asks(&[("file", PDF), ("title", b"A"), ("lang", b"en")]);
    agent
        .window("GET", &asked.window, "")
        .shows("This USB token holds no certificate")
        .shows("Confirm a signature");
    for (file, words) in [
        (b"hello".as_slice(), "không phải PDF"),
        (b"%PDF-1.7 broken", "không phải PDF"),
        (b"", "không phải PDF"),
    ] {
        let (body, kind) = multipart(&[("file", file)]);
        let answer = agent.send("/api/requests", &body, &kind);
        assert!(answer.is(422).json()["text"].as_str().unwrap().contains(words));
    }
    agent.send("/api/requests", b"nonsense", "text/plain").is(400);
}

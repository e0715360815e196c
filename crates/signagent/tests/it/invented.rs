//! What SoftHSM cannot be brought to: a locked token, a last try; and time that passes.

use crate::agent::{Agent, PDF, SITE, multipart};
use pades::Key;
use pades::practice::{Authority, Holder};
use platform::clock::Clock;
use signagent::{Job, Offered, PinState, TokenFault, Tokens, WAITING_MAX};
use std::sync::Mutex;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// A token that locks after three wrong PINs.
struct Invented {
    key: Key,
    wrong: Mutex<u32>,
}

impl Invented {
    fn new() -> Invented {
        let day = |text: &str| text.parse().unwrap();
        let authority = Authority::new("Cơ quan thử", day("2020-01-01"), day("2040-01-01")).unwrap();
        let who =
            Holder {
                name: "Lê Thị Na", organisation: "", from: day("2025-01-01"), until: day("2027-01-01")
            };
        let key = Key::from_pkcs12(&authority.key_file(&who, None, "x").unwrap(), "x").unwrap();
        Invented { key, wrong: Mutex::new(0) }
    }

    fn pin(&self) -> PinState {
        match *self.wrong.lock().unwrap() {
            0 => PinState::Fresh,
            1 => PinState::Low,
            2 => PinState::Last,
            _ => PinState::Locked,
        }
    }
}

impl Tokens for Invented {
    fn list(&self) -> Result<Vec<Offered>, TokenFault> {
        let certificate = self.key.certificate().clone();
        Ok(vec![Offered { certificate, chain: Vec::new(), token: "T".to_owned(), pin: self.pin() }])
    }

    fn open(&self, name: &str, pin: &str, job: &mut Job<'_>) -> Result<(), TokenFault> {
        assert_eq!(name, self.list()?[0].name());
        if self.pin() == PinState::Locked {
            return Err(TokenFault::PinLocked);
        }
        if pin != "1234" {
            *self.wrong.lock().unwrap() += 1;
            return Err(match self.pin() {
                PinState::Locked => TokenFault::PinLocked,
                state => TokenFault::PinWrong(state),
            });
        }
        *self.wrong.lock().unwrap() = 0;
        Ok(job(&self.key)?)
    }
}

/// An agent in this program, with a clock that can be set.
fn started() -> (Agent, Clock, Runtime) {
    signagent::load_texts();
    let clock = Clock::fake("2026-03-10T02:00:00Z".parse().unwrap());
    let runtime = Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let agent =
        signagent::Agent::new(Box::new(Invented::new()), vec![SITE.to_owned()], address, clock.clone());
    runtime.spawn(async move { axum::serve(listener, agent.router()).await.unwrap() });
    (Agent::at(address.to_string()), clock, runtime)
}

#[test]
fn the_last_try_and_the_lock_are_told_before_and_after() {
    let (agent, _, _runtime) = started();
    let asked = agent.asks(&[("file", PDF), ("title", b"A")]);
    let choice = agent.window("GET", &asked.window, "").choices()[0].clone();
    let press = |pin: &str| agent.window("POST", &asked.window, &format!("certificate={choice}&pin={pin}"));
    press("1").is(422).shows("Mã PIN không đúng. Nhập sai nhiều lần").shows("vừa bị nhập sai");
    press("2")
        .is(422)
        .shows("chỉ còn một lần thử")
        .shows("Chỉ còn một lần nhập mã PIN trước khi thiết bị bị khóa");
    press("1234").is(200).shows("Đã ký");
    let asked = agent.asks(&[("file", PDF), ("title", b"A"), ("lang", b"en")]);
    let press = |pin: &str| agent.window("POST", &asked.window, &format!("certificate={choice}&pin={pin}"));
    press("1").is(422);
    press("2").is(422).shows("one try is left");
    press("3").is(422).shows("The token is locked").shows("disabled");
    press("1234").is(422).shows("The token is locked");
    assert_eq!(agent.state(&asked.id), "waiting");
}

#[test]
fn a_request_ends_by_itself_by_the_official_or_by_the_page() {
    let (agent, clock, _runtime) = started();
    let choice = {
        let asked = agent.asks(&[("file", PDF), ("title", b"A")]);
        let choice = agent.window("GET", &asked.window, "").choices()[0].clone();
        agent
            .window("POST", &format!("{}/huy", asked.window), "")
            .is(200)
            .shows("không có chữ ký nào được tạo");
        assert_eq!(agent.state(&asked.id), "cancelled");
        agent
            .window("POST", &asked.window, &format!("certificate={choice}&pin=1234"))
            .is(409)
            .shows("Không ký");
        agent.page("GET", &format!("/api/requests/{}/file", asked.id), &[]).is(404);
        choice
    };
    let late = agent.asks(&[("file", PDF), ("title", b"A")]);
    clock.advance(chrono::Duration::minutes(9));
    agent.window("GET", &late.window, "").is(200).shows("Mã PIN");
    clock.advance(chrono::Duration::minutes(1));
    assert_eq!(agent.state(&late.id), "expired");
    agent.window("GET", &late.window, "").is(404).shows("Yêu cầu đã hết hạn");
    agent
        .window("POST", &late.window, &format!("certificate={choice}&pin=1234"))
        .is(404)
        .shows("Yêu cầu đã hết hạn");
    let left = agent.asks(&[("file", PDF), ("title", b"A")]);
    agent.page("DELETE", &format!("/api/requests/{}", left.id), &[]).is(204);
    agent.window("GET", &left.window, "").shows("Không ký");
    // Too many at a time are refused, not piled up; one that ends makes room.
    let waiting: Vec<_> = (0..WAITING_MAX).map(|_| agent.asks(&[("file", PDF), ("title", b"A")])).collect();
    let (body, kind) = multipart(&[("file", PDF)]);
    agent.send("/api/requests", &body, &kind).is(429).shows("too-many");
    agent.page("DELETE", &format!("/api/requests/{}", waiting[0].id), &[]).is(204);
    agent.send("/api/requests", &body, &kind).is(201);
}

#[test]
fn an_expired_certificate_does_not_sign() {
    let (agent, clock, _runtime) = started();
    clock.advance(chrono::Duration::days(400));
    let asked = agent.asks(&[("file", PDF), ("title", b"A")]);
    let window = agent.window("GET", &asked.window, "");
    window.is(200).shows("Chứng thư đã hết hạn ngày 01/01/2027").shows("Tìm lại thiết bị");
    assert!(!window.text().contains("id=\"pin\""), "no PIN is asked for in vain");
    let press = format!("certificate={}&pin=1234", window.choices()[0]);
    agent.window("POST", &asked.window, &press).is(422).shows("đã hết hạn ngày 01/01/2027");
    assert_eq!(agent.state(&asked.id), "waiting");
}

//! A commune whose officer writes programmes and whose leader approves them.

use serde_json::{Value, json};
use testkit::{Answer, Cast, Client, TestApp};

pub const WORK: &str = "/lam-viec/truyen-thanh";
pub const API: &str = "/api/v1/radio";

pub struct World {
    pub app: TestApp,
    pub cast: Cast,
    pub officer: Client,
    pub leader: Client,
}

impl World {
    pub async fn start() -> World {
        World::start_with(|_| ()).await
    }

    pub async fn start_with(set: impl FnOnce(&mut platform::config::Config)) -> World {
        let (app, cast) = TestApp::start_with(set).await;
        World {
            officer: app.sign_in(&cast.home, "radio_officer").await,
            leader: app.sign_in(&cast.home, "vice_chairman").await,
            app,
            cast,
        }
    }

    pub fn visitor(&self) -> Client {
        self.app.visitor().header("host", "giaphu.example")
    }

    pub fn village(&self, number: usize) -> String {
        self.cast.home.villages[number].to_string()
    }

    pub fn fresh(&self) -> String {
        platform::ids::new_id(self.app.clock.now()).to_string()
    }

    pub async fn send(&self, who: &Client, path: &str, typed: &[(&str, &str)]) -> Answer {
        let key = self.fresh();
        let mut fields = vec![("khoa", key.as_str())];
        fields.extend(typed);
        who.post(path, &fields).await
    }

    /// Somebody as a program that sends a request for the first time.
    pub fn keyed(&self, who: &Client) -> Client {
        who.same().header("Idempotency-Key", &self.fresh())
    }

    /// Sends a recording; the answer of the form.
    pub async fn upload(&self, title: &str, name: &str, bytes: &[u8]) -> Answer {
        let key = self.fresh();
        let fields = [
            ("khoa", key.as_str()),
            ("ten", title),
            ("loai", "news"),
            ("nguon", "commune"),
            ("tieng", "vi"),
            ("cach", "sound"),
        ];
        self.officer.upload(&format!("{WORK}/chuong-trinh/moi"), &fields, "tep", name, bytes).await
    }

    /// What is done from the page of a programme.
    pub async fn act(&self, who: &Client, path: &str, verb: &str, typed: &[(&str, &str)]) -> Answer {
        let revision = self.programme(path).await["revision"].to_string();
        let mut fields = vec![("phien-ban", revision.as_str())];
        fields.extend(typed);
        self.send(who, &format!("{path}/{verb}"), &fields).await
    }

    pub async fn programme(&self, path: &str) -> Value {
        let id = path.rsplit('/').next().unwrap();
        self.officer.get(&format!("{API}/programmes/{id}")).await.ok().json()
    }

    /// A tone of so many seconds that may go on air; its id.
    pub async fn approved(&self, title: &str, hertz: f32, seconds: f32) -> String {
        let path = self.upload(title, "tieng.wav", &tone(hertz, seconds)).await.is(303).location();
        self.app.run_jobs().await; // long ones are measured in the background
        self.act(&self.officer, &path, "trinh", &[]).await.is(303);
        self.act(&self.leader, &path, "duyet", &[]).await.is(303);
        path.rsplit('/').next().unwrap().to_owned()
    }

    /// Puts a programme into the plan of the test's day, once, by program.
    pub async fn planned(&self, programme: &str, at: &str, villages: &[String]) -> Answer {
        let line =
            json!({ "programme_id": programme, "from_on": "2026-03-10", "at": at, "village_ids": villages });
        self.keyed(&self.officer).json(http::Method::POST, &format!("{API}/plan"), &line).await
    }
}

/// A WAV of one tone, -20 dB.
pub fn tone(hertz: f32, seconds: f32) -> Vec<u8> {
    let rate = 48_000_u32;
    let turn = std::f32::consts::TAU * hertz / rate as f32;
    let count = (rate as f32 * seconds) as u32;
    let samples: Vec<u8> =
        (0..count).flat_map(|n| (((n as f32 * turn).sin() * 3_277.0) as i16).to_le_bytes()).collect();
    let size = samples.len() as u32;
    let mut file = Vec::from(*b"RIFF");
    file.extend((36 + size).to_le_bytes());
    file.extend(*b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(rate.to_le_bytes());
    file.extend((rate * 2).to_le_bytes());
    file.extend(*b"\x02\0\x10\0data");
    file.extend(size.to_le_bytes());
    file.extend(samples);
    file
}

//! A real broker (mosquitto) in which a device may write and read its own topics only, and the office that speaks through it.

use crate::ear::until;
use crate::station::TOKEN;
use mqtt5::QoS;
use mqtt5::client::MqttClient;
use mqtt5::types::{ConnectOptions, PublishOptions, SubscribeOptions};
use speakerlink::{Ack, Command, Mode, Order, Outcome, Played, Settings, Status, Topic};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};

pub struct Broker {
    pub port: u16,
    folder: tempfile::TempDir,
    program: Option<Child>,
}

fn program(name: &str) -> std::process::Command {
    let sbin = PathBuf::from("/usr/sbin").join(name);
    std::process::Command::new(if sbin.exists() { sbin } else { name.into() })
}

impl Broker {
    /// A place for one, with nobody there yet.
    pub fn planned(devices: &[&str]) -> Broker {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = tempfile::tempdir().unwrap();
        let passwords = folder.path().join("passwords");
        std::fs::write(&passwords, "").unwrap();
        for (name, word) in devices.iter().map(|device| (*device, TOKEN)).chain([("office", "office")]) {
            let made = program("mosquitto_passwd").arg("-b").arg(&passwords).args([name, word]).status();
            assert!(made.unwrap().success());
        }
        let rights = "user office\ntopic readwrite sandinh/#\npattern read sandinh/v1/%u/settings\n\
            pattern read sandinh/v1/%u/command\npattern write sandinh/v1/%u/status\n\
            pattern write sandinh/v1/%u/played\npattern write sandinh/v1/%u/ack\n";
        std::fs::write(folder.path().join("rights"), rights).unwrap();
        let place = |name: &str| folder.path().join(name).display().to_string();
        let config = format!(
            "listener {port} 127.0.0.1\nallow_anonymous false\npassword_file {}\nacl_file {}\nuser root\nlog_type none\n",
            place("passwords"),
            place("rights")
        );
        std::fs::write(folder.path().join("conf"), config).unwrap();
        Broker { port, folder, program: None }
    }

    pub async fn start(&mut self) {
        let mut command = program("mosquitto");
        command.arg("-c").arg(self.folder.path().join("conf")).stdout(Stdio::null()).stderr(Stdio::null());
        self.program = Some(command.spawn().unwrap());
        let port = self.port;
        until("the broker", 10, || std::net::TcpStream::connect(("127.0.0.1", port)).ok()).await;
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        if let Some(mut program) = self.program.take() {
            let _ = program.kill();
            let _ = program.wait();
        }
    }
}

/// The office at the station.
pub struct Office {
    client: MqttClient,
    device: String,
    heard: Arc<Mutex<Told>>,
}

#[derive(Default)]
struct Told {
    status: Vec<Status>,
    played: Vec<Played>,
    acks: Vec<Ack>,
}

impl Office {
    pub async fn enter(broker: &Broker, device: &str) -> Office {
        let options = ConnectOptions::new("office").with_credentials("office", b"office");
        let client = MqttClient::with_options(options);
        client.connect(&format!("mqtt://127.0.0.1:{}", broker.port)).await.unwrap();
        let heard = Arc::new(Mutex::new(Told::default()));
        let told = heard.clone();
        let note = move |message: mqtt5::types::Message| {
            let mut told = told.lock().unwrap();
            match Topic::read(&message.topic).unwrap().1 {
                Topic::Status => told.status.push(speakerlink::read(&message.payload).unwrap()),
                Topic::Played => told.played.push(speakerlink::read(&message.payload).unwrap()),
                Topic::Ack => told.acks.push(speakerlink::read(&message.payload).unwrap()),
                _ => {}
            }
        };
        let options = SubscribeOptions { qos: QoS::AtLeastOnce, ..SubscribeOptions::default() };
        client.subscribe_with_options(format!("sandinh/v1/{device}/+"), options, note).await.unwrap();
        Office { client, device: device.into(), heard }
    }

    async fn say(&self, topic: Topic, payload: Vec<u8>, retain: bool) {
        let options = PublishOptions { qos: QoS::AtLeastOnce, retain, ..PublishOptions::default() };
        self.client.publish_with_options(topic.of(&self.device), payload, options).await.unwrap();
    }

    pub async fn set(&self, settings: &Settings) {
        self.say(Topic::Settings, speakerlink::write(settings), true).await;
    }

    /// Gives a command, and waits for what became of it.
    pub async fn order(&self, id: &str, at: i64, order: Order) -> Outcome {
        let before = self.acks(id);
        self.say(Topic::Command, speakerlink::write(&Command { id: id.into(), at, order }), false).await;
        until(&format!("the answer to {id}"), 10, || (self.acks(id) > before).then_some(())).await;
        let told = self.heard.lock().unwrap();
        told.acks.iter().rev().find(|ack| ack.id == id).unwrap().outcome
    }

    /// The same as text, for what our types do not know.
    pub async fn raw_command(&self, payload: &str) {
        self.say(Topic::Command, payload.into(), false).await;
    }

    pub fn acks(&self, id: &str) -> usize {
        self.heard.lock().unwrap().acks.iter().filter(|ack| ack.id == id).count()
    }

    pub fn outcome(&self, id: &str) -> Option<Outcome> {
        self.heard.lock().unwrap().acks.iter().find(|ack| ack.id == id).map(|ack| ack.outcome)
    }

    pub fn played(&self) -> Vec<Played> {
        self.heard.lock().unwrap().played.clone()
    }

    pub fn status(&self) -> Option<Status> {
        self.heard.lock().unwrap().status.last().cloned()
    }

    pub async fn until_mode(&self, mode: Mode, seconds: u64) -> Status {
        let look = || self.status().filter(|status| status.mode == mode);
        until(&format!("the mode {mode:?}, not {:?}", self.status()), seconds, look).await
    }

    pub fn statuses(&self) -> usize {
        self.heard.lock().unwrap().status.len()
    }
}

//! A device on the line, as the tests of loudspeakers play it.

use crate::world::World;
use mqtt5::{ConnectOptions, MqttClient, PublishOptions, QoS, SubscribeOptions};
use platform::config::{Mqtt, OwnBroker};
use platform::http::Server;
use speakerlink::{Command, Mode, Order, Status, Topic};
use testkit::Answer;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

pub const LOA: &str = "/lam-viec/truyen-thanh/loa";

/// What a device is set up with.
#[derive(Debug, Clone)]
pub struct SetUp {
    pub id: String,
    pub token: String,
    pub key: [u8; 32],
    pub mqtt: String,
}

pub async fn world() -> (World, Server) {
    let listen = ([127, 0, 0, 1], 0).into();
    let world =
        World::start_with(|config| config.mqtt = Mqtt::Own(OwnBroker { listen, tls: None, public: None }))
            .await;
    let server = platform::http::serve(&world.app.app).await.unwrap();
    (world, server)
}

pub async fn added(world: &World, name: &str, village: usize) -> String {
    let typed = [
        ("ten", name),
        ("thon", &world.village(village)),
        ("loai", "own"),
        ("so-loa", "2"),
        ("vi-do", "22.36"),
        ("kinh-do", "104.05"),
    ];
    let path = world.send(&world.officer, &format!("{LOA}/moi"), &typed).await.is(303).location();
    path.rsplit('/').next().unwrap().to_owned()
}

/// Waits for what comes about in the background.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let seek = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), seek).await.unwrap_or_else(|_| panic!("{what}"))
}

/// The file of a device, once the broker listens.
pub async fn set_up(world: &World, id: &str) -> SetUp {
    let path = format!("{LOA}/{id}/speaker.toml");
    let read = async || {
        let text = world.officer.get(&path).await.ok().text();
        let file: toml::Table = text.parse().unwrap();
        let word = |name: &str| file[name].as_str().unwrap_or_default().to_owned();
        let port: u16 = word("mqtt").rsplit(':').next()?.parse().ok()?;
        (port > 0).then(|| SetUp {
            id: word("device"),
            token: word("token"),
            key: hex::decode(word("station_key")).unwrap().try_into().unwrap(),
            mqtt: format!("mqtt://127.0.0.1:{port}"),
        })
    };
    until("the broker listens", read).await
}

/// A device on the line.
pub struct Device {
    pub set_up: SetUp,
    pub client: MqttClient,
    pub heard: UnboundedReceiver<(Topic, Vec<u8>)>,
}

impl Device {
    pub async fn connect(set_up: &SetUp, token: &str) -> Result<MqttClient, mqtt5::MqttError> {
        let options = ConnectOptions::new(set_up.id.clone())
            .with_credentials(set_up.id.clone(), token.as_bytes().to_vec())
            .with_automatic_reconnect(false);
        let client = MqttClient::new(set_up.id.clone());
        Box::pin(client.connect_with_options(&set_up.mqtt, options)).await.map(|_| client)
    }

    pub async fn begin(set_up: &SetUp) -> Device {
        let client = Device::connect(set_up, &set_up.token).await.unwrap();
        let (say, heard) = unbounded_channel();
        for topic in [Topic::Settings, Topic::Command] {
            let say = say.clone();
            let options = SubscribeOptions { qos: QoS::AtLeastOnce, ..SubscribeOptions::default() };
            let hear = move |message: mqtt5::Message| drop(say.send((topic, message.payload.to_vec())));
            client.subscribe_with_options(topic.of(&set_up.id), options, hear).await.unwrap();
        }
        Device { set_up: set_up.clone(), client, heard }
    }

    pub async fn say(&self, topic: Topic, message: Vec<u8>) {
        let options = PublishOptions { qos: QoS::AtLeastOnce, ..PublishOptions::default() };
        Box::pin(self.client.publish_with_options(topic.of(&self.set_up.id), message, options))
            .await
            .unwrap();
    }

    pub async fn next<M: serde::de::DeserializeOwned>(&mut self, topic: Topic) -> M {
        let seek = async {
            loop {
                let (kind, bytes) = self.heard.recv().await.expect("the line holds");
                if kind == topic {
                    return speakerlink::read(&bytes).unwrap();
                }
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(30), seek).await.expect("a message in time")
    }

    /// The next command that is no `Plan`: the plan may be told at any time.
    pub async fn order(&mut self) -> Command {
        loop {
            let command: Command = self.next(Topic::Command).await;
            if command.order != Order::Plan {
                return command;
            }
        }
    }

    pub async fn status(&self, at: i64) {
        let status = Status {
            at,
            mode: Mode::Stream,
            volume: 70,
            muted: false,
            on: true,
            settings: 1,
            firmware: "thu 1.0".into(),
            signal: Some(-71),
            temperature: Some(41.5),
            clips: 3,
            refused: 0,
            up: 60,
            clock: Some(12),
        };
        self.say(Topic::Status, speakerlink::write(&status)).await;
    }
}

impl World {
    pub async fn page_of(&self, id: &str) -> Answer {
        self.officer.get(&format!("{LOA}/{id}")).await
    }

    pub async fn revision_of(&self, id: &str) -> String {
        self.page_of(id).await.ok().field_of(&format!("{LOA}/{id}/dat"), "phien-ban")
    }

    pub async fn shows(&self, id: &str, words: &str) {
        until(&format!("the page of the loudspeaker says {words}"), async || {
            self.page_of(id).await.text().contains(words).then_some(())
        })
        .await;
    }

    /// A device's own request.
    pub async fn fetch(&self, set_up: &SetUp, token: &str, path: &str) -> Answer {
        use base64::Engine;
        let pair = base64::prelude::BASE64_STANDARD.encode(format!("{}:{token}", set_up.id));
        self.visitor().header("authorization", &format!("Basic {pair}")).get(path).await
    }
}

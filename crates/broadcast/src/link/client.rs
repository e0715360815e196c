//! This program at the broker: what it sends, and what it hears.

use super::broker::Broker;
use super::door::STATION;
use crate::speaker::{self, Speaker, order};
use mqtt5::{ConnectOptions, MqttClient, PublishOptions, QoS, SubscribeOptions};
use platform::config::Mqtt;
use platform::{App, Ctx, Error, Result};
use speakerlink::{Command, Settings, Topic};
use std::time::Duration;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// What comes in and is not written yet, at most: then the broker waits.
const AHEAD: usize = 10_000;
/// Devices tell their status so often, in seconds: four words within the two minutes after which one is silent.
const STATUS_EVERY: u32 = 30;
const KEEP_ALIVE: Duration = Duration::from_secs(30);

pub(super) struct Client {
    client: MqttClient,
    heard: Receiver<(String, Vec<u8>)>,
}

/// Signs in and listens to all devices.
///
/// # Errors
/// A broker that is away or does not let us in.
pub(super) async fn connect(app: &App, broker: Option<&Broker>) -> Result<Client> {
    let (url, user, password) = match (&app.config.mqtt, broker) {
        (Mqtt::Other(other), _) => {
            let password = match &other.password_file {
                Some(file) => std::fs::read_to_string(file)?.trim().to_owned(),
                None => String::new(),
            };
            (other.url.clone(), other.user.clone(), password)
        }
        (_, Some(own)) => (reachable(own), Some(STATION.to_owned()), own.secret.clone()),
        _ => return Err(Error::internal("no broker")),
    };
    let name = format!("sandinh-{}", platform::ids::new_id(app.clock.now()).simple());
    let mut options = ConnectOptions::new(name.clone())
        .with_keep_alive(KEEP_ALIVE)
        .with_clean_start(true)
        .with_automatic_reconnect(false);
    if let Some(user) = user {
        options = options.with_credentials(user, password.into_bytes());
    }
    let client = MqttClient::new(name);
    Box::pin(client.connect_with_options(&url, options)).await.map_err(Error::internal)?;
    let (say, heard) = channel(AHEAD);
    for topic in [Topic::Status, Topic::Played, Topic::Ack] {
        listen(&client, &topic.of("+"), say.clone()).await?;
    }
    Ok(Client { client, heard })
}

/// Our own broker as this program reaches it, whatever it listens on.
fn reachable(own: &Broker) -> String {
    let host =
        if own.inner.ip().is_unspecified() { "127.0.0.1".to_owned() } else { own.inner.ip().to_string() };
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    format!("mqtt://{host}:{}", own.inner.port())
}

async fn listen(client: &MqttClient, filter: &str, say: Sender<(String, Vec<u8>)>) -> Result<()> {
    let options = SubscribeOptions { qos: QoS::AtLeastOnce, ..SubscribeOptions::default() };
    let heard = move |message: mqtt5::Message| {
        if say.try_send((message.topic.to_string(), message.payload.to_vec())).is_err() {
            tracing::warn!("more comes from loudspeakers than can be written; a message is lost");
        }
    };
    client.subscribe_with_options(filter, options, heard).await.map_err(Error::internal)?;
    Ok(())
}

impl Client {
    pub async fn connected(&self) -> bool {
        self.client.is_connected().await
    }

    pub async fn next(&mut self) -> Option<(String, Vec<u8>)> {
        self.heard.recv().await
    }

    pub async fn leave(self) {
        let _ = self.client.disconnect().await;
    }

    async fn say(&self, topic: &str, message: Vec<u8>, retain: bool) -> Result<()> {
        let options = PublishOptions { qos: QoS::AtLeastOnce, retain, ..PublishOptions::default() };
        Box::pin(self.client.publish_with_options(topic, message, options)).await.map_err(Error::internal)?;
        Ok(())
    }
}

fn settings_of(one: &Speaker) -> Settings {
    let loud = |volume: i64| u8::try_from(volume).unwrap_or(100).min(100);
    Settings {
        revision: one.settings,
        on: one.on_plan,
        volume: loud(one.volume),
        muted: one.muted,
        alarm_volume: loud(one.alarm_volume),
        status_every: STATUS_EVERY,
    }
}

/// What devices shall be like: what changed, or (`all`) everything. Those that are no longer ours are put off the line.
pub(super) async fn settings(ctx: &Ctx, client: &Client, broker: Option<&Broker>, all: bool) -> Result<()> {
    for one in speaker::store::all(ctx, &ctx.app.db).await? {
        let name = one.id.to_string();
        let ours = one.kind == speaker::Kind::Own && one.in_service(ctx.today());
        if !all && one.settings == one.settings_sent {
            continue;
        }
        match ours {
            true => {
                client.say(&Topic::Settings.of(&name), speakerlink::write(&settings_of(&one)), true).await?
            }
            // An empty message takes away what the broker kept.
            false => client.say(&Topic::Settings.of(&name), Vec::new(), true).await?,
        }
        if let Some(broker) = broker.filter(|_| !ours || one.settings_sent < 0) {
            broker.put_off(&name).await;
        }
        if one.settings != one.settings_sent {
            let tx = ctx.begin().await?;
            speaker::store::settings_sent(ctx, &tx, one.id, one.settings).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// What waits to be done.
pub(super) async fn orders(ctx: &Ctx, client: &Client) -> Result<()> {
    for one in order::waiting(ctx).await? {
        let topic = Topic::Command.of(&one.speaker_id.to_string());
        client.say(&topic, speakerlink::write(&one.message()), false).await?;
        let tx = ctx.begin().await?;
        order::sent(ctx, &tx, one.id).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Devices fetch the plan anew.
pub(super) async fn plan(ctx: &Ctx, client: &Client) -> Result<()> {
    for one in speaker::store::own(ctx, &ctx.app.db).await? {
        let (id, at) = (ctx.new_id().to_string(), ctx.now.timestamp_micros());
        let command = Command { id, at, order: speakerlink::Order::Plan };
        client.say(&Topic::Command.of(&one.id.to_string()), speakerlink::write(&command), false).await?;
    }
    Ok(())
}

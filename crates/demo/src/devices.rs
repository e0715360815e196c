//! The loudspeakers of the demo: devices that speak the real protocol and make no sound.

use crate::write::unconnected;
use broadcast::speaker::{self, Device};
use mqtt5::{ConnectOptions, MqttClient, PublishOptions, QoS, SubscribeOptions};
use platform::{App, Error, Result};
use speakerlink::{Ack, Command, How, Mode, Order, Outcome, Played, Settings, Status, Topic};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc::unbounded_channel;

const AGAIN: Duration = Duration::from_secs(1);
const STATUS_EVERY: Duration = Duration::from_secs(30);
const FIRMWARE: &str = "loa minh hoạ 1.0";

/// Puts a device on the line for each cluster of the demo that has one; they go with the program.
///
/// # Errors
/// Only the database's.
pub async fn run(app: &App) -> Result<()> {
    let away = unconnected()?;
    for one in speaker::devices(app).await? {
        if !away.contains(&one.village_code) {
            tokio::spawn(stay(app.clone(), one));
        }
    }
    Ok(())
}

async fn stay(app: App, device: Device) {
    loop {
        if let Some(address) = speaker::broker(&app) {
            if let Err(error) = talk(&app, &device, &format!("mqtt://{address}")).await {
                tracing::debug!(%error, "a loudspeaker of the demo is off the line");
            }
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// Whatever the settings and orders are, it answers as a device that can do all of it.
async fn talk(app: &App, device: &Device, url: &str) -> Result<()> {
    let options = ConnectOptions::new(device.id.clone())
        .with_credentials(device.id.clone(), device.token.clone().into_bytes())
        .with_automatic_reconnect(false);
    let client = MqttClient::new(device.id.clone());
    Box::pin(client.connect_with_options(url, options)).await.map_err(Error::internal)?;
    let (say, mut orders) = unbounded_channel::<Command>();
    let settings = Arc::new(Mutex::new(None::<Settings>));
    let keep = settings.clone();
    listen(&client, &Topic::Settings.of(&device.id), move |bytes| {
        if let (Ok(new), Ok(mut kept)) = (speakerlink::read::<Settings>(bytes), keep.lock()) {
            *kept = Some(new);
        }
    })
    .await?;
    listen(&client, &Topic::Command.of(&device.id), move |bytes| {
        if let Ok(command) = speakerlink::read::<Command>(bytes) {
            let _ = say.send(command);
        }
    })
    .await?;
    let now = || app.clock.now().timestamp_micros();
    let (mut told, mut ticks) = (now(), tokio::time::interval(STATUS_EVERY));
    while client.is_connected().await {
        tokio::select! {
            _ = ticks.tick() => {}
            Some(command) = orders.recv() => {
                let outcome = if command.order == Order::Unknown { Outcome::Unable } else { Outcome::Done };
                let ack = Ack { id: command.id, at: now(), outcome };
                publish(&client, &Topic::Ack.of(&device.id), speakerlink::write(&ack)).await?;
            }
        }
        let kept = settings.lock().ok().and_then(|kept| kept.clone());
        publish(
            &client,
            &Topic::Status.of(&device.id),
            speakerlink::write(&status(device, now(), kept.as_ref())),
        )
        .await?;
        let (from, to) = (told, now());
        if kept.is_some_and(|kept| kept.on && !kept.muted) && to > from {
            let played = Played { id: to.to_string(), from, to, how: How::Stream, clip: None };
            publish(&client, &Topic::Played.of(&device.id), speakerlink::write(&played)).await?;
        }
        told = to;
    }
    Ok(())
}

fn status(device: &Device, at: i64, settings: Option<&Settings>) -> Status {
    // Each has a signal of its own, the same each time.
    let own = i32::from(device.id.bytes().last().unwrap_or_default() % 25);
    Status {
        at,
        mode: Mode::Stream,
        volume: settings.map_or(70, |settings| settings.volume),
        muted: settings.is_some_and(|settings| settings.muted),
        on: settings.is_none_or(|settings| settings.on),
        settings: settings.map_or(0, |settings| settings.revision),
        firmware: FIRMWARE.to_owned(),
        signal: Some(-62 - own),
        temperature: Some(38.5 + own as f32 / 10.0),
        clips: 4,
        refused: 0,
        up: 3_600,
        clock: Some(i64::from(own)),
    }
}

async fn listen(
    client: &MqttClient,
    topic: &str,
    hear: impl Fn(&[u8]) + Send + Sync + 'static,
) -> Result<()> {
    let options = SubscribeOptions { qos: QoS::AtLeastOnce, ..SubscribeOptions::default() };
    let heard = move |message: mqtt5::Message| hear(&message.payload);
    client.subscribe_with_options(topic, options, heard).await.map(drop).map_err(Error::internal)
}

async fn publish(client: &MqttClient, topic: &str, message: Vec<u8>) -> Result<()> {
    let options = PublishOptions { qos: QoS::AtLeastOnce, ..PublishOptions::default() };
    Box::pin(client.publish_with_options(topic, message, options)).await.map(drop).map_err(Error::internal)
}

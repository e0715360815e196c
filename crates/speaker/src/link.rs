//! The line of messages (MQTT): what comes goes to the control, what is to be told waits here until the broker has it.

use crate::board::Board;
use crate::config::Config;
use crate::net::{Backoff, PATIENCE};
use crate::store::Store;
use mqtt5::client::MqttClient;
use mqtt5::types::{ConnectOptions, PublishOptions, SubscribeOptions};
use mqtt5::{AckToken, ConnectionEvent, MqttError, PublishResult, QoS};
use speakerlink::{Ack, Status, Topic};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// The broker keeps commands for a device that is away; it says of old ones that they came too late.
const SESSION: u32 = 24 * 3_600;
/// Commands that wait for the control. It is quick.
const AT_ONCE: u16 = 16;
/// Acknowledgements that wait for a broker which is away.
const WAITING: usize = 500;
/// After a broker that does not know us.
const ASK_AGAIN: Duration = Duration::from_secs(60);
/// A line that held so long was a good one.
const LASTED: Duration = Duration::from_secs(20);

/// Something that came. The broker keeps it until the token says that it was done.
pub struct Delivery {
    pub topic: Topic,
    pub payload: Vec<u8>,
    pub token: AckToken,
}

/// Something to tell. What was played lies in the store.
#[derive(Debug)]
pub enum Told {
    Ack(Ack),
    Status(Box<Status>),
}

/// The line.
pub struct Link {
    address: String,
    device: String,
    user: String,
    password: String,
    ca: Option<Vec<u8>>,
    store: Arc<Store>,
    board: Arc<Board>,
    inbox: mpsc::UnboundedSender<Delivery>,
    waiting: VecDeque<Told>,
}

/// A line that stands, and where it says that it does not any more.
struct Open {
    client: MqttClient,
    gone: mpsc::UnboundedReceiver<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum LinkFault {
    #[error("the broker does not accept this device's name and token: {0}")]
    Refused(String),
    #[error("{0}")]
    Mqtt(#[from] MqttError),
    #[error("no answer in time")]
    Late,
    #[error("the line has ended: {0}")]
    Gone(String),
}

impl Link {
    /// `inbox` gets what comes.
    ///
    /// # Errors
    /// A file of authorities that cannot be read.
    pub fn new(
        config: &Config,
        store: Arc<Store>,
        board: Arc<Board>,
        inbox: mpsc::UnboundedSender<Delivery>,
    ) -> std::io::Result<Link> {
        Ok(Link {
            address: config.mqtt.clone(),
            device: config.device.clone(),
            user: config.mqtt_user.clone(),
            password: config.mqtt_password.clone(),
            ca: config.ca.as_ref().map(std::fs::read).transpose()?,
            store,
            board,
            inbox,
            waiting: VecDeque::new(),
        })
    }

    /// Keeps the line until `finish`; then tells what waits, if the line stands, and hangs up.
    pub async fn keep(
        mut self,
        mut told: mpsc::UnboundedReceiver<Told>,
        online: watch::Sender<bool>,
        finish: CancellationToken,
    ) {
        let mut backoff = Backoff::new();
        loop {
            let began = tokio::time::Instant::now();
            let open = tokio::select! {
                open = self.open() => open,
                () = finish.cancelled() => return,
            };
            let fault = match open {
                Ok(mut open) => {
                    tracing::info!("messages: the line stands");
                    online.send_replace(true);
                    let served = self.serve(&mut open, &mut told, &finish).await;
                    online.send_replace(false);
                    hang_up(&open.client, served.is_ok()).await;
                    let Err(fault) = served else { return };
                    fault
                }
                Err(fault) => fault,
            };
            tracing::warn!(%fault, "messages");
            if began.elapsed() > LASTED {
                backoff.reset();
            }
            let pause = if matches!(fault, LinkFault::Refused(_)) { ASK_AGAIN } else { backoff.next() };
            let over = tokio::time::Instant::now() + pause;
            loop {
                tokio::select! {
                    () = tokio::time::sleep_until(over) => break,
                    () = finish.cancelled() => return,
                    Some(one) = told.recv() => self.wait(one),
                }
            }
        }
    }

    /// Signs in and subscribes.
    ///
    /// # Errors
    /// [`LinkFault`].
    async fn open(&self) -> Result<Open, LinkFault> {
        let mut options = ConnectOptions::new(&self.device)
            .with_clean_start(false)
            .with_resume_existing_session(true)
            .with_session_expiry_interval(SESSION)
            .with_receive_maximum(AT_ONCE)
            .with_deferred_ack(true)
            .with_keep_alive(KEEP_ALIVE)
            .with_automatic_reconnect(false);
        options = options.with_credentials(&self.user, self.password.as_bytes());
        let client = MqttClient::with_options(options);
        client.set_queue_on_disconnect(false).await;
        if let Some(ca) = &self.ca {
            client.set_tls_config(None, None, Some(ca.clone())).await;
        }
        let (send, gone) = mpsc::unbounded_channel();
        let noted = move |event| {
            if let ConnectionEvent::Disconnected { reason } = event {
                // Nobody listens any more if we hang up ourselves.
                let _ = send.send(format!("{reason:?}"));
            }
        };
        client.on_connection_event(noted).await?;
        // What the broker has kept comes before we can subscribe.
        for topic in [Topic::Settings, Topic::Command] {
            client.register_ack_callback(topic.of(&self.device), self.taker(topic)).await?;
        }
        let connected = tokio::time::timeout(PATIENCE, client.connect(&self.address)).await;
        connected.map_err(|_| LinkFault::Late)?.map_err(|fault| match fault {
            MqttError::ConnectionRefused(reason) => LinkFault::Refused(format!("{reason:?}")),
            other => other.into(),
        })?;
        for topic in [Topic::Settings, Topic::Command] {
            let options = SubscribeOptions { qos: QoS::AtLeastOnce, ..SubscribeOptions::default() };
            let asked = client.subscribe_with_ack(topic.of(&self.device), options, self.taker(topic));
            tokio::time::timeout(PATIENCE, asked).await.map_err(|_| LinkFault::Late)??;
        }
        Ok(Open { client, gone })
    }

    fn taker(
        &self,
        topic: Topic,
    ) -> impl Fn(mqtt5::packet::publish::PublishPacket, AckToken) + Send + Sync + 'static {
        let inbox = self.inbox.clone();
        move |packet, token| {
            let delivery = Delivery { topic, payload: packet.payload.to_vec(), token };
            // If the control has ended, the broker keeps it.
            let _ = inbox.send(delivery);
        }
    }

    /// Tries the line once: for `--check`.
    ///
    /// # Errors
    /// [`LinkFault`].
    pub async fn probe(&self) -> Result<(), LinkFault> {
        let open = self.open().await?;
        hang_up(&open.client, true).await;
        Ok(())
    }

    /// Tells what there is to tell. Ends well when it is to finish and all is told.
    async fn serve(
        &mut self,
        open: &mut Open,
        told: &mut mpsc::UnboundedReceiver<Told>,
        finish: &CancellationToken,
    ) -> Result<(), LinkFault> {
        loop {
            while let Ok(one) = told.try_recv() {
                self.wait(one);
            }
            if let Some(one) = self.waiting.front() {
                let (topic, payload) = match one {
                    Told::Ack(ack) => (Topic::Ack, speakerlink::write(ack)),
                    Told::Status(status) => (Topic::Status, speakerlink::write(status)),
                };
                match self.publish(&open.client, topic, payload).await {
                    Err(LinkFault::Mqtt(MqttError::PublishFailed(reason))) => {
                        tracing::warn!(?reason, ?topic, "the broker refuses a message");
                    }
                    sent => sent?,
                }
                self.waiting.pop_front();
                continue;
            }
            if let Some(played) = self.store.untold() {
                self.publish(&open.client, Topic::Played, speakerlink::write(&played)).await?;
                self.store.taken(&played.id);
                continue;
            }
            if finish.is_cancelled() {
                return Ok(());
            }
            tokio::select! {
                Some(one) = told.recv() => self.wait(one),
                () = self.board.played.notified() => {}
                Some(reason) = open.gone.recv() => return Err(LinkFault::Gone(reason)),
                () = finish.cancelled() => {}
            }
        }
    }

    /// An old status is of no use; every acknowledgement is.
    fn wait(&mut self, one: Told) {
        if matches!(one, Told::Status(_)) {
            self.waiting.retain(|old| !matches!(old, Told::Status(_)));
        }
        self.waiting.push_back(one);
        while self.waiting.len() > WAITING {
            self.waiting.pop_front();
        }
    }

    /// Comes back when the broker has it.
    async fn publish(&self, client: &MqttClient, topic: Topic, payload: Vec<u8>) -> Result<(), LinkFault> {
        let options = PublishOptions { qos: QoS::AtLeastOnce, ..PublishOptions::default() };
        let sent = client.publish_with_options(topic.of(&self.device), payload, options);
        match tokio::time::timeout(PATIENCE, sent).await.map_err(|_| LinkFault::Late)?? {
            PublishResult::Sent(_) => Ok(()),
            PublishResult::Queued(_) => Err(LinkFault::Gone("in the middle of a message".to_owned())),
        }
    }
}

/// A line that is gone already cannot be hung up, which is as well.
async fn hang_up(client: &MqttClient, politely: bool) {
    let ended =
        async { if politely { client.disconnect().await } else { client.disconnect_abnormally().await } };
    if let Ok(Err(fault)) = tokio::time::timeout(Duration::from_secs(2), ended).await {
        tracing::debug!(%fault, "messages: hanging up");
    }
}

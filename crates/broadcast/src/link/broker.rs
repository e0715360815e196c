//! The broker within this program.

use super::door::Door;
use mqtt5::broker::config::{BrokerConfig, StorageBackend, StorageConfig, TlsConfig};
use mqtt5::broker::router::MessageRouter;
use mqtt5::broker::{BrokerShutdownHandle, MqttBroker};
use platform::config::Mqtt;
use platform::{App, Error, Result, ids};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Devices at most: a province's.
const CLIENTS: usize = 5_000;
/// A message is some hundred bytes.
const PACKET: usize = 64 << 10;
/// Messages a second that a device may send.
const RATE: u32 = 50;
/// What a device that is away missed is kept so long.
const KEPT: Duration = Duration::from_secs(3_600);

pub(super) struct Broker {
    /// Where devices come in.
    pub address: SocketAddr,
    /// Where this program comes in: without TLS, from this machine only.
    pub inner: SocketAddr,
    pub secret: String,
    router: Arc<MessageRouter>,
    stop: BrokerShutdownHandle,
    task: JoinHandle<()>,
}

impl Broker {
    pub async fn stop(self) {
        self.stop.shutdown();
        let _ = self.task.await;
    }

    /// A device whose token is worth nothing any more is put off the line.
    pub async fn put_off(&self, device: &str) {
        self.router.disconnect_client(device).await;
    }
}

/// Starts it, where it is ours.
///
/// # Errors
/// An address that is taken, a certificate that cannot be read.
pub(super) async fn start(app: &App) -> Result<Option<Broker>> {
    let Mqtt::Own(own) = &app.config.mqtt else { return Ok(None) };
    let storage = StorageConfig {
        backend: StorageBackend::Memory,
        enable_persistence: false,
        max_queued_messages_per_client: 200,
        ..StorageConfig::default()
    };
    let mut config = BrokerConfig {
        bind_addresses: vec![own.listen],
        max_clients: CLIENTS,
        max_packet_size: PACKET,
        max_message_rate_per_client: RATE,
        session_expiry_interval: KEPT,
        sys_topics_enabled: false,
        storage_config: storage,
        websocket_config: None,
        ..BrokerConfig::default()
    };
    if let Some((certificate, key)) = &own.tls {
        config.bind_addresses = vec![(Ipv4Addr::LOCALHOST, 0).into()];
        let mut tls = TlsConfig::new(certificate.clone(), key.clone());
        tls.bind_addresses = vec![own.listen];
        config.tls_config = Some(tls);
    }
    let secret = ids::new_secret();
    let door = Door { app: app.clone(), secret: secret.clone() };
    let broker = MqttBroker::with_config(config).await.map_err(Error::internal)?;
    let mut broker = broker.with_auth_provider(Arc::new(door));
    let none = || Error::internal("the broker listens nowhere");
    let inner = broker.local_addr().ok_or_else(none)?;
    let address = if own.tls.is_some() { broker.tls_local_addr().ok_or_else(none)? } else { inner };
    let (router, stop) = (broker.router(), broker.shutdown_handle());
    let task = tokio::spawn(async move {
        if let Err(error) = broker.run().await {
            tracing::error!(%error, "the broker for loudspeakers ended");
        }
    });
    tracing::info!(%address, "loudspeakers sign in here (MQTT)");
    Ok(Some(Broker { address, inner, secret, router, stop, task }))
}

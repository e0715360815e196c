//! Listening, with TLS when asked, and stopping without cutting anybody off.

use super::{acme, router, tls};
use crate::app::App;
use crate::config::Tls;
use crate::{Result, jobs};
use axum_server::Handle;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC as Signal, ctrl_c};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Requests in hand get so long to end after a stop was asked for.
const GRACE: Duration = Duration::from_secs(20);

/// A running server.
pub struct Server {
    pub address: SocketAddr,
    stop: CancellationToken,
    tasks: JoinSet<()>,
    app: App,
}

/// Starts to listen, to run jobs and the areas' services; returns when the address is open.
pub async fn serve(app: &App) -> Result<Server> {
    let listener = TcpListener::bind(app.config.listen)?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    let stop = CancellationToken::new();
    let mut tasks = jobs::spawn(app.clone(), stop.clone());
    for service in app.areas().iter().flat_map(|area| &area.services) {
        tracing::debug!(service.name, "a service begins");
        tasks.spawn((service.run)(app.clone(), stop.clone()));
    }
    match tls::load(&app.config).await? {
        None => {
            let server = axum_server::from_tcp(listener)?.handle(handle.clone());
            tasks.spawn(async move { report(server.serve(service).await) });
        }
        Some(tls) => {
            if let Tls::Acme(settings) = &app.config.tls {
                acme::spawn(app, settings, tls.clone(), stop.clone(), &mut tasks).await?;
            }
            let server = axum_server::from_tcp_rustls(listener, tls)?.handle(handle.clone());
            tasks.spawn(async move { report(server.serve(service).await) });
        }
    }
    let stopped = stop.clone();
    tasks.spawn(async move {
        stopped.cancelled().await;
        handle.graceful_shutdown(Some(GRACE));
    });
    Ok(Server { address, stop, tasks, app: app.clone() })
}

fn report(outcome: std::io::Result<()>) {
    if let Err(error) = outcome {
        tracing::error!(%error, "the listener ended");
    }
}

impl Server {
    /// Takes no new requests, ends those in hand and the jobs, closes the database.
    pub async fn stop(mut self) {
        tracing::info!("stopping: no new requests");
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
        self.app.db.close().await;
        tracing::info!("stopped");
    }

    /// Serves until somebody asks for the stop, then stops gracefully.
    pub async fn until(self, mut asked: StopAsked) {
        asked.heard().await;
        self.stop().await;
    }
}

/// Hears Ctrl C and the termination signal from the moment it is made: make it before telling anybody that we listen.
pub struct StopAsked {
    interrupt: Signal,
    #[cfg(unix)]
    terminate: Signal,
}

impl StopAsked {
    #[cfg(unix)]
    pub fn listen() -> Result<StopAsked> {
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(StopAsked { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    #[cfg(unix)]
    async fn heard(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    /// Windows has no signal for the end but Ctrl C.
    #[cfg(windows)]
    pub fn listen() -> Result<StopAsked> {
        Ok(StopAsked { interrupt: ctrl_c()? })
    }

    #[cfg(windows)]
    async fn heard(&mut self) {
        self.interrupt.recv().await;
    }
}

//! The line to the loudspeakers: MQTT, over the broker within this program or one that is there already. What shall go out waits in the tables; here it
//! goes out, and what devices say comes in.

mod broker;
mod client;
mod door;

use crate::speaker;
use client::Client;
use platform::area::Service;
use platform::config::Mqtt;
use platform::{App, Ctx, Result, Tx, Uuid, sql};
use speakerlink::Topic;
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// What waits is looked at again, also when nobody rang: other programs may have written it. Silent devices are found then too.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// The hand of the line in this program. The area offers it.
#[derive(Default)]
pub(crate) struct Link {
    bell: Notify,
    /// Communes whose plan has changed.
    plans: Mutex<HashSet<Uuid>>,
    listens: Mutex<Option<SocketAddr>>,
}

impl Link {
    fn of(app: &App) -> Option<&Link> {
        app.offers::<Link>().next()
    }

    fn plans(&self) -> MutexGuard<'_, HashSet<Uuid>> {
        self.plans.lock().expect("no holder panics")
    }
}

/// Where the broker within this program listens; nothing while it does not.
pub(crate) fn listens(app: &App) -> Option<SocketAddr> {
    Link::of(app).and_then(|link| *link.listens.lock().expect("no holder panics"))
}

/// Something waits to go out: it goes as soon as it is written.
pub(crate) fn ring(ctx: &Ctx, tx: &Tx) {
    let app = ctx.app.clone();
    tx.after_commit(move || {
        if let Some(link) = Link::of(&app) {
            link.bell.notify_one();
        }
    });
}

/// The plan has changed: devices fetch it anew.
pub(crate) fn ring_plan(ctx: &Ctx, tx: &Tx) {
    let (app, commune) = (ctx.app.clone(), ctx.commune);
    tx.after_commit(move || {
        if let Some(link) = Link::of(&app) {
            link.plans().insert(commune);
            link.bell.notify_one();
        }
    });
}

pub(crate) fn service() -> Service {
    Service::new("broadcast.link", |app, stop| Box::pin(run(app, stop)))
}

async fn run(app: App, stop: CancellationToken) {
    let Some(link) = Link::of(&app).filter(|_| app.config.mqtt != Mqtt::Off) else { return };
    let broker = match broker::start(&app).await {
        Ok(broker) => broker,
        Err(error) => {
            tracing::error!(%error, "the broker for loudspeakers cannot begin: they are not heard and cannot be told anything");
            return;
        }
    };
    *link.listens.lock().expect("no holder panics") = broker.as_ref().map(|one| one.address);
    while !stop.is_cancelled() {
        match client::connect(&app, broker.as_ref()).await {
            Ok(client) => talk(&app, link, client, broker.as_ref(), &stop).await,
            Err(error) => tracing::error!(%error, "the broker for loudspeakers cannot be reached"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => look(&app).await,
        }
    }
    *link.listens.lock().expect("no holder panics") = None;
    if let Some(broker) = broker {
        broker.stop().await;
    }
}

/// As long as the broker is there.
async fn talk(
    app: &App,
    link: &Link,
    mut client: Client,
    broker: Option<&broker::Broker>,
    stop: &CancellationToken,
) {
    let mut homes = HashMap::new();
    // A broker that was begun anew knows nothing of what was kept there.
    let mut all = true;
    while !stop.is_cancelled() && client.connected().await {
        match send(app, link, &client, broker, all).await {
            Ok(()) => all = false,
            Err(error) => tracing::error!(%error, "what loudspeakers shall do cannot be sent"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = link.bell.notified() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => look(app).await,
            Some((topic, bytes)) = client.next() => {
                if let Err(error) = take(app, &mut homes, &topic, &bytes).await {
                    tracing::error!(%error, %topic, "what a loudspeaker says cannot be written");
                }
            }
        }
    }
    client.leave().await;
}

async fn communes(app: &App) -> Result<Vec<Uuid>> {
    sql("SELECT id FROM commune ORDER BY id").column(&app.db).await
}

async fn look(app: &App) {
    let look = async {
        for commune in communes(app).await? {
            speaker::look(&Ctx::system(app, commune, "broadcast.link")).await?;
        }
        Ok::<_, platform::Error>(())
    };
    if let Err(error) = look.await {
        tracing::error!(%error, "silent loudspeakers cannot be looked for");
    }
}

/// Finds the commune of a device; it is asked once.
async fn home(app: &App, homes: &mut HashMap<Uuid, Uuid>, device: Uuid) -> Result<Option<Uuid>> {
    if let Some(home) = homes.get(&device) {
        return Ok(Some(*home));
    }
    let found = door::find(app, device).await?;
    Ok(found.map(|(ctx, _)| *homes.entry(device).or_insert(ctx.commune)))
}

async fn take(app: &App, homes: &mut HashMap<Uuid, Uuid>, topic: &str, bytes: &[u8]) -> Result<()> {
    let Some((device, kind)) = Topic::read(topic) else { return Ok(()) };
    let Ok(device) = device.parse() else { return Ok(()) };
    let Some(commune) = home(app, homes, device).await? else { return Ok(()) };
    speaker::take(&Ctx::system(app, commune, "broadcast.link"), device, kind, bytes).await
}

/// Sends what waits. `all`: the settings of every device, as after a new beginning.
async fn send(
    app: &App,
    link: &Link,
    client: &Client,
    broker: Option<&broker::Broker>,
    all: bool,
) -> Result<()> {
    let plans = std::mem::take(&mut *link.plans());
    for commune in communes(app).await? {
        let ctx = Ctx::system(app, commune, "broadcast.link");
        client::settings(&ctx, client, broker, all).await?;
        client::orders(&ctx, client).await?;
        if plans.contains(&commune) {
            client::plan(&ctx, client).await?;
        }
    }
    Ok(())
}

//! Dead air: what leaves is listened to once a second; silence where the plan says sound is told within ten seconds.

use super::air::{alarm, row, utc};
use super::store::{self, What};
use onair::{Alarm, DeadAir, DeadAirSettings, Moment, Station};
use platform::{App, Ctx, Message, Result, Uuid};
use std::sync::Arc;
use std::time::{Duration, Instant};

const EACH: Duration = Duration::from_secs(1);

pub(super) async fn watch(
    app: App,
    commune: Uuid,
    station: Arc<Station>,
    wall: impl Fn() -> Moment + Send + Sync + 'static,
) {
    let outlets = station.mounts().map(|(name, streams)| (name.clone(), streams.mp3.clone()));
    let (mut dead_air, began) = (DeadAir::new(DeadAirSettings::default(), outlets), Instant::now());
    let mut ticks = tokio::time::interval(EACH);
    loop {
        ticks.tick().await;
        let (schedule, now) = (station.schedule(), wall());
        let alarms = dead_air.look(began.elapsed(), |mount| schedule.plan.on_air(mount, now).is_some());
        if alarms.is_empty() {
            continue;
        }
        let ctx = Ctx::system(&app, commune, "broadcast.watch");
        if let Err(error) = tell(&ctx, &alarms, now).await {
            tracing::error!(%error, "silence on the radio cannot be told");
        }
    }
}

async fn tell(ctx: &Ctx, alarms: &[Alarm], now: Moment) -> Result<()> {
    let tx = ctx.begin().await?;
    for one in alarms {
        if one.trouble.is_some() {
            let row = row(&one.mount, What::Silent, None, utc(now), None, "broadcast-air-silent");
            store::insert(ctx, &tx, &row).await?;
        } else {
            store::end(ctx, &tx, &one.mount, What::Silent, utc(now), "").await?;
        }
    }
    let silent = alarms.iter().filter(|one| one.trouble.is_some()).count();
    if silent > 0 {
        alarm(ctx, &tx, &Message::new("broadcast-told-silent").with("count", silent)).await?;
    }
    tx.commit().await
}

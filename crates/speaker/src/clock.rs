//! Asks the station for its time.

use crate::board::Board;
use crate::net::{NetFault, Site};
use crate::store::Store;
use crate::timing::Timing;
use speakerlink::path;
use std::sync::Arc;
use std::time::Duration;

/// The request that was quickest on its way counts; the first one also opens the line.
const TRIES: usize = 5;

/// A quartz is wrong by some tens of microseconds a second: this is a few hundredths of a second.
const EVERY: Duration = Duration::from_secs(10 * 60);
const AFTER_FAULT: Duration = Duration::from_secs(60);
/// What the clock of this machine may change without being written on its card.
const WORTH_KEEPING: i64 = 50_000;

/// Measures again and again, and keeps what was found for the next start without a line.
pub async fn keep(
    site: Arc<Site>,
    device: String,
    timing: Arc<Timing>,
    board: Arc<Board>,
    store: Arc<Store>,
) {
    loop {
        let measured = measure(&site, &device, &timing).await;
        if let Some(difference) = timing.difference()
            && (difference - store.state().difference).abs() > WORTH_KEEPING
        {
            store.change(|state| state.difference = difference);
        }
        let pause = match &measured {
            Ok(true) => EVERY,
            Ok(false) => AFTER_FAULT,
            Err(fault) => {
                tracing::warn!(%fault, "the station's time");
                AFTER_FAULT
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = board.astray.notified() => {}
        }
    }
}

/// Measures the station's time. Says whether what came was good enough.
///
/// # Errors
/// No answer at all, or one that is no time.
pub async fn measure(site: &Site, device: &str, timing: &Timing) -> Result<bool, NetFault> {
    let mut best: Option<(i64, i64, i64)> = None;
    for _ in 0..TRIES {
        let sent = timing.elapsed();
        let told = site.ask(&path::time(device)).await?;
        let back = timing.elapsed();
        let told = told.parse().map_err(|_| NetFault::Line("the station tells no time".to_owned()))?;
        if best.is_none_or(|(sent_best, _, back_best)| back - sent < back_best - sent_best) {
            best = Some((sent, told, back));
        }
    }
    Ok(best.is_some_and(|(sent, told, back)| timing.learn(sent, told, back)))
}

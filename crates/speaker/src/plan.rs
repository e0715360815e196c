//! Fetches the plan for a cut line, and its audio.

use crate::net::{NetFault, Site};
use crate::store::Store;
use speakerlink::{Plan, path};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

const EVERY: Duration = Duration::from_secs(15 * 60);
const AFTER_FAULT: Duration = Duration::from_secs(60);
/// A plan of a week with signatures is some hundred kilobytes.
const PLAN_MAX: usize = 8 << 20;

/// Somebody wants the plan anew, and to hear whether it came.
pub type Asked = oneshot::Sender<bool>;

/// Fetches it at the start, every quarter of an hour, and when it is asked for.
pub async fn keep(
    site: Arc<Site>,
    device: String,
    store: Arc<Store>,
    mut asked: mpsc::UnboundedReceiver<Asked>,
) {
    let mut waiting: Vec<Asked> = Vec::new();
    loop {
        let fetched = fetch(&site, &device, &store).await;
        if let Err(fault) = &fetched {
            tracing::warn!(%fault, "the plan");
        }
        for asked in waiting.drain(..) {
            // Whoever has gone does not want to know.
            let _ = asked.send(fetched.is_ok());
        }
        let pause = if fetched.is_ok() { EVERY } else { AFTER_FAULT };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            Some(one) = asked.recv() => waiting.push(one),
        }
        while let Ok(one) = asked.try_recv() {
            waiting.push(one);
        }
    }
}

/// Fetches it once, and what of its audio is not here yet. What one clip lacks keeps no other one back.
///
/// # Errors
/// No plan, or no line for its audio.
pub async fn fetch(site: &Site, device: &str, store: &Store) -> Result<(), NetFault> {
    let plan = site.fetch(&path::plan(device), PLAN_MAX).await?;
    let plan: Plan = speakerlink::read(&plan).map_err(|fault| NetFault::Line(format!("no plan: {fault}")))?;
    let (wanted, kept) = store.follow(plan);
    if let Err(fault) = kept {
        tracing::error!(%fault, "the plan is not kept for a restart");
    }
    for clip in wanted {
        let most = usize::try_from(clip.size).unwrap_or(usize::MAX);
        let audio = match site.fetch(&path::audio(device, &clip.audio), most).await {
            Ok(audio) => audio,
            Err(fault @ (NetFault::Unknown | NetFault::Status(_))) => {
                tracing::warn!(clip = clip.id, %fault, "no audio");
                continue;
            }
            Err(fault) => return Err(fault),
        };
        if let Err(fault) = store.keep(&clip, &audio) {
            tracing::error!(clip = clip.id, %fault, "its audio is not kept");
        }
    }
    Ok(())
}

//! Pictures that people sent: fetched from the machines of the firm, through the same pipeline as every upload.

use super::model::Picture;
use super::store;
use crate::channel::model::Problem;
use crate::channel::settings::Ways;
use axum::body::Bytes;
use http::{Method, Request};
use http_body_util::Full;
use platform::files::{self, PICTURES};
use platform::{Ctx, Error, Kind, Result, call};

/// Under this name the files are kept, with the talk as their owner.
pub(super) const OWNER: &str = "voice";

/// Why one was not taken.
enum Not {
    Later(Problem),
    Never(Problem),
}

/// Fetches one; a place that the configuration does not name is never asked.
pub(super) async fn fetch(ctx: &Ctx, ways: &Ways, one: &Picture) -> Result<()> {
    let got = match bytes(ctx, ways, &one.url).await {
        Ok(bytes) => match files::prepare(ctx, "anh.jpg".to_owned(), bytes, PICTURES).await {
            Ok(file) => Ok(file),
            Err(error) if error.is(Kind::Internal) => return Err(error),
            Err(error) => Err(Not::Never(Problem::new("voice-picture-wrong", error.message.key))),
        },
        Err(not) => Err(not),
    };
    let tx = ctx.begin().await?;
    match got {
        Ok(file) => {
            let file = files::keep(ctx, &tx, &file, OWNER, one.talk_id).await?;
            store::write_picture(ctx, &tx, one.id, Some(file), "", None).await?;
        }
        Err(Not::Later(why)) if one.tries + 1 < ways.tries => {
            let next = ctx.app.clock.now() + super::queue::pause(one.tries);
            store::write_picture(ctx, &tx, one.id, None, why.stored(), Some(next)).await?;
        }
        Err(Not::Later(why) | Not::Never(why)) => {
            store::write_picture(ctx, &tx, one.id, None, why.stored(), None).await?;
        }
    }
    tx.commit().await
}

async fn bytes(ctx: &Ctx, ways: &Ways, url: &str) -> Result<Vec<u8>, Not> {
    let never = |key: &'static str| Not::Never(Problem::new(key, ""));
    let uri = call::address(ctx, "url", url).map_err(|_: Error| never("voice-picture-elsewhere"))?;
    let host = uri.host().unwrap_or_default().to_lowercase();
    let ours = |known: &String| host == *known || host.ends_with(&format!(".{known}"));
    if !ways.picture_hosts.iter().any(ours) {
        return Err(never("voice-picture-elsewhere"));
    }
    let request = Request::builder().method(Method::GET).uri(uri).body(Full::new(Bytes::new()));
    let request = request.map_err(|_| never("voice-picture-elsewhere"))?;
    let answer = call::call_for(request, ways.patience(), ways.picture_bytes).await;
    let answer = answer.map_err(|silence| Not::Later(Problem::new("channel-problem-away", silence.0)))?;
    match answer.status {
        200 => Ok(answer.body.to_vec()),
        429 | 500.. => Err(Not::Later(Problem::new("channel-problem-busy", answer.status))),
        status => Err(Not::Never(Problem::new("voice-picture-wrong", status))),
    }
}

/// So many in one round.
const ROUND: i64 = 20;

/// All that wait.
pub(super) async fn round(ctx: &Ctx, ways: &Ways) -> Result<usize> {
    let waiting = store::pictures_waiting(ctx, ROUND).await?;
    for one in &waiting {
        fetch(ctx, ways, one).await?;
    }
    Ok(waiting.len())
}

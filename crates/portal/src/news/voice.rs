//! Articles read aloud: each published one is handed to the voice, and heard on its page.

use super::model::{Article, State};
use super::{PATH, radio, store};
use axum::extract::Path;
use axum::response::Response;
use http::HeaderMap;
use platform::jobs::{Every, Worker};
use platform::{Ctx, Error, Result, Tx, Uuid};
use std::time::Duration;

const KIND: &str = "news";
const OLDER: &str = "portal.news.read-aloud";
/// Articles from before there was a voice are read a few at a time, the newest first.
const OLDER_AT_ONCE: usize = 5;
const OLDER_MOST: i64 = 200;

/// It is read as it stands now.
pub(super) async fn wanted(ctx: &Ctx, tx: &Tx, one: &Article) -> Result<()> {
    speech::want(ctx, tx, KIND, one.id, &one.slug, &radio::paragraphs(one).join("\n")).await
}

/// How far the reading of an article is.
pub(super) async fn recording(ctx: &Ctx, id: Uuid) -> Result<Option<speech::Recording>> {
    Ok(speech::recordings(ctx, KIND, &[id]).await?.pop())
}

/// The words of an article for the radio: it may be written but not published yet, as the paper at the notice board.
pub(crate) fn script() -> speech::Script {
    speech::Script {
        kind: KIND,
        of: |ctx, id| {
            Box::pin(async move {
                let one = store::find(ctx, &ctx.app.db, id).await?;
                Ok((one.content.title.clone(), radio::paragraphs(&one).join("\n")))
            })
        },
    }
}

/// Those of these articles that can be heard.
pub(super) async fn heard(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let all = speech::recordings(ctx, KIND, ids).await?;
    let done = all.into_iter().filter(|one| one.state == speech::State::Done);
    Ok(done.map(|one| one.object_id).collect())
}

/// Where it is heard.
pub(super) fn address(one_slug: &str) -> String {
    format!("{PATH}/nghe/{one_slug}")
}

/// `GET /tin-tuc/nghe/{slug}`: the recording of a published article.
pub(super) async fn play(ctx: Ctx, headers: HeaderMap, Path(slug): Path<String>) -> Result<Response> {
    let one = store::by_slug(&ctx, &slug).await?.ok_or_else(Error::not_found)?;
    if one.state != State::Published {
        return Err(Error::not_found());
    }
    speech::heard(&ctx, &headers, KIND, one.id).await
}

/// Hands in what was published before there was a voice.
pub(super) fn worker() -> Worker {
    Worker::new(OLDER, |ctx, _| async move {
        if !speech::ready(&ctx) {
            return Ok(serde_json::json!({ "wanted": 0 }));
        }
        let all = store::published(&ctx, &store::Shelf::default(), None, OLDER_MOST).await?;
        let ids: Vec<Uuid> = all.iter().map(|one| one.id).collect();
        let known = speech::recordings(&ctx, KIND, &ids).await?;
        let unread = ids.into_iter().filter(|id| known.iter().all(|one| one.object_id != *id));
        let mut count = 0;
        for id in unread.take(OLDER_AT_ONCE) {
            let tx = ctx.begin().await?;
            let one = store::find(&ctx, &tx, id).await?;
            wanted(&ctx, &tx, &one).await?;
            tx.commit().await?;
            count += 1;
        }
        Ok(serde_json::json!({ "wanted": count }))
    })
}

pub(super) fn every() -> Every {
    Every { kind: OLDER, period: Duration::from_secs(300) }
}

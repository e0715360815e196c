//! Articles of an invented commune, through the rules, with the days on which they would have been written.

use super::media::{self, About, Ready};
use super::store::{self, Comment, CommentState};
use super::write::{self, Sent};
use super::{model, pass};
use chrono::{DateTime, Utc};
use platform::http::Upload;
use platform::{Ctx, Result, Tx, Uuid};

pub use model::{Draft, State};

/// A picture with its words.
pub struct Picture {
    ready: Ready,
    alt: String,
    caption: String,
}

/// Judged as an upload is; outside of transactions.
///
/// # Errors
/// What the upload pipeline refuses.
pub async fn picture(ctx: &Ctx, name: &str, bytes: Vec<u8>, alt: &str, caption: &str) -> Result<Picture> {
    let sent = Upload { field: "tep".into(), name: name.into(), bytes };
    Ok(Picture { ready: media::ready(ctx, sent).await?, alt: alt.into(), caption: caption.into() })
}

/// An article, how far it came, and what a resident wrote under it.
pub struct Told {
    pub draft: Draft,
    pub state: State,
    pub at: DateTime<Utc>,
    pub pictures: Vec<Picture>,
    pub views: i64,
    /// Account, name, words, and whether an editor has let it stand.
    pub comments: Vec<(Uuid, String, String, bool)>,
}

/// Writes it as `writer`, and publishes it as `leader`.
///
/// # Errors
/// What the rules refuse.
pub async fn tell(writer: &Ctx, leader: &Ctx, tx: &Tx, told: Told) -> Result<()> {
    let writer = &Ctx { now: told.at, ..writer.clone() };
    let leader = &Ctx { now: told.at, ..leader.clone() };
    let mut one = write::create(writer, tx, told.draft.clone(), None).await?;
    let ready: Vec<Ready> = told.pictures.iter().map(|picture| picture.ready.clone()).collect();
    if !ready.is_empty() {
        let added = media::add(writer, tx, one.id, &ready).await?;
        for (media, picture) in added.iter().zip(&told.pictures) {
            let about = About { alt: picture.alt.clone(), caption: picture.caption.clone(), cover: false };
            media::describe(writer, tx, one.id, media.id, &about).await?;
        }
        one = store::find(writer, tx, one.id).await?;
        // The pictures are there: the text finds them.
        let sent = Sent { draft: told.draft, slug: one.slug.clone(), html: false };
        one = write::save(writer, tx, one.id, one.revision, sent).await?;
    }
    match told.state {
        State::Submitted => {
            pass::submit(writer, tx, one.id, one.revision).await?;
        }
        State::Scheduled => {
            let at = Some(writer.app.clock.now() + chrono::Duration::days(2));
            pass::approve(leader, tx, one.id, one.revision, at, false).await?;
        }
        State::Published => {
            pass::approve(leader, tx, one.id, one.revision, None, false).await?;
            store::views_add(leader, tx, one.id, told.views).await?;
        }
        State::Returned => {
            let one = pass::submit(writer, tx, one.id, one.revision).await?;
            pass::send_back(leader, tx, one.id, one.revision + 1, "Bổ sung số hộ tham gia và một tấm ảnh.")
                .await?;
        }
        _ => {}
    }
    for (account_id, name, body, shown) in told.comments {
        let at = told.at + chrono::Duration::hours(5);
        let comment = Comment {
            id: leader.new_id(),
            article_id: one.id,
            account_id,
            name,
            body,
            state: CommentState::Held,
            reports: 0,
            at,
        };
        store::comment_insert(leader, tx, &comment).await?;
        if shown {
            store::comment_decide(leader, tx, comment.id, CommentState::Shown).await?;
        }
    }
    Ok(())
}

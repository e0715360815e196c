//! What happened with a task, and what came with it: words, pictures, voice notes.

use super::model::{Evidence, Happened, Task};
use super::rules::day_of;
use super::store;
use axum::extract::Path;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use platform::files::{self, FileRow};
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;

/// A line of the story, with what came with it.
pub(super) struct Told {
    pub what: String,
    pub words: String,
    pub who: String,
    pub at: String,
    files: Vec<Shown>,
}

impl Told {
    pub fn files(&self) -> &[Shown] {
        &self.files
    }
}

/// Evidence: a picture, a voice note, or another file.
pub(super) struct Shown {
    pub url: String,
    pub name: String,
    pub picture: bool,
    pub sound: bool,
}

/// What happened, the newest first. That somebody acknowledged stands with the recipients. One of many recipients reads what
/// they did themselves, and what came from above.
///
/// `base` is where its files are asked for.
pub(super) async fn story(
    ctx: &Ctx,
    task: &Task,
    base: &str,
    names: &HashMap<Uuid, String>,
    only: Option<Uuid>,
) -> Result<Vec<Told>> {
    let t = ctx.t();
    let mut files: HashMap<Uuid, Vec<Shown>> = HashMap::new();
    for row in store::files(ctx, &ctx.app.db, task.id).await? {
        let file = files::find(ctx, &ctx.app.db, row.file_id).await?;
        files.entry(row.event_id).or_default().push(Shown {
            url: format!("{base}/tep/{}", row.id),
            picture: file.media_type.starts_with("image/"),
            sound: is_sound(&file),
            name: file.name,
        });
    }
    let mut told = Vec::new();
    let mut events = store::events(ctx, &ctx.app.db, task.id).await?;
    events.retain(|event| event.what != Happened::Acknowledged);
    if let Some(me) = only {
        events.retain(|event| [Some(me), Some(task.assigned_by), None].contains(&event.by_id));
    }
    for event in events.into_iter().rev() {
        let mut what = t.t(event.what.text_key());
        if let Some(progress) = event.progress {
            what = format!("{what} ({progress} %)");
        }
        if let Some(until) = event.until {
            what = format!("{what} · {}", t.s("office-task-until", "day", &t.date(day_of(until))));
        }
        if event.via.as_deref() == Some("link") {
            what = format!("{what} · {}", t.t("office-link-by"));
        }
        told.push(Told {
            what,
            words: event.words,
            who: event.by_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
            at: t.moment(event.at),
            files: files.remove(&event.id).unwrap_or_default(),
        });
    }
    Ok(told)
}

/// A voice note: Safari records into the same container as a film, under the name that our recorder gives.
fn is_sound(file: &FileRow) -> bool {
    file.media_type.starts_with("audio/")
        || file.media_type == "video/webm"
        || (file.media_type == "video/mp4" && file.name.starts_with("ghi-am"))
}

/// Evidence of a task that the reader may see.
pub(super) async fn file(
    ctx: Ctx,
    Path((id, file)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
) -> Result<Response> {
    let task = store::find(&ctx, &ctx.app.db, id).await?;
    send(&ctx, &task, file, &headers).await
}

/// The bytes of a file of this task.
pub(super) async fn send(ctx: &Ctx, task: &Task, file: Uuid, headers: &HeaderMap) -> Result<Response> {
    let all: Vec<Evidence> = store::files(ctx, &ctx.app.db, task.id).await?;
    let one = all.into_iter().find(|one| one.id == file).ok_or_else(Error::not_found)?;
    let found = files::find(ctx, &ctx.app.db, one.file_id).await?;
    let bytes = files::read(ctx, &found).await?;
    if is_sound(&found) {
        let mut answer = platform::http::part(headers, &found.media_type, bytes);
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        return Ok(answer);
    }
    Ok(platform::http::file(&found.name, &found.media_type, bytes))
}

//! Texts of other areas, read aloud and kept.

use crate::mp3::Recorder;
use crate::{store, voice, words};
use axum::response::Response;
use chrono::{DateTime, Utc};
use http::HeaderMap;
use platform::files::{self, Accept};
use platform::jobs::{Job, Work, Worker, enqueue};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, choice};
use sea_orm::FromQueryResult;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::pin::Pin;

const RECORD: &str = "speech.record";
const AGAIN: &str = "speech.again";
const OWNER: &str = "speech";
/// `{kind, object}`: a text that was handed in has been read, or could not be.
pub const RECORDED: &str = "speech.recorded";
/// Letters of a text; two hours.
const TEXT_MAX: usize = 100_000;
const MP3: Accept = Accept { types: &["audio/mpeg"], max_bytes: 64 << 20 };

choice! {
    State, "speech-state", { Waiting = "waiting", Done = "done", Failed = "failed" }
}

/// A text that was or will be read aloud.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Recording {
    pub kind: String,
    pub object_id: Uuid,
    /// That of the file, without an ending.
    pub name: String,
    pub text: String,
    pub(crate) digest: String,
    pub state: State,
    pub file_id: Option<Uuid>,
    pub seconds: i64,
    /// The key of what hindered it.
    pub why: String,
    pub at: DateTime<Utc>,
}

/// Title and words of a text of another area, for whoever wants to read it out. The area of the text offers it under its kind.
pub struct Script {
    pub kind: &'static str,
    pub of: for<'a> fn(&'a Ctx, Uuid) -> Pin<Box<dyn Future<Output = Result<(String, String)>> + Send + 'a>>,
}

/// The script of a text.
///
/// # Errors
/// Not found.
pub async fn script(ctx: &Ctx, kind: &str, object: Uuid) -> Result<(String, String)> {
    let known = ctx.app.offers::<Script>().find(|one| one.kind == kind).ok_or_else(Error::not_found)?;
    (known.of)(ctx, object).await
}

impl Recording {
    /// `2:05`
    pub fn length(&self) -> String {
        format!("{}:{:02}", self.seconds / 60, self.seconds % 60)
    }
}

/// What is said, paragraph by paragraph.
fn spoken(lexicon: &vnspeech::Lexicon, text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| lexicon.speak(line));
    lines.filter(|line| line.chars().any(char::is_alphabetic)).collect()
}

fn digest(ctx: &Ctx, spoken: &[String]) -> String {
    let mut hasher = Sha256::new();
    for part in voice::command(ctx).iter().chain(spoken) {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hex::encode(hasher.finalize())
}

/// A text to be read aloud; one that is read already as it would be now stays as it is. `kind` and `object` are those of the
/// area that hands it in.
///
/// # Errors
/// A text that takes hours.
pub async fn want(ctx: &Ctx, tx: &Tx, kind: &str, object: Uuid, name: &str, text: &str) -> Result<()> {
    if text.chars().count() > TEXT_MAX {
        return Err(Error::invalid(Message::new("speech-too-long").with("limit", TEXT_MAX)));
    }
    let digest = digest(ctx, &spoken(&words::lexicon(ctx).await?, text));
    let before = store::find(ctx, tx, kind, object).await?;
    if before.is_some_and(|before| before.digest == digest && before.state != State::Failed) {
        return Ok(());
    }
    store::put(ctx, tx, (kind, object), name, text, &digest).await?;
    enqueue(ctx, tx, Work::new(RECORD, json!({ "kind": kind, "object": object, "digest": digest }))).await?;
    Ok(())
}

/// Those of these objects that there are.
pub async fn recordings(ctx: &Ctx, kind: &str, objects: &[Uuid]) -> Result<Vec<Recording>> {
    store::of(ctx, kind, objects).await
}

/// The recording itself, whole or the part that a player asks for.
///
/// # Errors
/// Not found, also while it is not read yet.
pub async fn heard(ctx: &Ctx, headers: &HeaderMap, kind: &str, object: Uuid) -> Result<Response> {
    let one = store::find(ctx, &ctx.app.db, kind, object).await?;
    let file = one.filter(|one| one.state == State::Done).and_then(|one| one.file_id);
    let file = files::find(ctx, &ctx.app.db, file.ok_or_else(Error::not_found)?).await?;
    let bytes = files::read(ctx, &file).await?;
    Ok(platform::http::part(headers, &file.media_type, bytes))
}

pub(crate) fn worker() -> Worker {
    Worker::new(RECORD, job)
}

async fn job(ctx: Ctx, job: Job) -> Result<Value> {
    let kind: String = serde_json::from_value(job.payload["kind"].clone())?;
    let object: Uuid = serde_json::from_value(job.payload["object"].clone())?;
    let one = store::find(&ctx, &ctx.app.db, &kind, object).await?;
    // Dropped, or written anew: then another job waits for it.
    let Some(one) = one.filter(|one| job.payload["digest"] == one.digest.as_str()) else {
        return Ok(json!({}));
    };
    if one.state == State::Done {
        return Ok(json!({}));
    }
    if !voice::ready(&ctx) {
        failed(&ctx, &one, "speech-no-voice").await?;
        return Ok(json!({ "seconds": 0 }));
    }
    let parts = spoken(&words::lexicon(&ctx).await?, &one.text);
    let (bytes, seconds) = match read(&ctx, &job, &parts).await {
        Ok(read) => read,
        Err(error) => {
            failed(&ctx, &one, "speech-failed").await?;
            return Err(error);
        }
    };
    let file = files::prepare(&ctx, format!("{}.mp3", one.name), bytes, MP3).await?;
    let tx = ctx.begin().await?;
    let gone = files::delete_of(&ctx, &tx, OWNER, &[object]).await?;
    let id = files::keep(&ctx, &tx, &file, OWNER, object).await?;
    let kept = store::done(&ctx, &tx, &one, id, seconds).await?;
    if !kept {
        tx.rollback().await?;
        return Ok(json!({}));
    }
    tell(&ctx, &tx, &one).await?;
    tx.commit().await?;
    files::forget(&ctx, &gone).await?;
    Ok(json!({ "seconds": seconds }))
}

/// The area of the text learns that it was read, or could not be.
async fn tell(ctx: &Ctx, tx: &Tx, one: &Recording) -> Result<()> {
    let about = json!({ "kind": one.kind, "object": one.object_id });
    platform::events::publish(ctx, tx, RECORDED, about).await
}

async fn failed(ctx: &Ctx, one: &Recording, why: &'static str) -> Result<()> {
    let tx = ctx.begin().await?;
    store::failed(ctx, &tx, one, why).await?;
    tell(ctx, &tx, one).await?;
    tx.commit().await
}

async fn read(ctx: &Ctx, job: &Job, parts: &[String]) -> Result<(Vec<u8>, i64)> {
    let total = i64::try_from(parts.len()).unwrap_or(i64::MAX);
    let mut recorder: Option<Recorder> = None;
    for (done, part) in parts.iter().enumerate() {
        let wave = voice::speak(ctx, part).await?;
        let mut one = match recorder.take() {
            Some(one) => one,
            None => Recorder::new(wave.rate)?,
        };
        // A minute of speech takes a tenth of a second of computing.
        one = tokio::task::spawn_blocking(move || one.add(&wave).map(|()| one))
            .await
            .map_err(Error::internal)??;
        recorder = Some(one);
        job.progress(ctx, i64::try_from(done + 1).unwrap_or(i64::MAX), total).await?;
    }
    recorder.ok_or_else(|| Error::internal("nothing to read"))?.end()
}

/// A few seconds at once, for trying how something is said.
pub(crate) async fn sample(ctx: &Ctx, text: &str) -> Result<Vec<u8>> {
    let said = words::lexicon(ctx).await?.speak(text);
    let wave = voice::speak(ctx, &said).await?;
    tracing::debug!(seconds = wave.seconds(), "a sample was read");
    let mut recorder = Recorder::new(wave.rate)?;
    recorder.add(&wave)?;
    Ok(recorder.end()?.0)
}

/// A word is said otherwise: what holds it is read again.
pub(crate) async fn renew(ctx: &Ctx, tx: &Tx, written: &str) -> Result<()> {
    enqueue(ctx, tx, Work::new(AGAIN, json!({ "written": written }))).await?;
    Ok(())
}

pub(crate) fn again() -> Worker {
    Worker::new(AGAIN, |ctx: Ctx, job: Job| async move {
        let written = job.payload["written"].as_str().unwrap_or_default().to_owned();
        let (mut last, mut count) = (None, 0);
        loop {
            let page = store::after(&ctx, last.as_ref()).await?;
            let Some(end) = page.last() else { return Ok(json!({ "read": count })) };
            last = Some((end.kind.clone(), end.object_id));
            for one in page.into_iter().filter(|one| one.text.contains(&written)) {
                let tx = ctx.begin().await?;
                want(&ctx, &tx, &one.kind, one.object_id, &one.name, &one.text).await?;
                tx.commit().await?;
                count += 1;
            }
        }
    })
}

//! The sound of a programme: what is uploaded or recorded, what the voice has read; measured once, by a job.

use super::model::{Form, Programme, Ready, State};
use super::store;
use crate::law::Broadcast;
use onair::audio::{AudioFault, Ending, Reader};
use onair::{RATE, loudness};
use platform::files::{self, Accept, Prepared};
use platform::http::Upload;
use platform::jobs::{Job, Work, Worker, enqueue};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const JOB: &str = "broadcast.sound";
/// The name under which the voice keeps what it reads for us, and the owner of files.
pub(super) const OWNER: &str = "broadcast";
/// MP3, Ogg (Vorbis, Opus), FLAC, WAV, M4A, and what browsers record (WebM).
const ACCEPT: Accept = Accept {
    types: &[
        "audio/mpeg",
        "audio/ogg",
        "audio/opus",
        "audio/x-flac",
        "audio/x-wav",
        "audio/m4a",
        "audio/aac",
        "video/mp4",
        "video/webm",
    ],
    max_bytes: 31 << 20,
};
/// So much of a recording is one measured part.
const PART: usize = RATE as usize / 10;
/// Parts of the picture at most.
const COLUMNS: usize = 400;

/// An upload that was judged. What is short is measured already.
#[derive(Clone)]
pub struct Recording(Arc<Prepared>, Option<Arc<Measured>>);

/// Files up to this size are measured while the sender waits: a few minutes of speech, a tenth of a second of work.
const AT_ONCE: usize = 3 << 20;

/// Judges an upload, outside of transactions: whether it can be played at all.
///
/// # Errors
/// At the field `tep`, in words.
pub async fn recording(ctx: &Ctx, sent: Upload) -> Result<Recording> {
    let at_field = |error: Error| Error::field("tep", error.message);
    let file = files::prepare(ctx, sent.name, sent.bytes, ACCEPT).await.map_err(at_field)?;
    let path = files::path(ctx, &files::digest(&file.bytes));
    let (short, law) = (file.bytes.len() <= AT_ONCE, Broadcast::now(ctx)?);
    let work = move || match short {
        true => listen(&path, &law).map(Some),
        false => Reader::open(&path).map(|_| None),
    };
    let heard = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
    let heard = heard.map_err(|fault| Error::field("tep", key_of(&fault)))?;
    if let Some(failed) = heard.as_ref().filter(|heard| heard.ready == Ready::Failed) {
        return Err(Error::field("tep", failed.why));
    }
    Ok(Recording(Arc::new(file), heard.map(Arc::new)))
}

fn key_of(fault: &AudioFault) -> &'static str {
    match fault {
        AudioFault::NoAudioTrack => "broadcast-sound-no-track",
        AudioFault::Unsupported(_) => "broadcast-sound-unsupported",
        AudioFault::TooLong { .. } => "broadcast-sound-long",
        _ => "broadcast-sound-not-audio",
    }
}

/// Keeps a recording as the sound of a programme.
pub(super) async fn keep(ctx: &Ctx, tx: &Tx, one: &mut Programme, recording: &Recording) -> Result<()> {
    one.file_id = Some(files::keep(ctx, tx, &recording.0, OWNER, one.id).await?);
    one.ready = Ready::Waiting;
    one.why.clear();
    Ok(())
}

/// Has it measured, or read aloud and measured.
pub(super) async fn prepare(
    ctx: &Ctx,
    tx: &Tx,
    one: &mut Programme,
    recording: Option<&Recording>,
) -> Result<()> {
    match (one.form, one.file_id) {
        (Form::Sound, Some(file)) => match recording.and_then(|recording| recording.1.clone()) {
            Some(found) => {
                store::measured(ctx, tx, one.id, file, &found).await?;
                one.ready = found.ready;
                Ok(())
            }
            None => measure(ctx, tx, one.id, file).await,
        },
        (Form::Text, _) => {
            speech::want(ctx, tx, OWNER, one.id, &vntext::slug(&one.title), &one.words).await?;
            // What is read already as it would be now comes at once.
            enqueue(ctx, tx, Work::new(JOB, json!({ "programme": one.id }))).await.map(drop)
        }
        _ => Ok(()),
    }
}

async fn measure(ctx: &Ctx, tx: &Tx, id: Uuid, file: Uuid) -> Result<()> {
    enqueue(ctx, tx, Work::new(JOB, json!({ "programme": id, "file": file }))).await.map(drop)
}

/// The voice tells that it has read something, or that it cannot.
pub(crate) async fn recorded(ctx: Ctx, told: Value) -> Result<()> {
    if told["kind"] != OWNER {
        return Ok(());
    }
    let id: Uuid = serde_json::from_value(told["object"].clone())?;
    taken_over(&ctx, id, |_| true).await
}

/// The recording of the voice becomes the sound of the programme; not of one that a leader has heard already.
async fn taken_over(ctx: &Ctx, id: Uuid, still: fn(&Programme) -> bool) -> Result<()> {
    let Ok(one) = store::find(ctx, &ctx.app.db, id).await else { return Ok(()) };
    let open = one.form == Form::Text && matches!(one.state, State::Draft | State::Returned) && still(&one);
    let read = speech::recordings(ctx, OWNER, &[id]).await?.into_iter().next();
    let Some(read) = read.filter(|read| open && read.state != speech::State::Waiting) else { return Ok(()) };
    let tx = ctx.begin().await?;
    // A row of our own: the voice drops its recording when it reads anew.
    let file = match read.file_id.filter(|_| read.state == speech::State::Done) {
        Some(file) => Some(files::share(ctx, &tx, file, OWNER, id).await?),
        None => None,
    };
    store::read_aloud(ctx, &tx, id, file, &read.why).await?;
    if let Some(file) = file {
        measure(ctx, &tx, id, file).await?;
    }
    tx.commit().await
}

pub(crate) fn worker() -> Worker {
    Worker::new(JOB, |ctx: Ctx, job: Job| async move {
        let id: Uuid = serde_json::from_value(job.payload["programme"].clone())?;
        let Some(file) = job.payload.get("file") else {
            taken_over(&ctx, id, |one| one.ready == Ready::Waiting).await?;
            return Ok(json!({}));
        };
        let file: Uuid = serde_json::from_value(file.clone())?;
        let found = found(&ctx, file).await?;
        let tx = ctx.begin().await?;
        store::measured(&ctx, &tx, id, file, &found).await?;
        crate::station::changed(&ctx, &tx);
        tx.commit().await?;
        Ok(json!({ "seconds": found.length / 1_000 }))
    })
}

/// What a recording is like.
#[derive(Debug, PartialEq)]
pub(crate) struct Measured {
    pub ready: Ready,
    pub why: &'static str,
    pub length: i64,
    pub gain: i64,
    pub loudness: Option<i64>,
    pub wave: Vec<u8>,
}

impl Measured {
    fn failed(why: &'static str) -> Measured {
        Measured { ready: Ready::Failed, why, length: 0, gain: 0, loudness: None, wave: Vec::new() }
    }
}

/// What a kept recording is like.
pub(crate) async fn found(ctx: &Ctx, file: Uuid) -> Result<Measured> {
    let law = Broadcast::now(ctx)?;
    let path = files::path(ctx, &files::find(ctx, &ctx.app.db, file).await?.digest);
    let work = move || listen(&path, &law).unwrap_or_else(|fault| Measured::failed(key_of(&fault)));
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

/// Hears the whole recording once, a tenth of a second at a time.
fn listen(path: &Path, law: &Broadcast) -> std::result::Result<Measured, AudioFault> {
    let limit = Duration::from_secs(law.longest_minutes * 60);
    let mut reader = Reader::open(path)?;
    let (mut meter, mut peaks, mut samples, mut rest) =
        (loudness::Meter::default(), Vec::new(), 0_usize, Vec::new());
    while reader.read(&mut rest)? {
        let whole = rest.len() / PART * PART;
        rest[..whole].chunks(PART).for_each(|part| hear(&mut meter, &mut peaks, part));
        samples += whole;
        rest.drain(..whole);
        if samples as u64 > limit.as_secs() * u64::from(RATE) {
            return Err(AudioFault::TooLong { limit });
        }
    }
    hear(&mut meter, &mut peaks, &rest);
    samples += rest.len();
    let loud = meter.loudness();
    let hundredths = |value: f64| (value * 100.0).round() as i64;
    let why = match (loud.integrated, reader.ending()) {
        (None, _) => return Ok(Measured::failed("broadcast-sound-silent")),
        (_, Ending::Cut) => "broadcast-sound-cut",
        _ => "",
    };
    Ok(Measured {
        ready: Ready::Ready,
        why,
        length: i64::try_from(samples).unwrap_or(i64::MAX) * 1_000 / i64::from(RATE),
        gain: hundredths(loud.gain(law.loudness, law.ceiling)),
        loudness: loud.integrated.map(hundredths),
        wave: columns(&peaks),
    })
}

fn hear(meter: &mut loudness::Meter, peaks: &mut Vec<f32>, part: &[f32]) {
    if !part.is_empty() {
        meter.push(part);
        peaks.push(part.iter().fold(0.0, |most: f32, sample| most.max(sample.abs())));
    }
}

/// The loudest sample of each column, 0 to 100.
fn columns(peaks: &[f32]) -> Vec<u8> {
    let count = peaks.len().min(COLUMNS);
    let column = |at: usize| &peaks[at * peaks.len() / count..(at + 1) * peaks.len() / count];
    let height =
        |part: &[f32]| (part.iter().fold(0.0, |most: f32, peak| most.max(*peak)).min(1.0) * 100.0) as u8;
    (0..count).map(|at| height(column(at))).collect()
}

/// Where the sound lies on the disk.
pub(crate) async fn place(ctx: &Ctx, one: &Programme) -> Result<Option<PathBuf>> {
    let Some(file) = one.file_id else { return Ok(None) };
    Ok(Some(files::path(ctx, &files::find(ctx, &ctx.app.db, file).await?.digest)))
}

/// What is said of the sound: `1:32, -19,5 LUFS`.
pub(crate) fn about(ctx: &Ctx, one: &Programme) -> String {
    let t = ctx.t();
    if one.form == Form::Relay {
        return String::new();
    }
    let Some(loudness) = one.loudness else { return t.t(one.ready.text_key()) };
    let level = |hundredths: i64| t.decimal(hundredths as f64 / 100.0, 1);
    let args = [
        ("length", crate::law::length(one.seconds()).into()),
        ("loudness", level(loudness).into()),
        ("gain", level(one.gain).into()),
    ];
    t.a("broadcast-sound-about", &args)
}

/// What hinders it from being heard, or should be known of it.
pub(crate) fn wrong(ctx: &Ctx, one: &Programme) -> String {
    if one.why.is_empty() { String::new() } else { Message::new(one.why.clone()).text(ctx.t()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(name: &str, seconds: f32, level: f32) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let samples = (0..(seconds * 48_000.0) as u32).map(|n| (n as f32 * 0.1).sin() * level);
        let bytes: Vec<u8> = samples.flat_map(|sample| ((sample * 32_767.0) as i16).to_le_bytes()).collect();
        let size = bytes.len() as u32;
        let mut file = Vec::from(*b"RIFF");
        file.extend((36 + size).to_le_bytes());
        file.extend(*b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
        file.extend(48_000_u32.to_le_bytes());
        file.extend(96_000_u32.to_le_bytes());
        file.extend(*b"\x02\0\x10\0data");
        file.extend(size.to_le_bytes());
        file.extend(bytes);
        let path = folder.path().join(name);
        std::fs::write(&path, file).unwrap();
        (folder, path)
    }

    fn law() -> Broadcast {
        toml::from_str(include_str!("../../../../data/broadcast/2021-01-18.toml")).unwrap()
    }

    #[test]
    fn a_recording_is_measured_to_its_end() {
        let (_folder, path) = wave("a.wav", 12.5, 0.1);
        let found = listen(&path, &law()).unwrap();
        assert_eq!((found.ready, found.length, found.wave.len()), (Ready::Ready, 12_500, 125));
        assert!(found.wave.iter().all(|height| (9..=10).contains(height)), "{:?}", found.wave);
        let after = found.loudness.unwrap() + found.gain;
        assert!((after + 1_600).abs() <= 1, "it comes to the loudness of all: {after}");
    }

    #[test]
    fn silence_is_no_programme_and_hours_are_too_long() {
        let (_folder, path) = wave("a.wav", 3.0, 0.0);
        assert_eq!(listen(&path, &law()).unwrap(), Measured::failed("broadcast-sound-silent"));
        let mut short = law();
        short.longest_minutes = 0;
        assert!(matches!(listen(&path, &short), Err(AudioFault::TooLong { .. })));
    }
}

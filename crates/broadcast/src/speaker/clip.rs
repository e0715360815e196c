//! What devices keep for a cut line: the sound of approved programmes as MP3, at its loudness, and for each airing a signed statement of
//! when and where it may play.

use super::model::Speaker;
use super::token::station_key;
use crate::plan::{self, Line};
use crate::programme::{self, Form, Programme, State};
use chrono::Duration;
use onair::Moment;
use onair::audio::Reader;
use onair::clip::Statement;
use onair::encode::{Mp3Settings, mp3_copy};
use platform::files::{self, Accept};
use platform::jobs::{Job, Work, Worker, enqueue};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use serde_json::json;
use sha2::{Digest, Sha256};
use speakerlink::{Clip, Plan};
use std::collections::BTreeSet;

const JOB: &str = "broadcast.clip";
const OWNER: &str = "broadcast-clip";
const ACCEPT: Accept = Accept { types: &["audio/mpeg"], max_bytes: 200 << 20 };
/// Devices are given so much ahead.
const AHEAD: i64 = 2;

/// A programme's sound as devices keep it.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Stored {
    pub programme_id: Uuid,
    /// The recording that it was made of.
    pub file_id: Uuid,
    pub stored_id: Uuid,
    pub sha256: String,
    pub size: i64,
}

const SELECT: &str =
    "SELECT programme_id, file_id, stored_id, sha256, size FROM broadcast_clip WHERE commune_id = ";

pub(super) async fn by_sound(ctx: &Ctx, sha256: &str) -> Result<Option<Stored>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND sha256 = ").arg(sha256);
    query.push(" LIMIT 1").first(&ctx.app.db).await
}

async fn of(ctx: &Ctx, on: &impl Run, programmes: &[Uuid]) -> Result<Vec<Stored>> {
    if programmes.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql(SELECT).arg(ctx.commune).push(" AND programme_id IN (").args(programmes.iter().copied());
    query.push(")").all(on).await
}

/// The job that makes it.
pub(crate) fn worker() -> Worker {
    Worker::new(JOB, |ctx: Ctx, job: Job| async move {
        let id: Uuid = serde_json::from_value(job.payload["programme"].clone())?;
        make(&ctx, id).await.map(|()| json!({}))
    })
}

/// A programme was approved: its sound is made ready for devices. A relay has none.
pub(crate) async fn fresh(ctx: &Ctx, tx: &Tx, one: &Programme) -> Result<()> {
    if one.form == Form::Relay || one.file_id.is_none() {
        return Ok(());
    }
    enqueue(ctx, tx, Work::new(JOB, json!({ "programme": one.id }))).await.map(drop)
}

async fn make(ctx: &Ctx, id: Uuid) -> Result<()> {
    let one = programme::store::find(ctx, &ctx.app.db, id).await?;
    let (Some(file), State::Approved) = (one.file_id, one.state) else { return Ok(()) };
    if of(ctx, &ctx.app.db, &[id]).await?.iter().any(|stored| stored.file_id == file) {
        return Ok(());
    }
    let path = programme::sound_place(ctx, &one).await?.ok_or_else(|| Error::internal("no sound"))?;
    let gain = one.gain as f32 / 100.0;
    let work = move || {
        let (mut reader, mut bytes) = (Reader::open(&path).map_err(Error::internal)?, Vec::new());
        mp3_copy(&mut reader, gain, Mp3Settings::default(), &mut bytes).map_err(Error::internal)?;
        Ok::<_, Error>(bytes)
    };
    let bytes = tokio::task::spawn_blocking(work).await.map_err(Error::internal)??;
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let size = i64::try_from(bytes.len()).map_err(Error::internal)?;
    let prepared = files::prepare(ctx, format!("{id}.mp3"), bytes, ACCEPT).await?;
    let tx = ctx.begin().await?;
    let gone = files::delete_of(ctx, &tx, OWNER, &[id]).await?;
    let stored = files::keep(ctx, &tx, &prepared, OWNER, id).await?;
    sql("INSERT INTO broadcast_clip (commune_id, programme_id, file_id, stored_id, sha256, size) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (commune_id, programme_id) DO UPDATE SET file_id = $3, stored_id = $4, sha256 = $5, size = $6")
    .bind(ctx.commune)
    .bind(id)
    .bind(file)
    .bind(stored)
    .bind(sha256.as_str())
    .bind(size)
    .run(&tx)
    .await?;
    crate::link::ring_plan(ctx, &tx);
    tx.commit().await?;
    files::forget(ctx, &gone).await.map(drop)
}

/// The sound of a programme as it is sent ahead; nothing while it is not ready.
pub(crate) async fn stored_sound(ctx: &Ctx, programme: Uuid) -> Result<Option<Vec<u8>>> {
    let Some(stored) = of(ctx, &ctx.app.db, &[programme]).await?.into_iter().next() else { return Ok(None) };
    let file = files::find(ctx, &ctx.app.db, stored.stored_id).await?;
    files::read(ctx, &file).await.map(Some)
}

/// What a device keeps: what is on the plan of its village from today on, as far as its sound is ready.
pub(super) async fn plan_of(ctx: &Ctx, speaker: &Speaker) -> Result<Plan> {
    let (from, to) = (ctx.today() - Duration::days(1), ctx.today() + Duration::days(AHEAD));
    let slots = plan::store::between(ctx, &ctx.app.db, from, to).await?;
    let skips = plan::store::skips(ctx, &ctx.app.db, &slots, from, to).await?;
    let programmes: BTreeSet<Uuid> =
        slots.iter().filter(|slot| slot.state == State::Approved).map(|slot| slot.programme_id).collect();
    let programmes: Vec<Uuid> = programmes.into_iter().collect();
    let stored = of(ctx, &ctx.app.db, &programmes).await?;
    let key = station_key(ctx)?;
    let days = (0..=AHEAD + 1).map(|ahead| from + Duration::days(ahead));
    let lines: Vec<Line> = days.flat_map(|day| plan::lines(&slots, &skips, day)).collect();
    let mut clips = Vec::new();
    for line in lines.iter().filter(|line| line.off.is_none() && heard_by(line, speaker)) {
        let ends = line.at + Duration::seconds(line.slot.length);
        let Some(sound) = stored.iter().find(|one| one.programme_id == line.slot.programme_id) else {
            continue;
        };
        if ends <= ctx.now || line.slot.state != State::Approved {
            continue;
        }
        let id = format!("{}@{}", line.slot.id, line.day);
        let (from, to) = (line.at.timestamp_micros(), ends.timestamp_micros());
        let statement = Statement {
            id: id.clone(),
            from: Moment::from_micros(from),
            to: Moment::from_micros(to),
            villages: BTreeSet::from([speaker.unit_id.to_string()]),
        };
        let hash: [u8; 32] = hex::decode(&sound.sha256)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| Error::internal("a hash that is none"))?;
        let head = key.head(&statement, &hash).map_err(Error::internal)?;
        let (audio, size) = (sound.sha256.clone(), sound.size.unsigned_abs());
        clips.push(Clip { id, from, to, head: hex::encode(head), audio, size });
    }
    Ok(Plan { village: speaker.unit_id.to_string(), clips })
}

fn heard_by(line: &Line, speaker: &Speaker) -> bool {
    let villages = line.slot.villages();
    villages.is_empty() || villages.contains(&speaker.unit_id)
}

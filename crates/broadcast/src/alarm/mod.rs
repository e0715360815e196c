//! Emergency notices on every loudspeaker: a siren at once, then the words of the notice, three times. What is taken back falls silent, and
//! the correction is read without a siren.

mod store;

pub(crate) use store::Alarm;

use crate::programme;
use crate::speaker::order;
use chrono::{DateTime, Duration, Utc};
use messages::emergency;
use onair::{Class, Entry, Moment, Source};
use platform::{Ctx, Result, Uuid, files};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// The name under which the voice keeps what it reads for us, and the owner of files.
const OWNER: &str = "broadcast-alarm";
/// The siren sounds so long, or until the words can be heard.
const SIREN: i64 = 10;
const SIREN_MOST: i64 = 60;
/// So often the words are read, with a breath between.
const TIMES: i32 = 3;
const BREATH: i64 = 2;
/// Older ones are over, whatever happens.
const OLDEST: Duration = Duration::hours(1);
/// So long loudspeakers are aloud while it is not known when the words end.
const ALOUD: Duration = Duration::minutes(10);

/// What the messages tell: a notice went out, or was taken back.
pub(crate) async fn told(ctx: Ctx, told: Value) -> Result<()> {
    let id: Uuid = serde_json::from_value(told["id"].clone())?;
    let notice = emergency::find(&ctx, &ctx.app.db, id).await?;
    let back = told["what"] == "taken_back";
    let tx = ctx.begin().await?;
    let known = store::of_notice(&ctx, &tx, id).await?;
    if known.iter().any(|one| one.correction == back) {
        return tx.rollback().await; // told twice
    }
    if back {
        store::over(&ctx, &tx, id).await?;
    }
    let t = platform::T(platform::Lang::Vi);
    let (key, body) = match () {
        () if back => ("broadcast-alarm-corrected", &notice.correction),
        () if notice.drill => ("broadcast-alarm-drill", &notice.body),
        () => ("broadcast-alarm-began", &notice.body),
    };
    let villages = notice.villages();
    let words = t.a(key, &[("title", notice.title.clone().into()), ("words", body.clone().into())]);
    let one = Alarm {
        id: ctx.new_id(),
        notice_id: id,
        title: notice.title,
        words,
        siren: !back && !notice.quiet,
        correction: back,
        villages: villages.iter().map(|id| format!("{id},")).collect(),
        at: ctx.now,
        spoken_at: None,
        over_at: None,
        file_id: None,
        length: 0,
        gain: 0,
    };
    store::insert(&ctx, &tx, &one).await?;
    let villages: Vec<Uuid> = villages.into_iter().collect();
    order::alarm(&ctx, &tx, one.id, &villages, ctx.now + ALOUD).await?;
    speech::want(&ctx, &tx, OWNER, one.id, "thong-bao-khan", &one.words).await?;
    crate::station::changed(&ctx, &tx);
    tx.commit().await
}

/// The voice has read the words of a notice.
pub(crate) async fn recorded(ctx: Ctx, told: Value) -> Result<()> {
    if told["kind"] != OWNER {
        return Ok(());
    }
    let id: Uuid = serde_json::from_value(told["object"].clone())?;
    let read = speech::recordings(&ctx, OWNER, &[id]).await?.into_iter().next();
    let Some(file) = read.filter(|read| read.state == speech::State::Done).and_then(|read| read.file_id)
    else {
        return Ok(()); // the siren alone has to do
    };
    let found = programme::found(&ctx, file).await?;
    let tx = ctx.begin().await?;
    let file = files::share(&ctx, &tx, file, OWNER, id).await?;
    store::spoken(&ctx, &tx, id, file, found.length, found.gain).await?;
    // Now it is known when the words end.
    let one = store::find(&ctx, id).await?;
    let earliest = one.at + Duration::seconds(if one.siren { SIREN } else { 0 });
    let words = Duration::seconds((found.length / 1_000 + 1 + BREATH) * i64::from(TIMES));
    let villages: Vec<Uuid> = one.villages.split(',').filter_map(|id| id.parse().ok()).collect();
    order::alarm(&ctx, &tx, id, &villages, ctx.now.max(earliest) + words).await?;
    crate::station::changed(&ctx, &tx);
    tx.commit().await
}

/// Those that may sound now.
pub(crate) async fn running(ctx: &Ctx) -> Result<Vec<Alarm>> {
    store::since(ctx, ctx.now - OLDEST).await
}

/// What was put on the air for a notice; not its correction.
pub(crate) async fn of_notice(ctx: &Ctx, notice: Uuid) -> Result<Option<Uuid>> {
    let known = store::of_notice(ctx, &ctx.app.db, notice).await?;
    Ok(known.into_iter().find(|one| !one.correction).map(|one| one.id))
}

/// The title of an alarm whose source has this name; nothing for other sources.
pub(crate) async fn title_of(ctx: &Ctx, source: &str) -> Result<Option<String>> {
    let Some(id) =
        source.strip_prefix("alarm:").and_then(|rest| rest.get(..36)).and_then(|id| id.parse().ok())
    else {
        return Ok(None);
    };
    Ok(Some(store::find(ctx, id).await?.title))
}

fn entry(
    one: &Alarm,
    name: &str,
    at: DateTime<Utc>,
    seconds: i64,
    source: &Arc<str>,
    mounts: &[String],
) -> Option<Entry> {
    let ends =
        one.over_at.map_or(at + Duration::seconds(seconds), |over| over.min(at + Duration::seconds(seconds)));
    let length = (ends - at).to_std().ok().filter(|length| !length.is_zero())?;
    Some(Entry {
        id: format!("{}@{name}", one.id).into(),
        start: Moment::from_micros(at.timestamp_micros()),
        length,
        source: source.clone(),
        from: std::time::Duration::ZERO,
        mounts: mounts.iter().map(|mount| Arc::from(mount.as_str())).collect(),
        class: Class::Emergency,
        priority: false,
    })
}

/// What an alarm puts on the air.
pub(crate) async fn entries(
    ctx: &Ctx,
    one: &Alarm,
    mounts: &[String],
    sources: &mut HashMap<Arc<str>, Source>,
) -> Result<Vec<Entry>> {
    // Chosen villages only; the stream of the whole commune is for those who listen elsewhere.
    let chosen: Vec<String>;
    let mounts = if one.villages.is_empty() {
        mounts
    } else {
        chosen =
            mounts.iter().filter(|mount| one.villages.split(',').any(|id| id == *mount)).cloned().collect();
        &chosen
    };
    let mut all = Vec::new();
    let earliest = one.at + Duration::seconds(if one.siren { SIREN } else { 0 });
    let begins = one.spoken_at.map(|at| at.max(earliest));
    if one.siren {
        let source: Arc<str> = format!("alarm:{}:siren", one.id).into();
        let seconds =
            begins.map_or(SIREN_MOST, |begins| (begins - one.at).num_seconds().clamp(SIREN, SIREN_MOST));
        all.extend(entry(one, "siren", one.at, seconds, &source, mounts));
        sources.insert(source, Source::Siren);
    }
    let (Some(begins), Some(file)) = (begins, one.file_id) else { return Ok(all) };
    let path = files::path(ctx, &files::find(ctx, &ctx.app.db, file).await?.digest);
    let source: Arc<str> = format!("alarm:{}:voice", one.id).into();
    let each = one.length / 1_000 + 1;
    for time in 0..TIMES {
        let at = begins + Duration::seconds((each + BREATH) * i64::from(time));
        all.extend(entry(one, &time.to_string(), at, each, &source, mounts));
    }
    sources.insert(source, Source::File { path, gain: one.gain as f32 / 100.0, again: false });
    Ok(all)
}

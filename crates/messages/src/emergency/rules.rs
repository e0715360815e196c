//! Asking for an emergency notice, sending it out, taking it back.

use super::model::{Emergency, Standing};
use super::{EVENT, store};
use crate::channel::{self, Announcing, Channel, Sort};
use audit::Entry;
use chrono::{DateTime, Duration, Utc};
use platform::remember::remember;
use platform::{Ctx, Error, Lang, Message, Result, T, Tx, Uuid, events, said};
use serde_json::json;
use ui::{Alarm, Status, Waiting};
use units::place::Ground;

pub(super) const TITLE_MAX: usize = 120;
pub(super) const BODY_MAX: usize = 1_500;
/// It ends within so many hours; what lasts longer is told again.
pub(super) const HOURS_MOST: i64 = 72;
/// So long a correction stands where the notice stood.
const CORRECTION_HOURS: i64 = 6;

/// What shall be told to everybody.
#[derive(Debug, Clone, Default)]
pub struct Asking<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub title_en: &'a str,
    pub body_en: &'a str,
    /// For so many hours.
    pub hours: i64,
    /// Where the loudspeakers sound; empty is everywhere.
    pub villages: Vec<Uuid>,
    /// An exercise.
    pub drill: bool,
    /// Without a siren.
    pub quiet: bool,
}

/// A leader's notice goes out at once; that of anybody else waits for a second pair of eyes.
///
/// # Errors
/// At the field what is missing or wrong.
pub async fn ask(ctx: &Ctx, tx: &Tx, asked: Asking<'_>) -> Result<Emergency> {
    let title = said::needed("tieu-de", asked.title, "emergency-title-empty", TITLE_MAX)?;
    let body = said::needed("noi-dung", asked.body, "emergency-body-empty", BODY_MAX)?;
    said::short("tieu-de-en", asked.title_en, TITLE_MAX)?;
    said::short("noi-dung-en", asked.body_en, BODY_MAX)?;
    let (title_en, body_en) = (asked.title_en.trim().to_owned(), asked.body_en.trim().to_owned());
    // Half a translation would be shown as a whole one.
    if title_en.is_empty() != body_en.is_empty() {
        let field = if title_en.is_empty() { "tieu-de-en" } else { "noi-dung-en" };
        return Err(Error::field(field, "emergency-english-half"));
    }
    if !(1..=HOURS_MOST).contains(&asked.hours) {
        return Err(Error::field("gio", Message::new("emergency-hours-wrong").with("limit", HOURS_MOST)));
    }
    let ground = Ground::load(ctx).await?;
    if asked.villages.iter().any(|id| ground.find(*id).is_none()) {
        return Err(Error::field("thon", "error-choose"));
    }
    let villages: String = asked.villages.iter().map(|id| format!("{id},")).collect();
    let ends_at = ctx.now + Duration::hours(asked.hours);
    let one = Emergency {
        id: ctx.new_id(),
        title,
        body,
        title_en,
        body_en,
        asked_by: ctx.account_or_none(),
        asked_at: ctx.now,
        ends_at,
        published_by: None,
        published_at: None,
        taken_by: None,
        taken_at: None,
        correction: String::new(),
        correction_en: String::new(),
        shown_until: ends_at,
        bulletin_id: None,
        villages: if villages.is_empty() { villages } else { format!(",{villages}") },
        drill: asked.drill,
        quiet: asked.quiet,
        sender: String::new(),
        cap_id: String::new(),
        revision: 1,
    };
    store::insert(ctx, tx, &one).await?;
    if leads(ctx) {
        return out(ctx, tx, one).await;
    }
    recorded(ctx, tx, one.id, "emergency.ask").await?;
    Ok(one)
}

/// A leader needs nobody's eyes beside the own.
fn leads(ctx: &Ctx) -> bool {
    ctx.may("emergency.lead")
}

/// True when the reader may send it out: a leader, or somebody else than who asked for it.
pub(super) fn may_publish(ctx: &Ctx, one: &Emergency) -> bool {
    one.standing(ctx) == Standing::Asked && (leads(ctx) || one.asked_by != ctx.account_or_none())
}

async fn seen(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Emergency> {
    let one = store::find(ctx, tx, id).await?;
    if one.revision == revision { Ok(one) } else { Err(Error::conflict("emergency-changed")) }
}

/// It goes out: to every inbox, through every channel, above every page.
///
/// # Errors
/// `Conflict` when somebody was first or its end has come; `Forbidden` to who asked for it.
pub async fn publish(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Emergency> {
    let one = seen(ctx, tx, id, revision).await?;
    if one.standing(ctx) != Standing::Asked {
        return Err(Error::conflict("emergency-changed"));
    }
    if !may_publish(ctx, &one) {
        return Err(Error { message: "emergency-second-eyes".into(), ..Error::forbidden() });
    }
    out(ctx, tx, one).await
}

pub(super) async fn out(ctx: &Ctx, tx: &Tx, mut one: Emergency) -> Result<Emergency> {
    one.published_by = ctx.account_or_none();
    one.published_at = Some(ctx.now);
    let (title, body) = spoken(ctx, &one).await?;
    one.bulletin_id = Some(told(ctx, tx, &one, title, body).await?);
    store::update(ctx, tx, &one).await?;
    one.revision += 1;
    events::publish(ctx, tx, EVENT, json!({ "id": one.id, "what": "began" })).await?;
    recorded(ctx, tx, one.id, "emergency.publish").await?;
    Ok(one)
}

/// It was wrong: everybody who heard it hears that, and the correction stands where it stood.
///
/// # Errors
/// At `dinh-chinh` when nothing is said; `Conflict` when it does not run any more.
pub async fn take_back(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    correction: &str,
    correction_en: &str,
) -> Result<Emergency> {
    let correction = said::needed("dinh-chinh", correction, "emergency-correction-empty", BODY_MAX)?;
    said::short("dinh-chinh-en", correction_en, BODY_MAX)?;
    let one = seen(ctx, tx, id, revision).await?;
    if one.standing(ctx) != Standing::Running {
        return Err(Error::conflict("emergency-changed"));
    }
    if !leads(ctx) && one.published_by != ctx.account_or_none() && one.asked_by != ctx.account_or_none() {
        return Err(Error::forbidden());
    }
    taken_back(ctx, tx, one, correction, correction_en.trim().to_owned()).await
}

pub(super) async fn taken_back(
    ctx: &Ctx,
    tx: &Tx,
    mut one: Emergency,
    correction: String,
    correction_en: String,
) -> Result<Emergency> {
    one.taken_by = ctx.account_or_none();
    one.taken_at = Some(ctx.now);
    (one.correction, one.correction_en) = (correction, correction_en);
    one.shown_until = ctx.now + Duration::hours(CORRECTION_HOURS);
    let title = T(Lang::Vi).s("emergency-corrected", "name", &one.title);
    told(ctx, tx, &one, title, one.correction.clone()).await?;
    store::update(ctx, tx, &one).await?;
    one.revision += 1;
    events::publish(ctx, tx, EVENT, json!({ "id": one.id, "what": "taken_back" })).await?;
    recorded(ctx, tx, one.id, "emergency.take_back").await?;
    Ok(one)
}

/// Title and words as they go to people: an exercise says so first, and a notice for some villages names them.
async fn spoken(ctx: &Ctx, one: &Emergency) -> Result<(String, String)> {
    let (t, names) = (T(Lang::Vi), villages_named(ctx, one).await?);
    let title = if one.drill { t.s("emergency-drill-title", "name", &one.title) } else { one.title.clone() };
    let body = if names.is_empty() {
        one.body.clone()
    } else {
        t.a("emergency-for-villages", &[("names", names.into()), ("words", one.body.clone().into())])
    };
    Ok((title, body))
}

/// The villages for which it is, as people read them; empty for everywhere.
pub(super) async fn villages_named(ctx: &Ctx, one: &Emergency) -> Result<String> {
    let ground = Ground::load(ctx).await?;
    let names: Vec<String> = one.villages().into_iter().map(|id| ground.name(Some(id))).collect();
    Ok(names.join(", "))
}

async fn told(ctx: &Ctx, tx: &Tx, one: &Emergency, title: String, body: String) -> Result<Uuid> {
    let all = identity::accounts_active(ctx).await?;
    let channels: Vec<Channel> = channel::ready(ctx).await?;
    let sent = Announcing { sort: Sort::Emergency, title, body, link: one.public_path(), to: all, channels };
    Ok(channel::announce(ctx, tx, sent).await?.id)
}

async fn recorded(ctx: &Ctx, tx: &Tx, id: Uuid, action: &'static str) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "emergency", id, detail: json!({}) }).await
}

/// What stands above every page now; the newest first.
pub(super) async fn alarms(ctx: &Ctx) -> Result<Vec<Alarm>> {
    let known = remember(ctx, "messages.emergency", String::new(), store::not_over(ctx)).await?;
    let runs = |one: &&Emergency| one.published_at.is_some() && one.shown_until > ctx.now;
    Ok(known.iter().filter(runs).map(|one| alarm(ctx, one)).collect())
}

fn alarm(ctx: &Ctx, one: &Emergency) -> Alarm {
    let t = ctx.t();
    let (title, words, lang) = one.words(ctx.lang);
    let taken = one.taken_at.is_some();
    // The title is in the language of the words below it.
    let (words, lang) = if taken { one.correction(ctx.lang) } else { (words, lang) };
    let title = if taken { one.words(lang).0 } else { title };
    let word = t.t(match () {
        () if taken => "emergency-banner-corrected",
        () if one.drill => "emergency-banner-drill",
        () => "emergency-banner",
    });
    Alarm {
        word,
        title: title.to_owned(),
        words: words.to_owned(),
        lang: lang.code(),
        until: t.s("emergency-banner-until", "at", &t.moment(until(one))),
        url: one.public_path(),
        corrected: taken,
    }
}

fn until(one: &Emergency) -> DateTime<Utc> {
    if one.taken_at.is_some() { one.shown_until } else { one.ends_at }
}

/// What waits for a second pair of eyes.
pub(super) async fn waits(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("emergency.ask") {
        return Ok(Vec::new());
    }
    let known = store::not_over(ctx).await?;
    let count = known.iter().filter(|one| may_publish(ctx, one)).count();
    if count == 0 {
        return Ok(Vec::new());
    }
    let label = ctx.t().n("emergency-waits", "count", count);
    Ok(vec![Waiting { label, url: super::PATH.to_owned(), status: Status::Late }])
}

//! Publishing, correcting, taking down. Each is one transaction of the caller.

use super::columns::{Column, Columns};
use super::model::{Attached, Disclosure};
use super::store;
use audit::Entry;
use chrono::NaiveDate;
use platform::access::Place;
use platform::files::{self, Prepared};
use platform::search;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::json;

const TITLE_MAX: usize = 500;
const SUMMARY_MAX: usize = 5_000;
const SYMBOL_MAX: usize = 60;
const WHY_MAX: usize = 500;
/// Files of one document.
const FILES_MAX: usize = 20;
pub(super) const SEARCHED: &str = "disclosure";

/// What somebody typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub topic: String,
    pub title: String,
    pub summary: String,
    pub symbol: String,
    pub issued_on: Option<NaiveDate>,
    pub period_end: Option<NaiveDate>,
    pub open_until: Option<NaiveDate>,
}

/// Makes a document public.
///
/// # Errors
/// At the field what is missing or wrong.
pub async fn publish(ctx: &Ctx, tx: &Tx, sent: &Typed, new: &[Prepared]) -> Result<Uuid> {
    let one = read(ctx, sent, None)?;
    if new.is_empty() && one.summary.is_empty() {
        return Err(Error::field("tep", "disclosure-file-empty"));
    }
    store::insert(ctx, tx, &one).await?;
    put_files(ctx, tx, one.id, new, &[]).await?;
    written(ctx, tx, &one, "disclosure.publish").await?;
    Ok(one.id)
}

/// Corrects one; `out` names files that do not belong there.
///
/// # Errors
/// At the field; `Conflict` when somebody else changed it.
pub(super) async fn correct(
    ctx: &Ctx,
    tx: &Tx,
    (id, revision): (Uuid, i64),
    sent: &Typed,
    new: &[Prepared],
    out: &[Uuid],
) -> Result<Disclosure> {
    let before = store::find(ctx, tx, id).await?;
    let one = Disclosure { revision, ..read(ctx, sent, Some(before))? };
    put_files(ctx, tx, id, new, out).await?;
    if one.summary.is_empty() && store::files(ctx, tx, id).await?.is_empty() {
        return Err(Error::field("tep", "disclosure-file-empty"));
    }
    updated(ctx, tx, &one).await?;
    written(ctx, tx, &one, "disclosure.correct").await?;
    Ok(one)
}

/// Takes it down; the reason stands in its place.
///
/// # Errors
/// At `ly-do` without one; `Conflict` when somebody else changed it.
pub(super) async fn withdraw(
    ctx: &Ctx,
    tx: &Tx,
    (id, revision): (Uuid, i64),
    why: &str,
) -> Result<Disclosure> {
    let why = said::needed("ly-do", &vntext::clean(why), "disclosure-why-empty", WHY_MAX)?;
    let before = store::find(ctx, tx, id).await?;
    let one = Disclosure { withdrawn_at: Some(ctx.now), withdrawn_why: why, revision, ..before };
    updated(ctx, tx, &one).await?;
    written(ctx, tx, &one, "disclosure.withdraw").await?;
    Ok(one)
}

/// Puts it back.
pub(super) async fn restore(ctx: &Ctx, tx: &Tx, (id, revision): (Uuid, i64)) -> Result<Disclosure> {
    let before = store::find(ctx, tx, id).await?;
    let one = Disclosure { withdrawn_at: None, withdrawn_why: String::new(), revision, ..before };
    updated(ctx, tx, &one).await?;
    written(ctx, tx, &one, "disclosure.restore").await?;
    Ok(one)
}

fn read(ctx: &Ctx, sent: &Typed, before: Option<Disclosure>) -> Result<Disclosure> {
    let columns = Columns::load(ctx)?;
    let column = columns.find(&sent.topic).ok_or_else(|| Error::field("chuyen-muc", "error-choose"))?;
    let title = said::needed("tieu-de", &vntext::clean(&sent.title), "disclosure-title-empty", TITLE_MAX)?;
    said::short("tom-tat", &sent.summary, SUMMARY_MAX)?;
    said::short("so-ky-hieu", &sent.symbol, SYMBOL_MAX)?;
    if sent.issued_on.is_some_and(|day| day > ctx.today()) {
        return Err(Error::field("ngay", "disclosure-day-future"));
    }
    let fresh = Disclosure {
        id: ctx.new_id(),
        topic: column.code.clone(),
        title,
        summary: sent.summary.trim().to_owned(),
        symbol: vntext::clean(&sent.symbol),
        issued_on: sent.issued_on,
        period_end: period(ctx, column, sent.period_end)?,
        open_until: open_until(ctx, column, sent, before.is_none())?,
        published_at: ctx.now,
        published_on: ctx.today(),
        published_by: ctx.account()?,
        withdrawn_at: None,
        withdrawn_why: String::new(),
        revision: 1,
    };
    Ok(match before {
        None => fresh,
        Some(before) => Disclosure {
            id: before.id,
            published_at: before.published_at,
            published_on: before.published_on,
            published_by: before.published_by,
            withdrawn_at: before.withdrawn_at,
            withdrawn_why: before.withdrawn_why,
            ..fresh
        },
    })
}

fn period(ctx: &Ctx, column: &Column, sent: Option<NaiveDate>) -> Result<Option<NaiveDate>> {
    let Some(every) = column.every else { return Ok(None) };
    let end = sent.ok_or_else(|| Error::field("ky", "disclosure-period-empty"))?;
    if every.end(end) != end || end > every.end(ctx.today()) {
        return Err(Error::field("ky", "error-choose"));
    }
    Ok(Some(end))
}

fn open_until(ctx: &Ctx, column: &Column, sent: &Typed, fresh: bool) -> Result<Option<NaiveDate>> {
    if !column.draft {
        return Ok(None);
    }
    match sent.open_until {
        None => Err(Error::field("han", "disclosure-until-empty")),
        Some(day) if fresh && day < ctx.today() => Err(Error::field("han", "disclosure-until-past")),
        day => Ok(day),
    }
}

async fn put_files(ctx: &Ctx, tx: &Tx, id: Uuid, new: &[Prepared], out: &[Uuid]) -> Result<()> {
    for file in out {
        store::detach(ctx, tx, id, *file).await?;
    }
    if store::files(ctx, tx, id).await?.len() + new.len() > FILES_MAX {
        return Err(Error::field("tep", Message::new("disclosure-too-many").with("limit", FILES_MAX)));
    }
    for file in new {
        let kept = files::keep(ctx, tx, file, SEARCHED, id).await?;
        let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        store::attach(ctx, tx, id, &Attached { id: kept, name: file.name.clone(), size }).await?;
    }
    Ok(())
}

async fn updated(ctx: &Ctx, tx: &Tx, one: &Disclosure) -> Result<()> {
    if store::update(ctx, tx, one).await? { Ok(()) } else { Err(Error::conflict("disclosure-moved-on")) }
}

/// Files it for the searches, or takes it out of them, and records the act.
async fn written(ctx: &Ctx, tx: &Tx, one: &Disclosure, action: &'static str) -> Result<()> {
    if one.withdrawn_at.is_some() {
        search::remove(ctx, tx, &[one.id]).await?;
        search::text::remove(ctx, tx, one.id).await?;
    } else {
        let columns = Columns::load(ctx)?;
        let place = Place::new("public", ctx.commune);
        let words = format!("{} {} {}", one.symbol, one.title, one.summary);
        let entry = search::Entry {
            id: one.id,
            kind: SEARCHED,
            title: one.title.clone(),
            subtitle: columns.name(&one.topic, platform::Lang::Vi),
            url: one.path(),
            words: one.symbol.clone(),
            places: vec![place.clone()],
        };
        search::put(ctx, tx, &[entry]).await?;
        let text = search::text::Text { id: one.id, kind: SEARCHED, text: &words, places: &[place] };
        search::text::put(ctx, tx, &text).await?;
    }
    let detail = json!({ "topic": one.topic });
    audit::record(ctx, tx, Entry { action, kind: SEARCHED, id: one.id, detail }).await
}

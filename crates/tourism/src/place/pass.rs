//! From hand to hand: the writer puts a place before a leader, who publishes it or gives it back; a published one can be taken down.

use super::kind::Kind;
use super::model::{Happened, Place, State};
use super::store;
use audit::Entry;
use messages::Letter;
use platform::access::Place as Where;
use platform::{Ctx, Error, Message, Result, Run, Tx, Uuid, said, search};
use serde_json::json;

const WORDS_MAX: usize = 2_000;
/// Of the text, for the search.
const FOUND_BY: usize = 2_000;

/// What the reader may do with a place now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct May {
    pub edit: bool,
    pub submit: bool,
    pub approve: bool,
    pub send_back: bool,
    pub take_down: bool,
    /// Whom to call; taking it away is always allowed.
    pub contact: bool,
    /// Say that a festival is not held in one year.
    pub skip: bool,
}

pub(crate) fn may(ctx: &Ctx, one: &Place) -> May {
    let (writes, leads) = (ctx.may("tourism.write"), ctx.may("tourism.approve"));
    let staff = ctx.may("tourism.page");
    let state = one.state;
    let edit = (writes && one.open()) || (leads && state != State::Down);
    May {
        edit,
        submit: writes && one.open(),
        approve: leads && state != State::Published,
        send_back: leads && state == State::Submitted,
        take_down: leads && state == State::Published,
        contact: edit || staff,
        skip: staff && one.kind == Kind::Festival && state == State::Published,
    }
}

/// A place that the reader works on.
///
/// # Errors
/// `NotFound` for what belongs to another village.
pub async fn within(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Place> {
    let one = store::find(ctx, on, id).await?;
    let mine = ctx.scope.whole() || one.content.village.is_some_and(|id| ctx.scope.covers("village", id));
    if mine { Ok(one) } else { Err(Error::not_found()) }
}

pub(super) fn allowed(may: bool) -> Result<()> {
    if may { Ok(()) } else { Err(Error::conflict("tourism-not-now")) }
}

pub(super) fn written(first: bool) -> Result<()> {
    if first { Ok(()) } else { Err(Error::conflict("tourism-moved-on")) }
}

pub(crate) async fn record(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "tourism", id, detail: json!({}) }).await
}

/// The place, when it is still as the form knew it and the act is allowed.
pub(super) async fn taken(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    act: fn(May) -> bool,
) -> Result<Place> {
    let one = within(ctx, tx, id).await?;
    allowed(act(may(ctx, &one)))?;
    written(one.revision == revision)?;
    Ok(one)
}

async fn told(ctx: &Ctx, tx: &Tx, one: &Place, key: &'static str) -> Result<()> {
    let Some(to) = one.drafted_by.filter(|to| ctx.account_or_none() != Some(*to)) else { return Ok(()) };
    let text = Message::new(key).with("name", one.content.name.as_str());
    messages::send(ctx, tx, Letter { to, text, link: one.work_path() }).await?;
    Ok(())
}

/// Readers need a summary, a text, a village; a festival its day; a picture its words.
async fn whole(ctx: &Ctx, tx: &Tx, one: &Place) -> Result<()> {
    let content = &one.content;
    if content.summary.is_empty() || content.body.is_empty() || content.village.is_none() {
        return Err(Error::invalid("tourism-not-whole"));
    }
    if one.kind == Kind::Festival && content.dates.is_none() {
        return Err(Error::invalid("tourism-dates-missing"));
    }
    let pictures = store::pictures(ctx, tx, one.id).await?;
    if pictures.iter().any(|picture| picture.alt.is_empty()) {
        return Err(Error::invalid("tourism-alt-missing"));
    }
    Ok(())
}

/// The writer asks the leaders to publish it.
///
/// # Errors
/// What is still missing; `Conflict` when it moved on.
pub async fn submit(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Place> {
    let mut one = taken(ctx, tx, id, revision, |may| may.submit).await?;
    whole(ctx, tx, &one).await?;
    one.state = State::Submitted;
    written(store::update(ctx, tx, &one).await?)?;
    one.revision += 1;
    store::event_insert(ctx, tx, id, Happened::Submitted, "").await?;
    let text = Message::new("tourism-told-submitted").with("name", one.content.name.as_str());
    let commune = Where::new("commune", ctx.commune);
    messages::send_to_role(ctx, tx, "vice_chairman", &commune, &text, &one.work_path()).await?;
    record(ctx, tx, "tourism.submit", id).await?;
    Ok(one)
}

/// A leader gives it back, with a word.
///
/// # Errors
/// Without a word; `Conflict` when it moved on.
pub async fn send_back(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, why: &str) -> Result<Place> {
    let mut one = taken(ctx, tx, id, revision, |may| may.send_back).await?;
    let why = said::needed("ly-do", why, "tourism-reason-empty", WORDS_MAX)?;
    one.state = State::Returned;
    written(store::update(ctx, tx, &one).await?)?;
    one.revision += 1;
    store::event_insert(ctx, tx, id, Happened::Returned, &why).await?;
    told(ctx, tx, &one, "tourism-told-returned").await?;
    record(ctx, tx, "tourism.return", id).await?;
    Ok(one)
}

/// A leader publishes it: everybody reads it from now on.
///
/// # Errors
/// When something is missing; `Conflict` when it moved on.
pub async fn approve(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Place> {
    let mut one = taken(ctx, tx, id, revision, |may| may.approve).await?;
    whole(ctx, tx, &one).await?;
    one.state = State::Published;
    one.approved_by = ctx.account_or_none();
    one.published_at = one.published_at.or(Some(ctx.now));
    one.reason.clear();
    written(store::update(ctx, tx, &one).await?)?;
    one.revision += 1;
    store::span_open(ctx, tx, &one).await?;
    store::event_insert(ctx, tx, id, Happened::Published, "").await?;
    find_me(ctx, tx, &one).await?;
    told(ctx, tx, &one, "tourism-told-published").await?;
    record(ctx, tx, "tourism.publish", id).await?;
    Ok(one)
}

/// The search finds it by its words.
pub(super) async fn find_me(ctx: &Ctx, tx: &Tx, one: &Place) -> Result<()> {
    let content = &one.content;
    let text: String = ui::markdown::plain(&content.body).chars().take(FOUND_BY).collect();
    let ground = units::place::Ground::load(ctx).await?;
    let village = ground.name(content.village);
    let entry = search::Entry {
        id: one.id,
        kind: "tourism",
        title: content.name.clone(),
        subtitle: village,
        url: one.path(),
        words: format!("{} {} {} {text}", content.summary, content.name_en, content.summary_en),
        places: vec![Where::new("public", ctx.commune)],
    };
    search::put(ctx, tx, &[entry]).await
}

/// A leader takes it down; its address says so, and why. In the calendar its days are cancelled.
///
/// # Errors
/// Without a reason; `Conflict` when it moved on.
pub async fn take_down(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, why: &str) -> Result<Place> {
    let mut one = taken(ctx, tx, id, revision, |may| may.take_down).await?;
    one.reason = said::needed("ly-do-go", why, "tourism-reason-empty", WORDS_MAX)?;
    one.state = State::Down;
    written(store::update(ctx, tx, &one).await?)?;
    one.revision += 1;
    store::span_close(ctx, tx, id).await?;
    store::event_insert(ctx, tx, id, Happened::Down, &one.reason).await?;
    search::remove(ctx, tx, &[id]).await?;
    told(ctx, tx, &one, "tourism-told-down").await?;
    record(ctx, tx, "tourism.take-down", id).await?;
    Ok(one)
}

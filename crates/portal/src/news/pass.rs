//! From hand to hand: the writer puts an article before a leader, who publishes it now, at an hour, or gives it back; a published
//! one can be taken down.

use super::model::{Article, Happened, State};
use super::{figures as numbers, store, text, voice};
use audit::Entry;
use chrono::{DateTime, Utc};
use messages::Letter;
use messages::channel::{Announcing, Channel};
use platform::access::Place;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, events, said, search};
use serde_json::json;

/// Published when everybody can read an article; its payload is `{"article": id}`. The radio takes the script of an article from
/// [`super::radio::script`], and its recording from the area of speech.
pub const PUBLISHED: &str = "portal.news.published";

const WORDS_MAX: usize = 2_000;
/// Of the text, for the search.
const FOUND_BY: usize = 3_000;

/// What the reader may do with an article now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct May {
    pub edit: bool,
    pub submit: bool,
    pub approve: bool,
    pub send_back: bool,
    pub take_down: bool,
    pub post: bool,
}

pub(crate) fn may(ctx: &Ctx, one: &Article) -> May {
    let (writes, leads) = (ctx.may("news.write"), ctx.may("news.approve"));
    let state = one.state;
    May {
        edit: (writes && one.open()) || (leads && state != State::Down),
        submit: writes && one.open(),
        approve: leads && state != State::Published,
        send_back: leads && matches!(state, State::Submitted | State::Scheduled),
        take_down: leads && state == State::Published,
        post: leads && state == State::Published && one.bulletin_id.is_none(),
    }
}

pub(super) fn allowed(may: bool) -> Result<()> {
    if may { Ok(()) } else { Err(Error::conflict("news-not-now")) }
}

pub(super) fn written(first: bool) -> Result<()> {
    if first { Ok(()) } else { Err(Error::conflict("news-moved-on")) }
}

pub(super) async fn record(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "news", id, detail: json!({}) }).await
}

async fn taken(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, may_now: fn(May) -> bool) -> Result<Article> {
    let one = store::find(ctx, tx, id).await?;
    allowed(may_now(may(ctx, &one)))?;
    if one.revision == revision { Ok(one) } else { Err(Error::conflict("news-moved-on")) }
}

async fn told(ctx: &Ctx, tx: &Tx, one: &Article, key: &'static str) -> Result<()> {
    let Some(to) = one.drafted_by.filter(|to| ctx.account_or_none() != Some(*to)) else { return Ok(()) };
    let text = Message::new(key).with("name", one.content.title.as_str());
    messages::send(ctx, tx, Letter { to, text, link: one.work_path() }).await?;
    Ok(())
}

/// The writer asks the leaders to publish it.
///
/// # Errors
/// At the field that is still empty; `Conflict` when it moved on.
pub(crate) async fn submit(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Article> {
    let mut one = taken(ctx, tx, id, revision, |may| may.submit).await?;
    whole(&one)?;
    one.state = State::Submitted;
    written(store::update(ctx, tx, &one).await?)?;
    store::event_insert(ctx, tx, &one, Happened::Submitted, "").await?;
    let text = Message::new("news-told-submitted").with("name", one.content.title.as_str());
    let place = Place::new("commune", ctx.commune);
    messages::send_to_role(ctx, tx, "vice_chairman", &place, &text, &one.work_path()).await?;
    record(ctx, tx, "news.submit", id).await?;
    Ok(one)
}

/// Readers need a summary and a text.
fn whole(one: &Article) -> Result<()> {
    if one.content.summary.is_empty() || one.content.body.is_empty() {
        return Err(Error::invalid("news-not-whole"));
    }
    Ok(())
}

/// A leader gives it back, with a word.
///
/// # Errors
/// Without a word; `Conflict` when it moved on.
pub(crate) async fn send_back(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, why: &str) -> Result<Article> {
    let mut one = taken(ctx, tx, id, revision, |may| may.send_back).await?;
    let why = said::needed("ly-do", why, "news-reason-empty", WORDS_MAX)?;
    one.state = State::Returned;
    one.publish_at = None;
    written(store::update(ctx, tx, &one).await?)?;
    store::event_insert(ctx, tx, &one, Happened::Returned, &why).await?;
    told(ctx, tx, &one, "news-told-returned").await?;
    record(ctx, tx, "news.return", id).await?;
    Ok(one)
}

/// A leader approves it: published at once, or at an hour to come.
///
/// # Errors
/// When something is missing; `Conflict` when it moved on.
pub(crate) async fn approve(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    at: Option<DateTime<Utc>>,
    to_page: bool,
) -> Result<Article> {
    let mut one = taken(ctx, tx, id, revision, |may| may.approve).await?;
    whole(&one)?;
    one.approved_by = ctx.account_or_none();
    one.to_page = to_page;
    if let Some(at) = at {
        if at <= ctx.now {
            return Err(Error::field("ngay-dang", "news-hour-past"));
        }
        one.state = State::Scheduled;
        one.publish_at = Some(at);
        written(store::update(ctx, tx, &one).await?)?;
        store::event_insert(ctx, tx, &one, Happened::Approved, "").await?;
    } else {
        publish(ctx, tx, &mut one).await?;
    }
    told(ctx, tx, &one, "news-told-approved").await?;
    record(ctx, tx, "news.approve", id).await?;
    Ok(one)
}

/// Everybody may read it from now on.
pub(super) async fn publish(ctx: &Ctx, tx: &Tx, one: &mut Article) -> Result<()> {
    one.state = State::Published;
    // Put up again after it was down, it keeps its place among the others.
    let hour = one.publish_at.unwrap_or(ctx.now);
    one.published_at = one.published_at.or(Some(hour));
    one.reason.clear();
    if one.to_page && one.bulletin_id.is_none() {
        one.bulletin_id = posted(ctx, tx, one).await?;
    }
    written(store::update(ctx, tx, one).await?)?;
    one.revision += 1;
    store::event_insert(ctx, tx, one, Happened::Published, "").await?;
    find_me(ctx, tx, one).await?;
    voice::wanted(ctx, tx, one).await?;
    figures::touch(ctx, tx, numbers::ARTICLES);
    events::publish(ctx, tx, PUBLISHED, json!({ "article": one.id })).await
}

/// Hands it to the Facebook page, when that is set up: the messages area follows what becomes of it and tries again.
async fn posted(ctx: &Ctx, tx: &Tx, one: &Article) -> Result<Option<Uuid>> {
    if !messages::channel::ready(ctx).await?.contains(&Channel::Facebook) {
        return Ok(None);
    }
    let post = Announcing {
        title: one.content.title.clone(),
        body: format!("{}\n\n{}{}", one.content.summary, ctx.app.config.base_url(), one.path()),
        link: one.path(),
        to: Vec::new(),
        channels: vec![Channel::Facebook],
        ..Announcing::default()
    };
    Ok(Some(messages::channel::announce(ctx, tx, post).await?.id))
}

/// A published article goes to the Facebook page after all.
///
/// # Errors
/// When the page is not set up; `Conflict` when it was done.
pub(crate) async fn post(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Article> {
    let mut one = taken(ctx, tx, id, revision, |may| may.post).await?;
    one.bulletin_id = posted(ctx, tx, &one).await?;
    if one.bulletin_id.is_none() {
        return Err(Error::invalid("news-page-not-ready"));
    }
    one.to_page = true;
    written(store::update(ctx, tx, &one).await?)?;
    record(ctx, tx, "news.post", id).await?;
    Ok(one)
}

/// The search finds it by its words.
pub(super) async fn find_me(ctx: &Ctx, tx: &Tx, one: &Article) -> Result<()> {
    let content = &one.content;
    let text: String = text::plain(&content.body).chars().take(FOUND_BY).collect();
    let entry = search::Entry {
        id: one.id,
        kind: "news",
        title: content.title.clone(),
        subtitle: one
            .published_at
            .map(|at| vntext::date(platform::clock::local_date(at)))
            .unwrap_or_default(),
        url: one.path(),
        words: format!("{} {} {} {text}", content.summary, content.tags, content.title_en),
        places: vec![Place::new("public", ctx.commune)],
    };
    search::put(ctx, tx, &[entry]).await
}

/// A leader takes it down; its address says so, and why.
///
/// # Errors
/// Without a reason; `Conflict` when it moved on.
pub(crate) async fn take_down(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, why: &str) -> Result<Article> {
    let mut one = taken(ctx, tx, id, revision, |may| may.take_down).await?;
    one.reason = said::needed("ly-do-go", why, "news-reason-empty", WORDS_MAX)?;
    one.state = State::Down;
    written(store::update(ctx, tx, &one).await?)?;
    store::event_insert(ctx, tx, &one, Happened::Down, &one.reason).await?;
    search::remove(ctx, tx, &[one.id]).await?;
    record(ctx, tx, "news.take-down", id).await?;
    Ok(one)
}

/// Publishes what an hour was set for: a job that comes every minute, and may come twice.
pub(super) async fn publish_due(ctx: Ctx) -> Result<i64> {
    let tx = ctx.begin().await?;
    let mut count = 0;
    for mut one in store::due(&ctx, &tx).await? {
        publish(&ctx, &tx, &mut one).await?;
        record(&ctx, &tx, "news.publish", one.id).await?;
        count += 1;
    }
    tx.commit().await?;
    Ok(count)
}

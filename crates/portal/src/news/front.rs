//! The front of the news, a section, a tag: the newest first, page by page.

use super::model::Brief;
use super::sections::Sections;
use super::store::{self, After, Shelf};
use super::{PATH, text};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::DateTime;
use platform::access::{Place, Scope};
use platform::clock::local_date;
use platform::http::html;
use platform::{Ctx, Error, Lang, Result, Uuid};
use std::collections::HashMap;
use ui::{Html, Shell};

const SHOWN: usize = 13;
const FOUND: usize = 30;
/// On the home page.
const HOME: i64 = 4;

/// An article in a list.
#[derive(Clone)]
pub(crate) struct Card {
    pub url: String,
    pub title: String,
    pub summary: String,
    pub section: String,
    pub day: String,
    /// The language of its words.
    pub lang: &'static str,
    pub picture: Html,
    pub large: Html,
}

pub(super) fn cards(ctx: &Ctx, rows: Vec<Brief>) -> Result<Vec<Card>> {
    let sections = Sections::load(ctx)?;
    Ok(rows.into_iter().map(|one| card(ctx, &sections, one)).collect())
}

fn card(ctx: &Ctx, sections: &Sections, one: Brief) -> Card {
    let english = ctx.lang == Lang::En && !one.content.title_en.is_empty();
    let alt = Html::text(one.cover_alt.unwrap_or_default()).0;
    let picture = |sizes: &str, loading: &str| match one.cover_id {
        Some(id) => Html(text::picture(id, None, &alt, "", sizes, loading)),
        None => Html(String::new()),
    };
    Card {
        url: format!("{PATH}/{}", one.slug),
        section: sections.name(&one.section, ctx.lang),
        day: one.published_at.map(|at| ctx.t().date(local_date(at))).unwrap_or_default(),
        lang: if english { "en" } else { "vi" },
        picture: picture("(max-width: 48rem) 7rem, 20rem", "lazy"),
        large: picture("(max-width: 48rem) 100vw, 40rem", "eager"),
        title: if english { one.content.title_en } else { one.content.title },
        summary: if english { one.content.summary_en } else { one.content.summary },
    }
}

#[derive(Template)]
#[template(path = "news-front.html")]
struct FrontPage {
    shell: Shell,
    heading: String,
    /// Only on the first page of everything.
    lead: Option<Card>,
    cards: Vec<Card>,
    sections: Vec<(String, String, bool)>,
    query: String,
    next: String,
    first: String,
    feed: String,
    searched: bool,
}

/// The newest, for the home page.
pub(crate) async fn newest(ctx: &Ctx) -> Result<Vec<Card>> {
    cards(ctx, store::published(ctx, &Shelf::default(), None, HOME).await?)
}

pub(super) async fn all(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let words = query.get("q").map(|text| text.trim().to_owned()).unwrap_or_default();
    if !words.is_empty() {
        return found(&ctx, words).await;
    }
    let heading = ctx.t().t("news");
    list(&ctx, PATH, heading, Shelf::default(), &query).await
}

pub(super) async fn section(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let sections = Sections::load(&ctx)?;
    let section = sections.find(&code).ok_or_else(Error::not_found)?;
    let heading = section.name(ctx.lang).to_owned();
    list(&ctx, &section.path(), heading, Shelf { section: code, ..Shelf::default() }, &query).await
}

pub(super) async fn tag(
    ctx: Ctx,
    Path(tag): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let path = format!("{PATH}/nhan/{}", super::model::slug(&tag));
    let shelf = Shelf { tag: tag.clone(), ..Shelf::default() };
    let first =
        store::published(&ctx, &shelf, None, 1).await?.into_iter().next().ok_or_else(Error::not_found)?;
    let name = first.content.tag_list().into_iter().find(|(slug, _)| *slug == tag).map(|(_, name)| name);
    let heading = ctx.t().s("news-tagged", "name", &name.unwrap_or(tag));
    list(&ctx, &path, heading, shelf, &query).await
}

/// `1700000000000000_ID`: the moment in microseconds and the id of the last one shown.
fn after(query: &HashMap<String, String>) -> After {
    let (at, id) = query.get("sau")?.split_once('_')?;
    Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse::<Uuid>().ok()?))
}

async fn list(
    ctx: &Ctx,
    path: &str,
    heading: String,
    shelf: Shelf,
    query: &HashMap<String, String>,
) -> Result<Response> {
    let after = after(query);
    let mut rows = store::published(ctx, &shelf, after, SHOWN as i64 + 1).await?;
    let more = rows.len() > SHOWN;
    rows.truncate(SHOWN);
    let last = rows.last().filter(|_| more).and_then(|one| Some((one.published_at?, one.id)));
    let next = last.map(|(at, id)| format!("{path}?sau={}_{id}", at.timestamp_micros())).unwrap_or_default();
    let mut cards = cards(ctx, rows)?;
    let whole = shelf.section.is_empty() && shelf.tag.is_empty();
    let lead = (whole && after.is_none() && !cards.is_empty()).then(|| cards.remove(0));
    let feed = if shelf.section.is_empty() { format!("{PATH}.atom") } else { format!("{path}/atom") };
    let page = FrontPage {
        shell: shell(ctx, &heading, whole).await?,
        heading,
        lead,
        cards,
        sections: sections(ctx, &shelf.section)?,
        query: String::new(),
        next,
        first: if after.is_some() { path.to_owned() } else { String::new() },
        feed,
        searched: false,
    };
    Ok(html(ui::render(&page)?))
}

async fn shell(ctx: &Ctx, heading: &str, whole: bool) -> Result<Shell> {
    let shell = Shell::public(ctx, "news").await?;
    let shell = if whole { shell } else { shell.crumb(ctx.t().t("news"), PATH) };
    Ok(shell.crumb(heading, "").titled(heading))
}

fn sections(ctx: &Ctx, here: &str) -> Result<Vec<(String, String, bool)>> {
    let sections = Sections::load(ctx)?;
    let tabs = sections.all.iter().map(|one| (one.path(), one.name(ctx.lang).to_owned(), one.code == here));
    Ok(tabs.collect())
}

/// Through the one search index.
async fn found(ctx: &Ctx, words: String) -> Result<Response> {
    let scope = Scope::new(vec![Place::new("public", ctx.commune)]);
    let hits = platform::search::find(ctx, &scope, &words, Some("news"), FOUND).await?;
    let ids: Vec<Uuid> = hits.hits.iter().map(|hit| hit.id).collect();
    let mut rows = store::by_ids(ctx, &ids).await?;
    rows.sort_by_key(|one| ids.iter().position(|id| *id == one.id));
    let heading = ctx.t().s("news-found", "words", &words);
    let page = FrontPage {
        shell: shell(ctx, &heading, false).await?,
        heading,
        lead: None,
        cards: cards(ctx, rows)?,
        sections: sections(ctx, "")?,
        query: words,
        next: String::new(),
        first: String::new(),
        feed: format!("{PATH}.atom"),
        searched: true,
    };
    Ok(html(ui::render(&page)?))
}

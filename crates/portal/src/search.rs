//! The one search: a page, and for the palette (Ctrl K) the same as JSON.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use platform::access::{Place, Scope};
use platform::http::html;
use platform::search::{Hit, Hits, find};
use platform::{Ctx, Result};
use std::collections::HashMap;
use ui::{Finds, Named, Shell, Tile};

const SHOWN: usize = 50;
const SUGGESTED: usize = 8;

#[derive(Template)]
#[template(path = "search-public.html")]
struct PublicPage {
    shell: Shell,
    query: String,
    pages: Vec<Found>,
    hits: Hits,
}

/// A page found by its name.
struct Found {
    title: String,
    line: String,
    url: String,
}

#[derive(Template)]
#[template(path = "search-work.html")]
struct WorkPage {
    shell: Shell,
    query: String,
    hits: Hits,
}

/// What anybody may find: entries filed under the public place.
pub async fn public(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let query = query.get("q").cloned().unwrap_or_default();
    let scope = Scope::new(vec![Place::new("public", ctx.commune)]);
    let hits = find(&ctx, &scope, &query, None, SHOWN).await?;
    let pages = pages(&ctx, &query).await?;
    let shell = Shell::public(&ctx, "portal-search-title")
        .await?
        .crumb(ctx.t().t("portal-home"), "/")
        .crumb(ctx.t().t("portal-search-title"), "");
    Ok(html(ui::render(&PublicPage { shell, query, pages, hits })?))
}

/// Doors, what areas find by their own rules, and figures whose name holds every word, marks or not.
async fn pages(ctx: &Ctx, query: &str) -> Result<Vec<Found>> {
    let folded = vntext::fold(query);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let t = ctx.t();
    let named = |title: &str| {
        let title = vntext::fold(title);
        words.iter().all(|word| title.contains(word))
    };
    let doors = ui::doors(ctx).into_iter();
    let doors = doors.map(|door| Found { title: t.t(door.text), line: t.t(door.line), url: door.url.into() });
    let mut pages: Vec<Found> = doors.filter(|page| named(&page.title)).collect();
    for Finds(find) in ctx.app.offers::<Finds>() {
        let found = find(ctx, query).await?.into_iter().take(SUGGESTED / 2);
        pages.extend(found.map(|tile| Found { title: tile.name, line: tile.value, url: tile.url }));
    }
    for Named(tell) in ctx.app.offers::<Named>() {
        let found = tell(ctx).await?.into_iter().filter(|tile| named(&tile.name));
        let page = |tile: Tile| {
            let line = format!("{} {}", tile.value, tile.unit);
            Found { title: tile.name, line: line.trim_end().to_owned(), url: tile.url }
        };
        pages.extend(found.map(page));
    }
    pages.truncate(SUGGESTED);
    Ok(pages)
}

/// What the reader's role may find; with `goi-y` pages and objects for the palette.
pub async fn work(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let suggest = query.contains_key("goi-y");
    let query = query.get("q").cloned().unwrap_or_default();
    let hits = find(&ctx, &ctx.scope, &query, None, if suggest { SUGGESTED } else { SHOWN }).await?;
    let shell = Shell::of(&ctx, "portal-search-title").await?;
    if suggest {
        return Ok(axum::Json(suggestions(&ctx, &shell, &query, &hits.hits)).into_response());
    }
    Ok(html(ui::render(&WorkPage { shell, query, hits })?))
}

/// Pages of the menu whose name holds the words, then objects.
fn suggestions(ctx: &Ctx, shell: &Shell, query: &str, hits: &[Hit]) -> Vec<serde_json::Value> {
    let words = vntext::fold(query);
    let pages = shell.nav.iter().filter(|item| vntext::fold(&item.label).contains(&words)).map(|item| {
        serde_json::json!({ "label": item.label, "kind": ctx.t().t("portal-kind-page"), "url": item.url })
    });
    let objects = hits.iter().map(|hit| {
        let label = if hit.subtitle.is_empty() {
            hit.title.clone()
        } else {
            format!("{} · {}", hit.title, hit.subtitle)
        };
        serde_json::json!({ "label": label, "kind": kind_word(&ctx.t(), &hit.kind), "url": hit.url })
    });
    pages.take(6).chain(objects).collect()
}

/// The word for a kind of hit; each area brings `kind-…`.
pub fn kind_word(t: &platform::T, kind: &str) -> String {
    t.t(&format!("kind-{kind}"))
}

//! What everybody reads: the columns with their newest documents, a search, one document with its files.

use super::columns::Columns;
use super::model::Disclosure;
use super::rules::SEARCHED;
use super::store::{self, Filter};
use super::{PATH, desk};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::access::{Place, Scope};
use platform::http::html;
use platform::open_data::Dataset;
use platform::{Ctx, Error, Result, Uuid, files, search};
use serde_json::json;
use std::collections::HashMap;
use ui::{Html, Shell};

const SHOWN: usize = 30;
const FOUND: usize = 200;

struct Line {
    url: String,
    title: String,
    about: String,
    badge: Html,
}

struct Door {
    name: String,
    url: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "disclosure-list.html")]
struct ListPage {
    shell: Shell,
    heading: String,
    law: String,
    columns: Vec<Door>,
    topic: String,
    query: String,
    lines: Vec<Line>,
    next: String,
    first: String,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let columns = Columns::load(&ctx)?;
    let text = |name: &str| query.get(name).map_or("", |text| text.trim()).to_owned();
    let (topic, words) = (text("muc"), text("q"));
    let chosen = columns.find(&topic);
    if !topic.is_empty() && chosen.is_none() {
        return Err(Error::not_found());
    }
    let filter = Filter { topic: topic.clone(), ids: found(&ctx, &words).await?, all: false };
    let after = text("sau").parse::<Uuid>().ok();
    let mut rows = store::list(&ctx, &filter, after, SHOWN as i64 + 1).await?;
    let more = rows.len() > SHOWN;
    rows.truncate(SHOWN);
    let here = |more: &str| {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("muc", topic.as_str()), ("q", words.as_str()), ("sau", more)] {
            if !value.is_empty() {
                pairs.append_pair(name, value);
            }
        }
        format!("{PATH}?{}", pairs.finish())
    };
    let next = rows.last().filter(|_| more).map(|one| here(&one.id.to_string()));
    let heading = chosen.map_or_else(|| t.t("disclosure"), |one| one.name(ctx.lang).to_owned());
    let shell = Shell::public(&ctx, &heading).await?.crumb(t.t("portal-home"), "/");
    let shell = if chosen.is_some() { shell.crumb(t.t("disclosure"), PATH) } else { shell };
    let page = ListPage {
        shell: shell.crumb(heading.clone(), ""),
        law: chosen.map(|one| one.law.clone()).unwrap_or_default(),
        columns: columns.all.iter().map(|one| door(&ctx, one, &topic)).collect(),
        lines: rows.into_iter().map(|one| line(&ctx, &columns, one)).collect(),
        next: next.unwrap_or_default(),
        first: if after.is_some() { here("") } else { String::new() },
        query: words,
        topic,
        heading,
    };
    Ok(html(ui::render(&page)?))
}

fn door(ctx: &Ctx, one: &super::columns::Column, topic: &str) -> Door {
    Door {
        name: one.name(ctx.lang).to_owned(),
        url: if one.link.is_empty() { format!("{PATH}?muc={}", one.code) } else { one.link.clone() },
        here: one.code == topic,
    }
}

/// Ids by the words of a search; none where nothing was asked.
pub(super) async fn found(ctx: &Ctx, words: &str) -> Result<Option<Vec<Uuid>>> {
    if words.is_empty() {
        return Ok(None);
    }
    let scope = Scope::new(vec![Place::new("public", ctx.commune)]);
    Ok(Some(search::text::find(ctx, &scope, words, SEARCHED, FOUND).await?))
}

fn line(ctx: &Ctx, columns: &Columns, one: Disclosure) -> Line {
    let t = ctx.t();
    let period = period(ctx, columns, &one);
    let day = t.s("disclosure-published-on", "day", &t.date(one.published_on));
    let parts = [columns.name(&one.topic, ctx.lang), one.symbol.clone(), period, day];
    let open = one.open_until.filter(|until| *until >= ctx.today());
    let badge =
        open.map(|until| ui::Status::Soon.badge(&t.s("disclosure-open-until", "day", &t.date(until))));
    Line {
        url: one.path(),
        title: one.title,
        about: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        badge: badge.unwrap_or(Html(String::new())),
    }
}

fn period(ctx: &Ctx, columns: &Columns, one: &Disclosure) -> String {
    let column = columns.find(&one.topic);
    column.zip(one.period_end).map(|(column, end)| column.period(ctx.t(), end)).unwrap_or_default()
}

#[derive(Template)]
#[template(path = "disclosure-show.html")]
struct ShowPage {
    shell: Shell,
    facts: Vec<(String, String)>,
    paragraphs: Vec<String>,
    files: Vec<desk::FileLine>,
    /// Why it was taken down; `""` while it stands.
    gone: String,
    open: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let t = ctx.t();
    let columns = Columns::load(&ctx)?;
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let shell = Shell::public(&ctx, &one.title).await?.crumb(t.t("portal-home"), "/");
    let shell = shell.crumb(t.t("disclosure"), PATH);
    let shell = shell
        .crumb(columns.name(&one.topic, ctx.lang), &format!("{PATH}?muc={}", one.topic))
        .crumb(one.title.clone(), "");
    if one.withdrawn_at.is_some() {
        let page = ShowPage {
            shell,
            facts: Vec::new(),
            paragraphs: Vec::new(),
            files: Vec::new(),
            gone: one.withdrawn_why,
            open: String::new(),
        };
        return Ok(html(ui::render(&page)?));
    }
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| t.date(day)).unwrap_or_default();
    let facts = [
        ("disclosure-symbol", one.symbol.clone()),
        ("disclosure-issued", day(one.issued_on)),
        ("disclosure-period", period(&ctx, &columns, &one)),
        ("disclosure-published", t.moment(one.published_at)),
    ];
    let open = one.open_until.filter(|until| *until >= ctx.today());
    let page = ShowPage {
        facts: facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, v)| (t.t(key), v))
            .collect(),
        paragraphs: one
            .summary
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        files: desk::files(&ctx, id).await?,
        gone: String::new(),
        open: open.map(|until| t.s("disclosure-open-how", "day", &t.date(until))).unwrap_or_default(),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

pub(super) async fn file(ctx: Ctx, Path((id, file)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let attached = store::files(&ctx, &ctx.app.db, id).await?;
    if one.withdrawn_at.is_some() || !attached.iter().any(|known| known.id == file) {
        return Err(Error::not_found());
    }
    let found = files::find(&ctx, &ctx.app.db, file).await?;
    let bytes = files::read(&ctx, &found).await?;
    Ok(platform::http::file(&found.name, &found.media_type, bytes))
}

/// What stands on the page now, as open data.
pub(crate) const DATASET: Dataset = Dataset {
    code: "van-ban-cong-khai",
    title: "open-data-disclosures",
    about: "open-data-disclosures-about",
    columns: &["column", "title", "symbol", "issued_on", "published_on", "url"],
    point: None,
    rows: |ctx| Box::pin(rows(ctx)),
};

/// More than a commune publishes in many years.
const OPEN_DATA: i64 = 5_000;

async fn rows(ctx: &Ctx) -> Result<Vec<Vec<serde_json::Value>>> {
    let columns = Columns::load(ctx)?;
    let base = ctx.app.config.base_url();
    let row = |one: Disclosure| {
        vec![
            json!(columns.name(&one.topic, ctx.lang)),
            json!(one.title),
            json!(one.symbol),
            json!(one.issued_on),
            json!(one.published_on),
            json!(format!("{base}{}", one.path())),
        ]
    };
    Ok(store::list(ctx, &Filter::default(), None, OPEN_DATA).await?.into_iter().map(row).collect())
}

//! The work side: each column with its deadline, and what was published.

use super::columns::{Column, Columns};
use super::period::{Standing, standing};
use super::public::found;
use super::store::{self, Filter};
use super::{PATH, WORK};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::Months;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::{Html, Shell, Status, Waiting, Waits};

const SHOWN: i64 = 100;
/// Periods are looked at so far back.
const BACK: Months = Months::new(30);

struct ColumnLine {
    name: String,
    law: String,
    badge: Html,
    /// Where something is published for it; `""` for what another page keeps.
    publish: String,
    link: String,
}

struct Line {
    url: String,
    title: String,
    about: String,
    over: bool,
}

#[derive(Template)]
#[template(path = "disclosure-desk.html")]
struct DeskPage {
    shell: Shell,
    columns: Vec<ColumnLine>,
    unverified: bool,
    query: String,
    lines: Vec<Line>,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let data = Columns::load(&ctx)?;
    let mut columns = Vec::new();
    for one in &data.all {
        columns.push(column(&ctx, one).await?);
    }
    let words = query.get("q").map(|text| text.trim().to_owned()).unwrap_or_default();
    let filter = Filter { ids: found(&ctx, &words).await?, all: true, ..Filter::default() };
    let rows = store::list(&ctx, &filter, None, SHOWN).await?;
    let lines = rows.into_iter().map(|one| Line {
        url: one.work_path(),
        about: [data.name(&one.topic, ctx.lang), one.symbol.clone(), t.date(one.published_on)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        over: one.withdrawn_at.is_some(),
        title: one.title,
    });
    let page = DeskPage {
        shell: Shell::of(&ctx, "disclosure-menu").await?,
        columns,
        unverified: data.unverified,
        lines: lines.collect(),
        query: words,
    };
    Ok(html(ui::render(&page)?))
}

async fn column(ctx: &Ctx, one: &Column) -> Result<ColumnLine> {
    let t = ctx.t();
    let badge = match (look(ctx, one).await?, one.link.is_empty()) {
        (Some(Standing::Late { end, due }), _) => Status::Late.badge(
            &t.a("disclosure-late", &[("name", one.period(t, end).into()), ("day", t.date(due).into())]),
        ),
        (Some(Standing::Waits { end, due }), _) => Status::Soon.badge(
            &t.a("disclosure-waits", &[("name", one.period(t, end).into()), ("day", t.date(due).into())]),
        ),
        (Some(Standing::Kept { end }), _) => {
            Status::Done.badge(&t.s("disclosure-kept", "name", &one.period(t, end)))
        }
        (None, true) => Html(String::new()),
        (None, false) => Status::Done.badge(&t.t("disclosure-by-itself")),
    };
    Ok(ColumnLine {
        name: one.name(ctx.lang).to_owned(),
        law: one.law.clone(),
        badge,
        publish: if one.link.is_empty() { format!("{WORK}/moi?muc={}", one.code) } else { String::new() },
        link: if one.link.is_empty() { format!("{PATH}?muc={}", one.code) } else { one.link.clone() },
    })
}

/// How a column stands; none where nothing recurs.
async fn look(ctx: &Ctx, one: &Column) -> Result<Option<Standing>> {
    let Some(every) = one.every.filter(|_| one.link.is_empty()) else { return Ok(None) };
    let from = ctx.today().checked_sub_months(BACK).unwrap_or(ctx.today());
    let published = store::periods(ctx, &one.code, from).await?;
    Ok(Some(standing(every, one.days, ctx.today(), &published)))
}

/// A file of a document.
pub(super) struct FileLine {
    pub id: Uuid,
    pub name: String,
    pub url: String,
    pub size: String,
}

pub(super) async fn files(ctx: &Ctx, id: Uuid) -> Result<Vec<FileLine>> {
    let files = store::files(ctx, &ctx.app.db, id).await?;
    let line = |file: super::model::Attached| FileLine {
        url: format!("{PATH}/{id}/tep/{}", file.id),
        size: format!("{} kB", ctx.t().number((file.size + 1023) / 1024)),
        name: file.name,
        id: file.id,
    };
    Ok(files.into_iter().map(line).collect())
}

/// Columns whose day is over wait for whoever publishes.
pub(super) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("disclosure.publish") {
        return Ok(Vec::new());
    }
    let mut late = 0;
    for one in &Columns::load(ctx)?.all {
        late += usize::from(matches!(look(ctx, one).await?, Some(Standing::Late { .. })));
    }
    if late == 0 {
        return Ok(Vec::new());
    }
    let label = ctx.t().n("disclosure-late-count", "count", late);
    Ok(vec![Waiting { label, url: WORK.to_owned(), status: Status::Late }])
}

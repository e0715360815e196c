//! The writers' list, what waits for a word, and how much each section is read.

use super::WORK;
use super::model::{Brief, State};
use super::sections::Sections;
use super::store;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::table::{Cell, Column, Empty, Filter, Kind, Row, Table};
use ui::{Bar, BarChart, Shell, Status, Waiting, Waits};

const SHOWN: usize = 40;

#[derive(Template)]
#[template(path = "news-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    may_import: bool,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim()).to_owned();
    let state = State::parse(&text("xem"));
    let mine = ctx.account_or_none().filter(|_| text("cua") == "toi");
    let after = text("sau").parse::<Uuid>().ok();
    let mut rows = store::list(&ctx, state, mine, after, SHOWN as i64 + 1).await?;
    let next = (rows.len() > SHOWN).then(|| rows[SHOWN - 1].id.to_string());
    rows.truncate(SHOWN);
    let writers: Vec<Uuid> = rows.iter().filter_map(|one| one.drafted_by).collect();
    let names = identity::account_names(&ctx, &writers).await?;
    let count = store::count(&ctx, state, mine).await?;
    let t = ctx.t();
    let shell = Shell::of(&ctx, "news-menu").await?;
    let mut table = Table::new(&shell, "news", t.t("news-menu"));
    table.columns = vec![
        Column::new("tieu-de", t.t("news-title"), Kind::Name),
        Column::new("trang-thai", t.t("news-state"), Kind::Badge),
        Column::new("chuyen-muc", t.t("news-section"), Kind::Text),
        Column::new("nguoi-viet", t.t("news-writer"), Kind::Text),
        Column::new("ngay", t.t("news-changed"), Kind::Date),
        Column::new("luot-xem", t.t("news-views"), Kind::Number),
    ];
    let states = State::ALL.iter().map(|one| (one.code().to_owned(), t.t(one.text_key())));
    let everybody = [(String::new(), t.t("news-all")), ("toi".to_owned(), t.t("news-mine"))];
    table.filters = vec![
        Filter::choice(
            "xem",
            t.t("news-state"),
            text("xem"),
            [(String::new(), t.t("news-all"))].into_iter().chain(states).collect(),
        ),
        Filter::choice("cua", t.t("news-writer"), text("cua"), everybody.to_vec()),
    ];
    let sections = Sections::load(&ctx)?;
    table.rows = rows.into_iter().map(|one| row(&ctx, &sections, &names, one)).collect();
    table.count = Some(u64::try_from(count).unwrap_or(0));
    table.capped = count >= 1000;
    table.next = next;
    table.empty = Empty {
        title: t.t("news-none"),
        text: t.t("news-none-how"),
        action: t.t("news-new"),
        url: format!("{WORK}/moi"),
    };
    Ok(html(ui::render(&ListPage { shell, table, may_import: ctx.may("news.import") })?))
}

fn row(ctx: &Ctx, sections: &Sections, names: &HashMap<Uuid, String>, one: Brief) -> Row {
    let t = ctx.t();
    let when = match (one.state, one.publish_at) {
        (State::Scheduled, Some(at)) => at,
        _ => one.published_at.unwrap_or(one.updated_at),
    };
    let writer = one.drafted_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    Row {
        id: one.id.to_string(),
        url: Some(format!("{WORK}/{}", one.id)),
        cells: vec![
            Cell::text(&one.content.title),
            Cell::badge(one.state.status(), &t.t(one.state.text_key())),
            Cell::text(sections.name(&one.section, ctx.lang)),
            Cell::text(&writer),
            Cell::text(t.moment(when)),
            Cell::number(t, one.views),
        ],
    }
}

#[derive(Template)]
#[template(path = "news-sums.html")]
struct SumsPage {
    shell: Shell,
    articles: String,
    views: String,
    lines: Vec<(String, String, String)>,
}

pub(super) async fn sums(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let sections = Sections::load(&ctx)?;
    let sums = store::sums(&ctx).await?;
    let of = |code: &str| {
        sums.iter().find(|sum| sum.section == code).map_or((0, 0), |sum| (sum.articles, sum.views))
    };
    let mut named: Vec<(String, i64, i64)> = sections
        .all
        .iter()
        .map(|one| (one.name(ctx.lang).to_owned(), of(&one.code).0, of(&one.code).1))
        .collect();
    let old = sums.iter().filter(|sum| sections.find(&sum.section).is_none());
    named.extend(old.map(|sum| (sum.section.clone(), sum.articles, sum.views)));
    let chart = |key: &str, unit: &str, pick: fn(&(String, i64, i64)) -> i64| {
        let bars = named.iter().map(|one| Bar::new(&one.0, pick(one) as f64)).collect();
        BarChart::new(t, t.t(key), t.t(unit), bars).to_string()
    };
    let page = SumsPage {
        shell: Shell::of(&ctx, "news-sums").await?.crumb(t.t("news-menu"), WORK).crumb(t.t("news-sums"), ""),
        articles: chart("news-sums-articles", "news-unit-articles", |one| one.1),
        views: chart("news-sums-views", "news-unit-views", |one| one.2),
        lines: named.iter().map(|one| (one.0.clone(), t.number(one.1), t.number(one.2))).collect(),
    };
    Ok(html(ui::render(&page)?))
}

/// A leader finds what was submitted, editors the comments that nobody has read.
pub(super) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let mut all = Vec::new();
    if ctx.may("news.approve") {
        let count = store::count(ctx, Some(State::Submitted), None).await?;
        if count > 0 {
            let label = ctx.t().n("news-waits", "count", count);
            all.push(Waiting { label, url: format!("{WORK}?xem=submitted"), status: Status::Waiting });
        }
    } else if ctx.may("news.write") {
        let count = store::count(ctx, Some(State::Returned), ctx.account_or_none()).await?;
        if count > 0 {
            let label = ctx.t().n("news-waits-returned", "count", count);
            all.push(Waiting { label, url: format!("{WORK}?xem=returned&cua=toi"), status: Status::Soon });
        }
    }
    if ctx.may("news.moderate") {
        let held = store::comments_waiting(ctx, store::CommentState::Held, false, 100).await?.len();
        if held > 0 {
            let label = ctx.t().n("news-waits-comments", "count", held);
            all.push(Waiting { label, url: format!("{WORK}/binh-luan"), status: Status::Waiting });
        }
    }
    Ok(all)
}

//! The list of incoming documents, the newest first.

use super::model::{Incoming, State};
use super::store::{self, Filter};
use crate::books::Books;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid, search};
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Kind, Row, Shell, Table};

const PATH: &str = "/lam-viec/van-ban-den";
const ROWS: usize = 25;
const FOUND_MAX: usize = 200;

#[derive(Template)]
#[template(path = "incoming-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    tabs: Vec<(String, String)>,
    here: String,
    may_register: bool,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let usual = if ctx.may("incoming.register") { "arrived" } else { "registered" };
    let tab = query.get("viec").map_or(usual, String::as_str);
    let mut filter = Filter { states: State::parse(tab).into_iter().collect(), ids: None };
    if !text("q").is_empty() {
        filter.ids = Some(found(&ctx, text("q")).await?);
    }
    let mut rows = store::list(&ctx, &filter, text("sau").parse().ok(), ROWS as i64 + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let shell = Shell::of(&ctx, "office-incoming-menu").await?;
    let mut table = table(&ctx, &shell, tab, text("q"));
    table.next = rows.last().filter(|_| more).map(|last| last.id.to_string());
    table.rows = lines(&ctx, &rows)?;
    let count = store::count(&ctx, &filter).await?;
    (table.count, table.capped) = (u64::try_from(count).ok(), count >= 1_000);
    let page = ListPage {
        tabs: tabs(&ctx).into_iter().map(|(word, label)| (format!("{PATH}?viec={word}"), label)).collect(),
        here: format!("{PATH}?viec={tab}"),
        may_register: ctx.may("incoming.register"),
        table,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// By number, sender and subject, and by the words of the files.
async fn found(ctx: &Ctx, question: &str) -> Result<Vec<Uuid>> {
    let hits = search::find(ctx, &ctx.scope, question, Some("incoming"), FOUND_MAX).await?;
    let mut ids: Vec<Uuid> = hits.hits.into_iter().map(|hit| hit.id).collect();
    ids.extend(search::text::find(ctx, &ctx.scope, question, "incoming", FOUND_MAX).await?);
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

fn tabs(ctx: &Ctx) -> Vec<(String, String)> {
    let states = [State::Arrived, State::Registered, State::Directed, State::Done, State::Refused];
    let t = ctx.t();
    let mut tabs: Vec<(String, String)> =
        states.into_iter().map(|state| (state.code().to_owned(), t.t(state.text_key()))).collect();
    tabs.push(("tat-ca".to_owned(), t.t("office-all")));
    tabs
}

fn table(ctx: &Ctx, shell: &Shell, tab: &str, question: &str) -> Table {
    let t = ctx.t();
    let mut table = Table::new(shell, "incoming", t.t("office-incoming-menu"));
    table.columns = vec![
        Column::new("trich-yeu", t.t("office-subject"), Kind::Name),
        Column::new("so-den", t.t("office-arrival-number"), Kind::Number),
        Column::new("so-ky-hieu", t.t("office-symbol"), Kind::Text),
        Column::new("noi-gui", t.t("office-sender"), Kind::Text),
        Column::new("den", t.t("office-arrived-at"), Kind::Date),
        Column::new("trang-thai", t.t("office-state"), Kind::Badge),
    ];
    table.filters = vec![
        ui::Filter::text("q", t.t("office-find"), question),
        ui::Filter::choice("viec", t.t("office-state"), tab, tabs(ctx)),
    ];
    let may = ctx.may("incoming.register");
    table.empty = Empty {
        title: t.t("office-incoming-none"),
        text: t.t("office-incoming-none-how"),
        action: if may { t.t("office-incoming-take") } else { String::new() },
        url: if may { format!("{PATH}/tiep-nhan") } else { String::new() },
    };
    table
}

fn lines(ctx: &Ctx, rows: &[Incoming]) -> Result<Vec<Row>> {
    let t = ctx.t();
    let books = Books::load(ctx)?;
    let late = super::late(ctx)?;
    let row = |one: &Incoming| {
        let waits_too_long = one.state == State::Arrived && late.is_some_and(|late| one.arrived_at < late);
        let state = if waits_too_long {
            Cell::badge(ui::Status::Late, &t.t("office-incoming-late"))
        } else {
            Cell::badge(one.badge(), &t.t(one.state.text_key()))
        };
        let untitled = || t.t("office-untitled");
        let title = if one.title().is_empty() { untitled() } else { one.title().to_owned() };
        Row {
            id: one.id.to_string(),
            url: Some(one.path()),
            cells: vec![
                Cell::text(title).under(books.stamp(one.facts.urgency).unwrap_or_default()),
                Cell::text(one.arrival_number.map(|number| number.to_string()).unwrap_or_default()),
                Cell::text(one.facts.symbol()),
                Cell::text(&one.facts.sender_name),
                Cell::text(t.moment(one.arrived_at)),
                state,
            ],
        }
    };
    Ok(rows.iter().map(row).collect())
}

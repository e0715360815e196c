//! The writers' list.

use crate::WORK;
use crate::place::store::{self, Filter};
use crate::place::{Brief, Kind, State};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::Shell;
use ui::table::{Cell, Column, Empty, Filter as Choice, Kind as Look, Row, Table};
use units::place::Ground;
use vnsheet::Value;

const SHOWN: usize = 40;
/// Rows of a file at most.
const EXPORT: i64 = 5_000;

#[derive(Template)]
#[template(path = "place-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    staff: bool,
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim()).to_owned();
    let filter = Filter {
        state: State::parse(&text("xem")),
        kind: Kind::parse(&text("loai")),
        village: text("thon").parse().ok(),
        ..Filter::default()
    };
    let ground = Ground::load(&ctx).await?;
    if let Some(format) = Format::parse(&text("dinh-dang")) {
        return export(&ctx, &filter, &ground, &format).await;
    }
    let mut rows = store::work(&ctx, &filter, text("sau").parse().ok(), SHOWN as i64 + 1).await?;
    let next = (rows.len() > SHOWN).then(|| rows[SHOWN - 1].id.to_string());
    rows.truncate(SHOWN);
    let shell = Shell::of(&ctx, "tourism-menu").await?;
    let mut table = table(&ctx, &shell, &filter, &ground);
    let names = names(&ctx, &rows).await?;
    table.rows = rows.iter().map(|one| row(&ctx, &ground, &names, one)).collect();
    let count = store::count(&ctx, &filter).await?;
    (table.count, table.capped, table.next) = (u64::try_from(count).ok(), count >= 1000, next);
    Ok(html(ui::render(&ListPage { shell, table, staff: ctx.may("tourism.page") })?))
}

fn table(ctx: &Ctx, shell: &Shell, filter: &Filter, ground: &Ground) -> Table {
    let t = ctx.t();
    let mut table = Table::new(shell, "tourism", t.t("tourism-menu"));
    table.columns = vec![
        Column::new("ten", t.t("tourism-name"), Look::Name),
        Column::new("trang-thai", t.t("tourism-state"), Look::Badge),
        Column::new("loai", t.t("tourism-kind"), Look::Text),
        Column::new("thon", t.t("tourism-village"), Look::Text),
        Column::new("tieng-anh", t.t("tourism-english"), Look::Text),
        Column::new("nguoi-viet", t.t("tourism-writer"), Look::Text),
        Column::new("ngay", t.t("tourism-changed"), Look::Date),
        Column::new("luot-xem", t.t("tourism-views"), Look::Number),
    ];
    let every = |options: Vec<(String, String)>| {
        [(String::new(), t.t("tourism-every"))].into_iter().chain(options).collect::<Vec<_>>()
    };
    let states = State::ALL.iter().map(|one| (one.code().to_owned(), t.t(one.text_key()))).collect();
    let kinds = Kind::ALL.iter().map(|one| (one.code().to_owned(), t.t(one.text_key()))).collect();
    let mut villages = ground.options();
    let own: Vec<String> = ctx.scope.ids("village").iter().map(Uuid::to_string).collect();
    villages.retain(|(id, _)| ctx.scope.whole() || own.contains(id));
    let code = |code: Option<&'static str>| code.unwrap_or_default();
    let village = filter.village.map(|id| id.to_string()).unwrap_or_default();
    table.filters = vec![
        Choice::choice("xem", t.t("tourism-state"), code(filter.state.map(State::code)), every(states)),
        Choice::choice("loai", t.t("tourism-kind"), code(filter.kind.map(Kind::code)), every(kinds)),
        Choice::choice("thon", t.t("tourism-village"), village, every(villages)),
    ];
    table.export = true;
    table.empty = Empty {
        title: t.t("tourism-none"),
        text: t.t("tourism-none-how"),
        action: t.t("tourism-new"),
        url: format!("{WORK}/moi"),
    };
    table
}

async fn names(ctx: &Ctx, rows: &[Brief]) -> Result<HashMap<Uuid, String>> {
    let writers: Vec<Uuid> = rows.iter().filter_map(|one| one.drafted_by).collect();
    identity::account_names(ctx, &writers).await
}

fn row(ctx: &Ctx, ground: &Ground, names: &HashMap<Uuid, String>, one: &Brief) -> Row {
    let t = ctx.t();
    Row {
        id: one.id.to_string(),
        url: Some(format!("{WORK}/{}", one.id)),
        cells: vec![
            Cell::text(&one.content.name),
            Cell::badge(one.state.status(), &t.t(one.state.text_key())),
            Cell::text(t.t(one.kind.text_key())),
            Cell::text(ground.name(one.content.village)),
            Cell::text(english(ctx, one)),
            Cell::text(one.drafted_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default()),
            Cell::text(t.date(platform::clock::local_date(one.updated_at))),
            Cell::number(t, one.views),
        ],
    }
}

fn english(ctx: &Ctx, one: &Brief) -> String {
    ctx.t().t(if one.content.is_english() { "tourism-english-whole" } else { "tourism-english-not" })
}

async fn export(ctx: &Ctx, filter: &Filter, ground: &Ground, format: &Format) -> Result<Response> {
    let t = ctx.t();
    let rows = store::work(ctx, filter, None, EXPORT).await?;
    let text = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(text) };
    let row = |one: &Brief| {
        vec![
            text(one.content.name.clone()),
            text(one.content.name_en.clone()),
            text(t.t(one.state.text_key())),
            text(t.t(one.kind.text_key())),
            text(ground.name(one.content.village)),
            text(english(ctx, one)),
            text(t.date(platform::clock::local_date(one.updated_at))),
            Value::Whole(one.views),
        ]
    };
    let headings = [
        "tourism-name",
        "tourism-name-en",
        "tourism-state",
        "tourism-kind",
        "tourism-village",
        "tourism-english",
        "tourism-changed",
        "tourism-views",
    ];
    Sheet {
        name: format!("{} {}", t.t("tourism"), ctx.today().format("%d-%m-%Y")),
        headings: headings.iter().map(|key| t.t(key)).collect(),
        rows: rows.iter().map(row).collect(),
    }
    .answer(ctx, format)
}

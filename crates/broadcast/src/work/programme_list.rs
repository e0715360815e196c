//! The list of programmes.

use crate::WORK;
use crate::law::{Broadcast, length, named};
use crate::programme::store::{self, Filter};
use crate::programme::{Form, Programme, State};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::Shell;
use ui::table::{Cell, Column, Empty, Filter as Choice, Kind as Look, Row, Table};
use vnsheet::Value;

const SHOWN: usize = 40;
/// Rows of a file at most.
const EXPORT: i64 = 5_000;

#[derive(Template)]
#[template(path = "programme-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    may_write: bool,
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim()).to_owned();
    let filter = Filter { state: State::parse(&text("xem")), kind: text("loai"), ..Filter::default() };
    let law = Broadcast::now(&ctx)?;
    if let Some(format) = Format::parse(&text("dinh-dang")) {
        return export(&ctx, &law, &filter, &format).await;
    }
    let mut rows = store::list(&ctx, &filter, text("sau").parse().ok(), SHOWN as i64 + 1).await?;
    let next = (rows.len() > SHOWN).then(|| rows[SHOWN - 1].id.to_string());
    rows.truncate(SHOWN);
    let shell = Shell::of(&ctx, "broadcast-programmes").await?.crumb(ctx.t().t("broadcast-menu"), WORK);
    let shell = shell.crumb(ctx.t().t("broadcast-programmes"), "");
    let mut table = table(&ctx, &shell, &law, &filter);
    table.rows = rows.iter().map(|one| row(&ctx, &law, one)).collect();
    let count = store::count(&ctx, &filter).await?;
    (table.count, table.capped, table.next) = (u64::try_from(count).ok(), count >= 1000, next);
    Ok(html(ui::render(&ListPage { shell, table, may_write: ctx.may("broadcast.write") })?))
}

fn table(ctx: &Ctx, shell: &Shell, law: &Broadcast, filter: &Filter) -> Table {
    let t = ctx.t();
    let mut table = Table::new(shell, "broadcast", t.t("broadcast-programmes"));
    table.columns = vec![
        Column::new("ten", t.t("broadcast-title"), Look::Name),
        Column::new("trang-thai", t.t("broadcast-state"), Look::Badge),
        Column::new("loai", t.t("broadcast-kind"), Look::Text),
        Column::new("nguon", t.t("broadcast-origin"), Look::Text),
        Column::new("dai", t.t("broadcast-length"), Look::Number),
        Column::new("phat", t.t("broadcast-aired"), Look::Date),
        Column::new("ngay", t.t("broadcast-changed"), Look::Date),
    ];
    let every = |options: Vec<(String, String)>| {
        [(String::new(), t.t("broadcast-every"))].into_iter().chain(options).collect::<Vec<_>>()
    };
    let states = State::ALL.iter().map(|one| (one.code().to_owned(), t.t(one.text_key()))).collect();
    let kinds = law.kind.iter().map(|one| (one.code.clone(), one.name(ctx.lang).to_owned())).collect();
    let state = filter.state.map(State::code).unwrap_or_default();
    table.filters = vec![
        Choice::choice("xem", t.t("broadcast-state"), state, every(states)),
        Choice::choice("loai", t.t("broadcast-kind"), filter.kind.as_str(), every(kinds)),
    ];
    table.export = true;
    let (action, url) = if ctx.may("broadcast.write") {
        (t.t("broadcast-new"), format!("{WORK}/chuong-trinh/moi"))
    } else {
        (String::new(), String::new())
    };
    table.empty = Empty { title: t.t("broadcast-none"), text: t.t("broadcast-none-how"), action, url };
    table
}

fn row(ctx: &Ctx, law: &Broadcast, one: &Programme) -> Row {
    let t = ctx.t();
    let day = |at| t.date(platform::clock::local_date(at));
    Row {
        id: one.id.to_string(),
        url: Some(one.path()),
        cells: vec![
            Cell::text(&one.title),
            Cell::badge(one.state.status(), &t.t(one.state.text_key())),
            Cell::text(named(&law.kind, &one.kind, ctx.lang)),
            Cell::text(named(&law.origin, &one.origin, ctx.lang)),
            Cell::text(lasts(ctx, one)),
            Cell::text(one.aired_at.map(day).unwrap_or_default()),
            Cell::text(day(one.updated_at)),
        ],
    }
}

fn lasts(ctx: &Ctx, one: &Programme) -> String {
    match one.form {
        Form::Relay => ctx.t().t("broadcast-form-relay"),
        _ if one.length > 0 => length(one.seconds()),
        _ => ctx.t().t(one.ready.text_key()),
    }
}

async fn export(ctx: &Ctx, law: &Broadcast, filter: &Filter, format: &Format) -> Result<Response> {
    let t = ctx.t();
    let rows = store::list(ctx, filter, None, EXPORT).await?;
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) };
    let day = |at| t.date(platform::clock::local_date(at));
    let row = |one: &Programme| {
        vec![
            text(&one.title),
            text(&t.t(one.state.text_key())),
            text(named(&law.kind, &one.kind, ctx.lang)),
            text(named(&law.origin, &one.origin, ctx.lang)),
            text(named(&law.language, &one.language, ctx.lang)),
            Value::Whole(one.seconds()),
            text(&one.aired_at.map(day).unwrap_or_default()),
        ]
    };
    let headings = [
        "broadcast-title",
        "broadcast-state",
        "broadcast-kind",
        "broadcast-origin",
        "broadcast-language",
        "broadcast-seconds",
        "broadcast-aired",
    ];
    Sheet {
        name: format!("{} {}", t.t("broadcast-programmes"), ctx.today().format("%d-%m-%Y")),
        headings: headings.iter().map(|key| t.t(key)).collect(),
        rows: rows.iter().map(row).collect(),
    }
    .answer(ctx, format)
}

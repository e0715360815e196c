//! The log of a day: what was on air where, second by second.

use crate::WORK;
use crate::law::{Broadcast, length, named};
use crate::station::XA;
use crate::station::store::{self, Aired, What};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use platform::clock::{end_of_day, start_of_day, vietnam};
use platform::http::html;
use platform::{Ctx, Result};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::table::{Cell, Column, Empty, Kind as Look, Row, Table};
use ui::{Shell, Status};
use units::place::Ground;
use vnsheet::Value;

/// Rows of a day at most: fifteen mounts, a hundred changes.
const MOST: i64 = 5_000;

#[derive(Template)]
#[template(path = "air-log.html")]
struct LogPage {
    shell: Shell,
    table: Table,
    day: String,
    before: String,
    after: String,
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let day = query.get("ngay").and_then(|day| read_day(day)).unwrap_or(ctx.today());
    let rows = store::between(&ctx, start_of_day(day), end_of_day(day), MOST).await?;
    let (ground, law) = (Ground::load(&ctx).await?, Broadcast::now(&ctx)?);
    if let Some(format) = query.get("dinh-dang").and_then(|format| Format::parse(format)) {
        return export(&ctx, day, &rows, &ground, &law, &format).await;
    }
    let shell = Shell::of(&ctx, "broadcast-log").await?.crumb(t.t("broadcast-menu"), WORK);
    let shell = shell.crumb(t.t("broadcast-log"), "");
    let mut table = Table::new(&shell, "broadcast-log", t.t("broadcast-log"));
    table.columns = vec![
        Column::new("gio", t.t("broadcast-log-from"), Look::Name),
        Column::new("den", t.t("broadcast-log-to"), Look::Text),
        Column::new("dai", t.t("broadcast-length"), Look::Number),
        Column::new("gi", t.t("broadcast-log-what"), Look::Badge),
        Column::new("ten", t.t("broadcast-title"), Look::Text),
        Column::new("noi", t.t("broadcast-log-where"), Look::Text),
        Column::new("vi-sao", t.t("broadcast-log-why"), Look::Text),
    ];
    table.rows = rows.iter().map(|one| row(&ctx, &ground, one)).collect();
    table.count = u64::try_from(rows.len()).ok();
    table.export = true;
    table.empty = Empty {
        title: t.t("broadcast-log-none"),
        text: t.t("broadcast-log-none-how"),
        action: String::new(),
        url: String::new(),
    };
    let at = |day: Option<NaiveDate>| day.map(|day| format!("{WORK}/nhat-ky?ngay={day}")).unwrap_or_default();
    let after = at(day.succ_opt().filter(|day| *day <= ctx.today()));
    Ok(html(ui::render(&LogPage { shell, table, day: t.date(day), before: at(day.pred_opt()), after })?))
}

fn read_day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().or_else(|| NaiveDate::parse_from_str(text, "%d/%m/%Y").ok())
}

fn time(at: DateTime<Utc>) -> String {
    at.with_timezone(&vietnam()).format("%H:%M:%S").to_string()
}

fn place(ctx: &Ctx, ground: &Ground, mount: &str) -> String {
    if mount == XA { ctx.t().t("broadcast-whole") } else { ground.name(mount.parse().ok()) }
}

fn lasted(one: &Aired) -> Option<i64> {
    one.to_at.map(|to| (to - one.from_at).num_seconds())
}

fn why(ctx: &Ctx, one: &Aired) -> String {
    if one.why.is_empty() { String::new() } else { ctx.t().t(&one.why) }
}

fn row(ctx: &Ctx, ground: &Ground, one: &Aired) -> Row {
    let t = ctx.t();
    let status = match (one.what, one.to_at) {
        (What::Aired, None) => Status::Soon,
        (What::Aired, _) => Status::Done,
        _ => Status::Late,
    };
    let until = one.to_at.map_or_else(|| t.t("broadcast-log-now"), time);
    Row {
        id: one.id.to_string(),
        url: one.programme_id.map(|id| format!("{WORK}/chuong-trinh/{id}")),
        cells: vec![
            Cell::text(time(one.from_at)),
            Cell::text(until),
            Cell::text(lasted(one).map(length).unwrap_or_default()),
            Cell::badge(status, &t.t(one.what.text_key())),
            Cell::text(&one.title),
            Cell::text(place(ctx, ground, &one.mount)),
            Cell::text(why(ctx, one)),
        ],
    }
}

async fn export(
    ctx: &Ctx,
    day: NaiveDate,
    rows: &[Aired],
    ground: &Ground,
    law: &Broadcast,
    format: &Format,
) -> Result<Response> {
    let t = ctx.t();
    let text = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(text) };
    let row = |one: &Aired| {
        vec![
            text(t.date(day)),
            text(time(one.from_at)),
            text(one.to_at.map(time).unwrap_or_default()),
            lasted(one).map_or(Value::Empty, Value::Whole),
            text(t.t(one.what.text_key())),
            text(one.title.clone()),
            text(named(&law.kind, &one.kind, ctx.lang).to_owned()),
            text(named(&law.origin, &one.origin, ctx.lang).to_owned()),
            text(place(ctx, ground, &one.mount)),
            text(why(ctx, one)),
        ]
    };
    let headings = [
        "broadcast-log-day",
        "broadcast-log-from",
        "broadcast-log-to",
        "broadcast-seconds",
        "broadcast-log-what",
        "broadcast-title",
        "broadcast-kind",
        "broadcast-origin",
        "broadcast-log-where",
        "broadcast-log-why",
    ];
    Sheet {
        name: format!("{} {}", t.t("broadcast-log"), day.format("%d-%m-%Y")),
        headings: headings.iter().map(|key| t.t(key)).collect(),
        rows: rows.iter().map(row).collect(),
    }
    .answer(ctx, format)
}

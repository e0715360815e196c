//! The meetings of the reader: what comes, what was; and what waits for an answer.

use super::model::{Meeting, State};
use super::{PATH, people, store};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::Duration;
use platform::clock::start_of_day;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Kind, Row, Shell, Status, Table, Waiting};

const ROWS: usize = 25;
/// More meetings do not lie ahead of anybody.
const AHEAD: i64 = 100;

#[derive(Template)]
#[template(path = "meeting-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    tabs: Vec<(String, String)>,
    here: String,
    may_call: bool,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let over = query.get("xem").is_some_and(|text| text == "da-qua");
    let today = start_of_day(ctx.today());
    let shell = Shell::of(&ctx, "office-meeting-menu").await?;
    let mut table = table(&ctx, &shell, over);
    let rows = if over {
        let after = match query.get("sau").and_then(|text| text.parse().ok()) {
            Some(after) => Some(store::find(&ctx, &ctx.app.db, after).await?),
            None => None,
        };
        let mut rows = store::list_over(&ctx, today, after.as_ref(), ROWS as i64 + 1).await?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        table.next = rows.last().filter(|_| more).map(|last| last.id.to_string());
        rows
    } else {
        store::list_ahead(&ctx, today, AHEAD).await?
    };
    table.rows = lines(&ctx, &rows).await?;
    let past = format!("{PATH}?xem=da-qua");
    let page = ListPage {
        here: if over { past.clone() } else { PATH.to_owned() },
        tabs: vec![
            (PATH.to_owned(), t.t("office-meeting-tab-ahead")),
            (past, t.t("office-meeting-tab-over")),
        ],
        may_call: ctx.may("meeting.call"),
        table,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn table(ctx: &Ctx, shell: &Shell, over: bool) -> Table {
    let t = ctx.t();
    let mut table = Table::new(shell, "meetings", t.t("office-meeting-menu"));
    table.columns = vec![
        Column::new("cuoc-hop", t.t("office-meeting-title"), Kind::Name),
        Column::new("luc", t.t("office-meeting-when"), Kind::Date),
        Column::new("phong", t.t("office-meeting-place"), Kind::Text),
        Column::new("chu-tri", t.t("office-meeting-chair"), Kind::Text),
        Column::new("trang-thai", t.t("office-state"), Kind::Badge),
    ];
    let may = ctx.may("meeting.call") && !over;
    table.empty = Empty {
        title: t.t(if over { "office-meeting-none-over" } else { "office-meeting-none" }),
        text: t.t(if may { "office-meeting-none-call" } else { "office-meeting-none-how" }),
        action: if may { t.t("office-meeting-new") } else { String::new() },
        url: if may { format!("{PATH}/moi") } else { String::new() },
    };
    table
}

async fn lines(ctx: &Ctx, rows: &[Meeting]) -> Result<Vec<Row>> {
    let t = ctx.t();
    let names = people::names(ctx, rows.iter().map(|one| one.chair_id)).await?;
    let ids: Vec<Uuid> = rows.iter().map(|one| one.id).collect();
    let waiting = store::unanswered(ctx, &ids).await?;
    let row = |one: &Meeting| {
        let asked = one.state == State::Invited && waiting.contains(&one.id);
        let badge = if asked {
            Cell::badge(Status::Soon, &t.t("office-meeting-answer-now"))
        } else {
            Cell::badge(one.badge(), &t.t(one.state.text_key()))
        };
        Row {
            id: one.id.to_string(),
            url: Some(one.path()),
            cells: vec![
                Cell::text(&one.title),
                Cell::text(t.moment(one.starts_at)),
                Cell::text(&one.place),
                Cell::text(names.get(&one.chair_id).cloned().unwrap_or_default()),
                badge,
            ],
        }
    };
    Ok(rows.iter().map(row).collect())
}

/// Invitations without an answer, and meetings of today and tomorrow.
pub(super) async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("meeting.attend") {
        return Ok(Vec::new());
    }
    let t = ctx.t();
    let mut all = store::list_ahead(ctx, start_of_day(ctx.today()), AHEAD).await?;
    all.retain(|one| matches!(one.state, State::Invited | State::Open));
    let invited: Vec<Uuid> = all.iter().filter(|one| one.state == State::Invited).map(|one| one.id).collect();
    let unanswered = store::unanswered(ctx, &invited).await?;
    let soon = start_of_day(ctx.today()) + Duration::days(2);
    let near = all.iter().filter(|one| one.starts_at < soon && one.ends_at >= ctx.now);
    let near: Vec<&Meeting> = near.collect();
    let one = |count: usize, key: &str, url: String, status| Waiting {
        label: t.n(key, "count", count),
        url,
        status,
    };
    let url = |ids: &[Uuid]| match ids {
        [only] => format!("{PATH}/{only}"),
        _ => PATH.to_owned(),
    };
    let mut waiting = Vec::new();
    if !unanswered.is_empty() {
        waiting.push(one(unanswered.len(), "office-meeting-wait-answer", url(&unanswered), Status::Waiting));
    }
    if !near.is_empty() {
        let ids: Vec<Uuid> = near.iter().map(|one| one.id).collect();
        let open = near.iter().any(|one| one.state == State::Open);
        let status = if open { Status::Late } else { Status::Soon };
        waiting.push(one(ids.len(), "office-meeting-wait-near", url(&ids), status));
    }
    Ok(waiting)
}

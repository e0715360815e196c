//! The letters that came, the newest first; those with documents wait for the clerk.

use super::model::{Letter, Mailbox, State};
use super::{PATH, SETUP, look, setup, store};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::{Form, Note, Start, html, start};
use platform::jobs::{self, Work};
use platform::{Ctx, Result, once};
use serde_json::json;
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Html, Kind, Row, Shell, Table};

const ROWS: usize = 25;

struct Box {
    name: String,
    badge: Html,
    state: String,
}

#[derive(Template)]
#[template(path = "mailbox-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    tabs: Vec<(String, String)>,
    here: String,
    boxes: Vec<Box>,
    may_decide: bool,
    may_keep: bool,
    key: String,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let tab = query.get("viec").map_or(State::Waiting.code(), String::as_str);
    let state = State::parse(tab);
    let after = query.get("sau").and_then(|id| id.trim().parse().ok());
    let mut rows = store::letters(&ctx, state, after, ROWS as i64 + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let mailboxes = store::mailboxes(&ctx, &ctx.app.db).await?;
    let shell = Shell::of(&ctx, "office-mailbox").await?;
    let mut table = table(&ctx, &shell, mailboxes.is_empty());
    table.next = rows.last().filter(|_| more).map(|last| last.id.to_string());
    table.rows = rows.iter().map(|one| row(&ctx, one)).collect();
    let count = store::letter_count(&ctx, state).await?;
    (table.count, table.capped) = (u64::try_from(count).ok(), count >= 1_000);
    let mut tabs: Vec<(String, String)> =
        State::ALL.iter().map(|one| (format!("{PATH}?viec={}", one.code()), t.t(one.text_key()))).collect();
    tabs.push((format!("{PATH}?viec=tat-ca"), t.t("office-all")));
    let line = |one: &Mailbox| {
        let (badge, state) = setup::standing(&ctx, one);
        Box { name: one.name.clone(), badge, state }
    };
    let page = ListPage {
        table,
        tabs,
        here: format!("{PATH}?viec={tab}"),
        boxes: mailboxes.iter().map(line).collect(),
        may_decide: ctx.may("mailbox.decide"),
        may_keep: ctx.may("mailbox.keep"),
        key: ctx.new_id().to_string(),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn table(ctx: &Ctx, shell: &Shell, unset: bool) -> Table {
    let t = ctx.t();
    let mut table = Table::new(shell, "mailbox", t.t("office-mailbox"));
    table.columns = vec![
        Column::new("tieu-de", t.t("office-mailbox-subject"), Kind::Name),
        Column::new("nguoi-gui", t.t("office-mailbox-from"), Kind::Text),
        Column::new("van-ban", t.t("office-mailbox-documents"), Kind::Number),
        Column::new("den", t.t("office-mailbox-came"), Kind::Date),
        Column::new("trang-thai", t.t("office-state"), Kind::Badge),
    ];
    let keeps = unset && ctx.may("mailbox.keep");
    table.empty = Empty {
        title: t.t(if unset { "office-mailbox-unset" } else { "office-mailbox-none" }),
        text: t.t(if unset { "office-mailbox-unset-how" } else { "office-mailbox-none-how" }),
        action: if keeps { t.t("office-mailbox-setup") } else { String::new() },
        url: if keeps { SETUP.to_owned() } else { String::new() },
    };
    table
}

/// Names of agencies stand in the list; the address of a person is opened with the letter, by a recorded look.
fn row(ctx: &Ctx, one: &Letter) -> Row {
    let t = ctx.t();
    let host = one.from_address.rsplit_once('@').map(|(_, host)| format!("…@{host}")).unwrap_or_default();
    let from = if one.from_name.is_empty() { host } else { one.from_name.clone() };
    let subject = if one.subject.is_empty() { t.t("office-mailbox-untitled") } else { one.subject.clone() };
    let problem = one.problem.map(|problem| t.t(problem.text_key())).unwrap_or_default();
    let why = one.automatic.map(|why| t.t(why.text_key())).unwrap_or(problem);
    Row {
        id: one.id.to_string(),
        url: Some(one.path()),
        cells: vec![
            Cell::text(subject).under(why),
            Cell::text(from),
            Cell::text(t.number(one.documents)),
            Cell::text(t.moment(one.came_at)),
            Cell::badge(one.state.status(), &t.t(one.state.text_key())),
        ],
    }
}

/// Looks now; the page of the work shows how far it is and leads back.
pub(super) async fn look_now(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let work = Work::new(look::JOB, json!({ "now": true }));
    let job = jobs::enqueue(&ctx, &tx, work).await?;
    let url = job.map_or_else(|| PATH.to_owned(), |id| format!("/lam-viec/cong-viec/{id}"));
    once::finish(&ctx, tx, key, &url).await?;
    Ok(Note::new("office-mailbox-looking").see_other(&url))
}

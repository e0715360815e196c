//! The waiting room: what people wrote, the longest waiting first.

use super::card::short;
use super::model::{Matter, Why, words};
use super::store::{self, Room};
use super::{PATH, rules};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use messages::channel::voice;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::{BulkAction, Cell, Column, Empty, Kind, Row, Shell, Table};

const ROWS: usize = 25;

impl Room {
    const ALL: [Room; 3] = [Room::Waiting, Room::Settled, Room::Aside];

    fn word(self) -> &'static str {
        match self {
            Room::Waiting => "cho",
            Room::Settled => "da-lam",
            Room::Aside => "de-rieng",
        }
    }

    fn text_key(self) -> &'static str {
        match self {
            Room::Waiting => "feedback-voice-tab-waiting",
            Room::Settled => "feedback-voice-tab-settled",
            Room::Aside => "feedback-voice-tab-aside",
        }
    }
}

#[derive(Template)]
#[template(path = "voice-list.html")]
struct ListPage {
    shell: Shell,
    tabs: Vec<(String, String)>,
    here: String,
    table: Table,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let room = Room::ALL.into_iter().find(|one| one.word() == text("xem")).unwrap_or(Room::Waiting);
    let mut rows = store::list(&ctx, room, text("sau").parse().ok(), ROWS as i64 + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let shell = Shell::of(&ctx, "feedback-voices").await?;
    let shell = shell.crumb(t.t("feedback-work"), crate::work::PATH).crumb(t.t("feedback-voices"), "");
    let mut table = Table::new(&shell, "feedback-voices", t.t("feedback-voices"));
    table.columns = vec![
        Column::new("loi", t.t("feedback-voice-words"), Kind::Name),
        Column::new("kenh", t.t("feedback-voice-channel"), Kind::Text),
        Column::new("luc", t.t("feedback-voice-at"), Kind::Text),
        Column::new("trang-thai", t.t("feedback-state"), Kind::Badge),
    ];
    table.next = rows.last().filter(|_| more).map(|last| last.id.to_string());
    table.rows = lines(&ctx, &rows).await?;
    if room == Room::Waiting {
        table.bulk = vec![BulkAction {
            label: t.t("feedback-voice-aside"),
            url: format!("{PATH}/de-rieng"),
            icon: "archive",
            confirm: String::new(),
        }];
        table.bulk_key = ctx.new_id().to_string();
    }
    let (title, how) = match room {
        Room::Waiting => ("feedback-voice-none", "feedback-voice-none-how"),
        _ => ("feedback-voice-none-here", "feedback-voice-none-how"),
    };
    table.empty = Empty { title: t.t(title), text: t.t(how), ..Empty::default() };
    let url = |one: Room| format!("{PATH}?xem={}", one.word());
    let page = ListPage {
        tabs: Room::ALL.into_iter().map(|one| (url(one), t.t(one.text_key()))).collect(),
        here: url(room),
        table,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

async fn lines(ctx: &Ctx, rows: &[Matter]) -> Result<Vec<Row>> {
    let t = ctx.t();
    let ids: Vec<Uuid> = rows.iter().map(|one| one.talk_id).collect();
    let talks = voice::find(ctx, &ctx.app.db, &ids).await?;
    let all = voice::lines(ctx, &ctx.app.db, &ids).await?;
    let matters = store::of_talks(ctx, &ctx.app.db, &ids).await?;
    let row = |one: &Matter| {
        let next = matters.iter().find(|n| n.talk_id == one.talk_id && n.number == one.number + 1);
        let mine: Vec<voice::Line> = all.iter().filter(|line| line.talk_id == one.talk_id).cloned().collect();
        let mine = one.lines(&mine, next.map(|next| next.from_line));
        let talk = talks.iter().find(|talk| talk.id == one.talk_id);
        let way = talk.map(|talk| t.t(talk.way.text_key())).unwrap_or_default();
        let readable = !one.closed || ctx.may("feedback.closed");
        let who = talk.filter(|_| readable).map(|talk| talk.masked(t)).unwrap_or_default();
        Row {
            id: one.id.to_string(),
            url: readable.then(|| one.path()),
            cells: vec![
                Cell::text(short(ctx, one, &words(&mine))).under(&who),
                Cell::text(t.t(one.channel.text_key())).under(&way),
                Cell::text(t.moment(one.heard_at)),
                Cell::html(if one.closed {
                    ui::Status::Late.badge(&t.t("feedback-voice-accuses"))
                } else {
                    one.badge(ctx)
                }),
            ],
        }
    };
    Ok(rows.iter().map(row).collect())
}

/// Several set aside at once, as nothing for the office.
pub(super) async fn aside_picked(ctx: Ctx, sent: Form) -> Result<Response> {
    let ids: Vec<Uuid> = sent.all("id").filter_map(|id| id.parse().ok()).take(100).collect();
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = picked(&ctx, &tx, &ids).await;
    let said = |count: usize| Note::new(Message::new("feedback-voice-aside-many").with("count", count));
    settle(&ctx, key, tx, done.map(|count| (PATH.to_owned(), said(count)))).await?
}

async fn picked(ctx: &Ctx, tx: &Tx, ids: &[Uuid]) -> Result<usize> {
    if ids.is_empty() {
        return Err(Error::invalid("feedback-voice-picked-none"));
    }
    let mut count = 0;
    for id in ids {
        // What accuses somebody is not set aside by a tick in a list.
        if rules::find(ctx, tx, *id).await.is_ok_and(|open| !open.one.closed) {
            rules::aside(ctx, tx, *id, None, Why::Nothing).await?;
            count += 1;
        }
    }
    Ok(count)
}

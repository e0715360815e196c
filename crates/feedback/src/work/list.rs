//! The officer's list: by deadline, narrowed, exported, several taken on at once.

use super::PATH;
use crate::handle;
use crate::kinds::Kinds;
use crate::model::{Report, last_day};
use crate::resident::pin;
use crate::store::{self, Asked, Which};
use crate::voice;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Uuid, clock};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::{BulkAction, Cell, Column, Empty, Filter, Kind, Row, Shell, Table};
use units::drawing::Drawing;
use units::place::Ground;
use vnsheet::Value;

const ROWS: usize = 25;
/// Rows of a file at most.
const EXPORT: i64 = 20_000;
/// Pins of the map.
const PINS: i64 = 300;

impl Which {
    const ALL: [Which; 5] = [Which::Mine, Which::Unheld, Which::Open, Which::Late, Which::Over];

    fn word(self) -> &'static str {
        match self {
            Which::Mine => "cua-toi",
            Which::Unheld => "chua-ai-nhan",
            Which::Open => "dang-mo",
            Which::Late => "qua-han",
            Which::Over => "da-xong",
        }
    }

    fn text_key(self) -> &'static str {
        match self {
            Which::Mine => "feedback-tab-mine",
            Which::Unheld => "feedback-tab-unheld",
            Which::Open => "feedback-tab-open",
            Which::Late => "feedback-tab-late",
            Which::Over => "feedback-tab-over",
        }
    }
}

#[derive(Template)]
#[template(path = "work-list.html")]
struct ListPage {
    shell: Shell,
    tabs: Vec<(String, String)>,
    here: String,
    table: Table,
    map: Option<Drawing>,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    // A head sees the whole village first: few of its reports are the head's own.
    let first = if ctx.scope.whole() { Which::Mine } else { Which::Open };
    let which = Which::ALL.into_iter().find(|one| one.word() == text("xem")).unwrap_or(first);
    let wanted = Asked { which, village: text("thon").parse().ok(), kind: text("loai").to_owned() };
    if let Some(format) = Format::parse(text("dinh-dang")) {
        return export(&ctx, &wanted, &format).await;
    }
    let after = match text("sau").parse::<Uuid>() {
        Ok(id) => Some(store::worked(&ctx, &ctx.app.db, id).await?),
        Err(_) => None,
    };
    let mut rows = store::list(&ctx, &wanted, after.as_ref(), ROWS as i64 + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let shell = Shell::of(&ctx, "feedback-work").await?;
    let ground = Ground::load(&ctx).await?;
    let mut table = table(&ctx, &shell, &wanted, &ground)?;
    table.next = rows.last().filter(|_| more).map(|last| last.id.to_string());
    table.rows = lines(&ctx, &rows, &ground).await?;
    let count = store::count(&ctx, &wanted).await?;
    (table.count, table.capped) = (u64::try_from(count).ok(), count >= 1_000);
    let url = |one: Which| format!("{PATH}?xem={}", one.word());
    let kinds = Kinds::load(&ctx)?;
    let pins = store::list(&ctx, &wanted, None, PINS).await?;
    let mut tabs: Vec<(String, String)> =
        Which::ALL.into_iter().map(|one| (url(one), t.t(one.text_key()))).collect();
    if ctx.may("feedback.voices") {
        let count = voice::count_waiting(&ctx).await?;
        tabs.push((voice::PATH.to_owned(), t.n("feedback-tab-voices", "count", count)));
    }
    let page = ListPage {
        tabs,
        here: url(which),
        table,
        map: Drawing::of(t, &ground, t.t("feedback-map")).map(|mut map| {
            let pins = pins.iter().filter_map(|one| Some((one, pin(&ctx, &kinds, one)?)));
            map.pins = pins.map(|(one, pin)| units::drawing::Pin { url: one.work_path(), ..pin }).collect();
            map
        }),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn table(ctx: &Ctx, shell: &Shell, wanted: &Asked, ground: &Ground) -> Result<Table> {
    let t = ctx.t();
    let kinds = Kinds::load(ctx)?;
    let mut table = Table::new(shell, "feedback", t.t("feedback-work"));
    table.columns = vec![
        Column::new("viec", t.t("feedback-what"), Kind::Name),
        Column::new("loai", t.t("feedback-kind"), Kind::Text),
        Column::new("thon", t.t("feedback-village"), Kind::Text),
        Column::new("han", t.t("feedback-due"), Kind::Date),
        Column::new("ai", t.t("feedback-holder"), Kind::Text),
        Column::new("cung", t.t("feedback-supporters-short"), Kind::Number),
        Column::new("trang-thai", t.t("feedback-state"), Kind::Badge),
    ];
    let all = |key: &str, mut options: Vec<(String, String)>| {
        options.insert(0, (String::new(), t.t(key)));
        options
    };
    let own = ctx.scope.ids("village");
    let mut villages = ground.options();
    villages.retain(|(id, _)| ctx.scope.whole() || own.iter().any(|own| own.to_string() == *id));
    let named = |kind: &crate::kinds::Kind| (kind.code.clone(), kind.name(ctx.lang).to_owned());
    let open: Vec<(String, String)> =
        kinds.kind.iter().filter(|kind| kind.way.is_none()).map(named).collect();
    table.filters = vec![
        Filter::choice(
            "thon",
            t.t("feedback-village"),
            wanted.village.map(|id| id.to_string()).unwrap_or_default(),
            all("feedback-all-villages", villages),
        ),
        Filter::choice("loai", t.t("feedback-kind"), wanted.kind.clone(), all("feedback-all-kinds", open)),
    ];
    table.export = true;
    table.bulk = vec![BulkAction {
        label: t.t("feedback-accept-picked"),
        url: format!("{PATH}/nhan-viec"),
        icon: "check",
        confirm: String::new(),
    }];
    // The head of a village passes on one by one: what is given away is out of sight.
    if ctx.scope.whole() {
        table.bulk.push(BulkAction {
            label: t.t("feedback-pass-many"),
            url: format!("{PATH}/chuyen-nhieu"),
            icon: "send",
            confirm: String::new(),
        });
    }
    table.bulk_key = ctx.new_id().to_string();
    table.empty = Empty { title: t.t("feedback-none"), text: t.t("feedback-none-how"), ..Empty::default() };
    Ok(table)
}

async fn names(ctx: &Ctx, rows: &[Report]) -> Result<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = rows.iter().filter_map(|one| one.holder_id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() { Ok(HashMap::new()) } else { identity::account_names(ctx, &ids).await }
}

async fn lines(ctx: &Ctx, rows: &[Report], ground: &Ground) -> Result<Vec<Row>> {
    let t = ctx.t();
    let kinds = Kinds::load(ctx)?;
    let names = names(ctx, rows).await?;
    let row = |one: &Report| Row {
        id: one.id.to_string(),
        url: Some(one.work_path()),
        cells: vec![
            Cell::text(said(ctx, one)).under(&one.code),
            Cell::text(kinds.name(&one.kind, ctx.lang)),
            Cell::text(ground.name(one.village_id)),
            Cell::text(one.due_at.map(|due| t.date(last_day(due))).unwrap_or_default()),
            Cell::text(one.holder_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default()),
            Cell::number(t, one.supporters),
            Cell::html(one.badge(ctx)),
        ],
    };
    Ok(rows.iter().map(row).collect())
}

fn said(ctx: &Ctx, one: &Report) -> String {
    if one.body.is_empty() { ctx.t().t("feedback-only-files") } else { one.short(90) }
}

/// The rows of the list as a file: no name and no telephone of whoever sent them.
async fn export(ctx: &Ctx, wanted: &Asked, format: &Format) -> Result<Response> {
    let t = ctx.t();
    let (kinds, ground) = (Kinds::load(ctx)?, Ground::load(ctx).await?);
    let rows = store::list(ctx, wanted, None, EXPORT).await?;
    let names = names(ctx, &rows).await?;
    let text = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(text) };
    let day = |at: Option<chrono::DateTime<chrono::Utc>>| {
        text(at.map(|at| t.date(clock::local_date(at))).unwrap_or_default())
    };
    let row = |one: &Report| {
        vec![
            text(one.code.clone()),
            text(kinds.name(&one.kind, ctx.lang)),
            text(one.body.clone()),
            text(ground.name(one.village_id)),
            text(one.place_words.clone()),
            day(Some(one.sent_at)),
            text(one.due_at.map(|due| t.date(last_day(due))).unwrap_or_default()),
            day(one.ended_at),
            text(t.t(one.state.text_key())),
            text(one.holder_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default()),
            Value::Whole(one.supporters),
            one.rating.map_or(Value::Empty, Value::Whole),
        ]
    };
    let headings = [
        "feedback-code",
        "feedback-kind",
        "feedback-words",
        "feedback-village",
        "feedback-place-words",
        "feedback-sent-at",
        "feedback-due",
        "feedback-ended-at",
        "feedback-state",
        "feedback-holder",
        "feedback-supporters-short",
        "feedback-stars",
    ];
    Sheet {
        name: format!("{} {}", t.t("feedback-title"), ctx.today().format("%d-%m-%Y")),
        headings: headings.iter().map(|key| t.t(key)).collect(),
        rows: rows.iter().map(row).collect(),
    }
    .answer(ctx, format)
}

/// The reader takes on all that were picked; those that somebody else has changed meanwhile stay as they are.
pub(super) async fn accept_picked(ctx: Ctx, sent: Form) -> Result<Response> {
    let ids: Vec<Uuid> = sent.all("id").filter_map(|id| id.parse().ok()).take(100).collect();
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = picked(&ctx, &tx, &ids).await;
    let done = done.map(|count| {
        (PATH.to_owned(), Note::new(platform::Message::new("feedback-accepted-many").with("count", count)))
    });
    settle(&ctx, key, tx, done).await?
}

async fn picked(ctx: &Ctx, tx: &platform::Tx, ids: &[Uuid]) -> Result<usize> {
    if ids.is_empty() {
        return Err(Error::invalid("feedback-picked-none"));
    }
    let kinds = Kinds::load(ctx)?;
    let mut count = 0;
    for id in ids {
        let one = store::worked(ctx, tx, *id).await?;
        if one.open && handle::may_settle(ctx, &kinds, &one) {
            handle::accept(ctx, tx, *id, one.revision).await?;
            count += 1;
        }
    }
    Ok(count)
}

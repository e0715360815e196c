//! The list of work files, the newest first.

use super::PATH;
use super::model::{Kind, State, WorkFile};
use super::rules::SEARCHED;
use super::store::{self, Filter};
use super::terms::Terms;
use super::words;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid, search};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Row, Shell, Table};
use vnsheet::Value;

const ROWS: usize = 25;
const EXPORT_MAX: i64 = 20_000;
const FOUND_MAX: usize = 300;
const ALL: &str = "tat-ca";
const MINE: &str = "cua-toi";

#[derive(Template)]
#[template(path = "workfile-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    tabs: Vec<(String, String)>,
    here: String,
    query: String,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let tab = if text("xem").is_empty() { MINE } else { text("xem") };
    let mut filter = Filter {
        state: if tab == MINE { Some(State::Open) } else { State::parse(tab) },
        mine: tab == MINE,
        heading: text("de-muc").to_owned(),
        year: text("nam").parse().ok(),
        ..Filter::default()
    };
    if !text("q").is_empty() {
        filter.ids = Some(found(&ctx, text("q")).await?);
    }
    if let Some(format) = Format::parse(text("dinh-dang")) {
        let rows = store::list(&ctx, &filter, None, EXPORT_MAX).await?;
        return sheet(&ctx, &rows).await?.answer(&ctx, &format);
    }
    let mut rows = store::list(&ctx, &filter, text("sau").parse().ok(), ROWS as i64 + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let shell = Shell::of(&ctx, "office-workfile-menu").await?;
    let mut table = table(&ctx, &shell, tab, text("q"), &filter)?;
    table.next = rows.last().filter(|_| more).map(|last| last.id.to_string());
    table.rows = lines(&ctx, &rows).await?;
    let count = store::count(&ctx, &filter).await?;
    (table.count, table.capped) = (u64::try_from(count).ok(), count >= 1_000);
    let page = ListPage {
        tabs: tabs(&ctx).into_iter().map(|(word, label)| (format!("{PATH}?xem={word}"), label)).collect(),
        here: format!("{PATH}?xem={tab}"),
        query: format!("xem={tab}&de-muc={}&nam={}", filter.heading, text("nam")),
        table,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// By code and title, and by the words of the documents that a file holds, as far as the reader may search those.
async fn found(ctx: &Ctx, question: &str) -> Result<Vec<Uuid>> {
    let mut ids = search::text::find(ctx, &ctx.scope, question, SEARCHED, FOUND_MAX).await?;
    let items = search::text::find(ctx, &ctx.scope, question, words::SEARCHED, FOUND_MAX).await?;
    ids.extend(store::files_of(ctx, &items).await?);
    for (kind, searched, action) in
        [(Kind::Incoming, "incoming", "incoming.list"), (Kind::Outgoing, "outgoing", "outgoing.list")]
    {
        if !ctx.may(action) {
            continue;
        }
        let mut hits = search::text::find(ctx, &ctx.scope_of(action), question, searched, FOUND_MAX).await?;
        if kind == Kind::Outgoing {
            hits = crate::outgoing::by_ids(ctx, hits).await?.into_iter().map(|one| one.id).collect();
        }
        ids.extend(store::ids_with(ctx, kind, &hits).await?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

fn tabs(ctx: &Ctx) -> Vec<(String, String)> {
    let t = ctx.t();
    let mut tabs = vec![(MINE.to_owned(), t.t("office-workfile-tab-mine"))];
    let states = [State::Open, State::Closed, State::Offered, State::Archived, State::Destroyed];
    tabs.extend(states.into_iter().map(|state| (state.code().to_owned(), t.t(state.text_key()))));
    tabs.push((ALL.to_owned(), t.t("office-all")));
    tabs
}

fn table(ctx: &Ctx, shell: &Shell, tab: &str, question: &str, filter: &Filter) -> Result<Table> {
    let t = ctx.t();
    let terms = Terms::load(ctx)?;
    let mut table = Table::new(shell, "workfile", t.t("office-workfile-menu"));
    table.columns = vec![
        Column::new("ten", t.t("office-workfile-title"), ui::Kind::Name),
        Column::new("ma", t.t("office-workfile-code"), ui::Kind::Text),
        Column::new("nguoi-giu", t.t("office-workfile-keeper"), ui::Kind::Text),
        Column::new("tai-lieu", t.t("office-workfile-items"), ui::Kind::Number),
        Column::new("mo", t.t("office-workfile-opened"), ui::Kind::Date),
        Column::new("giu-den", t.t("office-workfile-until"), ui::Kind::Text),
        Column::new("trang-thai", t.t("office-state"), ui::Kind::Badge),
    ];
    let headings = std::iter::once((String::new(), t.t("office-all")));
    let headings = headings.chain(
        terms
            .headings
            .iter()
            .map(|one| (one.code.clone(), format!("{} · {}", one.code, one.name.of(ctx.lang)))),
    );
    table.filters = vec![
        ui::Filter::text("q", t.t("office-workfile-find"), question),
        ui::Filter::choice("xem", t.t("office-state"), tab, tabs(ctx)),
        ui::Filter::choice("de-muc", t.t("office-workfile-heading"), &filter.heading, headings.collect()),
    ];
    table.empty = Empty {
        title: t.t("office-workfile-none"),
        text: t.t("office-workfile-none-how"),
        action: t.t("office-workfile-open"),
        url: format!("{PATH}/moi"),
    };
    Ok(table)
}

/// Until when it is kept, in words.
pub(super) fn until(ctx: &Ctx, terms: &Terms, one: &WorkFile) -> String {
    match (terms.until(&one.term, one.closed_at), terms.term(&one.term)) {
        (Some(day), _) => ctx.t().date(day),
        (None, Some(term)) => term.name.of(ctx.lang).to_owned(),
        (None, None) => one.term.clone(),
    }
}

async fn lines(ctx: &Ctx, rows: &[WorkFile]) -> Result<Vec<Row>> {
    let (t, terms) = (ctx.t(), Terms::load(ctx)?);
    let ids: Vec<Uuid> = rows.iter().map(|one| one.id).collect();
    let counts: HashMap<Uuid, store::Count> =
        store::counts(ctx, &ids).await?.into_iter().map(|one| (one.file_id, one)).collect();
    let keepers: Vec<Uuid> = rows.iter().map(|one| one.keeper_id).collect();
    let names = identity::account_names(ctx, &keepers).await?;
    let row = |one: &WorkFile| {
        let count = counts.get(&one.id);
        let papers = count.map_or(0, |count| count.papers);
        let under = if papers == 0 { String::new() } else { t.n("office-workfile-papers", "count", papers) };
        Row {
            id: one.id.to_string(),
            url: Some(one.path()),
            cells: vec![
                Cell::text(&one.title),
                Cell::text(&one.code),
                Cell::text(names.get(&one.keeper_id).cloned().unwrap_or_default()),
                Cell::text(t.number(count.map_or(0, |count| count.items))).under(&under),
                Cell::text(t.date(platform::clock::local_date(one.opened_at))),
                Cell::text(until(ctx, &terms, one)),
                Cell::badge(one.badge(), &t.t(one.state.text_key())),
            ],
        }
    };
    Ok(rows.iter().map(row).collect())
}

/// The list as a file.
pub(super) async fn sheet(ctx: &Ctx, rows: &[WorkFile]) -> Result<Sheet> {
    let t = ctx.t();
    let columns = ["code", "title", "heading", "keeper", "opened", "closed", "term", "items", "pages"];
    let headings = columns.iter().map(|one| t.t(&format!("office-workfile-{one}"))).collect();
    let terms = Terms::load(ctx)?;
    let mut lines = Vec::new();
    // Names and counts are read for some hundreds of files at once.
    for part in rows.chunks(300) {
        let ids: Vec<Uuid> = part.iter().map(|one| one.id).collect();
        let counts: HashMap<Uuid, store::Count> =
            store::counts(ctx, &ids).await?.into_iter().map(|one| (one.file_id, one)).collect();
        let keepers: Vec<Uuid> = part.iter().map(|one| one.keeper_id).collect();
        let names = identity::account_names(ctx, &keepers).await?;
        for one in part {
            let count = counts.get(&one.id);
            let day = |at| t.date(platform::clock::local_date(at));
            lines.push(vec![
                Value::Text(one.code.clone()),
                Value::Text(one.title.clone()),
                Value::Text(one.heading.clone()),
                Value::Text(names.get(&one.keeper_id).cloned().unwrap_or_default()),
                Value::Text(day(one.opened_at)),
                Value::Text(one.closed_at.map(day).unwrap_or_default()),
                Value::Text(terms.term(&one.term).map_or("", |term| term.name.of(ctx.lang)).to_owned()),
                Value::Text(count.map_or(0, |count| count.items).to_string()),
                Value::Text(count.and_then(|count| count.pages).unwrap_or(0).to_string()),
            ]);
        }
    }
    Ok(Sheet { name: t.t("office-workfile-menu"), headings, rows: lines })
}

/// Files behind a figure, as far as the reader may see them.
pub(crate) async fn shown(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<figures::Shown>> {
    if !ctx.may("workfile.mine") {
        return Ok(Vec::new());
    }
    let filter = Filter { ids: Some(ids.to_vec()), ..Filter::default() };
    let found = store::list(ctx, &filter, None, ids.len() as i64).await?;
    let line = |one: WorkFile| figures::Shown {
        id: one.id,
        title: one.title.clone(),
        subtitle: format!("{} · {}", one.code, ctx.t().t(one.state.text_key())),
        url: one.path(),
    };
    Ok(found.into_iter().map(line).collect())
}

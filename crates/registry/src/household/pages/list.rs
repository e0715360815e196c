//! The list of households: filter in words, pages by key, the same rows as a file.

use crate::code;
use crate::household::{self, Filter, Listed, Poverty, Residence, State};
use crate::page::{After, Page};
use crate::show::sheet::{Format, ROWS_MAX, Sheet};
use crate::show::{Words, choices, fresh_key, param, with_any, yes_param};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Error, Result, T, Uuid, search};
use std::collections::HashMap;
use ui::{BulkAction, Cell, Column, Empty, Kind, Row, Shell, Status, Table};
use vnsheet::Value;

/// Short enough for a phone on a weak line.
const ROWS: i64 = 25;
/// A search that finds more is told to be narrowed.
const FOUND_MAX: usize = 500;

#[derive(Template)]
#[template(path = "household/list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    may_add: bool,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let words = Words::today(&ctx).await?;
    let filter = filter(&ctx, &query).await?;
    if let Some(format) = Format::parse(param(&query, "dinh-dang")) {
        return export(&ctx, &words, &filter).await?.answer(&ctx, &format);
    }
    let nothing = filter.ids.as_ref().is_some_and(Vec::is_empty);
    let after = After::parse(param(&query, "sau"));
    let page = match nothing {
        true => Page { rows: Vec::new(), next: None },
        false => household::list(&ctx, &filter, after.as_ref(), ROWS).await?,
    };
    let shell = Shell::of(&ctx, "registry-households").await?.crumb(ctx.t().t("registry-households"), "");
    let mut table = table(&ctx, &shell, &words, &query);
    if !nothing {
        let count = household::count(&ctx, &filter).await?;
        (table.count, table.capped) = (u64::try_from(count.count).ok(), count.capped);
    }
    table.rows = page.rows.iter().map(|row| line(ctx.t(), &words, row)).collect();
    table.next = page.next.map(|after| crate::work::cursor(&after));
    let may_add = ctx.may("household.insert");
    Ok(html(ui::render(&ListPage { shell, table, may_add })?))
}

/// All rows that match, as a file. It is a copy of personal data, so it needs a permission of its own and is recorded.
async fn export(ctx: &Ctx, words: &Words, filter: &Filter) -> Result<Sheet> {
    let ctx = &Ctx { scope: ctx.scope_of("household.export"), action: "household.export", ..ctx.clone() };
    if ctx.scope.is_empty() {
        return Err(Error::forbidden());
    }
    let sheet = sheet(ctx, words, filter).await?;
    let tx = ctx.begin().await?;
    let detail = serde_json::json!({ "rows": sheet.rows.len() });
    audit::record(
        ctx,
        &tx,
        audit::Entry { action: "household.export", kind: "registry", id: ctx.commune, detail },
    )
    .await?;
    tx.commit().await?;
    Ok(sheet)
}

async fn filter(ctx: &Ctx, query: &HashMap<String, String>) -> Result<Filter> {
    let village: Option<Uuid> = param(query, "thon").parse().ok();
    Ok(Filter {
        villages: village.into_iter().collect(),
        poverty: Poverty::parse(param(query, "ngheo")),
        residence: Residence::parse(param(query, "cu-tru")),
        fibre: yes_param(query, "cap-quang"),
        ended: param(query, "trang-thai") == "ended",
        ids: found(ctx, param(query, "q")).await?,
    })
}

/// What the words of the search box mean: a code, or households that the search knows by head, book number, address.
async fn found(ctx: &Ctx, text: &str) -> Result<Option<Vec<Uuid>>> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(code) = code::parse(text)
        && let Ok(found) = code::find(ctx, &code).await
    {
        return Ok(Some(vec![found.object_id]));
    }
    let hits = search::find(ctx, &ctx.scope, text, Some("household"), FOUND_MAX).await?;
    Ok(Some(hits.hits.into_iter().map(|hit| hit.id).collect()))
}

fn table(ctx: &Ctx, shell: &Shell, words: &Words, query: &HashMap<String, String>) -> Table {
    let t = ctx.t();
    let value = |name: &str| param(query, name).to_owned();
    let mut table = Table::new(shell, "households", t.t("registry-households"));
    table.columns = vec![
        Column::new("ten", t.t("registry-head"), Kind::Name),
        Column::new("thon", t.t("registry-village"), Kind::Text),
        Column::new("dia-chi", t.t("registry-address"), Kind::Text).hidden(),
        Column::new("so-so", t.t("registry-book"), Kind::Text),
        Column::new("nguoi", t.t("registry-members"), Kind::Number),
        Column::new("ngheo", t.t("registry-standing"), Kind::Badge),
        Column::new("cap-quang", t.t("registry-fibre"), Kind::Badge),
        Column::new("cu-tru", t.t("registry-residence"), Kind::Text).hidden(),
    ];
    let yes_no = vec![("1".to_owned(), t.t("registry-yes")), ("0".to_owned(), t.t("registry-no"))];
    let any = || t.t("registry-any");
    let states = vec![
        (String::new(), t.t(State::Active.text_key())),
        ("ended".to_owned(), t.t(State::Ended.text_key())),
    ];
    table.filters = vec![
        ui::Filter::text("q", t.t("registry-household-search"), value("q")),
        ui::Filter::choice(
            "thon",
            t.t("registry-village"),
            value("thon"),
            with_any(any(), words.village_choices(ctx)),
        ),
        ui::Filter::choice(
            "ngheo",
            t.t("registry-standing"),
            value("ngheo"),
            with_any(any(), choices(t, Poverty::ALL, Poverty::code, Poverty::text_key)),
        ),
        ui::Filter::choice("cap-quang", t.t("registry-fibre"), value("cap-quang"), with_any(any(), yes_no)),
        ui::Filter::choice(
            "cu-tru",
            t.t("registry-residence"),
            value("cu-tru"),
            with_any(any(), choices(t, Residence::ALL, Residence::code, Residence::text_key)),
        ),
        ui::Filter::choice("trang-thai", t.t("registry-state"), value("trang-thai"), states),
    ];
    if ctx.may("label.print") {
        let print = BulkAction {
            label: t.t("registry-print-labels"),
            url: "/lam-viec/tem".into(),
            icon: "qr-code",
            confirm: String::new(),
        };
        table.bulk.push(print);
        table.bulk_key = fresh_key(ctx);
    }
    table.export = ctx.may("household.export");
    table.empty = Empty {
        title: t.t("registry-households-none"),
        text: t.t("registry-households-none-how"),
        action: String::new(),
        url: String::new(),
    };
    if ctx.may("import.insert") {
        (table.empty.action, table.empty.url) = (t.t("registry-import-excel"), "/lam-viec/nhap".into());
    }
    table
}

fn line(t: T, words: &Words, row: &Listed) -> Row {
    let (household, facts) = (&row.household, &row.household.facts);
    let head = row.head_name.clone().unwrap_or_else(|| t.t("registry-headless"));
    let fibre = if facts.fibre {
        Cell::badge(Status::Done, &t.t("registry-fibre-yes"))
    } else {
        Cell::badge(Status::Off, &t.t("registry-fibre-no"))
    };
    Row {
        id: household.id.to_string(),
        url: Some(crate::find::household_path(household.id)),
        cells: vec![
            Cell::text(head).under(&household.code),
            Cell::text(words.village(facts.village_id)),
            Cell::text(&facts.address),
            Cell::text(&facts.book_no),
            Cell::number(t, household.size),
            standing(t, facts.poverty),
            fibre,
            Cell::text(t.t(facts.residence.text_key())),
        ],
    }
}

/// Poor and near poor stand out; all others are not named.
fn standing(t: T, poverty: Poverty) -> Cell {
    match poverty {
        Poverty::None => Cell::text(""),
        Poverty::NearPoor => Cell::badge(Status::Info, &t.t(poverty.text_key())),
        Poverty::Poor => Cell::badge(Status::Soon, &t.t(poverty.text_key())),
    }
}

/// All households that match, without any personal number.
async fn sheet(ctx: &Ctx, words: &Words, filter: &Filter) -> Result<Sheet> {
    let t = ctx.t();
    let mut rows = Vec::new();
    let mut after: Option<After> = None;
    while rows.len() < ROWS_MAX && filter.ids.as_ref().is_none_or(|ids| !ids.is_empty()) {
        let page = household::list(ctx, filter, after.as_ref(), crate::page::PAGE_MAX).await?;
        rows.extend(page.rows.iter().map(|row| cells(t, words, row)));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let headings = [
        "code",
        "head",
        "village",
        "address",
        "book",
        "members",
        "standing",
        "residence",
        "fibre",
        "water",
        "electric",
    ];
    let headings = headings.into_iter().map(|name| t.t(&format!("registry-{name}"))).collect();
    Ok(Sheet { name: t.t("registry-households"), headings, rows })
}

fn cells(t: T, words: &Words, row: &Listed) -> Vec<Value> {
    let (household, facts) = (&row.household, &row.household.facts);
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) };
    vec![
        text(&household.code),
        text(row.head_name.as_deref().unwrap_or_default()),
        text(&words.village(facts.village_id)),
        text(&facts.address),
        text(&facts.book_no),
        Value::Whole(household.size),
        text(&t.t(facts.poverty.text_key())),
        text(&t.t(facts.residence.text_key())),
        text(&words.yes(facts.fibre)),
        text(&words.yes_or_unknown(facts.water)),
        text(&words.yes_or_unknown(facts.electric)),
    ]
}

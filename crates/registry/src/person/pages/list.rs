//! The list of people. Numbers and telephones are masked; the card shows them on a recorded click.

use crate::code;
use crate::page::{After, Page};
use crate::person::{self, Filter, Person, Residence, Sex, State};
use crate::show::sheet::{Format, ROWS_MAX, Sheet};
use crate::show::{Words, choices, param, with_any, yes_param};
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
#[template(path = "person/list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
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
        false => person::list(&ctx, &filter, after.as_ref(), ROWS).await?,
    };
    let shell = Shell::of(&ctx, "registry-people").await?.crumb(ctx.t().t("registry-people"), "");
    let mut table = table(&ctx, &shell, &words, &query);
    if !nothing {
        let count = person::count(&ctx, &filter).await?;
        (table.count, table.capped) = (u64::try_from(count.count).ok(), count.capped);
    }
    table.rows = page.rows.iter().map(|person| line(&ctx, &words, person)).collect();
    table.next = page.next.map(|after| crate::work::cursor(&after));
    Ok(html(ui::render(&ListPage { shell, table })?))
}

/// All rows that match, as a file. It is a copy of personal data, so it needs a permission of its own and is recorded.
async fn export(ctx: &Ctx, words: &Words, filter: &Filter) -> Result<Sheet> {
    let ctx = &Ctx { scope: ctx.scope_of("person.export"), action: "person.export", ..ctx.clone() };
    if ctx.scope.is_empty() {
        return Err(Error::forbidden());
    }
    let sheet = sheet(ctx, words, filter).await?;
    let tx = ctx.begin().await?;
    let detail = serde_json::json!({ "rows": sheet.rows.len() });
    audit::record(
        ctx,
        &tx,
        audit::Entry { action: "person.export", kind: "registry", id: ctx.commune, detail },
    )
    .await?;
    tx.commit().await?;
    Ok(sheet)
}

async fn filter(ctx: &Ctx, query: &HashMap<String, String>) -> Result<Filter> {
    let village: Option<Uuid> = param(query, "thon").parse().ok();
    let text = |name: &str| Some(param(query, name).to_owned()).filter(|text| !text.is_empty());
    Ok(Filter {
        villages: village.into_iter().collect(),
        sex: Sex::parse(param(query, "gioi-tinh")),
        ethnic: text("dan-toc"),
        residence: Residence::parse(param(query, "cu-tru")),
        smartphone: yes_param(query, "thong-minh"),
        payment_account: yes_param(query, "tai-khoan"),
        numbered: yes_param(query, "so-dinh-danh"),
        skill: text("ky-nang"),
        state: State::parse(param(query, "trang-thai"))
            .filter(|state| matches!(state, State::Died | State::Left)),
        born_from: None,
        born_to: None,
        household: None,
        ids: found(ctx, param(query, "q")).await?,
    })
}

/// What the words of the search box mean: a code, a whole number, or people that the search knows.
async fn found(ctx: &Ctx, text: &str) -> Result<Option<Vec<Uuid>>> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(code) = code::parse(text)
        && let Ok(found) = code::find(ctx, &code).await
    {
        return Ok(Some(vec![found.object_id]));
    }
    let hits = search::find(ctx, &ctx.scope, text, Some("person"), FOUND_MAX).await?;
    Ok(Some(hits.hits.into_iter().map(|hit| hit.id).collect()))
}

fn table(ctx: &Ctx, shell: &Shell, words: &Words, query: &HashMap<String, String>) -> Table {
    let t = ctx.t();
    let mut table = Table::new(shell, "people", t.t("registry-people"));
    table.columns = vec![
        Column::new("ten", t.t("registry-full-name"), Kind::Name),
        Column::new("nam-sinh", t.t("registry-year-born"), Kind::Number),
        Column::new("gioi-tinh", t.t("registry-sex"), Kind::Text),
        Column::new("thon", t.t("registry-village"), Kind::Text),
        Column::new("so", t.t("registry-personal-no"), Kind::Masked),
        Column::new("dan-toc", t.t("registry-ethnic"), Kind::Text),
        Column::new("quan-he", t.t("registry-relation"), Kind::Text).hidden(),
        Column::new("cu-tru", t.t("registry-residence"), Kind::Text).hidden(),
        Column::new("bhyt", t.t("registry-insurance-until"), Kind::Date),
    ];
    table.filters = filters(ctx, words, query);
    if ctx.may("label.print") {
        let print = BulkAction {
            label: t.t("registry-print-labels"),
            url: "/lam-viec/tem".into(),
            icon: "qr-code",
            confirm: String::new(),
        };
        table.bulk.push(print);
        table.bulk_key = crate::show::fresh_key(ctx);
    }
    table.export = ctx.may("person.export");
    table.empty = Empty {
        title: t.t("registry-people-none"),
        text: t.t("registry-people-none-how"),
        action: String::new(),
        url: String::new(),
    };
    table
}

fn filters(ctx: &Ctx, words: &Words, query: &HashMap<String, String>) -> Vec<ui::Filter> {
    let t = ctx.t();
    let value = |name: &str| param(query, name).to_owned();
    let yes_no = vec![("1".to_owned(), t.t("registry-yes")), ("0".to_owned(), t.t("registry-no"))];
    let choice = |name: &'static str, key: &str, options: Vec<(String, String)>| {
        ui::Filter::choice(name, t.t(key), value(name), with_any(t.t("registry-any"), options))
    };
    let states = vec![
        (String::new(), t.t(State::Present.text_key())),
        ("died".to_owned(), t.t(State::Died.text_key())),
        ("left".to_owned(), t.t(State::Left.text_key())),
    ];
    vec![
        ui::Filter::text("q", t.t("registry-person-search"), value("q")),
        choice("thon", "registry-village", words.village_choices(ctx)),
        choice("gioi-tinh", "registry-sex", choices(t, Sex::ALL, Sex::code, Sex::text_key)),
        choice("dan-toc", "registry-ethnic", words.choices(&words.lists.ethnic)),
        choice(
            "cu-tru",
            "registry-residence",
            choices(t, Residence::ALL, Residence::code, Residence::text_key),
        ),
        choice("so-dinh-danh", "registry-numbered", yes_no.clone()),
        choice("thong-minh", "registry-smartphone", yes_no.clone()),
        choice("tai-khoan", "registry-payment", yes_no),
        choice("ky-nang", "registry-skill", words.choices(&words.lists.skill)),
        ui::Filter::choice("trang-thai", t.t("registry-state"), value("trang-thai"), states),
    ]
}

fn line(ctx: &Ctx, words: &Words, person: &Person) -> Row {
    let (t, facts) = (ctx.t(), &person.facts);
    let insured = match facts.insurance_until {
        None => Cell::text(""),
        Some(day) if day < ctx.today() => {
            Cell::badge(Status::Off, &t.s("registry-ended-on", "day", &t.date(day)))
        }
        Some(day) => Cell::text(t.date(day)),
    };
    Row {
        id: person.id.to_string(),
        url: Some(crate::find::person_path(person.id)),
        cells: vec![
            Cell::text(&facts.full_name).under(&person.code),
            Cell::text(facts.birth_date.format("%Y").to_string()),
            Cell::text(t.t(facts.sex.text_key())),
            Cell::text(words.village(person.place.village_id)),
            Cell::text(words.masked_number(facts.personal_no.as_deref())),
            Cell::text(words.label(&words.lists.ethnic, &facts.ethnic)),
            Cell::text(words.relation(&person.place.relation)),
            Cell::text(t.t(person.place.residence.text_key())),
            insured,
        ],
    }
}

/// All people who match; numbers stay masked in files too.
async fn sheet(ctx: &Ctx, words: &Words, filter: &Filter) -> Result<Sheet> {
    let t = ctx.t();
    let mut rows = Vec::new();
    let mut after: Option<After> = None;
    while rows.len() < ROWS_MAX && filter.ids.as_ref().is_none_or(|ids| !ids.is_empty()) {
        let page = person::list(ctx, filter, after.as_ref(), crate::page::PAGE_MAX).await?;
        rows.extend(page.rows.iter().map(|person| cells(t, words, person)));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let headings = [
        "code",
        "full-name",
        "birth-year",
        "sex",
        "village",
        "relation",
        "residence",
        "ethnic",
        "personal-no",
        "insurance-until",
    ];
    let headings = headings.into_iter().map(|name| t.t(&format!("registry-{name}"))).collect();
    Ok(Sheet { name: t.t("registry-people"), headings, rows })
}

fn cells(t: T, words: &Words, person: &Person) -> Vec<Value> {
    let facts = &person.facts;
    vec![
        Value::Text(person.code.clone()),
        Value::Text(facts.full_name.clone()),
        Value::Text(facts.birth_date.format("%Y").to_string()),
        Value::Text(t.t(facts.sex.text_key())),
        Value::Text(words.village(person.place.village_id)),
        Value::Text(words.relation(&person.place.relation)),
        Value::Text(t.t(person.place.residence.text_key())),
        Value::Text(words.label(&words.lists.ethnic, &facts.ethnic)),
        Value::Text(words.masked_number(facts.personal_no.as_deref())),
        facts.insurance_until.map_or(Value::Empty, Value::Date),
    ]
}

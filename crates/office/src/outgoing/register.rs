//! The register of outgoing documents (Decree 30/2020, Annex IV): ten columns, by year and book, on paper and as a file.

use super::PATH;
use super::kinds::Kinds;
use super::model::{Document, Recipient, State};
use super::{store, trail};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::Datelike;
use platform::http::html;
use platform::{Ctx, Error, Kind, Result, Uuid};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::Shell;
use vnsheet::Value;

const ROWS: usize = 100;
const EXPORT_MAX: i64 = 20_000;

/// A line of the register, in the columns of the decree.
pub(super) struct Entry {
    pub url: String,
    pub cells: [String; 10],
}

#[derive(Template)]
#[template(path = "outgoing-register.html")]
struct RegisterPage {
    shell: Shell,
    title: String,
    columns: Vec<String>,
    lines: Vec<Entry>,
    years: Vec<(String, String)>,
    books: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    year: String,
    book: String,
    kind: String,
    export: String,
    next: String,
}

const COLUMNS: [&str; 10] = [
    "office-register-number",
    "office-register-day",
    "office-register-subject",
    "office-register-signer",
    "office-register-receivers",
    "office-register-keeper",
    "office-register-copies",
    "office-register-handed",
    "office-register-acknowledged",
    "office-register-note",
];

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let now = i64::from(ctx.today().year());
    let year = text("nam").parse::<i64>().unwrap_or(now);
    let kinds = Kinds::load(&ctx)?;
    let open: Vec<_> = kinds.issuers.iter().filter(|one| !one.closed || ctx.may("outgoing.closed")).collect();
    let issuer =
        open.iter().find(|one| one.code == text("so")).or(open.first()).ok_or_else(Error::not_found)?;
    let kind = text("loai");
    if let Some(format) = Format::parse(text("dinh-dang")) {
        return export(&ctx, &issuer.code, year, kind, &format).await;
    }
    let after = match text("sau").parse::<Uuid>() {
        Ok(id) => Some(store::find(&ctx, &ctx.app.db, id).await?),
        Err(_) => None,
    };
    let mut found = store::register(&ctx, &issuer.code, year, kind, after.as_ref(), ROWS as i64 + 1).await?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let t = ctx.t();
    let here = format!("{PATH}/so?nam={year}&so={}&loai={kind}", issuer.code);
    let shell = Shell::of(&ctx, "office-outgoing-register").await?;
    let shell = shell.crumb(t.t("office-outgoing"), PATH).crumb(t.t("office-outgoing-register"), "");
    let mut choices: Vec<(String, String)> =
        issuer.kinds.iter().map(|one| (one.code.clone(), one.named(ctx.lang).to_owned())).collect();
    choices.insert(0, (String::new(), t.t("office-outgoing-kinds-all")));
    let page = RegisterPage {
        title: t.a(
            "office-register-title",
            &[("name", issuer.name.of(ctx.lang).into()), ("year", year.to_string().into())],
        ),
        columns: COLUMNS.iter().map(|key| t.t(key)).collect(),
        lines: entries(&ctx, &found).await?,
        years: (0..5).map(|back| (now - back).to_string()).map(|year| (year.clone(), year)).collect(),
        books: open.iter().map(|one| (one.code.clone(), one.name.of(ctx.lang).to_owned())).collect(),
        kinds: choices,
        year: year.to_string(),
        book: issuer.code.clone(),
        kind: kind.to_owned(),
        export: format!("{here}&dinh-dang=xlsx"),
        next: found.last().filter(|_| more).map(|last| format!("{here}&sau={}", last.id)).unwrap_or_default(),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

pub(super) async fn entries(ctx: &Ctx, found: &[Document]) -> Result<Vec<Entry>> {
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let recipients = if ids.is_empty() { HashMap::new() } else { trail::recipients_of(ctx, &ids).await? };
    let none = Vec::new();
    let mut all = Vec::new();
    for one in found {
        all.push(entry(ctx, one, recipients.get(&one.id).unwrap_or(&none)).await?);
    }
    Ok(all)
}

async fn entry(ctx: &Ctx, one: &Document, to: &[Recipient]) -> Result<Entry> {
    let t = ctx.t();
    let day = |at: chrono::DateTime<chrono::Utc>| t.date(platform::clock::local_date(at));
    let many = |of: Vec<String>| of.join("; ");
    let came = |one: &&Recipient| !matches!(one.delivery.code(), "waiting" | "by-hand" | "failed");
    let handed = to.iter().filter(came).map(|one| one.at).min().or(one.issued_at);
    let acknowledged = to.iter().filter(|one| !matches!(one.delivery.code(), "waiting" | "by-hand" | "sent"));
    let acknowledged = acknowledged.map(|one| format!("{}: {}", one.name, t.t(one.delivery.text_key())));
    let copies = usize::try_from(one.content.copies).unwrap_or(0).max(to.len());
    let note = match one.state {
        State::Recalled => t.s("office-register-recalled", "name", &one.recall_reason),
        State::Replaced => t.t(one.state.text_key()),
        State::Numbered => t.t(one.stand()),
        _ => String::new(),
    };
    let note = match one.replaced_by {
        Some(by) => match store::find(ctx, &ctx.app.db, by).await {
            Ok(other) => t.s("office-outgoing-replaced-by", "name", &other.full_number()),
            Err(error) if error.is(Kind::NotFound) => note,
            Err(error) => return Err(error),
        },
        None => note,
    };
    Ok(Entry {
        url: one.path(),
        cells: [
            one.full_number(),
            one.numbered_at.map(day).unwrap_or_default(),
            format!("{}: {}", super::list::kind_name(ctx, one)?, one.subject),
            one.signer_name.clone(),
            many(to.iter().map(|one| one.name.clone()).collect()),
            t.t("office-register-clerk"),
            copies.to_string(),
            handed.map(day).unwrap_or_default(),
            many(acknowledged.collect()),
            note,
        ],
    })
}

async fn export(ctx: &Ctx, issuer: &str, year: i64, kind: &str, format: &Format) -> Result<Response> {
    let found = store::register(ctx, issuer, year, kind, None, EXPORT_MAX).await?;
    let t = ctx.t();
    let text = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(text) };
    let rows = entries(ctx, &found).await?.into_iter().map(|one| one.cells.map(text).to_vec()).collect();
    let tx = ctx.begin().await?;
    let detail = serde_json::json!({ "rows": found.len(), "year": year });
    let entry = audit::Entry { action: "outgoing.export", kind: "office", id: ctx.commune, detail };
    audit::record(ctx, &tx, entry).await?;
    tx.commit().await?;
    let name = format!("{} {year}", t.t("office-outgoing-register"));
    Sheet { name, headings: COLUMNS.iter().map(|key| t.t(key)).collect(), rows }.answer(ctx, format)
}

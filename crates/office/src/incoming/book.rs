//! The register of incoming documents, with the ten columns of Annex IV of Decree 30/2020/NĐ-CP: on paper and as a file.

use super::model::Incoming;
use super::store;
use crate::books::Books;
use crate::task;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::Datelike;
use platform::http::html;
use platform::{Ctx, Result, T, Uuid};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::Shell;
use vnsheet::Value;

/// Lines of one page; a year of a commune has a few thousand.
const ROWS: i64 = 200;
/// Lines of an export.
const EXPORT_MAX: i64 = 50_000;

/// A line of the register: the ten columns.
type Line = [String; 10];

#[derive(Template)]
#[template(path = "incoming-book.html")]
struct BookPage {
    shell: Shell,
    name: String,
    year: String,
    books: Vec<(String, String)>,
    book: String,
    headings: Vec<String>,
    lines: Vec<Line>,
    next: String,
    query: String,
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let books = Books::load(&ctx)?;
    let book = books.book(text("so-van-ban")).or_else(|| books.incoming.first());
    let (code, name) = book.map_or(("", ""), |book| (book.code.as_str(), book.name.of(ctx.lang)));
    let year: i64 = text("nam").parse().unwrap_or_else(|_| i64::from(ctx.today().year()));
    let headings: Vec<String> = (1..=10).map(|n| t.t(&format!("office-incoming-book-{n}"))).collect();
    if let Some(format) = Format::parse(text("dinh-dang")) {
        let rows = store::book(&ctx, code, year, 0, EXPORT_MAX).await?;
        let lines = lines(&ctx, &rows).await?;
        let rows = lines.into_iter().map(|line| line.into_iter().map(Value::Text).collect()).collect();
        return Sheet { name: format!("{name} {year}"), headings, rows }.answer(&ctx, &format);
    }
    let after = text("sau").parse().unwrap_or(0);
    let mut rows = store::book(&ctx, code, year, after, ROWS + 1).await?;
    let more = rows.len() as i64 > ROWS;
    rows.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    let query = format!("so-van-ban={code}&nam={year}");
    let last = rows.last().and_then(|row| row.arrival_number).filter(|_| more);
    let shell = Shell::of(&ctx, "office-incoming-book").await?;
    let page = BookPage {
        shell: shell
            .crumb(t.t("office-incoming-menu"), "/lam-viec/van-ban-den")
            .crumb(t.t("office-incoming-book"), ""),
        name: name.to_owned(),
        year: year.to_string(),
        books: books
            .incoming
            .iter()
            .map(|book| (book.code.clone(), book.name.of(ctx.lang).to_owned()))
            .collect(),
        book: code.to_owned(),
        headings,
        lines: lines(&ctx, &rows).await?,
        next: last.map(|last| format!("/lam-viec/van-ban-den/so?{query}&sau={last}")).unwrap_or_default(),
        query,
    };
    Ok(html(ui::render(&page)?))
}

async fn lines(ctx: &Ctx, rows: &[Incoming]) -> Result<Vec<Line>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let handed = task::handed(ctx, task::Source::Incoming, &ids).await?;
    Ok(rows.iter().map(|row| line(ctx.t(), row, handed.get(&row.id))).collect())
}

fn line(t: T, row: &Incoming, handed: Option<&task::Handed>) -> Line {
    let day = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map(|at| t.date(platform::clock::local_date(at))).unwrap_or_default()
    };
    let facts = &row.facts;
    let what = [facts.kind.as_str(), facts.subject.as_str()];
    [
        day(row.registered_at),
        row.arrival_number.map(|number| number.to_string()).unwrap_or_default(),
        facts.sender_name.clone(),
        facts.symbol(),
        facts.issued_on.map(vntext::date).unwrap_or_default(),
        what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": "),
        handed.map(|handed| handed.to.clone()).unwrap_or_default(),
        handed.map(|handed| day(Some(handed.at))).unwrap_or_default(),
        handed.map(|handed| day(handed.acknowledged_at)).unwrap_or_default(),
        row.reason.clone(),
    ]
}

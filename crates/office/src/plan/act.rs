//! The form that takes a plan over: first it shows what it understood, then it makes the tasks.

use super::PATH;
use super::outline::{cells, outline};
use super::people::People;
use super::rules::{self, Naming, Step};
use askama::Template;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result};
use ui::{FieldErrors, Shell};
use vnsheet::{Limits, Workbook};

const LIMITS: Limits = Limits {
    max_file_bytes: 10 << 20,
    max_unpacked_bytes: 100 << 20,
    max_ratio: 200,
    max_rows: 2_000,
    max_columns: 60,
    max_cell_chars: 2_000,
};

/// A line as it was understood.
struct Understood {
    number: String,
    title: String,
    /// `""` for a heading.
    main: String,
    co: String,
    due: String,
    depth: usize,
}

#[derive(Template)]
#[template(path = "plan-import.html")]
struct ImportPage {
    shell: Shell,
    title: String,
    symbol: String,
    issued: String,
    first: String,
    last: String,
    table: String,
    names: Vec<String>,
    lines: Vec<Understood>,
    faults: Vec<String>,
    tasks: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

async fn page(ctx: &Ctx, people: &People) -> Result<ImportPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "office-plan-import").await?;
    Ok(ImportPage {
        shell: shell.crumb(t.t("office-plan-menu"), PATH).crumb(t.t("office-plan-import"), ""),
        title: String::new(),
        symbol: String::new(),
        issued: String::new(),
        first: String::new(),
        last: String::new(),
        table: String::new(),
        names: people.names(),
        lines: Vec::new(),
        faults: Vec::new(),
        tasks: String::new(),
        key: ctx.new_id().to_string(),
        errors: FieldErrors::default(),
        wrong: String::new(),
    })
}

pub(super) async fn form(ctx: Ctx) -> Result<Response> {
    let people = People::load(&ctx).await?;
    Ok(html(ui::render(&page(&ctx, &people).await?)?))
}

/// The table that was pasted, or that of the file.
async fn table(sent: &Form) -> Result<String> {
    let Some(upload) = sent.uploads.first() else { return Ok(sent.table("bang").to_owned()) };
    let bytes = upload.bytes.clone();
    let read = move || {
        let mut workbook = Workbook::open(&bytes, &LIMITS).ok()?;
        let grid = workbook.grid(0).ok()?;
        let line = |row: &vnsheet::GridRow| {
            let cells = row.cells.iter().map(|cell| cell.display().replace(['\t', '\n'], " "));
            cells.collect::<Vec<_>>().join("\t")
        };
        Some(grid.rows.iter().map(line).collect::<Vec<_>>().join("\n"))
    };
    let read = tokio::task::spawn_blocking(read).await.map_err(Error::internal)?;
    read.ok_or_else(|| Error::field("tep", "office-plan-file-wrong"))
}

fn named(sent: &Form) -> Result<Naming> {
    let year = |name: &'static str| -> Result<Option<i64>> {
        match sent.whole(name)? {
            Some(year) if !(2000..2100).contains(&year) => Err(Error::field(name, "office-plan-year-wrong")),
            year => Ok(year),
        }
    };
    Ok(Naming {
        title: sent.text("ten").to_owned(),
        symbol: sent.text("so-ky-hieu").to_owned(),
        issued_on: sent.date("ngay")?,
        first_year: year("tu-nam")?,
        last_year: year("den-nam")?,
    })
}

pub(super) async fn send(ctx: Ctx, sent: Form) -> Result<Response> {
    let people = People::load(&ctx).await?;
    let table = match table(&sent).await {
        Ok(table) => table,
        Err(error) => return again(&ctx, &people, &sent, "", &[], Vec::new(), Some(error)).await,
    };
    let (steps, faults) = rules::steps(&ctx, &people, outline(&cells(&table)));
    let named = match named(&sent) {
        Ok(named) => named,
        Err(error) => return again(&ctx, &people, &sent, &table, &steps, faults, Some(error)).await,
    };
    if !faults.is_empty() || sent.text("lam") != "nhap" {
        let error = (steps.is_empty()).then(|| Error::field("bang", "office-plan-table-empty"));
        return again(&ctx, &people, &sent, &table, &steps, faults, error).await;
    }
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::make(&ctx, &tx, &named, &steps).await;
    let done = done.map(|plan| (plan.path(), Note::new("office-plan-made")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &people, &sent, &table, &steps, Vec::new(), Some(error)).await,
    }
}

/// The page with what was understood of the table, and what was wrong.
async fn again(
    ctx: &Ctx,
    people: &People,
    sent: &Form,
    table: &str,
    steps: &[Step],
    faults: Vec<String>,
    error: Option<Error>,
) -> Result<Response> {
    if let Some(error) = error.as_ref().filter(|error| !matches!(error.kind, Kind::Invalid | Kind::Conflict))
    {
        return Err(Error::internal(error.message.text(ctx.t())));
    }
    let mut page = page(ctx, people).await?;
    let text = |name: &str| sent.text(name).to_owned();
    (page.title, page.symbol, page.issued) = (text("ten"), text("so-ky-hieu"), text("ngay"));
    (page.first, page.last, page.table) = (text("tu-nam"), text("den-nam"), table.to_owned());
    let line = |step: &Step| Understood {
        number: step.line.number.clone(),
        title: step.line.title.clone(),
        main: if step.line.heading { String::new() } else { step.line.main.clone() },
        co: step.line.co.clone(),
        due: step.due.map(|day| ctx.t().date(day)).unwrap_or_default(),
        depth: step.line.depth.min(4),
    };
    page.lines = steps.iter().map(line).collect();
    let tasks = steps.iter().filter(|step| !step.line.heading).count();
    page.tasks = ctx.t().n("office-plan-tasks", "count", tasks);
    let status =
        if faults.is_empty() && error.is_none() { http::StatusCode::OK } else { Kind::Invalid.status() };
    page.faults = faults;
    if let Some(error) = error {
        page.errors = FieldErrors::from_error(&error, ctx.t());
        if error.fields.is_empty() {
            page.wrong = error.message.text(ctx.t());
        }
    }
    Ok((status, html(ui::render(&page)?)).into_response())
}

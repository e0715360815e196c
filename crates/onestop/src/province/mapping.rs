//! What the columns of a file mean: proposed, corrected by the officer, remembered for files with the same headings.

use super::headings::Headings;
use super::model::Take;
use super::{rules, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid, clock};
use ui::{FieldErrors, Shell, Status};
use vnsheet::{ColumnMap, Confidence};

/// A column of the file.
struct Line {
    letters: String,
    heading: String,
    /// The name of its select box.
    name: String,
    field: String,
    confidence: Confidence,
    samples: Vec<String>,
    error: String,
}

impl Line {
    fn status(&self) -> Status {
        match self.confidence {
            Confidence::High => Status::Done,
            Confidence::Medium => Status::Info,
            Confidence::Low => Status::Soon,
            Confidence::None => Status::Off,
        }
    }

    fn confidence_key(&self) -> String {
        format!("onestop-province-sure-{}", self.confidence.key())
    }
}

#[derive(Template)]
#[template(path = "province-columns.html")]
struct ColumnsPage {
    shell: Shell,
    path: String,
    key: String,
    file_name: String,
    lines: Vec<Line>,
    fields: Vec<(String, String)>,
    as_of: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let take = store::find(&ctx, &ctx.app.db, id).await?;
    Ok(html(ui::render(&page(&ctx, &take, FieldErrors::default()).await?)?))
}

async fn page(ctx: &Ctx, take: &Take, errors: FieldErrors) -> Result<ColumnsPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "onestop-province-columns").await?;
    let shell = shell.crumb(t.t("onestop-menu-province"), "/lam-viec/doi-chieu").crumb(&take.file_name, "");
    let headings = Headings::load(ctx)?;
    let columns = take.plan.mapping.columns.iter().zip(&take.plan.samples);
    let line = |(column, samples): (&ColumnMap, &Vec<String>)| {
        let name = format!("cot-{}", column.column);
        Line {
            letters: column.letters(),
            heading: column.heading.clone(),
            field: column.field.clone().unwrap_or_default(),
            confidence: column.confidence,
            samples: samples.clone(),
            error: errors.at(&name).to_owned(),
            name,
        }
    };
    let field = |key: &str| (key.to_owned(), t.t(&format!("onestop-province-field-{key}")));
    Ok(ColumnsPage {
        path: format!("{}/cot", take.path()),
        key: ctx.new_id().to_string(),
        file_name: take.file_name.clone(),
        lines: columns.map(line).collect(),
        fields: headings.keys().map(field).collect(),
        as_of: vntext::date(clock::local_date(take.as_of)),
        errors,
        wrong: String::new(),
        shell,
    })
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let take = store::find(&ctx, &ctx.app.db, id).await?;
    let bytes = rules::bytes(&ctx, &take).await?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match said(&sent) {
        Ok(said) => rules::map(&ctx, &tx, take, &bytes, &said).await,
        Err(error) => Err(error),
    };
    let done = done.map(|take| (take.path(), Note::new("onestop-province-mapped")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if error.is(Kind::Invalid) => again(&ctx, id, &sent, &error).await,
        Err(error) => Err(error),
    }
}

fn said(sent: &Form) -> Result<rules::Said> {
    let column = |(name, field): &(String, String)| {
        let column = name.strip_prefix("cot-")?.parse().ok()?;
        Some((column, Some(field.clone()).filter(|field| !field.is_empty())))
    };
    let columns = sent.pairs().iter().filter_map(column).collect();
    Ok(rules::Said { columns, as_of: sent.date("tinh-den")? })
}

/// The page as it was sent, with what is wrong with it.
async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: &Error) -> Result<Response> {
    let take = store::find(ctx, &ctx.app.db, id).await?;
    let mut page = page(ctx, &take, FieldErrors::from_error(error, ctx.t())).await?;
    for line in &mut page.lines {
        line.field = sent.text(&line.name).to_owned();
    }
    page.as_of = sent.text("tinh-den").to_owned();
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

//! The second page: what the columns mean, for whom and from which day the file speaks.

use crate::import::batch::{Batch, State};
use crate::import::rules::{self, Choices};
use crate::import::{schema, store};
use crate::lists;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Start, html, see_other, start};
use platform::{Ctx, Error, Kind, Result, Uuid, once};
use ui::{FieldErrors, Shell, Status};
use vnsheet::{Confidence, Schema};

/// A column of the file on the page.
struct Line {
    /// `C`, as Excel names it.
    letters: String,
    heading: String,
    /// The name of its select box.
    name: String,
    field: String,
    confidence: Confidence,
    /// "Nữ": a mark in it says a value too.
    mark: String,
    samples: Vec<String>,
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

    fn confidence_key(&self) -> &'static str {
        match self.confidence {
            Confidence::High => "registry-import-sure",
            Confidence::Medium => "registry-import-likely",
            Confidence::Low => "registry-import-guess",
            Confidence::None => "registry-import-left-out",
        }
    }
}

#[derive(Template)]
#[template(path = "import/columns.html")]
struct ColumnsPage {
    shell: Shell,
    path: String,
    key: String,
    file_name: String,
    sheet: String,
    lines: Vec<Line>,
    fields: Vec<(String, String)>,
    villages: Vec<(String, String)>,
    village: String,
    groups: Vec<(String, String)>,
    group: String,
    from_date: String,
    source: String,
    errors: FieldErrors,
    wrong: String,
    /// The earlier import of the same file: its page and when.
    earlier: Option<(String, String)>,
}

pub(crate) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let batch = store::find(&ctx, &ctx.app.db, id).await?;
    if !matches!(batch.state, State::Staged | State::Checked) {
        return Ok(see_other(&batch.path()));
    }
    Ok(html(ui::render(&page(&ctx, &batch).await?)?))
}

async fn page(ctx: &Ctx, batch: &Batch) -> Result<ColumnsPage> {
    let t = ctx.t();
    let schema = schema::load(ctx)?;
    let shell = Shell::of(ctx, "registry-import-columns").await?;
    let shell = shell.crumb(t.t("registry-import-title"), "/lam-viec/nhap").crumb(&batch.file_name, "");
    let villages = units::village_list(ctx, ctx.today()).await?;
    let lists = lists::load(ctx)?;
    let earlier = store::same_file(ctx, batch).await?;
    let source = if batch.source == batch.file_name { String::new() } else { batch.source.clone() };
    Ok(ColumnsPage {
        path: format!("{}/cot", batch.path()),
        key: ctx.new_id().to_string(),
        file_name: batch.file_name.clone(),
        sheet: batch.plan.proposal.sheet_name.clone(),
        lines: lines(batch, &schema),
        fields: schema.fields.iter().map(|field| (field.key.clone(), field.heading().to_owned())).collect(),
        villages: villages.into_iter().map(|unit| (unit.id.to_string(), unit.name)).collect(),
        village: batch.plan.village.clone(),
        groups: lists
            .ethnic
            .items()
            .iter()
            .map(|item| (item.code.clone(), item.label(t.lang()).to_owned()))
            .collect(),
        group: batch.plan.ethnic.clone(),
        from_date: vntext::date(batch.from_date),
        source,
        errors: FieldErrors::default(),
        wrong: String::new(),
        earlier: earlier.map(|batch| (batch.path(), t.moment(batch.created_at))),
        shell,
    })
}

fn lines(batch: &Batch, schema: &Schema) -> Vec<Line> {
    let proposal = &batch.plan.proposal;
    let columns = proposal.mapping.columns.iter().zip(&proposal.samples);
    let line = |(column, samples): (&vnsheet::ColumnMap, &Vec<String>)| Line {
        letters: column.letters(),
        heading: column.heading.clone(),
        name: format!("cot-{}", column.column),
        field: column.field.clone().unwrap_or_default(),
        confidence: column.confidence,
        mark: column.mark.as_ref().map(|mark| label(schema, &mark.field, &mark.value)).unwrap_or_default(),
        samples: samples.iter().filter(|text| !text.is_empty()).take(3).cloned().collect(),
    };
    columns.map(line).collect()
}

fn label(schema: &Schema, field: &str, value: &str) -> String {
    let Some(field) = schema.index(field).map(|at| &schema.fields[at]) else { return String::new() };
    let vnsheet::Kind::Choice(choices) = &field.kind else { return String::new() };
    let word = choices.iter().find(|choice| choice.value == value).map_or(value, |choice| choice.label());
    format!("{}: {word}", field.heading())
}

pub(crate) async fn save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match choices(&form) {
        Ok(choices) => rules::map(&ctx, &tx, id, &choices).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(batch) => {
            once::finish(&ctx, tx, key, &batch.path()).await?;
            Ok(see_other(&batch.path()))
        }
        Err(error) if error.is(Kind::Invalid) => {
            tx.rollback().await?;
            again(&ctx, id, &form, &error).await
        }
        Err(error) => Err(error),
    }
}

fn choices(form: &Form) -> Result<Choices> {
    let column = |(name, field): &(String, String)| {
        let column = name.strip_prefix("cot-")?.parse().ok()?;
        Some((column, Some(field.clone()).filter(|field| !field.is_empty())))
    };
    Ok(Choices {
        columns: form.pairs().iter().filter_map(column).collect(),
        village: form.text("thon").to_owned(),
        ethnic: form.text("dan-toc").to_owned(),
        from_date: form.date("tu-ngay")?,
        source: form.text("nguon").to_owned(),
    })
}

/// The page as it was sent, with what is wrong with it.
async fn again(ctx: &Ctx, id: Uuid, form: &Form, error: &Error) -> Result<Response> {
    let batch = store::find(ctx, &ctx.app.db, id).await?;
    let mut page = page(ctx, &batch).await?;
    for line in &mut page.lines {
        line.field = form.text(&line.name).to_owned();
    }
    page.village = form.text("thon").to_owned();
    page.group = form.text("dan-toc").to_owned();
    page.from_date = form.text("tu-ngay").to_owned();
    page.source = form.text("nguon").to_owned();
    page.errors = FieldErrors::from_error(error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

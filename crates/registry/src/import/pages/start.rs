//! The first page: a file comes in; the earlier ones are listed.

use crate::import::batch::{Batch, State};
use crate::import::{read, rules, schema, store};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use platform::files::Prepared;
use platform::http::{Form, Start, Upload, html, see_other, start};
use platform::{Ctx, Error, Kind, Result, once};
use serde::Deserialize;
use ui::{Cell, Column, FieldErrors, Row, Shell, Status, Table};

/// Batches on one page.
const LINES: usize = 30;

#[derive(Template)]
#[template(path = "import/start.html")]
struct StartPage {
    shell: Shell,
    key: String,
    errors: FieldErrors,
    may_upload: bool,
    may_export: bool,
    max_mb: u64,
    table: Table,
}

#[derive(Deserialize)]
pub(crate) struct After {
    sau: Option<String>,
}

pub(crate) async fn list(ctx: Ctx, Query(after): Query<After>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, after.sau.as_deref(), FieldErrors::default()).await?)?))
}

async fn page(ctx: &Ctx, after: Option<&str>, errors: FieldErrors) -> Result<StartPage> {
    let shell = Shell::of(ctx, "registry-import-title").await?;
    let before = after.and_then(|text| text.parse().ok());
    let mut batches = store::list(ctx, before, LINES as i64 + 1).await?;
    let mut table = table(&shell);
    if batches.len() > LINES {
        batches.truncate(LINES);
        table.next = batches.last().map(|batch| batch.id.to_string());
    }
    table.rows = batches.iter().map(|batch| line(ctx, batch)).collect();
    Ok(StartPage {
        key: ctx.new_id().to_string(),
        errors,
        may_upload: ctx.may("import.insert"),
        may_export: ctx.may("household.export"),
        max_mb: read::LIMITS.max_file_bytes >> 20,
        table,
        shell,
    })
}

fn table(shell: &Shell) -> Table {
    let mut table = Table::new(shell, "imports", shell.t("registry-import-earlier"));
    table.columns = vec![
        Column::new("tep", shell.t("registry-import-file"), ui::Kind::Name),
        Column::new("luc", shell.t("registry-import-when"), ui::Kind::Date),
        Column::new("tinh-trang", shell.t("registry-import-state"), ui::Kind::Badge),
        Column::new("dong", shell.t("registry-import-rows"), ui::Kind::Number),
        Column::new("da-ghi", shell.t("registry-import-done"), ui::Kind::Number),
        Column::new("loi", shell.t("registry-import-faulty"), ui::Kind::Number),
    ];
    table.empty.title = shell.t("registry-import-none-title");
    table.empty.text = shell.t("registry-import-none");
    table
}

fn line(ctx: &Ctx, batch: &Batch) -> Row {
    let t = ctx.t();
    let cells = vec![
        Cell::text(&batch.file_name).under(if batch.source == batch.file_name { "" } else { &batch.source }),
        Cell::text(t.moment(batch.created_at)),
        Cell::badge(status(batch), &t.t(batch.state.text_key())),
        Cell::number(t, batch.row_count),
        Cell::number(t, batch.done_count),
        Cell::number(t, batch.faulty_count),
    ];
    Row { id: batch.id.to_string(), url: Some(batch.path()), cells }
}

pub(super) fn status(batch: &Batch) -> Status {
    match batch.state {
        State::Staged => Status::Waiting,
        State::Checked if batch.faulty_count > 0 => Status::Soon,
        State::Checked => Status::Waiting,
        State::Running => Status::Active,
        State::Committed if batch.faulty_count > 0 => Status::Soon,
        State::Committed => Status::Done,
        State::Failed => Status::Late,
        State::Cancelled => Status::Off,
    }
}

/// Takes the file, or says in one sentence why it cannot be read; nothing is kept then.
pub(crate) async fn upload(ctx: Ctx, mut form: Form) -> Result<Response> {
    let file =
        form.uploads.iter().position(|upload| upload.field == "tep").map(|at| form.uploads.swap_remove(at));
    let read = match file {
        Some(file) => prepare(&ctx, file).await,
        None => Err(Error::field("tep", "registry-import-file-empty")),
    };
    let (file, proposal) = match read {
        Ok(read) => read,
        Err(error) if error.is(Kind::Invalid) => {
            let page = page(&ctx, None, FieldErrors::from_error(&error, ctx.t())).await?;
            return Ok((error.kind.status(), html(ui::render(&page)?)).into_response());
        }
        Err(error) => return Err(error),
    };
    match start(&ctx, &form).await? {
        Start::Again(answer) => Ok(answer),
        Start::First(key, tx) => {
            let batch = rules::stage(&ctx, &tx, &file, proposal).await?;
            let url = format!("{}/cot", batch.path());
            once::finish(&ctx, tx, key, &url).await?;
            Ok(see_other(&url))
        }
    }
}

async fn prepare(ctx: &Ctx, upload: Upload) -> Result<(Prepared, read::Proposal)> {
    let schema = schema::load(ctx)?;
    let read = tokio::task::spawn_blocking(move || {
        let proposal = read::propose(&upload.bytes, &schema)?;
        let name: String =
            vntext::clean(&upload.name).chars().filter(|c| !"/\\<>:\"|?*".contains(*c)).take(150).collect();
        let media_type = read::media_type(&upload.bytes);
        Ok((Prepared { name, media_type, bytes: upload.bytes, size: None }, proposal))
    });
    read.await.map_err(Error::internal)?
}

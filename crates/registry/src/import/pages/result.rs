//! The page of a batch: how far it is, what every row would do or did, and what to do next.

use super::start::status;
use crate::import::batch::{Batch, Mode, State};
use crate::import::row::{Counts, Outcome};
use crate::import::store::{self, Kept, RowState};
use crate::import::{rules, schema, undo};
use crate::person_path;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, see_other, start};
use platform::jobs::{self, JobRow};
use platform::{Ctx, Error, Kind, Result, T, Uuid, once};
use serde::Deserialize;
use ui::{Cell, Column, FieldErrors, Filter, Html, Row, Shell, Status, Table};
use vnsheet::Schema;

/// Rows on one page.
const LINES: usize = 50;

#[derive(Template)]
#[template(path = "import/progress.html")]
struct ProgressPage {
    shell: Shell,
    file_name: String,
    step: usize,
    steps: Vec<String>,
    piece: Piece,
}

/// The piece that asks for itself anew until the work is done.
#[derive(Template)]
#[template(path = "import/progress-piece.html")]
struct Piece {
    shell: Shell,
    label: String,
    done: i64,
    total: i64,
    poll: String,
}

#[derive(Template)]
#[template(path = "import/result.html")]
struct ResultPage {
    shell: Shell,
    key: String,
    path: String,
    columns_url: String,
    file_url: String,
    batch: Batch,
    badge: Html,
    counts: Counts,
    steps: Vec<String>,
    step: usize,
    /// What the last work came to, when it failed or refused.
    problem: String,
    may_commit: bool,
    may_map: bool,
    may_cancel: bool,
    may_undo: bool,
    modes: Vec<(String, String)>,
    mode: String,
    errors: FieldErrors,
    from_date: String,
    table: Table,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    loai: Option<String>,
    sau: Option<u32>,
}

pub(crate) async fn show(ctx: Ctx, Path(id): Path<Uuid>, Query(asked): Query<Asked>) -> Result<Response> {
    let batch = store::find(&ctx, &ctx.app.db, id).await?;
    if let Some(job) = rules::busy(&ctx, &ctx.app.db, &batch).await? {
        return progress_page(&ctx, &batch, &job).await;
    }
    if batch.state == State::Staged && batch.plan.job.is_none() {
        return Ok(see_other(&format!("{}/cot", batch.path())));
    }
    Ok(html(ui::render(&page(&ctx, batch, &asked, FieldErrors::default()).await?)?))
}

fn steps(t: T) -> Vec<String> {
    [
        "registry-import-step-file",
        "registry-import-step-columns",
        "registry-import-step-check",
        "registry-import-step-write",
    ]
    .map(|key| t.t(key))
    .into()
}

async fn progress_page(ctx: &Ctx, batch: &Batch, job: &JobRow) -> Result<Response> {
    let shell = Shell::of(ctx, "registry-import-running").await?;
    let page = ProgressPage {
        file_name: batch.file_name.clone(),
        step: if batch.state == State::Running { 4 } else { 3 },
        steps: steps(ctx.t()),
        piece: piece(ctx, shell.clone(), batch, job),
        shell: shell.crumb(ctx.t().t("registry-import-title"), "/lam-viec/nhap").crumb(&batch.file_name, ""),
    };
    Ok(html(ui::render(&page)?))
}

fn piece(ctx: &Ctx, shell: Shell, batch: &Batch, job: &JobRow) -> Piece {
    let key =
        if batch.state == State::Running { "registry-import-writing" } else { "registry-import-checking" };
    Piece {
        shell,
        label: ctx.t().t(key),
        done: job.progress_done,
        total: job.progress_total.max(1),
        poll: format!("{}/tien-do", batch.path()),
    }
}

/// The bar alone; once the work has ended the page loads itself anew. The script would follow a redirect by itself and
/// put a page inside the page, so it gets an order instead.
pub(crate) async fn progress(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let batch = store::find(&ctx, &ctx.app.db, id).await?;
    match rules::busy(&ctx, &ctx.app.db, &batch).await? {
        Some(job) => {
            let shell = Shell::new(ctx.t(), &ctx.path, "");
            Ok(html(ui::render(&piece(&ctx, shell, &batch, &job))?))
        }
        None if ctx.headers.contains_key("hx-request") => Ok([("HX-Refresh", "true")].into_response()),
        None => Ok(see_other(&batch.path())),
    }
}

async fn page(ctx: &Ctx, batch: Batch, asked: &Asked, errors: FieldErrors) -> Result<ResultPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, &batch.file_name)
        .await?
        .crumb(t.t("registry-import-title"), "/lam-viec/nhap")
        .crumb(&batch.file_name, "");
    let waiting = store::count(ctx, &ctx.app.db, batch.id, RowState::Ready).await?;
    let failed = matches!(batch.state, State::Running | State::Failed);
    let open = matches!(batch.state, State::Checked | State::Committed);
    let default = if batch.faulty_count > 0 {
        RowState::Faulty
    } else if batch.done_count > 0 {
        RowState::Done
    } else {
        RowState::Ready
    };
    let state = asked.loai.as_deref().and_then(RowState::parse).unwrap_or(default);
    let table = table(ctx, &shell, &batch, state, asked.sau.unwrap_or(0)).await?;
    Ok(ResultPage {
        key: ctx.new_id().to_string(),
        path: batch.path(),
        columns_url: format!("{}/cot", batch.path()),
        file_url: format!("{}/tep", batch.path()),
        badge: status(&batch).badge(&t.t(batch.state.text_key())),
        counts: batch.plan.counts,
        steps: steps(t),
        step: if batch.state == State::Committed { 4 } else { 3 },
        problem: problem(ctx, &batch).await?,
        may_commit: ctx.may("import.commit") && (failed || open && waiting > 0),
        may_map: ctx.may("import.insert")
            && batch.done_count == 0
            && matches!(batch.state, State::Checked | State::Staged),
        may_cancel: ctx.may("import.cancel")
            && batch.done_count == 0
            && matches!(batch.state, State::Staged | State::Checked | State::Failed),
        may_undo: ctx.may("import.cancel") && batch.state == State::Committed && batch.done_count > 0,
        modes: Mode::ALL.iter().map(|mode| (mode.code().to_owned(), t.t(mode.text_key()))).collect(),
        mode: if batch.faulty_count > 0 { Mode::Right } else { Mode::All }.code().to_owned(),
        errors,
        from_date: t.date(batch.from_date),
        table,
        batch,
        shell,
    })
}

/// In words: what the last work came to, when it did not do what was asked.
async fn problem(ctx: &Ctx, batch: &Batch) -> Result<String> {
    if let Some(note) = &batch.plan.note {
        return Ok(ctx.t().t(note));
    }
    let Some(job) = batch.plan.job else { return Ok(String::new()) };
    let job = jobs::find(ctx, &ctx.app.db, job).await?;
    let dead = job.state == "dead" && batch.state != State::Committed;
    Ok(if dead { ctx.t().t("registry-import-failed") } else { String::new() })
}

async fn table(ctx: &Ctx, shell: &Shell, batch: &Batch, state: RowState, after: u32) -> Result<Table> {
    let t = ctx.t();
    let schema = schema::load(ctx)?;
    let mut rows = store::rows_page(ctx, batch.id, state, after, LINES as i64 + 1).await?;
    let mut table = Table::new(shell, "import-rows", t.t(state.text_key()));
    if rows.len() > LINES {
        rows.truncate(LINES);
        table.next = rows.last().map(|kept| kept.line.row.to_string());
    }
    table.columns = vec![
        Column::new("dong", t.t("registry-import-row"), ui::Kind::Name),
        Column::new("ho-ten", t.t("registry-full-name"), ui::Kind::Text),
        Column::new("ket-qua", t.t("registry-import-outcome"), ui::Kind::Badge),
        Column::new("noi-dung", t.t("registry-import-what"), ui::Kind::Text),
    ];
    let states = RowState::ALL.iter().map(|state| (state.code().to_owned(), t.t(state.text_key())));
    table.filters = vec![Filter::choice("loai", t.t("registry-import-show"), state.code(), states.collect())];
    table.count = u64::try_from(store::count(ctx, &ctx.app.db, batch.id, state).await?).ok();
    let mend = ctx.may("import.mend") && batch.open().is_ok();
    table.rows = rows.iter().map(|kept| line(t, batch, kept, &schema, mend)).collect();
    Ok(table)
}

fn line(t: T, batch: &Batch, kept: &Kept, schema: &Schema, mend: bool) -> Row {
    let row = kept.line.row.to_string();
    let url = match kept.state {
        RowState::Done => kept.person_id.map(person_path),
        RowState::Ready | RowState::Faulty if mend => Some(format!("{}/dong/{row}", batch.path())),
        _ => None,
    };
    let cells = vec![
        Cell::text(t.s("registry-import-row-no", "row", &row)),
        Cell::text(kept.line.text("full_name")).under(kept.line.text("village")),
        outcome(t, kept),
        Cell::html(details(t, kept, schema)),
    ];
    Row { id: row, url, cells }
}

fn outcome(t: T, kept: &Kept) -> Cell {
    let (status, key) = match (kept.state, kept.verdict.outcome) {
        (RowState::Faulty, _) => (Status::Late, "registry-import-row-faulty"),
        (RowState::Dropped, _) => (Status::Off, "registry-import-row-dropped"),
        (_, Outcome::New) => (Status::Done, "registry-import-outcome-new"),
        (_, Outcome::Same) => (Status::Info, "registry-import-outcome-same"),
        (_, Outcome::Changed) => (Status::Soon, "registry-import-outcome-changed"),
    };
    Cell::badge(status, &t.t(key))
}

/// Each faulty cell with its heading, then what is odd, then what differs from the registry.
fn details(t: T, kept: &Kept, schema: &Schema) -> Html {
    let heading = |key: &str| schema.index(key).map_or(key, |at| schema.fields[at].heading()).to_owned();
    let mut lines: Vec<String> = Vec::new();
    for problem in &kept.verdict.wrong {
        let stood: String = kept.line.text(&problem.field).chars().take(60).collect();
        let stood = if stood.is_empty() { String::new() } else { format!(" «{}»", Html::text(stood)) };
        lines.push(format!(
            "<b>{}</b>{stood}: {}",
            Html::text(heading(&problem.field)),
            Html::text(problem.text(t))
        ));
    }
    for problem in &kept.verdict.odd {
        let text = format!("{}: {}", heading(&problem.field), problem.text(t));
        lines.push(format!("<span class=\"soft\">{}</span>", Html::text(text)));
    }
    if !kept.verdict.differs.is_empty() {
        let fields: Vec<String> = kept.verdict.differs.iter().map(|key| heading(key)).collect();
        lines.push(Html::text(t.s("registry-import-differs", "fields", &fields.join(", "))).0);
    }
    Html(lines.join("<br>"))
}

pub(crate) async fn commit(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match Mode::parse(form.text("cach")) {
        Some(mode) => rules::commit(&ctx, &tx, id, mode, form.ticked("cap-nhat")).await,
        None => Err(Error::field("cach", "error-choose")),
    };
    match done {
        Ok(batch) => {
            once::finish(&ctx, tx, key, &batch.path()).await?;
            Ok(see_other(&batch.path()))
        }
        Err(error) if error.is(Kind::Invalid) => {
            tx.rollback().await?;
            let batch = store::find(&ctx, &ctx.app.db, id).await?;
            let page =
                page(&ctx, batch, &Asked { loai: None, sau: None }, FieldErrors::from_error(&error, ctx.t()))
                    .await?;
            Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

pub(crate) async fn cancel(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    match start(&ctx, &form).await? {
        Start::Again(answer) => Ok(answer),
        Start::First(key, tx) => {
            rules::cancel(&ctx, &tx, id).await?;
            once::finish(&ctx, tx, key, "/lam-viec/nhap").await?;
            Ok(Note::new("registry-import-cancelled").see_other("/lam-viec/nhap"))
        }
    }
}

pub(crate) async fn undo(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    match start(&ctx, &form).await? {
        Start::Again(answer) => Ok(answer),
        Start::First(key, tx) => {
            undo::undo(&ctx, &tx, id).await?;
            let url = crate::import::batch::path(id);
            once::finish(&ctx, tx, key, &url).await?;
            Ok(Note::new("registry-import-undone").see_other(&url))
        }
    }
}

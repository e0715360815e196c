//! Background work as people see it: how far it is, what failed and why, try again.

use askama::Template;
use audit::Entry;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Note, html};
use platform::jobs::{self, JobRow};
use platform::{Ctx, Error, Result, T, Uuid};
use serde_json::json;
use ui::{Shell, Status, Waiting};

/// One job in words.
struct Line {
    id: Uuid,
    name: String,
    status: Status,
    state: String,
    when: String,
    done: i64,
    total: i64,
    open: bool,
    problem: String,
    detail: String,
    attempts: i64,
    /// Where the result can be looked at, when the job says so.
    link: String,
}

#[derive(Template)]
#[template(path = "jobs.html")]
struct Jobs {
    shell: Shell,
    lines: Vec<Line>,
    dead: bool,
}

#[derive(Template)]
#[template(path = "job.html")]
struct One {
    shell: Shell,
    line: Line,
    poll: String,
}

#[derive(Template)]
#[template(path = "job-progress.html")]
struct Progress {
    shell: Shell,
    line: Line,
    poll: String,
}

/// The jobs that the reader asked for, newest first.
pub async fn list(ctx: Ctx) -> Result<Response> {
    let rows = jobs::list_of(&ctx, &ctx.app.db, ctx.account()?).await?;
    let lines = rows.into_iter().map(|row| line(ctx.t(), row)).collect();
    let shell = Shell::of(&ctx, "work-title").await?;
    Ok(html(ui::render(&Jobs { shell, lines, dead: false })?))
}

/// A job with its progress; the bar asks for itself anew while the work goes on.
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let row = own(&ctx, id).await?;
    let line = line(ctx.t(), row);
    let poll = if line.open { format!("/lam-viec/cong-viec/{id}") } else { String::new() };
    let piece = ctx.headers.contains_key("hx-request");
    let shell = Shell::of(&ctx, "work-title").await?;
    if piece {
        return Ok(html(ui::render(&Progress { shell, line, poll })?));
    }
    let shell = shell.crumb(ctx.t().t("work-title"), "/lam-viec/cong-viec").crumb(line.name.clone(), "");
    Ok(html(ui::render(&One { shell, line, poll })?))
}

pub async fn cancel(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    own(&ctx, id).await?;
    let tx = ctx.begin().await?;
    jobs::cancel(&ctx, &tx, id).await?;
    audit::record(&ctx, &tx, Entry { action: "job.cancel", kind: "job", id, detail: json!({}) }).await?;
    tx.commit().await?;
    Ok(Note::new("work-cancelled").see_other(&format!("/lam-viec/cong-viec/{id}")))
}

/// Only whoever asked for a job sees it; the administrator sees the failed ones on their own page.
async fn own(ctx: &Ctx, id: Uuid) -> Result<JobRow> {
    let row = jobs::find(ctx, &ctx.app.db, id).await?;
    if row.account_id == Some(ctx.account()?) { Ok(row) } else { Err(Error::not_found()) }
}

/// What failed for good.
pub async fn dead(ctx: Ctx) -> Result<Response> {
    let rows = jobs::list(&ctx, &ctx.app.db, "dead").await?;
    let lines = rows.into_iter().map(|row| line(ctx.t(), row)).collect();
    let shell = Shell::of(&ctx, "work-dead-title").await?;
    Ok(html(ui::render(&Jobs { shell, lines, dead: true })?))
}

pub async fn retry(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let tx = ctx.begin().await?;
    jobs::retry(&ctx, &tx, id).await?;
    audit::record(&ctx, &tx, Entry { action: "job.retry", kind: "job", id, detail: json!({}) }).await?;
    tx.commit().await?;
    Ok(Note::new("work-retried").see_other("/lam-viec/cong-viec-loi"))
}

pub async fn drop_dead(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let row = jobs::find(&ctx, &ctx.app.db, id).await?;
    if row.state != "dead" {
        return Err(Error::conflict("job-not-dead"));
    }
    let tx = ctx.begin().await?;
    jobs::cancel(&ctx, &tx, id).await?;
    audit::record(
        &ctx,
        &tx,
        Entry { action: "job.drop", kind: "job", id, detail: json!({ "kind": row.kind }) },
    )
    .await?;
    tx.commit().await?;
    Ok(Note::new("work-dropped").see_other("/lam-viec/cong-viec-loi"))
}

/// For the desk of the administrator.
pub async fn waits(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("job.dead") {
        return Ok(Vec::new());
    }
    let count = jobs::list(ctx, &ctx.app.db, "dead").await?.len();
    let waiting = Waiting {
        label: ctx.t().n("work-dead-waits", "count", count),
        url: "/lam-viec/cong-viec-loi".into(),
        status: Status::Late,
    };
    Ok(if count > 0 { vec![waiting] } else { Vec::new() })
}

fn line(t: T, row: JobRow) -> Line {
    let (status, state) = match row.state.as_str() {
        "queued" => (Status::Waiting, "work-state-queued"),
        "running" => (Status::Active, "work-state-running"),
        "done" => (Status::Done, "work-state-done"),
        "cancelled" => (Status::Off, "work-state-cancelled"),
        _ => (Status::Late, "work-state-dead"),
    };
    let (problem, detail) = row.problem.as_deref().and_then(|text| text.split_once(": ")).unwrap_or_default();
    let name = format!("job-{}", row.kind.replace(['.', '_'], "-"));
    let link = row.result.as_ref().and_then(|result| result["link"].as_str()).unwrap_or_default();
    Line {
        id: row.id,
        name: if t.has(&name) { t.t(&name) } else { row.kind.clone() },
        status,
        state: t.t(state),
        when: t.moment(row.created_at),
        done: row.progress_done,
        total: row.progress_total.max(1),
        open: matches!(row.state.as_str(), "queued" | "running"),
        problem: if t.has(problem) { t.t(problem) } else { String::new() },
        detail: detail.to_owned(),
        attempts: row.attempts,
        link: link.to_owned(),
    }
}

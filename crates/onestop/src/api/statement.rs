//! The bank's statement: taken over as on the page, and what became of each of its lines.

use super::money::PaymentBody;
use super::once::{Begun, begin, id_of, key, settle};
use crate::pay::taken::{self, Statement};
use crate::pay::{payments_of, statement_read, take_statement};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, Utc};
use platform::http::{Form, Problem};
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;

/// Lines of one answer.
const LINES: i64 = 1_000;

/// A statement that was taken over.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct StatementBody {
    id: Uuid,
    taken_at: DateTime<Utc>,
    /// Lines that were booked to the dossier whose code they name.
    matched: i64,
    /// Lines that fit no dossier exactly.
    nowhere: i64,
    /// Lines that were known from an earlier file.
    known: i64,
}

/// What a line became.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct StatementLine {
    /// In the file, as a spreadsheet numbers it. Lines of money that went out are left out.
    row: i64,
    /// It was booked from an earlier file.
    known: bool,
    payment: PaymentBody,
}

/// A statement with its lines.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct StatementCard {
    #[serde(flatten)]
    statement: StatementBody,
    /// In the order of the file, at most 1,000.
    lines: Vec<StatementLine>,
    /// Ask again with it as `after` for more; nothing when these are the last.
    next: Option<i64>,
}

/// From where lines are read.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LineQuery {
    /// Lines after this row.
    #[serde(default)]
    after: i64,
}

/// What is sent as `multipart/form-data`.
#[derive(utoipa::ToSchema)]
#[allow(dead_code)] // The description of the API reads it, and nothing else.
pub struct StatementSent {
    /// Excel or CSV, columns under their usual headings.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

fn body(one: &Statement) -> StatementBody {
    StatementBody {
        id: one.id,
        taken_at: one.taken_at,
        matched: one.matched,
        nowhere: one.nowhere,
        known: one.known,
    }
}

async fn card(ctx: &Ctx, id: Uuid, after: i64) -> Result<Json<StatementCard>> {
    let statement = taken::find(ctx, id).await?;
    let kept = taken::lines(ctx, id, after, LINES).await?;
    let ids: Vec<Uuid> = kept.iter().map(|line| line.payment_id).collect();
    let found = if ids.is_empty() { Vec::new() } else { payments_of(ctx, &ids).await? };
    let found: HashMap<Uuid, _> = found.into_iter().map(|one| (one.id, one)).collect();
    let next = kept
        .last()
        .map(|line| line.line_no)
        .filter(|_| i64::try_from(kept.len()).is_ok_and(|count| count == LINES));
    let lines = kept.iter().filter_map(|line| {
        let payment = PaymentBody::of(found.get(&line.payment_id)?.clone());
        Some(StatementLine { row: line.line_no, known: line.known, payment })
    });
    Ok(Json(StatementCard { statement: body(&statement), lines: lines.collect(), next }))
}

/// Takes a statement over. The same file again books nothing.
#[utoipa::path(post, path = "/api/v1/statements", tag = "onestop", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header, description = "The same key leads to the same statement")),
    request_body(content = StatementSent, content_type = "multipart/form-data"),
    responses((status = 200, body = StatementCard),
        (status = 422, description = "No statement, or no money came in", body = Problem, content_type = "application/problem+json")))]
pub async fn take(ctx: Ctx, sent: Form) -> Result<Json<StatementCard>> {
    key(&ctx)?;
    let file = sent.uploads.iter().find(|upload| upload.field == "file");
    let file = file.ok_or_else(|| Error::field("file", "onestop-file-none"))?;
    let lines = statement_read(&ctx, &file.bytes).map_err(|error| error.renamed(&[("tep", "file")]))?;
    let id = match begin(&ctx).await? {
        Begun::Again(url) => id_of(&url)?,
        Begun::First(key, tx) => {
            let done = take_statement(&ctx, &tx, &lines).await.map(|(id, _)| id);
            settle(&ctx, key, tx, done, |id| format!("/api/v1/statements/{id}")).await?
        }
    };
    card(&ctx, id, 0).await
}

/// The newest 100 statements.
#[utoipa::path(get, path = "/api/v1/statements", tag = "onestop", security(("token" = [])),
    responses((status = 200, body = Vec<StatementBody>)))]
pub async fn list(ctx: Ctx) -> Result<Json<Vec<StatementBody>>> {
    Ok(Json(taken::list(&ctx, 100).await?.iter().map(body).collect()))
}

/// One statement with its lines and what each became.
#[utoipa::path(get, path = "/api/v1/statements/{id}", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path), LineQuery),
    responses((status = 200, body = StatementCard), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<LineQuery>,
) -> Result<Json<StatementCard>> {
    card(&ctx, id, query.after).await
}

//! SQL of dossiers, and reading them within a scope.

use super::model::{Dossier, Queue, Status};
use chrono::{DateTime, Utc};
use platform::access::Scope;
use platform::clock::local_date;
use platform::db::{Sql, Value, insert_many as rows_into};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const COLUMNS: &str = "id, code, procedure_code, procedure_digest, field, channel, status, step, queue, holder_id, \
                       applicant_account_id, applicant_person_id, applicant_name, applicant_number, applicant_phone, \
                       subject, answers, filed_by, submitted_at, received_at, due_at, turn_at, stopped_at, ended_at, \
                       returned_at, supplements, extensions, reason, rating, revision";

/// What a work list asks for; the default is everything that waits for somebody of the office.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub queue: Option<Queue>,
    pub holder: Option<Uuid>,
    pub status: Option<Status>,
    pub procedure: Option<String>,
    /// Whatever its state.
    pub any: bool,
    /// Only these: what a search found.
    pub ids: Option<Vec<Uuid>>,
}

const OFFICE: [Queue; 3] = [Queue::OneStop, Queue::Specialist, Queue::Leader];

impl Filter {
    /// Everything that waits for somebody of the office is asked for.
    fn office(&self) -> bool {
        let narrow =
            self.queue.is_some() || self.holder.is_some() || self.status.is_some() || self.ids.is_some();
        !self.any && !narrow
    }
}

/// The order of a list, and the last row of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sorted {
    /// The most urgent first.
    Urgent(Option<(DateTime<Utc>, Uuid)>),
    /// The newest first.
    Newest(Option<Uuid>),
}

fn select() -> String {
    format!("SELECT {COLUMNS} FROM dossier WHERE commune_id = ")
}

/// A dossier that the reader may see.
///
/// # Errors
/// Not found, also when it is somebody else's.
pub async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Dossier> {
    within(sql(select()).arg(ctx.commune).push(" AND id = ").arg(id), ctx, &ctx.scope).one(on).await
}

/// The dossier of a code, whoever asks: tracking proves itself by digits of the number.
pub async fn by_code(ctx: &Ctx, code: &str) -> Result<Option<Dossier>> {
    sql(select()).arg(ctx.commune).push(" AND code = ").arg(code).first(&ctx.app.db).await
}

/// The dossiers of these codes; the caller has decided that the reader is of the staff.
pub(crate) async fn by_codes(ctx: &Ctx, on: &impl Run, codes: &[&str]) -> Result<Vec<Dossier>> {
    sql(select()).arg(ctx.commune).push(" AND code IN (").args(codes.iter().copied()).push(")").all(on).await
}

/// The dossiers of these ids, likewise.
pub(crate) async fn by_ids(ctx: &Ctx, on: &impl Run, ids: &[Uuid]) -> Result<Vec<Dossier>> {
    sql(select()).arg(ctx.commune).push(" AND id IN (").args(ids.iter().copied()).push(")").all(on).await
}

/// The places of the reader: the staff see all of the commune; a resident what is their own, a team member what they
/// filed.
fn within(query: Sql, ctx: &Ctx, scope: &Scope) -> Sql {
    if scope.whole() {
        return query;
    }
    let query = query.push(" AND (applicant_person_id IN (").args(scope.ids("person")).push(")");
    match ctx.account_or_none() {
        Some(account) => query
            .push(" OR applicant_account_id = ")
            .arg(account)
            .push(" OR filed_by = ")
            .arg(account)
            .push(")"),
        None => query.push(")"),
    }
}

fn filtered(mut query: Sql, filter: &Filter) -> Sql {
    if let Some(queue) = filter.queue {
        query = query.push(" AND queue = ").arg(queue);
    }
    if let Some(holder) = filter.holder {
        query = query.push(" AND holder_id = ").arg(holder);
    }
    if let Some(status) = filter.status {
        query = query.push(" AND status = ").arg(status);
    }
    if let Some(procedure) = &filter.procedure {
        query = query.push(" AND procedure_code = ").arg(procedure.as_str());
    }
    if let Some(ids) = &filter.ids {
        return query.push(" AND id IN (").args(ids.iter().copied()).push(")");
    }
    if filter.office() {
        return query.push(" AND queue IN (").args(OFFICE).push(")");
    }
    query
}

/// A page of the work list; the caller has decided that the reader is of the staff.
pub async fn list(ctx: &Ctx, filter: &Filter, sorted: Sorted, limit: i64) -> Result<Vec<Dossier>> {
    if !(filter.office() && matches!(sorted, Sorted::Urgent(_))) {
        return page(ctx, filter, sorted, limit).await;
    }
    // One stretch of the index for each queue: all that waits would be sorted for a page of it.
    let mut found: Vec<Dossier> = Vec::new();
    for queue in OFFICE {
        let one = Filter { queue: Some(queue), ..filter.clone() };
        found.extend(page(ctx, &one, sorted, limit).await?);
    }
    found.sort_by_key(|one| (one.turn_at, one.id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

async fn page(ctx: &Ctx, filter: &Filter, sorted: Sorted, limit: i64) -> Result<Vec<Dossier>> {
    let query = filtered(sql(select()).arg(ctx.commune), filter);
    let query = match sorted {
        Sorted::Urgent(after) => {
            let query = match after {
                Some((at, id)) => query.push(" AND (turn_at, id) > (").arg(at).push(", ").arg(id).push(")"),
                None => query,
            };
            query.push(" ORDER BY turn_at, id LIMIT ")
        }
        Sorted::Newest(before) => {
            let query = match before {
                Some(id) => query.push(" AND id < ").arg(id),
                None => query,
            };
            query.push(" ORDER BY id DESC LIMIT ")
        }
    };
    query.arg(limit).all(&ctx.app.db).await
}

/// Everything that is somebody's turn, at most 10,000: whom a transfer may be for.
pub(crate) async fn in_queues(ctx: &Ctx, on: &impl Run, queues: &[Queue]) -> Result<Vec<Dossier>> {
    let query = sql(select()).arg(ctx.commune).push(" AND queue IN (").args(queues.iter().copied());
    query.push(") ORDER BY turn_at, id LIMIT 10000").all(on).await
}

/// How many, at most 1,000.
pub async fn count(ctx: &Ctx, filter: &Filter) -> Result<i64> {
    let start = sql("SELECT COUNT(*) FROM (SELECT id FROM dossier WHERE commune_id = ").arg(ctx.commune);
    filtered(start, filter).push(" LIMIT 1000) counted").count(&ctx.app.db).await
}

/// The dossiers of one applicant, newest first; the caller has decided that the reader may see dossiers.
pub async fn of_person(ctx: &Ctx, person: Uuid, limit: i64) -> Result<Vec<Dossier>> {
    let query = sql(select()).arg(ctx.commune).push(" AND applicant_person_id = ").arg(person);
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// What the reader applied for or filed for somebody, newest first.
pub async fn mine(ctx: &Ctx, limit: i64) -> Result<Vec<Dossier>> {
    let account = ctx.account()?;
    let mut found: Vec<Dossier> = Vec::new();
    // One index for each way to be connected; an OR over them would read the commune.
    let by = |column: &str, ids: Vec<Uuid>| {
        let query = sql(select()).arg(ctx.commune).push(&format!(" AND {column} IN (")).args(ids);
        query.push(") ORDER BY id DESC LIMIT ").arg(limit)
    };
    found.extend(by("applicant_account_id", vec![account]).all::<Dossier>(&ctx.app.db).await?);
    found.extend(by("applicant_person_id", ctx.scope.ids("person")).all::<Dossier>(&ctx.app.db).await?);
    found.extend(by("filed_by", vec![account]).all::<Dossier>(&ctx.app.db).await?);
    found.sort_by_key(|one| std::cmp::Reverse(one.id));
    found.dedup_by_key(|one| one.id);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Dossier) -> Result<()> {
    insert_many(ctx, tx, std::slice::from_ref(one)).await
}

/// Writes many rows as they are.
pub(super) async fn insert_many(ctx: &Ctx, tx: &Tx, all: &[Dossier]) -> Result<()> {
    let mut columns = vec!["commune_id"];
    columns.extend(COLUMNS.split(", "));
    columns.extend(["submitted_on", "returned_on"]);
    let rows = all.iter().map(|one| values(ctx, one));
    rows_into(tx, "dossier", &columns, rows, "").await?;
    Ok(())
}

/// In the order of [`insert_many`]'s columns.
fn values(ctx: &Ctx, one: &Dossier) -> Vec<Value> {
    vec![
        ctx.commune.into(),
        one.id.into(),
        one.code.as_str().into(),
        one.procedure_code.as_str().into(),
        one.procedure_digest.as_str().into(),
        one.field.as_str().into(),
        one.channel.into(),
        one.status.into(),
        one.step.as_str().into(),
        one.queue.into(),
        one.holder_id.into(),
        one.applicant_account_id.into(),
        one.applicant_person_id.into(),
        one.applicant_name.as_str().into(),
        one.applicant_number.as_str().into(),
        one.applicant_phone.as_str().into(),
        one.subject.as_str().into(),
        serde_json::Value::Object(one.answers.clone()).into(),
        one.filed_by.into(),
        one.submitted_at.into(),
        one.received_at.into(),
        one.due_at.into(),
        one.turn_at.into(),
        one.stopped_at.into(),
        one.ended_at.into(),
        one.returned_at.into(),
        one.supplements.into(),
        one.extensions.into(),
        one.reason.as_str().into(),
        one.rating.into(),
        one.revision.into(),
        local_date(one.submitted_at).into(),
        one.returned_at.map(local_date).into(),
    ]
}

/// Writes what may change; false when somebody else was first.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Dossier) -> Result<bool> {
    let written = sql("UPDATE dossier SET revision = revision + 1, status = ")
        .arg(one.status)
        .push(", step = ")
        .arg(one.step.as_str())
        .push(", queue = ")
        .arg(one.queue)
        .push(", holder_id = ")
        .arg(one.holder_id)
        .push(", applicant_person_id = ")
        .arg(one.applicant_person_id)
        .push(", answers = ")
        .arg(serde_json::Value::Object(one.answers.clone()))
        .push(", subject = ")
        .arg(one.subject.as_str())
        .push(", received_at = ")
        .arg(one.received_at)
        .push(", due_at = ")
        .arg(one.due_at)
        .push(", turn_at = ")
        .arg(one.turn_at)
        .push(", stopped_at = ")
        .arg(one.stopped_at)
        .push(", ended_at = ")
        .arg(one.ended_at)
        .push(", returned_at = ")
        .arg(one.returned_at)
        .push(", returned_on = ")
        .arg(one.returned_at.map(local_date))
        .push(", supplements = ")
        .arg(one.supplements)
        .push(", extensions = ")
        .arg(one.extensions)
        .push(", reason = ")
        .arg(one.reason.as_str())
        .push(", rating = ")
        .arg(one.rating)
        .push(" WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND id = ")
        .arg(one.id)
        .push(" AND revision = ")
        .arg(one.revision)
        .run(tx)
        .await?;
    Ok(written == 1)
}

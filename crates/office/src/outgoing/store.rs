//! SQL of outgoing documents.

use super::kinds::Kinds;
use super::model::{Document, State};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, issuer, kind, kinds_from, state, subject, content, version, signer_role, reply_to, \
     drafted_by, drafted_at, signer_id, signer_name, approved_at, book, year, number, symbol, numbered_at, issued_at, file_id, \
     digest, replaces, replaced_by, recalled_at, recall_reason, updated_at, revision FROM outgoing_document WHERE commune_id = ";

/// What a list shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    pub states: Vec<State>,
    pub drafted_by: Option<Uuid>,
    /// Of roles that the reader has: what waits for their word.
    pub signer_roles: Option<Vec<String>>,
    pub kind: String,
    pub issuer: String,
    pub ids: Option<Vec<Uuid>>,
}

/// Only what the reader may see: their own drafts, what others have handed on, and of an issuer that is closed only when they
/// are let in there.
fn seen(ctx: &Ctx, query: Sql) -> Result<Sql> {
    let kinds = Kinds::load(ctx)?;
    let open = kinds.issuers.iter().filter(|one| !one.closed || ctx.may("outgoing.closed"));
    let open: Vec<String> = open.map(|one| one.code.clone()).collect();
    let Some(me) = ctx.account_or_none() else { return Ok(query) };
    let query = query.push(" AND (drafted_by = ").arg(me).push(" OR (state <> ").arg(State::Drafting);
    Ok(query.push(" AND issuer IN (").args(open).push(")))"))
}

/// # Errors
/// Not found, also when the reader may not see it.
pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Document> {
    seen(ctx, sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id))?.one(on).await
}

fn narrowed(ctx: &Ctx, filter: &Filter, start: &str) -> Result<Sql> {
    let mut query = seen(ctx, sql(start).arg(ctx.commune))?;
    if !filter.states.is_empty() {
        query = query.push(" AND state IN (").args(filter.states.iter().copied()).push(")");
    }
    if let Some(drafter) = filter.drafted_by {
        query = query.push(" AND drafted_by = ").arg(drafter);
    }
    if let Some(roles) = &filter.signer_roles {
        query = query.push(" AND signer_role IN (").args(roles.iter().cloned()).push(")");
    }
    for (column, value) in [("kind", &filter.kind), ("issuer", &filter.issuer)] {
        if !value.is_empty() {
            query = query.push(" AND ").push(column).push(" = ").arg(value.as_str());
        }
    }
    if let Some(ids) = &filter.ids {
        query = query.push(" AND id IN (").args(ids.iter().copied()).push(")");
    }
    Ok(query)
}

/// The newest first, after the one with this id.
pub(super) async fn list(
    ctx: &Ctx,
    filter: &Filter,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Document>> {
    let mut query = narrowed(ctx, filter, SELECT)?;
    if let Some(after) = after {
        query = query.push(" AND id < ").arg(after);
    }
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many, at most a thousand.
pub(super) async fn count(ctx: &Ctx, filter: &Filter) -> Result<i64> {
    let inner = narrowed(ctx, filter, "SELECT 1 FROM outgoing_document WHERE commune_id = ")?;
    sql("SELECT COUNT(*) FROM (").then(inner.push(" LIMIT 1000")).push(") counted").count(&ctx.app.db).await
}

/// Those that answer an incoming document.
pub(super) async fn replies(ctx: &Ctx, incoming: Uuid) -> Result<Vec<Document>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND reply_to = ").arg(incoming);
    seen(ctx, query)?.push(" ORDER BY id DESC LIMIT 20").all(&ctx.app.db).await
}

/// The register of a year: what has a number, in the order in which numbers were taken.
pub(super) async fn register(
    ctx: &Ctx,
    issuer: &str,
    year: i64,
    kind: &str,
    after: Option<&Document>,
    limit: i64,
) -> Result<Vec<Document>> {
    let query =
        sql(SELECT).arg(ctx.commune).push(" AND issuer = ").arg(issuer).push(" AND year = ").arg(year);
    let mut query = seen(ctx, query.push(" AND numbered_at IS NOT NULL"))?;
    if !kind.is_empty() {
        query = query.push(" AND kind = ").arg(kind);
    }
    if let Some((last, at)) = after.and_then(|last| Some((last, last.numbered_at?))) {
        query = query.push(" AND (numbered_at > ").arg(at).push(" OR (numbered_at = ").arg(at);
        query = query.push(" AND id > ").arg(last.id).push("))");
    }
    query.push(" ORDER BY numbered_at, id LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Document) -> Result<()> {
    sql("INSERT INTO outgoing_document (commune_id, id, issuer, kind, kinds_from, state, subject, content, version, signer_role, \
         reply_to, drafted_by, drafted_at, signer_name, book, symbol, digest, replaces, recall_reason, updated_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', '', '', '', $14, '', $13, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.issuer.as_str())
    .bind(one.kind.as_str())
    .bind(one.kinds_from)
    .bind(one.state)
    .bind(one.subject.as_str())
    .bind(serde_json::to_value(&one.content)?)
    .bind(one.version)
    .bind(one.signer_role.as_str())
    .bind(one.reply_to)
    .bind(one.drafted_by)
    .bind(one.drafted_at)
    .bind(one.replaces)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes what may change; false when somebody else was first.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Document) -> Result<bool> {
    let written = sql("UPDATE outgoing_document SET issuer = $4, kind = $5, kinds_from = $6, state = $7, subject = $8, content = $9, \
         version = $10, signer_role = $11, reply_to = $12, signer_id = $13, signer_name = $14, approved_at = $15, book = $16, \
         year = $17, number = $18, symbol = $19, numbered_at = $20, issued_at = $21, file_id = $22, digest = $23, \
         replaced_by = $24, recalled_at = $25, recall_reason = $26, updated_at = $27, numbered_on = $28, \
         revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.issuer.as_str())
    .bind(one.kind.as_str())
    .bind(one.kinds_from)
    .bind(one.state)
    .bind(one.subject.as_str())
    .bind(serde_json::to_value(&one.content)?)
    .bind(one.version)
    .bind(one.signer_role.as_str())
    .bind(one.reply_to)
    .bind(one.signer_id)
    .bind(one.signer_name.as_str())
    .bind(one.approved_at)
    .bind(one.book.as_str())
    .bind(one.year)
    .bind(one.number)
    .bind(one.symbol.as_str())
    .bind(one.numbered_at)
    .bind(one.issued_at)
    .bind(one.file_id)
    .bind(one.digest.as_str())
    .bind(one.replaced_by)
    .bind(one.recalled_at)
    .bind(one.recall_reason.as_str())
    .bind(ctx.now)
    .bind(one.numbered_at.map(platform::clock::local_date))
    .run(tx)
    .await?;
    figures::touch(ctx, tx, crate::figures::DOCUMENTS);
    Ok(written == 1)
}

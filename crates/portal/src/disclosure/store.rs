//! SQL of what was made public.

use super::model::{Attached, Disclosure};
use chrono::NaiveDate;
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, topic, title, summary, symbol, issued_on, period_end, open_until, published_at, published_on, \
                      published_by, withdrawn_at, withdrawn_why, revision FROM disclosure WHERE commune_id = ";

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Disclosure> {
    sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// Which documents a list shows.
#[derive(Debug, Default)]
pub(super) struct Filter {
    pub topic: String,
    /// What a search found.
    pub ids: Option<Vec<Uuid>>,
    /// What was taken down as well.
    pub all: bool,
}

fn narrowed(query: Sql, filter: &Filter) -> Sql {
    let mut query = query;
    if !filter.topic.is_empty() {
        query = query.push(" AND topic = ").arg(filter.topic.as_str());
    }
    if !filter.all {
        query = query.push(" AND withdrawn_at IS NULL");
    }
    match &filter.ids {
        Some(ids) if ids.is_empty() => query.push(" AND 1 = 0"),
        Some(ids) => query.push(" AND id IN (").args(ids.iter().copied()).push(")"),
        None => query,
    }
}

/// The newest first, below `after`.
pub(super) async fn list(
    ctx: &Ctx,
    filter: &Filter,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Disclosure>> {
    let mut query = narrowed(sql(SELECT).arg(ctx.commune), filter);
    if let Some(after) = after {
        query = query.push(" AND id < ").arg(after);
    }
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The periods of a column for which something stands on the page, from a day on.
pub(super) async fn periods(ctx: &Ctx, topic: &str, from: NaiveDate) -> Result<Vec<NaiveDate>> {
    sql("SELECT DISTINCT period_end FROM disclosure WHERE commune_id = $1 AND topic = $2 AND period_end >= $3 \
         AND withdrawn_at IS NULL")
    .bind(ctx.commune)
    .bind(topic)
    .bind(from)
    .column(&ctx.app.db)
    .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Disclosure) -> Result<()> {
    sql("INSERT INTO disclosure (commune_id, id, topic, title, summary, symbol, issued_on, period_end, open_until, published_at, \
         published_on, published_by, withdrawn_why, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.topic.as_str())
    .bind(one.title.as_str())
    .bind(one.summary.as_str())
    .bind(one.symbol.as_str())
    .bind(one.issued_on)
    .bind(one.period_end)
    .bind(one.open_until)
    .bind(one.published_at)
    .bind(one.published_on)
    .bind(one.published_by)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes it anew where the reader's revision is still the newest; false when it is not.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Disclosure) -> Result<bool> {
    let written = sql(
        "UPDATE disclosure SET topic = $4, title = $5, summary = $6, symbol = $7, issued_on = $8, period_end = $9, \
         open_until = $10, withdrawn_at = $11, withdrawn_why = $12, revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2 AND revision = $3",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.topic.as_str())
    .bind(one.title.as_str())
    .bind(one.summary.as_str())
    .bind(one.symbol.as_str())
    .bind(one.issued_on)
    .bind(one.period_end)
    .bind(one.open_until)
    .bind(one.withdrawn_at)
    .bind(one.withdrawn_why.as_str())
    .run(tx)
    .await?;
    Ok(written == 1)
}

pub(super) async fn attach(ctx: &Ctx, tx: &Tx, id: Uuid, file: &Attached) -> Result<()> {
    sql(
        "INSERT INTO disclosure_file (commune_id, disclosure_id, id, name, size) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(ctx.commune)
    .bind(id)
    .bind(file.id)
    .bind(file.name.as_str())
    .bind(file.size)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn detach(ctx: &Ctx, tx: &Tx, id: Uuid, file: Uuid) -> Result<()> {
    sql("DELETE FROM disclosure_file WHERE commune_id = $1 AND disclosure_id = $2 AND id = $3")
        .bind(ctx.commune)
        .bind(id)
        .bind(file)
        .run(tx)
        .await?;
    Ok(())
}

/// The files of a document, in the order in which they were put there.
pub(super) async fn files(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Vec<Attached>> {
    sql("SELECT id, name, size FROM disclosure_file WHERE commune_id = $1 AND disclosure_id = $2 ORDER BY id")
        .bind(ctx.commune)
        .bind(id)
        .all(on)
        .await
}

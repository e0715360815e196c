//! SQL of work groups.

use super::model::Group;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, name, platform, address, members, opened_on, ended_on, revision FROM work_group \
                      WHERE commune_id = ";
/// More nobody keeps.
const LIMIT: i64 = 500;

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Group> {
    sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// Those in use before those that have ended, each in the order of their days.
pub(super) async fn all(ctx: &Ctx) -> Result<Vec<Group>> {
    let query = sql(SELECT).arg(ctx.commune).push(" ORDER BY ended_on IS NOT NULL, opened_on, id LIMIT ");
    query.arg(LIMIT).push(" /* all rows */").all(&ctx.app.db).await
}

/// Those that are in use today.
pub(crate) async fn open(ctx: &Ctx) -> Result<Vec<Group>> {
    let today = ctx.today();
    Ok(all(ctx).await?.into_iter().filter(|one| one.ended_on.is_none_or(|day| day >= today)).collect())
}

pub(crate) async fn by_ids(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Group>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    sql(SELECT)
        .arg(ctx.commune)
        .push(" AND id IN (")
        .args(ids.iter().copied())
        .push(")")
        .all(&ctx.app.db)
        .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Group) -> Result<()> {
    sql("INSERT INTO work_group (commune_id, id, name, platform, address, members, opened_on, ended_on, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.name.as_str())
    .bind(one.platform)
    .bind(one.address.as_str())
    .bind(one.members.as_str())
    .bind(one.opened_on)
    .bind(one.ended_on)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes it anew where the reader's revision is still the newest; false when it is not.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Group) -> Result<bool> {
    let written = sql(
        "UPDATE work_group SET name = $4, platform = $5, address = $6, members = $7, opened_on = $8, ended_on = $9, \
         revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.name.as_str())
    .bind(one.platform)
    .bind(one.address.as_str())
    .bind(one.members.as_str())
    .bind(one.opened_on)
    .bind(one.ended_on)
    .run(tx)
    .await?;
    Ok(written == 1)
}

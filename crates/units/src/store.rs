//! SQL of the units. Reading is public: it is asked by every area.

use crate::model::{Kind, Succession, Unit, UnitRow};
use chrono::NaiveDate;
use platform::db::Sql;
use platform::remember::remember;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};

const NOW: &str = "SELECT u.id, u.kind, u.code, u.name, u.sort_key, u.slug, u.parent_id, u.valid_from, u.valid_to, \
                   u.note, u.revision FROM unit u WHERE u.commune_id = ";

/// The unit with the name, code and parent that it had on a day. `sort_key` is today's, so lists keep their order.
const THEN: &str = "SELECT u.id, v.kind, v.code, v.name, u.sort_key, u.slug, v.parent_id, u.valid_from, u.valid_to, \
                    u.note, u.revision FROM unit u JOIN unit_version v ON v.commune_id = u.commune_id AND v.id = u.id \
                    WHERE u.commune_id = ";

async fn units(statement: Sql, on: &impl Run) -> Result<Vec<Unit>> {
    statement.all::<UnitRow>(on).await?.into_iter().map(Unit::try_from).collect()
}

async fn one(statement: Sql, on: &impl Run) -> Result<Unit> {
    units(statement, on).await?.into_iter().next().ok_or_else(Error::not_found)
}

fn then(ctx: &Ctx, on: NaiveDate) -> Sql {
    sql(THEN).arg(ctx.commune).push(" AND v.valid_from <= ").arg(on).push(" AND v.valid_to >= ").arg(on)
}

/// The unit as it is now, also when it has ended.
pub async fn find(ctx: &Ctx, id: Uuid) -> Result<Unit> {
    one(sql(NOW).arg(ctx.commune).push(" AND u.id = ").arg(id), &ctx.app.db).await
}

/// The same inside a transaction, which also sees what it wrote itself.
pub async fn find_in(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Unit> {
    one(sql(NOW).arg(ctx.commune).push(" AND u.id = ").arg(id), tx).await
}

/// The unit as it was on a day; not found when it did not exist then.
pub async fn on_day(ctx: &Ctx, id: Uuid, on: NaiveDate) -> Result<Unit> {
    one(then(ctx, on).push(" AND u.id = ").arg(id), &ctx.app.db).await
}

/// The unit with this word in its address.
pub async fn by_slug(ctx: &Ctx, slug: &str) -> Result<Unit> {
    one(sql(NOW).arg(ctx.commune).push(" AND u.slug = ").arg(slug), &ctx.app.db).await
}

/// The unit that carried an official code on a day. A code alone says little: it outlives mergers.
pub async fn by_code(ctx: &Ctx, kind: Kind, code: &str, on: NaiveDate) -> Result<Unit> {
    let these = then(ctx, on).push(" AND v.kind = ").arg(kind.code()).push(" AND v.code = ").arg(code);
    one(these, &ctx.app.db).await
}

/// All units of a level on a day, in Vietnamese order.
pub async fn list(ctx: &Ctx, kind: Kind, on: NaiveDate) -> Result<Vec<Unit>> {
    let these = then(ctx, on).push(" AND v.kind = ").arg(kind.code()).push(" ORDER BY u.sort_key, u.id");
    units(these, &ctx.app.db).await
}

/// The villages of a day, in Vietnamese order.
pub async fn village_list(ctx: &Ctx, on: NaiveDate) -> Result<Vec<Unit>> {
    // Nearly every page asks for them.
    let villages = remember(ctx, "units.villages", on.to_string(), list(ctx, Kind::Village, on)).await?;
    Ok(villages.to_vec())
}

/// What stands directly under a unit on a day.
pub async fn children(ctx: &Ctx, id: Uuid, on: NaiveDate) -> Result<Vec<Unit>> {
    let these = then(ctx, on).push(" AND v.parent_id = ").arg(id).push(" ORDER BY u.sort_key, u.id");
    units(these, &ctx.app.db).await
}

/// Units by id, as they are now; unknown ids are left out.
pub async fn get_many(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Unit>> {
    let these = sql(NOW).arg(ctx.commune).push(" AND u.id IN (").args(ids.iter().copied());
    units(these.push(") ORDER BY u.sort_key, u.id"), &ctx.app.db).await
}

/// The units above one, from the nearest up, as they stood on a day: until 30 June 2025 the district is among them.
pub async fn ancestors(ctx: &Ctx, id: Uuid, on: NaiveDate) -> Result<Vec<Unit>> {
    let mut above = Vec::new();
    let mut next = on_day(ctx, id, on).await?.parent_id;
    // Four levels; the bound only guards against a ring in damaged data.
    while let (Some(parent), true) = (next, above.len() < Kind::ALL.len()) {
        let parent = on_day(ctx, parent, on).await?;
        next = parent.parent_id;
        above.push(parent);
    }
    Ok(above)
}

/// The units into which this one went, oldest first.
pub async fn merged_into(ctx: &Ctx, id: Uuid) -> Result<Vec<Succession>> {
    succession(ctx, "from_id", id).await
}

/// The units from which this one was made, oldest first.
pub async fn made_of(ctx: &Ctx, id: Uuid) -> Result<Vec<Succession>> {
    succession(ctx, "to_id", id).await
}

async fn succession(ctx: &Ctx, side: &str, id: Uuid) -> Result<Vec<Succession>> {
    sql("SELECT from_id, to_id, on_date, source FROM unit_succession WHERE commune_id = ")
        .arg(ctx.commune)
        .push(&format!(" AND {side} = "))
        .arg(id)
        .push(" ORDER BY on_date, from_id, to_id")
        .all(&ctx.app.db)
        .await
}

/// The boundary as GeoJSON geometry, if one is stored.
pub async fn boundary(ctx: &Ctx, id: Uuid) -> Result<Option<String>> {
    let found = sql("SELECT boundary FROM unit WHERE commune_id = $1 AND id = $2").bind(ctx.commune).bind(id);
    found.scalar::<Option<String>>(&ctx.app.db).await?.ok_or_else(Error::not_found)
}

pub(crate) async fn slug_taken(ctx: &Ctx, tx: &Tx, slug: &str) -> Result<bool> {
    let same =
        sql("SELECT COUNT(*) FROM unit WHERE commune_id = $1 AND slug = $2").bind(ctx.commune).bind(slug);
    Ok(same.count(tx).await? > 0)
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, unit: &Unit, source: &str) -> Result<()> {
    sql("INSERT INTO unit (commune_id, id, kind, code, name, name_folded, sort_key, slug, parent_id, valid_from, \
         valid_to, note, boundary, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, 1)")
        .bind(ctx.commune)
        .bind(unit.id)
        .bind(unit.kind.code())
        .bind(unit.code.as_str())
        .bind(unit.name.as_str())
        .bind(vntext::fold(&unit.name))
        .bind(unit.sort_key.as_str())
        .bind(unit.slug.as_str())
        .bind(unit.parent_id)
        .bind(unit.valid_from)
        .bind(unit.valid_to)
        .bind(unit.note.as_str())
        .run(tx)
        .await?;
    version_put(ctx, tx, unit, unit.valid_from, source).await
}

/// Writes the values of now; 0 rows when somebody else was first.
pub(crate) async fn update(ctx: &Ctx, tx: &Tx, unit: &Unit) -> Result<u64> {
    sql("UPDATE unit SET code = $4, name = $5, name_folded = $6, sort_key = $7, parent_id = $8, valid_to = $9, \
         note = $10, revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3")
        .bind(ctx.commune)
        .bind(unit.id)
        .bind(unit.revision)
        .bind(unit.code.as_str())
        .bind(unit.name.as_str())
        .bind(vntext::fold(&unit.name))
        .bind(unit.sort_key.as_str())
        .bind(unit.parent_id)
        .bind(unit.valid_to)
        .bind(unit.note.as_str())
        .run(tx)
        .await
}

/// The first day of the newest version.
pub(crate) async fn version_start(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<NaiveDate> {
    let newest = sql(
        "SELECT valid_from FROM unit_version WHERE commune_id = $1 AND id = $2 ORDER BY valid_from DESC LIMIT 1",
    );
    newest.bind(ctx.commune).bind(id).scalar(tx).await?.ok_or_else(Error::not_found)
}

/// Writes the version that begins on `from` and lasts as long as the unit; one that begins on that day is replaced.
pub(crate) async fn version_put(
    ctx: &Ctx,
    tx: &Tx,
    unit: &Unit,
    from: NaiveDate,
    source: &str,
) -> Result<()> {
    sql("INSERT INTO unit_version (commune_id, id, valid_from, valid_to, kind, code, name, parent_id, source, \
         recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (commune_id, id, valid_from) DO \
         UPDATE SET valid_to = excluded.valid_to, kind = excluded.kind, code = excluded.code, name = excluded.name, \
         parent_id = excluded.parent_id, source = excluded.source, recorded_at = excluded.recorded_at")
        .bind(ctx.commune)
        .bind(unit.id)
        .bind(from)
        .bind(unit.valid_to)
        .bind(unit.kind.code())
        .bind(unit.code.as_str())
        .bind(unit.name.as_str())
        .bind(unit.parent_id)
        .bind(source)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// Ends the version that began on `from` with `last` as its last day.
pub(crate) async fn version_close(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    from: NaiveDate,
    last: NaiveDate,
) -> Result<()> {
    sql("UPDATE unit_version SET valid_to = $4 WHERE commune_id = $1 AND id = $2 AND valid_from = $3")
        .bind(ctx.commune)
        .bind(id)
        .bind(from)
        .bind(last)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn succession_insert(ctx: &Ctx, tx: &Tx, row: &Succession) -> Result<()> {
    sql("INSERT INTO unit_succession (commune_id, from_id, to_id, on_date, source) VALUES ($1, $2, $3, $4, $5)")
        .bind(ctx.commune)
        .bind(row.from_id)
        .bind(row.to_id)
        .bind(row.on_date)
        .bind(row.source.as_str())
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn boundary_set(ctx: &Ctx, tx: &Tx, id: Uuid, geojson: &str) -> Result<u64> {
    sql("UPDATE unit SET boundary = $3, revision = revision + 1 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(geojson)
        .run(tx)
        .await
}

//! Lists of places.

use super::super::kind::Kind;
use super::super::model::{Brief, State, month_bit};
use crate::dates::Dates;
use chrono::NaiveDate;
use platform::db::Sql;
use platform::{Ctx, Result, Uuid, sql};

const BRIEF: &str = "SELECT p.id, p.kind, p.slug, p.state, p.content, p.cover_id, p.drafted_by, p.updated_at, p.revision, p.views, \
     m.alt AS cover_alt, m.alt_en AS cover_alt_en FROM tourism_place p \
     LEFT JOIN tourism_picture m ON m.commune_id = p.commune_id AND m.id = p.cover_id WHERE p.commune_id = ";

/// What a list shows; the default is everything.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub state: Option<State>,
    pub kind: Option<Kind>,
    pub village: Option<Uuid>,
    /// 1 to 12.
    pub month: Option<u8>,
    pub facility: String,
    /// Only what somebody drafted.
    pub drafted_by: Option<Uuid>,
}

impl Filter {
    pub fn published() -> Filter {
        Filter { state: Some(State::Published), ..Filter::default() }
    }
}

fn narrowed(mut query: Sql, filter: &Filter) -> Sql {
    if let Some(state) = filter.state {
        query = query.push(" AND p.state = ").arg(state);
    }
    if let Some(kind) = filter.kind {
        query = query.push(" AND p.kind = ").arg(kind);
    }
    if let Some(village) = filter.village {
        query = query.push(" AND p.village_id = ").arg(village);
    }
    if let Some(month) = filter.month {
        query = query.push(&format!(" AND (p.months & {}) <> 0", month_bit(month)));
    }
    if !filter.facility.is_empty() {
        query = query.push(" AND p.facilities LIKE ").arg(format!("%,{},%", filter.facility));
    }
    if let Some(account) = filter.drafted_by {
        query = query.push(" AND p.drafted_by = ").arg(account);
    }
    query
}

/// Only what belongs to the reader's places.
fn scoped(ctx: &Ctx, query: Sql) -> Sql {
    if ctx.scope.whole() {
        return query;
    }
    query.push(" AND p.village_id IN (").args(ctx.scope.ids("village")).push(")")
}

/// For everybody: what was begun last first, after the one with this id. Months and facilities are looked through row by row; a commune
/// has some dozens.
pub(crate) async fn public(
    ctx: &Ctx,
    filter: &Filter,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Brief>> {
    let mut query = narrowed(sql(BRIEF).arg(ctx.commune), filter);
    if let Some(after) = after {
        query = query.push(" AND p.id < ").arg(after);
    }
    query.push(" ORDER BY p.id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(crate) async fn by_ids(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Brief>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = narrowed(sql(BRIEF).arg(ctx.commune), &Filter::published());
    query.push(" AND p.id IN (").args(ids.iter().copied()).push(") ORDER BY p.id DESC").all(&ctx.app.db).await
}

/// For the work side, inside the reader's places.
pub(crate) async fn work(ctx: &Ctx, filter: &Filter, after: Option<Uuid>, limit: i64) -> Result<Vec<Brief>> {
    let mut query = scoped(ctx, narrowed(sql(BRIEF).arg(ctx.commune), filter));
    if let Some(after) = after {
        query = query.push(" AND p.id < ").arg(after);
    }
    query.push(" ORDER BY p.id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many, at most a thousand.
pub(crate) async fn count(ctx: &Ctx, filter: &Filter) -> Result<i64> {
    let inner = sql("SELECT 1 FROM tourism_place p WHERE p.commune_id = ").arg(ctx.commune);
    let inner = scoped(ctx, narrowed(inner, filter)).push(" LIMIT 1000");
    sql("SELECT COUNT(*) FROM (").then(inner).push(") counted").count(&ctx.app.db).await
}

/// Festivals that everybody knows, and those that were taken down: the calendar cancels them.
pub(crate) async fn festivals(ctx: &Ctx, limit: i64) -> Result<Vec<Brief>> {
    let filter = Filter { kind: Some(Kind::Festival), ..Filter::default() };
    let query = narrowed(sql(BRIEF).arg(ctx.commune), &filter).push(" AND p.state IN (");
    query
        .args([State::Published, State::Down])
        .push(") ORDER BY p.id LIMIT ")
        .arg(limit)
        .all(&ctx.app.db)
        .await
}

/// A festival that comes.
pub(crate) struct Coming {
    pub place: Brief,
    pub turn: crate::dates::Turn,
    /// Why it is not held in this year.
    pub off: Option<String>,
}

/// The next turns of published festivals that begin before a day, the nearest first.
pub(crate) async fn coming(ctx: &Ctx, places: &[Brief], before: NaiveDate) -> Result<Vec<Coming>> {
    let skips = super::skips(ctx).await?;
    let mut all = Vec::new();
    for place in places.iter().filter(|place| place.state == State::Published) {
        let dates: Option<Dates> = place.content.dates;
        for turn in dates.iter().flat_map(|dates| dates.turns(ctx.today(), 1)) {
            if turn.from <= before {
                let mut off = skips.iter().filter(|skip| skip.place_id == place.id);
                let off = off.find(|skip| skip.year == i64::from(turn.year)).map(|skip| skip.reason.clone());
                all.push(Coming { place: place.clone(), turn, off });
            }
        }
    }
    all.sort_by_key(|one| (one.turn.from, one.place.id));
    Ok(all)
}

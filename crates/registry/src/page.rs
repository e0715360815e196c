//! Lists that stay quick at a million rows: pages by the key of the last row, counts that stop counting.

use platform::access::Scope;
use platform::db::{FromQueryResult, Sql};
use platform::remember::remember;
use platform::{Ctx, Result, Run, Uuid};

/// More rows than this are told as "more than".
pub const COUNT_UP_TO: i64 = 10_000;
/// The longest page.
pub const PAGE_MAX: i64 = 500;

/// The last row of the page before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    pub sort_key: String,
    pub id: Uuid,
}

impl After {
    /// As it stands in an address.
    pub fn text(&self) -> String {
        format!("{}_{}", self.sort_key, self.id.simple())
    }

    pub fn parse(text: &str) -> Option<After> {
        let (sort_key, id) = text.rsplit_once('_')?;
        Some(After { sort_key: sort_key.to_owned(), id: id.parse().ok()? })
    }
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// `None` on the last page.
    pub next: Option<After>,
}

/// A count that stops at [`COUNT_UP_TO`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub count: i64,
    /// True: there are more.
    pub capped: bool,
}

/// A row with the columns `sort_key` and `id` by which its list goes.
struct Keyed<T> {
    after: After,
    row: T,
}

impl<T: FromQueryResult> FromQueryResult for Keyed<T> {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Keyed<T>, sea_orm::DbErr> {
        let after = After { sort_key: row.try_get(pre, "sort_key")?, id: row.try_get(pre, "id")? };
        Ok(Keyed { after, row: T::from_query_result(row, pre)? })
    }
}

/// Runs a list. `query` ends inside its WHERE; `alias` names the table that has `sort_key` and `id`.
pub(crate) async fn page<T: FromQueryResult>(
    query: Sql,
    alias: &str,
    after: Option<&After>,
    limit: i64,
    on: &impl Run,
) -> Result<Page<T>> {
    let limit = limit.clamp(1, PAGE_MAX);
    let mut query = query;
    if let Some(after) = after {
        query = query.push(&format!(" AND ({alias}.sort_key, {alias}.id) > ("));
        query = query.arg(after.sort_key.as_str()).push(", ").arg(after.id).push(")");
    }
    query = query.push(&format!(" ORDER BY {alias}.sort_key, {alias}.id LIMIT ")).arg(limit + 1);
    let mut keyed: Vec<Keyed<T>> = query.all(on).await?;
    let more = keyed.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        keyed.pop();
    }
    let next = if more { keyed.last().map(|last| last.after.clone()) } else { None };
    Ok(Page { rows: keyed.into_iter().map(|keyed| keyed.row).collect(), next })
}

/// Counts up to the cap, anew after any write. `query` begins with `SELECT COUNT(*) FROM (SELECT …` and ends inside the
/// inner WHERE, which holds what the scope narrows.
pub(crate) async fn count(ctx: &Ctx, query: Sql) -> Result<Count> {
    let query = query.push(" LIMIT ").arg(COUNT_UP_TO + 1).push(") counted");
    let count = *remember(ctx, "registry.count", query.key(), query.count(&ctx.app.db)).await?;
    Ok(Count { count: count.min(COUNT_UP_TO), capped: count > COUNT_UP_TO })
}

/// Adds the places that the reader may see; `column` holds a village.
pub(crate) fn within(query: Sql, scope: &Scope, column: &str) -> Sql {
    if scope.whole() {
        return query;
    }
    query.push(&format!(" AND {column} IN (")).args(scope.ids("village")).push(")")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_in_a_list_survives_an_address() {
        let after = After { sort_key: "t0h.!a0n-1.".into(), id: Uuid::from_u128(7) };
        assert_eq!(After::parse(&after.text()), Some(after));
        assert_eq!(After::parse("x"), None);
        assert_eq!(After::parse("x_y"), None);
    }
}

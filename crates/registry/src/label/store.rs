//! SQL of the labels: code, name and village of many objects of one kind.

use crate::page::{After, Page, page, within};
use platform::access::Scope;
use platform::db::Sql;
use platform::{Ctx, Result, Uuid, sql};
use sea_orm::FromQueryResult;

/// What carries labels here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Household,
    Person,
    Organisation,
    Asset,
    Team,
}

impl What {
    pub const ALL: [What; 5] = [What::Household, What::Person, What::Organisation, What::Asset, What::Team];

    pub fn code(self) -> &'static str {
        match self {
            What::Household => "household",
            What::Person => "person",
            What::Organisation => "organisation",
            What::Asset => "asset",
            What::Team => "team",
        }
    }

    pub fn parse(code: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.code() == code)
    }

    /// Columns: id, code, village_id, sort_key, name and person_id (whose name it is).
    fn select(self) -> &'static str {
        match self {
            What::Household => {
                "SELECT o.id, o.code, o.village_id, o.sort_key, o.address AS place, p.full_name AS name, p.id AS person_id \
                 FROM household o LEFT JOIN person p ON p.commune_id = o.commune_id AND p.id = o.head_person_id \
                 WHERE o.state = 'active' AND o.commune_id = "
            }
            What::Person => {
                "SELECT o.id, o.code, o.village_id, o.sort_key, '' AS place, o.full_name AS name, o.id AS person_id \
                 FROM person o WHERE o.state = 'present' AND o.commune_id = "
            }
            What::Organisation => {
                "SELECT o.id, o.code, o.village_id, o.sort_key, o.address AS place, o.name, NULL AS person_id \
                 FROM organisation o WHERE o.state = 'active' AND o.commune_id = "
            }
            What::Asset => {
                "SELECT o.id, o.code, o.village_id, o.sort_key, o.place, o.name, NULL AS person_id \
                 FROM asset o WHERE o.state = 'active' AND o.commune_id = "
            }
            What::Team => {
                "SELECT o.id, o.code, o.village_id, o.sort_key, '' AS place, o.name, NULL AS person_id \
                 FROM team o WHERE o.ended_on IS NULL AND o.commune_id = "
            }
        }
    }
}

/// What stands on a label.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Labelled {
    pub code: String,
    pub village_id: Option<Uuid>,
    pub place: String,
    pub name: Option<String>,
    pub person_id: Option<Uuid>,
}

/// Which objects.
#[derive(Debug, Clone, Default)]
pub(super) struct Which {
    /// A kind of organisation, asset or team.
    pub kind: Option<String>,
    pub village: Option<Uuid>,
    pub ids: Option<Vec<Uuid>>,
}

fn query(ctx: &Ctx, scope: &Scope, what: What, which: &Which) -> Sql {
    let mut query = sql(what.select()).arg(ctx.commune);
    if let Some(kind) =
        which.kind.as_deref().filter(|_| matches!(what, What::Organisation | What::Asset | What::Team))
    {
        query = query.push(" AND o.kind = ").arg(kind);
    }
    if let Some(village) = which.village {
        query = query.push(" AND o.village_id = ").arg(village);
    }
    if let Some(ids) = &which.ids {
        query = query.push(" AND o.id IN (").args(ids.iter().copied()).push(")");
    }
    within(query, scope, "o.village_id")
}

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Scope,
    what: What,
    which: &Which,
    after: Option<&After>,
    limit: i64,
) -> Result<Page<Labelled>> {
    page(query(ctx, scope, what, which), "o", after, limit, &ctx.app.db).await
}

#[derive(FromQueryResult)]
struct Found {
    kind: String,
    object_id: Uuid,
}

/// The objects behind codes that are in use.
pub(super) async fn behind(ctx: &Ctx, codes: &[crate::code::Code]) -> Result<Vec<(What, Uuid)>> {
    let query = sql("SELECT kind, object_id FROM identity_code WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND retired_at IS NULL AND code IN (")
        .args(codes.iter().map(crate::code::Code::as_str))
        .push(")");
    let rows: Vec<Found> = query.all(&ctx.app.db).await?;
    Ok(rows.into_iter().filter_map(|row| Some((What::parse(&row.kind)?, row.object_id))).collect())
}

/// The kinds of objects that are known by their ids only: the picked lines of any list.
pub(super) async fn of_ids(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<(What, Uuid)>> {
    let query = sql("SELECT kind, object_id FROM identity_code WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND retired_at IS NULL AND object_id IN (")
        .args(ids.iter().copied())
        .push(")");
    let rows: Vec<Found> = query.all(&ctx.app.db).await?;
    Ok(rows.into_iter().filter_map(|row| Some((What::parse(&row.kind)?, row.object_id))).collect())
}

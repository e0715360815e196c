//! Groups to whom a message may go: who answers for one village, and for one organisation.

use crate::Villages;
use messages::channel::{Group, Groups};
use platform::{Ctx, Result, Uuid, sql};
use sea_orm::FromQueryResult;
use std::collections::{BTreeMap, HashSet};

pub(crate) fn groups() -> Groups {
    Groups(|ctx| {
        Box::pin(async move {
            let mut groups = villages(ctx).await?;
            groups.extend(residents(ctx).await?);
            groups.extend(organisations(ctx).await?);
            Ok(groups)
        })
    })
}

/// The accounts of the people who live in a village today, each once.
pub async fn residents_of(ctx: &Ctx, village: Uuid) -> Result<Vec<Uuid>> {
    let of = held(ctx, "resident", "person").await?;
    let people: Vec<Uuid> = of.keys().copied().collect();
    let mut accounts = Vec::new();
    for some in people.chunks(500) {
        let these = sql("SELECT id FROM person WHERE commune_id = ").arg(ctx.commune);
        let these = these.push(" AND village_id = ").arg(village).push(" AND state = 'present' AND id IN (");
        let here: Vec<Uuid> = these.args(some.iter().copied()).push(")").column(&ctx.app.db).await?;
        accounts.extend(here.iter().filter_map(|person| of.get(person)).flatten().copied());
    }
    accounts.sort_unstable();
    accounts.dedup();
    Ok(accounts)
}

/// The accounts of the people of these households, each with its household. An account stands for one household alone.
pub async fn accounts_of(ctx: &Ctx, households: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    let asked: HashSet<Uuid> = households.iter().copied().collect();
    let of = held(ctx, "resident", "person").await?;
    let people: Vec<Uuid> = of.keys().copied().collect();
    let mut accounts: BTreeMap<Uuid, Uuid> = BTreeMap::new();
    for some in people.chunks(500) {
        let these = sql("SELECT id, household_id FROM person WHERE commune_id = ").arg(ctx.commune);
        let these = these.push(" AND state = 'present' AND id IN (").args(some.iter().copied()).push(")");
        for row in these.rows(&ctx.app.db).await? {
            let (person, home): (Uuid, Uuid) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            if asked.contains(&home) {
                accounts.extend(of.get(&person).into_iter().flatten().map(|account| (*account, home)));
            }
        }
    }
    Ok(accounts.into_iter().collect())
}

async fn villages(ctx: &Ctx) -> Result<Vec<Group>> {
    let villages = Villages::load(ctx).await?;
    let mut of = held(ctx, "village_head", "village").await?;
    let mut all: Vec<_> = villages.all().collect();
    all.sort_by_key(|unit| vntext::sort_key(&unit.name));
    let group = |unit: &units::Unit| Group {
        key: format!("village:{}", unit.id),
        label: ctx.t().s("registry-told-village", "name", &unit.name),
        accounts: of.remove(&unit.id).unwrap_or_default(),
    };
    Ok(all.into_iter().map(group).collect())
}

/// The people of each village who have an account that an officer has linked to them.
async fn residents(ctx: &Ctx) -> Result<Vec<Group>> {
    #[derive(FromQueryResult)]
    struct Living {
        id: Uuid,
        village_id: Uuid,
    }
    let of = held(ctx, "resident", "person").await?;
    let people: Vec<Uuid> = of.keys().copied().collect();
    let mut by_village: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for some in people.chunks(500) {
        let these = sql("SELECT id, village_id FROM person WHERE commune_id = ").arg(ctx.commune);
        let these = these.push(" AND state = 'present' AND id IN (").args(some.iter().copied()).push(")");
        let living: Vec<Living> = these.all(&ctx.app.db).await?;
        for one in living {
            by_village.entry(one.village_id).or_default().extend(of.get(&one.id).into_iter().flatten());
        }
    }
    let villages = Villages::load(ctx).await?;
    let mut all: Vec<_> = villages.all().collect();
    all.sort_by_key(|unit| vntext::sort_key(&unit.name));
    let group = |unit: &units::Unit| Group {
        key: format!("residents:{}", unit.id),
        label: ctx.t().s("registry-told-residents", "name", &unit.name),
        accounts: by_village.remove(&unit.id).unwrap_or_default(),
    };
    Ok(all.into_iter().map(group).collect())
}

async fn organisations(ctx: &Ctx) -> Result<Vec<Group>> {
    #[derive(FromQueryResult)]
    struct Named {
        id: Uuid,
        name: String,
    }
    let mut of = held(ctx, "organisation_manager", "organisation").await?;
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql("SELECT id, name FROM organisation WHERE commune_id = ").arg(ctx.commune);
    let query = query.push(" AND id IN (").args(of.keys().copied().collect::<Vec<_>>()).push(")");
    let mut named: Vec<Named> = query.all(&ctx.app.db).await?;
    named.sort_by_key(|one| vntext::sort_key(&one.name));
    let group = |one: Named| Group {
        key: format!("organisation:{}", one.id),
        accounts: of.remove(&one.id).unwrap_or_default(),
        label: one.name,
    };
    Ok(named.into_iter().map(group).collect())
}

async fn held(ctx: &Ctx, role: &str, kind: &str) -> Result<BTreeMap<Uuid, Vec<Uuid>>> {
    let mut of: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for holder in identity::holders_with_places(ctx, role, kind, ctx.today()).await? {
        of.entry(holder.place_id).or_default().push(holder.account_id);
    }
    Ok(of)
}

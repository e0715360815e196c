//! Who may be invited, preside and write the minutes: whoever the policies let attend, direct tasks and draft documents.

use platform::access::Place;
use platform::{Ctx, Result, Uuid};
use registry::Villages;
use std::collections::{HashMap, HashSet};

/// Somebody who may be invited.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub id: Uuid,
    pub name: String,
    /// The role in words, with the village where there is one.
    pub role: String,
    /// One of a village: all of them are picked at once.
    pub of_village: bool,
    pub may_chair: bool,
    pub may_write: bool,
}

/// Everybody who may be invited, by their first role.
pub(super) async fn all(ctx: &Ctx) -> Result<Vec<Person>> {
    let t = ctx.t();
    let policies = &ctx.app.policies;
    let mut found: Vec<Person> = Vec::new();
    let villages = Villages::load(ctx).await?;
    let mut units: Vec<_> = villages.all().collect();
    units.sort_by_key(|unit| vntext::sort_key(&unit.name));
    let ids: Vec<Uuid> = units.iter().map(|unit| unit.id).collect();
    for role in identity::role::ROLES {
        let permits = |action| policies.permits(role.code, action, role.place_kind, true);
        if !permits("meeting.attend") {
            continue;
        }
        let word = t.t(&role.text_key());
        let one = |id, role: String| Person {
            id,
            name: String::new(),
            role,
            of_village: false,
            may_chair: permits("task.assign"),
            may_write: permits("outgoing.draft"),
        };
        match role.place_kind {
            "village" => {
                let holders = identity::holders_of_many(ctx, role.code, "village", &ids, ctx.today()).await?;
                for unit in &units {
                    let these = holders.iter().filter(|holder| holder.place_id == unit.id);
                    let role = format!("{word}, {}", unit.name);
                    found.extend(
                        these.map(|holder| Person {
                            of_village: true,
                            ..one(holder.account_id, role.clone())
                        }),
                    );
                }
            }
            "commune" => {
                let commune = Place::new("commune", ctx.commune);
                let ids = identity::holders(ctx, role.code, &commune, ctx.today()).await?;
                found.extend(ids.into_iter().map(|id| one(id, word.clone())));
            }
            _ => {
                let ids = identity::holders_anywhere(ctx, role.code, ctx.today()).await?;
                found.extend(ids.into_iter().map(|id| one(id, word.clone())));
            }
        }
    }
    let mut known = HashSet::new();
    found.retain(|person| known.insert(person.id));
    let names = names(ctx, found.iter().map(|person| person.id)).await?;
    for person in &mut found {
        person.name = names.get(&person.id).cloned().unwrap_or_default();
    }
    Ok(found)
}

pub(super) async fn names(ctx: &Ctx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() { Ok(HashMap::new()) } else { identity::account_names(ctx, &ids).await }
}

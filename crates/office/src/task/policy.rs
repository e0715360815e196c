//! Who may be charged with a task, and when the program reminds: `data/office-tasks`.

use platform::access::Place;
use platform::{Ctx, Result, Uuid};
use registry::Villages;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    staff: Vec<String>,
    village: Vec<String>,
    organisation: Vec<String>,
    pub remind_days: Vec<u16>,
    pub escalate_days: u16,
    pub escalate_to: Vec<String>,
    pub recipients_most: usize,
    /// Days within which a personal link is used, and for which a phone stays bound.
    #[serde(default = "link_days")]
    pub link_days: u16,
    #[serde(default = "phone_days")]
    pub phone_days: u16,
    #[serde(default)]
    pub marks: Marks,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

// Files from before links were shared do not name them.
fn link_days() -> u16 {
    14
}

fn phone_days() -> u16 {
    180
}

/// What a task counts for its main doer, of 100.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Marks {
    pub in_time: i64,
    pub late: i64,
    /// The deadline is over and it is not done.
    pub undone: i64,
}

impl Default for Marks {
    // Files from before marks were given do not name them.
    fn default() -> Marks {
        Marks { in_time: 100, late: 50, undone: 0 }
    }
}

/// Somebody who may be charged.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub id: Uuid,
    pub name: String,
    /// The role in words, with the village where there is one.
    pub role: String,
    /// One of a village: all of them are picked at once.
    pub of_village: bool,
    /// One of the commune's own people, who keep work files.
    pub of_staff: bool,
}

impl Policy {
    pub fn load(ctx: &Ctx) -> Result<Arc<Policy>> {
        Ok(ctx.app.law.in_force("office-tasks", ctx.today())?.content)
    }

    /// How long the cookie of a bound phone is kept.
    pub fn phone_seconds(&self) -> u32 {
        u32::from(self.phone_days) * 86_400
    }

    /// Everybody whom the reader may charge, in the order of the file.
    pub async fn candidates(&self, ctx: &Ctx) -> Result<Vec<Candidate>> {
        self.candidates_beside(ctx, ctx.account_or_none()).await
    }

    /// The same where somebody else gives the task: nobody charges themselves.
    pub async fn candidates_beside(&self, ctx: &Ctx, giver: Option<Uuid>) -> Result<Vec<Candidate>> {
        let t = ctx.t();
        let mut found: Vec<Candidate> = Vec::new();
        let commune = Place::new("commune", ctx.commune);
        let one = |id, role: String, of_village| Candidate {
            id,
            name: String::new(),
            role,
            of_village,
            of_staff: false,
        };
        for role in &self.staff {
            let ids = identity::holders(ctx, role, &commune, ctx.today()).await?;
            let word = t.t(&identity::role::text_key(role));
            let staff = |id| Candidate { of_staff: true, ..one(id, word.clone(), false) };
            found.extend(ids.into_iter().map(staff));
        }
        let villages = Villages::load(ctx).await?;
        let mut all: Vec<_> = villages.all().collect();
        all.sort_by_key(|unit| vntext::sort_key(&unit.name));
        let ids: Vec<Uuid> = all.iter().map(|unit| unit.id).collect();
        for role in &self.village {
            let holders = identity::holders_of_many(ctx, role, "village", &ids, ctx.today()).await?;
            for unit in &all {
                let these = holders.iter().filter(|holder| holder.place_id == unit.id);
                let word = format!("{}, {}", t.t(&identity::role::text_key(role)), unit.name);
                found.extend(these.map(|holder| one(holder.account_id, word.clone(), true)));
            }
        }
        for role in &self.organisation {
            let word = t.t(&identity::role::text_key(role));
            let ids = identity::holders_anywhere(ctx, role, ctx.today()).await?;
            found.extend(ids.into_iter().map(|id| one(id, word.clone(), false)));
        }
        // With two roles one is offered once, by the first of the list.
        let mut known = HashSet::new();
        found.retain(|candidate| Some(candidate.id) != giver && known.insert(candidate.id));
        let ids: Vec<Uuid> = found.iter().map(|candidate| candidate.id).collect();
        let names = identity::account_names(ctx, &ids).await?;
        for candidate in &mut found {
            candidate.name = names.get(&candidate.id).cloned().unwrap_or_default();
        }
        Ok(found)
    }
}

/// Everybody whom somebody may charge, as options of a form.
pub(crate) async fn charged_by(ctx: &Ctx, giver: Uuid) -> Result<Vec<(String, String)>> {
    let all = Policy::load(ctx)?.candidates_beside(ctx, Some(giver)).await?;
    Ok(all.into_iter().map(|one| (one.id.to_string(), format!("{} ({})", one.name, one.role))).collect())
}

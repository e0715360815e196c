//! Who may be asked, and how what identifies a person looks to them: `data/consulting`.

use crate::dossier::Dossier;
use platform::access::Place;
use platform::{Ctx, Result, Uuid};
use registry::personal::{Mask, mask_as};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    staff: Vec<String>,
    village: Vec<String>,
    pub open_most: usize,
    mask: Vec<Masked>,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Masked {
    ending: String,
    #[serde(rename = "as")]
    mask: Mask,
}

/// Somebody who may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub id: Uuid,
    pub name: String,
    pub role: String,
    /// There when they are asked as somebody of a village.
    pub village: Option<Uuid>,
}

impl Policy {
    pub fn load(ctx: &Ctx) -> Result<Arc<Policy>> {
        Ok(ctx.app.law.in_force("consulting", ctx.today())?.content)
    }

    /// An answer as somebody who was asked reads it.
    pub fn masked(&self, key: &str, value: &str) -> String {
        match self.mask.iter().find(|one| key.ends_with(one.ending.as_str())) {
            Some(one) => mask_as(one.mask, value),
            None => value.to_owned(),
        }
    }

    /// Everybody who may be asked about this dossier, by name: never the asker, nor the applicant.
    pub async fn candidates(&self, ctx: &Ctx, one: &Dossier) -> Result<Vec<Candidate>> {
        let mut found: Vec<Candidate> = Vec::new();
        let commune = Place::new("commune", ctx.commune);
        for role in &self.staff {
            found.extend(holders(ctx, role, &commune, None).await?);
        }
        if let Some(village) = village_of(ctx, one).await? {
            for role in &self.village {
                found.extend(holders(ctx, role, &Place::new("village", village), Some(village)).await?);
            }
        }
        let out = [ctx.account_or_none(), one.applicant_account_id, one.filed_by];
        found.retain(|candidate| !out.contains(&Some(candidate.id)));
        // With two roles one is asked once, by the first of the list.
        let mut seen = std::collections::HashSet::new();
        found.retain(|candidate| seen.insert(candidate.id));
        let ids: Vec<Uuid> = found.iter().map(|candidate| candidate.id).collect();
        let names = identity::account_names(ctx, &ids).await?;
        for candidate in &mut found {
            candidate.name = names.get(&candidate.id).cloned().unwrap_or_default();
        }
        found.sort_by_key(|candidate| vntext::sort_key(&candidate.name));
        Ok(found)
    }
}

async fn holders(ctx: &Ctx, role: &str, place: &Place, village: Option<Uuid>) -> Result<Vec<Candidate>> {
    let ids = identity::holders(ctx, role, place, ctx.today()).await?;
    let one = |id| Candidate { id, name: String::new(), role: role.to_owned(), village };
    Ok(ids.into_iter().map(one).collect())
}

/// Where the applicant lives, as far as the registry knows.
pub(super) async fn village_of(ctx: &Ctx, one: &Dossier) -> Result<Option<Uuid>> {
    let Some(person) = one.applicant_person_id else { return Ok(None) };
    let found = registry::person::get_many(&crate::whole(ctx), &[person]).await?;
    Ok(found.first().map(|person| person.place.village_id))
}

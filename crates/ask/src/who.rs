//! Who is asked: the reader as a person of the registry.

use platform::access::{Place, Scope};
use platform::{Ctx, Error, Kind, Result, Uuid};
use registry::household;
use registry::person::{self, State};

/// The same request, able to read the registry: for what is shown without names, or decided about the reader alone.
pub(crate) fn whole(ctx: &Ctx) -> Ctx {
    Ctx { scope: Scope::new(vec![Place::new("commune", ctx.commune)]), ..ctx.clone() }
}

/// The reader as the registry has them.
#[derive(Debug, Clone)]
pub(crate) struct Me {
    pub person: Uuid,
    pub household: Uuid,
    pub village: Uuid,
    /// Full years today.
    pub age: u32,
}

/// The person that the reader's account is linked to, while they live here.
pub(crate) async fn me(ctx: &Ctx) -> Result<Option<Me>> {
    let linked = ctx.scope_of("ask.vote").ids("person");
    if linked.is_empty() {
        return Ok(None);
    }
    let found = person::get_many(&whole(ctx), &linked).await?;
    let here = found.into_iter().find(|one| one.state == State::Present);
    Ok(here.map(|one| Me {
        person: one.id,
        household: one.place.household_id,
        village: one.place.village_id,
        age: one.facts.age_on(ctx.today()),
    }))
}

/// # Errors
/// The sign-in form for a visitor; `Conflict` for an account that is linked to nobody.
pub(crate) async fn needed(ctx: &Ctx) -> Result<Me> {
    ctx.actor.as_ref().ok_or_else(|| Error::new(Kind::SignIn))?;
    me(ctx).await?.ok_or_else(|| Error::conflict("ask-not-linked"))
}

/// The households of a village today.
pub(crate) async fn homes(ctx: &Ctx, village: Uuid) -> Result<Vec<household::Listed>> {
    let filter = household::Filter { villages: vec![village], ..household::Filter::default() };
    let (whole, mut homes, mut after) = (whole(ctx), Vec::new(), None);
    loop {
        let page = household::list(&whole, &filter, after.as_ref(), 500).await?;
        homes.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(homes);
        }
    }
}

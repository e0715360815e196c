//! The reader as a person of the registry, and places.

use platform::access::{Place, Scope};
use platform::{Ctx, Error, Kind, Result, Uuid};
use registry::person::{self, State};
use units::Unit;

/// The same request, able to read the registry: for what is shown without names, or decided about the reader alone.
pub(crate) fn whole(ctx: &Ctx) -> Ctx {
    Ctx { scope: Scope::new(vec![Place::new("commune", ctx.commune)]), ..ctx.clone() }
}

/// The household of the person that the reader's account is linked to, while they live here.
pub(crate) async fn household(ctx: &Ctx) -> Result<Option<Uuid>> {
    let linked = ctx.scope_of("reach.own").ids("person");
    if linked.is_empty() {
        return Ok(None);
    }
    let found = person::get_many(&whole(ctx), &linked).await?;
    Ok(found.into_iter().find(|one| one.state == State::Present).map(|one| one.place.household_id))
}

/// # Errors
/// The sign-in form for a visitor; `Conflict` for an account that is linked to nobody.
pub(crate) async fn household_needed(ctx: &Ctx) -> Result<Uuid> {
    ctx.actor.as_ref().ok_or_else(|| Error::new(Kind::SignIn))?;
    household(ctx).await?.ok_or_else(|| Error::conflict("reach-not-linked"))
}

/// The village of an address, inside the reader's places.
///
/// # Errors
/// Not found, also when it is no business of the reader.
pub(crate) async fn village(ctx: &Ctx, id: Uuid) -> Result<Unit> {
    ctx.scope.require("village", id)?;
    let unit = units::find(ctx, id).await?;
    if unit.kind == units::Kind::Village { Ok(unit) } else { Err(Error::not_found()) }
}

/// A name of which each word shows its first letter: enough to find the line again, too little to know who it is.
pub(crate) fn masked(name: &str) -> String {
    let word = |word: &str| word.chars().next().map(|first| format!("{first}•••")).unwrap_or_default();
    name.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_masked_name_keeps_no_more_than_first_letters() {
        assert_eq!(super::masked("Đặng  Thị Thử"), "Đ••• T••• T•••");
        assert_eq!(super::masked(""), "");
    }
}

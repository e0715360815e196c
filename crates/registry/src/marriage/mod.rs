//! Marriages: who married whom on which day, and when one ended. That somebody is unmarried is nowhere said: the registry
//! knows only the marriages that were recorded in it.

mod card;
mod model;
pub(crate) mod pages;
mod rules;
mod store;

pub use model::{Ended, Marriage, NewMarriage, Side};
pub use rules::{end, insert, remove};
pub use store::of_person;

pub(crate) use card::{Line, lines};
pub(crate) use rules::{died, not_both};

use platform::{Ctx, Result, Run, Uuid};

/// The marriage of a person that stands, if one is recorded.
pub async fn standing(ctx: &Ctx, on: &impl Run, person: Uuid) -> Result<Option<Marriage>> {
    Ok(of_person(ctx, on, person).await?.into_iter().find(Marriage::stands))
}

//! The village of an address, and its households.

use platform::access::{Place, Scope};
use platform::{Ctx, Error, Result, Uuid};
use registry::household::{self, Filter};
use units::{Kind, Unit};

const PAGE: i64 = 500;

/// The village whose book this is.
///
/// # Errors
/// Not found, also when it is no business of the reader.
pub async fn village(ctx: &Ctx, id: Uuid) -> Result<Unit> {
    ctx.scope.require("village", id)?;
    let unit = units::find(ctx, id).await?;
    if unit.kind == Kind::Village { Ok(unit) } else { Err(Error::not_found()) }
}

/// The village of a public address.
pub async fn by_slug(ctx: &Ctx, slug: &str) -> Result<Unit> {
    let unit = units::by_slug(ctx, slug).await?;
    if unit.kind == Kind::Village { Ok(unit) } else { Err(Error::not_found()) }
}

/// The same request, able to read the registry: for what is shown without names.
pub fn whole(ctx: &Ctx) -> Ctx {
    Ctx { scope: Scope::new(vec![Place::new("commune", ctx.commune)]), ..ctx.clone() }
}

/// A household of the village.
#[derive(Debug, Clone)]
pub struct Home {
    pub id: Uuid,
    /// Its head, else its code.
    pub name: String,
    pub address: String,
    pub size: i64,
}

/// All households of the village by their heads' names.
pub async fn homes(ctx: &Ctx, village: Uuid) -> Result<Vec<Home>> {
    let filter = Filter { villages: vec![village], ..Filter::default() };
    let (mut homes, mut after) = (Vec::new(), None);
    loop {
        let page = household::list(ctx, &filter, after.as_ref(), PAGE).await?;
        homes.extend(page.rows.into_iter().map(|one| Home {
            id: one.household.id,
            name: one.head_name.unwrap_or(one.household.code),
            address: one.household.facts.address,
            size: one.household.size,
        }));
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(homes),
        }
    }
}

/// Those whose name holds these words, with or without marks.
pub fn named(homes: Vec<Home>, words: &str) -> Vec<Home> {
    let words = vntext::fold(words);
    homes.into_iter().filter(|home| vntext::fold(&home.name).contains(words.trim())).collect()
}

//! Reading people, within what the request may see.

use super::model::{Facts, Membership, Person, State, Version};
use super::store::{self, Filter};
use crate::page::{After, Count, Page};
use chrono::NaiveDate;
use platform::{Ctx, Result, Uuid, sql};

/// A person inside the scope. Personal fields are for [`crate::personal`] to show; pages mask them.
pub async fn get(ctx: &Ctx, id: Uuid) -> Result<Person> {
    store::find(ctx, &ctx.app.db, &ctx.scope, id).await
}

/// People by id inside the scope, in the order of lists; unknown ones are left out.
pub async fn get_many(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Person>> {
    store::get_many(ctx, &ctx.app.db, &ctx.scope, ids).await
}

/// A page of people in the order of given names.
pub async fn list(ctx: &Ctx, filter: &Filter, after: Option<&After>, limit: i64) -> Result<Page<Person>> {
    store::list(ctx, &ctx.scope, filter, after, limit).await
}

pub async fn count(ctx: &Ctx, filter: &Filter) -> Result<Count> {
    store::count(ctx, &ctx.scope, filter).await
}

/// Who is present in a household: the head first, then by age. The household must be inside the scope.
pub async fn members(ctx: &Ctx, household: Uuid) -> Result<Vec<Person>> {
    crate::household::get(ctx, household).await?;
    store::members(ctx, &ctx.app.db, household).await
}

/// What was recorded of a person, oldest first.
pub async fn history(ctx: &Ctx, id: Uuid) -> Result<Vec<Version<Facts>>> {
    get(ctx, id).await?;
    store::versions(ctx, &ctx.app.db, id).await
}

/// Where a person was counted, oldest first.
pub async fn places(ctx: &Ctx, id: Uuid) -> Result<Vec<Version<Membership>>> {
    get(ctx, id).await?;
    store::places(ctx, &ctx.app.db, id).await
}

/// Everybody of this folded name and day of birth inside the scope: whoever is written down a second time is among them.
pub async fn alike(ctx: &Ctx, name: &str, birth: NaiveDate) -> Result<Vec<Person>> {
    let ids: Vec<Uuid> =
        sql("SELECT id FROM person WHERE commune_id = $1 AND name_folded = $2 AND birth_date = $3 LIMIT 20")
            .bind(ctx.commune)
            .bind(vntext::fold(name))
            .bind(birth)
            .column(&ctx.app.db)
            .await?;
    get_many(ctx, &ids).await
}

/// The present person with a personal number, inside the scope.
pub async fn by_number(ctx: &Ctx, number: &str) -> Result<Option<Person>> {
    let id: Option<Uuid> =
        sql("SELECT id FROM person WHERE commune_id = $1 AND personal_no = $2 AND state = $3")
            .bind(ctx.commune)
            .bind(number)
            .bind(State::Present)
            .scalar(&ctx.app.db)
            .await?;
    match id {
        Some(id) => Ok(get_many(ctx, &[id]).await?.into_iter().next()),
        None => Ok(None),
    }
}

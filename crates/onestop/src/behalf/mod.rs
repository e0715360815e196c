//! For whom the reader fills in a form, and on what ground: for themselves, for a minor child, for somebody of the household
//! who agreed, or from the village's team for somebody who agreed.

pub(crate) mod api;
mod pages;
mod policy;
mod rules;
mod store;

pub(crate) use policy::Ground;
pub(crate) use rules::{Whom, declared, drafting, keep, may_be_for, members, of_draft, whom};
use store::of_dossier;

use platform::area::get;
use platform::{Ctx, Result, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/thu-tuc/{code}/cho-ai", "dossier.draft", pages::choose),
        get("/api/v1/procedures/{code}/applicants", "dossier.draft", api::list),
    ]
}

/// Who filed a dossier for its applicant, in words; `""` when nobody did.
pub(crate) async fn line(ctx: &Ctx, dossier: &crate::dossier::Dossier) -> Result<String> {
    let Some(filed) = of_dossier(ctx, &ctx.app.db, dossier.id).await? else { return Ok(String::new()) };
    let name = identity::account_names(ctx, &[filed.account_id]).await?.remove(&filed.account_id);
    let ground = ctx.t().t(filed.ground.text_key());
    Ok(format!("{} ({ground})", name.unwrap_or_default()))
}

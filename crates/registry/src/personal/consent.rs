//! The ground on which a person's data are used: the law, or a consent that can be withdrawn.

use crate::person;
use crate::show::how;
use crate::version::not_in_future;
use audit::Entry;
use chrono::NaiveDate;
use platform::choice;
use platform::{Ctx, Error, Result, Tx, Uuid, said, sql};
use sea_orm::FromQueryResult;
use serde_json::json;

choice! {
    Basis, "registry-basis", { Law = "law", Consent = "consent" }
}

/// One ground.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct Consent {
    pub id: Uuid,
    /// A purpose of the declaration.
    pub purpose: String,
    pub basis: Basis,
    pub given_on: NaiveDate,
    /// From this day on it no longer holds.
    pub withdrawn_on: Option<NaiveDate>,
    /// The paper, or how the person said so.
    pub evidence: String,
}

/// All grounds of a person inside the scope, newest first.
pub async fn consent_list(ctx: &Ctx, id: Uuid) -> Result<Vec<Consent>> {
    person::get(ctx, id).await?;
    sql("SELECT id, purpose, basis, given_on, withdrawn_on, evidence FROM consent WHERE commune_id = $1 AND person_id = $2 \
         ORDER BY given_on DESC, id DESC")
        .bind(ctx.commune)
        .bind(id)
        .all(&ctx.app.db)
        .await
}

/// Whether a consent or a law lets the person's data be used for a purpose today.
pub async fn may_use(ctx: &Ctx, id: Uuid, purpose: &str) -> Result<bool> {
    let grounds = consent_list(ctx, id).await?;
    Ok(grounds.iter().any(|g| g.purpose == purpose && g.withdrawn_on.is_none_or(|day| ctx.today() < day)))
}

/// Writes down a consent or the law that stands in its place.
pub async fn consent_give(
    ctx: &Ctx,
    tx: &Tx,
    person: Uuid,
    purpose: &str,
    basis: Basis,
    given_on: NaiveDate,
    evidence: &str,
) -> Result<Uuid> {
    person::find_in(ctx, tx, &ctx.scope, person).await?;
    not_in_future(ctx, given_on)?;
    if super::load(ctx)?.purpose(purpose).is_none() {
        return Err(Error::field("muc-dich", "registry-purpose-empty"));
    }
    let evidence =
        said::needed("can-cu", &vntext::clean(evidence), "registry-evidence-empty", how::NOTE_MAX)?;
    let id = ctx.new_id();
    sql("INSERT INTO consent (commune_id, id, person_id, purpose, basis, given_on, withdrawn_on, evidence, account_id) \
         VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8)")
        .bind(ctx.commune)
        .bind(id)
        .bind(person)
        .bind(purpose)
        .bind(basis)
        .bind(given_on)
        .bind(evidence)
        .bind(ctx.account_or_none())
        .run(tx)
        .await?;
    let detail = json!({ "purpose": purpose, "basis": basis.code() });
    audit::record(ctx, tx, Entry { action: "consent.give", kind: "person", id: person, detail }).await?;
    Ok(id)
}

/// The person takes a consent back. What the law asks for cannot be taken back.
pub async fn consent_withdraw(ctx: &Ctx, tx: &Tx, person: Uuid, id: Uuid) -> Result<()> {
    person::find_in(ctx, tx, &ctx.scope, person).await?;
    let done =
        sql("UPDATE consent SET withdrawn_on = $4 WHERE commune_id = $1 AND person_id = $2 AND id = $3 \
                    AND basis = 'consent' AND withdrawn_on IS NULL")
        .bind(ctx.commune)
        .bind(person)
        .bind(id)
        .bind(ctx.today())
        .run(tx)
        .await?;
    if done == 0 {
        return Err(Error::invalid("registry-consent-not-open"));
    }
    audit::record(
        ctx,
        tx,
        Entry { action: "consent.withdraw", kind: "person", id: person, detail: json!({ "consent": id }) },
    )
    .await
}

//! SQL of the services and of who people are there.

use super::model::{Provider, RawProvider};
use chrono::{DateTime, Utc};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

const SELECT: &str = "SELECT id, name_vi, name_en, issuer, client_id, scopes, number_claim, level_claim, levels, \
                      makes_accounts, links_people, active, client_secret IS NOT NULL AS has_secret, revision \
                      FROM sign_in_provider WHERE commune_id = ";

fn select(ctx: &Ctx) -> Sql {
    sql(SELECT).arg(ctx.commune)
}

/// All services, in the order in which they were added.
pub async fn provider_list(ctx: &Ctx) -> Result<Vec<Provider>> {
    // A commune knows a few services.
    select(ctx).push(" ORDER BY created_at, id /* all rows */").all(&ctx.app.db).await
}

/// One service; not found when the commune has none with this id.
pub async fn provider_find(ctx: &Ctx, id: Uuid) -> Result<Provider> {
    select(ctx).push(" AND id = ").arg(id).one(&ctx.app.db).await
}

/// Its sealed secret.
pub(crate) async fn secret(ctx: &Ctx, id: Uuid) -> Result<Option<String>> {
    sql("SELECT client_secret FROM sign_in_provider WHERE commune_id = $1 AND id = $2 AND client_secret IS NOT NULL")
        .bind(ctx.commune)
        .bind(id)
        .scalar(&ctx.app.db)
        .await
}

pub(crate) async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    new: &RawProvider,
    sealed: Option<String>,
) -> Result<()> {
    sql("INSERT INTO sign_in_provider (commune_id, id, name_vi, name_en, issuer, client_id, client_secret, scopes, \
         number_claim, level_claim, levels, makes_accounts, links_people, active, created_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, FALSE, $14, 1)")
    .bind(ctx.commune)
    .bind(id)
    .bind(new.name_vi.as_str())
    .bind(new.name_en.as_str())
    .bind(new.issuer.as_str())
    .bind(new.client_id.as_str())
    .bind(sealed)
    .bind(new.scopes.as_str())
    .bind(new.number_claim.as_str())
    .bind(new.level_claim.as_str())
    .bind(new.levels.as_str())
    .bind(new.makes_accounts)
    .bind(new.links_people)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// `sealed` is `None` to leave the secret that is kept.
pub(crate) async fn update(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    new: &RawProvider,
    sealed: Option<String>,
) -> Result<u64> {
    sql("UPDATE sign_in_provider SET name_vi = $4, name_en = $5, issuer = $6, client_id = $7, \
         client_secret = COALESCE($8, client_secret), scopes = $9, number_claim = $10, level_claim = $11, levels = $12, \
         makes_accounts = $13, links_people = $14, revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(id)
    .bind(revision)
    .bind(new.name_vi.as_str())
    .bind(new.name_en.as_str())
    .bind(new.issuer.as_str())
    .bind(new.client_id.as_str())
    .bind(sealed)
    .bind(new.scopes.as_str())
    .bind(new.number_claim.as_str())
    .bind(new.level_claim.as_str())
    .bind(new.levels.as_str())
    .bind(new.makes_accounts)
    .bind(new.links_people)
    .run(tx)
    .await
}

pub(crate) async fn set_active(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, active: bool) -> Result<u64> {
    sql("UPDATE sign_in_provider SET active = $4, revision = revision + 1 WHERE commune_id = $1 AND id = $2 \
         AND revision = $3")
    .bind(ctx.commune)
    .bind(id)
    .bind(revision)
    .bind(active)
    .run(tx)
    .await
}

/// A service where an account is known.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct IdentityRow {
    pub provider_id: Uuid,
    pub linked_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// The services where an account is known.
pub async fn identity_list(ctx: &Ctx, account: Uuid) -> Result<Vec<IdentityRow>> {
    sql("SELECT provider_id, linked_at, last_used_at FROM account_identity WHERE commune_id = $1 AND account_id = $2 \
         ORDER BY linked_at, provider_id")
        .bind(ctx.commune)
        .bind(account)
        .all(&ctx.app.db)
        .await
}

/// The account of somebody at a service.
pub(crate) async fn owner(ctx: &Ctx, on: &impl Run, provider: Uuid, subject: &str) -> Result<Option<Uuid>> {
    sql("SELECT account_id FROM account_identity WHERE commune_id = $1 AND provider_id = $2 AND subject_hash = $3")
        .bind(ctx.commune)
        .bind(provider)
        .bind(subject)
        .scalar(on)
        .await
}

pub(crate) async fn link(ctx: &Ctx, tx: &Tx, provider: Uuid, subject: &str, account: Uuid) -> Result<u64> {
    sql("INSERT INTO account_identity (commune_id, provider_id, subject_hash, account_id, linked_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (commune_id, provider_id, subject_hash) DO NOTHING")
    .bind(ctx.commune)
    .bind(provider)
    .bind(subject)
    .bind(account)
    .bind(ctx.now)
    .run(tx)
    .await
}

pub(crate) async fn used(ctx: &Ctx, tx: &Tx, provider: Uuid, subject: &str) -> Result<()> {
    sql("UPDATE account_identity SET last_used_at = $4 WHERE commune_id = $1 AND provider_id = $2 AND subject_hash = $3")
        .bind(ctx.commune)
        .bind(provider)
        .bind(subject)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn unlink(ctx: &Ctx, tx: &Tx, provider: Uuid, account: Uuid) -> Result<u64> {
    sql("DELETE FROM account_identity WHERE commune_id = $1 AND provider_id = $2 AND account_id = $3")
        .bind(ctx.commune)
        .bind(provider)
        .bind(account)
        .run(tx)
        .await
}

//! SQL of the accounts.

use super::model::{Account, AccountChange, NewAccount, State, login_folded};
use crate::hasher::Hashed;
use crate::tries::{Tries, wait_after};
use chrono::{DateTime, Datelike, Months, Utc};
use platform::db::Sql;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use std::collections::HashMap;

const SELECT: &str = "SELECT id, login, display_name, sort_key, email, phone, must_change_password, state AS state_code, \
    last_sign_in_at, created_at, revision, factor_secret, factor_pending, (SELECT COUNT(*) FROM passkey k \
    WHERE k.commune_id = account.commune_id AND k.account_id = account.id AND k.removed_at IS NULL AND k.suspect_at IS NULL) \
    AS passkeys FROM account \
    WHERE commune_id = ";

/// So long after a sign-in an account counts as in use.
const USED_MONTHS: u32 = 12;

fn accounts(ctx: &Ctx) -> Sql {
    sql(SELECT).arg(ctx.commune)
}

/// An account; not found when the commune has none with this id.
pub async fn account_find(ctx: &Ctx, id: Uuid) -> Result<Account> {
    find_on(ctx, &ctx.app.db, id).await
}

pub(crate) async fn find_on(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Account> {
    accounts(ctx).push(" AND id = ").arg(id).one(on).await
}

/// The account with this login, capitals or not.
pub async fn account_by_login(ctx: &Ctx, login: &str) -> Result<Option<Account>> {
    accounts(ctx).push(" AND login_folded = ").arg(login_folded(login)).first(&ctx.app.db).await
}

/// Everybody who has an account that is in use: whom an emergency goes to.
pub async fn accounts_active(ctx: &Ctx) -> Result<Vec<Uuid>> {
    sql("SELECT id FROM account WHERE commune_id = $1 AND state = 'active' ORDER BY id /* all rows */")
        .bind(ctx.commune)
        .column(&ctx.app.db)
        .await
}

/// Accounts in the order of names. `words` narrows to names and logins that contain it, without marks; `after` is the
/// last line of the page before.
pub async fn account_list(
    ctx: &Ctx,
    words: &str,
    after: Option<(String, Uuid)>,
    limit: i64,
) -> Result<Vec<Account>> {
    let mut query = accounts(ctx);
    let folded = vntext::fold(words);
    if !folded.is_empty() {
        let name = format!("%{}%", folded.replace(['%', '_', '\\'], " "));
        let login = format!("%{}%", login_folded(words).replace(['%', '_', '\\'], " "));
        query = query
            .push(" AND (name_folded LIKE ")
            .arg(name)
            .push(" OR login_folded LIKE ")
            .arg(login)
            .push(")");
    }
    if let Some((key, id)) = after {
        query = query.push(" AND (sort_key, id) > (").arg(key).push(", ").arg(id).push(")");
    }
    query.push(" ORDER BY sort_key, id LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The names behind ids, for records and lists; unknown ids are left out.
pub async fn account_names(ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    #[derive(FromQueryResult)]
    struct Named {
        id: Uuid,
        display_name: String,
    }
    let query =
        sql("SELECT id, display_name FROM account WHERE commune_id = ").arg(ctx.commune).push(" AND id IN (");
    let rows: Vec<Named> = query.args(ids.iter().copied()).push(")").all(&ctx.app.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.display_name)).collect())
}

/// What the door needs to know.
#[derive(FromQueryResult)]
pub(crate) struct Door {
    pub id: Uuid,
    pub login: String,
    pub password_hash: Option<String>,
    pub must_change_password: bool,
    pub state: String,
    pub factor_secret: Option<String>,
    wrong_tries: i64,
    wait_until: Option<DateTime<Utc>>,
}

impl Door {
    pub fn tries(&self) -> Tries {
        Tries { wrong: self.wrong_tries, wait_until: self.wait_until }
    }
}

const DOOR: &str = "SELECT id, login, password_hash, must_change_password, state, factor_secret, wrong_tries, wait_until \
                    FROM account WHERE commune_id = ";

pub(crate) async fn door(ctx: &Ctx, folded: &str) -> Result<Option<Door>> {
    sql(DOOR).arg(ctx.commune).push(" AND login_folded = ").arg(folded).first(&ctx.app.db).await
}

pub(crate) async fn door_of(ctx: &Ctx, id: Uuid) -> Result<Door> {
    sql(DOOR).arg(ctx.commune).push(" AND id = ").arg(id).one(&ctx.app.db).await
}

/// Counts a wrong try; all the tries of one account stand in a line at its row.
pub(crate) async fn wrong_try(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<i64> {
    let wrong: i64 =
        sql("UPDATE account SET wrong_tries = wrong_tries + 1 WHERE commune_id = $1 AND id = $2 \
                          RETURNING wrong_tries")
        .bind(ctx.commune)
        .bind(id)
        .scalar(tx)
        .await?
        .ok_or_else(Error::not_found)?;
    if let Some(wait) = wait_after(wrong) {
        sql("UPDATE account SET wait_until = $3 WHERE commune_id = $1 AND id = $2")
            .bind(ctx.commune)
            .bind(id)
            .bind(ctx.now + wait)
            .run(tx)
            .await?;
    }
    Ok(wrong)
}

/// A right password opens only while the account is active, still has this password, and does not have to wait: tries
/// that ran side by side are judged here one after the other.
pub(crate) async fn right_try(ctx: &Ctx, tx: &Tx, door: &Door, counts: bool) -> Result<bool> {
    let reset =
        if counts { "wrong_tries = 0, wait_until = NULL, last_sign_in_at = " } else { "last_sign_in_at = " };
    let rows = sql(format!("UPDATE account SET {reset}"))
        .arg(ctx.now)
        .push(" WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND id = ")
        .arg(door.id)
        .push(" AND state = 'active' AND password_hash = ")
        .arg(door.password_hash.clone())
        .push(" AND (wait_until IS NULL OR wait_until <= ")
        .arg(ctx.now)
        .push(")");
    Ok(rows.run(tx).await? == 1)
}

/// Somebody enters without a password; only while the account is active.
pub(crate) async fn enter(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let active =
        sql("UPDATE account SET last_sign_in_at = $3 WHERE commune_id = $1 AND id = $2 AND state = 'active'");
    Ok(active.bind(ctx.commune).bind(id).bind(ctx.now).run(tx).await? == 1)
}

/// Can the person sign in without a passkey?
pub(crate) async fn other_way_in(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let with =
        sql("SELECT COUNT(*) FROM account WHERE commune_id = $1 AND id = $2 AND password_hash IS NOT NULL");
    if with.bind(ctx.commune).bind(id).count(tx).await? > 0 {
        return Ok(true);
    }
    let by = sql(
        "SELECT COUNT(*) FROM account_identity i JOIN sign_in_provider p ON p.commune_id = i.commune_id \
                  AND p.id = i.provider_id WHERE i.commune_id = $1 AND i.account_id = $2 AND p.active = TRUE",
    );
    Ok(by.bind(ctx.commune).bind(id).count(tx).await? > 0)
}

/// Keeps that the account was signed in to today.
pub(crate) async fn used(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let day = ctx.today();
    sql("INSERT INTO account_use (commune_id, account_id, month, first_on, counts_until) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id, account_id, month) DO UPDATE SET counts_until = excluded.counts_until")
    .bind(ctx.commune)
    .bind(id)
    .bind(day.with_day(1).unwrap_or(day))
    .bind(day)
    .bind(day.checked_add_months(Months::new(USED_MONTHS)).unwrap_or(day))
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn login_taken(ctx: &Ctx, tx: &Tx, folded: &str) -> Result<bool> {
    let same = sql("SELECT COUNT(*) FROM account WHERE commune_id = $1 AND login_folded = $2");
    Ok(same.bind(ctx.commune).bind(folded).count(tx).await? > 0)
}

pub(crate) async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    new: &NewAccount,
    hash: Option<&Hashed>,
) -> Result<()> {
    sql("INSERT INTO account (commune_id, id, login, login_folded, display_name, name_folded, sort_key, email, phone, \
         password_hash, must_change_password, state, factor_last_step, wrong_tries, created_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'active', 0, 0, $12, 1)")
        .bind(ctx.commune)
        .bind(id)
        .bind(new.login.as_str())
        .bind(login_folded(&new.login))
        .bind(new.display_name.as_str())
        .bind(vntext::fold(&new.display_name))
        .bind(vntext::name_sort_key(&new.display_name))
        .bind(new.email.clone())
        .bind(new.phone.clone())
        .bind(hash.map(|hash| hash.as_str().to_owned()))
        .bind(new.must_change_password)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn update(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    change: &AccountChange,
) -> Result<u64> {
    sql("UPDATE account SET display_name = $4, name_folded = $5, sort_key = $6, email = $7, phone = $8, \
         revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(id)
    .bind(revision)
    .bind(change.display_name.as_str())
    .bind(vntext::fold(&change.display_name))
    .bind(vntext::name_sort_key(&change.display_name))
    .bind(change.email.clone())
    .bind(change.phone.clone())
    .run(tx)
    .await
}

pub(crate) async fn state_set(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, state: State) -> Result<u64> {
    sql("UPDATE account SET state = $4, wrong_tries = 0, wait_until = NULL, revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(id)
    .bind(revision)
    .bind(state.code())
    .run(tx)
    .await
}

/// A new password also ends the wait and any open link.
pub(crate) async fn password_set(ctx: &Ctx, tx: &Tx, id: Uuid, hash: &Hashed) -> Result<u64> {
    sql("UPDATE account SET password_hash = $3, must_change_password = FALSE, wrong_tries = 0, wait_until = NULL, \
         reset_hash = NULL, reset_expires_at = NULL, revision = revision + 1 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(hash.as_str())
        .run(tx)
        .await
}

/// The same password hashed at today's cost.
pub(crate) async fn rehash(ctx: &Ctx, tx: &Tx, id: Uuid, hash: &Hashed) -> Result<()> {
    sql("UPDATE account SET password_hash = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(hash.as_str())
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn reset_set(ctx: &Ctx, tx: &Tx, id: Uuid, hash: &str, until: DateTime<Utc>) -> Result<u64> {
    sql("UPDATE account SET reset_hash = $3, reset_expires_at = $4 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(hash)
        .bind(until)
        .run(tx)
        .await
}

/// The active account that a one-time link was made for.
pub(crate) async fn reset_owner(ctx: &Ctx, on: &impl Run, hash: &str) -> Result<Option<Account>> {
    accounts(ctx)
        .push(" AND reset_hash = ")
        .arg(hash)
        .push(" AND state = 'active' AND reset_expires_at > ")
        .arg(ctx.now)
        .first(on)
        .await
}

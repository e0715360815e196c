//! Tokens for programs: the rules of their owner, narrowed to the listed actions.

use crate::account::account_find;
use audit::Entry;
use chrono::{DateTime, Duration, Utc};
use platform::{App, Ctx, Db, Error, Result, Tx, Uuid, ids, sql};
use sea_orm::FromQueryResult;
use serde_json::json;

/// Marks our tokens, so that scanners for leaked secrets can find them.
pub(crate) const PREFIX: &str = "sd_";
const LONGEST_DAYS: i64 = 366;
const MOST: i64 = 20;

/// What no token may do: make more keys, or change who its owner is.
const NEVER: [&str; 9] =
    ["factor", "grant", "identity", "passkey", "password", "profile", "provider", "session", "token"];

/// A token as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct TokenRow {
    pub id: Uuid,
    pub name: String,
    /// Actions or their first words, with spaces between.
    pub scopes: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Makes a token; the text is shown once and kept as a hash.
pub async fn token_insert(ctx: &Ctx, tx: &Tx, name: &str, scopes: &[String], days: i64) -> Result<String> {
    let account = account_find(ctx, ctx.account()?).await?;
    let name = vntext::clean(name);
    if name.is_empty() || name.chars().count() > 80 {
        return Err(Error::field("ten", "token-name-empty"));
    }
    if !(1..=LONGEST_DAYS).contains(&days) {
        return Err(Error::field("so-ngay", "token-days-wrong"));
    }
    let scopes = checked(&ctx.app, scopes)?;
    let count = sql("SELECT COUNT(*) FROM api_token WHERE commune_id = $1 AND account_id = $2");
    if count.bind(ctx.commune).bind(account.id).count(tx).await? >= MOST {
        return Err(Error::invalid("token-too-many"));
    }
    let (id, secret) = (ctx.new_id(), ids::new_secret());
    sql("INSERT INTO api_token (commune_id, id, account_id, name, token_hash, scopes, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(ctx.commune)
        .bind(id)
        .bind(account.id)
        .bind(name)
        .bind(ids::secret_hash(&secret))
        .bind(scopes.as_str())
        .bind(ctx.now)
        .bind(ctx.now + Duration::days(days))
        .run(tx)
        .await?;
    let detail = json!({ "account": account.id, "scopes": scopes, "days": days });
    audit::record(ctx, tx, Entry { action: "token.insert", kind: "token", id, detail }).await?;
    Ok(format!("{PREFIX}{}.{secret}", ctx.commune.simple()))
}

/// The scopes that a token may have: first words of the actions that the API of this installation knows.
pub fn token_scopes(app: &App) -> Vec<&'static str> {
    let mut nouns: Vec<&'static str> = app
        .routes()
        .filter(|route| route.path.starts_with("/api/"))
        .filter_map(|route| route.action.split('.').next())
        .filter(|noun| !NEVER.contains(noun))
        .collect();
    nouns.sort_unstable();
    nouns.dedup();
    nouns
}

fn checked(app: &App, scopes: &[String]) -> Result<String> {
    let nouns = token_scopes(app);
    let known = |scope: &String| {
        let noun = scope.split('.').next().unwrap_or_default();
        nouns.contains(&noun) && (scope == noun || app.routes().any(|route| route.action == scope.as_str()))
    };
    if scopes.is_empty() || !scopes.iter().all(known) {
        return Err(Error::field("pham-vi", "token-scope-wrong"));
    }
    let mut scopes = scopes.to_vec();
    scopes.sort();
    scopes.dedup();
    Ok(scopes.join(" "))
}

/// The person's own tokens, the newest first.
pub async fn token_list(ctx: &Ctx) -> Result<Vec<TokenRow>> {
    sql("SELECT id, name, scopes, created_at, expires_at, last_used_at FROM api_token WHERE commune_id = $1 AND \
         account_id = $2 ORDER BY created_at DESC, id DESC")
        .bind(ctx.commune)
        .bind(ctx.account()?)
        .all(&ctx.app.db)
        .await
}

/// Makes a token worthless, at once.
pub async fn token_delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let account = ctx.account()?;
    let gone = sql("DELETE FROM api_token WHERE commune_id = $1 AND account_id = $2 AND id = $3");
    if gone.bind(ctx.commune).bind(account).bind(id).run(tx).await? == 0 {
        return Err(Error::not_found());
    }
    crate::account_forget_after(ctx, tx, account);
    let detail = json!({ "account": account });
    audit::record(ctx, tx, Entry { action: "token.delete", kind: "token", id, detail }).await
}

/// What one request with a token needs to know.
#[derive(FromQueryResult)]
pub(crate) struct Found {
    pub id: Uuid,
    pub account_id: Uuid,
    pub scopes: String,
    pub last_used_at: Option<DateTime<Utc>>,
    pub display_name: String,
}

pub(crate) async fn find(db: &Db, commune: Uuid, hash: &str, now: DateTime<Utc>) -> Result<Option<Found>> {
    sql("SELECT t.id, t.account_id, t.scopes, t.last_used_at, a.display_name FROM api_token t JOIN account a \
         ON a.commune_id = t.commune_id AND a.id = t.account_id WHERE t.commune_id = $1 AND t.token_hash = $2 \
         AND t.expires_at > $3 AND a.state = 'active' AND a.must_change_password = FALSE")
        .bind(commune)
        .bind(hash)
        .bind(now)
        .first(db)
        .await
}

pub(crate) async fn touch(db: &Db, commune: Uuid, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    let tx = db.begin().await?;
    let used = sql("UPDATE api_token SET last_used_at = $3 WHERE commune_id = $1 AND id = $2");
    used.bind(commune).bind(id).bind(now).run(&tx).await?;
    tx.commit().await
}

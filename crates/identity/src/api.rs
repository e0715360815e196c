//! The same rules as JSON.

use crate::account::Account;
use crate::{account_find, account_list};
use axum::Json;
use axum::extract::Query;
use chrono::{DateTime, Utc};
use platform::access::{Grant, Via};
use platform::http::Problem;
use platform::{Ctx, Error, Result, Uuid};
use utoipa::{OpenApi, ToSchema};

const PAGE: i64 = 100;

/// Who the caller is.
#[derive(serde::Serialize, ToSchema)]
pub(crate) struct Me {
    account_id: Uuid,
    login: String,
    display_name: String,
    /// True once this session has passed the second factor.
    second_factor: bool,
    roles: Vec<RoleAt>,
    /// The actions open to this token; empty for a session.
    scopes: Vec<String>,
}

/// A role and the place for which it was given.
#[derive(serde::Serialize, ToSchema)]
pub(crate) struct RoleAt {
    role: String,
    place_kind: String,
    place_id: Uuid,
}

impl From<&Grant> for RoleAt {
    fn from(grant: &Grant) -> RoleAt {
        let Grant { role, place } = grant.clone();
        RoleAt { role, place_kind: place.kind, place_id: place.id }
    }
}

/// An account of the commune.
#[derive(serde::Serialize, ToSchema)]
pub(crate) struct AccountItem {
    id: Uuid,
    login: String,
    display_name: String,
    /// `active` or `locked`
    state: String,
    second_factor: bool,
    last_sign_in_at: Option<DateTime<Utc>>,
    revision: i64,
}

impl From<Account> for AccountItem {
    fn from(account: Account) -> AccountItem {
        AccountItem {
            second_factor: account.has_second_factor(),
            id: account.id,
            login: account.login,
            display_name: account.display_name,
            state: account.state_code,
            last_sign_in_at: account.last_sign_in_at,
            revision: account.revision,
        }
    }
}

/// One page of accounts; `next` is the `after` of the following one.
#[derive(serde::Serialize, ToSchema)]
pub(crate) struct AccountPage {
    items: Vec<AccountItem>,
    next: Option<String>,
}

#[derive(serde::Deserialize, Default)]
pub(crate) struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// Who am I, and what may I do?
#[utoipa::path(get, path = "/api/v1/session/me", tag = "identity", security(("token" = [])),
    responses((status = 200, body = Me), (status = 401, body = Problem)))]
pub(crate) async fn me(ctx: Ctx) -> Result<Json<Me>> {
    let account = account_find(&ctx, ctx.account()?).await?;
    let actor = ctx.actor.as_deref().ok_or_else(|| Error::internal("an account without an actor"))?;
    let scopes = match &actor.via {
        Via::Session(_) | Via::Link { .. } => Vec::new(),
        Via::Token { scopes, .. } => scopes.clone(),
    };
    Ok(Json(Me {
        account_id: account.id,
        login: account.login,
        display_name: account.display_name,
        second_factor: actor.second_factor,
        roles: actor.grants.iter().map(RoleAt::from).collect(),
        scopes,
    }))
}

/// The accounts of the commune in the order of names.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "identity", security(("token" = [])),
    params(("q" = Option<String>, Query, description = "Part of a name or login, without marks"),
           ("after" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, body = AccountPage), (status = 403, body = Problem)))]
pub(crate) async fn accounts(ctx: Ctx, Query(query): Query<ListQuery>) -> Result<Json<AccountPage>> {
    let after = query.after.rsplit_once('~').and_then(|(key, id)| Some((key.to_owned(), id.parse().ok()?)));
    let mut found = account_list(&ctx, &query.q, after, PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| format!("{}~{}", last.sort_key, last.id));
    Ok(Json(AccountPage { items: found.into_iter().map(AccountItem::from).collect(), next }))
}

#[derive(OpenApi)]
#[openapi(paths(me, accounts), components(schemas(Me, RoleAt, AccountItem, AccountPage)))]
struct Api;

pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Api::openapi()
}

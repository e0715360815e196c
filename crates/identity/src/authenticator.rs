//! Who sends a request: the session cookie, or a token of a program.

use crate::account::{State, account_find, split_link};
use crate::live::{Communes, Live, live};
use crate::session::{self, COOKIE};
use crate::{grant, token};
use chrono::{DateTime, Duration, Utc};
use futures_util::future::BoxFuture;
use http::{HeaderMap, header};
use platform::access::{Actor, Grant, Via};
use platform::app::Authenticator;
use platform::http::cookie;
use platform::{App, Ctx, Error, Kind, Result, Uuid, clock, ids, sql};
use sea_orm::FromQueryResult;
use std::collections::HashMap;
use std::sync::Arc;

/// The sign-in of this area, for [`platform::app::Builder`].
pub struct SignIn;

/// "Last seen" is written at most so often.
const SEEN_SECONDS: i64 = 60;

impl Authenticator for SignIn {
    fn actor<'a>(
        &'a self,
        app: &'a App,
        headers: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Arc<Actor>>>> {
        Box::pin(async move {
            if let Some(text) = bearer(headers) {
                let found = by_token(app, text).await?;
                return found
                    .map(Some)
                    .ok_or_else(|| Error { message: "token-dead".into(), ..Error::new(Kind::SignIn) });
            }
            // A cookie that is no longer good is an anonymous visitor: the public pages stay open.
            match cookie(headers, COOKIE) {
                Some(value) => by_session(app, &value).await,
                None => Ok(None),
            }
        })
    }

    fn commune<'a>(&'a self, app: &'a App, headers: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>> {
        Box::pin(async move {
            let communes = communes(app).await?;
            let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let name = host.rsplit_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase();
            communes.by_host.get(&name).copied().or(communes.first).ok_or_else(Error::not_found)
        })
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

async fn by_session(app: &App, value: &str) -> Result<Option<Arc<Actor>>> {
    let Some((commune, secret)) = split_link(value) else { return Ok(None) };
    let (live, now, hash) = (live(app)?, app.clock.now(), ids::secret_hash(secret));
    if let Some(actor) = live.actor(&hash, now).filter(|actor| actor.commune_id == commune) {
        return Ok(Some(actor));
    }
    let epoch = live.epoch();
    let Some(entry) = session::store::find(&app.db, commune, &hash, now, session::idle_since(now)).await?
    else {
        return Ok(None);
    };
    if entry.waiting {
        return Ok(None);
    }
    if now - entry.last_seen_at >= Duration::seconds(SEEN_SECONDS) {
        // A full queue of writers must not turn a reader away.
        session::store::touch(&app.db, commune, entry.id, now).await.ok();
    }
    let mut grants = Vec::new();
    if !entry.must_change_password {
        grants = in_force(app, live, commune, entry.account_id, entry.second_factor, now).await?;
    }
    let actor = Arc::new(Actor {
        account_id: entry.account_id,
        commune_id: commune,
        name: entry.display_name,
        grants,
        second_factor: entry.second_factor,
        via: Via::Session(entry.id),
    });
    live.keep(hash, actor.clone(), now, epoch);
    Ok(Some(actor))
}

/// The roles in force; those that demand a second factor are left out while the session has not passed it.
async fn in_force(
    app: &App,
    live: &Live,
    commune: Uuid,
    account: Uuid,
    second_factor: bool,
    now: DateTime<Utc>,
) -> Result<Vec<Grant>> {
    let today = clock::local_date(now);
    let mut grants = grant::in_force(commune, &app.db, account, today).await?;
    if !second_factor && !app.config.demo {
        let demanded = live.factor_roles(app, today)?;
        grants.retain(|grant| !demanded.contains(&grant.role));
    }
    Ok(grants)
}

/// Somebody as a phone knows them that a personal link was bound to: no session, no second factor, only these actions.
/// Nobody when the account is locked. A password that is due does not matter: none is asked for.
pub async fn actor_by_link(
    ctx: &Ctx,
    account: Uuid,
    link: Uuid,
    actions: &'static [&'static str],
) -> Result<Option<Arc<Actor>>> {
    let found = account_find(ctx, account).await?;
    if found.state() != State::Active {
        return Ok(None);
    }
    let grants = in_force(&ctx.app, live(&ctx.app)?, ctx.commune, account, false, ctx.now).await?;
    Ok(Some(Arc::new(Actor {
        account_id: account,
        commune_id: ctx.commune,
        name: found.display_name,
        grants,
        second_factor: false,
        via: Via::Link { id: link, actions },
    })))
}

async fn by_token(app: &App, text: &str) -> Result<Option<Arc<Actor>>> {
    let Some((commune, secret)) = text.strip_prefix(token::PREFIX).and_then(split_link) else {
        return Ok(None);
    };
    let (live, now, hash) = (live(app)?, app.clock.now(), ids::secret_hash(secret));
    if let Some(actor) = live.actor(&hash, now).filter(|actor| actor.commune_id == commune) {
        return Ok(Some(actor));
    }
    let epoch = live.epoch();
    let Some(found) = token::find(&app.db, commune, &hash, now).await? else { return Ok(None) };
    if found.last_used_at.is_none_or(|at| now - at >= Duration::seconds(SEEN_SECONDS)) {
        token::touch(&app.db, commune, found.id, now).await.ok();
    }
    // A token is made in a signed-in session; it never counts as a second factor, so what demands one stays shut.
    let grants = grant::in_force(commune, &app.db, found.account_id, clock::local_date(now)).await?;
    let scopes = found.scopes.split(' ').map(str::to_owned).chain(["me".to_owned()]).collect();
    let actor = Arc::new(Actor {
        account_id: found.account_id,
        commune_id: commune,
        name: found.display_name,
        grants,
        second_factor: false,
        via: Via::Token { id: found.id, scopes },
    });
    live.keep(hash, actor.clone(), now, epoch);
    Ok(Some(actor))
}

/// Host names and the first commune, read again every half minute.
pub(crate) async fn communes(app: &App) -> Result<Arc<Communes>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        host: Option<String>,
    }
    let (live, now) = (live(app)?, app.clock.now());
    if let Some(communes) = live.communes(now) {
        return Ok(communes);
    }
    let rows: Vec<Row> = sql("SELECT id, host FROM commune ORDER BY created_at, id").all(&app.db).await?;
    let first = rows.first().map(|row| row.id);
    let hosts = rows.into_iter().filter_map(|row| Some((row.host?.to_ascii_lowercase(), row.id)));
    let communes = Arc::new(Communes { first, by_host: HashMap::from_iter(hosts) });
    if first.is_some() {
        live.keep_communes(communes.clone(), now);
    }
    Ok(communes)
}

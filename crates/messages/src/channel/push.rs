//! Notices of the browser (web push): through the push service of each browser, which cannot read them.

use super::model::{Bulletin, Copy, Failed, Handed, Problem};
use super::seal;
use super::settings::{self, Ways};
use axum::body::Bytes;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use http::{Method, Request, Uri, header};
use http_body_util::Full;
use platform::call;
use platform::{Ctx, Error, Result, Tx, Uuid, ids, sql};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A day is how long a push service keeps what it cannot deliver.
const KEPT_SECONDS: u32 = 86_400;
const SIGNED_SECONDS: i64 = 12 * 3_600;
/// Devices of one person.
const MOST: usize = 10;
/// So much of the text is shown.
const SHOWN: usize = 240;

/// The commune's name at push services.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Key {
    private: String,
    /// What a browser is given when it subscribes.
    pub public: String,
}

impl Key {
    pub fn make() -> Result<Key> {
        let (private, public) = seal::pair()?;
        Ok(Key { private: URL_SAFE_NO_PAD.encode(private), public: URL_SAFE_NO_PAD.encode(public) })
    }
}

/// A browser that wants notices.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Subscription {
    pub id: Uuid,
    endpoint: String,
    p256dh: String,
    auth: String,
    pub device: String,
    pub made_at: DateTime<Utc>,
}

/// As a browser tells of itself (`PushSubscription.toJSON`).
#[derive(Debug, Deserialize)]
pub(super) struct Told {
    endpoint: String,
    keys: Keys,
}

#[derive(Debug, Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

pub(super) async fn list(ctx: &Ctx, account: Uuid) -> Result<Vec<Subscription>> {
    sql("SELECT id, endpoint, p256dh, auth, device, made_at FROM push_subscription \
         WHERE commune_id = $1 AND account_id = $2 ORDER BY id")
    .bind(ctx.commune)
    .bind(account)
    .all(&ctx.app.db)
    .await
}

/// Keeps a browser for the reader; one that was known under another account moves.
///
/// # Errors
/// `Invalid` when it is none.
pub(super) async fn keep(ctx: &Ctx, tx: &Tx, told: &Told, device: &str) -> Result<()> {
    let wrong = || Error::invalid("channel-push-wrong");
    call::address(ctx, "endpoint", &told.endpoint).map_err(|_| wrong())?;
    let length = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_or(0, |key| key.len());
    if length(&told.keys.p256dh) != 65 || length(&told.keys.auth) != 16 {
        return Err(wrong());
    }
    let account = ctx.account()?;
    let known = sql("SELECT COUNT(*) FROM push_subscription WHERE commune_id = $1 AND account_id = $2");
    if known.bind(ctx.commune).bind(account).count(tx).await? >= MOST as i64 {
        return Err(Error::invalid("channel-push-many"));
    }
    sql("INSERT INTO push_subscription (commune_id, id, account_id, endpoint, endpoint_hash, p256dh, auth, device, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (commune_id, endpoint_hash) DO UPDATE SET account_id = $3, \
         p256dh = $6, auth = $7, device = $8, made_at = $9")
    .bind(ctx.commune)
    .bind(ctx.new_id())
    .bind(account)
    .bind(told.endpoint.as_str())
    .bind(ids::secret_hash(&told.endpoint))
    .bind(told.keys.p256dh.trim_end_matches('='))
    .bind(told.keys.auth.trim_end_matches('='))
    .bind(device)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn delete(ctx: &Ctx, tx: &Tx, account: Uuid, id: Uuid) -> Result<bool> {
    let gone = sql("DELETE FROM push_subscription WHERE commune_id = $1 AND account_id = $2 AND id = $3");
    Ok(gone.bind(ctx.commune).bind(account).bind(id).run(tx).await? == 1)
}

/// To every browser of the person; one that takes it is enough. Browsers that are gone are taken out.
pub(super) async fn send(ctx: &Ctx, ways: &Ways, bulletin: &Bulletin, copy: &Copy) -> Result<Handed, Failed> {
    let payload = json!({
        "title": bulletin.title,
        "body": bulletin.body.chars().take(SHOWN).collect::<String>(),
        "url": bulletin.read_path(),
        "seen": format!("/thong-bao/den/{}", copy.id),
        "tag": bulletin.id,
    });
    to_all(ctx, ways, copy.account_id, &payload).await
}

pub(super) async fn to_all(
    ctx: &Ctx,
    ways: &Ways,
    account: Uuid,
    payload: &serde_json::Value,
) -> Result<Handed, Failed> {
    let key = settings::push_key(ctx).await?;
    let plain = payload.to_string();
    let (mut taken, mut wrong) = (false, None);
    for one in list(ctx, account).await? {
        match to_one(ctx, ways, &key, &one, plain.as_bytes()).await {
            Ok(true) => taken = true,
            Ok(false) => {
                let tx = ctx.begin().await?;
                delete(ctx, &tx, account, one.id).await?;
                tx.commit().await?;
            }
            Err(Failed::Ours(error)) => return Err(Failed::Ours(error)),
            Err(failed) => wrong = Some(failed),
        }
    }
    match wrong {
        _ if taken => Ok(Handed::default()),
        Some(failed) => Err(failed),
        None => Err(Failed::NoAddress),
    }
}

/// False when the browser is gone for good.
async fn to_one(ctx: &Ctx, ways: &Ways, key: &Key, one: &Subscription, plain: &[u8]) -> Result<bool, Failed> {
    let bytes =
        |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::internal("a subscription's key"));
    let uri: Uri = call::address(ctx, "endpoint", &one.endpoint)?;
    let origin = format!(
        "{}://{}",
        uri.scheme_str().unwrap_or("https"),
        uri.authority().map(http::uri::Authority::as_str).unwrap_or_default()
    );
    let cut = &plain[..plain.len().min(seal::PLAIN_MAX)];
    let Ok(body) = seal::sealed(&bytes(&one.p256dh)?, &bytes(&one.auth)?, cut) else {
        // Its key is no key: nobody will ever read what is sent to it.
        return Ok(false);
    };
    let until = ctx.app.clock.now().timestamp() + SIGNED_SECONDS;
    let signed = seal::vapid(&bytes(&key.private)?, &key.public, &origin, &ctx.app.config.base_url(), until)?;
    let request = Request::builder()
        .method(Method::POST)
        .uri(uri)
        .header(header::AUTHORIZATION, signed)
        .header(header::CONTENT_ENCODING, "aes128gcm")
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .header("ttl", KEPT_SECONDS)
        .header("urgency", "normal");
    let request = request.body(Full::new(Bytes::from(body))).map_err(Error::internal)?;
    let answer = call::call(request, ways.patience()).await?;
    match answer.status {
        200..300 => Ok(true),
        404 | 410 => Ok(false),
        429 | 500.. => Err(Failed::Later(Problem::new("channel-problem-busy", answer.status))),
        status => Err(Failed::Refused(Problem::new("channel-problem-refused", status))),
    }
}

//! The key that an official keeps here.

use audit::Entry;
use chrono::{DateTime, Utc};
use pades::{Fault, Key};
use platform::{Ctx, Error, Message, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use serde_json::json;

/// Under which the key files are locked.
pub(crate) const LOCK: &str = "signing";
/// A key file is some kilobytes.
pub(crate) const MAX_BYTES: usize = 100 << 10;

/// What is known of a key without opening it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct KeyRow {
    pub(crate) file: String,
    /// The name in the certificate.
    pub holder: String,
    pub organisation: String,
    pub issuer: String,
    pub serial: String,
    pub not_before: DateTime<Utc>,
    pub not_after: DateTime<Utc>,
    pub added_at: DateTime<Utc>,
}

/// The reader's own key, if one is kept.
pub async fn own(ctx: &Ctx, on: &impl Run) -> Result<Option<KeyRow>> {
    sql(
        "SELECT file, holder, organisation, issuer, serial, not_before, not_after, added_at FROM signing_key \
         WHERE commune_id = $1 AND account_id = $2",
    )
    .bind(ctx.commune)
    .bind(ctx.account()?)
    .first(on)
    .await
}

/// Opens a key file; it takes a tenth of a second.
pub(crate) async fn opened(file: Vec<u8>, password: String) -> Result<Result<Key, Fault>> {
    let open = move || Key::from_pkcs12(&file, &password);
    tokio::task::spawn_blocking(open).await.map_err(Error::internal)
}

/// Keeps a key file in the place of the one that was there. `key` is what the file holds.
pub async fn keep(ctx: &Ctx, tx: &Tx, file: &[u8], key: &Key) -> Result<()> {
    keep_for(ctx, tx, ctx.account()?, file, key).await
}

/// [`keep`] for another account: in the demo, whose leaders are given theirs.
pub async fn keep_for(ctx: &Ctx, tx: &Tx, account: Uuid, file: &[u8], key: &Key) -> Result<()> {
    let about = key.certificate();
    let sealed = audit::keys::seal(&ctx.app.config.data, LOCK, account, file)?;
    sql("INSERT INTO signing_key (commune_id, account_id, file, holder, organisation, issuer, serial, not_before, \
         not_after, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (commune_id, account_id) DO UPDATE SET file = $3, holder = $4, organisation = $5, issuer = $6, \
         serial = $7, not_before = $8, not_after = $9, added_at = $10")
    .bind(ctx.commune)
    .bind(account)
    .bind(sealed)
    .bind(about.name.as_str())
    .bind(about.organisation.as_str())
    .bind(about.issuer.as_str())
    .bind(about.serial.as_str())
    .bind(about.not_before)
    .bind(about.not_after)
    .bind(ctx.now)
    .run(tx)
    .await?;
    let detail = json!({ "serial": about.serial, "issuer": about.issuer });
    audit::record(ctx, tx, Entry { action: "signature.key", kind: "account", id: account, detail }).await
}

/// Removes the reader's own key. Without one nothing happens.
pub(crate) async fn forget(ctx: &Ctx, tx: &Tx) -> Result<()> {
    let account = ctx.account()?;
    let gone = sql("DELETE FROM signing_key WHERE commune_id = $1 AND account_id = $2")
        .bind(ctx.commune)
        .bind(account)
        .run(tx)
        .await?;
    if gone == 0 {
        return Ok(());
    }
    let entry =
        Entry { action: "signature.key", kind: "account", id: account, detail: json!({ "removed": true }) };
    audit::record(ctx, tx, entry).await
}

/// Why a key does not sign, at the field that mends it.
pub(crate) fn at_field(ctx: &Ctx, fault: &Fault, file: &'static str, password: &'static str) -> Error {
    let day = |at: &DateTime<Utc>| ctx.t().date(platform::clock::local_date(*at));
    match fault {
        Fault::Password => Error::field(password, "signing-password-wrong"),
        Fault::NotYet(from) => Error::field(file, Message::new("signing-key-early").with("day", day(from))),
        Fault::Expired(until) => Error::field(file, Message::new("signing-key-over").with("day", day(until))),
        Fault::KeyKind => Error::field(file, "signing-key-kind"),
        _ => Error::field(file, "signing-key-none"),
    }
}

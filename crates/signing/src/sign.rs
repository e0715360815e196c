//! Signing with the own key.

use crate::key::{LOCK, at_field, opened, own};
use crate::picture::Look;
use chrono::{FixedOffset, TimeZone};
use pades::{Key, Shown, Signing};
use platform::http::Throttle;
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The field of a form in which the key's password is typed.
pub const PASSWORD: &str = "mat-khau-ky";

/// Tries with one account's password, one after the other: a leader who signs a pile at once has not typed it wrong.
pub(crate) struct Tries {
    wrong: Throttle<Uuid>,
    turns: Mutex<HashMap<Uuid, Arc<tokio::sync::Mutex<()>>>>,
}

impl Default for Tries {
    fn default() -> Tries {
        Tries { wrong: Throttle::new(5, 300), turns: Mutex::default() }
    }
}

impl Tries {
    fn turn(&self, account: Uuid) -> Arc<tokio::sync::Mutex<()>> {
        self.turns.lock().expect("no panic while held").entry(account).or_default().clone()
    }
}

/// The reader's own key, opened. Do it before a transaction: it takes a tenth of a second.
///
/// # Errors
/// At [`PASSWORD`] when there is no key, the password does not open it, or its certificate is not valid now; `TooMany`
/// after five wrong passwords.
pub async fn unlock(ctx: &Ctx, password: &str) -> Result<Arc<Key>> {
    let row = own(ctx, &ctx.app.db).await?.ok_or_else(|| Error::field(PASSWORD, "signing-key-missing"))?;
    let account = ctx.account()?;
    let tries = ctx.app.offers::<Tries>().next().ok_or_else(|| Error::internal("no throttle of keys"))?;
    let turn = tries.turn(account);
    let _mine = turn.lock().await;
    tries.wrong.check(&account, ctx.now).map_err(|wait| Error::too_many("error-too-many", wait))?;
    let file = audit::keys::open(&ctx.app.config.data, LOCK, account, &row.file)?;
    let key = opened(file, password.to_owned())
        .await?
        .map_err(|fault| at_field(ctx, &fault, PASSWORD, PASSWORD))?;
    tries.wrong.clear(&account);
    key.valid_at(ctx.now).map_err(|fault| at_field(ctx, &fault, PASSWORD, PASSWORD))?;
    Ok(Arc::new(key))
}

/// The file with a signature added, as of now in Vietnam, and drawn as `look` says. Never inside a transaction.
///
/// # Errors
/// A file that takes no signature.
pub async fn sign(
    ctx: &Ctx,
    key: Arc<Key>,
    file: Vec<u8>,
    (reason, place): (String, String),
    look: Option<Look>,
) -> Result<Vec<u8>> {
    let zone = FixedOffset::east_opt(7 * 3600).ok_or_else(|| Error::internal("no zone"))?;
    let at = zone.from_utc_datetime(&ctx.now.naive_utc());
    let work = move || {
        let shown = look.as_ref().map(|look| Shown { page: look.page, at: look.at, drawing: &look.drawing });
        pades::sign_shown(&file, &*key, &Signing { at, reason: &reason, place: &place }, shown.as_ref())
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

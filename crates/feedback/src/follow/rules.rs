//! Asking to follow, confirming, ending; and whom a change is told.

use super::letter;
use super::store::{self, Follower};
use crate::model::Report;
use crate::store::Line;
use chrono::Duration;
use platform::jobs::{self, Work};
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;

const EMAIL_MAX: usize = 200;
/// Letters that one address may be sent without having asked for them.
const A_DAY: i64 = 3;

/// The link of a follower: the id, and what only this installation can make of it.
pub(super) fn token(ctx: &Ctx, id: Uuid) -> Result<String> {
    let mac = audit::keyed_hash(ctx, &format!("feedback follow {id}"))?;
    let mac: String = mac.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
    Ok(format!("{id}.{mac}"))
}

/// Whose link it is.
///
/// # Errors
/// Not found, whatever is wrong with it.
pub(super) fn id_of(ctx: &Ctx, given: &str) -> Result<Uuid> {
    let id: Uuid = given.split('.').next().and_then(|id| id.parse().ok()).ok_or_else(Error::not_found)?;
    // In constant time: the hashes of both are compared.
    let same = blake3::hash(given.as_bytes()) == blake3::hash(token(ctx, id)?.as_bytes());
    if same { Ok(id) } else { Err(Error::not_found()) }
}

/// Somebody wants to follow; the first letter asks whether it was they. Whether the address was known is not said.
pub(super) async fn ask(ctx: &Ctx, tx: &Tx, report: &Report, email: &str, own: bool) -> Result<()> {
    let email = said::needed("thu", email, "feedback-follow-email-empty", EMAIL_MAX)?.to_lowercase();
    let plain = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    if !plain || email.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c)) {
        return Err(Error::field("thu", "feedback-follow-email-wrong"));
    }
    if ctx.app.config.mail.is_none() {
        return Err(Error::conflict("feedback-follow-no-mail"));
    }
    // What has to be mended first does not count.
    crate::throttle::sending(ctx, false)?;
    if store::of_email(ctx, tx, report.id, &email).await?.is_some() {
        return Ok(());
    }
    if store::count_since(ctx, tx, &email, ctx.now - Duration::days(1)).await? >= A_DAY {
        return Ok(());
    }
    let lang = ctx.lang.code().to_owned();
    let one = Follower { id: ctx.new_id(), report_id: report.id, email, own, lang, confirmed_at: None };
    store::insert(ctx, tx, &one).await?;
    let payload = json!({ "follow": one.id, "first": true });
    jobs::enqueue(ctx, tx, Work::new(letter::JOB, payload).once(one.id.to_string())).await?;
    Ok(())
}

/// Something happened that everybody may know: those who follow by e-mail get a letter.
pub(crate) async fn told(ctx: &Ctx, tx: &Tx, report: &Report, line: &Line<'_>, event: Uuid) -> Result<()> {
    if !line.public || line.what.by_sender() {
        return Ok(());
    }
    for one in store::of_report(ctx, tx, report.id).await? {
        if one.own || report.shown {
            let payload = json!({ "follow": one.id, "first": false });
            let once = format!("{} {event}", one.id);
            jobs::enqueue(ctx, tx, Work::new(letter::JOB, payload).once(once)).await?;
        }
    }
    Ok(())
}

//! Listing what is over, recording a decision, carrying it out, dropping it.

use super::erase::erase;
use super::model::{Deciding, Disposal, Due, Ended, State};
use super::store;
use super::terms::{Kept, Terms};
use audit::Entry;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::json;

/// Dossiers in one decision, and on one page.
pub(super) const MOST: usize = 200;
const WORDS_MAX: usize = 120;

/// Dossiers whose time is over, the oldest end first, at most [`MOST`].
pub(crate) async fn due(ctx: &Ctx) -> Result<Vec<Due>> {
    let terms = Terms::load(ctx)?;
    let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    for search in terms.searches(ctx.today()) {
        let ended = store::over(ctx, &search, limit).await?;
        found.extend(ended.into_iter().filter_map(|one| over(ctx, &terms, one)));
    }
    found.sort_by_key(|one| (one.dossier.ended_at, one.dossier.id));
    found.truncate(MOST);
    Ok(found)
}

/// The one place that says whether the time of a dossier is over.
fn over(ctx: &Ctx, terms: &Terms, one: Ended) -> Option<Due> {
    match terms.kept(&one) {
        Kept::Until(until, _) if until < ctx.today() && one.erased_at.is_none() => {
            Some(Due { dossier: one, until })
        }
        _ => None,
    }
}

/// Records a decision about these dossiers. Nothing is destroyed yet.
///
/// # Errors
/// At the field; when one of them must still be kept or stands in another decision.
pub(crate) async fn decide(ctx: &Ctx, tx: &Tx, new: Deciding) -> Result<Disposal> {
    let number = said::needed(
        "so-quyet-dinh",
        &vntext::clean(&new.number),
        "onestop-disposal-number-empty",
        WORDS_MAX,
    )?;
    let on = new.on.ok_or_else(|| Error::field("ngay-quyet-dinh", "onestop-disposal-day-empty"))?;
    if on > ctx.today() {
        return Err(Error::field("ngay-quyet-dinh", "onestop-disposal-day-future"));
    }
    let signer =
        said::needed("nguoi-ky", &vntext::clean(&new.signer), "onestop-disposal-signer-empty", WORDS_MAX)?;
    let mut ids = new.dossiers;
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Err(Error::field("ho-so", "onestop-disposal-none"));
    }
    if ids.len() > MOST {
        return Err(Error::field("ho-so", Message::new("onestop-disposal-too-many").with("limit", MOST)));
    }
    all_over(ctx, tx, &ids).await?;
    let one = Disposal {
        id: ctx.new_id(),
        decision_no: number,
        decided_on: on,
        signer,
        state: State::Decided,
        account_id: ctx.account()?,
        made_at: ctx.now,
        ended_by: None,
        ended_at: None,
        revision: 1,
    };
    if !store::insert(ctx, tx, &one, &ids).await? {
        return Err(Error::field("ho-so", "onestop-disposal-other"));
    }
    recorded(ctx, tx, &one, "disposal.decide", ids.len()).await?;
    Ok(one)
}

async fn all_over(ctx: &Ctx, tx: &Tx, ids: &[Uuid]) -> Result<()> {
    let terms = Terms::load(ctx)?;
    let found = store::ended(ctx, tx, ids).await?;
    if found.len() != ids.len() {
        return Err(Error::field("ho-so", "error-choose"));
    }
    for one in found {
        let code = one.code.clone();
        if over(ctx, &terms, one).is_none() {
            let text = Message::new("onestop-disposal-kept").with("code", code);
            return Err(Error::field("ho-so", text));
        }
    }
    Ok(())
}

async fn recorded(ctx: &Ctx, tx: &Tx, one: &Disposal, action: &'static str, count: usize) -> Result<()> {
    let detail = json!({ "decision": one.decision_no, "on": one.decided_on, "dossiers": count });
    audit::record(ctx, tx, Entry { action, kind: "disposal", id: one.id, detail }).await
}

/// A decision and its dossiers.
pub(crate) async fn show(ctx: &Ctx, id: Uuid) -> Result<(Disposal, Vec<Ended>)> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let ids = store::items(ctx, &ctx.app.db, id).await?;
    let dossiers = if ids.is_empty() { Vec::new() } else { store::ended(ctx, &ctx.app.db, &ids).await? };
    Ok((one, dossiers))
}

/// Carries a decision out: what its dossiers hold of people is destroyed. The law is asked once more.
pub(crate) async fn destroy(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Disposal> {
    let one = store::find(ctx, tx, id).await?;
    let ids = store::items(ctx, tx, id).await?;
    end(ctx, tx, id, revision, State::Done).await?;
    all_over(ctx, tx, &ids).await?;
    erase(ctx, tx, &ids, &one.decision_no).await?;
    recorded(ctx, tx, &one, "disposal.destroy", ids.len()).await?;
    Ok(one)
}

/// Drops a decision that was not carried out.
pub(super) async fn drop(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Disposal> {
    let one = store::find(ctx, tx, id).await?;
    end(ctx, tx, id, revision, State::Dropped).await?;
    store::free(ctx, tx, id).await?;
    recorded(ctx, tx, &one, "disposal.drop", 0).await?;
    Ok(one)
}

async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, state: State) -> Result<()> {
    let ended = store::end(ctx, tx, id, revision, state).await?;
    if ended { Ok(()) } else { Err(Error::conflict("onestop-disposal-over")) }
}

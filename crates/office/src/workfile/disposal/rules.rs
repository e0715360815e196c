//! Listing what is over, recording a decision, carrying it out, dropping it.

use super::model::{Deciding, Disposal, State};
use super::store;
use crate::workfile::model::{self, Happened, Kind, WorkFile};
use crate::workfile::rules::{happened, written};
use crate::workfile::terms::Terms;
use crate::workfile::{store as files_of, words};
use audit::Entry;
use chrono::{Datelike, NaiveDate};
use platform::search::text;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, files, said};
use serde_json::json;

/// Files in one decision, and on one page.
pub(super) const MOST: usize = 200;
const WORDS_MAX: usize = 120;

/// Files whose term is over, those that were closed first before others, at most [`MOST`].
pub(super) async fn due(ctx: &Ctx) -> Result<Vec<WorkFile>> {
    let terms = Terms::load(ctx)?;
    let mut found = Vec::new();
    for term in &terms.terms {
        let Some(day) =
            term.years.and_then(|years| NaiveDate::from_ymd_opt(ctx.today().year() - years, 1, 1))
        else {
            continue;
        };
        let closed = store::closed_before(ctx, &term.code, day, MOST as i64).await?;
        found.extend(closed.into_iter().filter(|one| over(ctx, &terms, one)));
    }
    found.sort_by_key(|one| (one.closed_at, one.id));
    found.truncate(MOST);
    Ok(found)
}

/// The one place that says whether the term of a file is over.
fn over(ctx: &Ctx, terms: &Terms, one: &WorkFile) -> bool {
    matches!(one.state, model::State::Closed | model::State::Archived)
        && terms.until(&one.term, one.closed_at).is_some_and(|until| until < ctx.today())
}

/// Records a decision about these files. Nothing is destroyed yet.
///
/// # Errors
/// At the field; when one of them must still be kept or stands in another decision.
pub(super) async fn decide(ctx: &Ctx, tx: &Tx, new: Deciding) -> Result<Disposal> {
    let number = vntext::clean(&new.number);
    let number = said::needed("so-quyet-dinh", &number, "office-disposal-number-empty", WORDS_MAX)?;
    let on = new.on.ok_or_else(|| Error::field("ngay-quyet-dinh", "office-disposal-day-empty"))?;
    if on > ctx.today() {
        return Err(Error::field("ngay-quyet-dinh", "office-disposal-day-future"));
    }
    let signer = vntext::clean(&new.signer);
    let signer = said::needed("nguoi-ky", &signer, "office-disposal-signer-empty", WORDS_MAX)?;
    let mut ids = new.files;
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Err(Error::field("ho-so", "office-transfer-none-chosen"));
    }
    if ids.len() > MOST {
        return Err(Error::field("ho-so", Message::new("office-disposal-too-many").with("limit", MOST)));
    }
    let one = Disposal {
        id: ctx.new_id(),
        decision_no: number,
        decided_on: on,
        signer,
        state: State::Decided,
        made_by: ctx.account()?,
        made_at: ctx.now,
        ended_by: None,
        ended_at: None,
        revision: 1,
    };
    let all = all_over(ctx, tx, &ids).await?;
    if !store::insert(ctx, tx, &one, &ids).await? {
        return Err(Error::field("ho-so", "office-disposal-other"));
    }
    for file in &all {
        happened(ctx, tx, file, Happened::ToDestroy, &one.decision_no).await?;
    }
    recorded(ctx, tx, &one, "workfile.decide", ids.len()).await?;
    Ok(one)
}

async fn all_over(ctx: &Ctx, tx: &Tx, ids: &[Uuid]) -> Result<Vec<WorkFile>> {
    let terms = Terms::load(ctx)?;
    let found = store::files(ctx, tx, ids).await?;
    if found.len() != ids.len() {
        return Err(Error::field("ho-so", "error-choose"));
    }
    match found.iter().find(|one| !over(ctx, &terms, one)) {
        None => Ok(found),
        Some(one) => {
            let text = Message::new("office-disposal-kept").with("code", one.code.as_str());
            Err(Error::field("ho-so", text))
        }
    }
}

async fn recorded(ctx: &Ctx, tx: &Tx, one: &Disposal, action: &'static str, count: usize) -> Result<()> {
    let detail = json!({ "decision": one.decision_no, "on": one.decided_on, "files": count });
    audit::record(ctx, tx, Entry { action, kind: "workfile-disposal", id: one.id, detail }).await
}

/// A decision and its files.
pub(super) async fn show(ctx: &Ctx, id: Uuid) -> Result<(Disposal, Vec<WorkFile>)> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let ids = store::items(ctx, &ctx.app.db, id).await?;
    Ok((one, store::files(ctx, &ctx.app.db, &ids).await?))
}

/// Carries a decision out; the law is asked once more. The answer has the bytes to be forgotten after the commit.
pub(super) async fn destroy(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<(Disposal, Vec<String>)> {
    let one = store::find(ctx, tx, id).await?;
    let ids = store::items(ctx, tx, id).await?;
    end(ctx, tx, id, revision, State::Done).await?;
    let mut digests = Vec::new();
    for mut file in all_over(ctx, tx, &ids).await? {
        digests.extend(emptied(ctx, tx, file.id).await?);
        (file.state, file.note) = (model::State::Destroyed, String::new());
        written(ctx, tx, &mut file).await?;
        happened(ctx, tx, &file, Happened::Destroyed, &one.decision_no).await?;
    }
    recorded(ctx, tx, &one, "workfile.destroy", ids.len()).await?;
    Ok((one, digests))
}

/// What the file held of its own goes; documents and tasks of the books stay in their books.
async fn emptied(ctx: &Ctx, tx: &Tx, file: Uuid) -> Result<Vec<String>> {
    let items = files_of::items(ctx, tx, file).await?;
    let own: Vec<Uuid> = items.iter().filter(|item| item.kind == Kind::File).map(|item| item.id).collect();
    for item in &own {
        text::remove(ctx, tx, *item).await?;
    }
    store::empty(ctx, tx, file).await?;
    if own.is_empty() { Ok(Vec::new()) } else { files::delete_of(ctx, tx, words::SEARCHED, &own).await }
}

/// Drops a decision that was not carried out.
pub(super) async fn drop(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Disposal> {
    let one = store::find(ctx, tx, id).await?;
    let ids = store::items(ctx, tx, id).await?;
    end(ctx, tx, id, revision, State::Dropped).await?;
    store::free(ctx, tx, id).await?;
    for file in store::files(ctx, tx, &ids).await? {
        happened(ctx, tx, &file, Happened::Spared, &one.decision_no).await?;
    }
    recorded(ctx, tx, &one, "workfile.spare", ids.len()).await?;
    Ok(one)
}

async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, state: State) -> Result<()> {
    let ended = store::end(ctx, tx, id, revision, state).await?;
    if ended { Ok(()) } else { Err(Error::conflict("office-moved-on")) }
}

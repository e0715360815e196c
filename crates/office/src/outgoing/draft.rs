//! Writing a document: every save is a version.

use super::kinds::{Chosen, Kinds};
use super::model::{Document, Draft, State};
use super::pass::{allowed, may, written};
use super::{file, store, trail};
use crate::books::Books;
use audit::Entry;
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;

const SUBJECT_MAX: usize = 500;
const LIST_MAX: usize = 4_000;
const BODY_MAX: usize = 20_000;
const APPENDICES_MAX: usize = 100_000;
const COPIES_MAX: i64 = 10_000;
const EMPTY: &str = "office-outgoing-empty";

/// Keeps a draft: a new one, or the next version of one that is there.
///
/// # Errors
/// At the field that is empty, too long or wrong; `Conflict` when somebody else was first or it is handed on.
pub(crate) async fn save(ctx: &Ctx, tx: &Tx, id: Option<(Uuid, i64)>, draft: Draft) -> Result<Document> {
    let (draft, chosen) = checked(ctx, draft)?;
    let one = match id {
        None => {
            let one = fresh(ctx, ctx.new_id(), draft, &chosen, None)?;
            store::insert(ctx, tx, &one).await?;
            crate::workfile::answered(ctx, tx, &one).await?;
            one
        }
        Some((id, revision)) => {
            let mut one = store::find(ctx, tx, id).await?;
            allowed(may(ctx, &one).edit)?;
            if one.revision != revision {
                return Err(Error::conflict("office-outgoing-moved-on"));
            }
            // Nothing was changed: no version says the same as the one before it.
            if one.content == draft {
                return Ok(one);
            }
            one.version += 1;
            set(&mut one, draft, &chosen);
            written(store::update(ctx, tx, &one).await?)?;
            one.revision += 1;
            one
        }
    };
    kept(ctx, tx, &one).await?;
    Ok(one)
}

/// A version, the words by which it is found, and the record.
pub(super) async fn kept(ctx: &Ctx, tx: &Tx, one: &Document) -> Result<()> {
    trail::version_insert(ctx, tx, one).await?;
    file::put(ctx, tx, one).await?;
    let detail = json!({ "version": one.version, "kind": one.kind });
    audit::record(ctx, tx, Entry { action: "outgoing.save", kind: "outgoing", id: one.id, detail }).await
}

pub(super) fn fresh(
    ctx: &Ctx,
    id: Uuid,
    draft: Draft,
    chosen: &Chosen,
    replaces: Option<Uuid>,
) -> Result<Document> {
    let mut one = Document {
        id,
        issuer: String::new(),
        kind: String::new(),
        kinds_from: chosen.from,
        state: State::Drafting,
        subject: String::new(),
        content: Draft::default(),
        version: 1,
        signer_role: String::new(),
        reply_to: None,
        drafted_by: ctx.account()?,
        drafted_at: ctx.now,
        signer_id: None,
        signer_name: String::new(),
        approved_at: None,
        book: String::new(),
        year: None,
        number: None,
        symbol: String::new(),
        numbered_at: None,
        issued_at: None,
        file_id: None,
        digest: String::new(),
        replaces,
        replaced_by: None,
        recalled_at: None,
        recall_reason: String::new(),
        updated_at: ctx.now,
        revision: 1,
    };
    set(&mut one, draft, chosen);
    Ok(one)
}

fn set(one: &mut Document, draft: Draft, chosen: &Chosen) {
    one.issuer.clone_from(&draft.issuer);
    one.kind.clone_from(&draft.kind);
    one.kinds_from = chosen.from;
    one.subject.clone_from(&draft.subject);
    one.signer_role.clone_from(&draft.signer);
    one.reply_to = draft.reply_to;
    one.content = draft;
}

/// The draft as it is kept, with its kind.
fn checked(ctx: &Ctx, mut draft: Draft) -> Result<(Draft, Chosen)> {
    let chosen = Kinds::chosen(ctx, ctx.today(), &draft.issuer, &draft.kind)?;
    let chosen = chosen.filter(|chosen| !chosen.issuer().closed || ctx.may("outgoing.closed"));
    let chosen = chosen.ok_or_else(|| Error::field("loai", "office-outgoing-kind-empty"))?;
    draft.subject = said::needed("trich-yeu", &draft.subject, EMPTY, SUBJECT_MAX)?;
    // On one line, as it stands in lists and registers.
    draft.subject = draft.subject.split_whitespace().collect::<Vec<_>>().join(" ");
    draft.body = lines(&said::needed("noi-dung", &draft.body, EMPTY, BODY_MAX)?);
    said::short("phu-luc", &draft.appendices, APPENDICES_MAX)?;
    draft.appendices = lines(&draft.appendices);
    for (field, text) in
        [("kinh-gui", &mut draft.to), ("can-cu", &mut draft.grounds), ("noi-nhan", &mut draft.receivers)]
    {
        said::short(field, text, LIST_MAX)?;
        *text = lines(text);
    }
    for (field, text) in [("linh-vuc", &mut draft.field), ("nguoi-soan", &mut draft.mark)] {
        *text = text.trim().to_owned();
        said::short(field, text, 10)?;
        if !text.chars().all(char::is_alphanumeric) {
            return Err(Error::field(field, "office-outgoing-letters"));
        }
    }
    if !(0..=COPIES_MAX).contains(&draft.copies) {
        return Err(Error::field("so-ban", "office-outgoing-copies-wrong"));
    }
    if draft.urgency != 0 && Books::load(ctx)?.stamp(draft.urgency).is_none() {
        return Err(Error::field("muc-khan", "error-choose"));
    }
    let books = Books::load(ctx)?;
    if !draft.circulation.is_empty() && !books.circulation.contains(&draft.circulation) {
        return Err(Error::field("luu-hanh", "error-choose"));
    }
    let signers = &chosen.issuer().signers;
    if draft.signer.is_empty() {
        draft.signer = signers.first().cloned().unwrap_or_default();
    }
    if !signers.contains(&draft.signer) {
        return Err(Error::field("nguoi-ky", "error-choose"));
    }
    open(ctx, &draft, &chosen.symbol(&draft.field))?;
    Ok((draft, chosen))
}

/// Refuses what is secret, wherever it says so.
pub(super) fn open(ctx: &Ctx, draft: &Draft, symbol: &str) -> Result<()> {
    for (field, text) in [
        ("trich-yeu", &draft.subject),
        ("kinh-gui", &draft.to),
        ("can-cu", &draft.grounds),
        ("noi-dung", &draft.body),
        ("phu-luc", &draft.appendices),
        ("noi-nhan", &draft.receivers),
    ] {
        crate::secrecy::refuse_marked(ctx, field, symbol, text)?;
    }
    Ok(())
}

/// Without empty lines at the ends of it; a text keeps its single lines.
fn lines(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

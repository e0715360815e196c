//! Opening, filling, handing over, closing a work file. Each is one transaction of the caller.

use super::model::{Happened, Item, Kind, State, WorkFile};
use super::terms::Terms;
use super::{contents, store, words};
use crate::reading::Words;
use crate::{incoming, secrecy, task};
use audit::Entry;
use chrono::{Datelike, NaiveDate};
use messages::Letter;
use platform::files::{self, Prepared};
use platform::search::text::{self, Text};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, numbers, said};
use serde_json::json;

const TITLE_MAX: usize = 500;
const NAME_MAX: usize = 200;
const WORDS_MAX: usize = 2_000;
/// Things in one file.
pub(super) const ITEMS_MAX: usize = 1_000;
pub(crate) const SEARCHED: &str = "workfile";

/// What is said of a file when it is opened or changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Naming {
    pub title: String,
    pub heading: String,
    /// The heading's own when empty.
    pub term: String,
}

/// What the reader may do with a file.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct May {
    /// Fill it, name it, close it, give it away.
    pub keep: bool,
    pub reopen: bool,
}

pub(crate) fn may(ctx: &Ctx, one: &WorkFile) -> May {
    let keeper = ctx.account_or_none() == Some(one.keeper_id) || ctx.may("workfile.manage");
    May { keep: keeper && one.state == State::Open, reopen: keeper && one.state == State::Closed }
}

/// The file, when the reader may fill it.
pub(super) async fn open_one(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<WorkFile> {
    let one = store::find(ctx, tx, id).await?;
    if may(ctx, &one).keep { Ok(one) } else { Err(Error::conflict("office-workfile-not-now")) }
}

fn named(ctx: &Ctx, sent: &Naming) -> Result<Naming> {
    let terms = Terms::load(ctx)?;
    let title = said::needed("ten", &vntext::clean(&sent.title), "office-workfile-title-empty", TITLE_MAX)?;
    secrecy::refuse_marked(ctx, "ten", "", &title)?;
    let heading = terms.heading(&sent.heading).ok_or_else(|| Error::field("de-muc", "error-choose"))?;
    let term = if sent.term.is_empty() { &heading.term } else { &sent.term };
    terms.term(term).ok_or_else(|| Error::field("thoi-han", "error-choose"))?;
    Ok(Naming { title, heading: heading.code.clone(), term: term.clone() })
}

/// Opens a file with the next number of its heading and year; the reader keeps it.
///
/// # Errors
/// At the field what is missing or wrong.
pub(crate) async fn open(ctx: &Ctx, tx: &Tx, sent: &Naming) -> Result<WorkFile> {
    opened(ctx, tx, &named(ctx, sent)?, ctx.account()?).await
}

/// The same, kept by somebody else.
pub(super) async fn opened(ctx: &Ctx, tx: &Tx, name: &Naming, keeper: Uuid) -> Result<WorkFile> {
    let year = ctx.today().year();
    let series = format!("work-file.{}", name.heading);
    let number = numbers::next(tx, ctx.commune, &series, &year.to_string()).await?;
    let one = WorkFile {
        id: ctx.new_id(),
        code: format!("{number:02}.{}/{year}", name.heading),
        year: i64::from(year),
        heading: name.heading.clone(),
        title: name.title.clone(),
        term: name.term.clone(),
        keeper_id: keeper,
        state: State::Open,
        opened_at: ctx.now,
        closed_at: None,
        note: String::new(),
        transfer_id: None,
        revision: 1,
    };
    store::insert(ctx, tx, &one).await?;
    filed(ctx, tx, &one).await?;
    happened(ctx, tx, &one, Happened::Opened, "").await?;
    Ok(one)
}

/// Names it anew; its code stays.
pub(crate) async fn change(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, sent: &Naming) -> Result<WorkFile> {
    let mut one = open_one(ctx, tx, id).await?;
    let name = named(ctx, sent)?;
    (one.title, one.heading, one.term, one.revision) = (name.title, name.heading, name.term, revision);
    written(ctx, tx, &mut one).await?;
    filed(ctx, tx, &one).await?;
    happened(ctx, tx, &one, Happened::Changed, "").await?;
    Ok(one)
}

/// Something that goes into a file.
#[derive(Debug, Default)]
pub(crate) struct Adding {
    pub title: String,
    pub symbol: String,
    pub author: String,
    pub dated: Option<NaiveDate>,
    pub pages: Option<i64>,
    /// Where a sheet of paper lies.
    pub place: String,
    /// None for a sheet of paper.
    pub file: Option<(Prepared, Words)>,
}

/// Adds a file of its own, or says that a sheet of paper belongs to it.
///
/// # Errors
/// At the field; `Conflict` when the file is closed.
pub(crate) async fn add(ctx: &Ctx, tx: &Tx, id: Uuid, sent: Adding) -> Result<WorkFile> {
    let one = open_one(ctx, tx, id).await?;
    let title =
        said::needed("ten-tai-lieu", &vntext::clean(&sent.title), "office-workfile-item-empty", TITLE_MAX)?;
    secrecy::refuse_marked(ctx, "ten-tai-lieu", &sent.symbol, &title)?;
    for (field, text) in [("so-ky-hieu", &sent.symbol), ("tac-gia", &sent.author), ("noi-de", &sent.place)] {
        said::short(field, text, NAME_MAX)?;
    }
    if sent.pages.is_some_and(|pages| !(1..=9_999).contains(&pages)) {
        return Err(Error::field("so-to", "office-workfile-pages-wrong"));
    }
    let item = Item {
        title,
        symbol: vntext::clean(&sent.symbol),
        author: vntext::clean(&sent.author),
        dated: sent.dated,
        pages: sent.pages,
        place: vntext::clean(&sent.place),
        ..item(ctx, &one, Kind::Paper, ctx.new_id())?
    };
    let item = match &sent.file {
        Some((file, read)) => {
            let kept = files::keep(ctx, tx, file, words::SEARCHED, item.id).await?;
            words::kept(ctx, tx, item.id, read).await?;
            Item { kind: Kind::File, object_id: kept, place: String::new(), ..item }
        }
        None if item.place.is_empty() => return Err(Error::field("noi-de", "office-workfile-place-empty")),
        None => item,
    };
    put(ctx, tx, &one, item).await?;
    Ok(one)
}

/// An item with nothing known of it yet.
pub(super) fn item(ctx: &Ctx, file: &WorkFile, kind: Kind, object_id: Uuid) -> Result<Item> {
    Ok(Item {
        id: ctx.new_id(),
        file_id: file.id,
        kind,
        object_id,
        title: String::new(),
        symbol: String::new(),
        author: String::new(),
        dated: None,
        pages: None,
        place: String::new(),
        added_by: ctx.account()?,
        added_at: ctx.now,
    })
}

/// Puts an item in; what is there already stays as it is.
pub(super) async fn put(ctx: &Ctx, tx: &Tx, one: &WorkFile, item: Item) -> Result<()> {
    if store::items(ctx, tx, one.id).await?.len() >= ITEMS_MAX {
        return Err(Error::conflict(Message::new("office-workfile-full").with("limit", ITEMS_MAX)));
    }
    if store::insert_item(ctx, tx, &item).await? {
        figures::touch(ctx, tx, crate::figures::WORK_FILES);
        happened(ctx, tx, one, Happened::Added, &item.title).await?;
    }
    Ok(())
}

/// Adds a document or a task that the reader may see.
///
/// # Errors
/// Not found when the reader may not see it; `Conflict` when the file is closed.
pub(crate) async fn add_known(ctx: &Ctx, tx: &Tx, id: Uuid, kind: Kind, object: Uuid) -> Result<WorkFile> {
    let one = open_one(ctx, tx, id).await?;
    let mut item = item(ctx, &one, kind, object)?;
    if !contents::read(ctx, std::slice::from_mut(&mut item)).await?.contains_key(&object) {
        return Err(Error::not_found());
    }
    put(ctx, tx, &one, item).await?;
    Ok(one)
}

/// Takes something out that does not belong there. The document itself stays where it is.
pub(crate) async fn remove(ctx: &Ctx, tx: &Tx, id: Uuid, item: Uuid) -> Result<WorkFile> {
    let one = open_one(ctx, tx, id).await?;
    let items = store::items(ctx, tx, id).await?;
    let Some(item) = items.iter().find(|known| known.id == item) else { return Ok(one) };
    store::delete_item(ctx, tx, id, item.id).await?;
    text::remove(ctx, tx, item.id).await?;
    figures::touch(ctx, tx, crate::figures::WORK_FILES);
    happened(ctx, tx, &one, Happened::Removed, &item.title).await?;
    Ok(one)
}

/// Gives it to a colleague, who keeps it from now on and may read the documents that came in.
///
/// # Errors
/// At `nguoi-nhan` when nobody is chosen who may keep files.
pub(crate) async fn hand_over(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    to: Option<Uuid>,
    words: &str,
) -> Result<WorkFile> {
    let mut one = open_one(ctx, tx, id).await?;
    let to = to.ok_or_else(|| Error::field("nguoi-nhan", "office-workfile-who-empty"))?;
    said::short("loi", words, WORDS_MAX)?;
    if !task::staff(ctx).await?.iter().any(|one| one.id == to) {
        return Err(Error::field("nguoi-nhan", "office-workfile-who-wrong"));
    }
    one.keeper_id = to;
    written(ctx, tx, &mut one).await?;
    for item in store::items(ctx, tx, id).await?.iter().filter(|one| one.kind == Kind::Incoming) {
        incoming::readable(ctx, tx, item.object_id, &[to]).await?;
    }
    let names = identity::account_names(ctx, &[to]).await?;
    let words = match words.trim() {
        "" => names.get(&to).cloned().unwrap_or_default(),
        words => format!("{}: {words}", names.get(&to).cloned().unwrap_or_default()),
    };
    let text = Message::new("office-told-workfile").with("code", one.code.as_str());
    messages::send(ctx, tx, Letter { to, text, link: one.path() }).await?;
    happened(ctx, tx, &one, Happened::HandedOver, &words).await?;
    Ok(one)
}

/// The work is over: what the file holds is written down as it is called by now.
///
/// # Errors
/// At `ket-qua` without words; `Conflict` while a task of it is open, or when it holds nothing.
pub(crate) async fn close(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, note: &str) -> Result<WorkFile> {
    let mut one = open_one(ctx, tx, id).await?;
    let note = said::needed("ket-qua", note, "office-workfile-result-empty", WORDS_MAX)?;
    let mut items = store::items(ctx, tx, id).await?;
    if items.is_empty() {
        return Err(Error::conflict("office-workfile-nothing"));
    }
    let tasks: Vec<Uuid> =
        items.iter().filter(|one| one.kind == Kind::Task).map(|one| one.object_id).collect();
    if let Some(open) = task::first_open(ctx, tx, &tasks).await? {
        return Err(Error::conflict(Message::new("office-workfile-task-open").with("code", open)));
    }
    contents::read(ctx, &mut items).await?;
    for item in &items {
        store::update_item(ctx, tx, item).await?;
    }
    (one.state, one.closed_at, one.note, one.revision) =
        (State::Closed, Some(ctx.now), note.clone(), revision);
    written(ctx, tx, &mut one).await?;
    happened(ctx, tx, &one, Happened::Closed, &note).await?;
    Ok(one)
}

/// Opens a closed file again, until it stands in a list of transfer.
pub(crate) async fn reopen(ctx: &Ctx, tx: &Tx, id: Uuid, why: &str) -> Result<WorkFile> {
    let mut one = store::find(ctx, tx, id).await?;
    if !may(ctx, &one).reopen {
        return Err(Error::conflict("office-workfile-not-now"));
    }
    let why = said::needed("ly-do", why, "office-reason-empty", WORDS_MAX)?;
    (one.state, one.closed_at) = (State::Open, None);
    written(ctx, tx, &mut one).await?;
    happened(ctx, tx, &one, Happened::Reopened, &why).await?;
    Ok(one)
}

pub(super) async fn written(ctx: &Ctx, tx: &Tx, one: &mut WorkFile) -> Result<()> {
    if !store::update(ctx, tx, one).await? {
        return Err(Error::conflict("office-moved-on"));
    }
    one.revision += 1;
    Ok(())
}

/// By what it is found.
async fn filed(ctx: &Ctx, tx: &Tx, one: &WorkFile) -> Result<()> {
    let words = format!("{} {}", one.code, one.title);
    text::put(ctx, tx, &Text { id: one.id, kind: SEARCHED, text: &words, places: &[] }).await
}

pub(super) async fn happened(ctx: &Ctx, tx: &Tx, one: &WorkFile, what: Happened, words: &str) -> Result<()> {
    store::insert_event(ctx, tx, one.id, what, words).await?;
    figures::touch(ctx, tx, crate::figures::WORK_FILES);
    let action = match what {
        Happened::Opened => "workfile.open",
        Happened::Added => "workfile.add",
        Happened::Removed => "workfile.remove",
        Happened::Changed => "workfile.change",
        Happened::HandedOver => "workfile.hand-over",
        Happened::Closed => "workfile.close",
        Happened::Reopened => "workfile.reopen",
        Happened::Secret => "workfile.secret",
        Happened::ToDestroy | Happened::Spared | Happened::Destroyed => "workfile.dispose",
        Happened::Offered | Happened::TakenBack | Happened::Archived => "workfile.transfer",
    };
    let detail = json!({ "code": one.code });
    audit::record(ctx, tx, Entry { action, kind: SEARCHED, id: one.id, detail }).await
}

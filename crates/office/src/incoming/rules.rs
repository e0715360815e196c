//! How a document comes in, gets its number, is handed on and ends. Each of these is one transaction of the caller.

use super::facts::proposed;
use super::model::{Channel, Facts, Happened, Incoming, State};
use super::{axis, store};
use crate::books::Books;
use crate::reading::Words;
use crate::secrecy;
use audit::Entry;
use chrono::Datelike;
use platform::access::Place;
use platform::files::{self, Prepared};
use platform::search;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, numbers, said};

/// Texts in characters, as Annex VI of Decree 30/2020 bounds them.
const SUBJECT_MAX: usize = 500;
const NAME_MAX: usize = 200;
const NUMBER_MAX: usize = 11;
const NOTATION_MAX: usize = 30;
const PERSON_MAX: usize = 50;
const POSITION_MAX: usize = 100;
const REASON_MAX: usize = 500;

/// A file with what was read of it.
#[derive(Debug)]
pub struct NewFile {
    pub file: Prepared,
    pub words: Words,
}

/// A document at the door.
#[derive(Debug)]
pub struct Arrived {
    pub channel: Channel,
    /// The agency's code; `""` when it is not known.
    pub sender_code: String,
    /// How the sender's system names it: a second one with the same name is the same document.
    pub external_id: Option<String>,
    pub facts: Facts,
    pub files: Vec<NewFile>,
}

/// Takes a document in by any door. The same one twice is one document.
///
/// # Errors
/// A secrecy stamp: nothing is kept.
pub async fn arrive(ctx: &Ctx, tx: &Tx, arrived: Arrived) -> Result<Incoming> {
    for one in &arrived.files {
        secrecy::refuse_marked(ctx, "tep", &arrived.facts.notation, &one.words.text)?;
    }
    secrecy::refuse_marked(ctx, "tep", &arrived.facts.notation, &arrived.facts.subject)?;
    if let Some(external) = &arrived.external_id
        && let Some(known) = store::by_external(ctx, tx, &arrived.sender_code, external).await?
    {
        return Ok(known);
    }
    let one = Incoming {
        id: ctx.new_id(),
        state: State::Arrived,
        book: None,
        year: None,
        arrival_number: None,
        arrived_at: ctx.now,
        registered_at: None,
        registered_by: None,
        channel: arrived.channel,
        external_id: arrived.external_id,
        sender_code: arrived.sender_code,
        facts: arrived.facts,
        reason: String::new(),
        ended_at: None,
        revision: 1,
    };
    store::insert(ctx, tx, &one).await?;
    for NewFile { file, words } in &arrived.files {
        let kept = files::keep(ctx, tx, file, "incoming", one.id).await?;
        store::insert_file(ctx, tx, one.id, kept, words.state, &words.text).await?;
    }
    filed(ctx, tx, &one).await?;
    happened(ctx, tx, &one, Happened::Arrived, "").await?;
    Ok(one)
}

/// What the clerk writes into the book.
#[derive(Debug, Clone, Default)]
pub struct Registering {
    pub revision: i64,
    pub book: String,
    pub facts: Facts,
    /// The clerk has seen that a document like this stands in the book already.
    pub again: bool,
}

/// Puts a document into the book with the next number of the year.
///
/// # Errors
/// At the field what is missing or wrong; `Conflict` when somebody was faster; at `trung` when a document like it stands
/// there and the clerk did not say that this is another one.
pub async fn register(ctx: &Ctx, tx: &Tx, id: Uuid, sent: Registering) -> Result<Incoming> {
    let one = store::find(ctx, tx, id).await?;
    if one.state != State::Arrived {
        return Err(Error::conflict("office-incoming-registered-already"));
    }
    let books = Books::load(ctx)?;
    let book = books.book(&sent.book).ok_or_else(|| Error::field("so-van-ban", "error-choose"))?;
    let facts = checked(ctx, &sent.facts)?;
    if !sent.again
        && let Some(other) = store::alike(ctx, tx, &facts.likeness(), id).await?.first()
    {
        let number = other.arrival_number.unwrap_or_default();
        let text = Message::new("office-incoming-alike")
            .with("number", number)
            .with("day", ctx.t().moment(other.arrived_at));
        return Err(Error::field("trung", text));
    }
    if !store::write_facts(ctx, tx, id, sent.revision, &facts).await? {
        return Err(Error::conflict("office-moved-on"));
    }
    let year = ctx.today().year();
    let series = format!("incoming.{}", book.code);
    let number = numbers::next(tx, ctx.commune, &series, &year.to_string()).await?;
    store::write_number(ctx, tx, id, &book.code, i64::from(year), number).await?;
    let one = store::find(ctx, tx, id).await?;
    filed(ctx, tx, &one).await?;
    happened(ctx, tx, &one, Happened::Registered, "").await?;
    Ok(one)
}

/// Mends what stands in the book; the number stays.
pub(crate) async fn correct(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, facts: &Facts) -> Result<Incoming> {
    let one = store::find(ctx, tx, id).await?;
    if one.arrival_number.is_none() {
        return Err(Error::conflict("office-not-now"));
    }
    let facts = checked(ctx, facts)?;
    if !store::write_facts(ctx, tx, id, revision, &facts).await? {
        return Err(Error::conflict("office-moved-on"));
    }
    let one = store::find(ctx, tx, id).await?;
    filed(ctx, tx, &one).await?;
    happened(ctx, tx, &one, Happened::Corrected, "").await?;
    Ok(one)
}

/// Sends it back, with the reason that the sender reads.
pub(crate) async fn refuse(ctx: &Ctx, tx: &Tx, id: Uuid, reason: &str) -> Result<Incoming> {
    let reason = said::needed("ly-do", reason, "office-reason-empty", REASON_MAX)?;
    moved(ctx, tx, id, &[State::Arrived], State::Refused, Happened::Refused, &reason).await
}

/// Nothing more is to be done: it was for information, or it is settled.
pub async fn finish(ctx: &Ctx, tx: &Tx, id: Uuid, note: &str) -> Result<Incoming> {
    let note = trimmed("ghi-chu", note, REASON_MAX)?;
    let from = [State::Registered, State::Directed];
    moved(ctx, tx, id, &from, State::Done, Happened::Done, &note).await
}

/// The last task that came from it is done. Where somebody has ended it meanwhile, nothing is left to do.
pub(crate) async fn settled(ctx: &Ctx, tx: &Tx, id: Uuid, task: &str) -> Result<()> {
    let one = store::find(ctx, tx, id).await?;
    if one.state == State::Directed {
        moved(ctx, tx, id, &[State::Directed], State::Done, Happened::Done, task).await?;
    }
    Ok(())
}

/// It was settled too early.
pub(crate) async fn reopen(ctx: &Ctx, tx: &Tx, id: Uuid, reason: &str) -> Result<Incoming> {
    let reason = said::needed("ly-do", reason, "office-reason-empty", REASON_MAX)?;
    moved(ctx, tx, id, &[State::Done], State::Registered, Happened::Reopened, &reason).await
}

/// Somebody was charged with it; they may read it from now on.
pub(crate) async fn directed(ctx: &Ctx, tx: &Tx, id: Uuid, to: &[Uuid]) -> Result<Incoming> {
    store::insert_readers(ctx, tx, id, to).await?;
    let from = [State::Registered, State::Directed];
    let one = moved(ctx, tx, id, &from, State::Directed, Happened::Directed, "").await?;
    filed(ctx, tx, &one).await?;
    Ok(one)
}

pub(super) async fn moved(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    from: &[State],
    to: State,
    what: Happened,
    words: &str,
) -> Result<Incoming> {
    let one = store::find(ctx, tx, id).await?;
    let reason = if matches!(to, State::Refused | State::Recalled) { words } else { "" };
    if !store::write_state(ctx, tx, id, from, to, reason).await? {
        return Err(Error::conflict("office-not-now"));
    }
    happened(ctx, tx, &one, what, words).await?;
    store::find(ctx, tx, id).await
}

/// What a book needs to know of a document.
fn checked(ctx: &Ctx, facts: &Facts) -> Result<Facts> {
    secrecy::refuse_marked(ctx, "trich-yeu", &facts.notation, &facts.subject)?;
    if facts.issued_on.is_some_and(|day| day > ctx.today()) {
        return Err(Error::field("ngay-van-ban", "error-date-future"));
    }
    if !(0..=3).contains(&facts.urgency) {
        return Err(Error::field("do-khan", "error-choose"));
    }
    if facts.page_count.is_some_and(|pages| !(1..=9_999).contains(&pages)) {
        return Err(Error::field("so-trang", "error-number"));
    }
    Ok(Facts {
        sender_name: said::needed("noi-gui", &facts.sender_name, "office-sender-empty", NAME_MAX)?,
        number: trimmed("so", &facts.number, NUMBER_MAX)?,
        notation: trimmed("ky-hieu", &facts.notation, NOTATION_MAX)?,
        kind: said::needed("loai", &facts.kind, "office-kind-empty", POSITION_MAX)?,
        subject: said::needed("trich-yeu", &facts.subject, "office-subject-empty", SUBJECT_MAX)?,
        signer_name: trimmed("nguoi-ky", &facts.signer_name, PERSON_MAX)?,
        signer_position: trimmed("chuc-vu", &facts.signer_position, POSITION_MAX)?,
        ..facts.clone()
    })
}

/// A text that may be missing, without the blanks around it.
fn trimmed(field: &'static str, text: &str, limit: usize) -> Result<String> {
    let text = text.trim();
    said::short(field, text, limit)?;
    Ok(text.to_owned())
}

/// Files it for the search: by number, sender and subject, and by the words of its files.
async fn filed(ctx: &Ctx, tx: &Tx, one: &Incoming) -> Result<()> {
    let readers = store::readers(ctx, tx, one.id).await?;
    let places: Vec<Place> = readers.into_iter().map(|id| Place::new("account", id)).collect();
    let text = store::text(ctx, tx, one.id).await?;
    let text = search::text::Text { id: one.id, kind: "incoming", text: &text, places: &places };
    search::text::put(ctx, tx, &text).await?;
    let entry = search::Entry {
        id: one.id,
        kind: "incoming",
        title: one.title().to_owned(),
        subtitle: format!("{} {}", one.facts.symbol(), one.facts.sender_name).trim().to_owned(),
        url: one.path(),
        words: one.arrival_number.map(|number| number.to_string()).unwrap_or_default(),
        places,
    };
    search::put(ctx, tx, &[entry]).await
}

/// A line of its story and of the record.
async fn happened(ctx: &Ctx, tx: &Tx, one: &Incoming, what: Happened, words: &str) -> Result<()> {
    store::insert_event(ctx, tx, one.id, what, words).await?;
    axis::told(ctx, tx, one, what, words).await?;
    let detail =
        serde_json::json!({ "number": one.arrival_number, "book": one.book, "channel": one.channel.code() });
    let action = match what {
        Happened::Arrived => "incoming.arrive",
        Happened::Registered => "incoming.register",
        Happened::Corrected => "incoming.correct",
        Happened::Directed => "incoming.direct",
        Happened::Noted => "incoming.note",
        Happened::Done => "incoming.finish",
        Happened::Reopened => "incoming.reopen",
        Happened::Refused => "incoming.refuse",
        Happened::Recalled => "incoming.recall",
    };
    audit::record(ctx, tx, Entry { action, kind: "incoming", id: one.id, detail }).await
}

/// The words of a file were read in the background. When they bear a secrecy stamp, the document goes out again,
/// altogether: not even its row stays.
pub(crate) async fn words_read(
    ctx: &Ctx,
    tx: &Tx,
    document: Uuid,
    file: Uuid,
    words: &Words,
) -> Result<Kept> {
    if secrecy::refuse_marked(ctx, "tep", "", &words.text).is_err() {
        search::remove(ctx, tx, &[document]).await?;
        search::text::remove(ctx, tx, document).await?;
        let mut digests = axis::forgotten(ctx, tx, document).await?;
        digests.extend(files::delete_of(ctx, tx, "incoming", &[document]).await?);
        store::delete(ctx, tx, document).await?;
        let detail = serde_json::json!({ "why": "secrecy stamp" });
        audit::record(ctx, tx, Entry { action: "incoming.secret", kind: "incoming", id: document, detail })
            .await?;
        return Ok(Kept::No(digests));
    }
    store::write_text(ctx, tx, file, words.state, &words.text).await?;
    let mut one = store::find(ctx, tx, document).await?;
    // Nobody has typed anything yet: what the page says is proposed.
    let pages = one.facts.page_count;
    if one.state == State::Arrived && one.facts == (Facts { page_count: pages, ..Facts::default() }) {
        let facts = Facts { page_count: pages, ..proposed(&words.text, &*Books::load(ctx)?) };
        store::write_facts(ctx, tx, document, one.revision, &facts).await?;
        one = store::find(ctx, tx, document).await?;
    }
    filed(ctx, tx, &one).await?;
    Ok(Kept::Yes)
}

/// Whether a document stays after its words were read; the digests of files that nothing else needs when it does not.
pub(crate) enum Kept {
    Yes,
    No(Vec<String>),
}

//! A package came in: read, judged and written down whole or not at all. The same one twice is one.

use super::model::{In, Net, Office, Peer, Taken, Way, What};
use super::{queue, store, told};
use crate::incoming::{self, Arrived, Channel, Facts, NewFile};
use crate::reading;
use audit::Entry;
use edxml::{BusinessKind, Document, Limits, Package, Status, StatusCode};
use platform::files::{self, Accept, Prepared};
use platform::{Ctx, Error, Kind, Result, Tx};
use serde_json::json;

/// Bytes of a package: what the program takes in one request at all.
pub(super) const LARGEST: usize = 32 << 20;
/// The reason under which nothing is kept.
pub(super) const SECRET: &str = "secret";

const PACKAGES: Accept = Accept {
    types: &["text/xml", "application/xml", "text/html", "text/plain", "application/octet-stream"],
    max_bytes: LARGEST,
};

/// What the sender is answered.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Verdict {
    /// taken, known (it was here before) or refused.
    pub outcome: &'static str,
    /// Why it is refused: a word that stays.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub reason: &'static str,
    /// The same for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The line of the package where it is wrong; 0 for the whole.
    pub line: u64,
}

impl Verdict {
    pub(super) fn taken(&self) -> bool {
        self.outcome != "refused"
    }

    pub(super) fn of(known: bool) -> Verdict {
        let outcome = if known { "known" } else { "taken" };
        Verdict { outcome, reason: "", text: String::new(), line: 0 }
    }

    pub(super) fn refused(ctx: &Ctx, reason: &'static str, line: u64) -> Verdict {
        let text = ctx.t().t(&format!("office-edxml-{reason}"));
        Verdict { outcome: "refused", reason, text, line }
    }
}

/// What becomes of a package, before anything is written.
enum Judged {
    Document(Box<Document>, Vec<NewFile>),
    Status(Box<Status>),
}

/// Takes a package that a peer handed over; whoever calls knows that it was the peer.
pub(super) async fn take(ctx: &Ctx, peer: &Peer, bytes: Vec<u8>) -> Result<Verdict> {
    let limits = Limits { package: LARGEST as u64, attachment: LARGEST, total: LARGEST, ..Limits::default() };
    let read = move || (edxml::read(&bytes[..], &limits), bytes);
    let (read, bytes) = tokio::task::spawn_blocking(read).await.map_err(Error::internal)?;
    let office = store::office(ctx, &ctx.app.db).await?.map(|office| office.on(peer));
    let judged = match read {
        Err(problem) => Err((problem.fault.code(), problem.line)),
        Ok(package) => judged(ctx, office.as_ref(), peer, package).await?.map_err(|reason| (reason, 0)),
    };
    if matches!(judged, Err((SECRET, _))) || bytes.is_empty() {
        let (reason, line) = judged.err().unwrap_or(("empty", 0));
        return Ok(Verdict::refused(ctx, reason, line));
    }
    let digest = blake3::hash(&bytes).to_hex().to_string();
    let file = match files::prepare(ctx, format!("{}.edxml", &digest[..16]), bytes, PACKAGES).await {
        Ok(file) => file,
        // Some other kind of file altogether: there is nothing worth keeping.
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::TooLarge) => {
            let (reason, line) = judged.err().unwrap_or(("xml", 0));
            return Ok(Verdict::refused(ctx, reason, line));
        }
        Err(error) => return Err(error),
    };
    let tx = ctx.begin().await?;
    let done = match judged {
        Err((reason, line)) => refuse(ctx, &tx, peer, &file, &digest, reason, line).await,
        Ok(Judged::Document(document, files)) => {
            self::document(ctx, &tx, peer, &document, files, (&file, &digest)).await
        }
        Ok(Judged::Status(status)) => {
            told::status(ctx, &tx, (office.as_ref(), peer.net), &status, &file).await
        }
    };
    match done {
        Ok(verdict) => {
            tx.commit().await?;
            Ok(verdict)
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

async fn judged(
    ctx: &Ctx,
    office: Option<&Office>,
    peer: &Peer,
    package: Package,
) -> Result<Result<Judged, &'static str>> {
    let document = match addressed(ctx, office, peer, package) {
        Err(reason) => return Ok(Err(reason)),
        Ok(Package::Status(status)) => return Ok(Ok(Judged::Status(status))),
        Ok(Package::Document(document)) => document,
    };
    let mut files = Vec::new();
    for one in &document.attachments {
        let file = match files::prepare(ctx, one.name.clone(), one.body.clone(), incoming::ACCEPT).await {
            Ok(file) => file,
            Err(error) if matches!(error.kind, Kind::Invalid | Kind::TooLarge) => {
                return Ok(Err("attachment"));
            }
            Err(error) => return Err(error),
        };
        let words = match reading::read(&file).await {
            Ok(words) => words,
            Err(error) if error.kind == Kind::Invalid => return Ok(Err("macros")),
            Err(error) => return Err(error),
        };
        if crate::secrecy::refuse_marked(ctx, "goi", &document.code.notation, &words.text).is_err() {
            return Ok(Err(SECRET));
        }
        files.push(NewFile { file, words });
    }
    Ok(Ok(Judged::Document(document, files)))
}

fn addressed(
    ctx: &Ctx,
    office: Option<&Office>,
    peer: &Peer,
    package: Package,
) -> Result<Package, &'static str> {
    let office = office.ok_or("elsewhere")?;
    let from = match &package {
        Package::Document(document) => &document.from.id,
        Package::Status(status) => &status.from.id,
    };
    // Behind a folder stands an axis with many agencies; a site speaks for itself only.
    if peer.way == Way::Https && *from != peer.code {
        return Err("sender");
    }
    if from.len() > 35 {
        return Err("organ");
    }
    match package {
        Package::Status(status) if status.response.organ != office.code => Err("elsewhere"),
        Package::Document(document) if document.to.iter().all(|to| to.id != office.code) => Err("elsewhere"),
        Package::Status(status) => Ok(Package::Status(status)),
        Package::Document(document) => {
            let mut words =
                vec![&document.subject, &document.content, &document.kind.detail, &document.other.sphere];
            words.extend(document.attachments.iter().flat_map(|file| [&file.name, &file.description]));
            let text = words.into_iter().map(String::as_str).collect::<Vec<_>>().join("\n");
            crate::secrecy::refuse_marked(ctx, "goi", &document.code.notation, &text).map_err(|_| SECRET)?;
            Ok(Package::Document(document))
        }
    }
}

pub(super) fn blank(ctx: &Ctx, net: Net, code: &str, key: String, what: What) -> In {
    In {
        id: ctx.new_id(),
        code: code.to_owned(),
        key,
        what,
        external_id: String::new(),
        number: String::new(),
        promulgated: None,
        subject: String::new(),
        state: Taken::Kept,
        problem: String::new(),
        note: String::new(),
        concerns: json!([]),
        at: ctx.now,
        file_id: platform::Uuid::nil(),
        net,
    }
}

/// Keeps the file and the row; false if it was there before.
pub(super) async fn kept(ctx: &Ctx, tx: &Tx, one: &mut In, file: &Prepared) -> Result<bool> {
    one.file_id = files::keep(ctx, tx, file, "exchange", one.id).await?;
    store::in_insert(ctx, tx, one).await
}

pub(super) async fn recorded(ctx: &Ctx, tx: &Tx, one: &In) -> Result<()> {
    let detail = json!({ "sender": one.code, "what": one.what, "state": one.state, "problem": one.problem });
    audit::record(ctx, tx, Entry { action: "exchange.receive", kind: "exchange", id: one.id, detail }).await
}

async fn refuse(
    ctx: &Ctx,
    tx: &Tx,
    peer: &Peer,
    file: &Prepared,
    digest: &str,
    reason: &'static str,
    line: u64,
) -> Result<Verdict> {
    let mut one = blank(ctx, peer.net, &peer.code, format!("refused:{digest}"), What::New);
    one.state = Taken::Refused;
    one.problem = if line > 0 { format!("{reason}:{line}") } else { reason.to_owned() };
    if kept(ctx, tx, &mut one, file).await? {
        recorded(ctx, tx, &one).await?;
    }
    Ok(Verdict::refused(ctx, reason, line))
}

async fn document(
    ctx: &Ctx,
    tx: &Tx,
    peer: &Peer,
    document: &Document,
    files: Vec<NewFile>,
    (file, digest): (&Prepared, &str),
) -> Result<Verdict> {
    let what = match document.business.kind {
        BusinessKind::New => What::New,
        BusinessKind::Revocation => What::Revocation,
        BusinessKind::Update => What::Update,
        BusinessKind::Replacement => What::Replacement,
    };
    let external = document.id.to_string();
    // The same document is the same whatever stands in it; of requests there may be more than one.
    let key = match what {
        What::New | What::Replacement => format!("document:{external}"),
        _ => format!("{}:{external}:{digest}", what.code()),
    };
    let mut one = blank(ctx, peer.net, &document.from.id, key, what);
    one.external_id = external;
    one.number = format!("{}/{}", document.code.number, document.code.notation);
    one.promulgated = document.promulgated;
    one.subject.clone_from(&document.subject);
    one.note.clone_from(&document.business.reason);
    one.state = if what == What::New { Taken::Kept } else { Taken::Asked };
    one.concerns = serde_json::to_value(concerns(document, what))?;
    if !kept(ctx, tx, &mut one, file).await? {
        return Ok(Verdict::of(true));
    }
    if matches!(what, What::New | What::Replacement) {
        queue::reply(ctx, tx, &one, StatusCode::Arrived, "").await?;
        arrives(ctx, tx, document, &one, files).await?;
    }
    recorded(ctx, tx, &one).await?;
    Ok(Verdict::of(false))
}

/// The earlier documents that a request is about.
fn concerns(document: &Document, what: What) -> Vec<String> {
    let business = &document.business;
    match what {
        What::Replacement => business.replacements.iter().map(|one| one.document.to_string()).collect(),
        What::Update => business.document.iter().map(ToString::to_string).collect(),
        What::Revocation => {
            let named: Vec<String> =
                document.responses.iter().filter_map(|one| Some(one.id.as_ref()?.to_string())).collect();
            if named.is_empty() { vec![document.id.to_string()] } else { named }
        }
        What::New | What::Status => Vec::new(),
    }
}

/// Into the book of incoming documents.
async fn arrives(ctx: &Ctx, tx: &Tx, document: &Document, one: &In, files: Vec<NewFile>) -> Result<()> {
    let later = files.iter().any(|file| file.words.state == incoming::TextState::Waiting);
    let facts = Facts {
        sender_name: document.from.name.clone(),
        number: document.code.number.clone(),
        notation: document.code.notation.clone(),
        issued_on: document.promulgated,
        kind: document.kind.name.clone(),
        subject: document.subject.clone(),
        signer_name: document.signer.name.clone(),
        signer_position: document.signer.position.clone(),
        urgency: document.other.priority.map_or(0, |priority| i64::from(priority.min(3))),
        due_on: document.due,
        page_count: document.other.pages.map(i64::from).filter(|pages| *pages > 0),
    };
    let arrived = Arrived {
        channel: Channel::Edxml,
        sender_code: one.code.clone(),
        external_id: Some(one.external_id.clone()),
        facts,
        files,
    };
    incoming::arrive(ctx, tx, arrived).await?;
    if later {
        incoming::later(ctx, tx).await?;
    }
    Ok(())
}

/// What somebody decided about a request of the sender.
pub(super) async fn answered(ctx: &Ctx, tx: &Tx, one: &In, agreed: bool, note: &str) -> Result<()> {
    let code = if agreed { StatusCode::Agreed } else { StatusCode::Declined };
    if agreed && one.what != What::Update {
        let concerned: Vec<String> = serde_json::from_value(one.concerns.clone())?;
        for external in concerned {
            incoming::recalled(ctx, tx, &one.code, &external, &one.note).await?;
        }
    }
    queue::reply(ctx, tx, one, code, note).await
}

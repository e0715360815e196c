//! What the rest of the office says: a document goes out, something became of one that came in. Written down in the
//! caller's transaction; the sending comes after the commit.

use super::model::{
    In, Item, Net, Office, Out, Outgoing, Peer, Purpose, Reply, Sent, Standing, Step, Way, What,
};
use super::send::JOB;
use super::{package, store};
use chrono::{DateTime, Utc};
use edxml::StatusCode;
use platform::jobs::{self, Work};
use platform::{Ctx, Result, Run, Tx, Uuid, files};
use serde_json::Value;

/// Hands a document over to every recipient with a code. What cannot be sent stands on the page with its reason.
///
/// # Errors
/// When it bears a mark of secrecy: such a document goes no electronic way.
pub async fn send(ctx: &Ctx, tx: &Tx, outgoing: &Outgoing) -> Result<()> {
    crate::secrecy::refuse_marked(ctx, "noi-nhan", &outgoing.notation, &outgoing.subject)?;
    let office = store::office(ctx, tx).await?;
    for recipient in outgoing.to.iter().filter(|recipient| !recipient.code.is_empty()) {
        let item = Outgoing { to: vec![recipient.clone()], ..outgoing.clone() };
        let mut row = row(ctx, &recipient.code, outgoing.purpose.what(), Item::Document(Box::new(item)));
        row.document_id = Some(outgoing.document);
        row.serial = recipient.serial;
        addressed(ctx, tx, office.as_ref(), &mut row).await?;
        queued(ctx, tx, &row).await?;
    }
    Ok(())
}

/// Tells the sender of a document that came by a package what became of it; nothing for what came by another door.
pub async fn status(
    ctx: &Ctx,
    tx: &Tx,
    sender: &str,
    external_id: &str,
    step: Step,
    note: &str,
) -> Result<()> {
    let code = match step {
        Step::Refused => StatusCode::Refused,
        Step::Received => StatusCode::Received,
        Step::Assigned => StatusCode::Assigned,
        Step::Working => StatusCode::InWork,
        Step::Done => StatusCode::Done,
    };
    let came = store::in_of_external(ctx, tx, sender, external_id).await?;
    match came.iter().find(|one| matches!(one.what, What::New | What::Replacement)) {
        Some(one) => reply(ctx, tx, one, code, note).await,
        None => Ok(()),
    }
}

/// What came under this id bears a secrecy stamp, as was found out later: the sender is told, and the package goes. The digests of
/// files that nothing else needs.
pub(crate) async fn forget(ctx: &Ctx, tx: &Tx, sender: &str, external_id: &str) -> Result<Vec<String>> {
    status(ctx, tx, sender, external_id, Step::Refused, &ctx.t().t("office-edxml-secret")).await?;
    let came = store::in_of_external(ctx, tx, sender, external_id).await?;
    let ids: Vec<Uuid> = came.iter().map(|one| one.id).collect();
    let digests = files::delete_of(ctx, tx, "exchange", &ids).await?;
    for id in ids {
        store::in_delete(ctx, tx, id).await?;
    }
    Ok(digests)
}

/// What the receivers of a document said became of it: row, code, standing, when, note.
pub async fn standings(
    ctx: &Ctx,
    on: &impl Run,
    document: Uuid,
) -> Result<Vec<(i64, String, Standing, DateTime<Utc>, String)>> {
    let rows = store::out_of_document(ctx, on, document).await?.into_iter();
    let told = |row: Out| Some((row.serial, row.code, row.standing?, row.standing_at?, row.standing_note));
    Ok(rows.filter(|row| matches!(row.what, What::New | What::Replacement)).filter_map(told).collect())
}

/// A status about something that came in.
pub(super) async fn reply(ctx: &Ctx, tx: &Tx, about: &In, code: StatusCode, note: &str) -> Result<()> {
    let item = Reply {
        document: about.external_id.clone(),
        number: about.number.clone(),
        promulgated: about.promulgated,
        status: code.digits().to_owned(),
        note: note.to_owned(),
        party: about.net == Net::Party,
    };
    let mut row = row(ctx, &about.code, What::Status, Item::Status(item));
    row.external_id.clone_from(&about.external_id);
    let office = store::office(ctx, tx).await?;
    addressed(ctx, tx, office.as_ref(), &mut row).await?;
    queued(ctx, tx, &row).await
}

fn row(ctx: &Ctx, code: &str, what: What, item: Item) -> Out {
    Out {
        id: ctx.new_id(),
        peer_id: None,
        code: code.to_owned(),
        what,
        document_id: None,
        serial: 0,
        external_id: String::new(),
        item,
        state: Sent::Waiting,
        tries: 0,
        next_at: ctx.now,
        problem: String::new(),
        at: ctx.now,
        sent_at: None,
        standing: None,
        standing_at: None,
        standing_note: String::new(),
    }
}

/// Finds the way, and what the document is called on it. Asked again when a person sends it again.
pub(super) async fn addressed(ctx: &Ctx, tx: &Tx, office: Option<&Office>, row: &mut Out) -> Result<()> {
    let (peers, net) = (store::peers(ctx, tx).await?, row.item.net());
    let peer = way(&peers, &row.code, net);
    row.peer_id = peer.map(|peer| peer.id);
    let elsewhere = || peers.iter().any(|peer| peer.code == row.code);
    let problem = match (office, peer) {
        (None, _) => "office-exchange-no-office",
        (_, None) if net == Net::Party => "office-exchange-no-party",
        (_, None) if elsewhere() => "office-exchange-only-party",
        (_, None) => "office-exchange-no-peer",
        _ => "",
    };
    if let (Some(office), Item::Document(document)) = (office, &row.item) {
        let office = peer.map_or_else(|| office.clone(), |peer| office.on(peer));
        row.external_id = package::document_id(&office, document).to_string();
    }
    problem.clone_into(&mut row.problem);
    row.state = if problem.is_empty() { Sent::Waiting } else { Sent::Refused };
    Ok(())
}

/// The agency itself, or the axis behind a folder, on this network.
pub(super) fn way<'p>(peers: &'p [Peer], code: &str, net: Net) -> Option<&'p Peer> {
    let mut there = peers.iter().filter(|peer| peer.net == net);
    let own = there.clone().find(|peer| peer.code == code);
    own.or_else(|| there.find(|peer| peer.way == Way::Folder))
}

async fn queued(ctx: &Ctx, tx: &Tx, row: &Out) -> Result<()> {
    store::out_insert(ctx, tx, row).await?;
    if row.state == Sent::Waiting {
        jobs::enqueue(ctx, tx, Work::new(JOB, Value::Null).once(row.id.to_string())).await?;
    }
    Ok(())
}

/// Which documents something asks about, by the ids that their rows have.
pub(super) fn concerned(office: &Office, item: &Item) -> Vec<String> {
    let Item::Document(document) = item else { return Vec::new() };
    match &document.purpose {
        Purpose::New => Vec::new(),
        Purpose::Revocation { .. } | Purpose::Update { .. } => {
            vec![package::document_id(office, document).to_string()]
        }
        Purpose::Replacement { of, .. } => {
            of.iter().map(|(number, day)| package::id(office, *day, number).to_string()).collect()
        }
    }
}

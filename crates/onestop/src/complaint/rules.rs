//! Complaining, taking back, answering, saying how the answer was.

use super::model::{Complaint, Kind, State};
use super::policy::Policy;
use super::store;
use crate::dossier::{self, DeskRules, Dossier, Given, Happened, events, noted, paper_add};
use crate::procedure::model::StepRole;
use messages::Letter;
use platform::access::Place;
use platform::files::Prepared;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};

/// A complaint or answer, in characters.
const WORDS_MAX: usize = 4_000;
/// The choice that is none of ours: it is told where it goes.
pub(super) const DENOUNCE: &str = "denounce";

/// What somebody says.
#[derive(Debug, Default)]
pub(crate) struct Sending<'a> {
    pub kind: &'a str,
    pub body: &'a str,
    pub file: Option<&'a Prepared>,
    /// The sender's account; `None` from the page that asks for code and digits.
    pub account: Option<Uuid>,
}

/// Keeps a complaint about a dossier that the caller has found for its applicant.
///
/// # Errors
/// At the field: no kind, a denunciation, no words, one of its kind is open already.
pub(crate) async fn send(ctx: &Ctx, tx: &Tx, one: &Dossier, said: Sending<'_>) -> Result<Complaint> {
    if said.kind == DENOUNCE {
        return Err(Error::field("loai", "onestop-complaint-denounce"));
    }
    let kind = Kind::parse(said.kind).ok_or_else(|| Error::field("loai", "error-choose"))?;
    let policy = Policy::load(ctx)?;
    let due_at = policy.due(&DeskRules::load(ctx)?, kind, ctx.now)?;
    if !policy.in_time(one, ctx.now) {
        return Err(Error::invalid("onestop-complaint-too-late"));
    }
    let complaint = Complaint {
        id: ctx.new_id(),
        dossier_id: one.id,
        kind,
        body: said::needed("noi-dung", said.body, "onestop-complaint-empty", WORDS_MAX)?,
        state: State::Open,
        account_id: said.account,
        about_id: about(ctx, tx, one, kind).await?,
        sent_at: ctx.now,
        due_at,
        answer: String::new(),
        apology: false,
        answered_by: None,
        ended_at: None,
        rating: None,
        revision: 1,
    };
    if !store::insert(ctx, tx, &complaint).await? {
        return Err(Error::field("loai", "onestop-complaint-twice"));
    }
    if let Some(file) = said.file {
        paper_add(ctx, tx, one.id, Given::Complaint, &complaint.id.to_string(), file).await?;
    }
    let text = Message::new("onestop-told-complaint").with("code", one.code.as_str());
    let text = text.with("day", ctx.t().moment(due_at));
    for to in answerers(ctx, complaint.about_id).await? {
        messages::send(ctx, tx, Letter { to, text: text.clone(), link: complaint.path() }).await?;
    }
    noted(ctx, tx, one, Happened::Complained, "", None).await?;
    Ok(complaint)
}

/// Whose work it is about: whoever has the dossier, else whoever of the office did the last thing. A decision is settled
/// first by whoever made it, so nobody is left out there.
async fn about(ctx: &Ctx, tx: &Tx, one: &Dossier, kind: Kind) -> Result<Option<Uuid>> {
    if kind == Kind::Decision {
        return Ok(None);
    }
    if one.holder_id.is_some() {
        return Ok(one.holder_id);
    }
    let outside = [one.applicant_account_id, one.filed_by];
    let all = events(ctx, tx, one.id).await?;
    let office = all.iter().rev().filter(|event| !event.kind.of_applicant());
    Ok(office.map(|event| event.account_id).find(|id| id.is_some() && !outside.contains(id)).flatten())
}

/// Leaders who may answer: not the one whose work it is about, unless there is nobody else.
async fn answerers(ctx: &Ctx, about: Option<Uuid>) -> Result<Vec<Uuid>> {
    let mut all = Vec::new();
    for role in StepRole::Leader.accounts() {
        all.extend(identity::holders(ctx, role, &Place::new("commune", ctx.commune), ctx.today()).await?);
    }
    all.sort_unstable();
    all.dedup();
    let others: Vec<Uuid> = all.iter().copied().filter(|id| Some(*id) != about).collect();
    Ok(if others.is_empty() { all } else { others })
}

/// The reader sent it, or it is about the reader's own dossier: who filed for somebody else does not read what they say.
pub(crate) fn theirs(ctx: &Ctx, dossier: &Dossier, one: &Complaint) -> bool {
    let me = ctx.account_or_none();
    let own = dossier.applicant_person_id.is_some_and(|person| ctx.scope.ids("person").contains(&person));
    me.is_some() && (one.account_id == me || dossier.applicant_account_id == me || own)
}

/// Its sender takes it back. The caller has decided that it is theirs.
pub(crate) async fn withdraw(ctx: &Ctx, tx: &Tx, dossier: &Dossier, id: Uuid) -> Result<Complaint> {
    let mut one = open(ctx, tx, id).await?;
    one.state = State::Withdrawn;
    one.ended_at = Some(ctx.now);
    end(ctx, tx, &one).await?;
    noted(ctx, tx, dossier, Happened::ComplaintWithdrawn, "", None).await?;
    Ok(one)
}

async fn open(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Complaint> {
    let one = store::find(ctx, tx, id).await?;
    if one.open() { Ok(one) } else { Err(Error::conflict("onestop-complaint-over")) }
}

async fn end(ctx: &Ctx, tx: &Tx, one: &Complaint) -> Result<()> {
    if store::end(ctx, tx, one).await? { Ok(()) } else { Err(Error::conflict("onestop-complaint-over")) }
}

/// What a leader says.
#[derive(Debug, Default)]
pub(crate) struct Answering<'a> {
    pub revision: i64,
    pub text: &'a str,
    /// With an apology that it took too long.
    pub apology: bool,
}

/// A leader answers.
///
/// # Errors
/// `Conflict` when it is over, was changed, or is about the reader's own work while another leader is there.
pub(crate) async fn answer(ctx: &Ctx, tx: &Tx, id: Uuid, said: Answering<'_>) -> Result<Complaint> {
    let mut one = open(ctx, tx, id).await?;
    if one.revision != said.revision {
        return Err(Error::conflict("onestop-complaint-over"));
    }
    let me = ctx.account()?;
    if !answerers(ctx, one.about_id).await?.contains(&me) {
        return Err(Error::conflict("onestop-complaint-about-you"));
    }
    one.answer = said::needed("tra-loi", said.text, "onestop-complaint-answer-empty", WORDS_MAX)?;
    one.apology = said.apology;
    one.state = State::Answered;
    one.answered_by = Some(me);
    one.ended_at = Some(ctx.now);
    end(ctx, tx, &one).await?;
    let dossier = dossier::find(&crate::whole(ctx), tx, one.dossier_id).await?;
    if let Some(to) = one.account_id.or(dossier.applicant_account_id) {
        let key =
            if said.apology { "onestop-told-complaint-sorry" } else { "onestop-told-complaint-answered" };
        let text = Message::new(key).with("code", dossier.code.as_str());
        messages::send(ctx, tx, Letter { to, text, link: own_path(&dossier) }).await?;
    }
    noted(ctx, tx, &dossier, Happened::ComplaintAnswered, "", None).await?;
    Ok(one)
}

/// Where the applicant reads and writes complaints.
pub(super) fn own_path(dossier: &Dossier) -> String {
    format!("{}/phan-anh", dossier.own_path())
}

/// Its sender says how the answer was, once.
pub(crate) async fn rate(ctx: &Ctx, tx: &Tx, id: Uuid, rating: &str) -> Result<Complaint> {
    let one = store::find(ctx, tx, id).await?;
    let rating = rating.parse().ok().filter(|rating| (1..=3).contains(rating));
    let rating: i64 = rating.ok_or_else(|| Error::field("muc", "error-choose"))?;
    if !store::rate(ctx, tx, id, rating).await? {
        return Err(Error::conflict("onestop-complaint-rated-already"));
    }
    let detail = serde_json::json!({ "rating": rating });
    audit::record(ctx, tx, audit::Entry { action: "complaint.rate", kind: "complaint", id, detail }).await?;
    Ok(one)
}

/// It took, or takes, longer than was promised.
pub(super) fn late(ctx: &Ctx, dossier: &Dossier) -> bool {
    let until = dossier.ended_at.unwrap_or(ctx.now);
    dossier.due_at.is_some_and(|due| due < until)
}

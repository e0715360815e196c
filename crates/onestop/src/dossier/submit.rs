//! How a dossier comes to be: sent from a draft, or taken in at the counter.

use super::clock::DeskRules;
use super::draft::{self, Draft};
use super::event::{self, Happened, Said};
use super::model::{Dossier, Queue, Status};
use super::{code, paper, rules, store};
use crate::behalf::Ground;
use crate::form::check;
use crate::form::model::Answers;
use crate::procedure::Procedure;
use crate::procedure::model::{Channel, Paper};
use audit::Entry;
use platform::access::Place;
use platform::search::Entry as Found;
use platform::{Ctx, Error, FieldError, Message, Result, Tx, Uuid, search};
use serde_json::{Value, json};
use std::sync::Arc;

/// What is filed.
#[derive(Debug, Clone)]
pub struct Filing {
    pub id: Uuid,
    pub procedure: Arc<Procedure>,
    pub digest: String,
    pub channel: Channel,
    pub answers: Answers,
    /// The applicant in the registry, where known.
    pub person: Option<Uuid>,
    /// Somebody who files for the applicant.
    pub filed_by: Option<Uuid>,
}

/// The papers that these answers ask for. What the registry knows in place of a paper is not asked of somebody whom
/// it knows.
pub fn asked_papers<'p>(procedure: &'p Procedure, answers: &Answers, known: bool) -> Vec<(&'p Paper, bool)> {
    let asked =
        procedure.papers.iter().filter(|paper| paper.when.as_ref().is_none_or(|when| when.holds(answers)));
    asked.map(|paper| (paper, paper.required && !(known && paper.instead.is_some()))).collect()
}

/// Everything that keeps a draft from being sent, at its field or paper (`giay-…`).
pub async fn lacking(
    ctx: &Ctx,
    on: &impl platform::Run,
    draft: &Draft,
    procedure: &Procedure,
) -> Result<Vec<FieldError>> {
    let mut wrong = match &procedure.form {
        Some(form) => check::problems(form, &draft.answers)?,
        None => Vec::new(),
    };
    let mut given = crate::linked::given_by_main(ctx, on, draft.id).await?;
    given.extend(paper::papers(ctx, on, draft.id).await?.into_iter().map(|row| row.paper_key));
    for (paper, required) in asked_papers(procedure, &draft.answers, draft.person_id.is_some()) {
        if required && !given.contains(&paper.key) {
            let message = Message::new("onestop-paper-missing").with("name", paper.name.of(ctx.lang));
            wrong.push(FieldError { field: format!("giay-{}", paper.key).into(), message });
        }
    }
    Ok(wrong)
}

/// Sends a draft of the reader. The draft becomes the dossier: its pages stay with it.
///
/// # Errors
/// At every field and paper that is wrong or missing.
pub async fn submit(ctx: &Ctx, tx: &Tx, mut draft: Draft) -> Result<Dossier> {
    let procedure = crate::procedure::pinned(ctx, tx, &draft.procedure_digest).await?;
    if let Some(form) = &procedure.form {
        check::drop_hidden(form, &mut draft.answers);
    }
    let wrong = lacking(ctx, tx, &draft, &procedure).await?;
    if !wrong.is_empty() {
        return Err(Error::fields(wrong));
    }
    let account = ctx.account()?;
    let whom = crate::behalf::of_draft(ctx, &draft).await?;
    let whom = whom.ok_or_else(|| Error::invalid("onestop-for-whom-changed"))?;
    let filing = Filing {
        id: draft.id,
        procedure,
        digest: draft.procedure_digest.clone(),
        channel: if whom.ground == Ground::Team { Channel::Team } else { Channel::Portal },
        answers: draft.answers,
        person: draft.person_id,
        filed_by: (!whom.own()).then_some(account),
    };
    let dossier = insert(ctx, tx, filing).await?;
    draft::draft_drop(ctx, tx, draft.id).await?;
    if !whom.own() {
        crate::behalf::keep(ctx, tx, dossier.id, &whom).await?;
    }
    Ok(dossier)
}

/// Makes the dossier, new and in the pool of the one-stop desk.
pub async fn insert(ctx: &Ctx, tx: &Tx, filing: Filing) -> Result<Dossier> {
    let desk = DeskRules::load(ctx)?;
    let code = code::next(ctx, tx, &desk).await?;
    let procedure = filing.procedure.clone();
    let dossier = fresh(ctx, &desk, filing, code).await?;
    written(ctx, tx, &procedure, &dossier, Happened::Submitted, Said::default()).await?;
    Ok(dossier)
}

/// A dossier of what is filed, under this code.
pub(super) async fn fresh(ctx: &Ctx, desk: &DeskRules, filing: Filing, code: String) -> Result<Dossier> {
    let text = |key: &str| filing.answers.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let first = filing.procedure.steps.first().ok_or_else(|| Error::invalid("onestop-no-dossiers"))?;
    let account = match filing.person {
        Some(person) => {
            let place = Place::new("person", person);
            identity::holders(ctx, "resident", &place, ctx.today()).await?.into_iter().next()
        }
        None => None,
    };
    let dossier = Dossier {
        id: filing.id,
        code,
        procedure_code: filing.procedure.code.clone(),
        procedure_digest: filing.digest,
        field: filing.procedure.field.clone(),
        channel: filing.channel,
        status: Status::New,
        step: first.key.clone(),
        queue: Queue::from(first.role),
        holder_id: None,
        applicant_account_id: account,
        applicant_person_id: filing.person,
        applicant_name: text("applicant_name"),
        applicant_number: text("applicant_number"),
        applicant_phone: text("applicant_phone"),
        subject: subject(&filing.procedure, &filing.answers),
        answers: filing.answers,
        filed_by: filing.filed_by,
        submitted_at: ctx.now,
        received_at: None,
        due_at: None,
        turn_at: desk.receive_until(ctx.now),
        stopped_at: None,
        ended_at: None,
        returned_at: None,
        supplements: 0,
        extensions: 0,
        reason: String::new(),
        rating: None,
        revision: 1,
    };
    if dossier.applicant_name.is_empty() {
        return Err(Error::field("applicant_name", "onestop-wrong-empty"));
    }
    Ok(dossier)
}

/// Writes a new dossier with its first event, so that it is found and recorded.
pub(super) async fn written(
    ctx: &Ctx,
    tx: &Tx,
    procedure: &Procedure,
    dossier: &Dossier,
    happened: Happened,
    said: Said<'_>,
) -> Result<()> {
    store::insert(ctx, tx, dossier).await?;
    event::add(ctx, tx, dossier, happened, said).await?;
    search::put_new(ctx, tx, &[found(ctx, procedure, dossier)]).await?;
    rules::touched(ctx, tx);
    let detail =
        json!({ "code": dossier.code, "procedure": dossier.procedure_code, "channel": dossier.channel });
    let entry = Entry { action: "dossier.insert", kind: "dossier", id: dossier.id, detail };
    audit::record(ctx, tx, entry).await
}

/// Whom it is about: the names among the fields that may occur only once, else the applicant.
pub(super) fn subject(procedure: &Procedure, answers: &Answers) -> String {
    let text = |key: &str| answers.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let named = procedure.unique.iter().filter(|key| key.ends_with("_name") && !key.starts_with("mother"));
    let names: Vec<&str> = named.filter_map(|key| text(key)).collect();
    if names.is_empty() { text("applicant_name").unwrap_or_default().to_owned() } else { names.join(" – ") }
}

/// What the search of the staff files of it.
pub(super) fn found(ctx: &Ctx, procedure: &Procedure, dossier: &Dossier) -> Found {
    let name = procedure.name.of(platform::Lang::Vi);
    let who = if dossier.subject == dossier.applicant_name {
        dossier.subject.clone()
    } else {
        format!("{} · {}", dossier.subject, dossier.applicant_name)
    };
    Found {
        id: dossier.id,
        kind: "dossier",
        title: format!("{name}: {who}"),
        subtitle: format!(
            "{} · {}",
            dossier.code,
            ctx.t().date(platform::clock::local_date(dossier.submitted_at))
        ),
        url: dossier.path(),
        words: format!("{} {}", dossier.applicant_number, dossier.applicant_phone.replace(' ', "")),
        places: Vec::new(),
    }
}

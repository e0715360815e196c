//! Drafting, numbering, issuing and revoking a paper of the commune.

use super::model::{Paper, State, new_code};
use super::store::{self, last, live};
use super::template;
use crate::dossier::{self, Act, DeskRules, Dossier, Status, machine};
use crate::procedure::model::{Does, StepRole};
use crate::procedure::{Procedure, pinned};
use audit::Entry;
use chrono::Datelike;
use platform::files::Prepared;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, numbers, said};
use serde_json::json;

const SUBJECT_MAX: usize = 300;
const BODY_MAX: usize = 20_000;
const RECEIVERS_MAX: usize = 1_000;

/// What the drafter wrote.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    pub subject: String,
    pub body: String,
    pub receivers: String,
}

/// What the reader may do with the paper of a dossier now.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct May {
    pub draft: bool,
    pub sign: bool,
    pub revoke: bool,
}

/// A dossier with its last paper, as the reader stands to it.
pub(super) struct Stand {
    pub dossier: Dossier,
    pub procedure: std::sync::Arc<Procedure>,
    pub paper: Option<Paper>,
    pub may: May,
}

impl Stand {
    pub async fn of(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Stand> {
        let dossier = dossier::find(ctx, on, id).await?;
        let procedure = pinned(ctx, on, &dossier.procedure_digest).await?;
        let paper = last(ctx, on, id).await?;
        let may = may(ctx, &procedure, &dossier, paper.as_ref())?;
        Ok(Stand { dossier, procedure, paper, may })
    }

    /// The paper with this revision, in one of these states.
    fn paper(&self, revision: i64, states: &[State]) -> Result<Paper> {
        let paper = self.paper.clone().filter(|paper| states.contains(&paper.state));
        let paper = paper.ok_or_else(|| Error::conflict("onestop-not-now"))?;
        if paper.revision == revision { Ok(paper) } else { Err(Error::conflict("onestop-moved-on")) }
    }
}

/// A paper is drafted by whoever has the step of checking, drafting or signing; signed by the leader whose turn it is;
/// and after it was revoked, made anew though the dossier has ended.
fn may(ctx: &Ctx, procedure: &Procedure, dossier: &Dossier, paper: Option<&Paper>) -> Result<May> {
    let Some(actor) = ctx.actor.as_ref().filter(|_| ctx.may("dossier.work")) else {
        return Ok(May::default());
    };
    if procedure.result_template.is_none() {
        return Ok(May::default());
    }
    let extensions = DeskRules::load(ctx)?.extensions();
    let standing = machine::Standing::of(procedure, dossier.status, &dossier.step, dossier.extensions);
    let other = dossier.holder_id.is_some_and(|holder| holder != actor.account_id);
    let own = dossier::offered(procedure, standing, extensions, actor, other).contains(&Act::Pass);
    let does = standing.step.map(|step| step.does).filter(|_| own);
    let leads = StepRole::Leader.held_by(actor);
    let ended = matches!(dossier.status, Status::Processed | Status::Returned);
    let again = ended && paper.is_some_and(|paper| paper.serial > 1 || paper.state == State::Revoked);
    let state = paper.map(|paper| paper.state);
    let writes = matches!(does, Some(Does::Check | Does::Draft | Does::Sign))
        || (again && (leads || StepRole::Specialist.held_by(actor)));
    Ok(May {
        draft: writes && matches!(state, None | Some(State::Draft | State::Revoked)),
        sign: (does == Some(Does::Sign) || (again && leads))
            && matches!(state, Some(State::Draft | State::Numbered)),
        revoke: leads && matches!(state, Some(State::Numbered | State::Issued)),
    })
}

/// A draft or number waits for its signature: the step is not done yet.
pub(crate) async fn unsigned(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<bool> {
    let paper = live(ctx, on, dossier).await?;
    Ok(paper.is_some_and(|paper| matches!(paper.state, State::Draft | State::Numbered)))
}

/// Keeps a draft: the first, a changed one, or one in the place of a revoked paper. `revision` is that of the draft, 0
/// for a new one.
///
/// # Errors
/// At the field that is empty or too long; `Conflict` when somebody else was first.
pub(crate) async fn save(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, text: Text) -> Result<Paper> {
    let stand = Stand::of(ctx, tx, id).await?;
    allowed(stand.may.draft)?;
    checked(&text)?;
    let found = template::of(ctx, &stand.procedure)?.ok_or_else(|| Error::conflict("onestop-not-now"))?;
    let mut paper = match &stand.paper {
        Some(paper) if paper.state == State::Draft => stand.paper(revision, &[State::Draft])?,
        _ if revision != 0 => return Err(Error::conflict("onestop-moved-on")),
        before => fresh(ctx, &stand, before.as_ref(), &found)?,
    };
    paper.subject = text.subject;
    paper.body = lines(&text.body);
    paper.receivers = lines(&text.receivers);
    paper.drafted_by = ctx.account()?;
    paper.drafted_at = ctx.now;
    if paper.revision == 0 {
        store::insert(ctx, tx, &paper).await?;
    } else {
        written(store::update(ctx, tx, &paper).await?)?;
    }
    paper.revision += 1;
    let detail = json!({ "serial": paper.serial });
    audit::record(ctx, tx, Entry { action: "paper.draft", kind: "dossier", id, detail }).await?;
    Ok(paper)
}

fn fresh(
    ctx: &Ctx,
    stand: &Stand,
    before: Option<&Paper>,
    found: &platform::law::InForce<std::sync::Arc<template::Template>>,
) -> Result<Paper> {
    Ok(Paper {
        dossier_id: stand.dossier.id,
        serial: before.map_or(0, |before| before.serial) + 1,
        code: new_code(),
        state: State::Draft,
        template: stand.procedure.result_template.clone().unwrap_or_default(),
        template_from: found.from,
        subject: String::new(),
        body: String::new(),
        receivers: String::new(),
        drafted_by: ctx.account()?,
        drafted_at: ctx.now,
        book: found.content.book.clone(),
        year: None,
        number: None,
        symbol: found.content.symbol.clone(),
        signer_id: None,
        signer_name: String::new(),
        signer_role: String::new(),
        numbered_at: None,
        issued_at: None,
        paper_id: None,
        digest: String::new(),
        revoked_at: None,
        revoked_why: String::new(),
        revision: 0,
    })
}

/// Without empty lines: each line is a paragraph.
fn lines(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn checked(text: &Text) -> Result<()> {
    for (field, value, limit, needed) in [
        ("trich-yeu", &text.subject, SUBJECT_MAX, true),
        ("noi-dung", &text.body, BODY_MAX, true),
        ("noi-nhan", &text.receivers, RECEIVERS_MAX, false),
    ] {
        if needed {
            said::needed(field, value, "onestop-paper-empty", limit)?;
        }
        said::short(field, value, limit)?;
    }
    Ok(())
}

fn allowed(may: bool) -> Result<()> {
    if may { Ok(()) } else { Err(Error::conflict("onestop-not-now")) }
}

fn written(first: bool) -> Result<()> {
    if first { Ok(()) } else { Err(Error::conflict("onestop-moved-on")) }
}

/// Takes the next number of the year for the reader, who is about to sign. Asked again by the same leader, it gives the
/// number that was taken.
///
/// # Errors
/// `Conflict` when another leader has the number, or the paper moved on.
pub(super) async fn number(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Paper> {
    let stand = Stand::of(ctx, tx, id).await?;
    allowed(stand.may.sign)?;
    if let Some(paper) = stand.paper.as_ref().filter(|paper| paper.state == State::Numbered) {
        let own = paper.signer_id == ctx.account_or_none();
        return if own { Ok(paper.clone()) } else { Err(Error::conflict("onestop-paper-numbered-by-other")) };
    }
    let mut paper = stand.paper(revision, &[State::Draft])?;
    let actor = ctx.actor.as_ref().ok_or_else(Error::forbidden)?;
    let year = ctx.today().year();
    let book = format!("result-{}", paper.book);
    paper.number = Some(numbers::next(tx, ctx.commune, &book, &year.to_string()).await?);
    paper.year = Some(i64::from(year));
    paper.state = State::Numbered;
    paper.signer_id = Some(actor.account_id);
    paper.signer_name.clone_from(&actor.name);
    let roles = StepRole::Leader.accounts().iter().find(|role| actor.has_role(role));
    paper.signer_role = roles.map(|role| (*role).to_owned()).unwrap_or_default();
    paper.numbered_at = Some(ctx.now);
    written(store::update(ctx, tx, &paper).await?)?;
    paper.revision += 1;
    let detail = json!({ "number": paper.full_number() });
    audit::record(ctx, tx, Entry { action: "paper.number", kind: "dossier", id, detail }).await?;
    Ok(paper)
}

/// Attaches the signed file, and the dossier goes on.
///
/// # Errors
/// `Conflict` when the paper is not as it was when it was signed.
pub(crate) async fn issue(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, file: &Prepared) -> Result<Dossier> {
    let stand = Stand::of(ctx, tx, id).await?;
    allowed(stand.may.sign)?;
    let mut paper = stand.paper(revision, &[State::Numbered])?;
    if paper.signer_id != ctx.account_or_none() {
        return Err(Error::conflict("onestop-paper-numbered-by-other"));
    }
    let signs = stand.procedure.step(&stand.dossier.step).is_some_and(|step| step.does == Does::Sign);
    let number = paper.full_number();
    let (mut dossier, kept) = dossier::issued(ctx, tx, id, stand.dossier.revision, file, &number).await?;
    paper.state = State::Issued;
    paper.issued_at = Some(ctx.now);
    paper.paper_id = Some(kept);
    paper.digest = digest(&file.bytes);
    written(store::update(ctx, tx, &paper).await?)?;
    if signs && matches!(dossier.status, Status::Received | Status::Processing) {
        dossier = dossier::act(ctx, tx, id, dossier.revision, Act::Pass, dossier::Doing::default()).await?;
    }
    Ok(dossier)
}

/// The hash by which a file is known again.
pub(super) fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Takes a paper back, for a reason that stands where it is checked; its number stays with it. A number that nobody
/// signed is given up the same way.
///
/// # Errors
/// Without a reason; `Conflict` when there is nothing to take back.
pub(crate) async fn revoke(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, why: &str) -> Result<Dossier> {
    let stand = Stand::of(ctx, tx, id).await?;
    allowed(stand.may.revoke)?;
    let mut paper = stand.paper(revision, &[State::Numbered, State::Issued])?;
    let why = said::needed("ly-do-thu-hoi", why, "onestop-reason-empty", SUBJECT_MAX)?;
    let issued = paper.state == State::Issued;
    paper.state = State::Revoked;
    paper.revoked_at = Some(ctx.now);
    paper.revoked_why = why;
    written(store::update(ctx, tx, &paper).await?)?;
    let note = format!("{}: {}", paper.full_number(), paper.revoked_why);
    let kept = paper.paper_id.filter(|_| issued);
    dossier::revoked(ctx, tx, id, stand.dossier.revision, kept, &note).await
}

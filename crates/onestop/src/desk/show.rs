//! A dossier for the office: answers and pages on one side, what may be done on the other, the story below.

use super::list::left;
use crate::dossier::{self, Act, DeskRules, Dossier, Twin, events, machine};
use crate::form::view::Part;
use crate::procedure::model::{Kind, StepRole};
use crate::procedure::{Procedure, pinned};
use crate::story::{self, FileLine, Told};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::access::Place;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use std::sync::Arc;
use ui::{FieldErrors, Html, Shell};

/// A button of the office, with what its form asks for.
struct Offer {
    code: &'static str,
    label: String,
    icon: &'static str,
    kind: &'static str,
    key: String,
}

#[derive(Template)]
#[template(path = "desk-show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    path: String,
    one: Dossier,
    procedure: Arc<Procedure>,
    name: String,
    badge: Html,
    left: Html,
    step: String,
    holder: String,
    /// Who filed it for the applicant.
    behalf: String,
    working_copy: bool,
    applicant_url: String,
    due: String,
    late_by_supplements: bool,
    reason: String,
    parts: Vec<Part>,
    papers: Vec<FileLine>,
    results: Vec<FileLine>,
    told: Vec<Told>,
    /// What was asked of others, and whether the reader may ask.
    opinions: (Vec<crate::opinion::Line>, bool),
    twins: Vec<Twin>,
    fees: Vec<(String, String)>,
    /// What is owed and the key of the button that takes it; `""` when nothing is.
    owed: String,
    cash: String,
    /// The key of the form that keeps what the national portal took, and the sum it begins with.
    portal: String,
    left_to_pay: i64,
    today: String,
    forms: Vec<(String, String)>,
    sisters: Vec<crate::linked::Sister>,
    /// Linked acts that may be taken in along with it at the counter: name and address.
    together: Vec<(String, String)>,
    /// The commune's own paper: what it is called, how it stands, the word that leads to it.
    paper: Option<(String, Option<Html>, String)>,
    /// Acts of one press.
    presses: Vec<Offer>,
    /// Acts that ask for words.
    ask: String,
    reasons: Vec<Offer>,
    give: String,
    colleagues: Vec<(String, String)>,
    extend: String,
    attach: String,
    record: String,
    /// The registry's part of the result; `None` when there is none or it is done.
    pub(super) record_form: Option<super::record::Asked>,
    asks_due: bool,
    pub(super) errors: FieldErrors,
    pub(super) wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let page = page(&ctx, id).await?;
    looked(&ctx, &page).await?;
    Ok(html(ui::render(&page)?))
}

/// The page shows personal data: the look stands in the record before the answer.
pub(super) async fn looked(ctx: &Ctx, page: &ShowPage) -> Result<()> {
    opened(ctx, &page.one).await?;
    let others = page.record_form.as_ref().map(super::record::Asked::people).unwrap_or_default();
    if others.is_empty() {
        return Ok(());
    }
    let tx = ctx.begin().await?;
    audit::viewed(ctx, &tx, &others, "procedure", &["full_name", "birth_date", "personal_no", "address"])
        .await?;
    tx.commit().await
}

pub(crate) async fn opened(ctx: &Ctx, one: &Dossier) -> Result<()> {
    let tx = ctx.begin().await?;
    let about = one.applicant_person_id.unwrap_or(one.id);
    audit::viewed(ctx, &tx, &[about], "procedure", &["dossier"]).await?;
    tx.commit().await
}

pub(super) async fn page(ctx: &Ctx, id: Uuid) -> Result<ShowPage> {
    let one = dossier::find(ctx, &ctx.app.db, id).await?;
    let procedure = pinned(ctx, &ctx.app.db, &one.procedure_digest).await?;
    let t = ctx.t();
    let name = procedure.name.of(ctx.lang).to_owned();
    let shell = Shell::of(ctx, &name).await?;
    let shell = shell.crumb(t.t("onestop-menu-list"), "/lam-viec/mot-cua").crumb(&one.code, "");
    let desk = DeskRules::load(ctx)?;
    let all = events(ctx, &ctx.app.db, id).await?;
    let path = one.path();
    let acts = offered(ctx, &procedure, &one, &desk);
    let key = || ctx.new_id().to_string();
    let key_of = |act: Act| if acts.contains(&act) { key() } else { String::new() };
    let papers = dossier::papers(ctx, &ctx.app.db, id).await?;
    let results = dossier::results(ctx, &ctx.app.db, id).await?;
    let unpaid = crate::pay::owed(ctx, &ctx.app.db, &one).await?.left();
    let running = !one.status.ended() || one.status == dossier::Status::Processed;
    let mut page = ShowPage {
        badge: story::badge(ctx, &one),
        left: left(ctx, &desk, &one),
        step: procedure.step(&one.step).map(|step| step.name.of(ctx.lang).to_owned()).unwrap_or_default(),
        holder: holder(ctx, &one).await?,
        behalf: crate::behalf::line(ctx, &one).await?,
        working_copy: procedure.kind == Kind::WorkingCopy,
        applicant_url: one.applicant_person_id.map(registry::person_path).unwrap_or_default(),
        due: one.due_at.map(|due| t.moment(due)).unwrap_or_default(),
        late_by_supplements: desk.late_by_supplements(one.supplements),
        reason: one.reason.clone(),
        parts: story::answers(ctx, &procedure, &one)?,
        papers: story::file_lines(ctx, &procedure, &papers, &path).await?,
        results: story::file_lines(ctx, &procedure, &results, &path).await?,
        told: story::told(ctx, &procedure, &all, false).await?,
        opinions: crate::opinion::lines(ctx, &one).await?,
        twins: if running { dossier::twins(ctx, &procedure, &one).await? } else { Vec::new() },
        fees: crate::fee::lines(ctx, &procedure, &one.answers),
        owed: if unpaid > 0 { crate::form::view::money(t, unpaid) } else { String::new() },
        cash: if unpaid > 0 && ctx.may("payment.cash") && running { key() } else { String::new() },
        portal: if unpaid > 0 && ctx.may("payment.cash") && running { key() } else { String::new() },
        left_to_pay: unpaid,
        today: vntext::date(ctx.today()),
        forms: crate::paperwork::there(t, &all),
        sisters: crate::linked::sisters(ctx, &ctx.app.db, &one).await?,
        together: crate::linked::together(ctx, &procedure, &one).await?,
        paper: crate::result::card(ctx, &procedure, &one).await?,
        presses: presses(ctx, &acts, &procedure, &one),
        ask: key_of(Act::Ask),
        reasons: reasons(ctx, &acts),
        give: key_of(Act::Give),
        colleagues: colleagues(ctx, &acts, &procedure, &one).await?,
        extend: key_of(Act::Extend),
        attach: if attaches(ctx, &one) { key() } else { String::new() },
        record: key(),
        record_form: None,
        asks_due: procedure.limit.is_none() && acts.contains(&Act::Receive),
        errors: FieldErrors::default(),
        wrong: String::new(),
        path,
        name,
        one,
        procedure,
        shell,
    };
    let recorded = all.iter().any(|event| event.kind == dossier::Happened::Recorded);
    if page.procedure.effect.is_some() && received(&page.one) && ctx.may("dossier.record") && !recorded {
        page.record_form = super::record::asked(ctx, &page.procedure, &page.one).await?;
    }
    Ok(page)
}

async fn holder(ctx: &Ctx, one: &Dossier) -> Result<String> {
    let Some(id) = one.holder_id else { return Ok(String::new()) };
    Ok(identity::account_names(ctx, &[id]).await?.remove(&id).unwrap_or_default())
}

fn received(one: &Dossier) -> bool {
    matches!(
        one.status,
        dossier::Status::Received
            | dossier::Status::Processing
            | dossier::Status::Processed
            | dossier::Status::Returned
    )
}

fn offered(ctx: &Ctx, procedure: &Procedure, one: &Dossier, desk: &DeskRules) -> Vec<Act> {
    let Some(actor) = ctx.actor.as_ref().filter(|_| ctx.may("dossier.work")) else { return Vec::new() };
    let standing = machine::Standing::of(procedure, one.status, &one.step, one.extensions);
    let other = one.holder_id.is_some_and(|holder| holder != actor.account_id);
    dossier::offered(procedure, standing, desk.extensions(), actor, other)
}

/// What needs no words: receiving, taking, passing on.
fn presses(ctx: &Ctx, acts: &[Act], procedure: &Procedure, one: &Dossier) -> Vec<Offer> {
    let t = ctx.t();
    let next = procedure.after(&one.step);
    let pass = match next {
        Some(next) => t.s("onestop-act-pass-to", "step", next.name.of(ctx.lang)),
        None => t.t("onestop-act-return"),
    };
    let mine = one.holder_id.is_some() && one.holder_id == ctx.account_or_none();
    let one_press = |act: &Act| match act {
        Act::Receive => Some((t.t("onestop-act-receive"), "check", "main")),
        Act::Take if !mine => Some((t.t("onestop-act-take"), "user", "plain")),
        Act::Pass => Some((pass.clone(), "arrow-right", "main")),
        _ => None,
    };
    let offer = |act: &Act| {
        let (label, icon, kind) = one_press(act)?;
        Some(Offer { code: act.code(), label, icon, kind, key: ctx.new_id().to_string() })
    };
    acts.iter().filter_map(offer).collect()
}

/// What needs a reason in words.
fn reasons(ctx: &Ctx, acts: &[Act]) -> Vec<Offer> {
    let t = ctx.t();
    let with_reason = |act: &Act| match act {
        Act::SendBack => Some((t.t("onestop-act-send-back"), "undo-2", "plain")),
        Act::Refuse => Some((t.t("onestop-act-refuse"), "x", "danger")),
        Act::Stop => Some((t.t("onestop-act-stop"), "circle-x", "danger")),
        _ => None,
    };
    let offer = |act: &Act| {
        let (label, icon, kind) = with_reason(act)?;
        Some(Offer { code: act.code(), label, icon, kind, key: ctx.new_id().to_string() })
    };
    acts.iter().filter_map(offer).collect()
}

/// Everybody who may do the step, by name.
async fn colleagues(
    ctx: &Ctx,
    acts: &[Act],
    procedure: &Procedure,
    one: &Dossier,
) -> Result<Vec<(String, String)>> {
    if !acts.contains(&Act::Give) {
        return Ok(Vec::new());
    }
    let role = procedure.step(&one.step).map_or(StepRole::OneStopOfficer, |step| step.role);
    let mut ids = Vec::new();
    for account in role.accounts() {
        let place = Place::new("commune", ctx.commune);
        ids.extend(identity::holders(ctx, account, &place, ctx.today()).await?);
    }
    ids.retain(|id| Some(*id) != one.holder_id);
    let mut names: Vec<(String, String)> = identity::account_names(ctx, &ids)
        .await?
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    names.sort_by_key(|(_, name)| vntext::sort_key(name));
    Ok(names)
}

fn attaches(ctx: &Ctx, one: &Dossier) -> bool {
    use dossier::Status::{Processed, Processing, Received};
    ctx.may("dossier.work") && matches!(one.status, Received | Processing | Processed)
}

pub(super) async fn file(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    opened(&ctx, &one).await?;
    crate::resident::shown(&ctx, one.id, paper, &crate::resident::FOR_OFFICE).await
}

pub(super) async fn sheet(ctx: Ctx, Path((id, number)): Path<(Uuid, String)>) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    opened(&ctx, &one).await?;
    crate::paperwork::sheet(&ctx, &one, &number).await
}

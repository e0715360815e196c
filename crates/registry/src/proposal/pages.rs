//! Pages of proposals: what waits, one proposal with old and new side by side, deciding, and the form of a village head.

use super::{
    Kind, Proposal, State, approve, for_household, for_person, get as find, list as proposals, reject,
    waiting, withdraw,
};
use crate::find::{household_path, person_path};
use crate::household::{self, RawHousehold};
use crate::person::{self, RawPerson};
use crate::show::form::{FormPage, Input, Look, Start, settle, start};
use crate::show::{Words, fresh_key, how, param};
use crate::work::account_names;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::area::{get, post};
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Kind as Wrong, Result, Route, Tx, Uuid};
use serde_json::{Map, Value};
use std::collections::HashMap;
use ui::{Html, Shell, Status, Waiting, Waits};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/de-nghi", "proposal.list", list),
        get("/lam-viec/de-nghi/{id}", "proposal.show", show),
        post("/lam-viec/de-nghi/{id}/duyet", "proposal.decide", yes),
        post("/lam-viec/de-nghi/{id}/tu-choi", "proposal.decide", no),
        post("/lam-viec/de-nghi/{id}/rut", "proposal.withdraw", take_back),
        get("/lam-viec/ho/{id}/de-nghi", "proposal.insert", household_form),
        post("/lam-viec/ho/{id}/de-nghi", "proposal.insert", household_save),
        get("/lam-viec/nguoi/{id}/de-nghi", "proposal.insert", person_form),
        post("/lam-viec/nguoi/{id}/de-nghi", "proposal.insert", person_save),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-menu-proposals",
        url: "/lam-viec/de-nghi",
        icon: "list-checks",
        action: "proposal.list",
        group: "registry-menu-group",
        order: 115,
    }
}

/// What waits for an officer.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| {
        Box::pin(async move {
            let scope = ctx.scope_of("proposal.decide");
            if scope.is_empty() {
                return Ok(Vec::new());
            }
            let count = waiting(&Ctx { scope, ..ctx.clone() }).await?;
            let label = ctx.t().n("registry-proposals-wait", "count", count);
            let one = Waiting { label, url: "/lam-viec/de-nghi".into(), status: Status::Waiting };
            Ok(if count > 0 { vec![one] } else { Vec::new() })
        })
    })
}

const ROWS: i64 = 50;

struct Line {
    url: String,
    name: String,
    what: String,
    by: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "proposal/list.html")]
struct ListPage {
    shell: Shell,
    tabs: Vec<(String, String)>,
    here: String,
    lines: Vec<Line>,
    next: String,
    /// The reader proposes and does not decide.
    proposes: bool,
}

async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let state = State::parse(param(&query, "trang-thai")).unwrap_or(State::Waiting);
    let found = proposals(&ctx, state, param(&query, "sau").parse().ok(), ROWS + 1).await?;
    let more = found.len() > ROWS as usize;
    let found = &found[..found.len().min(ROWS as usize)];
    let words = Words::today(&ctx).await?;
    let names = names(&ctx, found).await?;
    let accounts: Vec<Uuid> = found.iter().filter_map(|proposal| proposal.proposed_by).collect();
    let accounts = account_names(&ctx, &accounts).await?;
    let url = |state: State| {
        if state == State::Waiting {
            "/lam-viec/de-nghi".to_owned()
        } else {
            format!("/lam-viec/de-nghi?trang-thai={}", state.code())
        }
    };
    let lines = found.iter().map(|proposal| {
        let by = proposal.proposed_by.and_then(|id| accounts.get(&id)).cloned().unwrap_or_default();
        let fields: Vec<String> =
            proposal.diff.fields().into_iter().map(|field| t.t(label_key(proposal.kind, field))).collect();
        Line {
            url: format!("/lam-viec/de-nghi/{}", proposal.id),
            name: names.get(&proposal.object_id).cloned().unwrap_or_else(|| t.t(proposal.kind.text_key())),
            what: fields.join(", "),
            by: format!("{by} · {} · {}", words.village(proposal.village_id), t.moment(proposal.proposed_at)),
            badge: badge(&ctx, proposal.state),
        }
    });
    let lines = lines.collect();
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| format!("/lam-viec/de-nghi?trang-thai={}&sau={}", state.code(), last.id));
    let shell = Shell::of(&ctx, "registry-proposals").await?.crumb(t.t("registry-proposals"), "");
    let tabs = State::ALL.iter().map(|state| (url(*state), t.t(state.text_key()))).collect();
    let page = ListPage {
        tabs,
        here: url(state),
        lines,
        next: next.unwrap_or_default(),
        proposes: !ctx.may("proposal.decide"),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// What the proposals are about, by the id of person or household.
async fn names(ctx: &Ctx, found: &[Proposal]) -> Result<HashMap<Uuid, String>> {
    let ids =
        |kind: Kind| found.iter().filter(|p| p.kind == kind).map(|p| p.object_id).collect::<Vec<Uuid>>();
    let (people, households) = (ids(Kind::Person), ids(Kind::Household));
    let mut names = HashMap::new();
    if !people.is_empty() {
        names.extend(person::get_many(ctx, &people).await?.into_iter().map(|p| (p.id, p.facts.full_name)));
    }
    if !households.is_empty() {
        let found = household::get_many(ctx, &households).await?;
        let t = ctx.t();
        names.extend(found.into_iter().map(|row| {
            let head = row.head_name.unwrap_or(row.household.code);
            (row.household.id, t.s("registry-household-of", "name", &head))
        }));
    }
    Ok(names)
}

fn badge(ctx: &Ctx, state: State) -> Html {
    let status = match state {
        State::Waiting => Status::Waiting,
        State::Approved => Status::Done,
        State::Rejected => Status::Late,
        State::Withdrawn => Status::Off,
    };
    status.badge(&ctx.t().t(state.text_key()))
}

fn label_key(kind: Kind, field: &str) -> &'static str {
    match kind {
        Kind::Person => person::pages::story::label_key(field),
        Kind::Household => household::pages::story::label_key(field),
    }
}

/// One field of a proposal.
struct Difference {
    label: String,
    old: String,
    new: String,
    /// What stands there now, when it is neither; `""` otherwise.
    now: String,
}

#[derive(Template)]
#[template(path = "proposal/show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    keys: [String; 3],
    badge: Html,
    name: String,
    url: String,
    village: String,
    by: String,
    at: String,
    on: String,
    reason: String,
    decided: String,
    answer: String,
    differences: Vec<Difference>,
    conflict: bool,
    may_decide: bool,
    may_withdraw: bool,
    wrong: String,
}

async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, id).await?)?))
}

async fn page(ctx: &Ctx, id: Uuid) -> Result<ShowPage> {
    let t = ctx.t();
    let proposal = find(ctx, id).await?;
    let words = Words::today(ctx).await?;
    let names = names(ctx, std::slice::from_ref(&proposal)).await?;
    let ids: Vec<Uuid> = [proposal.proposed_by, proposal.decided_by].into_iter().flatten().collect();
    let accounts = account_names(ctx, &ids).await?;
    let account = |id: Option<Uuid>| id.and_then(|id| accounts.get(&id)).cloned().unwrap_or_default();
    let decides = ctx.scope_of("proposal.decide").covers("village", proposal.village_id);
    let open = proposal.state == State::Waiting;
    let now = now(ctx, &proposal).await?;
    let conflicts = if open { proposal.diff.conflicts(&now) } else { Vec::new() };
    let differences = proposal.diff.0.iter().map(|(field, change)| {
        let said = |value: &str| said(ctx, &words, proposal.kind, field, value);
        let current = now.get(field).and_then(Value::as_str).unwrap_or_default();
        let now = if conflicts.contains(&field.as_str()) { said(current) } else { String::new() };
        Difference {
            label: t.t(label_key(proposal.kind, field)),
            old: said(&change.old),
            new: said(&change.new),
            now,
        }
    });
    let differences = differences.collect();
    let url = match proposal.kind {
        Kind::Person => person_path(proposal.object_id),
        Kind::Household => household_path(proposal.object_id),
    };
    let decided = proposal.decided_at.map(|at| {
        t.a(
            "registry-proposal-decided-by",
            &[("name", account(proposal.decided_by).into()), ("day", t.moment(at).into())],
        )
    });
    let shell = Shell::of(ctx, "registry-proposal").await?;
    let shell =
        shell.crumb(t.t("registry-proposals"), "/lam-viec/de-nghi").crumb(t.t("registry-proposal"), "");
    Ok(ShowPage {
        path: format!("/lam-viec/de-nghi/{id}"),
        keys: [fresh_key(ctx), fresh_key(ctx), fresh_key(ctx)],
        badge: badge(ctx, proposal.state),
        name: names.get(&proposal.object_id).cloned().unwrap_or_else(|| t.t(proposal.kind.text_key())),
        village: words.village(proposal.village_id),
        by: account(proposal.proposed_by),
        at: t.moment(proposal.proposed_at),
        on: t.date(proposal.on_date),
        decided: decided.unwrap_or_default(),
        conflict: !conflicts.is_empty(),
        may_decide: decides && open,
        may_withdraw: open && proposal.proposed_by.is_some() && proposal.proposed_by == ctx.account_or_none(),
        wrong: String::new(),
        reason: proposal.reason,
        answer: proposal.answer,
        shell,
        url,
        differences,
    })
}

/// What stands there now, by the names of the fields in code; empty when the row is gone.
async fn now(ctx: &Ctx, proposal: &Proposal) -> Result<Map<String, Value>> {
    Ok(match proposal.kind {
        Kind::Person => match person::get(ctx, proposal.object_id).await {
            Ok(person) => RawPerson::of(&person.facts, &person.place).to_map(),
            Err(_) => Map::new(),
        },
        Kind::Household => match household::get(ctx, proposal.object_id).await {
            Ok(household) => serde_json::to_value(RawHousehold::of(&household.facts))?
                .as_object()
                .cloned()
                .unwrap_or_default(),
            Err(_) => Map::new(),
        },
    })
}

/// A value in words. What the reader's role does not need stays masked.
fn said(ctx: &Ctx, words: &Words, kind: Kind, field: &str, value: &str) -> String {
    let t = words.t;
    let code = |text: Option<&'static str>| text.map_or_else(|| value.to_owned(), |key| t.t(key));
    if value.is_empty() {
        return t.t("registry-nothing");
    }
    match (kind, field) {
        (Kind::Household, "village") => {
            value.parse().map_or_else(|_| value.to_owned(), |id| words.village(id))
        }
        (Kind::Household, "poverty") => {
            code(household::Poverty::parse(value).map(household::Poverty::text_key))
        }
        (Kind::Household, "residence") => {
            code(household::Residence::parse(value).map(household::Residence::text_key))
        }
        (Kind::Household, "fibre" | "water" | "electric") => words.yes(value == "1"),
        (Kind::Household, _) => value.to_owned(),
        (_, "sex") => code(person::Sex::parse(value).map(person::Sex::text_key)),
        (_, "residence") => code(person::Residence::parse(value).map(person::Residence::text_key)),
        (_, "relation") => words.relation(value),
        (_, "smartphone" | "payment_account") => words.yes(value == "1"),
        (_, field) => {
            let name = if field == "birth" { "birth_date" } else { field };
            let declared = words.declaration.field(name);
            let needed = declared
                .is_none_or(|declared| ctx.actor.as_ref().is_some_and(|actor| declared.needed_by(actor)));
            let list = match field {
                "ethnic" => Some(&words.lists.ethnic),
                "education" => Some(&words.lists.education),
                "religion" => Some(&words.lists.religion),
                "disability" => Some(&words.lists.disability),
                "meritorious" => Some(&words.lists.meritorious),
                _ => None,
            };
            match list {
                _ if !needed => words.declaration.mask(name, value),
                Some(list) => words.label(list, value),
                None => value.to_owned(),
            }
        }
    }
}

async fn yes(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    decide(ctx, id, form, true).await
}

async fn no(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    decide(ctx, id, form, false).await
}

async fn decide(ctx: Ctx, id: Uuid, form: Form, accept: bool) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let answer = form.text("tra-loi");
    let done = match accept {
        true => approve(&ctx, &tx, id, form.ticked("sua-cho-dung"), answer)
            .await
            .map(|()| "registry-proposal-approve-done"),
        false => reject(&ctx, &tx, id, answer).await.map(|()| "registry-proposal-reject-done"),
    };
    let done = done.map(|note| ("/lam-viec/de-nghi".to_owned(), Note::new(note)));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}

async fn again(ctx: &Ctx, id: Uuid, error: Error) -> Result<Response> {
    if !matches!(error.kind, Wrong::Invalid | Wrong::Conflict) {
        return Err(error);
    }
    let t = ctx.t();
    let mut page = page(ctx, id).await?;
    let fields: Vec<String> = error.fields.iter().map(|one| one.message.text(t)).collect();
    let sentence = if page.conflict { t.t("registry-proposal-moved") } else { error.message.text(t) };
    page.wrong = if fields.is_empty() { sentence } else { fields.join(" ") };
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

async fn take_back(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = withdraw(&ctx, &tx, id).await;
    let done = done.map(|()| ("/lam-viec/de-nghi".to_owned(), Note::new("registry-proposal-taken-back")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}

async fn household_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    household_page(&ctx, id).await?.answer()
}

async fn household_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (household, shell) = household::pages::of(ctx, id, "registry-propose").await?;
    let words = Words::today(ctx).await?;
    let path = household_path(id);
    let mut page = FormPage::new(ctx, shell, format!("{path}/de-nghi"), path);
    page.inputs = household::pages::fields::inputs(ctx, &words, &RawHousehold::of(&household.facts));
    Ok(finish(ctx, page, household.revision, format!("propose-{id}")))
}

/// The end of both forms: since when, why, and the button.
fn finish(ctx: &Ctx, page: FormPage, revision: i64, draft: String) -> FormPage {
    let t = ctx.t();
    let mut page = page.editing(revision);
    page.lead = t.t("registry-propose-lead");
    let day = how::day_inputs(ctx, t.t("registry-from-day"), t.t("registry-propose-day-help"));
    page.inputs.extend(day.into_iter().take(1));
    page.inputs.push(
        Input::new(Look::Area, "ly-do", t.t("registry-propose-reason"))
            .help(t.t("registry-propose-reason-help")),
    );
    page.submit = t.t("registry-propose-send");
    page.icon = "send";
    page.draft = draft;
    page
}

async fn household_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = propose_household(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => household_page(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn propose_household(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let proposal = for_household(
        ctx,
        tx,
        id,
        form.revision()?,
        &RawHousehold::from_form(form),
        how::day(form)?,
        form.text("ly-do"),
    )
    .await?;
    Ok((format!("/lam-viec/de-nghi/{proposal}"), Note::new("registry-proposal-sent")))
}

async fn person_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let page = person_page(&ctx, id).await?;
    person::pages::edit::record_look(&ctx, id).await?;
    page.answer()
}

async fn person_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (person, shell) = person::pages::of(ctx, id, "registry-propose").await?;
    let words = Words::today(ctx).await?;
    let path = person_path(id);
    let mut page = FormPage::new(ctx, shell, format!("{path}/de-nghi"), path);
    page.inputs =
        person::pages::edit::needed_inputs(ctx, &words, &RawPerson::of(&person.facts, &person.place));
    page.warning = Some((Status::Info, ctx.t().t("registry-edit-recorded")));
    Ok(finish(ctx, page, person.revision, format!("propose-{id}")))
}

async fn person_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = propose_person(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => person_page(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn propose_person(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let raw = person::pages::edit::typed(ctx, id, form).await?;
    let proposal =
        for_person(ctx, tx, id, form.revision()?, &raw, how::day(form)?, form.text("ly-do")).await?;
    Ok((format!("/lam-viec/de-nghi/{proposal}"), Note::new("registry-proposal-sent")))
}

//! What is past its time, the decisions, and carrying one out. No page here names a person.

use super::model::{Deciding, Disposal, Due, Ended, State};
use super::rules;
use super::store;
use super::terms::Terms;
use crate::procedure::{Catalogue, catalogue};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::clock::local_date;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use ui::{FieldErrors, Html, Shell};

const PATH: &str = "/lam-viec/luu-tru";
const DECISIONS: i64 = 50;

struct Line {
    id: String,
    code: String,
    procedure: String,
    ended: String,
    until: String,
    chosen: bool,
}

struct Decision {
    url: String,
    name: String,
    line: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "retention.html")]
struct ListPage {
    shell: Shell,
    unverified: bool,
    lines: Vec<Line>,
    decisions: Vec<Decision>,
    may_decide: bool,
    number: String,
    day: String,
    signer: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, None, None).await?)?))
}

async fn page(ctx: &Ctx, sent: Option<&Form>, error: Option<&Error>) -> Result<ListPage> {
    let t = ctx.t();
    let catalogue = catalogue(ctx).await?;
    let chosen: Vec<&str> = sent.map(|sent| sent.all("ho-so").collect()).unwrap_or_default();
    let line = |one: Due| Line {
        chosen: chosen.contains(&one.dossier.id.to_string().as_str()),
        until: t.date(one.until),
        ..of(ctx, &catalogue, &one.dossier)
    };
    let decision = |one: Disposal| Decision {
        url: one.path(),
        name: t.s("onestop-disposal-name", "number", &one.decision_no),
        line: format!("{} · {}", t.date(one.decided_on), one.signer),
        badge: one.badge().badge(&t.t(one.state.text_key())),
    };
    let typed = |name: &str| sent.map(|sent| sent.text(name).to_owned()).unwrap_or_default();
    let wrong = error.filter(|error| error.fields.is_empty()).map(|error| error.message.text(t));
    Ok(ListPage {
        shell: Shell::of(ctx, "onestop-retention").await?,
        unverified: Terms::load(ctx)?.unverified,
        lines: rules::due(ctx).await?.into_iter().map(line).collect(),
        decisions: store::list(ctx, DECISIONS).await?.into_iter().map(decision).collect(),
        may_decide: ctx.may("retention.decide"),
        number: typed("so-quyet-dinh"),
        day: typed("ngay-quyet-dinh"),
        signer: typed("nguoi-ky"),
        key: ctx.new_id().to_string(),
        errors: error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong.unwrap_or_default(),
    })
}

fn of(ctx: &Ctx, catalogue: &Catalogue, one: &Ended) -> Line {
    let t = ctx.t();
    let name = catalogue.all.get(&one.procedure_code).map(|found| found.procedure.name.of(ctx.lang));
    Line {
        id: one.id.to_string(),
        code: one.code.clone(),
        procedure: name.unwrap_or(&one.procedure_code).to_owned(),
        ended: one.ended_at.map(|at| t.date(local_date(at))).unwrap_or_default(),
        until: String::new(),
        chosen: false,
    }
}

pub(super) async fn decide(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.date("ngay-quyet-dinh") {
        Ok(on) => {
            let said = Deciding {
                number: sent.text("so-quyet-dinh").to_owned(),
                on,
                signer: sent.text("nguoi-ky").to_owned(),
                dossiers: sent.all("ho-so").filter_map(|id| id.parse().ok()).collect(),
            };
            rules::decide(&ctx, &tx, said).await
        }
        Err(error) => Err(error),
    };
    let done = done.map(|one| (one.path(), Note::new("onestop-disposal-kept-decision")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            let page = page(&ctx, Some(&sent), Some(&error)).await?;
            Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "disposal.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    facts: Vec<(String, String)>,
    lines: Vec<Line>,
    decided: bool,
    may_destroy: bool,
    may_decide: bool,
    keys: [String; 2],
    revision: i64,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(ui::render(&shown(&ctx, id).await?)?))
}

async fn shown(ctx: &Ctx, id: Uuid) -> Result<ShowPage> {
    let t = ctx.t();
    let (one, dossiers) = rules::show(ctx, id).await?;
    let name = t.s("onestop-disposal-name", "number", &one.decision_no);
    let shell = Shell::of(ctx, &name).await?;
    let catalogue = catalogue(ctx).await?;
    let ids: Vec<Uuid> = [Some(one.account_id), one.ended_by].into_iter().flatten().collect();
    let names = identity::account_names(ctx, &ids).await?;
    let who = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let fact = |key: &str, value: String| (t.t(key), value);
    let facts = [
        fact("onestop-disposal-day", t.date(one.decided_on)),
        fact("onestop-disposal-signer", one.signer.clone()),
        fact(
            "onestop-disposal-recorded",
            format!("{} · {}", t.moment(one.made_at), who(Some(one.account_id))),
        ),
        fact(
            "onestop-disposal-ended",
            one.ended_at.map(|at| format!("{} · {}", t.moment(at), who(one.ended_by))).unwrap_or_default(),
        ),
    ];
    Ok(ShowPage {
        shell: shell.crumb(t.t("onestop-retention"), PATH).crumb(&name, ""),
        path: one.path(),
        badge: one.badge().badge(&t.t(one.state.text_key())),
        facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        lines: dossiers.iter().map(|one| of(ctx, &catalogue, one)).collect(),
        decided: one.state == State::Decided,
        may_destroy: ctx.may("retention.destroy"),
        may_decide: ctx.may("retention.decide"),
        keys: [ctx.new_id().to_string(), ctx.new_id().to_string()],
        revision: one.revision,
        wrong: String::new(),
    })
}

pub(super) async fn destroy(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    ended(ctx, id, sent, true).await
}

pub(super) async fn drop(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    ended(ctx, id, sent, false).await
}

async fn ended(ctx: Ctx, id: Uuid, sent: Form, carried_out: bool) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.revision() {
        Ok(revision) if carried_out => rules::destroy(&ctx, &tx, id, revision).await,
        Ok(revision) => rules::drop(&ctx, &tx, id, revision).await,
        Err(error) => Err(error),
    };
    let note = if carried_out { "onestop-disposal-destroyed" } else { "onestop-disposal-dropped" };
    let done = done.map(|one| (one.path(), Note::new(note)));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            let mut page = shown(&ctx, id).await?;
            let fields = error.fields.iter().map(|one| one.message.text(ctx.t()));
            let words: Vec<String> = fields.collect();
            page.wrong = if words.is_empty() { error.message.text(ctx.t()) } else { words.join(" ") };
            Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

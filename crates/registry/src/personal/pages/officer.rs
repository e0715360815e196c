//! The data officer's page of one person: who looked, grounds, a copy, making nameless.

use super::{Ground, Look, grounds, looks};
use crate::find::person_path;
use crate::person::{self, Person, State};
use crate::personal::{self, Basis, load};
use crate::show::fresh_key;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx, Uuid};
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "personal/officer.html")]
struct OfficerPage {
    shell: Shell,
    person: Person,
    path: String,
    key: String,
    keys: [String; 2],
    grounds: Vec<Ground>,
    purposes: Vec<(String, String)>,
    bases: Vec<(String, String)>,
    may_consent: bool,
    may_erase: bool,
    present: bool,
    erased: bool,
    keep_years: u32,
    /// What other areas keep, and why.
    stays: Vec<String>,
    today: String,
    errors: FieldErrors,
    wrong: String,
}

#[derive(Template)]
#[template(path = "personal/views.html")]
struct ViewsPage {
    shell: Shell,
    looks: Vec<Look>,
    own: bool,
}

fn data_path(id: Uuid) -> String {
    format!("/lam-viec/ca-nhan/{id}")
}

async fn frame(ctx: &Ctx, person: &Person, title: &str) -> Result<Shell> {
    let t = ctx.t();
    let shell = Shell::of(ctx, title).await?.crumb(t.t("registry-people"), "/lam-viec/nguoi");
    Ok(shell.crumb(&person.facts.full_name, &person_path(person.id)).crumb(t.t(title), ""))
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, id).await?)?))
}

async fn page(ctx: &Ctx, id: Uuid) -> Result<OfficerPage> {
    let t = ctx.t();
    let person = person::get(ctx, id).await?;
    let declaration = load(ctx)?;
    let path = data_path(id);
    let shell = frame(ctx, &person, "registry-data-officer").await?;
    Ok(OfficerPage {
        grounds: grounds(ctx, &declaration, personal::consent_list(ctx, id).await?, &path),
        purposes: declaration
            .purposes
            .iter()
            .map(|p| (p.key.clone(), p.label(ctx.lang).to_owned()))
            .collect(),
        bases: Basis::ALL.iter().map(|basis| (basis.code().to_owned(), t.t(basis.text_key()))).collect(),
        may_consent: ctx.may("consent.insert"),
        may_erase: ctx.may("personal.erase"),
        present: person.state == State::Present,
        erased: person.state == State::Erased,
        keep_years: declaration.keep_years,
        stays: personal::stays(ctx, id).await?,
        today: t.date(ctx.today()),
        key: fresh_key(ctx),
        keys: [fresh_key(ctx), fresh_key(ctx)],
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
        person,
        path,
    })
}

/// The page with what is wrong with the form that was sent.
async fn again(ctx: &Ctx, id: Uuid, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let mut page = page(ctx, id).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if page.errors.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn download(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    copy(&ctx, id).await
}

/// Everything as a file.
pub(super) async fn copy(ctx: &Ctx, id: Uuid) -> Result<Response> {
    let copy = personal::export(ctx, id).await?;
    let code = copy["person"]["code"].as_str().unwrap_or("nguoi").to_owned();
    let text = serde_json::to_string_pretty(&copy)?;
    Ok(platform::http::download(&format!("{code}.json"), "application/json", text.into_bytes()))
}

pub(super) async fn erase(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = run_erase(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}

async fn run_erase(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let reason = form.some("ly-do").ok_or_else(|| Error::field("ly-do", "registry-erase-reason-empty"))?;
    if !form.ticked("da-hieu") {
        return Err(Error::field("da-hieu", "registry-erase-not-understood"));
    }
    personal::erase(ctx, tx, id, form.revision()?, reason).await?;
    Ok((data_path(id), Note::new("registry-erase-done")))
}

pub(super) async fn views(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let person = person::get(&ctx, id).await?;
    let looks = looks(&ctx, &*load(&ctx)?, id).await?;
    let shell = frame(&ctx, &person, "registry-who-looked").await?;
    Ok(html(ui::render(&ViewsPage { shell, looks, own: false })?))
}

pub(super) async fn consent_add(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = give(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}

async fn give(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let basis = Basis::parse(form.text("co-so")).ok_or_else(|| Error::field("co-so", "error-choose"))?;
    let day = form.date("ngay")?.ok_or_else(|| Error::field("ngay", "registry-day-empty"))?;
    personal::consent_give(ctx, tx, id, form.text("muc-dich"), basis, day, form.text("can-cu")).await?;
    Ok((data_path(id), Note::new("registry-consent-given")))
}

pub(super) async fn consent_withdraw(
    ctx: Ctx,
    Path((id, consent)): Path<(Uuid, Uuid)>,
    form: Form,
) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = personal::consent_withdraw(&ctx, &tx, id, consent).await;
    let done = done.map(|()| (data_path(id), Note::new("registry-consent-withdrawn")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}

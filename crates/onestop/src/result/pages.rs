//! The page on which a paper is drafted, looked at, signed and taken back.

use super::model::State;
use super::rules::{self, Stand, Text};
use super::{issue, sheet, store, template};
use crate::dossier;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::http::{Form, Note, Start, html, see_other, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use ui::{FieldErrors, Html, Shell};

#[derive(Template)]
#[template(path = "paper.html")]
struct PaperPage {
    shell: Shell,
    path: String,
    /// What the paper is called.
    name: String,
    about: String,
    /// `None` before a draft was kept.
    badge: Option<Html>,
    number: String,
    signer: String,
    moment: String,
    check_url: String,
    revoked: String,
    text: Text,
    unverified: bool,
    draft: bool,
    sign: bool,
    numbered: bool,
    revoke: bool,
    /// A draft or a paper is there to be looked at.
    there: bool,
    has_key: bool,
    /// Signing with a token; empty while there is no number.
    usb: Html,
    /// The demo tells the password of its keys.
    demo: bool,
    keys: [String; 5],
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

/// Reads what the page shows. `typed` comes back as it was typed.
async fn page(
    ctx: &Ctx,
    id: Uuid,
    typed: Option<Text>,
    errors: FieldErrors,
    wrong: String,
) -> Result<String> {
    let stand = Stand::of(ctx, &ctx.app.db, id).await?;
    let found = template::of(ctx, &stand.procedure)?.ok_or_else(Error::not_found)?;
    let t = ctx.t();
    let about = format!("{}: {}", stand.procedure.name.of(ctx.lang), stand.dossier.subject);
    let name = found.content.name.of(ctx.lang).to_owned();
    let shell = Shell::of(ctx, &name).await?;
    let shell = shell.crumb(t.t("onestop-menu-list"), "/lam-viec/mot-cua");
    let shell = shell.crumb(&stand.dossier.code, &stand.dossier.path()).crumb(&name, "");
    let draft = stand.paper.as_ref().filter(|paper| paper.state != State::Revoked);
    let text = match (typed, draft) {
        (Some(typed), _) => typed,
        (None, Some(paper)) => Text {
            subject: paper.subject.clone(),
            body: paper.body.clone(),
            receivers: paper.receivers.clone(),
        },
        (None, None) => first(ctx, &stand, &found.content).await?,
    };
    let paper = stand.paper.as_ref();
    let said = |of: fn(&super::Paper) -> String| paper.map(of).unwrap_or_default();
    let moment = paper.and_then(|paper| paper.issued_at.or(paper.numbered_at)).map(|at| t.moment(at));
    let path = format!("{}/giay-cua-xa", stand.dossier.path());
    let usb = match paper.filter(|paper| paper.state == State::Numbered && stand.may.sign) {
        Some(paper) => issue::usb(ctx, &path, &name, paper).await?,
        None => Html(String::new()),
    };
    ui::render(&PaperPage {
        path,
        usb,
        about,
        name,
        badge: paper.map(|paper| badge(ctx, paper.state)),
        number: said(|paper| paper.full_number()),
        signer: said(|paper| paper.signer_name.clone()),
        moment: moment.unwrap_or_default(),
        check_url: paper
            .filter(|paper| paper.issued_at.is_some())
            .map(|one| one.check_path())
            .unwrap_or_default(),
        revoked: said(|paper| paper.revoked_why.clone()),
        text,
        unverified: found.content.unverified,
        draft: stand.may.draft,
        sign: stand.may.sign,
        numbered: paper.is_some_and(|paper| paper.state == State::Numbered),
        revoke: stand.may.revoke,
        there: paper.is_some(),
        has_key: stand.may.sign
            && ctx.may("signature.key")
            && signing::own(ctx, &ctx.app.db).await?.is_some(),
        demo: ctx.app.config.demo,
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
        revision: draft.map_or(0, |paper| paper.revision),
        errors,
        wrong,
        shell,
    })
}

/// The template's own words, for those who may draft.
async fn first(ctx: &Ctx, stand: &Stand, found: &template::Template) -> Result<Text> {
    if !stand.may.draft {
        return Ok(Text::default());
    }
    let drafted = found.draft(ctx, &stand.procedure, &stand.dossier).await?;
    Ok(Text { subject: drafted.subject, body: drafted.body, receivers: drafted.receivers })
}

pub(super) fn badge(ctx: &Ctx, state: State) -> Html {
    let status = match state {
        State::Draft | State::Numbered => ui::Status::Waiting,
        State::Issued => ui::Status::Done,
        State::Revoked => ui::Status::Off,
    };
    status.badge(&ctx.t().t(state.text_key()))
}

/// The line on the page of a dossier: what the paper is called, how it stands, and the word that leads to it. None when
/// the procedure has none.
pub(crate) async fn card(
    ctx: &Ctx,
    procedure: &crate::procedure::Procedure,
    one: &dossier::Dossier,
) -> Result<Option<(String, Option<Html>, String)>> {
    let Some(found) = template::of(ctx, procedure)? else { return Ok(None) };
    let stand = Stand::of(ctx, &ctx.app.db, one.id).await?;
    let verb = match stand.may {
        may if may.sign => "onestop-paper-open-sign",
        may if may.draft => "onestop-paper-open-draft",
        _ if stand.paper.is_some() => "onestop-paper-open",
        _ => return Ok(None),
    };
    let badge = stand.paper.map(|paper| badge(ctx, paper.state));
    Ok(Some((found.content.name.of(ctx.lang).to_owned(), badge, ctx.t().t(verb))))
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let page = page(&ctx, id, None, FieldErrors::default(), String::new()).await?;
    crate::desk::opened(&ctx, &dossier::find(&ctx, &ctx.app.db, id).await?).await?;
    Ok((signing::usb_policy(), html(page)).into_response())
}

/// The page with what went wrong on it. Errors that no form can mend are given back.
pub(super) async fn again(ctx: &Ctx, id: Uuid, typed: Option<Text>, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let t = ctx.t();
    let wrong = if error.fields.is_empty() { error.message.text(t) } else { String::new() };
    let page = page(ctx, id, typed, FieldErrors::from_error(&error, t), wrong).await?;
    Ok((error.kind.status(), signing::usb_policy(), html(page)).into_response())
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let text = Text {
        subject: sent.text("trich-yeu").to_owned(),
        body: sent.text("noi-dung").to_owned(),
        receivers: sent.text("noi-nhan").to_owned(),
    };
    let done = match sent.revision() {
        Ok(revision) => rules::save(&ctx, &tx, id, revision, text.clone()).await,
        Err(error) => Err(error),
    };
    let url = format!("/lam-viec/mot-cua/{id}/giay-cua-xa");
    match settle(&ctx, key, tx, done.map(|_| (url, Note::new("onestop-paper-saved")))).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, Some(text), error).await,
    }
}

/// The paper as it will look, or as it was issued.
pub(super) async fn preview(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    let paper = store::last(&ctx, &ctx.app.db, id).await?.ok_or_else(Error::not_found)?;
    if let Some(kept) = paper.paper_id {
        return Ok(see_other(&format!("{}/giay/{kept}", one.path())));
    }
    crate::desk::opened(&ctx, &one).await?;
    let bytes = sheet::pdf(&ctx, &paper).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, bytes).into_response())
}

pub(super) async fn revoke(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.revision() {
        Ok(revision) => rules::revoke(&ctx, &tx, id, revision, sent.text("ly-do-thu-hoi")).await,
        Err(error) => Err(error),
    };
    let url = format!("/lam-viec/mot-cua/{id}/giay-cua-xa");
    match settle(&ctx, key, tx, done.map(|_| (url, Note::new("onestop-paper-revoked")))).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, None, error).await,
    }
}

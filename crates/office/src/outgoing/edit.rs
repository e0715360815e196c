//! The page on which a document is written. Everything works without a script; what is typed is kept in the browser as on
//! every form.

use super::list::options;
use super::model::{Document, Draft};
use super::pass::may;
use super::{PATH, draft, store};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "outgoing-edit.html")]
struct EditPage {
    shell: Shell,
    /// Where the form goes, and where one goes back.
    action: String,
    back: String,
    kinds: Vec<(String, String)>,
    signers: Vec<(String, String)>,
    urgencies: Vec<(String, String)>,
    circulations: Vec<(String, String)>,
    kind: String,
    draft: Draft,
    copies: String,
    reply_to: String,
    key: String,
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

#[derive(Template)]
#[template(path = "outgoing-new.html")]
struct NewPage {
    shell: Shell,
    kinds: Vec<(String, String)>,
    reply_to: String,
}

/// First the kind, then the draft with the first words of its kind.
pub(super) async fn new(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let kinds = options(&ctx)?;
    let Some((issuer, kind)) =
        text("loai").split_once('/').filter(|_| kinds.iter().any(|(code, _)| code == text("loai")))
    else {
        let shell = Shell::of(&ctx, "office-outgoing-new").await?;
        let shell =
            shell.crumb(ctx.t().t("office-outgoing"), PATH).crumb(ctx.t().t("office-outgoing-new"), "");
        let page = NewPage { shell, kinds, reply_to: text("tra-loi").to_owned() };
        return Ok(html(ui::render(&page)?));
    };
    let chosen =
        super::kinds::Kinds::chosen(&ctx, ctx.today(), issuer, kind)?.ok_or_else(Error::not_found)?;
    let draft = Draft {
        issuer: issuer.to_owned(),
        kind: kind.to_owned(),
        body: chosen.kind().draft.clone(),
        receivers: "Lưu: VT".to_owned(),
        reply_to: text("tra-loi").parse().ok(),
        ..Draft::default()
    };
    Ok(html(page(&ctx, None, draft, None).await?))
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    if !may(&ctx, &one).edit {
        return Err(Error::conflict("office-outgoing-not-now"));
    }
    let draft = one.content.clone();
    Ok(html(page(&ctx, Some(&one), draft, None).await?))
}

async fn page(
    ctx: &Ctx,
    one: Option<&Document>,
    draft: Draft,
    error: Option<(&Error, &Form)>,
) -> Result<String> {
    let t = ctx.t();
    let title = if one.is_some() { "office-outgoing-edit" } else { "office-outgoing-new" };
    let shell = Shell::of(ctx, title).await?.crumb(t.t("office-outgoing"), PATH);
    let shell = match one {
        Some(one) => shell.crumb(&one.subject, &one.path()).crumb(t.t(title), ""),
        None => shell.crumb(t.t(title), ""),
    };
    let kinds = super::kinds::Kinds::load(ctx)?;
    let books = crate::books::Books::load(ctx)?;
    let mut roles: Vec<&String> = kinds.issuers.iter().flat_map(|issuer| &issuer.signers).collect();
    roles.dedup();
    let wrong = error.filter(|(error, _)| error.fields.is_empty()).map(|(error, _)| error.message.text(t));
    let copies = match error {
        Some((_, sent)) => sent.text("so-ban").to_owned(),
        None if draft.copies == 0 => String::new(),
        None => draft.copies.to_string(),
    };
    ui::render(&EditPage {
        shell,
        action: one.map_or_else(|| format!("{PATH}/soan"), |one| format!("{}/soan", one.path())),
        back: one.map_or_else(|| PATH.to_owned(), Document::path),
        kinds: options(ctx)?,
        signers: roles.iter().map(|role| ((*role).clone(), t.t(&identity::role::text_key(role)))).collect(),
        urgencies: (0..=3)
            .map(|degree: i64| (degree.to_string(), t.t(&format!("office-outgoing-urgency-{degree}"))))
            .collect(),
        circulations: books.circulation.iter().map(|stamp| (stamp.clone(), stamp.clone())).collect(),
        kind: format!("{}/{}", draft.issuer, draft.kind),
        copies,
        reply_to: draft.reply_to.map(|id| id.to_string()).unwrap_or_default(),
        draft,
        key: ctx.new_id().to_string(),
        revision: one.map_or(0, |one| one.revision),
        errors: error.map_or_else(FieldErrors::default, |(error, _)| FieldErrors::from_error(error, t)),
        wrong: wrong.unwrap_or_default(),
    })
}

/// What was typed, as far as it can be understood.
fn typed(sent: &Form) -> Draft {
    let text = |name: &str| sent.text(name).to_owned();
    let (issuer, kind) = sent.text("loai").split_once('/').unwrap_or_default();
    Draft {
        issuer: issuer.to_owned(),
        kind: kind.to_owned(),
        subject: text("trich-yeu"),
        to: text("kinh-gui"),
        grounds: text("can-cu"),
        body: text("noi-dung"),
        appendices: text("phu-luc"),
        landscape: !sent.text("trang-ngang").is_empty(),
        circulation: text("luu-hanh"),
        receivers: text("noi-nhan"),
        urgency: sent.text("muc-khan").parse().unwrap_or(0),
        field: text("linh-vuc"),
        mark: text("nguoi-soan"),
        copies: sent.whole("so-ban").ok().flatten().unwrap_or(0),
        signer: text("nguoi-ky"),
        reply_to: sent.text("tra-loi").parse().ok(),
    }
}

/// The draft of a form, if its numbers are numbers.
fn read(sent: &Form) -> Result<Draft> {
    sent.whole("so-ban")?;
    sent.id("tra-loi")?;
    Ok(typed(sent))
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    save_as(&ctx, None, &sent).await
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    save_as(&ctx, Some(id), &sent).await
}

async fn save_as(ctx: &Ctx, id: Option<Uuid>, sent: &Form) -> Result<Response> {
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let base = match id {
        Some(id) => sent.revision().map(|revision| Some((id, revision))),
        None => Ok(None),
    };
    let done = match (read(sent), base) {
        (Ok(draft), Ok(base)) => draft::save(ctx, &tx, base, draft).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    let done = done.map(|one| (one.path(), Note::new("office-outgoing-saved")));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            let one = match id {
                Some(id) => Some(store::find(ctx, &ctx.app.db, id).await?),
                None => None,
            };
            let page = page(ctx, one.as_ref(), typed(sent), Some((&error, sent))).await?;
            Ok((error.kind.status(), html(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

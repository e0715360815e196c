//! Passkeys: the list on the account's page, and the questions and answers that the script carries to the device.

use super::next::local;
use super::sign_in::leads_to;
use super::{again, page, problem, shown_in_form, user_agent, with_cookie};
use crate::passkey::address::why_not;
use crate::passkey::{self, PasskeyRow, passkey_delete, passkey_list, passkey_rename};
use crate::session::{self, set_cookie};
use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::http::{Form, Note};
use platform::once::{self, Once};
use platform::{Ctx, Error, Result, Tx, Uuid};
use serde_json::{Value, json};
use ui::{FieldErrors, Shell};
use webauthn_rs::prelude::{PublicKeyCredential, RegisterPublicKeyCredential};

const HERE: &str = "/tai-khoan/khoa";

#[derive(Template)]
#[template(path = "passkeys.html")]
struct PasskeysPage {
    shell: Shell,
    passkeys: Vec<PasskeyRow>,
    /// Why no passkey works at this address; empty when one does.
    why: String,
    /// The person has just proved to be there.
    proved: bool,
    /// A name that tells the devices apart: browser and system.
    device: String,
    key: Uuid,
    problem: String,
    errors: FieldErrors,
}

pub(crate) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(page(passkeys_page(&ctx, None).await?, StatusCode::OK))
}

async fn passkeys_page(ctx: &Ctx, error: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let shell = Shell::public(ctx, "passkeys-title").await?.crumb(t.t("profile-title"), "/tai-khoan");
    ui::render(&PasskeysPage {
        shell: shell.crumb(t.t("passkeys-title"), ""),
        passkeys: passkey_list(ctx, ctx.account()?).await?,
        why: why_not(ctx).await?.map_or_else(String::new, |why| why.message().text(t)),
        proved: session::proved(ctx).await?,
        device: session::browser(user_agent(ctx)),
        key: ctx.new_id(),
        problem: problem(ctx, error),
        errors: error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
    })
}

/// The question for a new key.
pub(crate) async fn add_begin(ctx: Ctx) -> Result<Json<Value>> {
    let name = Shell::public(&ctx, "passkeys-title").await?.commune.name;
    let (id, asked) = passkey::add_begin(&ctx, &name).await?;
    Ok(Json(json!({ "id": id, "asked": asked })))
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Added {
    id: String,
    ten: String,
    answer: RegisterPublicKeyCredential,
}

pub(crate) async fn add(ctx: Ctx, Json(added): Json<Added>) -> Result<Response> {
    let value = passkey::add_finish(&ctx, &added.id, &added.ten, &added.answer).await?;
    let shown = Json(json!({ "to": HERE })).into_response();
    Ok(Note::new("passkey-added").on(with_cookie(shown, &set_cookie(&ctx.app, &value))?))
}

/// The question for whoever stands at the door.
pub(crate) async fn enter_begin(ctx: Ctx) -> Result<Json<Value>> {
    let (id, asked) = passkey::enter_begin(&ctx).await?;
    Ok(Json(json!({ "id": id, "asked": asked })))
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entered {
    id: String,
    #[serde(default)]
    tiep: String,
    answer: PublicKeyCredential,
}

pub(crate) async fn enter(ctx: Ctx, Json(entered): Json<Entered>) -> Result<Response> {
    let (account, opened) =
        passkey::enter_finish(&ctx, &entered.id, &entered.answer, user_agent(&ctx)).await?;
    let to = leads_to(&ctx, &opened, account, local(&entered.tiep)).await?;
    with_cookie(Json(json!({ "to": to })).into_response(), &set_cookie(&ctx.app, &opened.value))
}

pub(crate) async fn rename(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| passkey_rename(&ctx, tx, id, form.text("ten")).await;
    apply(&ctx, &form, "profile-saved", rule).await
}

pub(crate) async fn delete(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| passkey_delete(&ctx, tx, id).await;
    apply(&ctx, &form, "passkey-deleted", rule).await
}

async fn apply<F>(ctx: &Ctx, form: &Form, note: &'static str, rule: F) -> Result<Response>
where
    F: AsyncFnOnce(&Tx) -> Result<()>,
{
    let key = form.key()?;
    let done = async {
        if let Once::First(tx) = once::begin(ctx, key).await? {
            rule(&tx).await?;
            once::finish(ctx, tx, key, HERE).await?;
        }
        Ok(())
    };
    match done.await {
        Ok(()) => Ok(Note::new(note).see_other(HERE)),
        Err(error) if shown_in_form(&error) => Ok(again(&error, passkeys_page(ctx, Some(&error)).await?)),
        Err(error) => Err(error),
    }
}

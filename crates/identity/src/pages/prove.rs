//! Asks again who is there, before what guards the account is changed.

use super::next::{NextQuery, local};
use super::{again, page, problem, shown_in_form};
use crate::account_find;
use crate::passkey::address::why_not;
use crate::sign_in::{Proof, prove as prove_by};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use http::StatusCode;
use platform::http::{Form, see_other};
use platform::{Ctx, Error, Result};
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "prove.html")]
struct ProvePage {
    shell: Shell,
    next: String,
    login: String,
    codes: bool,
    passkey: bool,
    problem: String,
    errors: FieldErrors,
}

pub(crate) async fn show(ctx: Ctx, Query(next): NextQuery) -> Result<Response> {
    Ok(page(prove_page(&ctx, next.path(), None).await?, StatusCode::OK))
}

async fn prove_page(ctx: &Ctx, next: &str, error: Option<&Error>) -> Result<String> {
    let account = account_find(ctx, ctx.account()?).await?;
    let t = ctx.t();
    let shell = Shell::public(ctx, "prove-title").await?.crumb(t.t("profile-title"), "/tai-khoan");
    ui::render(&ProvePage {
        shell: shell.crumb(t.t("prove-title"), ""),
        next: next.to_owned(),
        codes: account.has_codes(),
        passkey: account.passkeys > 0 && why_not(ctx).await?.is_none(),
        login: account.login,
        problem: problem(ctx, error),
        errors: error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
    })
}

pub(crate) async fn prove(ctx: Ctx, form: Form) -> Result<Response> {
    let next = match local(form.text("tiep")) {
        "" => "/tai-khoan",
        next => next,
    };
    let proof = match form.some("ma") {
        Some(code) => Proof::Code(code),
        None => Proof::Password(form.text("mat-khau")),
    };
    match prove_by(&ctx, proof).await {
        Ok(()) => Ok(see_other(next)),
        Err(error) if shown_in_form(&error) => Ok(again(&error, prove_page(&ctx, next, Some(&error)).await?)),
        Err(error) => Err(error),
    }
}

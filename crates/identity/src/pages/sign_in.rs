//! The door as pages.

use super::next::{Next, NextQuery, local, with_next};
use super::{again, page, problem, shown_in_form, user_agent, with_cookie};
use crate::passkey::address::why_not;
use crate::session::{COOKIE, Opened, clearing_cookie, open_session, session_end, set_cookie};
use crate::{account_by_login, grant, provider_list, sign_in, sign_in_code};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use http::StatusCode;
use platform::http::{Form, cookie, see_other};
use platform::{Ctx, Error, Result, Uuid};
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInPage {
    shell: Shell,
    login: String,
    next: String,
    problem: String,
    passkey: bool,
    /// Other services by which one may sign in: address and name.
    services: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "code.html")]
struct CodePage {
    shell: Shell,
    next: String,
    problem: String,
    errors: FieldErrors,
    /// Signed in already, but without a second factor to ask for: it has to be set up first.
    none: bool,
    /// The account has codes of the phone, or nobody is known yet.
    codes: bool,
    passkey: bool,
}

pub(crate) async fn show(ctx: Ctx, Query(next): NextQuery) -> Result<Response> {
    let text = sign_in_page(&ctx, "", next.path(), None).await?;
    Ok(page(text, StatusCode::OK))
}

pub(crate) async fn sign_in_page(
    ctx: &Ctx,
    login: &str,
    next: &str,
    error: Option<&Error>,
) -> Result<String> {
    let shell = Shell::public(ctx, "sign-in-title").await?;
    let (login, next) = (login.to_owned(), next.to_owned());
    let services = provider_list(ctx).await?;
    let services = services
        .iter()
        .filter(|one| one.active)
        .map(|one| (with_next(&format!("/dang-nhap/qua/{}", one.id), &next), one.name(ctx.lang).to_owned()));
    let services = services.collect();
    let (problem, passkey) = (problem(ctx, error), passkey_here(ctx).await?);
    ui::render(&SignInPage { shell, login, next, problem, passkey, services })
}

/// Does the page offer the passkey? Not where none can work.
async fn passkey_here(ctx: &Ctx) -> Result<bool> {
    Ok(why_not(ctx).await?.is_none())
}

pub(crate) async fn create(ctx: Ctx, form: Form) -> Result<Response> {
    let (login, next) = (form.text("ten-dang-nhap"), local(form.text("tiep")));
    match sign_in(&ctx, login, form.text("mat-khau"), user_agent(&ctx)).await {
        Ok(opened) => {
            let account = account_by_login(&ctx, login).await?.ok_or_else(Error::not_found)?;
            enter(&ctx, &opened, account.id, next).await
        }
        Err(error) if shown_in_form(&error) => {
            Ok(again(&error, sign_in_page(&ctx, login, next, Some(&error)).await?))
        }
        Err(error) => Err(error),
    }
}

/// Sets the cookie and leads on: to what must be done first, else to where the person wanted to go.
async fn enter(ctx: &Ctx, opened: &Opened, account: Uuid, next: &str) -> Result<Response> {
    let to = leads_to(ctx, opened, account, next).await?;
    with_cookie(see_other(&to), &set_cookie(&ctx.app, &opened.value))
}

pub(crate) async fn leads_to(ctx: &Ctx, opened: &Opened, account: Uuid, next: &str) -> Result<String> {
    Ok(if opened.waiting {
        with_next("/dang-nhap/ma-xac-thuc", next)
    } else if opened.must_change_password {
        with_next("/tai-khoan/mat-khau", next)
    } else if opened.must_set_up_factor {
        with_next("/tai-khoan/xac-thuc", next)
    } else if opened.must_use_passkey {
        with_next("/dang-nhap/ma-xac-thuc", next)
    } else if next.is_empty() {
        home(ctx, account).await?
    } else {
        next.to_owned()
    })
}

/// Who works for the commune begins at the desk, others at their account.
pub(crate) async fn home(ctx: &Ctx, account: Uuid) -> Result<String> {
    let grants = grant::in_force(ctx.commune, &ctx.app.db, account, ctx.today()).await?;
    let works = grants.iter().any(|grant| grant.role != "resident");
    Ok(if works { "/lam-viec" } else { "/tai-khoan" }.to_owned())
}

pub(crate) async fn code_show(ctx: Ctx, Query(next): Query<Next>) -> Result<Response> {
    Ok(page(code_page(&ctx, next.path(), None).await?, StatusCode::OK))
}

async fn code_page(ctx: &Ctx, next: &str, error: Option<&Error>) -> Result<String> {
    let shell = Shell::public(ctx, "code-title").await?;
    let errors = error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, ctx.t()));
    let account = match ctx.account_or_none() {
        Some(account) => Some(crate::account_find(ctx, account).await?),
        None => None,
    };
    let none = account.as_ref().is_some_and(|account| !account.has_second_factor());
    let codes = account.as_ref().is_none_or(crate::Account::has_codes);
    let (next, problem, passkey) = (next.to_owned(), problem(ctx, error), passkey_here(ctx).await?);
    ui::render(&CodePage { shell, next, problem, errors, none, codes, passkey })
}

pub(crate) async fn code(ctx: Ctx, form: Form) -> Result<Response> {
    let next = local(form.text("tiep"));
    let waiting = cookie(&ctx.headers, COOKIE).unwrap_or_default();
    match sign_in_code(&ctx, &waiting, form.text("ma")).await {
        Ok(opened) => {
            let to = match (opened.must_change_password, next) {
                (true, next) => with_next("/tai-khoan/mat-khau", next),
                (false, "") => "/lam-viec".to_owned(),
                (false, next) => next.to_owned(),
            };
            with_cookie(see_other(&to), &set_cookie(&ctx.app, &opened.value))
        }
        Err(error) if shown_in_form(&error) => Ok(again(&error, code_page(&ctx, next, Some(&error)).await?)),
        Err(error) => Err(error),
    }
}

pub(crate) async fn end(ctx: Ctx) -> Result<Response> {
    session_end(&ctx).await?;
    with_cookie(see_other("/"), &clearing_cookie(&ctx.app))
}

/// One click into the demo: only there, and only from this machine.
pub(crate) async fn demo(ctx: Ctx, Path(login): Path<String>, Query(next): NextQuery) -> Result<Response> {
    if !ctx.app.config.demo || !ctx.ip.is_some_and(|ip| ip.is_loopback()) {
        return Err(Error::not_found());
    }
    let account = account_by_login(&ctx, &login).await?.ok_or_else(Error::not_found)?;
    let value = open_session(&ctx.app, ctx.commune, account.id, true).await?;
    let to = if next.path().is_empty() { home(&ctx, account.id).await? } else { next.path().to_owned() };
    with_cookie(see_other(&to), &set_cookie(&ctx.app, &value))
}

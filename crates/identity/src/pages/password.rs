//! A new password: by the old one, or by a one-time link.

use super::next::{NextQuery, local, with_next};
use super::{again, page, problem, shown_in_form};
use crate::account::reset_owner;
use crate::sign_in::needs_factor;
use crate::{MIN_LENGTH, account_find, password_change, reset_link_use};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use http::StatusCode;
use platform::http::{Form, Note};
use platform::{Ctx, Error, FieldError, Message, Result};
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage {
    shell: Shell,
    next: String,
    due: bool,
    least: usize,
    login: String,
    problem: String,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "restore.html")]
struct RestorePage {
    shell: Shell,
    link: String,
    login: String,
    least: usize,
    problem: String,
    errors: FieldErrors,
}

pub(crate) async fn show(ctx: Ctx, Query(next): NextQuery) -> Result<Response> {
    Ok(page(password_page(&ctx, next.path(), None).await?, StatusCode::OK))
}

async fn password_page(ctx: &Ctx, next: &str, error: Option<&Error>) -> Result<String> {
    let account = account_find(ctx, ctx.account()?).await?;
    let shell = Shell::public(ctx, "password-title").await?.crumb(ctx.t().t("profile-title"), "/tai-khoan");
    let shell = shell.crumb(ctx.t().t("password-title"), "");
    let errors = error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, ctx.t()));
    let (due, login) = (account.must_change_password, account.login);
    ui::render(&PasswordPage {
        shell,
        next: next.into(),
        due,
        least: MIN_LENGTH,
        login,
        problem: problem(ctx, error),
        errors,
    })
}

pub(crate) async fn update(ctx: Ctx, form: Form) -> Result<Response> {
    let next = local(form.text("tiep"));
    let done = match twice(&form) {
        Ok(new) => password_change(&ctx, form.text("mat-khau-cu"), new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            let account = account_find(&ctx, ctx.account()?).await?;
            let to = if !account.has_second_factor() && needs_factor(&ctx, account.id).await? {
                with_next("/tai-khoan/xac-thuc", next)
            } else if next.is_empty() {
                "/tai-khoan".to_owned()
            } else {
                next.to_owned()
            };
            Ok(Note::new("password-changed").see_other(&to))
        }
        Err(error) if shown_in_form(&error) => {
            Ok(again(&error, password_page(&ctx, next, Some(&error)).await?))
        }
        Err(error) => Err(error),
    }
}

/// The new password, typed twice the same.
fn twice(form: &Form) -> Result<&str> {
    let (new, again) = (form.text("mat-khau-moi"), form.text("mat-khau-lai"));
    if new == again {
        return Ok(new);
    }
    let field = FieldError { field: "mat-khau-lai".into(), message: Message::new("password-differs") };
    Err(Error::fields(vec![field]))
}

pub(crate) async fn restore_show(ctx: Ctx, Path(link): Path<String>) -> Result<Response> {
    match reset_owner(&ctx, &link).await {
        Ok((_, account)) => Ok(page(restore_page(&ctx, &link, &account.login, None).await?, StatusCode::OK)),
        Err(error) if shown_in_form(&error) => {
            Ok(again(&error, restore_page(&ctx, "", "", Some(&error)).await?))
        }
        Err(error) => Err(error),
    }
}

async fn restore_page(ctx: &Ctx, link: &str, login: &str, error: Option<&Error>) -> Result<String> {
    let shell = Shell::public(ctx, "restore-title").await?;
    let errors = error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, ctx.t()));
    let (link, login, problem) = (link.to_owned(), login.to_owned(), problem(ctx, error));
    ui::render(&RestorePage { shell, link, login, least: MIN_LENGTH, problem, errors })
}

pub(crate) async fn restore(ctx: Ctx, Path(link): Path<String>, form: Form) -> Result<Response> {
    let done = match twice(&form) {
        Ok(new) => reset_link_use(&ctx, &link, new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(Note::new("restore-done").see_other("/dang-nhap")),
        Err(error) if shown_in_form(&error) => {
            // A weak password is tried again with the same link; a dead link is not.
            let login = reset_owner(&ctx, &link).await.map(|(_, account)| account.login);
            let link = if login.is_ok() { link.as_str() } else { "" };
            Ok(again(&error, restore_page(&ctx, link, &login.unwrap_or_default(), Some(&error)).await?))
        }
        Err(error) => Err(error),
    }
}

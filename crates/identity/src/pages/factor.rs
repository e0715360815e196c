//! The second factor as pages.

use super::next::{NextQuery, local};
use super::{again, page, problem, shown_in_form, with_cookie};
use crate::factor::{Confirmed, Pending};
use crate::passkey_list;
use crate::session::set_cookie;
use crate::sign_in::needs_factor;
use crate::{
    account_find, factor_begin, factor_confirm, factor_delete, factor_pending, recovery_codes_count,
    recovery_codes_make,
};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use http::StatusCode;
use platform::http::{Form, Note, see_other};
use platform::{Ctx, Error, Result, sql};
use ui::{FieldErrors, Html, Shell};

#[derive(Template)]
#[template(path = "factor.html")]
struct FactorPage {
    shell: Shell,
    on: bool,
    needed: bool,
    pending: Option<Pending>,
    qr: Html,
    codes_left: i64,
    next: String,
    problem: String,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "recovery.html")]
struct RecoveryPage {
    shell: Shell,
    codes: Vec<String>,
    next: String,
}

pub(crate) async fn show(ctx: Ctx, Query(next): NextQuery) -> Result<Response> {
    Ok(page(factor_page(&ctx, next.path(), None).await?, StatusCode::OK))
}

async fn factor_page(ctx: &Ctx, next: &str, error: Option<&Error>) -> Result<String> {
    let account = account_find(ctx, ctx.account()?).await?;
    let shell = Shell::public(ctx, "factor-title").await?.crumb(ctx.t().t("profile-title"), "/tai-khoan");
    let shell = shell.crumb(ctx.t().t("factor-title"), "");
    let pending = factor_pending(ctx, &commune_name(ctx).await?).await?;
    let qr = Html(pending.as_ref().map_or_else(String::new, |pending| pending.qr_svg.clone()));
    let errors = error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, ctx.t()));
    ui::render(&FactorPage {
        shell,
        on: account.has_codes(),
        needed: account.passkeys == 0 && needs_factor(ctx, account.id).await?,
        pending,
        qr,
        codes_left: recovery_codes_count(ctx).await?,
        next: next.to_owned(),
        problem: problem(ctx, error),
        errors,
    })
}

async fn commune_name(ctx: &Ctx) -> Result<String> {
    let name = sql("SELECT name FROM commune WHERE id = $1").bind(ctx.commune).scalar(&ctx.app.db).await?;
    Ok(name.unwrap_or_else(|| "Sân Đình".to_owned()))
}

pub(crate) async fn begin(ctx: Ctx, form: Form) -> Result<Response> {
    let tx = ctx.begin().await?;
    factor_begin(&ctx, &tx).await?;
    tx.commit().await?;
    Ok(see_other(&super::next::with_next("/tai-khoan/xac-thuc", local(form.text("tiep")))))
}

pub(crate) async fn confirm(ctx: Ctx, form: Form) -> Result<Response> {
    let next = local(form.text("tiep"));
    let done = async {
        let tx = ctx.begin().await?;
        let confirmed = factor_confirm(&ctx, &tx, form.text("ma")).await?;
        tx.commit().await?;
        Ok(confirmed)
    };
    match done.await {
        Ok(Confirmed { recovery_codes, session_value }) => {
            let shown = recovery_page(&ctx, recovery_codes, next).await?;
            match session_value {
                Some(value) => with_cookie(shown, &set_cookie(&ctx.app, &value)),
                None => Ok(shown),
            }
        }
        Err(error) if shown_in_form(&error) => {
            Ok(again(&error, factor_page(&ctx, next, Some(&error)).await?))
        }
        Err(error) => Err(error),
    }
}

/// The codes are shown in the answer itself and never again.
async fn recovery_page(ctx: &Ctx, codes: Vec<String>, next: &str) -> Result<Response> {
    let shell = Shell::public(ctx, "recovery-title").await?;
    let next = if next.is_empty() { "/tai-khoan" } else { next }.to_owned();
    Ok(page(ui::render(&RecoveryPage { shell, codes, next })?, StatusCode::OK))
}

pub(crate) async fn recovery(ctx: Ctx) -> Result<Response> {
    let tx = ctx.begin().await?;
    let codes = recovery_codes_make(&ctx, &tx).await?;
    tx.commit().await?;
    recovery_page(&ctx, codes, "").await
}

/// Only in a session that has passed it, and not while a role demands it.
pub(crate) async fn delete(ctx: Ctx) -> Result<Response> {
    let account = ctx.account()?;
    if !ctx.actor.as_ref().is_some_and(|actor| actor.second_factor) {
        return Err(Error { message: "error-second-factor".into(), ..Error::new(platform::Kind::SignIn) });
    }
    let other = passkey_list(&ctx, account).await?.iter().any(|passkey| passkey.suspect_at.is_none());
    if !other && needs_factor(&ctx, account).await? {
        return Err(Error::invalid("factor-needed"));
    }
    let tx = ctx.begin().await?;
    factor_delete(&ctx, &tx, account, false).await?;
    tx.commit().await?;
    Ok(Note::new("factor-deleted").see_other("/dang-nhap"))
}

//! The way to another service and back, and the person's own links to services.

use super::next::{NextQuery, local};
use super::sign_in::{leads_to, sign_in_page};
use super::{again, page, problem, shown_in_form, user_agent, with_cookie};
use crate::provider::arrive::{Arrived, Back, arrive as arrive_at};
use crate::provider::depart::Purpose;
use crate::provider::talk;
use crate::session::{self, set_cookie};
use crate::{identity_delete, identity_list, provider_find, provider_list};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use http::StatusCode;
use platform::http::{Form, Note, cookie, see_other};
use platform::once::{self, Once};
use platform::{Ctx, Error, Result, Uuid};
use ui::Shell;

const HERE: &str = "/tai-khoan/dich-vu";
/// Carries the secret of the browser that set out; no other page reads it.
const COOKIE: &str = "di-qua";
const COOKIE_SECONDS: u32 = 600;

/// One service as its user sees it.
struct Line {
    id: Uuid,
    name: String,
    /// Since when it is linked, and when it was last used; empty when it is not.
    since: String,
    used: String,
}

#[derive(Template)]
#[template(path = "identities.html")]
struct IdentitiesPage {
    shell: Shell,
    lines: Vec<Line>,
    proved: bool,
    key: Uuid,
    problem: String,
}

#[derive(Template)]
#[template(path = "depart.html")]
struct DepartPage {
    shell: Shell,
    url: String,
    name: String,
}

fn travel_cookie(ctx: &Ctx, value: &str, seconds: u32) -> String {
    let secure = if ctx.app.config.secure_cookies() { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/dang-nhap/qua; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

pub(crate) async fn depart(ctx: Ctx, Path(id): Path<Uuid>, Query(next): NextQuery) -> Result<Response> {
    let provider = provider_find(&ctx, id).await?;
    if !provider.active {
        return Err(Error::not_found());
    }
    match talk::depart(&ctx, &provider, Purpose::Enter, next.path()).await {
        Ok((url, browser)) => with_cookie(see_other(&url), &travel_cookie(&ctx, &browser, COOKIE_SECONDS)),
        Err(error) => door(&ctx, next.path(), error).await,
    }
}

/// The sign-in page with what went wrong; the other ways in are there.
async fn door(ctx: &Ctx, next: &str, error: Error) -> Result<Response> {
    if !shown_in_form(&error) {
        return Err(error);
    }
    Ok(again(&error, sign_in_page(ctx, "", next, Some(&error)).await?))
}

#[derive(Default, serde::Deserialize)]
pub(crate) struct BackQuery {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    iss: String,
}

pub(crate) async fn arrive(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<BackQuery>,
) -> Result<Response> {
    let browser = cookie(&ctx.headers, COOKIE).unwrap_or_default();
    let back = Back { state: &query.state, code: &query.code, error: &query.error, issuer: &query.iss };
    let response = match arrive_at(&ctx, id, &back, &browser, user_agent(&ctx)).await {
        Ok(Arrived::In(account, opened, next)) => {
            let to = leads_to(&ctx, &opened, account, local(&next)).await?;
            with_cookie(see_other(&to), &set_cookie(&ctx.app, &opened.value))?
        }
        Ok(Arrived::Linked) => Note::new("identity-linked").see_other(HERE),
        Err(error) if ctx.account_or_none().is_some() && shown_in_form(&error) => {
            again(&error, identities_page(&ctx, Some(&error)).await?)
        }
        Err(error) => door(&ctx, "", error).await?,
    };
    with_cookie(response, &travel_cookie(&ctx, "", 0))
}

pub(crate) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(page(identities_page(&ctx, None).await?, StatusCode::OK))
}

async fn identities_page(ctx: &Ctx, error: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let linked = identity_list(ctx, ctx.account()?).await?;
    let lines = provider_list(ctx).await?.into_iter().filter_map(|provider| {
        let link = linked.iter().find(|link| link.provider_id == provider.id);
        (provider.active || link.is_some()).then(|| Line {
            id: provider.id,
            name: provider.name(ctx.lang).to_owned(),
            since: link.map_or_else(String::new, |link| t.moment(link.linked_at)),
            used: link.and_then(|link| link.last_used_at).map_or_else(String::new, |at| t.moment(at)),
        })
    });
    let lines = lines.collect();
    let shell = Shell::public(ctx, "identities-title").await?.crumb(t.t("profile-title"), "/tai-khoan");
    ui::render(&IdentitiesPage {
        shell: shell.crumb(t.t("identities-title"), ""),
        lines,
        proved: session::proved(ctx).await?,
        key: ctx.new_id(),
        problem: problem(ctx, error),
    })
}

/// A page in between: a form that itself led to another site is refused by the browser, and the person sees where the
/// way goes. A link from elsewhere cannot start this.
pub(crate) async fn link(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    form.key()?;
    let account = ctx.account()?;
    let provider = provider_find(&ctx, id).await?;
    if !provider.active {
        return Err(Error::not_found());
    }
    let departed = async {
        if !session::proved(&ctx).await? {
            return Err(Error::invalid("prove-first"));
        }
        talk::depart(&ctx, &provider, Purpose::Link(account), "").await
    };
    match departed.await {
        Ok((url, browser)) => {
            let t = ctx.t();
            let shell =
                Shell::public(&ctx, "identity-depart").await?.crumb(t.t("profile-title"), "/tai-khoan");
            let shell = shell.crumb(t.t("identities-title"), HERE);
            let name = provider.name(ctx.lang).to_owned();
            let shown = page(ui::render(&DepartPage { shell, url, name })?, StatusCode::OK);
            with_cookie(shown, &travel_cookie(&ctx, &browser, COOKIE_SECONDS))
        }
        Err(error) if shown_in_form(&error) => Ok(again(&error, identities_page(&ctx, Some(&error)).await?)),
        Err(error) => Err(error),
    }
}

pub(crate) async fn unlink(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let key = form.key()?;
    let done = async {
        if let Once::First(tx) = once::begin(&ctx, key).await? {
            identity_delete(&ctx, &tx, id).await?;
            once::finish(&ctx, tx, key, HERE).await?;
        }
        Ok(())
    };
    match done.await {
        Ok(()) => Ok(Note::new("identity-unlinked").see_other(HERE)),
        Err(error) if shown_in_form(&error) => Ok(again(&error, identities_page(&ctx, Some(&error)).await?)),
        Err(error) => Err(error),
    }
}

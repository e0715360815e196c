//! A personal link. Looking at it changes nothing, so that a program which makes a preview spends nothing: a press binds.

use super::group::titled;
use super::rules::{self, COOKIE, lonely};
use super::{missed, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use platform::http::{Form, Note, html, see_other};
use platform::{Ctx, Error, Kind, Result, ids};
use ui::Shell;

#[derive(Template)]
#[template(path = "link-person.html")]
struct PersonPage {
    shell: Shell,
    address: String,
    /// Why the link opens nothing; `""` while it does.
    wrong: String,
    key: String,
}

pub(super) async fn show(ctx: Ctx, Path(link): Path<String>) -> Result<Response> {
    let Some(phone) = store::by_link(&ctx, &ctx.app.db, &ids::secret_hash(&link)).await? else {
        return Err(missed(&ctx)?);
    };
    if let Some((_, here)) = rules::here(&ctx).await?
        && here.id == phone.id
    {
        return Ok(see_other(&format!("/g/viec/{}", phone.task_id)));
    }
    page(&ctx, &link, lonely(phone.standing(ctx.now)).err()).await
}

async fn page(ctx: &Ctx, link: &str, error: Option<Error>) -> Result<Response> {
    let page = PersonPage {
        shell: titled(ctx).await?,
        address: format!("/g/rieng/{link}"),
        wrong: error.as_ref().map(|error| error.message.text(ctx.t())).unwrap_or_default(),
        key: ctx.new_id().to_string(),
    };
    let status = error.map_or(http::StatusCode::OK, |error| error.kind.status());
    Ok((status, html(ui::render(&page)?)).into_response())
}

pub(super) async fn bind(ctx: Ctx, Path(link): Path<String>, sent: Form) -> Result<Response> {
    if store::by_link(&ctx, &ctx.app.db, &ids::secret_hash(&link)).await?.is_none() {
        return Err(missed(&ctx)?);
    }
    let device = ctx.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let device = identity::browser(device.unwrap_or_default());
    let tx = ctx.begin().await?;
    match rules::bind(&ctx, &tx, &link, sent.key()?, &device).await {
        Ok(bound) => {
            tx.commit().await?;
            let mut response = Note::new("office-link-bound").see_other(&format!("/g/viec/{}", bound.task));
            put_cookie(&ctx, &mut response, &bound.cookie)?;
            Ok(response)
        }
        Err(error) => {
            tx.rollback().await?;
            if error.is(Kind::Conflict) { page(&ctx, &link, Some(error)).await } else { Err(error) }
        }
    }
}

/// Scripts cannot read it, forms of other sites do not send it, and no page but those below `/g` gets it. An empty value takes
/// it away.
pub(super) fn put_cookie(ctx: &Ctx, response: &mut Response, value: &str) -> Result<()> {
    let secure = if ctx.app.config.secure_cookies() { "; Secure" } else { "" };
    let age = if value.is_empty() { 0 } else { super::super::policy::Policy::load(ctx)?.phone_seconds() };
    let line = format!("{COOKIE}={value}; Path=/g; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    let line = HeaderValue::from_str(&line).map_err(Error::internal)?;
    response.headers_mut().append(header::SET_COOKIE, line);
    Ok(())
}

//! Following a dossier by its code and the last digits of the applicant's number: no account, no name, no paper.

use crate::dossier::{self, Dossier, Status, events};
use crate::procedure::pinned;
use crate::story::{self, Told};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Throttle, html, see_other};
use platform::{Ctx, Error, Kind, Result};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

/// Tries for one code from one address: four digits must not be guessed.
pub(crate) struct Tries(Throttle<String>);

impl Default for Tries {
    fn default() -> Tries {
        Tries(Throttle::per_minute(6))
    }
}

#[derive(Template)]
#[template(path = "track.html")]
struct AskPage {
    shell: Shell,
    code: String,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "tracked.html")]
struct TrackedPage {
    shell: Shell,
    code: String,
    badge: Html,
    due: String,
    asked: bool,
    told: Vec<Told>,
    sisters: Vec<crate::linked::Sister>,
    done: bool,
    /// Where one complains.
    complain: String,
}

pub(crate) async fn ask(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let code = query.get("ma").map(|text| crate::dossier::typed(text)).unwrap_or_default();
    match query.get("so") {
        Some(digits) if !code.is_empty() => Ok(see_other(&format!("/ho-so/{code}?so={}", digits_of(digits)))),
        _ => page(&ctx, code, FieldErrors::default()).await,
    }
}

/// Digits as somebody typed them.
pub(crate) fn digits_of(digits: &str) -> String {
    digits.chars().filter(char::is_ascii_digit).take(12).collect()
}

async fn page(ctx: &Ctx, code: String, errors: FieldErrors) -> Result<Response> {
    let shell = Shell::public(ctx, "onestop-track").await?;
    Ok(html(ui::render(&AskPage { shell, code, errors })?))
}

/// The dossier of a code, for somebody who knows the last digits of the applicant's number.
pub(crate) async fn proven(ctx: &Ctx, code: &str, digits: &str) -> Result<Option<Dossier>> {
    let code = dossier::typed(code);
    let tries = ctx.app.offers::<Tries>().next().ok_or_else(|| Error::internal("no throttle of tracking"))?;
    let who = ctx.ip.map(|ip| ip.to_string()).unwrap_or_default();
    tries
        .0
        .check(&format!("{who} {code}"), ctx.now)
        .map_err(|wait| Error::too_many("error-too-many", wait))?;
    let found = dossier::by_code(ctx, &code).await?;
    Ok(found.filter(|one| {
        digits.len() >= 4 && !one.last_digits().is_empty() && digits.ends_with(one.last_digits())
    }))
}

pub(crate) async fn show(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let code = crate::dossier::typed(&code);
    let Some(digits) = query.get("so").map(|text| digits_of(text)).filter(|text| !text.is_empty()) else {
        return page(&ctx, code, FieldErrors::default()).await;
    };
    // A code that is none and digits that are wrong look alike.
    let Some(one) = proven(&ctx, &code, &digits).await? else {
        let errors = FieldErrors::default().with("ma", ctx.t().t("onestop-track-none"));
        let answer = page(&ctx, code, errors).await?;
        return Ok((Kind::NotFound.status(), answer).into_response());
    };
    let procedure = pinned(&ctx, &ctx.app.db, &one.procedure_digest).await?;
    let t = ctx.t();
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::public(&ctx, name).await?;
    let shell = shell.crumb(t.t("onestop-track"), "/ho-so").crumb(&one.code, "");
    let all = events(&ctx, &ctx.app.db, one.id).await?;
    let mut told = story::told(&ctx, &procedure, &all, true).await?;
    // What was said stays between the office and the applicant.
    for one in &mut told {
        one.note.clear();
        one.marks.clear();
    }
    let page = TrackedPage {
        badge: story::badge(&ctx, &one),
        due: one.due_at.filter(|_| !one.status.ended()).map(|due| t.moment(due)).unwrap_or_default(),
        asked: matches!(one.status, Status::Supplement | Status::Payment),
        done: matches!(one.status, Status::Processed),
        sisters: crate::linked::sisters(&ctx, &ctx.app.db, &one).await?,
        complain: format!("/ho-so/{}/phan-anh?so={digits}", one.code),
        code: one.code,
        told,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

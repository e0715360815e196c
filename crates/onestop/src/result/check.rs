//! Whoever is shown a paper of the commune asks here whether it is genuine: by the QR code on it, or by its code. The page
//! tells what stands on the paper, with the person's name shortened, and compares a file byte by byte.

use super::model::{Paper, State, typed};
use super::rules::digest;
use super::{store, template};
use askama::Template;
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use platform::http::{Form, Problem, Throttle, html, see_other};
use platform::{Ctx, Error, Kind, Result};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell, Status};

/// Questions from one address: codes must not be tried out.
pub(crate) struct Asked(Throttle<String>);

impl Default for Asked {
    fn default() -> Asked {
        Asked(Throttle::per_minute(30))
    }
}

#[derive(Template)]
#[template(path = "paper-ask.html")]
struct AskPage {
    shell: Shell,
    code: String,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "paper-checked.html")]
struct CheckedPage {
    shell: Shell,
    code: String,
    badge: Html,
    status: Status,
    verdict: String,
    facts: Vec<(String, String)>,
    revoked: String,
    /// What the comparison of a file gave.
    same: Option<bool>,
    errors: FieldErrors,
}

pub(super) async fn ask(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    match query.get("ma").map(|text| typed(text)).filter(|code| !code.is_empty()) {
        Some(code) => Ok(see_other(&format!("/giay-to/{code}"))),
        None => asked(&ctx, String::new(), FieldErrors::default()).await,
    }
}

async fn asked(ctx: &Ctx, code: String, errors: FieldErrors) -> Result<Response> {
    let shell = Shell::public(ctx, "onestop-check").await?;
    Ok(html(ui::render(&AskPage { shell, code, errors })?))
}

pub(super) async fn show(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    told(&ctx, &code, None, FieldErrors::default()).await
}

/// `POST`: the file that somebody was given, beside the one that was issued. It is not kept.
pub(super) async fn compare(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    match sent.uploads.first().filter(|upload| !upload.bytes.is_empty()) {
        Some(upload) => told(&ctx, &code, Some(digest(&upload.bytes)), FieldErrors::default()).await,
        None => {
            let errors = FieldErrors::default().with("tep", ctx.t().t("onestop-file-none"));
            told(&ctx, &code, None, errors).await
        }
    }
}

async fn found(ctx: &Ctx, code: &str) -> Result<Option<Paper>> {
    let asked = ctx.app.offers::<Asked>().next().ok_or_else(|| Error::internal("no throttle of papers"))?;
    let who = ctx.ip.map(|ip| ip.to_string()).unwrap_or_default();
    asked.0.check(&who, ctx.now).map_err(|wait| Error::too_many("error-too-many", wait))?;
    store::by_code(ctx, &typed(code)).await
}

async fn told(ctx: &Ctx, code: &str, given: Option<String>, errors: FieldErrors) -> Result<Response> {
    let t = ctx.t();
    let Some(paper) = found(ctx, code).await? else {
        let errors = FieldErrors::default().with("ma", t.t("onestop-check-none"));
        let answer = asked(ctx, typed(code), errors).await?;
        return Ok((Kind::NotFound.status(), answer).into_response());
    };
    let name = template::begun(ctx, &paper.template, paper.template_from)?.name.of(ctx.lang).to_owned();
    let owner = crate::dossier::by_ids(ctx, &ctx.app.db, &[paper.dossier_id]).await?;
    let owner = owner.first().map(|one| shortened(&one.applicant_name)).unwrap_or_default();
    let valid = paper.state == State::Issued;
    let moment =
        |at: Option<DateTime<Utc>>| at.map(|at| t.date(platform::clock::local_date(at))).unwrap_or_default();
    let facts = [
        ("onestop-check-kind", name),
        ("onestop-paper-number", paper.full_number()),
        ("onestop-paper-day", moment(paper.numbered_at)),
        ("onestop-paper-issuer", t.s("onestop-paper-issuer-is", "commune", &template::commune(ctx).await?)),
        ("onestop-paper-signer", paper.signer_name.clone()),
        ("onestop-paper-for", owner),
    ];
    let shell = Shell::public(ctx, "onestop-check").await?.crumb(t.t("onestop-check"), "/giay-to");
    let wrong = !errors.is_empty();
    let page = CheckedPage {
        shell: shell.crumb(&paper.code, ""),
        badge: super::pages::badge(ctx, paper.state),
        status: if valid { Status::Done } else { Status::Late },
        verdict: t.t(if valid { "onestop-check-valid" } else { "onestop-check-revoked" }),
        facts: facts.into_iter().map(|(key, value)| (t.t(key), value)).collect(),
        revoked: match paper.revoked_at {
            Some(at) => t.s("onestop-check-revoked-on", "day", &moment(Some(at))),
            None => String::new(),
        },
        same: given.map(|given| given == paper.digest),
        code: paper.code,
        errors,
    };
    let answer = html(ui::render(&page)?);
    Ok(if wrong { (Kind::Invalid.status(), answer).into_response() } else { answer })
}

/// "Giàng Thị Mỷ" as "G. T. Mỷ": enough to compare with what one holds in hand, too little to learn a name from.
fn shortened(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let short = |word: &str| word.chars().next().map(|first| format!("{first}.")).unwrap_or_default();
    let last = words.len().saturating_sub(1);
    let shown =
        words.iter().enumerate().map(|(at, word)| if at == last { (*word).to_owned() } else { short(word) });
    shown.collect::<Vec<_>>().join(" ")
}

pub(crate) mod api {
    use super::*;

    /// A paper that the commune issued.
    #[derive(serde::Serialize, utoipa::ToSchema)]
    pub struct CheckedBody {
        code: String,
        /// issued or revoked.
        state: &'static str,
        kind: String,
        /// Number and symbol, `15/GXN-UBND`.
        number: String,
        signer: String,
        issued_at: Option<DateTime<Utc>>,
        revoked_at: Option<DateTime<Utc>>,
        /// The BLAKE3 hash of the issued file, in hexadecimal.
        digest: String,
    }

    /// Whether a paper is genuine, by the code that stands on it.
    #[utoipa::path(get, path = "/api/v1/papers/{code}", tag = "onestop", params(("code" = String, Path)),
        responses((status = 200, body = CheckedBody), (status = 404, body = Problem, content_type = "application/problem+json")))]
    pub async fn check(ctx: Ctx, Path(code): Path<String>) -> Result<Json<CheckedBody>> {
        let paper = found(&ctx, &code).await?.ok_or_else(Error::not_found)?;
        let kind = template::begun(&ctx, &paper.template, paper.template_from)?.name.of(ctx.lang).to_owned();
        Ok(Json(CheckedBody {
            number: paper.full_number(),
            code: paper.code,
            state: paper.state.code(),
            kind,
            signer: paper.signer_name,
            issued_at: paper.issued_at,
            revoked_at: paper.revoked_at,
            digest: paper.digest,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_name_is_shortened_to_its_last_word() {
        assert_eq!(shortened("Giàng Thị Mỷ"), "G. T. Mỷ");
        assert_eq!(shortened("Mỷ"), "Mỷ");
        assert_eq!(shortened(""), "");
    }
}

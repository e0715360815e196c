//! Judging a signed PDF, in plain words. Nothing of the file is kept.

use crate::trust::anchors;
use askama::Template;
use axum::response::{IntoResponse, Response};
use pades::{Fault, Judged};
use platform::files::{self, Accept};
use platform::http::{Form, Throttle, html};
use platform::{Ctx, Error, Kind, Result};
use ui::{FieldErrors, Shell, Status};

/// What is judged.
const SIGNED: Accept = Accept { types: &["application/pdf"], max_bytes: 25 << 20 };

/// Files from one address.
pub(crate) struct Asked(Throttle<String>);

impl Default for Asked {
    fn default() -> Asked {
        Asked(Throttle::per_minute(20))
    }
}

/// What a signature is worth, in one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Everything holds.
    Good,
    /// Intact, but something was added to the file afterwards.
    Added,
    /// Intact, but none of the known authorities vouches for the signer.
    Stranger,
    /// Intact, but the certificate was not valid at that moment.
    OutOfTime,
    /// The signed bytes were changed, or the signature is none of the named signer.
    Broken,
}

impl Verdict {
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Good => "good",
            Verdict::Added => "added",
            Verdict::Stranger => "stranger",
            Verdict::OutOfTime => "out-of-time",
            Verdict::Broken => "broken",
        }
    }

    fn status(self) -> Status {
        match self {
            Verdict::Good => Status::Done,
            Verdict::Added | Verdict::Stranger | Verdict::OutOfTime => Status::Soon,
            Verdict::Broken => Status::Late,
        }
    }
}

/// The verdict on one signature of a file. `last` says that no signature follows it: what follows an earlier one is
/// covered by the later.
pub fn verdict(one: &Judged, last: bool) -> Verdict {
    match one {
        one if !one.intact => Verdict::Broken,
        one if last && !one.whole => Verdict::Added,
        one if !one.in_time => Verdict::OutOfTime,
        one if !one.trusted => Verdict::Stranger,
        _ => Verdict::Good,
    }
}

/// Judges every signature of a PDF, by the authorities of this installation.
///
/// # Errors
/// `Invalid` when the file cannot be read or is locked.
pub async fn judged(ctx: &Ctx, file: Vec<u8>) -> Result<Vec<Judged>> {
    let anchors = anchors(ctx)?;
    let work = move || pades::check(&file, &anchors);
    let done = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
    done.map_err(|fault| match fault {
        Fault::Locked => Error::field("tep", "signing-file-locked"),
        _ => Error::field("tep", "signing-file-broken"),
    })
}

/// A signature as it is told.
struct Told {
    verdict: Verdict,
    title: String,
    line: String,
    facts: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    shell: Shell,
    /// The judged file; `""` before one was sent.
    name: String,
    told: Vec<Told>,
    errors: FieldErrors,
}

pub(crate) async fn ask(ctx: Ctx) -> Result<Response> {
    page(&ctx, String::new(), Vec::new(), FieldErrors::default()).await
}

async fn page(ctx: &Ctx, name: String, told: Vec<Told>, errors: FieldErrors) -> Result<Response> {
    let shell = Shell::public(ctx, "signing-check").await?;
    Ok(html(ui::render(&CheckPage { shell, name, told, errors })?))
}

pub(crate) async fn show(ctx: Ctx, sent: Form) -> Result<Response> {
    let file = match given(&ctx, &sent).await {
        Ok(file) => file,
        Err(error) => return wrong(&ctx, error).await,
    };
    match judged(&ctx, file.bytes).await {
        Ok(all) => {
            let last = all.len().saturating_sub(1);
            let told = all.iter().enumerate().map(|(at, one)| tell(&ctx, one, at == last)).collect();
            page(&ctx, file.name, told, FieldErrors::default()).await
        }
        Err(error) => wrong(&ctx, error).await,
    }
}

/// The file of a form, if it is a PDF and its sender has not sent too many.
pub(crate) async fn given(ctx: &Ctx, sent: &Form) -> Result<files::Prepared> {
    let asked = ctx.app.offers::<Asked>().next().ok_or_else(|| Error::internal("no throttle of files"))?;
    let who = ctx.ip.map(|ip| ip.to_string()).unwrap_or_default();
    asked.0.check(&who, ctx.now).map_err(|wait| Error::too_many("error-too-many", wait))?;
    let upload = sent.uploads.first().ok_or_else(|| Error::field("tep", "signing-file-none"))?;
    // Nothing of it is kept, so it is only looked at.
    let (name, bytes) = (upload.name.clone(), upload.bytes.clone());
    let look = move || files::prepare_now(&name, bytes, SIGNED);
    let file = tokio::task::spawn_blocking(look).await.map_err(Error::internal)?;
    file.map_err(|error| match error.kind {
        Kind::Invalid | Kind::TooLarge if error.fields.is_empty() => {
            Error { kind: error.kind, ..Error::field("tep", error.message) }
        }
        _ => error,
    })
}

async fn wrong(ctx: &Ctx, error: Error) -> Result<Response> {
    if error.fields.is_empty() {
        return Err(error);
    }
    let errors = FieldErrors::from_error(&error, ctx.t());
    let answer = page(ctx, String::new(), Vec::new(), errors).await?;
    Ok((error.kind.status(), answer).into_response())
}

fn tell(ctx: &Ctx, one: &Judged, last: bool) -> Told {
    let t = ctx.t();
    let verdict = verdict(one, last);
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: String| {
        if !value.is_empty() {
            facts.push((t.t(key), value));
        }
    };
    if let Some(certificate) = &one.certificate {
        fact("signing-organisation", certificate.organisation.clone());
        fact("signing-issuer", certificate.issuer.clone());
        fact("signing-serial", certificate.serial.clone());
    }
    fact("signing-at", one.at.map(|at| t.moment(at.with_timezone(&chrono::Utc))).unwrap_or_default());
    fact("signing-reason", one.reason.clone());
    let name = one.certificate.as_ref().map(|certificate| certificate.name.clone());
    Told {
        title: name.filter(|name| !name.is_empty()).unwrap_or_else(|| t.t("signing-nobody")),
        line: t.t(&format!("signing-verdict-{}", verdict.code())),
        verdict,
        facts,
    }
}

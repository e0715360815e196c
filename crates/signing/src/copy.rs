//! The electronic copy of a paper document: a scan with the signature of the agency, and at the top right of its first page the
//! form of the copy, the agency and the moment (Decree 30/2020/NĐ-CP, Annex I: 10 points, upright, black). Nothing of it is kept.

use crate::check::judged;
use crate::elsewhere::SIGNED;
use crate::picture::{Look, look_answer};
use crate::sign::{PASSWORD, sign, unlock};
use crate::usb::Usb;
use askama::Template;
use audit::Entry;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::clock::vietnam;
use platform::files::{self, Prepared};
use platform::http::{Form, download, html};
use platform::{Ctx, Error, Kind, Result};
use serde_json::json;
use sha2::{Digest, Sha256};
use ui::{FieldErrors, Html, Shell};

const PATH: &str = "/lam-viec/chu-ky-so/sao-y";
const FILE: &str = "tep-ban-quet";
const FORM: &str = "hinh-thuc";
/// The copy that the token of the clerk's own computer has signed.
const COPY: &str = "ban-da-ky";
/// The three forms of the decree (Article 25).
const FORMS: [&str; 3] = ["SAO Y", "SAO LỤC", "TRÍCH SAO"];
/// From the right and the upper edge of the page, in points: ten and five millimetres. Three lines end above what stands on a
/// page by the decree.
const EDGES: (f32, f32) = (28.3, 14.2);

#[derive(Template)]
#[template(path = "copy.html")]
struct CopyPage {
    shell: Shell,
    forms: Vec<(String, String)>,
    form: String,
    has_key: bool,
    usb: Html,
    errors: FieldErrors,
}

pub(crate) async fn ask(ctx: Ctx) -> Result<Response> {
    Ok((crate::usb_policy(), html(page(&ctx, "", FieldErrors::default()).await?)).into_response())
}

async fn page(ctx: &Ctx, form: &str, errors: FieldErrors) -> Result<String> {
    let forms = FORMS.iter().map(|form| ((*form).to_owned(), (*form).to_owned()));
    ui::render(&CopyPage {
        shell: Shell::of(ctx, "signing-copy").await?,
        forms: forms.collect(),
        form: form.to_owned(),
        has_key: crate::key::own(ctx, &ctx.app.db).await?.is_some(),
        usb: usb(ctx).await?,
        errors,
    })
}

/// The scan goes to the token from the form in which it was chosen, not from an address here.
async fn usb(ctx: &Ctx) -> Result<Html> {
    let usb = Usb {
        form: format!("{PATH}/da-ky"),
        file: PATH.to_owned(),
        title: ctx.t().t("signing-copy"),
        number: String::new(),
        reason: ctx.t().t("signing-copy-reason"),
        place: agency(ctx).await?,
    };
    usb.html(ctx)
}

/// The answer is the signed copy.
pub(crate) async fn make(ctx: Ctx, sent: Form) -> Result<Response> {
    match made(&ctx, &sent).await {
        Ok((name, bytes)) => {
            let answer = download(&name, "application/pdf", bytes);
            Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
        }
        Err(error) => again(&ctx, &sent, error).await,
    }
}

/// The form once more, with what is wrong at its field.
async fn again(ctx: &Ctx, sent: &Form, error: Error) -> Result<Response> {
    if error.kind != Kind::Invalid || error.fields.is_empty() {
        return Err(error);
    }
    let page = page(ctx, sent.text(FORM), FieldErrors::from_error(&error, ctx.t())).await?;
    Ok((error.kind.status(), crate::usb_policy(), html(page)).into_response())
}

async fn made(ctx: &Ctx, sent: &Form) -> Result<(String, Vec<u8>)> {
    let form = chosen(sent)?;
    let scan = given(sent, FILE).await?;
    let key = unlock(ctx, sent.text(PASSWORD)).await?;
    let look = shown(ctx, form, &key.certificate().name, scan.bytes.clone()).await?;
    let bytes = sign(ctx, key, scan.bytes, (form.to_owned(), String::new()), Some(look)).await?;
    recorded(ctx, form, &bytes).await?;
    Ok((format!("{}-sao.pdf", scan.name.trim_end_matches(".pdf")), bytes))
}

/// What the signature of a token shows on the scan. The certificate is not known yet: the agency is called as on its papers.
pub(crate) async fn drawing(ctx: Ctx, sent: Form) -> Result<Response> {
    let form = chosen(&sent)?;
    let scan = given(&sent, FILE).await?;
    Ok(look_answer(Some(shown(&ctx, form, &agency(&ctx).await?, scan.bytes).await?)))
}

/// The copy as the token signed it: looked at, recorded and handed over.
pub(crate) async fn signed(ctx: Ctx, sent: Form) -> Result<Response> {
    match taken(&ctx, &sent).await {
        Ok(bytes) => {
            let answer = download("ban-sao.pdf", "application/pdf", bytes);
            Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
        }
        Err(error) => again(&ctx, &sent, error).await,
    }
}

async fn taken(ctx: &Ctx, sent: &Form) -> Result<Vec<u8>> {
    let form = chosen(sent)?;
    let copy = given(sent, COPY).await?;
    let all = judged(ctx, copy.bytes.clone()).await.map_err(|error| error.renamed(&[("tep", COPY)]))?;
    let good = all.last().is_some_and(|one| one.intact && one.whole && one.in_time);
    // What it shows is the last thing that was drawn on the page.
    if !good || pades::shown_at(&copy.bytes).map_or(true, |shown| shown.is_empty()) {
        return Err(Error::field(COPY, "signing-copy-unsigned"));
    }
    recorded(ctx, form, &copy.bytes).await?;
    Ok(copy.bytes)
}

fn chosen(sent: &Form) -> Result<&'static str> {
    let form = FORMS.into_iter().find(|form| *form == sent.text(FORM));
    form.ok_or_else(|| Error::field(FORM, "signing-copy-form-none"))
}

async fn agency(ctx: &Ctx) -> Result<String> {
    let unit = units::list(ctx, units::Kind::Commune, ctx.today()).await?.into_iter().next();
    let unit = unit.ok_or_else(|| Error::internal("no unit of the commune"))?;
    Ok(format!("UBND {}", typeset::decree30::commune(&unit.name)))
}

async fn shown(ctx: &Ctx, form: &str, agency: &str, scan: Vec<u8>) -> Result<Look> {
    let at = ctx.now.with_timezone(&vietnam()).format("%d-%m-%Y %H:%M:%S %:z").to_string();
    let (lines, now) = (vec![form.to_owned(), agency.to_owned(), at], ctx.now);
    let work = move || look(&scan, &lines, now);
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

async fn recorded(ctx: &Ctx, form: &str, copy: &[u8]) -> Result<()> {
    let tx = ctx.begin().await?;
    let detail = json!({ "form": form, "digest": hex::encode(Sha256::digest(copy)) });
    let entry = Entry { action: "signature.copy", kind: "commune", id: ctx.commune, detail };
    audit::record(ctx, &tx, entry).await?;
    tx.commit().await
}

async fn given(sent: &Form, field: &'static str) -> Result<Prepared> {
    let upload = sent.uploads.first().ok_or_else(|| Error::field(field, "signing-copy-file-none"))?;
    let (name, bytes) = (upload.name.clone(), upload.bytes.clone());
    let looked = move || files::prepare_now(&name, bytes, SIGNED);
    let file = tokio::task::spawn_blocking(looked).await.map_err(Error::internal)?;
    file.map_err(|error| Error::field(field, error.message))
}

/// The lines at the top right of the first page.
fn look(scan: &[u8], lines: &[String], at: chrono::DateTime<chrono::Utc>) -> Result<Look> {
    let broken = |fault: pades::Fault| match fault {
        pades::Fault::Locked => Error::field(FILE, "signing-file-locked"),
        pades::Fault::Turned => Error::field(FILE, "signing-copy-turned"),
        _ => Error::field(FILE, "signing-file-broken"),
    };
    let [_, _, right, top] = pades::first_page(scan).map_err(broken)?;
    let drawing = typeset::lines(lines, 10.0, at).map_err(Error::internal)?;
    let [left, low, wide, tall] = pades::first_page(&drawing).map_err(Error::internal)?;
    let (right, top) = (right - EDGES.0, top - EDGES.1);
    Ok(Look { page: 1, at: [right - (wide - left), top - (tall - low), right, top], drawing })
}

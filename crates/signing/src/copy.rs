//! The electronic copy of a paper document: a scan with the signature of the agency, and at the top right of its first page the
//! form of the copy, the agency and the moment (Decree 30/2020/NĐ-CP, Annex I: 10 points, upright, black). Nothing of it is kept.

use crate::elsewhere::SIGNED;
use crate::picture::Look;
use crate::sign::{PASSWORD, sign, unlock};
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
use ui::{FieldErrors, Shell};

const FILE: &str = "tep-ban-quet";
const FORM: &str = "hinh-thuc";
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
    errors: FieldErrors,
}

pub(crate) async fn ask(ctx: Ctx) -> Result<Response> {
    Ok(html(page(&ctx, "", FieldErrors::default()).await?).into_response())
}

async fn page(ctx: &Ctx, form: &str, errors: FieldErrors) -> Result<String> {
    let forms = FORMS.iter().map(|form| ((*form).to_owned(), (*form).to_owned()));
    ui::render(&CopyPage {
        shell: Shell::of(ctx, "signing-copy").await?,
        forms: forms.collect(),
        form: form.to_owned(),
        has_key: crate::key::own(ctx, &ctx.app.db).await?.is_some(),
        errors,
    })
}

/// The answer is the signed copy.
pub(crate) async fn make(ctx: Ctx, sent: Form) -> Result<Response> {
    match made(&ctx, &sent).await {
        Ok((name, bytes)) => {
            let answer = download(&name, "application/pdf", bytes);
            Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
        }
        Err(error) if error.kind == Kind::Invalid && !error.fields.is_empty() => {
            let page = page(&ctx, sent.text(FORM), FieldErrors::from_error(&error, ctx.t())).await?;
            Ok((error.kind.status(), html(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn made(ctx: &Ctx, sent: &Form) -> Result<(String, Vec<u8>)> {
    let form = FORMS.into_iter().find(|form| *form == sent.text(FORM));
    let form = form.ok_or_else(|| Error::field(FORM, "signing-copy-form-none"))?;
    let scan = given(sent).await?;
    let key = unlock(ctx, sent.text(PASSWORD)).await?;
    let at = ctx.now.with_timezone(&vietnam()).format("%d-%m-%Y %H:%M:%S %:z").to_string();
    let lines = vec![form.to_owned(), key.certificate().name.clone(), at];
    let (now, before) = (ctx.now, scan.bytes.clone());
    let work = move || look(&before, &lines, now);
    let look = tokio::task::spawn_blocking(work).await.map_err(Error::internal)??;
    let bytes = sign(ctx, key, scan.bytes, (form.to_owned(), String::new()), Some(look)).await?;
    let tx = ctx.begin().await?;
    let detail = json!({ "form": form, "digest": hex::encode(Sha256::digest(&bytes)) });
    let entry = Entry { action: "signature.copy", kind: "commune", id: ctx.commune, detail };
    audit::record(ctx, &tx, entry).await?;
    tx.commit().await?;
    Ok((format!("{}-sao.pdf", scan.name.trim_end_matches(".pdf")), bytes))
}

async fn given(sent: &Form) -> Result<Prepared> {
    let upload = sent.uploads.first().ok_or_else(|| Error::field(FILE, "signing-copy-file-none"))?;
    let (name, bytes) = (upload.name.clone(), upload.bytes.clone());
    let looked = move || files::prepare_now(&name, bytes, SIGNED);
    let file = tokio::task::spawn_blocking(looked).await.map_err(Error::internal)?;
    file.map_err(|error| Error::field(FILE, error.message))
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

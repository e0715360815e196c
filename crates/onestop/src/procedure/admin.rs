//! Procedures for the administrator: which version is in force, a new one by its file, a wrong file told line by line.

use super::Procedure;
use super::catalogue::{catalogue, digest};
use super::file::{self, Fault};
use super::store;
use askama::Template;
use audit::Entry;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use platform::http::{self, Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx};
use serde_json::json;
use ui::{FieldErrors, Shell};

/// No file of a procedure is longer.
const MAX_BYTES: usize = 512 << 10;

struct Line {
    code: String,
    name: String,
    field: String,
    kind: String,
    form: bool,
    from: String,
    uploaded: bool,
    /// Uploaded versions that may be withdrawn: the day, and a key for the form.
    own: Vec<(String, String)>,
}

struct FaultLine {
    line: usize,
    reason: String,
}

#[derive(Template)]
#[template(path = "procedures-keep.html")]
struct KeepPage {
    shell: Shell,
    lines: Vec<Line>,
    /// Changes that are not in force yet.
    begun: Vec<crate::builder::Begun>,
    broken: Vec<(String, Vec<FaultLine>)>,
    faults: Vec<FaultLine>,
    file_name: String,
    from: String,
    key: String,
    errors: FieldErrors,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx).await?)?))
}

async fn page(ctx: &Ctx) -> Result<KeepPage> {
    let shell = Shell::of(ctx, "onestop-menu-procedures").await?;
    let names = super::FieldNames::load(ctx)?;
    let catalogue = catalogue(ctx).await?;
    let uploaded = store::uploaded(ctx).await?;
    let t = ctx.t();
    let mut lines: Vec<Line> = catalogue
        .all
        .values()
        .map(|one| Line {
            code: one.procedure.code.clone(),
            name: one.procedure.name.of(ctx.lang).to_owned(),
            field: names.name(&one.procedure.field),
            kind: t.t(one.procedure.kind.text_key()),
            form: one.procedure.has_own_form(),
            from: t.date(one.from),
            uploaded: one.uploaded,
            own: uploaded
                .iter()
                .filter(|own| own.code == one.procedure.code)
                .map(|own| (own.valid_from.to_string(), ctx.new_id().to_string()))
                .collect(),
        })
        .collect();
    lines.sort_by_key(|line| (vntext::sort_key(&line.field), vntext::sort_key(&line.name)));
    let broken = catalogue.broken.iter().map(|(code, faults)| (code.clone(), told(ctx, faults))).collect();
    Ok(KeepPage {
        lines,
        begun: crate::builder::begun(ctx).await?,
        broken,
        faults: Vec::new(),
        file_name: String::new(),
        from: t.date(ctx.today()),
        key: ctx.new_id().to_string(),
        errors: FieldErrors::default(),
        shell,
    })
}

fn told(ctx: &Ctx, faults: &[Fault]) -> Vec<FaultLine> {
    faults.iter().map(|fault| FaultLine { line: fault.line, reason: fault.reason.text(ctx.t()) }).collect()
}

pub(super) async fn upload(ctx: Ctx, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let mut faults = Vec::new();
    let done = keep(&ctx, &tx, &form, &mut faults).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if error.kind == Kind::Invalid => {
            let mut page = page(&ctx).await?;
            page.faults = told(&ctx, &faults);
            page.file_name = form.uploads.first().map(|file| file.name.clone()).unwrap_or_default();
            page.from = form.text("tu-ngay").to_owned();
            page.errors = FieldErrors::from_error(&error, ctx.t());
            Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn keep(ctx: &Ctx, tx: &Tx, form: &Form, faults: &mut Vec<Fault>) -> Result<(String, Note)> {
    let file = form.uploads.first().ok_or_else(|| Error::field("tep", "onestop-file-none"))?;
    if file.bytes.len() > MAX_BYTES {
        return Err(Error::field("tep", "onestop-file-long"));
    }
    let text = std::str::from_utf8(&file.bytes).map_err(|_| Error::field("tep", "onestop-file-text"))?;
    let procedure = match file::parse(text) {
        Ok(procedure) => procedure,
        Err(found) => {
            *faults = found;
            return Err(Error::field("tep", "onestop-file-wrong"));
        }
    };
    let known = super::FieldNames::load(ctx)?;
    if known.name(&procedure.field) == procedure.field {
        return Err(Error::field(
            "tep",
            platform::Message::new("onestop-file-field").with("value", procedure.field.as_str()),
        ));
    }
    let from = form.date("tu-ngay")?.ok_or_else(|| Error::field("tu-ngay", "error-date"))?;
    file_put(ctx, tx, &procedure, text, from).await?;
    Ok(("/lam-viec/thu-tuc".to_owned(), Note::new("onestop-file-kept")))
}

/// A text that was read as this procedure is in force from a day on.
pub(crate) async fn file_put(
    ctx: &Ctx,
    tx: &Tx,
    procedure: &Procedure,
    text: &str,
    from: NaiveDate,
) -> Result<()> {
    let digest = digest(text);
    store::keep_text(ctx, tx, &digest, &procedure.code, text).await?;
    store::put(ctx, tx, &procedure.code, from, &digest).await?;
    let detail = json!({ "code": procedure.code, "from": from, "digest": digest });
    audit::record(ctx, tx, Entry { action: "procedure.keep", kind: "procedure", id: ctx.commune, detail })
        .await
}

/// The file in force, to change it and upload it again.
pub(super) async fn download(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let catalogue = catalogue(&ctx).await?;
    let in_force = catalogue.get(&code)?;
    let text = if in_force.uploaded {
        store::text(&ctx, &ctx.app.db, &in_force.digest).await?
    } else {
        ctx.app.law.text(&format!("procedures/{code}"), "toml", in_force.from)?.content
    };
    let name = format!("{code}-{}.toml", in_force.from);
    Ok(http::download(&name, "application/toml", text.into_bytes()))
}

/// An uploaded version goes; what was in force before it is again. Dossiers that began with it keep it.
pub(super) async fn withdraw(ctx: Ctx, Path(code): Path<String>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = forget(&ctx, &tx, &code, &form).await;
    settle(&ctx, key, tx, done).await?
}

async fn forget(ctx: &Ctx, tx: &Tx, code: &str, form: &Form) -> Result<(String, Note)> {
    let from = form.date("tu-ngay")?.ok_or_else(|| Error::field("tu-ngay", "error-date"))?;
    if store::withdraw(ctx, tx, code, from).await? == 0 {
        return Err(Error::not_found());
    }
    let detail = json!({ "code": code, "from": from });
    audit::record(
        ctx,
        tx,
        Entry { action: "procedure.withdraw", kind: "procedure", id: ctx.commune, detail },
    )
    .await?;
    Ok(("/lam-viec/thu-tuc".to_owned(), Note::new("onestop-file-withdrawn")))
}

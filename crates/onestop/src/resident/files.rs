//! Pages that were photographed: added one by one, looked at, taken away.

use super::draft::page;
use super::steps::Step;
use crate::dossier::{self, ACCEPT, Given, asked_papers, draft_find};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::http::{Form, Start, see_other, start};
use platform::{Ctx, Error, Kind, Result, Uuid, files, once};
use ui::FieldErrors;

/// Pages of one paper; more is a book.
const PAGES_MAX: usize = 20;

pub(super) async fn add(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let draft = draft_find(&ctx, &ctx.app.db, id).await?;
    let procedure = draft.procedure(&ctx).await?;
    let key = sent.text("giay").to_owned();
    let asked = asked_papers(&procedure, &draft.answers, draft.person_id.is_some());
    if !asked.iter().any(|(paper, _)| paper.key == key) {
        return Err(Error::not_found());
    }
    // Pictures are made small before the transaction: nobody waits for them.
    match prepared(&ctx, &sent, &key, draft.id).await {
        Ok(pages) => {
            let (once_key, tx) = match start(&ctx, &sent).await? {
                Start::Again(answer) => return Ok(answer),
                Start::First(key, tx) => (key, tx),
            };
            dossier::draft_pages_add(&ctx, &tx, id, &key, &pages).await?;
            let url = format!("{}?phan=giay", draft.path());
            once::finish(&ctx, tx, once_key, &url).await?;
            Ok(see_other(&url))
        }
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::TooLarge) => {
            let sentence = error.message.text(ctx.t());
            let errors = FieldErrors::default().with(&format!("giay-{key}"), sentence);
            let page = page(&ctx, &draft, &procedure, Step::Papers, errors).await?;
            Ok((error.kind.status(), page).into_response())
        }
        Err(error) => Err(error),
    }
}

pub(crate) async fn prepared(ctx: &Ctx, sent: &Form, key: &str, draft: Uuid) -> Result<Vec<files::Prepared>> {
    if sent.uploads.is_empty() {
        return Err(Error::invalid("onestop-file-none"));
    }
    let there = dossier::papers(ctx, &ctx.app.db, draft).await?;
    let there = there.iter().filter(|row| row.paper_key == key).count();
    if there + sent.uploads.len() > PAGES_MAX {
        return Err(Error::invalid(platform::Message::new("onestop-pages-max").with("limit", PAGES_MAX)));
    }
    let mut pages = Vec::new();
    for upload in &sent.uploads {
        pages.push(files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), ACCEPT).await?);
    }
    Ok(pages)
}

pub(super) async fn drop(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let draft = draft_find(&ctx, &tx, id).await?;
    dossier::draft_page_drop(&ctx, &tx, draft.id, paper).await?;
    let url = format!("{}?phan=giay", draft.path());
    once::finish(&ctx, tx, key, &url).await?;
    Ok(see_other(&url))
}

pub(super) async fn draft_file(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let draft = draft_find(&ctx, &ctx.app.db, id).await?;
    shown(&ctx, draft.id, paper, &[Given::Paper]).await
}

/// A page of an own dossier.
pub(super) async fn own_file(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let dossier = dossier::find(&ctx, &ctx.app.db, id).await?;
    shown(&ctx, dossier.id, paper, &FOR_APPLICANT).await
}

/// What the applicant sees of a dossier, and what the office sees.
pub(crate) const FOR_APPLICANT: [Given; 2] = [Given::Paper, Given::Result];
pub(crate) const FOR_OFFICE: [Given; 3] = [Given::Paper, Given::Result, Given::Opinion];

/// The bytes of what came in one of these ways, shown in the browser. Pictures and PDF only, so nothing in them runs here.
pub(crate) async fn shown(ctx: &Ctx, dossier: Uuid, paper: Uuid, kinds: &[Given]) -> Result<Response> {
    let row = crate::dossier::paper_one(ctx, dossier, paper).await?;
    if !kinds.contains(&row.kind) {
        return Err(Error::not_found());
    }
    let file = files::find(ctx, &ctx.app.db, row.file_id).await?;
    let bytes = files::read(ctx, &file).await?;
    let headers = [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

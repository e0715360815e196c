//! Signing: with the key that the leader keeps here, or on the leader's own computer with whatever holds the key there.

use super::model::{Paper, State};
use super::pages::again;
use super::rules::{self, Stand};
use super::sheet;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::files::{self, Accept, Prepared};
use platform::http::{Form, Note, Start, see_other, settle, start};
use platform::once::{self, Once};
use platform::{Ctx, Error, Result, Uuid};

const SIGNED: Accept = Accept { types: &["application/pdf"], max_bytes: 25 << 20 };
const REASON: &str = "Ký ban hành";

/// `POST …/ky`: number, signature and the next step in one press.
pub(super) async fn sign(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    if let Some(answer) = done_before(&ctx, &sent).await? {
        return Ok(answer);
    }
    match signed_here(&ctx, id, sent.revision()?, sent.text(signing::PASSWORD)).await {
        Ok((paper, file)) => attached(&ctx, id, &sent, &paper, &file).await,
        Err(error) => again(&ctx, id, None, error).await,
    }
}

/// The number is taken and the paper signed with the reader's own key; nothing is attached yet.
pub(crate) async fn signed_here(
    ctx: &Ctx,
    id: Uuid,
    revision: i64,
    password: &str,
) -> Result<(Paper, Prepared)> {
    let stand = Stand::of(ctx, &ctx.app.db, id).await?;
    if !stand.may.sign {
        return Err(Error::conflict("onestop-not-now"));
    }
    let key = signing::unlock(ctx, password).await?;
    let paper = numbered(ctx, id, revision).await?;
    let file = sheet::pdf(ctx, &paper).await?;
    let place = super::template::commune(ctx).await?;
    let bytes = signing::sign(ctx, key, file, REASON.to_owned(), place).await?;
    Ok((paper.clone(), prepared(ctx, &paper, bytes).await?))
}

async fn numbered(ctx: &Ctx, id: Uuid, revision: i64) -> Result<Paper> {
    let tx = ctx.begin().await?;
    let paper = rules::number(ctx, &tx, id, revision).await?;
    tx.commit().await?;
    Ok(paper)
}

async fn prepared(ctx: &Ctx, paper: &Paper, bytes: Vec<u8>) -> Result<Prepared> {
    files::prepare(ctx, format!("{}.pdf", paper.full_number().replace('/', "-")), bytes, SIGNED).await
}

/// A form that was sent before leads where it led, before anything is signed a second time.
async fn done_before(ctx: &Ctx, sent: &Form) -> Result<Option<Response>> {
    match once::begin(ctx, sent.key()?).await? {
        Once::Again(url) => Ok(Some(see_other(&url))),
        Once::First(tx) => {
            tx.rollback().await?;
            Ok(None)
        }
    }
}

async fn attached(ctx: &Ctx, id: Uuid, sent: &Form, paper: &Paper, file: &Prepared) -> Result<Response> {
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::issue(ctx, &tx, id, paper.revision, file).await;
    let done = done.map(|one| (one.path(), Note::new("onestop-paper-issued")));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, id, None, error).await,
    }
}

/// `POST …/lay-so`: the number is taken, for a signature that is made elsewhere.
pub(super) async fn number(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.revision() {
        Ok(revision) => rules::number(&ctx, &tx, id, revision).await,
        Err(error) => Err(error),
    };
    let url = format!("/lam-viec/mot-cua/{id}/giay-cua-xa");
    match settle(&ctx, key, tx, done.map(|_| (url, Note::new("onestop-paper-numbered")))).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, None, error).await,
    }
}

/// `GET …/ban-ky`: the file to be signed elsewhere.
pub(super) async fn unsigned_file(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let stand = Stand::of(&ctx, &ctx.app.db, id).await?;
    let paper = stand.paper.filter(|paper| paper.state == State::Numbered && stand.may.sign);
    let paper = paper.ok_or_else(Error::not_found)?;
    crate::desk::opened(&ctx, &stand.dossier).await?;
    let bytes = sheet::pdf(&ctx, &paper).await?;
    let name = paper.full_number().replace('/', "-");
    // The number is ASCII but for Đ, which a header cannot carry plainly.
    let plain: String = name.chars().map(|c| if c == 'Đ' { 'D' } else { c }).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}-chua-ky.pdf\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// `POST …/nop-ban-ky`: the same file, signed elsewhere.
pub(super) async fn signed_file(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    if let Some(answer) = done_before(&ctx, &sent).await? {
        return Ok(answer);
    }
    match signed_elsewhere(&ctx, id, &sent).await {
        Ok((paper, file)) => attached(&ctx, id, &sent, &paper, &file).await,
        Err(error) => again(&ctx, id, None, error).await,
    }
}

async fn signed_elsewhere(ctx: &Ctx, id: Uuid, sent: &Form) -> Result<(Paper, Prepared)> {
    const FILE: &str = "ban-da-ky";
    let stand = Stand::of(ctx, &ctx.app.db, id).await?;
    let paper = stand.paper.filter(|paper| paper.state == State::Numbered && stand.may.sign);
    let paper = paper.ok_or_else(|| Error::conflict("onestop-not-now"))?;
    let upload = sent.uploads.first().ok_or_else(|| Error::field(FILE, "onestop-file-none"))?;
    let given = sheet::pdf(ctx, &paper).await?;
    if !upload.bytes.starts_with(&given) {
        return Err(Error::field(FILE, "onestop-paper-other-file"));
    }
    let all = signing::judged(ctx, upload.bytes.clone()).await;
    let all = all.map_err(|_| Error::field(FILE, "onestop-paper-other-file"))?;
    let good = all.last().is_some_and(|one| one.intact && one.whole && one.in_time);
    if !good || all.iter().any(|one| !one.intact) {
        return Err(Error::field(FILE, "onestop-paper-not-signed"));
    }
    let file = prepared(ctx, &paper, upload.bytes.clone()).await?;
    Ok((paper, file))
}

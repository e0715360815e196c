//! Signing: with the key that the leader keeps here, or on the leader's own computer with whatever holds the key there.

use super::model::{Paper, State};
use super::pages::again;
use super::rules::{self, Stand};
use super::sheet;
use axum::extract::Path;
use axum::response::Response;
use platform::files::Prepared;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Uuid};
use ui::Html;

const REASON: &str = "Ký ban hành";

/// `POST …/ky`: number, signature and the next step in one press.
pub(super) async fn sign(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    if let Some(answer) = signing::done_before(&ctx, &sent).await? {
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
    let look = signing::look(ctx, sheet::room(ctx, &paper).await?).await?;
    let bytes = signing::sign(ctx, key, file, (REASON.to_owned(), place), look).await?;
    Ok((paper.clone(), prepared(ctx, &paper, bytes).await?))
}

async fn numbered(ctx: &Ctx, id: Uuid, revision: i64) -> Result<Paper> {
    let tx = ctx.begin().await?;
    let paper = rules::number(ctx, &tx, id, revision).await?;
    tx.commit().await?;
    Ok(paper)
}

async fn prepared(ctx: &Ctx, paper: &Paper, bytes: Vec<u8>) -> Result<Prepared> {
    signing::prepared(ctx, format!("{}.pdf", paper.full_number().replace('/', "-")), bytes).await
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
    Ok(signing::given_out(&paper.full_number().replace('/', "-"), bytes))
}

/// `GET …/ban-ky/hinh`: what the leader's signature shows on it, for the signing agent.
pub(super) async fn look(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let stand = Stand::of(&ctx, &ctx.app.db, id).await?;
    let paper = stand.paper.filter(|paper| paper.state == State::Numbered && stand.may.sign);
    let paper = paper.ok_or_else(Error::not_found)?;
    Ok(signing::look_answer(signing::look(&ctx, sheet::room(&ctx, &paper).await?).await?))
}

/// The third way to sign, on the page of a paper that has its number.
pub(super) async fn usb(ctx: &Ctx, path: &str, name: &str, paper: &Paper) -> Result<Html> {
    let usb = signing::Usb {
        form: format!("{path}/nop-ban-ky"),
        file: format!("{path}/ban-ky"),
        title: format!("{name}: {}", paper.subject),
        number: paper.full_number(),
        reason: REASON.to_owned(),
        place: super::template::commune(ctx).await?,
    };
    usb.html(ctx)
}

/// `POST …/nop-ban-ky`: the same file, signed elsewhere.
pub(super) async fn signed_file(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    if let Some(answer) = signing::done_before(&ctx, &sent).await? {
        return Ok(answer);
    }
    match signed_elsewhere(&ctx, id, &sent).await {
        Ok((paper, file)) => attached(&ctx, id, &sent, &paper, &file).await,
        Err(error) => again(&ctx, id, None, error).await,
    }
}

async fn signed_elsewhere(ctx: &Ctx, id: Uuid, sent: &Form) -> Result<(Paper, Prepared)> {
    let stand = Stand::of(ctx, &ctx.app.db, id).await?;
    let paper = stand.paper.filter(|paper| paper.state == State::Numbered && stand.may.sign);
    let paper = paper.ok_or_else(|| Error::conflict("onestop-not-now"))?;
    let given = sheet::pdf(ctx, &paper).await?;
    let bytes = signing::given_back(ctx, sent, "ban-da-ky", &given).await?;
    let file = prepared(ctx, &paper, bytes).await?;
    Ok((paper, file))
}

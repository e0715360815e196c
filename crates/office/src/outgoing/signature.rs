//! The signatures: the leader's, with the key kept here, or on the own computer with whatever holds the key there; and behind
//! it the agency's, where the commune has a seal.

use super::model::{Document, State};
use super::pass::{allowed, may};
use super::show::again;
use super::{issue, sheet, store};
use axum::extract::Path;
use axum::response::Response;
use platform::files::{self, Prepared};
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Uuid};
use ui::Html;

const REASON: &str = "Ký ban hành";
const SEAL: &str = "Ký số của cơ quan";
const FILE: &str = "ban-da-ky";

/// `POST …/ky`: number, signature and issue in one press.
pub(super) async fn sign(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    if let Some(answer) = signing::done_before(&ctx, &sent).await? {
        return Ok(answer);
    }
    match signed_here(&ctx, id, sent.revision()?, sent.text(signing::PASSWORD)).await {
        Ok((one, file)) => attached(&ctx, id, &sent, one.revision, &file).await,
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}

/// The number is taken and the paper signed with the reader's own key; nothing is attached yet.
pub(super) async fn signed_here(
    ctx: &Ctx,
    id: Uuid,
    revision: i64,
    password: &str,
) -> Result<(Document, Prepared)> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    allowed(may(ctx, &one).sign)?;
    let key = signing::unlock(ctx, password).await?;
    let tx = ctx.begin().await?;
    let one = issue::number(ctx, &tx, id, revision).await?;
    tx.commit().await?;
    let paper = sheet::pdf(ctx, &one).await?;
    let said = (REASON.to_owned(), sheet::place(ctx).await?);
    let look = signing::look(ctx, sheet::room(ctx, &one).await?).await?;
    let bytes = signing::sign(ctx, key, paper, said, look).await?;
    let file = signing::prepared(ctx, format!("{}.pdf", one.file_stem()), bytes).await?;
    Ok((one, file))
}

async fn attached(ctx: &Ctx, id: Uuid, sent: &Form, revision: i64, file: &Prepared) -> Result<Response> {
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = issue::signed(ctx, &tx, id, revision, file).await;
    let note = |one: &Document| match one.state {
        State::Numbered => "office-outgoing-signed-now",
        _ => "office-outgoing-issued-now",
    };
    let done = done.map(|one| (one.path(), Note::new(note(&one))));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, id, sent, error).await,
    }
}

/// The file to which the next signature is added: the paper, or the paper with the leader's signature.
async fn given(ctx: &Ctx, one: &Document) -> Result<Vec<u8>> {
    match one.file_id {
        Some(file) => files::read(ctx, &files::find(ctx, &ctx.app.db, file).await?).await,
        None => sheet::pdf(ctx, one).await,
    }
}

/// `POST …/dong-dau`: the signature of the agency, and issue, in one press of the clerk.
pub(super) async fn seal(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    if let Some(answer) = signing::done_before(&ctx, &sent).await? {
        return Ok(answer);
    }
    match sealed(&ctx, id, sent.text(signing::PASSWORD)).await {
        Ok(file) => attached(&ctx, id, &sent, sent.revision()?, &file).await,
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}

async fn sealed(ctx: &Ctx, id: Uuid, password: &str) -> Result<Prepared> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    allowed(may(ctx, &one).seal)?;
    let key = signing::unlock(ctx, password).await?;
    let paper = given(ctx, &one).await?;
    let look = signing::seal_look(ctx, &paper, sheet::room(ctx, &one).await?).await?;
    let said = (SEAL.to_owned(), sheet::place(ctx).await?);
    let bytes = signing::sign(ctx, key, paper, said, look).await?;
    signing::prepared(ctx, format!("{}.pdf", one.file_stem()), bytes).await
}

async fn numbered(ctx: &Ctx, id: Uuid) -> Result<Document> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    if one.state == State::Numbered && may(ctx, &one).give_back {
        Ok(one)
    } else {
        Err(Error::conflict("office-outgoing-not-now"))
    }
}

/// `GET …/ban-ky`: the file to be signed elsewhere.
pub(super) async fn unsigned_file(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    if one.state != State::Numbered {
        return Err(Error::not_found());
    }
    Ok(signing::given_out(&one.file_stem(), given(&ctx, &one).await?))
}

/// `GET …/ban-ky/hinh`: what the reader's signature shows on it, for the signing agent.
pub(super) async fn look(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    if one.state != State::Numbered {
        return Err(Error::not_found());
    }
    let (may, room) = (may(&ctx, &one), sheet::room(&ctx, &one).await?);
    Ok(signing::look_answer(match may {
        may if may.seal => signing::seal_look(&ctx, &given(&ctx, &one).await?, room).await?,
        may if may.sign => signing::look(&ctx, room).await?,
        // The clerk hands in for the leader, and has no hand in it.
        _ => None,
    }))
}

/// The third way to sign, on the page of a document that has its number.
pub(super) async fn usb(ctx: &Ctx, one: &Document, kind: &str) -> Result<Html> {
    let usb = signing::Usb {
        form: format!("{}/nop-ban-ky", one.path()),
        file: format!("{}/ban-ky", one.path()),
        title: format!("{kind}: {}", one.subject),
        number: one.full_number(),
        reason: if one.to_be_sealed() { SEAL } else { REASON }.to_owned(),
        place: sheet::place(ctx).await?,
    };
    usb.html(ctx)
}

/// `POST …/nop-ban-ky`: the same file, signed elsewhere.
pub(super) async fn signed_file(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    if let Some(answer) = signing::done_before(&ctx, &sent).await? {
        return Ok(answer);
    }
    match signed_elsewhere(&ctx, id, &sent).await {
        Ok((one, file)) => attached(&ctx, id, &sent, one.revision, &file).await,
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}

pub(super) async fn signed_elsewhere(ctx: &Ctx, id: Uuid, sent: &Form) -> Result<(Document, Prepared)> {
    let one = numbered(ctx, id).await?;
    let given = given(ctx, &one).await?;
    let bytes = signing::given_back(ctx, sent, FILE, &given).await?;
    let file = signing::prepared(ctx, format!("{}.pdf", one.file_stem()), bytes).await?;
    Ok((one, file))
}

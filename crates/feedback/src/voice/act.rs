//! The forms of a matter, and those of its talk below a report.

use super::model::Why;
use super::rules::{self, Turning};
use super::{PATH, show};
use crate::kinds::Kinds;
use crate::model::Part;
use crate::upload::{self, Ready};
use crate::{handle, work};
use axum::extract::Path;
use axum::response::Response;
use messages::channel::voice::{self, How, PictureState};
use platform::http::{Form, Note};
use platform::{Ctx, Error, Result, Tx, Uuid, files};
use ui::back;

/// Runs a rule from the page of a matter.
async fn act<R>(ctx: &Ctx, id: Uuid, sent: &Form, rule: R) -> Result<Response>
where
    R: AsyncFnOnce(&Tx) -> Result<(String, Note)>,
{
    back::act(ctx, sent, rule, async |back| show::drawn(ctx, id, back).await).await
}

pub(super) async fn turn(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let files = pictures(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let turning = Turning {
            kind: sent.text("loai"),
            village: sent.id("thon")?,
            place_words: sent.text("cho"),
            words: sent.text("noi-dung"),
            name: sent.text("ten"),
            tells: sent.ticked("bao"),
            files,
        };
        let report = rules::turn(&ctx, tx, id, sent.revision()?, turning).await?;
        let readable = !report.closed || ctx.may("feedback.closed");
        let to = if readable { report.work_path() } else { PATH.to_owned() };
        Ok((to, Note::new("feedback-voice-turned")))
    };
    act(&ctx, id, &sent, rule).await
}

/// The pictures that were fetched, with small copies, as a report has them.
pub(super) async fn pictures(ctx: &Ctx, id: Uuid) -> Result<Vec<Ready>> {
    let open = rules::find(ctx, &ctx.app.db, id).await?;
    let most = Kinds::load(ctx)?.photos_most;
    let all = voice::pictures_of(ctx, &ctx.app.db, &[open.talk.id]).await?;
    let mine = |one: &&voice::Picture| open.lines.iter().any(|line| line.id == one.line_id);
    let kept = all.iter().filter(mine).filter(|one| one.state == PictureState::Kept);
    let mut ready = Vec::new();
    for file in kept.filter_map(|one| one.file_id).take(most) {
        let found = files::find(ctx, &ctx.app.db, file).await?;
        let bytes = files::read(ctx, &found).await?;
        ready.push(upload::picture(ctx, &found.name, bytes, Part::Sent).await?);
    }
    Ok(ready)
}

pub(super) async fn join(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let other = sent.id("vao")?.ok_or_else(|| Error::field("vao", "error-choose"))?;
        let report = rules::join(&ctx, tx, id, sent.revision()?, other, sent.ticked("bao")).await?;
        Ok((report.work_path(), Note::new("feedback-voice-joined")))
    };
    act(&ctx, id, &sent, rule).await
}

fn how(sent: &Form) -> Result<How> {
    How::parse(sent.text("cach")).ok_or_else(|| Error::field("cach", "error-choose"))
}

pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        rules::answer(&ctx, tx, id, sent.revision()?, how(&sent)?, sent.text("loi")).await?;
        Ok((format!("{PATH}/{id}"), Note::new("feedback-voice-answered")))
    };
    act(&ctx, id, &sent, rule).await
}

pub(super) async fn aside(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let why = Why::parse(sent.text("vi-sao")).ok_or_else(|| Error::field("vi-sao", "error-choose"))?;
        rules::aside(&ctx, tx, id, Some(sent.revision()?), why).await?;
        let note = Note::new("feedback-voice-aside-done").undo(format!("{PATH}/{id}/lay-lai"));
        Ok((PATH.to_owned(), note))
    };
    act(&ctx, id, &sent, rule).await
}

/// It waits again; pressed twice it waits all the same.
pub(super) async fn restore(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let tx = ctx.begin().await?;
    rules::restore(&ctx, &tx, id).await?;
    tx.commit().await?;
    Ok(Note::new("feedback-voice-restored").see_other(&format!("{PATH}/{id}")))
}

pub(super) async fn clear(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        if !ctx.may("feedback.closed") {
            return Err(Error::not_found());
        }
        rules::clear(&ctx, tx, id, sent.revision()?).await?;
        Ok((format!("{PATH}/{id}"), Note::new("feedback-voice-cleared")))
    };
    act(&ctx, id, &sent, rule).await
}

/// From the page of a report: the rule, and the page again with what was wrong.
async fn below<R>(ctx: &Ctx, report: Uuid, sent: &Form, rule: R) -> Result<Response>
where
    R: AsyncFnOnce(&Tx, &crate::Report) -> Result<Note>,
{
    let (key, tx) = match platform::http::start(ctx, sent).await? {
        platform::http::Start::Again(answer) => return Ok(answer),
        platform::http::Start::First(key, tx) => (key, tx),
    };
    let done = async {
        let one = handle::find(ctx, &tx, report).await?;
        if !handle::may_settle(ctx, &*Kinds::load(ctx)?, &one) {
            return Err(Error::forbidden());
        }
        let note = rule(&tx, &one).await?;
        Ok((one.work_path(), note))
    }
    .await;
    match platform::http::settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => work::again(ctx, report, sent, error).await,
    }
}

fn matter(sent: &Form) -> Result<Uuid> {
    sent.id("tin")?.ok_or_else(|| Error::field("tin", "error-choose"))
}

pub(super) async fn go_on(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx, one: &crate::Report| {
        let done = rules::go_on(&ctx, tx, one, matter(&sent)?, how(&sent)?, sent.text("nhan")).await;
        // The page of a report has other fields of these names.
        done.map_err(|error| error.renamed(&[("loi", "nhan"), ("cach", "nhan")]))?;
        Ok(Note::new("feedback-voice-sent"))
    };
    below(&ctx, id, &sent, rule).await
}

pub(super) async fn tells(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx, one: &crate::Report| {
        rules::tells(&ctx, tx, one, matter(&sent)?, sent.text("bao") == "1").await?;
        Ok(Note::new("feedback-voice-tells-done"))
    };
    below(&ctx, id, &sent, rule).await
}

pub(super) async fn again(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx, one: &crate::Report| {
        let open = rules::find(&ctx, tx, matter(&sent)?).await?;
        let line = sent.id("loi-nhan")?.ok_or_else(Error::not_found)?;
        if open.one.report_id != Some(one.id) || !open.lines.iter().any(|known| known.id == line) {
            return Err(Error::not_found());
        }
        voice::again(&ctx, tx, line).await?;
        Ok(Note::new("feedback-voice-sent"))
    };
    below(&ctx, id, &sent, rule).await
}

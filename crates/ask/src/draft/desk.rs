//! A consultation on the work side: the text, the comments to be read and answered, the summary.

use super::public::{Said, said};
use super::rules::{self, Verdict};
use super::store::{self, Comment, CommentState};
use crate::matter::{Frame, Kind, Matter, Standing, WORK, frame, kept, press};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Upload, html};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::Shell;
use ui::back::{Back, again};
use vnsheet::Value;

struct Line {
    id: Uuid,
    on: String,
    said: Said,
    held: bool,
    shown: bool,
    ticked: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "draft-desk.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    parts: Vec<(String, String)>,
    text: String,
    lines: Vec<Line>,
    verdicts: Vec<(String, String)>,
    typed: Vec<String>,
    answers: bool,
    over: bool,
}

/// "khoản 2 Điều 3", or "Đoạn 7" of a paragraph without a name.
fn place(ctx: &Ctx, parts: &[store::Part], position: i64) -> String {
    let t = ctx.t();
    match parts.iter().find(|part| part.position == position) {
        None => t.t("ask-on-whole"),
        Some(part) if part.mark.is_empty() => t.n("ask-on-part", "count", part.position),
        Some(part) => part.mark.clone(),
    }
}

pub(crate) async fn page(ctx: &Ctx, one: &Matter, back: Back) -> Result<String> {
    let t = ctx.t();
    let standing = one.standing(ctx.today());
    let parts = store::list(ctx, &ctx.app.db, one.id).await?;
    let comments = store::comments(ctx, &ctx.app.db, one.id).await?;
    let (shell, frame) = frame(ctx, one, &back).await?;
    let ticked =
        |id: Uuid| back.sent().is_some_and(|sent| sent.all("chon").any(|value| value == id.to_string()));
    let line = |comment: &Comment| Line {
        id: comment.id,
        on: place(ctx, &parts, comment.position),
        said: said(ctx, comment),
        held: comment.state == CommentState::Held,
        shown: comment.state != CommentState::Refused,
        ticked: ticked(comment.id),
        key: ctx.new_id().to_string(),
    };
    let text: Vec<&str> = parts.iter().map(|part| part.words.as_str()).collect();
    ui::render(&Page {
        parts: parts.iter().map(|part| (part.mark.clone(), part.words.clone())).collect(),
        text: back.or("van-ban", &text.join("\n")),
        lines: comments.iter().map(line).collect(),
        verdicts: Verdict::ALL.iter().map(|one| (one.code().to_owned(), t.t(one.text_key()))).collect(),
        typed: ["ket-qua", "tra-loi"].map(|name| back.or(name, "")).to_vec(),
        answers: frame.keeps && matches!(standing, Standing::Open | Standing::Over),
        over: frame.keeps && standing == Standing::Over,
        shell,
        frame,
    })
}

/// The words of a Word file.
async fn words(upload: &Upload) -> Result<String> {
    let bytes = upload.bytes.clone();
    let read = tokio::task::spawn_blocking(move || docx::text(&bytes)).await.map_err(Error::internal)?;
    read.ok().flatten().ok_or_else(|| Error::field("tep", "ask-file-unread"))
}

pub(super) async fn text(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let text = match sent.uploads.first() {
        Some(upload) => words(upload).await,
        None => Ok(sent.text("van-ban").to_owned()),
    };
    let text = match text {
        Ok(text) => text,
        Err(error) => return again(&ctx, &sent, error, async |back| page(&ctx, &one, back).await).await,
    };
    let rule = async |tx: &Tx| {
        let count = rules::set_text(&ctx, tx, id, &text).await?;
        Ok((one.work_path(), Note::new(Message::new("ask-text-set").with("count", count))))
    };
    press(&ctx, &one, &sent, rule).await
}

pub(super) async fn decide(
    ctx: Ctx,
    Path((id, comment)): Path<(Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let state = match sent.text("lam") {
            "hien" => CommentState::Shown,
            "tu-choi" => CommentState::Refused,
            _ => return Err(Error::invalid("error-choose")),
        };
        rules::decide(&ctx, tx, &one, comment, state).await?;
        Ok((one.work_path(), Note::new(state.text_key())))
    };
    press(&ctx, &one, &sent, rule).await
}

pub(super) async fn reply(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let ids: Result<Vec<Uuid>> =
            sent.all("chon").map(|id| id.parse().map_err(|_| Error::field("chon", "error-choose"))).collect();
        let verdict = Verdict::parse(sent.text("ket-qua"));
        let count = rules::reply(&ctx, tx, &one, &ids?, verdict, sent.text("tra-loi")).await?;
        Ok((one.work_path(), Note::new(Message::new("ask-replied").with("count", count))))
    };
    press(&ctx, &one, &sent, rule).await
}

pub(super) async fn publish(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let done = rules::publish_summary(&ctx, tx, &one).await?;
        Ok((done.work_path(), Note::new("ask-summary-out")))
    };
    press(&ctx, &one, &sent, rule).await
}

struct Row {
    on: String,
    body: String,
    name: String,
    verdict: String,
    reply: String,
}

/// The table of the summary: what was shown, by paragraph.
async fn rows(ctx: &Ctx, one: &Matter) -> Result<Vec<Row>> {
    let parts = store::list(ctx, &ctx.app.db, one.id).await?;
    let comments = store::comments(ctx, &ctx.app.db, one.id).await?;
    let verdict = |code: &str| Verdict::parse(code).map(|one| ctx.t().t(one.text_key())).unwrap_or_default();
    let row = |one: &Comment| Row {
        on: place(ctx, &parts, one.position),
        body: one.body.clone(),
        name: one.name.clone(),
        verdict: verdict(&one.verdict),
        reply: one.reply.clone(),
    };
    Ok(comments.iter().filter(|one| one.state == CommentState::Shown).map(row).collect())
}

#[derive(Template)]
#[template(path = "draft-sheet.html")]
struct SheetPage {
    shell: Shell,
    title: String,
    days: String,
    path: String,
    rows: Vec<Row>,
    stances: Vec<(String, i64, i64)>,
}

/// The summary, to be signed and filed.
pub(super) async fn sheet(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    if one.kind != Kind::Draft {
        return Err(Error::not_found());
    }
    let t = ctx.t();
    let parts = store::list(&ctx, &ctx.app.db, id).await?;
    let stances = store::stances(&ctx, id).await?;
    let shell = Shell::of(&ctx, "ask-summary").await?.crumb(t.t("ask-menu"), WORK);
    Ok(html(ui::render(&SheetPage {
        shell: shell.crumb(one.title.clone(), &one.work_path()).crumb(t.t("ask-summary"), ""),
        days: one.days(t),
        path: one.work_path(),
        rows: rows(&ctx, &one).await?,
        stances: stances.into_iter().map(|(at, yes, no)| (place(&ctx, &parts, at), yes, no)).collect(),
        title: one.title,
    })?))
}

/// The summary as a file.
pub(crate) async fn export(ctx: &Ctx, one: &Matter, asked: &HashMap<String, String>) -> Result<Response> {
    let format = asked.get("dinh-dang").and_then(|format| Format::parse(format));
    let format = format.filter(|_| one.kind == Kind::Draft).ok_or_else(Error::not_found)?;
    let row = |row: Row| [row.on, row.body, row.name, row.verdict, row.reply].map(Value::Text).to_vec();
    let headings = ["ask-paragraph", "ask-comment", "ask-name", "ask-verdict", "ask-reply"];
    Sheet {
        name: one.title.clone(),
        headings: headings.map(|key| ctx.t().t(key)).to_vec(),
        rows: rows(ctx, one).await?.into_iter().map(row).collect(),
    }
    .answer(ctx, &format)
}

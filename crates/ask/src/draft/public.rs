//! A draft as everybody reads it: paragraph by paragraph, with what others said and what the office answers.

use super::rules::{self, Verdict};
use super::store::{self, Comment, CommentState};
use crate::matter::{Head, Kind, Matter, Standing, head};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Result, Tx, Uuid};
use ui::back::{Back, act, key};
use ui::{FieldErrors, Html, Shell, Status};

pub(super) struct Said {
    pub name: String,
    pub at: String,
    pub body: String,
    pub badge: Html,
    pub reply: String,
}

struct Paragraph {
    position: i64,
    mark: String,
    words: String,
    class: &'static str,
    agree: i64,
    disagree: i64,
    comments: Vec<Said>,
    keys: [String; 2],
    /// The form of this paragraph came back.
    typed: Option<String>,
}

#[derive(Template)]
#[template(path = "draft-show.html")]
struct Page {
    shell: Shell,
    head: Head,
    path: String,
    paragraphs: Vec<Paragraph>,
    open: bool,
    writes: bool,
    whole: Vec<Said>,
    summary: Vec<(String, String)>,
    key: String,
    typed: Option<String>,
    errors: FieldErrors,
    wrong: String,
}

async fn draft(ctx: &Ctx, id: Uuid) -> Result<Matter> {
    let one = crate::matter::store::find(ctx, &ctx.app.db, id).await?;
    if one.kind == Kind::Draft { Ok(one) } else { Err(Error::not_found()) }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = draft(&ctx, id).await?;
    Ok(html(page(&ctx, &one, Back::default()).await?))
}

pub(super) fn said(ctx: &Ctx, one: &Comment) -> Said {
    let t = ctx.t();
    let badge = match (one.state, Verdict::parse(&one.verdict)) {
        (CommentState::Held, _) => Status::Waiting.badge(&t.t("ask-comment-held")),
        (CommentState::Refused, _) => Status::Off.badge(&t.t(one.state.text_key())),
        (_, Some(verdict)) => {
            let status = if verdict == Verdict::Not { Status::Off } else { Status::Done };
            status.badge(&t.t(verdict.text_key()))
        }
        (_, None) => Html(String::new()),
    };
    Said {
        name: one.name.clone(),
        at: t.moment(one.at),
        body: one.body.clone(),
        badge,
        reply: one.reply.clone(),
    }
}

async fn page(ctx: &Ctx, one: &Matter, back: Back) -> Result<String> {
    let standing = one.standing(ctx.today());
    let (shell, head) = head(ctx, one).await?;
    let parts = store::list(ctx, &ctx.app.db, one.id).await?;
    let stances = store::stances(ctx, one.id).await?;
    let comments = store::comments(ctx, &ctx.app.db, one.id).await?;
    let me = ctx.account_or_none();
    let seen = |one: &&Comment| {
        one.state == CommentState::Shown || (one.state == CommentState::Held && me == Some(one.account_id))
    };
    let on = |position: i64| {
        comments
            .iter()
            .filter(seen)
            .filter(|one| one.position == position)
            .map(|one| said(ctx, one))
            .collect()
    };
    let came_back =
        |position: i64| (back.text("doan") == position.to_string()).then(|| back.text("gop-y").to_owned());
    let paragraph = |part: &store::Part| {
        let (_, agree, disagree) =
            stances.iter().find(|(at, ..)| *at == part.position).copied().unwrap_or_default();
        Paragraph {
            position: part.position,
            mark: part.mark.clone(),
            words: part.words.clone(),
            class: ["ask-part ask-part-0", "ask-part ask-part-1", "ask-part", "ask-part ask-part-3"]
                [usize::try_from(part.depth).unwrap_or(2).min(3)],
            agree,
            disagree,
            comments: on(part.position),
            keys: [key(ctx), key(ctx)],
            typed: came_back(part.position),
        }
    };
    let shown = || comments.iter().filter(|one| one.state == CommentState::Shown);
    let answered = |verdict: &Verdict| {
        let count = shown().filter(|one| one.verdict == verdict.code()).count();
        (ctx.t().t(verdict.text_key()), count.to_string())
    };
    let summary =
        if standing == Standing::Done { Verdict::ALL.iter().map(answered).collect() } else { Vec::new() };
    ui::render(&Page {
        path: one.path(),
        paragraphs: parts.iter().map(paragraph).collect(),
        open: standing == Standing::Open,
        writes: standing == Standing::Open && me.is_some(),
        whole: on(0),
        summary,
        key: key(ctx),
        typed: came_back(0),
        errors: back.errors,
        wrong: back.wrong,
        head,
        shell,
    })
}

fn position(sent: &Form) -> Result<i64> {
    sent.text("doan").parse().map_err(|_| Error::not_found())
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = draft(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let position = position(&sent)?;
        rules::comment(&ctx, tx, &one, position, sent.text("gop-y")).await?;
        Ok((format!("{}#doan-{position}", one.path()), Note::new("ask-comment-taken")))
    };
    act(&ctx, &sent, rule, async |back| page(&ctx, &one, back).await).await
}

pub(super) async fn stand(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = draft(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let position = position(&sent)?;
        let agrees = match sent.text("lam") {
            "dong-y" => true,
            "khong" => false,
            _ => return Err(Error::invalid("error-choose")),
        };
        rules::stand(&ctx, tx, &one, position, agrees).await?;
        Ok((format!("{}#doan-{position}", one.path()), Note::new("ask-stood")))
    };
    act(&ctx, &sent, rule, async |back| page(&ctx, &one, back).await).await
}

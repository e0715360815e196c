//! A poll as everybody sees it: the questions while it runs, the numbers when they are to be seen.

use super::answer::{self, COOKIE, Voter};
use super::{desk, store};
use crate::bars::Bars;
use crate::matter::{Head, Kind, Matter, Shown, Standing, Who, head};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use http::{HeaderValue, header};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind as Fault, Result, Uuid};
use ui::back::{Back, again, key};
use ui::{FieldErrors, Shell};

struct Asked {
    position: i64,
    words: String,
    several: bool,
    free: bool,
    choices: Vec<(i64, String, bool)>,
    typed: String,
    error: String,
    words_error: String,
}

#[derive(Template)]
#[template(path = "poll-show.html")]
struct Page {
    shell: Shell,
    head: Head,
    path: String,
    questions: Vec<Asked>,
    /// The reader may answer now.
    open: bool,
    hindrance: String,
    answered: bool,
    secret: String,
    charts: Vec<Bars>,
    given: String,
    later: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

async fn poll(ctx: &Ctx, id: Uuid) -> Result<Matter> {
    let one = crate::matter::store::find(ctx, &ctx.app.db, id).await?;
    if one.kind == Kind::Poll { Ok(one) } else { Err(Error::not_found()) }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = poll(&ctx, id).await?;
    Ok(html(page(&ctx, &one, Back::default()).await?))
}

async fn page(ctx: &Ctx, one: &Matter, back: Back) -> Result<String> {
    let t = ctx.t();
    let standing = one.standing(ctx.today());
    let (shell, head) = head(ctx, one).await?;
    let questions = store::list(ctx, &ctx.app.db, one.id).await?;
    let choices = store::choices(ctx, &ctx.app.db, one.id).await?;
    let (mut hindrance, mut answered) = (String::new(), false);
    match answer::voter(ctx, one).await {
        Ok(Voter::Known(voter)) => answered = store::has_answered(ctx, one.id, &voter).await?,
        Ok(Voter::New(..)) => {}
        Err(error) if error.is(Fault::SignIn) => hindrance = t.t("ask-answer-sign-in"),
        Err(error) if error.is(Fault::Conflict) => hindrance = error.message.text(t),
        Err(error) => return Err(error),
    }
    let running = standing == Standing::Open;
    let seen = match one.shown {
        Shown::Live => running || standing == Standing::Done,
        Shown::End => standing == Standing::Done,
    };
    let secret = if one.who == Who::Resident { "ask-answer-secret" } else { "ask-answer-secret-anybody" };
    ui::render(&Page {
        path: one.path(),
        charts: if seen { desk::charts(ctx, one, &questions, &choices) } else { Vec::new() },
        questions: questions.iter().map(|question| asked(question, &choices, &back)).collect(),
        open: head.preview || (running && hindrance.is_empty() && !answered),
        hindrance: if running { hindrance } else { String::new() },
        answered: running && answered,
        secret: t.t(secret),
        given: if one.opened { t.n("ask-answers", "count", one.given) } else { String::new() },
        later: if running && !seen {
            t.s("ask-shown-later", "day", &t.date(one.until_on))
        } else {
            String::new()
        },
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        head,
        shell,
    })
}

fn asked(question: &store::Question, choices: &[store::Choice], back: &Back) -> Asked {
    let field = format!("c-{}", question.position);
    let words = format!("y-{}", question.position);
    let ticked =
        |at: i64| back.sent().is_some_and(|sent| sent.all(&field).any(|value| value == at.to_string()));
    let own = choices.iter().filter(|choice| choice.question == question.position);
    Asked {
        position: question.position,
        words: question.words.clone(),
        several: question.several,
        free: question.free,
        choices: own.map(|choice| (choice.position, choice.words.clone(), ticked(choice.position))).collect(),
        typed: back.or(&words, ""),
        error: back.errors.at(&field).to_owned(),
        words_error: back.errors.at(&words).to_owned(),
    }
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = poll(&ctx, id).await?;
    let draw = async |back: Back| page(&ctx, &one, back).await;
    let (voter, fresh) = match answer::voter(&ctx, &one).await {
        Ok(Voter::Known(voter)) => (voter, None),
        Ok(Voter::New(voter, name)) => (voter, Some(name)),
        Err(error) => return again(&ctx, &sent, error, draw).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = answer::answer(&ctx, &tx, &one, &voter, &sent).await;
    let done = done.map(|()| (one.path(), Note::new("ask-answered")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => named(&ctx, answer, fresh),
        Err(error) => again(&ctx, &sent, error, draw).await,
    }
}

/// The browser remembers that it has answered.
fn named(ctx: &Ctx, mut answer: Response, name: Option<String>) -> Result<Response> {
    if let Some(name) = name {
        let secure = if ctx.app.config.secure_cookies() { "; Secure" } else { "" };
        let line =
            format!("{COOKIE}={name}; Path=/hoi-dan; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}");
        answer
            .headers_mut()
            .append(header::SET_COOKIE, HeaderValue::from_str(&line).map_err(Error::internal)?);
    }
    Ok(answer)
}

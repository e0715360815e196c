//! A poll on the work side: its questions, its numbers, free words, and all of it as a file.

use super::answer::{self, Asking};
use super::store;
use crate::bars::Bars;
use crate::matter::{Frame, Matter, State, frame, kept, press};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Note};
use platform::{Ctx, Error, Result, Tx, Uuid};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::Shell;
use ui::back::Back;
use vnsheet::Value;

const WORDS_SHOWN: i64 = 200;
const WORDS_FILE: i64 = 20_000;

struct Line {
    words: String,
    about: String,
    choices: Vec<String>,
    position: i64,
    key: String,
}

#[derive(Template)]
#[template(path = "poll-desk.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    questions: Vec<Line>,
    charts: Vec<Bars>,
    given: String,
    words: Vec<(String, String)>,
    typed: Vec<String>,
    several: bool,
    free: bool,
    out: bool,
}

pub(crate) async fn page(ctx: &Ctx, one: &Matter, back: Back) -> Result<String> {
    let t = ctx.t();
    let questions = store::list(ctx, &ctx.app.db, one.id).await?;
    let choices = store::choices(ctx, &ctx.app.db, one.id).await?;
    let said = store::words(ctx, one.id, WORDS_SHOWN).await?;
    let (shell, frame) = frame(ctx, one, &back).await?;
    let line = |question: &store::Question| Line {
        words: question.words.clone(),
        about: about(ctx, question),
        choices: choices
            .iter()
            .filter(|one| one.question == question.position)
            .map(|one| one.words.clone())
            .collect(),
        position: question.position,
        key: ctx.new_id().to_string(),
    };
    let of =
        |position: i64| questions.iter().find(|one| one.position == position).map(|one| one.words.clone());
    ui::render(&Page {
        charts: charts(ctx, one, &questions, &choices),
        questions: questions.iter().map(line).collect(),
        given: t.n("ask-answers", "count", one.given),
        words: said.into_iter().map(|(at, words)| (of(at).unwrap_or_default(), words)).collect(),
        typed: ["cau-hoi", "lua-chon"].map(|name| back.or(name, "")).to_vec(),
        several: back.text("nhieu") == "1",
        free: back.text("tu-viet") == "1",
        out: one.state != State::Preparing,
        shell,
        frame,
    })
}

fn about(ctx: &Ctx, question: &store::Question) -> String {
    let several = if question.several { "ask-several" } else { "ask-single" };
    let free = if question.free { "ask-free" } else { "" };
    [several, free]
        .into_iter()
        .filter(|key| !key.is_empty())
        .map(|key| ctx.t().t(key))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// One drawing for each question that has choices.
pub(super) fn charts(
    ctx: &Ctx,
    poll: &Matter,
    questions: &[store::Question],
    choices: &[store::Choice],
) -> Vec<Bars> {
    let t = ctx.t();
    let chart = |question: &store::Question| {
        let own = choices.iter().filter(|one| one.question == question.position);
        let bar = |choice: &store::Choice| {
            let share = if poll.given > 0 { choice.votes as f64 * 100.0 / poll.given as f64 } else { 0.0 };
            (format!("{} ({}%)", choice.words, t.decimal(share, 0)), choice.votes)
        };
        Bars {
            title: question.words.clone(),
            note: t.n("ask-answers", "count", poll.given),
            bars: own.map(bar).collect(),
            whole: poll.given.max(1),
        }
    };
    let asked = |one: &&store::Question| choices.iter().any(|choice| choice.question == one.position);
    questions.iter().filter(asked).map(chart).collect()
}

pub(super) async fn add(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let asking = Asking {
            words: sent.text("cau-hoi").to_owned(),
            choices: sent.text("lua-chon").lines().map(str::to_owned).collect(),
            several: sent.ticked("nhieu"),
            free: sent.ticked("tu-viet"),
        };
        answer::ask(&ctx, tx, one.id, asking).await?;
        Ok((one.work_path(), Note::new("ask-question-added")))
    };
    press(&ctx, &one, &sent, rule).await
}

pub(super) async fn remove(ctx: Ctx, Path((id, row)): Path<(Uuid, i64)>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        answer::remove(&ctx, tx, one.id, row).await?;
        Ok((one.work_path(), Note::new("ask-question-dropped")))
    };
    press(&ctx, &one, &sent, rule).await
}

pub(super) async fn export(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    if one.kind != crate::matter::Kind::Poll {
        return crate::draft::export(&ctx, &one, &asked).await;
    }
    let format =
        asked.get("dinh-dang").and_then(|format| Format::parse(format)).ok_or_else(Error::not_found)?;
    let t = ctx.t();
    let questions = store::list(&ctx, &ctx.app.db, id).await?;
    let choices = store::choices(&ctx, &ctx.app.db, id).await?;
    let said = store::words(&ctx, id, WORDS_FILE).await?;
    let mut rows = Vec::new();
    for question in &questions {
        let text = |words: &str| Value::Text(words.to_owned());
        for choice in choices.iter().filter(|choice| choice.question == question.position) {
            rows.push(vec![
                text(&question.words),
                text(&choice.words),
                Value::Whole(choice.votes),
                Value::Whole(one.given),
            ]);
        }
        for (_, words) in said.iter().filter(|(at, _)| *at == question.position) {
            rows.push(vec![text(&question.words), text(words), Value::Empty, Value::Empty]);
        }
    }
    let headings =
        ["ask-question", "ask-answer", "ask-votes", "ask-given-answers"].map(|key| t.t(key)).to_vec();
    Sheet { name: one.title, headings, rows }.answer(&ctx, &format)
}

//! Something was heard: it waits for an officer, belongs to a matter that waits, or goes on with a report.

use super::model::{Matter, Standing, words};
use super::store;
use crate::kinds::Kinds;
use crate::model::{Report, State};
use crate::{reporter, tell};
use messages::channel::voice::{self, Line, Side, Talk};
use platform::{Ctx, Error, Result, Tx, Uuid};
use serde_json::{Value, json};

/// The handler of the event.
pub(super) async fn heard(ctx: Ctx, payload: Value) -> Result<()> {
    let id = |name: &str| payload[name].as_str().and_then(|text| text.parse::<Uuid>().ok());
    let (Some(talk), Some(line)) = (id("talk"), id("line")) else {
        return Err(Error::internal("an event of no talk"));
    };
    let tx = ctx.begin().await?;
    take(&ctx, &tx, talk, line).await?;
    tx.commit().await
}

/// Puts a line where it belongs; the same line twice changes nothing.
pub(super) async fn take(ctx: &Ctx, tx: &Tx, talk: Uuid, line: Uuid) -> Result<()> {
    let talk = voice::find(ctx, tx, &[talk]).await?.into_iter().next().ok_or_else(Error::not_found)?;
    let all = voice::lines(ctx, tx, &[talk.id]).await?;
    let line = all.iter().find(|one| one.id == line).cloned().ok_or_else(Error::not_found)?;
    let matters = store::of_talk(ctx, tx, talk.id).await?;
    let Some(last) = matters.last() else { return begin(ctx, tx, &talk, &line, 1).await };
    let known = matters.iter().rev().find(|one| one.from_line <= line.id).unwrap_or(last);
    let seen = known.from_line <= line.id && line.id <= known.last_line;
    if seen || known.id != last.id {
        let next = matters.iter().find(|one| one.number == known.number + 1).map(|one| one.from_line);
        return looked_again(ctx, tx, known, &known.lines(&all, next)).await;
    }
    if last.state == Standing::Waiting {
        let mut one = last.clone();
        one.from_line = one.from_line.min(line.id);
        one.last_line = one.last_line.max(line.id);
        store::update(ctx, tx, &one).await?;
        one.revision += 1;
        return accused(ctx, tx, &one, &one.lines(&all, None)).await;
    }
    match report_of(ctx, tx, last).await? {
        Some(report) if goes_on(ctx, &report, &line)? => {
            let mut one = last.clone();
            one.last_line = line.id;
            store::update(ctx, tx, &one).await?;
            said_more(ctx, tx, report, &line).await
        }
        _ => begin(ctx, tx, &talk, &line, last.number + 1).await,
    }
}

async fn begin(ctx: &Ctx, tx: &Tx, talk: &Talk, line: &Line, number: i64) -> Result<()> {
    // A notice that came too late: its writer has taken it back already.
    if line.deleted_at.is_some() {
        return Ok(());
    }
    let one = Matter {
        id: ctx.new_id(),
        talk_id: talk.id,
        number,
        channel: talk.channel,
        from_line: line.id,
        last_line: line.id,
        state: Standing::Waiting,
        why: None,
        closed: false,
        cleared: false,
        report_id: None,
        tells: false,
        heard_at: ctx.now,
        by_id: None,
        settled_at: None,
        revision: 1,
    };
    store::insert(ctx, tx, &one).await?;
    accused(ctx, tx, &one, std::slice::from_ref(line)).await
}

/// Words that accuse go to those alone who settle denunciations, and they are told.
async fn accused(ctx: &Ctx, tx: &Tx, one: &Matter, lines: &[Line]) -> Result<()> {
    if one.closed || one.cleared || Kinds::load(ctx)?.lawful_way(&words(lines)).is_none() {
        return Ok(());
    }
    let mut one = one.clone();
    one.closed = true;
    store::update(ctx, tx, &one).await?;
    super::rules::tell_leaders(ctx, tx, &one).await
}

/// Words changed, or were taken back.
async fn looked_again(ctx: &Ctx, tx: &Tx, one: &Matter, lines: &[Line]) -> Result<()> {
    if one.state != Standing::Waiting {
        return Ok(());
    }
    let left = lines.iter().any(|line| line.side == Side::Heard && line.deleted_at.is_none());
    if left {
        return accused(ctx, tx, one, lines).await;
    }
    let mut one = one.clone();
    (one.state, one.settled_at) = (Standing::Withdrawn, Some(ctx.now));
    store::update(ctx, tx, &one).await
}

async fn report_of(ctx: &Ctx, tx: &Tx, one: &Matter) -> Result<Option<Report>> {
    match one.report_id.filter(|_| matches!(one.state, Standing::Report | Standing::Joined)) {
        Some(id) => Ok(Some(crate::store::find(ctx, tx, id).await?)),
        None => Ok(None),
    }
}

/// What accuses somebody never stands with a report that everybody works on.
fn goes_on(ctx: &Ctx, report: &Report, line: &Line) -> Result<bool> {
    let accuses = Kinds::load(ctx)?.lawful_way(&line.body).is_some();
    Ok(report.open && line.deleted_at.is_none() && (report.closed || !accuses))
}

/// The sender goes on: an answer to the officer's question, or one more word.
async fn said_more(ctx: &Ctx, tx: &Tx, mut report: Report, line: &Line) -> Result<()> {
    if report.state == State::Asked {
        let words =
            if line.body.is_empty() { ctx.t().t("feedback-voice-no-words") } else { line.body.clone() };
        let words: String = words.chars().take(2_000).collect();
        return reporter::supply(ctx, tx, &mut report, &words, &[]).await;
    }
    if let Some(to) = report.holder_id {
        tell::officer(ctx, tx, &report, to, "feedback-told-voice").await?;
    }
    let detail = json!({ "line": line.id });
    let entry = audit::Entry { action: "feedback.voice", kind: "feedback", id: report.id, detail };
    audit::record(ctx, tx, entry).await
}

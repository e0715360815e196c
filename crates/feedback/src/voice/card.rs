//! A talk as a page shows it: what was said by whom, what came of each answer, and until when one may write.

use super::model::Matter;
use super::rules::{self, Open};
use super::store;
use crate::model::Report;
use messages::channel::voice::{self, LineState, PictureState, Side, Talk};
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::{Html, Status};

/// One thing that was said.
pub struct Said {
    pub ours: bool,
    pub who: String,
    pub at: String,
    pub words: String,
    /// Notes below: changed, deleted, something that came along.
    pub notes: Vec<String>,
    /// Addresses of pictures.
    pub pictures: Vec<String>,
    /// What came of an answer.
    pub badge: Html,
    pub problem: String,
    /// The line that can be sent again, or "".
    pub again: String,
}

/// A way to answer, and how long it is open.
pub struct Out {
    pub value: &'static str,
    pub label: String,
    pub about: String,
    pub open: bool,
}

/// A matter with its talk, below a report or on its own page.
pub struct Card {
    pub id: String,
    pub path: String,
    pub title: String,
    pub masked: String,
    pub said: Vec<Said>,
    pub outs: Vec<Out>,
    /// One may write at least one way.
    pub may: bool,
    pub tells: bool,
    pub erased: bool,
    /// For the forms: answering, reveal, telling, sending again.
    pub keys: [String; 4],
}

/// The talks of a report.
pub(crate) async fn cards(ctx: &Ctx, report: &Report) -> Result<Vec<Card>> {
    if !ctx.may("feedback.voices") {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for one in store::of_report(ctx, &ctx.app.db, report.id).await? {
        if one.closed && !ctx.may("feedback.closed") {
            continue;
        }
        let open = rules::opened(ctx, &ctx.app.db, one).await?;
        all.push(card(ctx, &open, report.closed).await?);
    }
    Ok(all)
}

pub(super) async fn card(ctx: &Ctx, open: &Open, closed: bool) -> Result<Card> {
    let t = ctx.t();
    let key = || ctx.new_id().to_string();
    let (channel, way) = (t.t(open.talk.channel.text_key()), t.t(open.talk.way.text_key()));
    let outs = outs(ctx, &open.talk, closed || open.one.closed)?;
    Ok(Card {
        id: open.one.id.to_string(),
        path: open.one.path(),
        title: format!("{channel} · {way}"),
        masked: open.talk.masked(t),
        said: said(ctx, open).await?,
        may: outs.iter().any(|out| out.open),
        outs,
        tells: open.one.tells,
        erased: open.talk.erased_at.is_some(),
        keys: [key(), key(), key(), key()],
    })
}

/// Where something accuses somebody there is no public way.
fn outs(ctx: &Ctx, talk: &Talk, closed: bool) -> Result<Vec<Out>> {
    let t = ctx.t();
    let mut outs = Vec::new();
    for how in voice::hows(talk).iter().filter(|how| !closed || **how != voice::How::Comment) {
        let window = voice::window(ctx, talk, *how)?;
        let about = match window.until {
            None => String::new(),
            Some(until) if window.open => t.s("feedback-voice-until", "at", &t.moment(until)),
            Some(until) => t.s("feedback-voice-over", "at", &t.moment(until)),
        };
        outs.push(Out { value: how.code(), label: t.t(how.text_key()), about, open: window.open });
    }
    Ok(outs)
}

async fn said(ctx: &Ctx, open: &Open) -> Result<Vec<Said>> {
    let t = ctx.t();
    let pictures = voice::pictures_of(ctx, &ctx.app.db, &[open.talk.id]).await?;
    let mut ids: Vec<Uuid> = open.lines.iter().filter_map(|line| line.by_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = if ids.is_empty() { HashMap::new() } else { identity::account_names(ctx, &ids).await? };
    let line = |line: &voice::Line| {
        let ours = line.side == Side::Said;
        let mine = pictures.iter().filter(|one| one.line_id == line.id);
        let kept = mine.clone().filter(|one| one.state == PictureState::Kept);
        let mut notes: Vec<String> = Vec::new();
        if line.deleted_at.is_some() {
            notes.push(t.t("feedback-voice-deleted"));
        } else if let Some(at) = line.changed_at {
            notes.push(t.s("feedback-voice-edited", "at", &t.moment(at)));
        }
        if let (Some(lat), Some(lon)) = (line.lat, line.lon) {
            notes.push(t.s(
                "feedback-voice-place",
                "name",
                &format!("{}; {}", t.decimal(lat, 5), t.decimal(lon, 5)),
            ));
        }
        notes.extend(line.beside.map(|beside| t.t(beside.text_key())));
        let unkept = mine.filter(|one| one.state != PictureState::Kept);
        notes.extend(unkept.map(|one| t.t(one.state.text_key())));
        let who = match line.by_id {
            Some(id) => names.get(&id).cloned().unwrap_or_default(),
            None if ours => t.t("feedback-voice-program"),
            None => open.talk.masked(t),
        };
        let failed = line.state == LineState::Failed;
        Said {
            ours,
            who,
            at: t.moment(line.said_at),
            words: line.body.clone(),
            notes,
            pictures: kept.map(|one| format!("{}/anh/{}", open.one.path(), one.id)).collect(),
            badge: if ours { badge(line.status(), &t.t(line.state.text_key())) } else { Html::text("") },
            problem: line.problem(t),
            again: if failed { line.id.to_string() } else { String::new() },
        }
    };
    Ok(open.lines.iter().map(line).collect())
}

fn badge(status: Status, word: &str) -> Html {
    status.badge(word)
}

/// What a list says of a matter: its words, or what stands for them.
pub(super) fn short(ctx: &Ctx, one: &Matter, words: &str) -> String {
    let t = ctx.t();
    if one.closed && !ctx.may("feedback.closed") {
        return t.t("feedback-voice-closed-line");
    }
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return t.t("feedback-voice-no-words");
    }
    let mut short: String = line.chars().take(110).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

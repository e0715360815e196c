//! What happens in the meeting at this moment, as the room and the big screen show it.

use super::model::{Meeting, Turn, Vote, VoteState};
use super::{people, store};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Uuid};
use ui::chart::{Bar, BarChart};

/// Somebody on the speaking list.
pub(super) struct Speaker {
    pub id: String,
    pub name: String,
    /// The part of the agenda that they speak to.
    pub item: String,
    pub own: bool,
    pub key: String,
}

pub(super) struct Live {
    /// The part of the agenda that is discussed; `""` before the first.
    pub item: String,
    pub speaking: Option<Speaker>,
    pub waiting: Vec<Speaker>,
    /// The vote that is open.
    pub vote: Option<Running>,
    pub present: usize,
    pub invited: usize,
}

/// An open vote: how many have voted, never what.
pub(super) struct Running {
    pub question: String,
    pub secret: bool,
    pub voted: usize,
    pub present: usize,
}

impl Live {
    pub async fn load(ctx: &Ctx, one: &Meeting) -> Result<Live> {
        let items = store::items(ctx, &ctx.app.db, one.id).await?;
        let title = |id: Option<Uuid>| {
            items.iter().find(|item| Some(item.id) == id).map(|item| item.title.clone()).unwrap_or_default()
        };
        let turns = store::speeches(ctx, &ctx.app.db, one.id).await?;
        let names = people::names(ctx, turns.iter().map(|turn| turn.account_id)).await?;
        let me = ctx.account_or_none();
        let mut speaking = None;
        let mut waiting = Vec::new();
        for turn in &turns {
            let speaker = Speaker {
                id: turn.id.to_string(),
                name: names.get(&turn.account_id).cloned().unwrap_or_default(),
                item: title(turn.item_id),
                own: Some(turn.account_id) == me,
                key: ctx.new_id().to_string(),
            };
            match turn.state {
                Turn::Speaking => speaking = Some(speaker),
                Turn::Waiting => waiting.push(speaker),
                Turn::Done | Turn::Withdrawn => {}
            }
        }
        let guests = store::guests(ctx, &ctx.app.db, one.id).await?;
        let votes = store::votes(ctx, &ctx.app.db, one.id).await?;
        let vote = match votes.into_iter().find(|vote| vote.state == VoteState::Open) {
            Some(vote) => Some(Running {
                voted: store::voters(ctx, &ctx.app.db, vote.id).await?.len(),
                present: guests.iter().filter(|guest| guest.votes()).count(),
                question: vote.question,
                secret: vote.secret,
            }),
            None => None,
        };
        Ok(Live {
            item: title(one.item_id),
            speaking,
            waiting,
            vote,
            present: guests.iter().filter(|guest| guest.came.is_some()).count(),
            invited: guests.len(),
        })
    }
}

/// A line of a result.
pub(super) struct Line {
    pub words: String,
    pub votes: i64,
    /// `66,7 %` of those who were present.
    pub share: String,
}

/// The result of a closed vote, with those who were present and did not vote.
pub(super) async fn lines(ctx: &Ctx, vote: &Vote) -> Result<Vec<Line>> {
    let t = ctx.t();
    let line = |words: String, votes: i64| Line { words, votes, share: share(t, votes, vote.present) };
    let choices = store::choices(ctx, &ctx.app.db, vote.id).await?;
    let mut lines: Vec<Line> = choices.into_iter().map(|one| line(one.words, one.votes)).collect();
    if vote.present > vote.voted {
        lines.push(line(t.t("office-meeting-silent"), vote.present - vote.voted));
    }
    Ok(lines)
}

/// The same as bars.
pub(super) async fn result(ctx: &Ctx, vote: &Vote) -> Result<BarChart> {
    let t = ctx.t();
    let bar = |one: Line| Bar::new(format!("{} ({})", one.words, one.share), one.votes as f64);
    let bars = lines(ctx, vote).await?.into_iter().map(bar).collect();
    let mut chart = BarChart::new(t, t.t("office-meeting-result"), t.t("office-meeting-ballots"), bars);
    chart.full = Some(vote.present.max(1) as f64);
    chart.note = turnout(ctx, vote.voted, vote.present);
    Ok(chart)
}

/// `Bỏ phiếu kín · 12/14 người có mặt đã bỏ phiếu`
pub(super) fn note(ctx: &Ctx, vote: &Vote) -> String {
    let t = ctx.t();
    let kind = t.t(if vote.secret { "office-meeting-secret" } else { "office-meeting-public" });
    format!("{kind} · {}", turnout(ctx, vote.voted, vote.present))
}

pub(super) fn turnout(ctx: &Ctx, voted: i64, present: i64) -> String {
    let (voted, present) = (platform::i18n::Arg::Number(voted), platform::i18n::Arg::Number(present));
    ctx.t().a("office-meeting-turnout", &[("done", voted), ("total", present)])
}

/// `66,7 %`
pub(super) fn share(t: platform::T, votes: i64, present: i64) -> String {
    let share = if present > 0 { votes as f64 * 100.0 / present as f64 } else { 0.0 };
    format!("{} %", t.decimal(share, 1))
}

/// The vote that was closed last.
pub(super) fn last_closed(votes: Vec<Vote>) -> Option<Vote> {
    let at = |vote: &Vote| -> Option<DateTime<Utc>> { vote.closed_at };
    votes.into_iter().filter(|vote| vote.state == VoteState::Closed).max_by_key(at)
}

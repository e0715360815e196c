//! Answering, and forgetting who it was.

use super::model::{How, Line, LineState, Side, Talk, Way, Window};
use super::{queue, store};
use crate::channel::Channel;
use crate::channel::model::Problem;
use crate::channel::settings::Ways;
use audit::Entry;
use chrono::Duration;
use platform::jobs::{self, Work};
use platform::{Ctx, Error, Result, Tx, Uuid, files, said};
use serde_json::{Value, json};

/// What every firm takes in one piece, in characters.
pub const WORDS_MAX: usize = 1_900;

/// The ways in which this talk may be answered, the usual one first.
pub fn hows(talk: &Talk) -> &'static [How] {
    match talk.way {
        Way::Comment => &[How::Comment, How::Private],
        Way::Message => &[How::Message],
    }
}

/// Until when the firm lets us write this way.
pub fn window(ctx: &Ctx, talk: &Talk, how: How) -> Result<Window> {
    let ways = Ways::load(ctx)?;
    let length = match (how, talk.channel) {
        (How::Comment, _) => None,
        (How::Private, _) => Some(Duration::days(ways.facebook.private_days)),
        (How::Message, Channel::Zalo) => Some(Duration::hours(ways.zalo.window_hours)),
        (How::Message, _) => Some(Duration::hours(ways.facebook.window_hours)),
    };
    let until = length.map(|length| talk.last_at + length);
    Ok(Window { until, open: talk.erased_at.is_none() && until.is_none_or(|until| ctx.now < until) })
}

/// An officer answers. It goes out by itself; what comes of it stands at the line.
///
/// # Errors
/// At `loi` when there are no words, too many, or the firm's time is over; `Conflict` when there is nothing left to answer.
pub async fn reply(ctx: &Ctx, tx: &Tx, talk: &Talk, how: How, words: &str) -> Result<Line> {
    let words = said::needed("loi", words, "voice-words-empty", WORDS_MAX)?;
    if !hows(talk).contains(&how) {
        return Err(Error::field("cach", "error-choose"));
    }
    if !window(ctx, talk, how)?.open {
        return Err(Error::field("loi", "voice-window-over"));
    }
    let before = store::lines(ctx, tx, &[talk.id]).await?;
    let private = |line: &Line| line.how == Some(How::Private) && line.state != LineState::Failed;
    if how == How::Private && before.iter().any(private) {
        // Facebook lets a page write once to whoever commented; the rest is a talk that they begin.
        return Err(Error::field("cach", "voice-private-once"));
    }
    let about = store::last_heard(ctx, tx, talk.id).await?.and_then(|line| line.external_id);
    let about = about.ok_or_else(|| Error::conflict("voice-gone"))?;
    let line = outgoing(ctx, talk, how, &words, about, LineState::Waiting);
    store::insert_said(ctx, tx, &line, "").await?;
    jobs::enqueue(ctx, tx, Work::new(queue::JOB, Value::Null).once(line.id.to_string())).await?;
    let detail = json!({ "line": line.id, "how": how.code() });
    audit::record(ctx, tx, Entry { action: "voice.reply", kind: "voice", id: talk.id, detail }).await?;
    Ok(line)
}

/// The program says by itself how something stands. Where the firm no longer lets us write, the line stands there as one that
/// did not go out, so that an officer sees whom nobody has told.
pub async fn tell(ctx: &Ctx, tx: &Tx, talk: &Talk, words: &str) -> Result<()> {
    if talk.erased_at.is_some() {
        return Ok(());
    }
    let words: String = words.chars().take(WORDS_MAX).collect();
    let how = talk.usual();
    let last = store::last_heard(ctx, tx, talk.id).await?.and_then(|line| line.external_id);
    let open = window(ctx, talk, how)?.open && last.is_some();
    let state = if open { LineState::Waiting } else { LineState::Failed };
    let line = outgoing(ctx, talk, how, &words, last.unwrap_or_default(), state);
    let problem = Problem::new("channel-problem-window", "");
    store::insert_said(ctx, tx, &line, if open { "" } else { problem.stored() }).await?;
    if open {
        jobs::enqueue(ctx, tx, Work::new(queue::JOB, Value::Null).once(line.id.to_string())).await?;
    }
    Ok(())
}

fn outgoing(ctx: &Ctx, talk: &Talk, how: How, words: &str, about: String, state: LineState) -> Line {
    Line {
        id: ctx.new_id(),
        talk_id: talk.id,
        channel: talk.channel,
        external_id: None,
        side: Side::Said,
        how: Some(how),
        about,
        body: words.to_owned(),
        beside: None,
        lat: None,
        lon: None,
        said_at: ctx.now,
        changed_at: None,
        deleted_at: None,
        by_id: ctx.account_or_none(),
        state,
        problem: String::new(),
        tries: 0,
        next_at: ctx.now,
        sent_at: None,
    }
}

/// Who it was, what was said and every picture go; that there was a talk stays. The bytes are forgotten after the commit by
/// [`files::forget`].
pub async fn erase(ctx: &Ctx, tx: &Tx, talk: Uuid) -> Result<Vec<String>> {
    store::erase(ctx, tx, talk).await?;
    let digests = files::delete_of(ctx, tx, super::pictures::OWNER, &[talk]).await?;
    audit::record(ctx, tx, Entry { action: "voice.erase", kind: "voice", id: talk, detail: json!({}) })
        .await?;
    Ok(digests)
}

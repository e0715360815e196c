//! What an officer does with a matter that waits, and what its sender hears of the report afterwards.

use super::model::{Matter, Standing, Why, words};
use super::store;
use crate::kinds::Kinds;
use crate::model::{Happened, Report, Source, State};
use crate::send::{self, Sending};
use crate::store::Line as StoryLine;
use crate::tell::{self, happened, inner};
use crate::upload::Ready;
use crate::{handle, store as reports};
use audit::Entry;
use messages::Letter;
use messages::channel::voice::{self, How, Line, Talk};
use messages::channel::{Channel, voice::Way as TalkWay};
use platform::access::Place;
use platform::i18n::Arg;
use platform::{Ctx, Error, Lang, Message, Result, Run, T, Tx, Uuid};
use serde_json::json;
use units::place::Point;

/// A matter with its talk and its lines.
pub struct Open {
    pub one: Matter,
    pub talk: Talk,
    pub lines: Vec<Line>,
}

impl Open {
    pub fn words(&self) -> String {
        words(&self.lines)
    }

    /// Where the sender says that it is.
    pub fn point(&self) -> Option<Point> {
        self.lines.iter().rev().find_map(|line| Point::new(line.lat?, line.lon?))
    }
}

/// A matter that the reader may read: one that accuses somebody only by those who settle these.
///
/// # Errors
/// Not found, also when it is not for the reader.
pub async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Open> {
    let one = store::find(ctx, on, id).await?;
    if one.closed && !ctx.may("feedback.closed") {
        return Err(Error::not_found());
    }
    opened(ctx, on, one).await
}

pub(super) async fn opened(ctx: &Ctx, on: &impl Run, one: Matter) -> Result<Open> {
    let talk = voice::find(ctx, on, &[one.talk_id]).await?.into_iter().next().ok_or_else(Error::not_found)?;
    let all = voice::lines(ctx, on, &[one.talk_id]).await?;
    let matters = store::of_talk(ctx, on, one.talk_id).await?;
    let next = matters.iter().find(|other| other.number == one.number + 1).map(|other| other.from_line);
    let lines = one.lines(&all, next);
    Ok(Open { one, talk, lines })
}

/// The matter as it was when the page was made, still waiting.
async fn waiting(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Open> {
    let open = find(ctx, tx, id).await?;
    if open.one.revision != revision || open.one.state != Standing::Waiting {
        return Err(Error::conflict("feedback-voice-changed"));
    }
    Ok(open)
}

async fn settled(ctx: &Ctx, tx: &Tx, mut one: Matter, state: Standing) -> Result<()> {
    one.state = state;
    one.by_id = ctx.account_or_none();
    one.settled_at = Some(ctx.now);
    store::update(ctx, tx, &one).await?;
    let detail = json!({ "state": state.code(), "why": one.why.map(Why::code) });
    audit::record(ctx, tx, Entry { action: "feedback.settle", kind: "feedback_voice", id: one.id, detail })
        .await
}

/// What the report shall be.
#[derive(Default)]
pub struct Turning<'a> {
    pub kind: &'a str,
    pub village: Option<Uuid>,
    pub place_words: &'a str,
    pub words: &'a str,
    pub name: &'a str,
    pub tells: bool,
    pub files: Vec<Ready>,
}

fn source(channel: Channel) -> Source {
    if channel == Channel::Zalo { Source::Zalo } else { Source::Facebook }
}

/// It becomes a report, in the sender's words, and goes to whoever is responsible.
pub async fn turn(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, to: Turning<'_>) -> Result<Report> {
    let open = waiting(ctx, tx, id, revision).await?;
    let kinds = Kinds::load(ctx)?;
    let way = kinds.find(to.kind).and_then(|kind| kind.way);
    if open.one.closed && way.is_none() {
        return Err(Error::field("loai", "feedback-voice-closed-kind"));
    }
    // The officer is not the one who sends it.
    let sender = tell::nameless(ctx);
    let sending = Sending {
        source: source(open.talk.channel),
        kind: to.kind,
        body: to.words,
        point: open.point(),
        village: to.village,
        place_words: to.place_words,
        // Under the name that they bear there, unless the officer knows another.
        name: if to.name.trim().is_empty() { &open.talk.name } else { to.name },
        phone: "",
        files: to.files,
        anonymous: true,
    };
    let mut sent = send::send(&sender, tx, sending).await?;
    if sent.report.state == State::Held {
        sent.report.outside = send::questions(&sender, tx, &sent.report).await?.outside;
        send::release(&sender, tx, &mut sent.report, way).await?;
    }
    let Open { mut one, talk, .. } = open;
    (one.report_id, one.tells) = (Some(sent.report.id), to.tells);
    let channel = ctx.t().t(talk.channel.text_key());
    let line = StoryLine { body_name: &channel, ..inner(Happened::FromVoice, "") };
    happened(ctx, tx, &sent.report, line).await?;
    if to.tells {
        let t = T(Lang::Vi);
        let mut said = t.s("feedback-voice-told-taken", "code", &sent.report.code);
        if talk.way == TalkWay::Message {
            // Only its sender reads this: the code opens the own page.
            let link = format!("{}{}", ctx.app.config.base_url(), sent.own_path());
            said = format!("{said} {}", t.s("feedback-voice-told-own", "name", &link));
        }
        tell_talk(ctx, tx, &sent.report, &talk, &said).await?;
    }
    settled(ctx, tx, one, Standing::Report).await?;
    Ok(sent.report)
}

/// It says the same as a report that is there.
pub async fn join(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, report: Uuid, tells: bool) -> Result<Report> {
    let open = waiting(ctx, tx, id, revision).await?;
    if open.one.closed {
        return Err(Error::field("vao", "feedback-voice-closed-kind"));
    }
    let report = handle::find(ctx, tx, report).await.map_err(|_| Error::field("vao", "error-choose"))?;
    if !report.open || report.closed {
        return Err(Error::field("vao", "feedback-over"));
    }
    reports::insert_support(ctx, tx, report.id, &format!("voice {}", open.talk.id), None).await?;
    let channel = ctx.t().t(open.talk.channel.text_key());
    let line = StoryLine { body_name: &channel, ..inner(Happened::JoinedVoice, "") };
    happened(ctx, tx, &report, line).await?;
    if tells {
        let said = T(Lang::Vi).s("feedback-voice-told-joined", "code", &report.code);
        tell_talk(ctx, tx, &report, &open.talk, &said).await?;
    }
    let mut one = open.one;
    (one.report_id, one.tells) = (Some(report.id), tells);
    settled(ctx, tx, one, Standing::Joined).await?;
    Ok(report)
}

/// The officer answers, and that is all that there was to do.
pub async fn answer(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, how: How, words: &str) -> Result<()> {
    let open = waiting(ctx, tx, id, revision).await?;
    said(ctx, tx, &open, how, words).await?;
    settled(ctx, tx, open.one, Standing::Answered).await
}

/// The officer of the report goes on with the talk.
pub async fn go_on(ctx: &Ctx, tx: &Tx, report: &Report, id: Uuid, how: How, words: &str) -> Result<()> {
    let open = find(ctx, tx, id).await?;
    if open.one.report_id != Some(report.id) {
        return Err(Error::not_found());
    }
    if report.closed && how == How::Comment {
        return Err(Error::field("cach", "feedback-voice-private-only"));
    }
    said(ctx, tx, &open, how, words).await
}

async fn said(ctx: &Ctx, tx: &Tx, open: &Open, how: How, words: &str) -> Result<()> {
    if open.one.closed && how == How::Comment {
        return Err(Error::field("cach", "feedback-voice-private-only"));
    }
    voice::reply(ctx, tx, &open.talk, how, words).await?;
    Ok(())
}

/// Nothing for the office; taken back by [`restore`].
pub async fn aside(ctx: &Ctx, tx: &Tx, id: Uuid, revision: Option<i64>, why: Why) -> Result<()> {
    let now = store::find(ctx, tx, id).await?;
    let mut one = waiting(ctx, tx, id, revision.unwrap_or(now.revision)).await?.one;
    one.why = Some(why);
    settled(ctx, tx, one, Standing::Aside).await
}

/// It waits again.
pub async fn restore(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let mut one = find(ctx, tx, id).await?.one;
    if one.state == Standing::Waiting {
        return Ok(());
    }
    if !matches!(one.state, Standing::Aside | Standing::Answered) {
        return Err(Error::conflict("feedback-voice-changed"));
    }
    one.why = None;
    settled(ctx, tx, one, Standing::Waiting).await
}

/// Whoever settles denunciations has looked: these words accuse nobody.
pub async fn clear(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<()> {
    let mut one = waiting(ctx, tx, id, revision).await?.one;
    (one.closed, one.cleared) = (false, true);
    store::update(ctx, tx, &one).await?;
    let detail = json!({ "state": "cleared" });
    audit::record(ctx, tx, Entry { action: "feedback.settle", kind: "feedback_voice", id, detail }).await
}

/// The sender hears of changes, or no longer.
pub async fn tells(ctx: &Ctx, tx: &Tx, report: &Report, id: Uuid, tells: bool) -> Result<()> {
    let mut one = find(ctx, tx, id).await?.one;
    if one.report_id != Some(report.id) {
        return Err(Error::not_found());
    }
    one.tells = tells;
    store::update(ctx, tx, &one).await?;
    let detail = json!({ "tells": tells });
    audit::record(ctx, tx, Entry { action: "feedback.settle", kind: "feedback_voice", id, detail }).await
}

/// Those who settle denunciations are told that one waits, and nothing of what it says.
pub(super) async fn tell_leaders(ctx: &Ctx, tx: &Tx, one: &Matter) -> Result<()> {
    for role in &Kinds::load(ctx)?.closed_roles {
        for to in identity::holders(ctx, role, &Place::new("commune", ctx.commune), ctx.today()).await? {
            let text = Message::new("feedback-told-voice-closed");
            messages::send(ctx, tx, Letter { to, text, link: one.path() }).await?;
        }
    }
    Ok(())
}

/// What is closed is never spoken of where everybody reads.
async fn tell_talk(ctx: &Ctx, tx: &Tx, report: &Report, talk: &Talk, words: &str) -> Result<()> {
    if report.closed && talk.way == TalkWay::Comment {
        return Ok(());
    }
    voice::tell(ctx, tx, talk, words).await
}

/// Something happened to a report that everybody may know: those who wrote by the page or by Zalo hear it, where an officer
/// wants it so.
pub async fn told(ctx: &Ctx, tx: &Tx, report: &Report, line: &StoryLine<'_>) -> Result<()> {
    if !line.public || line.what.by_sender() {
        return Ok(());
    }
    let matters = store::of_report(ctx, tx, report.id).await?;
    let ids: Vec<Uuid> = matters.iter().filter(|one| one.tells).map(|one| one.talk_id).collect();
    for talk in voice::find(ctx, tx, &ids).await? {
        tell_talk(ctx, tx, report, &talk, &news(ctx, report, line)).await?;
    }
    Ok(())
}

/// In Vietnamese: in which language somebody reads Zalo, nobody knows.
fn news(ctx: &Ctx, report: &Report, line: &StoryLine<'_>) -> String {
    let t = T(Lang::Vi);
    let key = match line.what {
        Happened::Accepted => "feedback-voice-told-accepted",
        Happened::Asked => "feedback-voice-told-asked",
        Happened::Answered => "feedback-voice-told-answered",
        Happened::Elsewhere => "feedback-voice-told-elsewhere",
        Happened::Refused => "feedback-voice-told-refused",
        Happened::AskedFixed => "feedback-voice-told-fixed",
        _ => "feedback-voice-told-progress",
    };
    let cut = |text: &str| -> Arg { text.chars().take(1_500).collect::<String>().into() };
    let said = t.a(key, &[("code", report.code.as_str().into()), ("name", cut(line.body_name))]);
    let words: String = line.words.chars().take(1_500).collect();
    let said = if words.is_empty() { said } else { format!("{said}\n{words}") };
    if report.shown { format!("{said}\n{}{}", ctx.app.config.base_url(), report.path()) } else { said }
}

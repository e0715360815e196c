//! The minutes: drafted from what happened, as an outgoing document of the one who writes them; from there it goes the way of
//! every document to its number and signature.

use super::model::{Came, Choice, Conclusion, Guest, Item, Meeting, Speech, State, Turn, Vote, VoteState};
use super::rules::{self, recorded};
use super::{back::Back, back::act, people, show, store};
use crate::outgoing::{self, Draft, Kinds};
use axum::extract::Path;
use axum::response::Response;
use chrono::{DateTime, Utc};
use platform::access::Place;
use platform::clock::{local_date, vietnam};
use platform::http::Form;
use platform::i18n::Arg;
use platform::{Ctx, Error, Kind, Lang, Result, T, Tx, Uuid};
use serde_json::json;
use std::collections::HashMap;

/// The kind of document in `data/office-kinds`.
const KIND: &str = "bien-ban";

pub(super) fn may_draft(ctx: &Ctx, one: &Meeting) -> bool {
    let runs = ctx.account().is_ok_and(|me| one.runs(me));
    runs && one.state == State::Closed && one.minutes_id.is_none() && ctx.may("outgoing.draft")
}

/// The document and where it stands, for who may see it.
pub(super) async fn link(ctx: &Ctx, one: &Meeting) -> Result<Option<(String, String)>> {
    let Some(id) = one.minutes_id.filter(|_| ctx.may("outgoing.list")) else { return Ok(None) };
    match outgoing::find(ctx, &ctx.app.db, id).await {
        Ok(document) => {
            let state = ctx.t().t(document.state.text_key());
            let name = [document.full_number(), document.subject.clone(), state];
            let name: Vec<&str> = name.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            Ok(Some((document.path(), name.join(" · "))))
        }
        Err(error) if error.is(Kind::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| show::page(&ctx, id, back).await;
    let rule = async |tx: &Tx| Ok(outgoing::find(&ctx, tx, draft(&ctx, tx, id).await?).await?.path());
    act(&ctx, &sent, "office-meeting-minutes-drafted", rule, draw).await
}

/// Drafts the document, once; the id of it.
///
/// # Errors
/// `Conflict` while the meeting goes on, or when there are minutes already.
pub async fn draft(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Uuid> {
    let one = rules::run(ctx, tx, id).await?;
    if !ctx.may("outgoing.draft") {
        return Err(Error::forbidden());
    }
    if one.state != State::Closed {
        return Err(Error::conflict("office-meeting-not-closed"));
    }
    if one.minutes_id.is_some() {
        return Err(Error::conflict("office-meeting-minutes-there"));
    }
    let kinds = Kinds::load(ctx)?;
    let able =
        |issuer: &&outgoing::Issuer| !issuer.closed && issuer.kinds.iter().any(|kind| kind.code == KIND);
    let issuer = kinds.issuers.iter().find(able).ok_or_else(|| Error::internal("no kind for minutes"))?;
    let draft = Draft {
        issuer: issuer.code.clone(),
        kind: KIND.to_owned(),
        subject: vietnamese(ctx).s("office-meeting-minutes-subject", "name", &one.title),
        body: Told::load(ctx, tx, &one).await?.body(),
        receivers: "Lưu: VT".to_owned(),
        signer: signer(ctx, &one, &issuer.signers).await?,
        ..Draft::default()
    };
    let document = outgoing::keep_draft(ctx, tx, None, draft).await?;
    if !store::write_minutes(ctx, tx, id, document.id).await? {
        return Err(Error::conflict("office-meeting-minutes-there"));
    }
    recorded(ctx, tx, "meeting.minutes", id, json!({ "document": document.id })).await?;
    Ok(document.id)
}

/// The chair signs where their role may; else the usual signer.
async fn signer(ctx: &Ctx, one: &Meeting, roles: &[String]) -> Result<String> {
    let commune = Place::new("commune", ctx.commune);
    for role in roles {
        if identity::holders(ctx, role, &commune, ctx.today()).await?.contains(&one.chair_id) {
            return Ok(role.clone());
        }
    }
    Ok(String::new())
}

/// The document is Vietnamese, whatever language its drafter reads.
fn vietnamese(ctx: &Ctx) -> T {
    Ctx { lang: Lang::Vi, ..ctx.clone() }.t()
}

/// All that the minutes tell.
struct Told<'a> {
    t: T,
    one: &'a Meeting,
    guests: Vec<Guest>,
    items: Vec<Item>,
    speeches: Vec<Speech>,
    votes: Vec<(Vote, Vec<Choice>)>,
    conclusions: Vec<Conclusion>,
    names: HashMap<Uuid, String>,
}

impl<'a> Told<'a> {
    async fn load(ctx: &Ctx, tx: &Tx, one: &'a Meeting) -> Result<Told<'a>> {
        let guests = store::guests(ctx, tx, one.id).await?;
        let speeches = store::speeches(ctx, tx, one.id).await?;
        let conclusions = store::conclusions(ctx, tx, one.id).await?;
        let mut votes = Vec::new();
        for vote in store::votes(ctx, tx, one.id).await? {
            if vote.state == VoteState::Closed {
                let choices = store::choices(ctx, tx, vote.id).await?;
                votes.push((vote, choices));
            }
        }
        let ids = guests.iter().map(|guest| guest.account_id);
        let ids = ids.chain(speeches.iter().map(|speech| speech.account_id));
        let ids = ids.chain(conclusions.iter().filter_map(|one| one.doer_id));
        let names = people::names(ctx, ids.chain([one.chair_id, one.writer_id])).await?;
        let items = store::items(ctx, tx, one.id).await?;
        Ok(Told { t: vietnamese(ctx), one, guests, items, speeches, votes, conclusions, names })
    }

    fn name(&self, id: Uuid) -> String {
        self.names.get(&id).cloned().unwrap_or_default()
    }

    fn body(&self) -> String {
        let heads = ["who", "agenda", "votes", "conclusions"];
        let parts = [self.who(), self.agenda(), self.voted(), self.concluded()];
        let mut lines = vec![
            self.t.s(
                "office-meeting-text-begin",
                "time",
                &moment(self.one.opened_at.unwrap_or(self.one.starts_at)),
            ),
            self.t.s("office-meeting-text-place", "name", &self.one.place),
        ];
        let mut number = 0;
        for (head, part) in heads.into_iter().zip(parts).filter(|(_, part)| !part.is_empty()) {
            number += 1;
            let head = self.t.t(&format!("office-meeting-text-{head}"));
            lines.push(format!("**{}. {head}**", ["I", "II", "III", "IV"][number - 1]));
            lines.extend(part);
        }
        let end = self.one.closed_at.unwrap_or(self.one.ends_at);
        lines.push(self.t.s("office-meeting-text-end", "time", &moment(end)));
        lines.join("\n")
    }

    fn who(&self) -> Vec<String> {
        let t = self.t;
        let list = |here: bool| {
            let these = self.guests.iter().filter(|guest| guest.came.is_some() == here);
            let mut names: Vec<String> = these.map(|guest| self.guest(guest)).collect();
            names.sort_by_key(|name| vntext::sort_key(name));
            names
        };
        let (here, away) = (list(true), list(false));
        let mut lines = vec![
            t.s("office-meeting-text-chair", "name", &self.name(self.one.chair_id)),
            t.s("office-meeting-text-writer", "name", &self.name(self.one.writer_id)),
            t.a(
                "office-meeting-text-present",
                &[
                    ("done", Arg::Text(here.len().to_string())),
                    ("total", Arg::Text(self.guests.len().to_string())),
                    ("name", Arg::Text(here.join("; "))),
                ],
            ),
        ];
        if !away.is_empty() {
            lines.push(t.s("office-meeting-text-absent", "name", &away.join("; ")));
        }
        lines
    }

    fn guest(&self, guest: &Guest) -> String {
        let name = self.name(guest.account_id);
        let words = match guest.came {
            Some(Came::Deputy) if guest.words.is_empty() => self.t.t("office-meeting-came-deputy"),
            Some(Came::Deputy) => self.t.s("office-meeting-text-deputy", "name", &guest.words),
            Some(_) => String::new(),
            None => guest.words.clone(),
        };
        if words.is_empty() { name } else { format!("{name} ({words})") }
    }

    fn agenda(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (number, item) in (1..).zip(&self.items) {
            let speaker = Some(&item.speaker).filter(|who| !who.is_empty());
            let speaker = speaker.map(|who| self.t.s("office-meeting-text-speaker", "name", who));
            lines.push(format!(
                "{number}. {}{}",
                sentence(&item.title),
                speaker.map(|who| format!(" {who}")).unwrap_or_default()
            ));
            lines.extend(self.spoke(Some(item.id)));
        }
        lines.extend(self.spoke(None));
        lines
    }

    /// Who spoke, each once, in their order.
    fn spoke(&self, item: Option<Uuid>) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for speech in self.speeches.iter().filter(|one| one.item_id == item && one.state == Turn::Done) {
            let name = self.name(speech.account_id);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| self.t.s("office-meeting-text-spoke", "name", &names.join(", ")))
    }

    fn voted(&self) -> Vec<String> {
        let t = self.t;
        let line = |(number, (vote, choices)): (usize, &(Vote, Vec<Choice>))| {
            let kind = t.t(if vote.secret { "office-meeting-secret" } else { "office-meeting-public" });
            let counts = choices.iter().map(|one| {
                format!("{}: {} ({})", one.words, one.votes, super::live::share(t, one.votes, vote.present))
            });
            let counts: Vec<String> = counts.collect();
            let turnout = t.a(
                "office-meeting-turnout",
                &[("done", Arg::Number(vote.voted)), ("total", Arg::Number(vote.present))],
            );
            format!("{number}. {} {kind}, {turnout}. {}.", sentence(&vote.question), counts.join("; "))
        };
        (1..).zip(&self.votes).map(line).collect()
    }

    fn concluded(&self) -> Vec<String> {
        let t = self.t;
        let line = |(number, one): (usize, &Conclusion)| {
            let doer = one.doer_id.map(|id| t.s("office-meeting-text-doer", "name", &self.name(id)));
            let due = one.due_on.map(|day| t.s("office-meeting-text-due", "day", &vntext::date(day)));
            let more: Vec<String> = doer.into_iter().chain(due).collect();
            let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join("; ")) };
            format!("{number}. {}{more}", sentence(&one.words))
        };
        (1..).zip(&self.conclusions).map(line).collect()
    }
}

/// On one line, ended as a sentence.
fn sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.ends_with(['.', '?', '!', ':', ';']) { text } else { text + "." }
}

/// `08 giờ 05, ngày 10/3/2026` as minutes are written.
fn moment(at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&vietnam());
    format!("{}, ngày {}", local.format("%H giờ %M"), vntext::date(local_date(at)))
}

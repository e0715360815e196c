//! The households of one village in a campaign, as its head works through them on a phone: who was not reached stands first, one tap
//! notes a visit, a second says what came of it.

use super::model::{Channel, Count, Home, Noting, Outcome};
use super::store::{self, Which};
use super::{counts, rules, told, ways};
use crate::campaign::model::{Campaign, WORK};
use crate::campaign::{State, store as campaigns};
use crate::who;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Message, Result, Uuid};
use registry::household::{self, Listed};
use std::collections::HashMap;
use ui::back::{Back, key};
use ui::{FieldErrors, Html, Shell, Status};
use units::Unit;

/// Households of one village; more than any has.
const MOST: i64 = 2_000;
/// Lines that one page shows: whoever looks for one types a name.
const SHOWN: usize = 40;

pub(crate) type Asked = HashMap<String, String>;

/// The campaign and the village of an address.
///
/// # Errors
/// Not found for a draft, and for a village that is no business of the reader.
pub(crate) async fn found(ctx: &Ctx, id: Uuid, village: Uuid) -> Result<(Campaign, Unit)> {
    let village = who::village(ctx, village).await?;
    let one = campaigns::find(ctx, &ctx.app.db, id).await?;
    if one.state == State::Draft { Err(Error::not_found()) } else { Ok((one, village)) }
}

/// The part of the address that says which list somebody came from.
pub(crate) fn carried(asked: &Asked) -> String {
    let kept = ["xem", "q"].iter().filter_map(|name| Some((*name, asked.get(*name)?)));
    let mut url = String::new();
    for (name, value) in kept.filter(|(_, value)| !value.is_empty()) {
        url.push(if url.is_empty() { '?' } else { '&' });
        url.push_str(&format!("{name}={}", encoded(value)));
    }
    url
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// An address as one says it inside the village: without the village and what is above it.
fn within<'a>(address: &'a str, village: &str) -> &'a str {
    let folded = vntext::fold(village);
    let bare = folded.strip_prefix("thon ").unwrap_or(&folded);
    let mut end = 0;
    for part in address.split_inclusive(',') {
        if vntext::fold(part).contains(bare) {
            break;
        }
        end += part.len();
    }
    let short = address.get(..end).unwrap_or(address).trim_end_matches(',').trim();
    if short.is_empty() { address } else { short }
}

/// A household in the list.
struct Line {
    id: Uuid,
    name: String,
    about: String,
    badge: Option<Html>,
    /// Where it is noted.
    url: String,
    reached: bool,
    key: String,
}

/// A household of the roll with its head.
pub(crate) struct Named {
    pub home: Home,
    pub name: String,
    pub code: String,
    pub address: String,
    pub head: Option<Uuid>,
}

/// The heads and addresses of households of the roll, in the order of lists. Whose household the reader may not see is left out.
pub(crate) async fn named(ctx: &Ctx, homes: Vec<Home>) -> Result<Vec<Named>> {
    let mut listed: Vec<Listed> = Vec::new();
    let ids: Vec<Uuid> = homes.iter().map(|home| home.household_id).collect();
    for some in ids.chunks(500) {
        listed.extend(household::get_many(ctx, some).await?);
    }
    let mut by_id: HashMap<Uuid, Home> = homes.into_iter().map(|home| (home.household_id, home)).collect();
    let mut all: Vec<Named> = listed
        .into_iter()
        .filter_map(|one| {
            let home = by_id.remove(&one.household.id)?;
            Some(Named {
                home,
                name: one.head_name.unwrap_or_else(|| one.household.code.clone()),
                code: one.household.code,
                address: one.household.facts.address,
                head: one.household.facts.head_person_id,
            })
        })
        .collect();
    all.sort_by_cached_key(|one| (vntext::name_sort_key(&one.name), one.home.household_id));
    Ok(all)
}

/// What is known of a household, in one badge.
pub(crate) fn badge(ctx: &Ctx, home: &Home) -> Option<Html> {
    let t = ctx.t();
    match (home.reached_on, home.tried_on) {
        (Some(day), _) => {
            let outcome =
                home.outcome().filter(|outcome| *outcome != Outcome::Nobody).unwrap_or(Outcome::Told);
            Some(outcome.status().badge(&format!("{} · {}", t.t(outcome.text_key()), t.date(day))))
        }
        (None, Some(day)) => Some(Status::Waiting.badge(&t.s("reach-away-on", "day", &t.date(day)))),
        (None, None) => None,
    }
}

/// The household that was just noted.
struct Just {
    name: String,
    url: String,
    key: String,
    outcomes: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "reach-village.html")]
struct VillagePage {
    shell: Shell,
    path: String,
    badge: Html,
    village: String,
    say: Vec<String>,
    link: String,
    done: i64,
    total: i64,
    note: String,
    tabs: Vec<(String, String)>,
    here: String,
    which: &'static str,
    q: String,
    lines: Vec<Line>,
    more: String,
    more_url: String,
    open: bool,
    just: Option<Just>,
    channels: Vec<(String, String)>,
    ways: ways::Ways,
    carried: String,
    today: String,
    key: String,
    leads: String,
    errors: FieldErrors,
    wrong: String,
}

/// One village at most: whoever has one alone is led to it.
pub(crate) async fn list(
    ctx: Ctx,
    Path((id, village)): Path<(Uuid, Uuid)>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (one, village) = found(&ctx, id, village).await?;
    Ok(html(page(&ctx, &one, &village, &asked, Back::default()).await?))
}

fn notes(ctx: &Ctx, one: &Campaign) -> bool {
    one.state == State::Running && ctx.may("reach.note")
}

pub(crate) async fn page(
    ctx: &Ctx,
    one: &Campaign,
    village: &Unit,
    asked: &Asked,
    back: Back,
) -> Result<String> {
    let t = ctx.t();
    let word = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let (which, q) = (Which::parse(word("xem")), word("q").to_owned());
    let open = notes(ctx, one);
    let path = one.village_path(village.id);
    let homes = store::list(ctx, one.id, &[village.id], which, None, MOST).await?;
    let mut all = named(ctx, homes).await?;
    let folded = vntext::fold(&q);
    all.retain(|one| vntext::fold(&one.name).contains(folded.trim()));
    // Where somebody was in vain already, the next house comes first.
    all.sort_by_key(|one| one.home.tried_on.is_some());
    let shown = if asked.contains_key("het") { all.len() } else { SHOWN };
    let more = all.len().saturating_sub(shown);
    let carried = carried(asked);
    let line = |one: &Named| Line {
        id: one.home.household_id,
        name: one.name.clone(),
        about: within(&one.address, &village.name).to_owned(),
        badge: badge(ctx, &one.home),
        url: format!("{path}/ho/{}", one.home.household_id),
        reached: one.home.reached_on.is_some(),
        key: key(ctx),
    };
    let count = count_of(ctx, one, village).await?;
    let shell = shell(ctx, one, village).await?;
    let tab = |one: &Which| (format!("{path}?xem={}", one.words().0), t.t(one.words().1));
    ui::render(&VillagePage {
        badge: one.badge(t, ctx.today()),
        village: village.name.clone(),
        say: one.say.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        link: one.link.clone(),
        done: count.reached,
        total: count.homes,
        note: goal_words(ctx, one, &count),
        tabs: Which::ALL.iter().map(tab).collect(),
        here: tab(&which).0,
        which: which.words().0,
        lines: all.iter().take(shown).map(line).collect(),
        more_url: format!("{path}{carried}{}het=1", if carried.is_empty() { '?' } else { '&' }),
        more: if more == 0 { String::new() } else { t.n("reach-more", "count", more) },
        just: just(ctx, one, village, word("vua")).await?.filter(|_| open),
        channels: by_hand(ctx),
        ways: ways::of(ctx, one, village, &back).await?,
        today: vntext::date(ctx.today()),
        key: key(ctx),
        leads: if ctx.scope.whole() { one.work_path() } else { String::new() },
        errors: back.errors,
        wrong: back.wrong,
        open,
        q,
        carried,
        path,
        shell,
    })
}

async fn count_of(ctx: &Ctx, one: &Campaign, village: &Unit) -> Result<Count> {
    let all = counts(&who::whole(ctx), &[one.id]).await?;
    Ok(all.into_iter().find(|count| count.village_id == village.id).unwrap_or_default())
}

/// "Mục tiêu 80%, còn 12 hộ nữa là đạt."
pub(crate) fn goal_words(ctx: &Ctx, one: &Campaign, count: &Count) -> String {
    let needed = (count.homes * one.goal + 99) / 100;
    let left = (needed - count.reached).max(0);
    let key = if left == 0 { "reach-goal-met" } else { "reach-goal-left" };
    ctx.t().a(key, &[("total", one.goal.into()), ("count", left.into())])
}

pub(crate) fn by_hand(ctx: &Ctx) -> Vec<(String, String)> {
    Channel::BY_HAND.iter().map(|one| (one.code().to_owned(), ctx.t().t(one.text_key()))).collect()
}

pub(crate) async fn shell(ctx: &Ctx, one: &Campaign, village: &Unit) -> Result<Shell> {
    let shell = Shell::of(ctx, &one.title).await?.crumb(ctx.t().t("reach-menu"), WORK);
    let shell = if ctx.scope.whole() { shell.crumb(&one.title, &one.work_path()) } else { shell };
    Ok(shell.crumb(&village.name, ""))
}

async fn just(ctx: &Ctx, one: &Campaign, village: &Unit, word: &str) -> Result<Option<Just>> {
    let Ok(id) = word.parse::<Uuid>() else { return Ok(None) };
    let homes = store::get_many(ctx, &ctx.app.db, one.id, &[id]).await?;
    let found = named(ctx, homes).await?.into_iter().next();
    Ok(found.filter(|found| found.home.village_id == village.id).map(|found| Just {
        name: found.name,
        url: format!("{}/ho/{id}", one.village_path(village.id)),
        key: key(ctx),
        outcomes: Outcome::ALL
            .iter()
            .filter(|outcome| !matches!(outcome, Outcome::Told | Outcome::Nobody))
            .map(|outcome| (outcome.code(), ctx.t().t(outcome.text_key())))
            .collect(),
    }))
}

/// What a form says about noting.
pub(crate) fn noting(ctx: &Ctx, sent: &Form) -> Result<Noting> {
    let channel = match sent.some("kenh") {
        Some(code) => Channel::parse(code)
            .filter(|channel| Channel::BY_HAND.contains(channel))
            .ok_or_else(|| Error::field("kenh", "error-choose"))?,
        None => Channel::Visit,
    };
    let outcome = match sent.some("ket-qua") {
        Some(code) => Outcome::parse(code).ok_or_else(|| Error::field("ket-qua", "error-choose"))?,
        None => Outcome::Told,
    };
    Ok(Noting {
        channel,
        outcome,
        words: sent.text("loi").to_owned(),
        ..Noting::visit(sent.date("ngay")?.unwrap_or_else(|| ctx.today()))
    })
}

/// Several at once: those that were ticked.
pub(crate) async fn many(
    ctx: Ctx,
    Path((id, village)): Path<(Uuid, Uuid)>,
    Query(asked): Query<Asked>,
    sent: Form,
) -> Result<Response> {
    let (one, village) = found(&ctx, id, village).await?;
    let path = one.village_path(village.id);
    let read = || -> Result<(Vec<Uuid>, Noting)> {
        let ids = sent.all("chon").map(|id| id.parse().map_err(|_| Error::field("chon", "error-choose")));
        let ids = ids.collect::<Result<Vec<Uuid>>>()?;
        if ids.is_empty() {
            return Err(Error::field("chon", "reach-tick-some"));
        }
        Ok((ids, noting(&ctx, &sent)?))
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match read() {
        Ok((ids, noting)) => rules::note(&ctx, &tx, id, &ids, &noting).await,
        Err(error) => Err(error),
    };
    let done = done.map(|noted| {
        let said = Message::new("reach-noted-many").with("count", noted.fresh).with("total", noted.known);
        let note = Note::new(said).undo(format!("{path}/hoan-tac/{}", noted.batch));
        (format!("{path}{}", carried(&asked)), note)
    });
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => {
            let draw = async |back: Back| page(&ctx, &one, &village, &asked, back).await;
            ui::back::again(&ctx, &sent, error, draw).await
        }
    }
}

/// Takes back what one press has noted.
pub(crate) async fn undo(ctx: Ctx, Path((id, village, batch)): Path<(Uuid, Uuid, Uuid)>) -> Result<Response> {
    let (one, village) = found(&ctx, id, village).await?;
    let tx = ctx.begin().await?;
    let gone = rules::take_back(&ctx, &tx, id, batch).await?;
    tx.commit().await?;
    let said = Message::new("reach-note-back").with("count", gone);
    Ok(Note::new(said).see_other(&one.village_path(village.id)))
}

/// The meeting of a village at which the campaign was spoken of.
pub(crate) async fn gathering(
    ctx: &Ctx,
    one: &Campaign,
    village: Uuid,
    id: Uuid,
) -> Result<registry::Gathering> {
    let since = one.started_on.unwrap_or(one.from_on);
    let all = told::gatherings(ctx, village, since).await?;
    all.into_iter().find(|meeting| meeting.id == id).ok_or_else(|| Error::field("hop", "error-choose"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leaves_out_where_everybody_is() {
        assert_eq!(within("Tổ 3, thôn Nậm Chà, xã Gia Phú", "Nậm Chà"), "Tổ 3");
        assert_eq!(within("Thôn 06, xã Gia Phú", "Thôn 06"), "Thôn 06, xã Gia Phú");
        assert_eq!(within("", "Nậm Chà"), "");
    }

    #[test]
    fn the_list_that_somebody_came_from_is_kept() {
        let asked = |pairs: &[(&str, &str)]| -> Asked {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        assert_eq!(carried(&asked(&[("vua", "x")])), "");
        assert_eq!(carried(&asked(&[("xem", "roi"), ("q", "Sùng a")])), "?xem=roi&q=S%C3%B9ng%20a");
    }
}

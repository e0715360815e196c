//! Preparing a campaign, starting it with its roll of households, adding who came later, ending and withdrawing it.

use super::model::{Audience, Campaign, Setting, State};
use super::{search, store};
use crate::law::Terms;
use crate::roll;
use audit::Entry;
use chrono::{Duration, NaiveDate};
use platform::access::Place;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::{Value, json};

const TITLE_MAX: usize = 150;
const SAY_MAX: usize = 2_000;
const LINK_MAX: usize = 300;
const WHY_MAX: usize = 500;
const MOST_DAYS: i64 = 366;

pub(crate) async fn record(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid, detail: Value) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "reach_campaign", id, detail }).await
}

/// A path of this site, so that nobody is led elsewhere; an address of the commune's own is cut to its path.
fn link(text: &str) -> Result<String> {
    let text = text.trim();
    said::short("duong-dan", text, LINK_MAX)?;
    let own = text.is_empty() || (text.starts_with('/') && !text.starts_with("//") && !text.contains('\\'));
    if own { Ok(text.to_owned()) } else { Err(Error::field("duong-dan", "reach-link-wrong")) }
}

fn days(ctx: &Ctx, sent: &Setting) -> Result<(NaiveDate, NaiveDate)> {
    let from = sent.from.unwrap_or_else(|| ctx.today());
    if from < ctx.today() {
        return Err(Error::field("tu-ngay", "reach-from-past"));
    }
    let until = sent.until.ok_or_else(|| Error::field("den-ngay", "error-date"))?;
    if until < from {
        return Err(Error::field("den-ngay", "reach-until-before"));
    }
    if until > from + Duration::days(MOST_DAYS) {
        return Err(Error::field("den-ngay", "reach-too-long"));
    }
    Ok((from, until))
}

async fn villages(ctx: &Ctx, sent: &Setting) -> Result<Vec<Uuid>> {
    let known = units::village_list(ctx, ctx.today()).await?;
    let mut villages = sent.villages.clone();
    villages.sort_unstable();
    villages.dedup();
    if villages.iter().any(|id| !known.iter().any(|unit| unit.id == *id)) {
        return Err(Error::field("thon", "error-choose"));
    }
    Ok(villages)
}

async fn lead(ctx: &Ctx, sent: &Setting) -> Result<Option<Uuid>> {
    if let Some(id) = sent.lead
        && identity::account_names(ctx, &[id]).await?.is_empty()
    {
        return Err(Error::field("phu-trach", "error-choose"));
    }
    Ok(sent.lead)
}

async fn read(ctx: &Ctx, sent: &Setting, before: Option<Campaign>) -> Result<(Campaign, Vec<Uuid>)> {
    let title = said::needed("tieu-de", &vntext::clean(&sent.title), "reach-title-empty", TITLE_MAX)?;
    let say = said::needed("noi-dung", &sent.say, "reach-say-empty", SAY_MAX)?;
    let link = link(&sent.link)?;
    let known = Terms::now(ctx)?;
    if !known.topic.iter().any(|topic| topic.code == sent.topic) {
        return Err(Error::field("chu-de", "error-choose"));
    }
    let audience = sent.audience.ok_or_else(|| Error::field("doi-tuong", "error-choose"))?;
    let goal = sent.goal.filter(|goal| (1..=100).contains(goal));
    let goal = goal.ok_or_else(|| Error::field("muc-tieu", "reach-goal-wrong"))?;
    // Days that are over stay what they are while the rest of a running campaign is mended.
    let (from_on, until_on) = days(ctx, sent)?;
    let villages = villages(ctx, sent).await?;
    let fresh = before.unwrap_or_else(|| Campaign {
        id: ctx.new_id(),
        title: String::new(),
        say: String::new(),
        link: String::new(),
        topic: String::new(),
        audience,
        goal,
        lead_id: None,
        state: State::Draft,
        from_on,
        until_on,
        started_on: None,
        ended_on: None,
        reminded_on: None,
        later: 0,
        why: String::new(),
        revision: 1,
    });
    let lead_id = lead(ctx, sent).await?;
    let topic = sent.topic.clone();
    Ok((Campaign { title, say, link, topic, audience, goal, lead_id, from_on, until_on, ..fresh }, villages))
}

/// Prepares a campaign; it has no roll yet, and nobody is told.
///
/// # Errors
/// At the field what is missing or wrong.
pub async fn prepare(ctx: &Ctx, tx: &Tx, sent: &Setting) -> Result<Campaign> {
    let (one, villages) = read(ctx, sent, None).await?;
    store::insert(ctx, tx, &one).await?;
    store::set_villages(ctx, tx, one.id, &villages).await?;
    record(ctx, tx, "reach.prepare", one.id, json!({ "topic": one.topic, "audience": one.audience })).await?;
    Ok(one)
}

/// Edits a draft as a whole; of a running campaign the words, the link, the goal, the lead and the last day. For whom it is stays as
/// it was frozen.
///
/// # Errors
/// At the field; `Conflict` when it is over or somebody else changed it.
pub(super) async fn edit(
    ctx: &Ctx,
    tx: &Tx,
    before: Campaign,
    revision: i64,
    sent: &Setting,
) -> Result<Campaign> {
    let running = before.state == State::Running;
    if !running && before.state != State::Draft {
        return Err(Error::conflict("reach-is-over"));
    }
    let frozen = Setting {
        audience: if running { Some(before.audience) } else { sent.audience },
        villages: if running { Vec::new() } else { sent.villages.clone() },
        from: if running { None } else { sent.from },
        ..sent.clone()
    };
    let from_on = before.from_on;
    let (one, villages) = read(ctx, &frozen, Some(before)).await?;
    let mut one = Campaign { revision, ..one };
    if running {
        one.from_on = from_on;
    }
    store::update(ctx, tx, &one).await?;
    if running {
        search::put(ctx, tx, &one).await?;
    } else {
        store::set_villages(ctx, tx, one.id, &villages).await?;
    }
    record(ctx, tx, "reach.edit", one.id, json!({ "running": running })).await?;
    Ok(Campaign { revision: revision + 1, ..one })
}

/// Starts it: the roll of households is taken as they are now, the heads of its villages are told.
///
/// # Errors
/// `Conflict` when it has started already, its last day is over, or there is no household for it.
pub async fn start(ctx: &Ctx, tx: &Tx, before: Campaign, revision: i64) -> Result<Campaign> {
    if before.state != State::Draft {
        return Err(Error::conflict("reach-moved-on"));
    }
    if before.until_on < ctx.today() {
        return Err(Error::conflict("reach-until-before"));
    }
    let mut one = Campaign { revision, state: State::Running, started_on: Some(ctx.today()), ..before };
    one.from_on = ctx.today();
    let villages = asked(ctx, tx, &one).await?;
    let homes = roll::fitting(ctx, &one, &villages).await?;
    if homes.is_empty() {
        return Err(Error::conflict("reach-nobody"));
    }
    store::update(ctx, tx, &one).await?;
    one.revision += 1;
    roll::join(ctx, tx, one.id, &homes).await?;
    search::put(ctx, tx, &one).await?;
    let text = Message::new("reach-letter-start")
        .with("name", one.title.as_str())
        .with("day", ctx.t().date(one.until_on));
    for village in &villages {
        let place = Place::new("village", *village);
        messages::send_to_role(ctx, tx, "village_head", &place, &text, &one.village_path(*village)).await?;
    }
    let detail = json!({ "homes": homes.len(), "villages": villages.len() });
    record(ctx, tx, "reach.start", one.id, detail).await?;
    Ok(one)
}

/// The villages that a campaign is for; all of them when none was chosen.
pub(crate) async fn asked(ctx: &Ctx, tx: &Tx, one: &Campaign) -> Result<Vec<Uuid>> {
    let chosen = store::villages_of(ctx, tx, one.id).await?;
    if !chosen.is_empty() {
        return Ok(chosen);
    }
    Ok(units::village_list(ctx, ctx.today()).await?.into_iter().map(|unit| unit.id).collect())
}

/// Adds the households that fit and were not there at the start; how many.
///
/// # Errors
/// `Conflict` when it does not run.
pub async fn add_later(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<usize> {
    let one = running(ctx, tx, id).await?;
    let villages = asked(ctx, tx, &one).await?;
    let mut homes = roll::fitting(ctx, &one, &villages).await?;
    let known = roll::ids(ctx, tx, id).await?;
    homes.retain(|(home, _)| !known.contains(home));
    roll::join(ctx, tx, id, &homes).await?;
    store::set_later(ctx, tx, id, 0).await?;
    record(ctx, tx, "reach.add_later", id, json!({ "homes": homes.len() })).await?;
    Ok(homes.len())
}

/// Held until the transaction ends.
///
/// # Errors
/// `Conflict` when it does not run.
pub(crate) async fn running(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Campaign> {
    let one = store::hold(ctx, tx, id).await?;
    if one.state == State::Running { Ok(one) } else { Err(Error::conflict("reach-not-running")) }
}

/// It ends; what was noted stays.
///
/// # Errors
/// `Conflict` when it does not run.
pub async fn end(ctx: &Ctx, tx: &Tx, before: Campaign, revision: i64) -> Result<Campaign> {
    if before.state != State::Running {
        return Err(Error::conflict("reach-not-running"));
    }
    // By itself it ends after its last day, whenever somebody looks.
    let over = ctx.today().min(before.until_on + Duration::days(1));
    let one = Campaign { revision, state: State::Ended, ended_on: Some(over), ..before };
    store::update(ctx, tx, &one).await?;
    search::remove(ctx, tx, &one).await?;
    figures::touch(ctx, tx, crate::figures::HOMES);
    record(ctx, tx, "reach.end", one.id, json!({})).await?;
    Ok(Campaign { revision: revision + 1, ..one })
}

/// It is withdrawn with a reason: it counts nowhere any more.
///
/// # Errors
/// At `ly-do` without one; `Conflict` when it is withdrawn already.
pub async fn withdraw(ctx: &Ctx, tx: &Tx, before: Campaign, revision: i64, why: &str) -> Result<Campaign> {
    let why = said::needed("ly-do", &vntext::clean(why), "reach-why-empty", WHY_MAX)?;
    if before.state == State::Withdrawn {
        return Err(Error::conflict("reach-moved-on"));
    }
    let ended_on = before.ended_on.or(Some(ctx.today()));
    let one = Campaign { revision, state: State::Withdrawn, why, ended_on, ..before };
    store::update(ctx, tx, &one).await?;
    search::remove(ctx, tx, &one).await?;
    figures::touch(ctx, tx, crate::figures::HOMES);
    record(ctx, tx, "reach.withdraw", one.id, json!({})).await?;
    Ok(Campaign { revision: revision + 1, ..one })
}

/// What a campaign is for, in the reader's words.
pub(crate) fn audience_words(ctx: &Ctx, audience: Audience) -> String {
    ctx.t().t(audience.text_key())
}

//! Reporting: what is checked, what is asked before it goes out, and to whom it goes.

use crate::kinds::{self, Kind, Kinds, Way};
use crate::model::{Happened, Report, Source, State};
use crate::store;
use crate::tell;
use crate::upload::{self, Ready};
use chrono::Datelike;
use platform::access::Place;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, ids, numbers, said};
use units::place::{Ground, Point};

const WORDS_MAX: usize = 4_000;
const PLACE_MAX: usize = 300;
const NAME_MAX: usize = 100;
const PHONE_MAX: usize = 20;

/// What somebody sends.
pub struct Sending<'a> {
    pub source: Source,
    /// Empty: guessed from the words.
    pub kind: &'a str,
    pub body: &'a str,
    pub point: Option<Point>,
    pub village: Option<Uuid>,
    pub place_words: &'a str,
    pub name: &'a str,
    pub phone: &'a str,
    pub files: Vec<Ready>,
    /// Without the account, also when somebody is signed in.
    pub anonymous: bool,
}

/// A report that was taken, and the code by which its sender follows it.
pub struct Sent {
    pub report: Report,
    pub follow: String,
}

impl Sent {
    /// Where its sender goes on.
    pub fn own_path(&self) -> String {
        format!("{}?ma={}", self.report.path(), self.follow)
    }
}

/// What is asked before it goes out.
#[derive(Debug, Default)]
pub struct Questions {
    /// Open reports of the same kind within the distance, the nearest first, with metres.
    pub same: Vec<(Report, f64)>,
    pub outside: bool,
    pub lawful: Option<Way>,
}

impl Questions {
    pub fn none(&self) -> bool {
        self.same.is_empty() && !self.outside && self.lawful.is_none()
    }
}

/// What was typed fits; the kind, and the village in which it is.
async fn checked<'k>(ctx: &Ctx, kinds: &'k Kinds, sent: &Sending<'_>) -> Result<(&'k Kind, Option<Uuid>)> {
    said::short("noi-dung", sent.body, WORDS_MAX)?;
    if sent.body.trim().is_empty() && sent.files.is_empty() {
        return Err(Error::field("noi-dung", "feedback-empty"));
    }
    let kind = if sent.kind.is_empty() { kinds.guess(sent.body) } else { kinds.find(sent.kind) };
    let kind = kind.ok_or_else(|| Error::field("loai", "feedback-kind-empty"))?;
    said::short("cho", sent.place_words, PLACE_MAX)?;
    said::short("ten", sent.name, NAME_MAX)?;
    said::short("dien-thoai", sent.phone, PHONE_MAX)?;
    let ground = Ground::load(ctx).await?;
    let chosen = match sent.village {
        Some(id) => Some(ground.find(id).ok_or_else(|| Error::field("thon", "feedback-village-wrong"))?.id),
        None => None,
    };
    let village = sent.point.and_then(|point| ground.village_at(point)).map(|unit| unit.id).or(chosen);
    if kind.place && village.is_none() && sent.point.is_none() {
        return Err(Error::field("thon", "feedback-place-empty"));
    }
    let named = !sent.name.trim().is_empty() || (!sent.anonymous && ctx.account_or_none().is_some());
    if kind.way == Some(Way::Denunciation) && !named {
        return Err(Error::field("ten", "feedback-denounce-name"));
    }
    Ok((kind, village))
}

/// Takes a report. What has to be asked first waits as `held`.
///
/// # Errors
/// At the field what is missing or wrong.
pub async fn send(ctx: &Ctx, tx: &Tx, sent: Sending<'_>) -> Result<Sent> {
    let kinds = Kinds::load(ctx)?;
    let (kind, village) = checked(ctx, &kinds, &sent).await?;
    let year = ctx.today().year();
    let number = numbers::next(tx, ctx.commune, "feedback", &year.to_string()).await?;
    let follow = ids::follow_code();
    let mut report = Report {
        id: ctx.new_id(),
        code: format!("PA{:02}-{number:04}", year % 100),
        source: sent.source,
        kind: kind.code.clone(),
        body: sent.body.trim().to_owned(),
        village_id: village,
        lat: sent.point.map(|point| point.lat),
        lon: sent.point.map(|point| point.lon),
        place_words: sent.place_words.trim().to_owned(),
        outside: false,
        account_id: if sent.anonymous { None } else { ctx.account_or_none() },
        contact_name: sent.name.trim().to_owned(),
        contact_phone: sent.phone.trim().to_owned(),
        follow_hash: ids::follow_hash(&follow),
        state: State::Held,
        open: false,
        shown: false,
        closed: kind.way.is_some(),
        holder_id: None,
        sent_at: ctx.now,
        due_at: None,
        ended_at: None,
        supporters: 0,
        reopened: 0,
        rating: None,
        asked_at: None,
        fixed: None,
        escalated: false,
        reminded_on: None,
        revision: 1,
    };
    store::insert(ctx, tx, &report).await?;
    let event = tell::happened(ctx, tx, &report, tell::public(Happened::Sent, "")).await?;
    upload::keep(&tell::nameless(ctx), tx, &report, event, &sent.files).await?;
    if questions(ctx, tx, &report).await?.none() {
        release(ctx, tx, &mut report, None).await?;
    }
    Ok(Sent { report, follow })
}

/// What is to be asked about a report that is held.
pub async fn questions(ctx: &Ctx, on: &impl Run, report: &Report) -> Result<Questions> {
    let kinds = Kinds::load(ctx)?;
    if report.closed {
        return Ok(Questions::default());
    }
    let mut asked = Questions { lawful: kinds.lawful_way(&report.body), ..Questions::default() };
    let Some(point) = report.point() else { return Ok(asked) };
    let ground = Ground::load(ctx).await?;
    asked.outside = ground.known() && ground.village_at(point).is_none() && !report.outside;
    asked.same = nearby(ctx, on, point, &report.kind).await?;
    asked.same.retain(|(other, _)| other.id != report.id && (other.shown || kinds.look_first));
    Ok(asked)
}

/// Open reports of a kind within the distance, the nearest first, with metres.
pub async fn nearby(ctx: &Ctx, on: &impl Run, point: Point, kind: &str) -> Result<Vec<(Report, f64)>> {
    let most = Kinds::load(ctx)?.duplicate_metres;
    let found = store::near(ctx, on, point.cells_around(), kind).await?;
    let mut near: Vec<(Report, f64)> = found
        .into_iter()
        .filter_map(|other| other.point().map(|at| (point.metres_to(at), other)))
        .filter(|(metres, _)| *metres <= most)
        .map(|(metres, other)| (other, metres))
        .collect();
    near.sort_by(|a, b| a.1.total_cmp(&b.1));
    near.truncate(3);
    Ok(near)
}

/// It goes to whoever is responsible, with its deadline.
pub async fn release(ctx: &Ctx, tx: &Tx, report: &mut Report, way: Option<Way>) -> Result<()> {
    let kinds = Kinds::load(ctx)?;
    if let Some(kind) = way.and_then(|way| kinds.of_way(way)) {
        report.kind.clone_from(&kind.code);
        report.closed = true;
    }
    let kind = kinds.find(&report.kind).ok_or_else(|| Error::internal(format!("no kind {}", report.kind)))?;
    report.holder_id = holder(ctx, tx, &kinds, report).await?;
    report.state = State::New;
    report.open = true;
    report.shown = kind.public && !kinds.look_first && !report.closed;
    report.due_at = Some(kinds::deadline(ctx, kind.days)?);
    store::update(ctx, tx, report).await?;
    report.revision += 1;
    if let Some(to) = report.holder_id {
        let key = if report.closed { "feedback-told-closed" } else { "feedback-told-new" };
        tell::officer(ctx, tx, report, to, key).await?;
    }
    Ok(())
}

/// Nobody is there to be asked: it goes out as it is. What seems to accuse somebody goes in confidence.
pub async fn release_unasked(ctx: &Ctx, tx: &Tx, report: &mut Report) -> Result<()> {
    if report.state != State::Held {
        return Ok(());
    }
    let asked = questions(ctx, tx, report).await?;
    report.outside = asked.outside;
    release(ctx, tx, report, asked.lawful).await
}

/// Whoever is responsible and has the least to do.
async fn holder(ctx: &Ctx, tx: &Tx, kinds: &Kinds, report: &Report) -> Result<Option<Uuid>> {
    let kind = kinds.find(&report.kind).ok_or_else(Error::not_found)?;
    let mut able = Vec::new();
    if report.closed {
        for role in &kinds.closed_roles {
            able.extend(
                identity::holders(ctx, role, &Place::new("commune", ctx.commune), ctx.today()).await?,
            );
        }
    } else {
        able = kinds::responsible(ctx, kind, report.village_id).await?;
    }
    if able.len() < 2 {
        return Ok(able.first().copied());
    }
    let loads = store::loads(ctx, tx, &able).await?;
    let load = |id: &Uuid| loads.iter().find(|(of, _)| of == id).map_or(0, |(_, count)| *count);
    Ok(able.iter().min_by_key(|id| load(id)).copied())
}

/// The sender joins another report instead of sending a second one.
pub async fn join(ctx: &Ctx, tx: &Tx, report: &mut Report, other: Uuid) -> Result<Report> {
    let same = questions(ctx, tx, report).await?.same;
    let (other, _) = same.into_iter().find(|(one, _)| one.id == other).ok_or_else(Error::not_found)?;
    report.state = State::Joined;
    store::update(ctx, tx, report).await?;
    let who = report.account_id.map_or_else(|| format!("report {}", report.id), |id| id.to_string());
    store::insert_support(ctx, tx, other.id, &who, report.account_id).await?;
    Ok(other)
}

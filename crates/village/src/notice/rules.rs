//! Publishing a notice, now or on its day, and taking it back.

use super::{Notice, State, store};
use audit::Entry;
use chrono::{Duration, NaiveDate};
use messages::Letter;
use platform::files::{self, Prepared};
use platform::jobs::{Every, Job, Worker};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::{Value, json};
use units::Unit;

const TITLE_MAX: usize = 150;
const BODY_MAX: usize = 4_000;
/// A notice hangs so long when nobody says how long.
const DAYS: i64 = 14;
const MOST_DAYS: i64 = 366;
const JOB: &str = "village.notices";
const BATCH: i64 = 200;

/// What somebody writes.
#[derive(Default)]
pub struct Writing {
    pub title: String,
    pub body: String,
    /// `None`: now.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub picture: Option<Prepared>,
    /// It invites to this meeting.
    pub meeting: Option<Uuid>,
}

fn checked_days(ctx: &Ctx, written: &Writing) -> Result<(NaiveDate, NaiveDate)> {
    let today = ctx.today();
    let from = written.from.unwrap_or(today).max(today);
    let until = written.until.unwrap_or(from + Duration::days(DAYS));
    if until < from {
        return Err(Error::field("den-ngay", "village-notice-until-before"));
    }
    if until > today + Duration::days(MOST_DAYS) {
        return Err(Error::field("den-ngay", "village-notice-too-long"));
    }
    Ok((from, until))
}

/// Publishes a notice; one for a later day goes out by itself.
///
/// # Errors
/// At the field what is missing or wrong.
pub async fn publish(ctx: &Ctx, tx: &Tx, village: &Unit, written: Writing) -> Result<Notice> {
    let title = said::needed("tieu-de", &written.title, "village-notice-title-empty", TITLE_MAX)?;
    let body = said::needed("noi-dung", &written.body, "village-notice-body-empty", BODY_MAX)?;
    let (from_on, until_on) = checked_days(ctx, &written)?;
    let id = ctx.new_id();
    let file_id = match &written.picture {
        Some(file) => Some(files::keep(ctx, tx, file, "village_notice", id).await?),
        None => None,
    };
    let mut one = Notice {
        id,
        village_id: village.id,
        title,
        body,
        from_on,
        until_on,
        file_id,
        meeting_id: written.meeting,
        state: if from_on > ctx.today() { State::Planned } else { State::Out },
        told: 0,
        by_id: ctx.account_or_none(),
        at: ctx.now,
        revision: 1,
    };
    if one.state == State::Out {
        one.told = tell(ctx, tx, village, &one).await?;
    }
    store::insert(ctx, tx, &one).await?;
    let detail = json!({ "from": from_on, "until": until_on, "people": one.told });
    audit::record(ctx, tx, Entry { action: "village_notice.publish", kind: "village_notice", id, detail })
        .await?;
    Ok(one)
}

/// Puts it into the inbox of everybody who lives there; how many they are.
async fn tell(ctx: &Ctx, tx: &Tx, village: &Unit, one: &Notice) -> Result<i64> {
    let text = Message::new("village-notice-letter")
        .with("village", village.name.as_str())
        .with("name", one.title.as_str());
    let link = format!("/thon/{}/thong-bao/{}", village.slug, one.id);
    let residents = registry::residents_of(ctx, village.id).await?;
    for to in &residents {
        let letter =
            messages::send(ctx, tx, Letter { to: *to, text: text.clone(), link: link.clone() }).await?;
        store::insert_letter(ctx, tx, one.id, letter).await?;
    }
    Ok(i64::try_from(residents.len()).unwrap_or(i64::MAX))
}

/// Takes a notice back: nobody reads it any more, and letters that were not opened go.
pub async fn take_back(ctx: &Ctx, tx: &Tx, village: &Unit, id: Uuid) -> Result<()> {
    let one = store::find(ctx, tx, village.id, id).await?;
    if one.state == State::TakenBack {
        return Err(Error::conflict("village-notice-gone"));
    }
    store::update(ctx, tx, &one, State::TakenBack, one.told).await?;
    let letters = store::letters(ctx, tx, id).await?;
    let gone = messages::take_back(ctx, tx, &letters).await?;
    let detail = json!({ "letters": gone });
    audit::record(ctx, tx, Entry { action: "village_notice.take_back", kind: "village_notice", id, detail })
        .await
}

/// The same for what another rule put out; gone already is well.
pub(crate) async fn withdraw(ctx: &Ctx, tx: &Tx, village: &Unit, id: Uuid) -> Result<()> {
    if store::find(ctx, tx, village.id, id).await?.state == State::TakenBack {
        return Ok(());
    }
    take_back(ctx, tx, village, id).await
}

pub(crate) fn worker() -> Worker {
    Worker::new(JOB, job)
}

pub(crate) fn every() -> Every {
    Every { kind: JOB, period: std::time::Duration::from_secs(3_600) }
}

/// Those whose day has come go out. One that was taken back meanwhile is left.
async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let due = store::due(&ctx, BATCH).await?;
    for one in &due {
        let village = units::find(&ctx, one.village_id).await?;
        let tx = ctx.begin().await?;
        let now = store::find(&ctx, &tx, village.id, one.id).await?;
        if now.state == State::Planned {
            let told = tell(&ctx, &tx, &village, &now).await?;
            store::update(&ctx, &tx, &now, State::Out, told).await?;
            let detail = json!({ "people": told });
            let entry = Entry { action: "village_notice.out", kind: "village_notice", id: now.id, detail };
            audit::record(&ctx, &tx, entry).await?;
        }
        tx.commit().await?;
    }
    Ok(json!({ "out": due.len() }))
}

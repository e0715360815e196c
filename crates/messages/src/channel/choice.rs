//! How somebody wants to be told: which kinds of messages through which channels, and when not to be disturbed. The inbox has
//! everything; an emergency asks nobody.

use super::OWN;
use super::model::{Channel, Sort};
use super::settings::Ways;
use audit::Entry;
use axum::response::Response;
use chrono::{DateTime, Duration, Utc};
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, clock, sql};
use sea_orm::FromQueryResult;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// What can be chosen: letters of one's own matters go to the phone's screen and by e-mail beside the inbox, notices by all three.
pub(super) const CHOICES: [(Sort, &[Channel]); 2] = [
    (Sort::Notice, &[Channel::Push, Channel::Email, Channel::Zalo]),
    (Sort::Matter, &[Channel::Push, Channel::Email]),
];

/// Whoever does not want this sort of message through which channel, among these.
pub(super) async fn unwanted(
    ctx: &Ctx,
    on: &impl Run,
    accounts: &[Uuid],
    sort: Sort,
) -> Result<HashSet<(Uuid, Channel)>> {
    #[derive(FromQueryResult)]
    struct Row {
        account_id: Uuid,
        channel: Channel,
    }
    let mut all = HashSet::new();
    if sort == Sort::Emergency {
        return Ok(all);
    }
    for some in accounts.chunks(500) {
        let these =
            sql("SELECT account_id, channel FROM message_choice WHERE commune_id = ").arg(ctx.commune);
        let these = these.push(" AND account_id IN (").args(some.iter().copied()).push(") AND kind = ");
        let rows: Vec<Row> = these.arg(sort).all(on).await?;
        all.extend(rows.into_iter().map(|row| (row.account_id, row.channel)));
    }
    Ok(all)
}

/// True when this account wants its letters by e-mail too.
pub(crate) async fn wants_mail(ctx: &Ctx, account: Uuid) -> Result<bool> {
    let unwanted = unwanted(ctx, &ctx.app.db, &[account], Sort::Matter).await?;
    Ok(!unwanted.contains(&(account, Channel::Email)))
}

/// When somebody does not want to be disturbed, in minutes of the day; both the same: never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub(super) struct Quiet {
    pub begins: i64,
    pub ends: i64,
}

impl Quiet {
    /// The end of the quiet hours in which this moment lies.
    pub fn until(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let day = clock::start_of_day(clock::local_date(now));
        let minute = (now - day).num_minutes();
        let inside = if self.begins <= self.ends {
            (self.begins..self.ends).contains(&minute)
        } else {
            minute >= self.begins || minute < self.ends
        };
        let tomorrow = self.ends <= minute;
        inside.then(|| day + Duration::minutes(self.ends) + Duration::days(i64::from(tomorrow)))
    }
}

/// `"21:30"` as minutes of the day.
fn minutes(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

pub(super) fn words(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The quiet hours of those who said nothing.
fn usual(ways: &Ways) -> Result<Quiet> {
    let read = |text: &str| minutes(text).ok_or_else(|| Error::internal("quiet hours that are none"));
    Ok(Quiet { begins: read(&ways.quiet_begins)?, ends: read(&ways.quiet_ends)? })
}

/// The quiet hours of these accounts.
pub(super) async fn quiet(ctx: &Ctx, ways: &Ways, accounts: &[Uuid]) -> Result<HashMap<Uuid, Quiet>> {
    #[derive(FromQueryResult)]
    struct Row {
        account_id: Uuid,
        begins: i64,
        ends: i64,
    }
    let usual = usual(ways)?;
    let mut all: HashMap<Uuid, Quiet> = accounts.iter().map(|id| (*id, usual)).collect();
    for some in accounts.chunks(500) {
        let these =
            sql("SELECT account_id, begins, ends FROM message_quiet WHERE commune_id = ").arg(ctx.commune);
        let these = these.push(" AND account_id IN (").args(some.iter().copied()).push(")");
        let rows: Vec<Row> = these.all(&ctx.app.db).await?;
        all.extend(rows.iter().map(|row| (row.account_id, Quiet { begins: row.begins, ends: row.ends })));
    }
    Ok(all)
}

/// What the reader chose.
pub(super) async fn write(ctx: &Ctx, tx: &Tx, sent: &Form) -> Result<()> {
    let account = ctx.account()?;
    let read = |name: &'static str| {
        let text = sent.text(name);
        minutes(text).ok_or_else(|| Error::field(name, "channel-quiet-wrong"))
    };
    let quiet = if sent.ticked("khong-yen") {
        Quiet { begins: 0, ends: 0 }
    } else {
        Quiet { begins: read("yen-tu")?, ends: read("yen-den")? }
    };
    sql("DELETE FROM message_choice WHERE commune_id = $1 AND account_id = $2")
        .bind(ctx.commune)
        .bind(account)
        .run(tx)
        .await?;
    let mut off: Vec<String> = Vec::new();
    for (sort, channels) in CHOICES {
        for channel in channels.iter().filter(|channel| !sent.ticked(&name(sort, **channel))) {
            sql("INSERT INTO message_choice (commune_id, account_id, kind, channel) VALUES ($1, $2, $3, $4)")
                .bind(ctx.commune)
                .bind(account)
                .bind(sort)
                .bind(*channel)
                .run(tx)
                .await?;
            off.push(name(sort, *channel));
        }
    }
    sql("INSERT INTO message_quiet (commune_id, account_id, begins, ends) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (commune_id, account_id) DO UPDATE SET begins = $3, ends = $4")
    .bind(ctx.commune)
    .bind(account)
    .bind(quiet.begins)
    .bind(quiet.ends)
    .run(tx)
    .await?;
    let detail = json!({ "off": off });
    audit::record(ctx, tx, Entry { action: "channel.choose", kind: "account", id: account, detail }).await
}

/// The name of a tick in the form.
pub(super) fn name(sort: Sort, channel: Channel) -> String {
    format!("{}-{}", sort.code(), channel.code())
}

pub(super) async fn choose(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = write(&ctx, &tx, &sent).await;
    let done = done.map(|()| (OWN.to_owned(), Note::new("channel-chosen")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => super::own::again(&ctx, &sent, error).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn quiet_hours_go_over_midnight() {
        let night = Quiet { begins: 21 * 60 + 30, ends: 5 * 60 + 30 };
        let at = |day: u32, hour: u32, minute: u32| {
            clock::vietnam().with_ymd_and_hms(2026, 3, day, hour, minute, 0).unwrap().to_utc()
        };
        assert_eq!(night.until(at(10, 21, 29)), None);
        assert_eq!(night.until(at(10, 21, 30)), Some(at(11, 5, 30)));
        assert_eq!(night.until(at(11, 0, 0)), Some(at(11, 5, 30)));
        assert_eq!(night.until(at(11, 5, 30)), None);
        let noon = Quiet { begins: 12 * 60, ends: 13 * 60 };
        assert_eq!(noon.until(at(10, 12, 59)), Some(at(10, 13, 0)));
        assert_eq!(noon.until(at(10, 13, 0)), None);
        assert_eq!(Quiet { begins: 0, ends: 0 }.until(at(10, 0, 0)), None);
        assert_eq!((minutes("05:30"), minutes("24:00"), minutes("x")), (Some(330), None, None));
    }
}

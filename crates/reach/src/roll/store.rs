//! SQL of the roll: which households a campaign is for, and what was noted of each.

pub(crate) mod count;
pub(crate) mod way;

use super::model::{Channel, Home, Note, Noting, Outcome};
use crate::campaign::Audience;
use chrono::NaiveDate;
use platform::db::{Sql, insert_many};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use registry::views::{HOUSEHOLD_ON, PERSON_ON};
use std::collections::HashSet;

const HOME: &str = "SELECT h.household_id, h.village_id, h.joined_on, h.gone_on, h.reached_on, h.tried_on, h.by_person, \
                    h.by_message, h.outcome FROM reach_home h WHERE h.commune_id = ";
const NOTE: &str = "SELECT n.household_id, n.channel, n.day, n.outcome, n.words, n.source, n.by_id \
                    FROM reach_note n WHERE n.commune_id = ";
const AT_ONCE: usize = 500;

fn homes_of(ctx: &Ctx, campaign: Uuid) -> Sql {
    sql(HOME).arg(ctx.commune).push(" AND h.campaign_id = ").arg(campaign)
}

/// Puts households with their villages on the roll; who stands there stays.
pub(super) async fn join(ctx: &Ctx, tx: &Tx, campaign: Uuid, homes: &[(Uuid, Uuid)]) -> Result<u64> {
    let columns = [
        "commune_id",
        "campaign_id",
        "household_id",
        "village_id",
        "joined_on",
        "by_person",
        "by_message",
        "outcome",
    ];
    let rows = homes.iter().map(|(home, village)| {
        vec![
            ctx.commune.into(),
            campaign.into(),
            (*home).into(),
            (*village).into(),
            ctx.today().into(),
            false.into(),
            false.into(),
            "".into(),
        ]
    });
    let twice = " ON CONFLICT (commune_id, campaign_id, household_id) DO NOTHING";
    insert_many(tx, "reach_home", &columns, rows, twice).await
}

/// All households of the roll, gone ones too.
pub(super) async fn ids(ctx: &Ctx, on: &impl Run, campaign: Uuid) -> Result<HashSet<Uuid>> {
    let all: Vec<Uuid> =
        sql("SELECT household_id FROM reach_home WHERE commune_id = $1 AND campaign_id = $2")
            .bind(ctx.commune)
            .bind(campaign)
            .column(on)
            .await?;
    Ok(all.into_iter().collect())
}

/// Households of the roll that are still counted.
pub(super) async fn open_ids(ctx: &Ctx, on: &impl Run, campaign: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT household_id FROM reach_home WHERE commune_id = $1 AND campaign_id = $2 AND gone_on IS NULL")
        .bind(ctx.commune)
        .bind(campaign)
        .column(on)
        .await
}

pub(super) async fn leave(ctx: &Ctx, tx: &Tx, campaign: Uuid, home: Uuid, day: NaiveDate) -> Result<u64> {
    sql(
        "UPDATE reach_home SET gone_on = $4 WHERE commune_id = $1 AND campaign_id = $2 AND household_id = $3 \
         AND gone_on IS NULL",
    )
    .bind(ctx.commune)
    .bind(campaign)
    .bind(home)
    .bind(day)
    .run(tx)
    .await
}

/// Which of the roll a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// Not reached; those at whose house somebody was in vain come last.
    #[default]
    Open,
    Reached,
    /// Wants help.
    Help,
    /// Not reached, and nobody was at home.
    Away,
    /// Reached by a message and by nobody in person.
    OnlyMessage,
    All,
}

impl Which {
    pub const ALL: [Which; 6] =
        [Which::Open, Which::Help, Which::Away, Which::OnlyMessage, Which::Reached, Which::All];

    /// Its word in addresses, and the key of its name.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Which::Open => ("chua", "reach-which-open"),
            Which::Reached => ("roi", "reach-which-reached"),
            Which::Help => ("can-giup", "reach-which-help"),
            Which::Away => ("vang", "reach-which-away"),
            Which::OnlyMessage => ("chi-nhan-tin", "reach-which-message"),
            Which::All => ("tat-ca", "reach-which-all"),
        }
    }

    pub fn parse(word: &str) -> Which {
        Which::ALL.into_iter().find(|which| which.words().0 == word).unwrap_or_default()
    }
}

/// Households of the roll that still exist, in the villages; none means all.
pub(crate) async fn list(
    ctx: &Ctx,
    campaign: Uuid,
    villages: &[Uuid],
    which: Which,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Home>> {
    let mut query = homes_of(ctx, campaign).push(" AND h.gone_on IS NULL");
    if !villages.is_empty() {
        query = query.push(" AND h.village_id IN (").args(villages.iter().copied()).push(")");
    }
    query = match which {
        Which::Open => query.push(" AND h.reached_on IS NULL"),
        Which::Reached => query.push(" AND h.reached_on IS NOT NULL"),
        Which::Help => query.push(" AND h.outcome = ").arg(Outcome::Help),
        Which::Away => query.push(" AND h.reached_on IS NULL AND h.tried_on IS NOT NULL"),
        Which::OnlyMessage => query.push(" AND h.reached_on IS NOT NULL AND h.by_person = FALSE"),
        Which::All => query,
    };
    if let Some(after) = after {
        query = query.push(" AND h.household_id > ").arg(after);
    }
    query.push(" ORDER BY h.household_id LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// These of the roll, those that are gone left out.
pub(crate) async fn get_many(ctx: &Ctx, on: &impl Run, campaign: Uuid, homes: &[Uuid]) -> Result<Vec<Home>> {
    let mut found = Vec::new();
    for some in homes.chunks(AT_ONCE) {
        let query = homes_of(ctx, campaign).push(" AND h.gone_on IS NULL AND h.household_id IN (");
        found.extend(query.args(some.iter().copied()).push(")").all::<Home>(on).await?);
    }
    Ok(found)
}

/// What was noted of one household, the newest first.
pub(crate) async fn notes(ctx: &Ctx, on: &impl Run, campaign: Uuid, home: Uuid) -> Result<Vec<Note>> {
    let query = sql(NOTE).arg(ctx.commune).push(" AND n.campaign_id = ").arg(campaign);
    query.push(" AND n.household_id = ").arg(home).push(" ORDER BY n.day DESC, n.at DESC").all(on).await
}

/// What was noted of these on one day by one channel.
pub(super) async fn same(
    ctx: &Ctx,
    on: &impl Run,
    campaign: Uuid,
    noting: &Noting,
    homes: &[Uuid],
) -> Result<Vec<Note>> {
    let mut found = Vec::new();
    for some in homes.chunks(AT_ONCE) {
        let query = sql(NOTE).arg(ctx.commune).push(" AND n.campaign_id = ").arg(campaign);
        let query = query.push(" AND n.channel = ").arg(noting.channel).push(" AND n.day = ").arg(noting.day);
        let query = query.push(" AND n.household_id IN (").args(some.iter().copied()).push(")");
        found.extend(query.all::<Note>(on).await?);
    }
    Ok(found)
}

/// All that was noted of a household in any campaign: for a person's copy.
pub(crate) async fn notes_of(
    ctx: &Ctx,
    home: Uuid,
    limit: i64,
) -> Result<Vec<(String, NaiveDate, Channel, Outcome, String)>> {
    let rows = sql("SELECT c.title, n.day, n.channel, n.outcome, n.words FROM reach_note n \
                    JOIN reach_campaign c ON c.commune_id = n.commune_id AND c.id = n.campaign_id \
                    WHERE n.commune_id = $1 AND n.household_id = $2 ORDER BY n.day DESC LIMIT $3");
    let rows = rows.bind(ctx.commune).bind(home).bind(limit).rows(&ctx.app.db).await?;
    let read = |row: &platform::db::Row| -> Result<_> {
        Ok((
            row.try_get_by_index(0)?,
            row.try_get_by_index(1)?,
            row.try_get_by_index(2)?,
            row.try_get_by_index(3)?,
            row.try_get_by_index(4)?,
        ))
    };
    rows.iter().map(read).collect()
}

const COLUMNS: [&str; 13] = [
    "commune_id",
    "campaign_id",
    "household_id",
    "channel",
    "day",
    "village_id",
    "outcome",
    "words",
    "source",
    "source_id",
    "by_id",
    "at",
    "batch_id",
];

/// Notes households for the first time; who was noted a moment before stays.
pub(super) async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    campaign: Uuid,
    noting: &Noting,
    homes: &[&Home],
    batch: Uuid,
) -> Result<u64> {
    let rows = homes.iter().map(|home| {
        vec![
            ctx.commune.into(),
            campaign.into(),
            home.household_id.into(),
            noting.channel.into(),
            noting.day.into(),
            home.village_id.into(),
            noting.outcome.into(),
            noting.words.as_str().into(),
            noting.source.into(),
            noting.source_id.into(),
            ctx.account_or_none().into(),
            ctx.now.into(),
            batch.into(),
        ]
    });
    let twice = " ON CONFLICT (commune_id, campaign_id, household_id, channel, day) DO NOTHING";
    insert_many(tx, "reach_note", &COLUMNS, rows, twice).await
}

/// What came of it is said more exactly.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, campaign: Uuid, noting: &Noting, home: Uuid) -> Result<()> {
    sql("UPDATE reach_note SET outcome = $6, words = CASE WHEN $7 = '' THEN words ELSE $7 END, at = $8 WHERE commune_id = $1 \
         AND campaign_id = $2 AND household_id = $3 AND channel = $4 AND day = $5")
    .bind(ctx.commune)
    .bind(campaign)
    .bind(home)
    .bind(noting.channel)
    .bind(noting.day)
    .bind(noting.outcome)
    .bind(noting.words.as_str())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Takes back one press of the button, by whoever pressed it; which households those were.
pub(super) async fn take_back(ctx: &Ctx, tx: &Tx, campaign: Uuid, batch: Uuid) -> Result<Vec<Uuid>> {
    sql("DELETE FROM reach_note WHERE commune_id = $1 AND campaign_id = $2 AND batch_id = $3 AND by_id = $4 RETURNING household_id")
        .bind(ctx.commune)
        .bind(campaign)
        .bind(batch)
        .bind(ctx.account()?)
        .column(tx)
        .await
}

/// Whom a source has reached.
pub(super) async fn of_source(ctx: &Ctx, on: &impl Run, campaign: Uuid, source: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT household_id FROM reach_note WHERE commune_id = $1 AND campaign_id = $2 AND source_id = $3")
        .bind(ctx.commune)
        .bind(campaign)
        .bind(source)
        .column(on)
        .await
}

/// These were not reached by this source after all.
pub(super) async fn unsource(
    ctx: &Ctx,
    tx: &Tx,
    campaign: Uuid,
    source: Uuid,
    homes: &[Uuid],
) -> Result<u64> {
    let mut gone = 0;
    for some in homes.chunks(AT_ONCE) {
        let query = sql("DELETE FROM reach_note WHERE commune_id = ").arg(ctx.commune);
        let query = query.push(" AND campaign_id = ").arg(campaign).push(" AND source_id = ").arg(source);
        let query = query.push(" AND household_id IN (").args(some.iter().copied());
        gone += query.push(")").run(tx).await?;
    }
    Ok(gone)
}

/// Makes what stands on the roll from the notes: for these households.
pub(super) async fn refresh(ctx: &Ctx, tx: &Tx, campaign: Uuid, homes: &[Uuid]) -> Result<()> {
    const OF: &str = "FROM reach_note n WHERE n.commune_id = reach_home.commune_id AND n.campaign_id = reach_home.campaign_id \
                      AND n.household_id = reach_home.household_id";
    let channels = |in_person: bool| {
        let these = Channel::ALL.iter().filter(move |channel| channel.in_person() == in_person);
        these.map(|channel| format!("'{}'", channel.code())).collect::<Vec<_>>().join(", ")
    };
    let text = format!(
        "UPDATE reach_home SET reached_on = (SELECT MIN(n.day) {OF} AND n.outcome <> 'nobody'), \
         tried_on = (SELECT MAX(n.day) {OF} AND n.outcome = 'nobody'), \
         by_person = EXISTS (SELECT 1 {OF} AND n.outcome <> 'nobody' AND n.channel IN ({})), \
         by_message = EXISTS (SELECT 1 {OF} AND n.outcome <> 'nobody' AND n.channel IN ({})), \
         outcome = COALESCE((SELECT n.outcome {OF} ORDER BY n.at DESC, n.day DESC LIMIT 1), '') WHERE commune_id = ",
        channels(true),
        channels(false)
    );
    for some in homes.chunks(AT_ONCE) {
        let query = sql(text.as_str()).arg(ctx.commune).push(" AND campaign_id = ").arg(campaign);
        query.push(" AND household_id IN (").args(some.iter().copied()).push(")").run(tx).await?;
    }
    Ok(())
}

/// Words beside visits of campaigns that ended before a day.
pub(super) async fn forget(ctx: &Ctx, tx: &Tx, before: NaiveDate) -> Result<u64> {
    sql("UPDATE reach_note SET words = '' WHERE commune_id = $1 AND words <> '' AND campaign_id IN \
         (SELECT id FROM reach_campaign WHERE commune_id = $1 AND state IN ('ended', 'withdrawn') AND ended_on < $2)")
        .bind(ctx.commune)
        .bind(before)
        .run(tx)
        .await
}

/// Words about a household whose member was made nameless.
pub(super) async fn forget_of(ctx: &Ctx, tx: &Tx, homes: &[Uuid]) -> Result<u64> {
    let query = sql("UPDATE reach_note SET words = '' WHERE commune_id = ").arg(ctx.commune);
    query.push(" AND household_id IN (").args(homes.iter().copied()).push(")").run(tx).await
}

/// The households that fit on the day of the context, each with its village.
pub(super) async fn fitting(ctx: &Ctx, audience: Audience, villages: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    let only = match audience {
        Audience::All => String::new(),
        Audience::NoFibre => " AND NOT h.fibre".to_owned(),
        Audience::Poor => " AND h.poverty <> 'none'".to_owned(),
        Audience::NoSmartphone => {
            format!(" AND h.id NOT IN (SELECT p.household_id FROM {PERSON_ON} p WHERE p.smartphone)")
        }
    };
    let query = sql(format!("SELECT h.id, h.unit_id FROM {HOUSEHOLD_ON} h WHERE 1 = 1{only}"));
    let mut query = query.bind(ctx.commune).bind(ctx.today());
    if !villages.is_empty() {
        query = query.push(" AND h.unit_id IN (").args(villages.iter().copied()).push(")");
    }
    let rows = query.push(" ORDER BY h.id /* all rows */").rows(&ctx.app.db).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// Households of one village on the roll that are still counted.
pub(super) async fn of_village(ctx: &Ctx, on: &impl Run, campaign: Uuid, village: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT household_id FROM reach_home WHERE commune_id = $1 AND campaign_id = $2 AND village_id = $3 \
         AND gone_on IS NULL ORDER BY household_id")
    .bind(ctx.commune)
    .bind(campaign)
    .bind(village)
    .column(on)
    .await
}

//! SQL of the ways to households that are not a note of one: loudspeakers, meetings, messages.

use chrono::{DateTime, NaiveDate, Utc};
use platform::db::insert_many;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

pub(crate) async fn insert_heard(
    ctx: &Ctx,
    tx: &Tx,
    campaign: Uuid,
    village: Uuid,
    day: NaiveDate,
    times: i64,
) -> Result<Uuid> {
    let id = ctx.new_id();
    sql("INSERT INTO reach_heard (commune_id, campaign_id, village_id, day, id, times, by_id, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(ctx.commune)
    .bind(campaign)
    .bind(village)
    .bind(day)
    .bind(id)
    .bind(times)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(id)
}

pub(crate) async fn drop_heard(ctx: &Ctx, tx: &Tx, campaign: Uuid, village: Uuid, id: Uuid) -> Result<u64> {
    sql("DELETE FROM reach_heard WHERE commune_id = $1 AND campaign_id = $2 AND village_id = $3 AND id = $4")
        .bind(ctx.commune)
        .bind(campaign)
        .bind(village)
        .bind(id)
        .run(tx)
        .await
}

/// A meeting at which a campaign was spoken of.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Linked {
    pub campaign_id: Uuid,
    pub meeting_id: Uuid,
    pub title: String,
    pub held_on: NaiveDate,
}

const LINKED: &str = "SELECT campaign_id, meeting_id, title, held_on FROM reach_meeting WHERE commune_id = ";

pub(crate) async fn meetings(ctx: &Ctx, campaign: Uuid, village: Uuid) -> Result<Vec<Linked>> {
    let query = sql(LINKED).arg(ctx.commune).push(" AND campaign_id = ").arg(campaign);
    query.push(" AND village_id = ").arg(village).push(" ORDER BY held_on DESC").all(&ctx.app.db).await
}

/// The campaigns that were spoken of at a meeting.
pub(crate) async fn of_meeting(ctx: &Ctx, meeting: Uuid) -> Result<Vec<Linked>> {
    let query = sql(LINKED).arg(ctx.commune).push(" AND meeting_id = ").arg(meeting);
    query.push(" ORDER BY campaign_id").all(&ctx.app.db).await
}

/// True the first time.
pub(crate) async fn insert_meeting(
    ctx: &Ctx,
    tx: &Tx,
    campaign: Uuid,
    one: &registry::Gathering,
) -> Result<bool> {
    let query = sql(
        "INSERT INTO reach_meeting (commune_id, campaign_id, meeting_id, village_id, title, held_on, by_id, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (commune_id, campaign_id, meeting_id) DO NOTHING",
    )
    .bind(ctx.commune)
    .bind(campaign)
    .bind(one.id)
    .bind(one.village_id)
    .bind(one.title.as_str())
    .bind(one.day)
    .bind(ctx.account_or_none())
    .bind(ctx.now);
    Ok(query.run(tx).await? == 1)
}

pub(crate) async fn drop_meeting(ctx: &Ctx, tx: &Tx, campaign: Uuid, meeting: Uuid) -> Result<u64> {
    sql("DELETE FROM reach_meeting WHERE commune_id = $1 AND campaign_id = $2 AND meeting_id = $3")
        .bind(ctx.commune)
        .bind(campaign)
        .bind(meeting)
        .run(tx)
        .await
}

/// Whose account of which household got a message.
pub(crate) async fn insert_letters(
    ctx: &Ctx,
    tx: &Tx,
    campaign: Uuid,
    bulletin: Uuid,
    to: &[(Uuid, Uuid)],
) -> Result<()> {
    let columns = ["commune_id", "campaign_id", "bulletin_id", "account_id", "household_id", "at"];
    let rows = to.iter().map(|(account, home)| {
        vec![
            ctx.commune.into(),
            campaign.into(),
            bulletin.into(),
            (*account).into(),
            (*home).into(),
            ctx.now.into(),
        ]
    });
    insert_many(tx, "reach_letter", &columns, rows, "").await?;
    Ok(())
}

/// The campaign and the household of a message that an account has opened.
pub(crate) async fn of_letter(
    ctx: &Ctx,
    on: &impl Run,
    bulletin: Uuid,
    account: Uuid,
) -> Result<Option<(Uuid, Uuid)>> {
    let query =
        sql("SELECT campaign_id, household_id FROM reach_letter WHERE commune_id = $1 AND bulletin_id = $2 \
                     AND account_id = $3");
    let rows = query.bind(ctx.commune).bind(bulletin).bind(account).rows(on).await?;
    rows.first().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).transpose()
}

/// A message to those who were not reached, with what came of it.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Sending {
    pub bulletin_id: Uuid,
    pub at: DateTime<Utc>,
    pub people: i64,
    pub homes: i64,
    /// Households of which somebody opened it.
    pub read: i64,
}

pub(crate) async fn sendings(ctx: &Ctx, campaign: Uuid) -> Result<Vec<Sending>> {
    sql("SELECT l.bulletin_id, MAX(l.at) AS at, COUNT(*) AS people, COUNT(DISTINCT l.household_id) AS homes, \
         COUNT(DISTINCT n.household_id) AS read FROM reach_letter l LEFT JOIN reach_note n ON n.commune_id = l.commune_id \
         AND n.campaign_id = l.campaign_id AND n.household_id = l.household_id AND n.channel = 'message' \
         AND n.source_id = l.bulletin_id WHERE l.commune_id = $1 AND l.campaign_id = $2 \
         GROUP BY l.bulletin_id ORDER BY MAX(l.at) DESC")
    .bind(ctx.commune)
    .bind(campaign)
    .all(&ctx.app.db)
    .await
}

//! SQL that counts the roll: by village, channel and day.

use crate::roll::model::{Channel, Count};
use chrono::NaiveDate;
use platform::{Ctx, Result, Uuid, sql};

const COUNT: &str = "SELECT h.campaign_id, h.village_id, COUNT(*) AS homes, COUNT(h.reached_on) AS reached, \
    CAST(SUM(CASE WHEN h.reached_on IS NOT NULL AND h.by_person THEN 1 ELSE 0 END) AS BIGINT) AS by_person, \
    CAST(SUM(CASE WHEN h.reached_on IS NOT NULL AND NOT h.by_person THEN 1 ELSE 0 END) AS BIGINT) AS only_message, \
    CAST(SUM(CASE WHEN h.outcome = 'help' THEN 1 ELSE 0 END) AS BIGINT) AS help, \
    CAST(SUM(CASE WHEN h.outcome = 'refused' THEN 1 ELSE 0 END) AS BIGINT) AS refused, \
    CAST(SUM(CASE WHEN h.reached_on IS NULL AND h.tried_on IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS away \
    FROM reach_home h WHERE h.commune_id = ";

/// How far each village is in each of these campaigns, within the reader's places.
pub(crate) async fn counts(ctx: &Ctx, campaigns: &[Uuid]) -> Result<Vec<Count>> {
    if campaigns.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql(COUNT).arg(ctx.commune).push(" AND h.campaign_id IN (").args(campaigns.iter().copied());
    let mut query = query.push(") AND h.gone_on IS NULL");
    if !ctx.scope.whole() {
        query = query.push(" AND h.village_id IN (").args(ctx.scope.ids("village")).push(")");
    }
    query.push(" GROUP BY h.campaign_id, h.village_id").all(&ctx.app.db).await
}

/// Households that each channel reached, by village. One household may stand under several channels.
pub(crate) async fn channels(ctx: &Ctx, campaign: Uuid) -> Result<Vec<(Uuid, Channel, i64)>> {
    let query = sql(
        "SELECT n.village_id, n.channel, COUNT(DISTINCT n.household_id) FROM reach_note n JOIN reach_home h \
                     ON h.commune_id = n.commune_id AND h.campaign_id = n.campaign_id AND h.household_id = n.household_id \
                     AND h.gone_on IS NULL WHERE n.commune_id = $1 AND n.campaign_id = $2 AND n.outcome <> 'nobody' \
                     GROUP BY n.village_id, n.channel",
    );
    let rows = query.bind(ctx.commune).bind(campaign).rows(&ctx.app.db).await?;
    let read = |row: &platform::db::Row| -> Result<_> {
        Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
    };
    rows.iter().map(read).collect()
}

/// How many households were reached for the first time on each day, in order.
pub(crate) async fn by_day(ctx: &Ctx, campaign: Uuid) -> Result<Vec<(NaiveDate, i64)>> {
    let query = sql(
        "SELECT h.reached_on, COUNT(*) FROM reach_home h WHERE h.commune_id = $1 AND h.campaign_id = $2 \
                     AND h.gone_on IS NULL AND h.reached_on IS NOT NULL GROUP BY h.reached_on ORDER BY h.reached_on",
    );
    let rows = query.bind(ctx.commune).bind(campaign).rows(&ctx.app.db).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// How often a loudspeaker has read it, by village.
pub(crate) async fn heard(ctx: &Ctx, campaign: Uuid) -> Result<Vec<(Uuid, i64, NaiveDate)>> {
    let query = sql(
        "SELECT village_id, CAST(SUM(times) AS BIGINT), MAX(day) FROM reach_heard WHERE commune_id = $1 \
                     AND campaign_id = $2 GROUP BY village_id",
    );
    let rows = query.bind(ctx.commune).bind(campaign).rows(&ctx.app.db).await?;
    let read = |row: &platform::db::Row| -> Result<_> {
        Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
    };
    rows.iter().map(read).collect()
}

/// Households into whose inboxes a message was put.
pub(crate) async fn told(ctx: &Ctx, campaign: Uuid) -> Result<i64> {
    sql("SELECT COUNT(DISTINCT household_id) FROM reach_letter WHERE commune_id = $1 AND campaign_id = $2")
        .bind(ctx.commune)
        .bind(campaign)
        .count(&ctx.app.db)
        .await
}

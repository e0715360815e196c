//! What is counted for the quality index.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Ctx, Result, sql};
use sea_orm::FromQueryResult;

/// What happened in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct Month {
    /// Ended after they were received, whatever the end.
    pub ended: i64,
    pub on_time: i64,
    pub satisfied: i64,
    /// Processed or returned.
    pub well: i64,
    pub with_result: i64,
    pub with_papers: i64,
}

/// Some of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct Share {
    pub part: i64,
    pub whole: i64,
}

type Span = (DateTime<Utc>, DateTime<Utc>);

fn count(only: &str) -> String {
    format!("COALESCE(SUM(CASE WHEN {only} THEN 1 ELSE 0 END), 0)")
}

/// Of the dossiers that ended in a span of time.
pub(super) async fn ended(ctx: &Ctx, (from, to): Span) -> Result<Month> {
    let has = |kind: &str| {
        format!(
            "EXISTS (SELECT 1 FROM dossier_paper p WHERE p.commune_id = d.commune_id AND p.dossier_id = d.id \
             AND p.kind = '{kind}' AND p.dropped_at IS NULL)"
        )
    };
    // A second request for papers is late, whatever the day (formula file of the index).
    let on_time = "d.ended_at <= d.due_at AND d.supplements < 2";
    let well = "d.status IN (9, 10)";
    let no_complaint = "NOT EXISTS (SELECT 1 FROM dossier_complaint c WHERE c.commune_id = d.commune_id \
                        AND c.dossier_id = d.id AND c.state <> 'withdrawn')";
    let text = format!(
        "SELECT COUNT(*) AS ended, {} AS on_time, {} AS satisfied, {} AS well, {} AS with_result, {} AS with_papers \
         FROM dossier d WHERE d.commune_id = $1 AND d.ended_at >= $2 AND d.ended_at < $3 AND d.received_at IS NOT NULL",
        count(on_time),
        count(&format!("{on_time} AND (d.rating IS NULL OR d.rating > 1) AND {no_complaint}")),
        count(well),
        count(&format!("{well} AND {}", has("result"))),
        count(&format!("{well} AND {}", has("paper"))),
    );
    sql(text).bind(ctx.commune).bind(from).bind(to).one(&ctx.app.db).await
}

/// Of the dossiers that were received: those that came from outside, or that the province was told of or told us.
pub(super) async fn synchronised(ctx: &Ctx, (from, to): Span) -> Result<Share> {
    let known = "d.channel IN ('national-portal', 'provincial-system') \
                 OR EXISTS (SELECT 1 FROM province_dossier p WHERE p.commune_id = d.commune_id AND p.dossier_id = d.id)";
    let text = format!(
        "SELECT {} AS part, COUNT(*) AS whole FROM dossier d WHERE d.commune_id = $1 AND d.received_at >= $2 \
         AND d.received_at < $3",
        count(known)
    );
    sql(text).bind(ctx.commune).bind(from).bind(to).one(&ctx.app.db).await
}

/// Whether files of the province were ever taken in here.
pub(super) async fn takes_files(ctx: &Ctx) -> Result<bool> {
    let one = sql("SELECT COUNT(*) FROM (SELECT id FROM province_take WHERE commune_id = $1 LIMIT 1) taken");
    Ok(one.bind(ctx.commune).count(&ctx.app.db).await? > 0)
}

/// Of the dossiers for which money came in: those for which some of it did not come over the counter.
pub(super) async fn paid_online(ctx: &Ctx, (from, to): Span) -> Result<Share> {
    sql("SELECT COUNT(DISTINCT CASE WHEN method IN ('transfer', 'portal') THEN dossier_id END) AS part, \
         COUNT(DISTINCT dossier_id) AS whole FROM dossier_payment WHERE commune_id = $1 AND recorded_at >= $2 \
         AND recorded_at < $3 AND problem = ''")
    .bind(ctx.commune)
    .bind(from)
    .bind(to)
    .one(&ctx.app.db)
    .await
}

/// When the commune's own versions of procedures came, of those in force from a day of the span on.
pub(super) async fn versions(
    ctx: &Ctx,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(NaiveDate, DateTime<Utc>)>> {
    #[derive(FromQueryResult)]
    struct Version {
        valid_from: NaiveDate,
        uploaded_at: DateTime<Utc>,
    }
    let found: Vec<Version> = sql("SELECT valid_from, uploaded_at FROM procedure_file /* all rows */ \
                                   WHERE commune_id = $1 AND valid_from >= $2 AND valid_from < $3")
    .bind(ctx.commune)
    .bind(from)
    .bind(to)
    .all(&ctx.app.db)
    .await?;
    Ok(found.into_iter().map(|one| (one.valid_from, one.uploaded_at)).collect())
}

//! What the commune has made public (`data/demo/disclosures.toml`).

use super::office::{Writing, morning, working_days_before};
use chrono::Duration;
use platform::{Error, Result, clock};
use portal::disclosure::{self, Typed};
use serde::Deserialize;

const DOCUMENTS: &str = include_str!("../../../../data/demo/disclosures.toml");

#[derive(Deserialize)]
struct File {
    document: Vec<Document>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    topic: String,
    back: Option<usize>,
    days: i64,
    until: Option<i64>,
    #[serde(default)]
    symbol: String,
    title: String,
    summary: String,
}

pub(super) async fn write(writing: &Writing<'_>) -> Result<()> {
    let file: File = toml::from_str(DOCUMENTS).map_err(Error::internal)?;
    let today = clock::local_date(writing.ctx.now);
    for one in file.document {
        let day = working_days_before(today, one.days);
        let ctx = writing.at(&writing.clerk, morning(day).min(writing.ctx.now));
        let periods = disclosure::recent_periods(writing.ctx, &one.topic)?;
        let sent = Typed {
            topic: one.topic,
            title: one.title,
            summary: one.summary,
            symbol: one.symbol,
            issued_on: Some(day),
            period_end: one.back.and_then(|back| periods.get(back).copied()),
            open_until: one.until.map(|days| today + Duration::days(days)),
        };
        // A period that was not over then is said with today's eyes.
        let late = platform::Ctx { now: writing.ctx.now, ..ctx.clone() };
        let ctx = if sent.period_end.is_some_and(|end| end > day) { late } else { ctx };
        disclosure::publish(&ctx, writing.tx, &sent, &[]).await?;
    }
    Ok(())
}

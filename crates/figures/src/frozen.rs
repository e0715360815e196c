//! What was reported, frozen: a later correction of the rows changes the live figure, never this.

use crate::Value;
use audit::Entry;
use chrono::{DateTime, NaiveDate, Utc};
use platform::db::insert_many;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use serde_json::json;

/// A reported value.
#[derive(Debug, Clone, PartialEq, FromQueryResult, serde::Serialize)]
pub struct Frozen {
    pub period: String,
    pub key: String,
    pub as_of: NaiveDate,
    /// As in exports; empty when it was not known.
    pub value: String,
    pub unit: String,
    pub numerator: String,
    pub denominator: String,
    pub basis: String,
    pub frozen_at: DateTime<Utc>,
    pub account_id: Option<Uuid>,
}

/// Freezes values under a period: `2023`, `2023-Q4` or `2023-12`. Compute them before the transaction begins.
///
/// # Errors
/// `Invalid` for a period that is none, `Conflict` when the period was reported before.
pub async fn freeze(ctx: &Ctx, tx: &Tx, period: &str, values: &[Value]) -> Result<()> {
    if !is_period(period) {
        return Err(Error::field("ky", "figures-period-wrong"));
    }
    let taken = sql("SELECT COUNT(*) FROM figure_frozen WHERE commune_id = $1 AND period = $2")
        .bind(ctx.commune)
        .bind(period);
    if taken.count(tx).await? > 0 {
        return Err(Error::conflict(Message::new("figures-period-taken").with("period", period)));
    }
    let columns = [
        "commune_id",
        "period",
        "key",
        "as_of",
        "value",
        "unit",
        "numerator",
        "denominator",
        "basis",
        "frozen_at",
        "account_id",
    ];
    let rows = values.iter().map(|value| {
        let part = |part: Option<crate::Exact>| part.map(|part| part.to_string()).unwrap_or_default();
        vec![
            ctx.commune.into(),
            period.into(),
            value.key.into(),
            value.as_of.into(),
            value.plain().into(),
            value.unit.into(),
            part(value.numerator).into(),
            part(value.denominator).into(),
            value.basis.code().into(),
            ctx.now.into(),
            ctx.account_or_none().into(),
        ]
    });
    insert_many(tx, "figure_frozen", &columns, rows, "").await?;
    let detail = json!({ "period": period, "as_of": values.first().map(|value| value.as_of), "figures": values.len() });
    audit::record(ctx, tx, Entry { action: "figure.freeze", kind: "figures", id: ctx.commune, detail }).await
}

const COLUMNS: &str = "period, key, as_of, value, unit, numerator, denominator, basis, frozen_at, account_id";

/// What was reported for a period, by key; empty when nothing was.
pub async fn frozen(ctx: &Ctx, period: &str) -> Result<Vec<Frozen>> {
    sql(format!("SELECT {COLUMNS} FROM figure_frozen WHERE commune_id = $1 AND period = $2 ORDER BY key"))
        .bind(ctx.commune)
        .bind(period)
        .all(&ctx.app.db)
        .await
}

/// A reported period.
#[derive(Debug, Clone, PartialEq, FromQueryResult, serde::Serialize)]
pub struct Period {
    pub period: String,
    pub as_of: NaiveDate,
    pub frozen_at: DateTime<Utc>,
}

/// The reported periods, newest first.
pub async fn periods(ctx: &Ctx) -> Result<Vec<Period>> {
    sql("SELECT period, MAX(as_of) AS as_of, MAX(frozen_at) AS frozen_at FROM figure_frozen WHERE commune_id = $1 \
         GROUP BY period ORDER BY period DESC /* all rows */")
        .bind(ctx.commune)
        .all(&ctx.app.db)
        .await
}

fn is_period(text: &str) -> bool {
    let (year, part) = text.split_once('-').unwrap_or((text, ""));
    let year_good = year.len() == 4 && year.parse::<u16>().is_ok_and(|year| (1945..=2200).contains(&year));
    let month = part.len() == 2 && part.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    year_good && (!text.contains('-') || month || matches!(part, "Q1" | "Q2" | "Q3" | "Q4"))
}

#[cfg(test)]
mod tests {
    use super::is_period;

    #[test]
    fn periods_are_years_quarters_and_months() {
        assert!(["2023", "2023-Q4", "2023-12", "2026-01"].into_iter().all(is_period));
        assert!(
            !["", "23", "2023-", "2023-13", "2023-Q5", "2023-1", "+023", "2023-12-31"]
                .into_iter()
                .any(is_period)
        );
    }
}

//! Plans and resolutions with their tasks as far as each has got, and the groups in which people talk about work
//! (`data/demo/plans.toml`).

use super::office::{Writing, morning, working_days_before};
use chrono::{Duration, NaiveDate};
use office::group::{self, Platform};
use office::plan::{self, Naming, PlanKind};
use office::task::{self, Reporting};
use platform::{Error, Result, Uuid, clock};
use serde::Deserialize;

const PLANS: &str = include_str!("../../../../data/demo/plans.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    plan: Vec<Plan>,
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    kind: String,
    title: String,
    symbol: String,
    issued_on: Option<NaiveDate>,
    /// For what is going on now: so many working days ago.
    #[serde(default)]
    days: i64,
    given: Option<NaiveDate>,
    /// Below 100 they count from the year in which it was issued.
    first_year: Option<i64>,
    last_year: Option<i64>,
    table: String,
    done: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    platform: String,
    address: String,
    members: String,
    opened_on: NaiveDate,
}

pub(super) async fn write(writing: &Writing<'_>) -> Result<()> {
    let file: File = toml::from_str(PLANS).map_err(Error::internal)?;
    for one in file.plan {
        writing.plan(&one).await?;
    }
    for one in file.group {
        let sent = group::Typed {
            name: one.name,
            platform: Platform::parse(&one.platform),
            address: one.address,
            members: one.members,
            opened_on: Some(one.opened_on),
        };
        group::keep(&writing.at(&writing.clerk, writing.ctx.now), writing.tx, None, &sent).await?;
    }
    Ok(())
}

impl Writing<'_> {
    async fn plan(&self, one: &Plan) -> Result<()> {
        let today = clock::local_date(self.ctx.now);
        let issued = one.issued_on.unwrap_or_else(|| working_days_before(today, one.days));
        let given = morning(one.given.unwrap_or(issued));
        let year = |year: Option<i64>| {
            let issued = i64::from(chrono::Datelike::year(&issued));
            year.map(|year| if year < 100 { issued + year } else { year })
        };
        let sent = Naming {
            kind: PlanKind::parse(&one.kind).ok_or_else(|| Error::internal("no such kind of plan"))?,
            title: one.title.clone(),
            symbol: one.symbol.clone(),
            issued_on: Some(issued),
            first_year: year(one.first_year),
            last_year: year(one.last_year),
        };
        let ctx = self.at(&self.chairman, given);
        let tasks = plan::plant(&ctx, self.tx, &sent, &dated(&one.table, today)).await?;
        for (task, done) in tasks.into_iter().zip(&one.done).filter(|(_, done)| !done.is_empty()) {
            let day = match done.parse::<i64>() {
                Ok(days) => today + Duration::days(days),
                Err(_) => done.parse().map_err(Error::internal)?,
            };
            self.finished(task, day).await?;
        }
        Ok(())
    }

    /// Everybody has acknowledged it in the days after it was given, everybody has done it, the chairman accepted.
    async fn finished(&self, id: Uuid, day: NaiveDate) -> Result<()> {
        let at = morning(day) + Duration::hours(2);
        for (n, account) in
            task::charged(&self.at(&self.chairman, at), self.tx, id).await?.into_iter().enumerate()
        {
            let who = self.person_of(account);
            task::acknowledge(&self.at(&who, at), self.tx, id).await?;
            if n == 0 {
                let words = "Đã hoàn thành, có biên bản kèm theo hồ sơ.".to_owned();
                let sent = Reporting { words, progress: 100, done: true, files: Vec::new() };
                task::report(&self.at(&who, at + Duration::hours(1)), self.tx, id, sent).await?;
            }
        }
        task::accept(&self.at(&self.chairman, at + Duration::hours(3)), self.tx, id, "").await?;
        Ok(())
    }
}

/// Deadlines such as `+20`: so many days from today.
fn dated(table: &str, today: NaiveDate) -> String {
    let line = |line: &str| match line.rsplit_once("| +") {
        Some((before, days)) => {
            let days = days.trim().parse().unwrap_or(0);
            format!("{before}| {}", (today + Duration::days(days)).format("%d/%m/%Y"))
        }
        None => line.to_owned(),
    };
    table.lines().map(line).collect::<Vec<_>>().join("\n")
}

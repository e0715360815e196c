//! SQL of the due lists: stretches of the indexes on birth date and on the end of the insurance.

pub(crate) mod notice;

use super::model::{By, Due, Rule, Span, Window};
use super::rules::How;
use crate::page::{Count, count, within};
use crate::person::{Precision, Sex};
use chrono::{DateTime, NaiveDate, Utc};
use platform::access::Scope;
use platform::db::Sql;
use platform::{Ctx, Result, Uuid, sql};
use sea_orm::FromQueryResult;
use std::collections::HashMap;

/// What is asked.
pub(crate) struct Ask<'a> {
    pub rule: &'a Rule,
    pub window: Window,
    pub scope: &'a Scope,
    pub village: Option<Uuid>,
    pub only: Only,
    /// Only these people.
    pub ids: Option<Vec<Uuid>>,
}

/// Which of those who are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Only {
    All,
    /// Nobody invited them.
    Open,
    /// A village head was asked to tell them and has not.
    AtHead,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    household_id: Uuid,
    code: String,
    full_name: String,
    sex: Sex,
    birth_date: NaiveDate,
    birth_precision: Precision,
    personal_no: Option<String>,
    insurance_until: Option<NaiveDate>,
    village_id: Uuid,
    address: String,
}

/// Somebody who is due.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub id: Uuid,
    pub household_id: Uuid,
    pub code: String,
    pub full_name: String,
    pub sex: Sex,
    pub birth_date: NaiveDate,
    pub birth_precision: Precision,
    pub personal_no: Option<String>,
    pub village_id: Uuid,
    pub address: String,
    pub due: Due,
    pub due_on: NaiveDate,
    pub period: String,
    /// The index value by which the list goes.
    pub key: NaiveDate,
    pub notice: Option<Notice>,
}

/// When and by whom somebody was invited.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Notice {
    person_id: Uuid,
    period: String,
    pub how: String,
    pub account_id: Option<Uuid>,
    pub invited_at: DateTime<Utc>,
    pub told_at: Option<DateTime<Utc>>,
    pub told_by: Option<Uuid>,
}

impl Notice {
    /// A village head was asked to tell the person, and has not.
    pub fn is_at_head(&self) -> bool {
        self.how == How::ByHead.code() && self.told_at.is_none()
    }
}

/// The last line of the page before.
pub(crate) type After = (NaiveDate, Uuid);

impl Ask<'_> {
    fn column(&self) -> &'static str {
        if self.rule.by == By::Insurance { "p.insurance_until" } else { "p.birth_date" }
    }

    fn query(&self, ctx: &Ctx, select: &str, span: &Span) -> Sql {
        let column = self.column();
        let mut query = sql(format!(
            "SELECT {select} FROM person p JOIN household h ON h.commune_id = p.commune_id AND h.id = p.household_id \
             WHERE p.commune_id = "
        ))
        .arg(ctx.commune)
        .push(&format!(" AND p.state = 'present' AND {column} >= "))
        .arg(span.from)
        .push(&format!(" AND {column} <= "))
        .arg(span.to);
        if let Some(sex) = self.rule.sex {
            query = query.push(" AND p.sex = ").arg(sex);
        }
        if !self.rule.poverty.is_empty() {
            query = query.push(" AND h.poverty IN (").args(self.rule.poverty.iter().copied()).push(")");
        }
        if let Some(village) = self.village {
            query = query.push(" AND p.village_id = ").arg(village);
        }
        if let Some(ids) = &self.ids {
            query = query.push(" AND p.id IN (").args(ids.iter().copied()).push(")");
        }
        query = within(query, self.scope, "p.village_id");
        let (start, end) = match self.only {
            Only::All => return query,
            Only::Open => (" AND NOT EXISTS (SELECT 1 ", ")"),
            Only::AtHead => (" AND EXISTS (SELECT 1 ", " AND n.how = 'by_head' AND n.told_at IS NULL)"),
        };
        self.notice(query.push(start), span).push(end)
    }

    /// The notice of the person's being due this time.
    fn notice(&self, query: Sql, span: &Span) -> Sql {
        let query = query
            .push("FROM due_notice n WHERE n.commune_id = p.commune_id AND n.rule = ")
            .arg(self.rule.code.as_str())
            .push(" AND n.person_id = p.id AND ");
        match span.due {
            Due::Insurance => query.push("n.due_on = p.insurance_until"),
            due => query.push("n.period = ").arg(due.period(None)),
        }
    }
}

const COLUMNS: &str = "p.id, p.household_id, p.code, p.full_name, p.sex, p.birth_date, p.birth_precision, p.personal_no, \
                       p.insurance_until, p.village_id, h.address";

/// A page of those who are due, by the index's day; each with its notice.
pub(crate) async fn list(
    ctx: &Ctx,
    ask: &Ask<'_>,
    after: Option<After>,
    limit: usize,
) -> Result<Vec<Person>> {
    let column = ask.column();
    let mut found: Vec<Person> = Vec::new();
    for span in ask.rule.spans(ask.window) {
        if found.len() >= limit || after.is_some_and(|(key, _)| key > span.to) {
            continue;
        }
        let mut query = ask.query(ctx, COLUMNS, &span);
        if let Some((key, id)) = after {
            query = query.push(&format!(" AND ({column}, p.id) > (")).arg(key).push(", ").arg(id).push(")");
        }
        let left = i64::try_from(limit - found.len()).unwrap_or(i64::MAX);
        query = query.push(&format!(" ORDER BY {column}, p.id LIMIT ")).arg(left);
        let rows: Vec<Row> = query.all(&ctx.app.db).await?;
        found.extend(rows.into_iter().map(|row| person(row, span.due)));
    }
    add_notices(ctx, ask.rule, &mut found).await?;
    Ok(found)
}

fn person(row: Row, due: Due) -> Person {
    let insurance = row.insurance_until;
    Person {
        due_on: due.on(row.birth_date, insurance),
        period: due.period(insurance),
        key: if due == Due::Insurance { insurance.unwrap_or(row.birth_date) } else { row.birth_date },
        due,
        id: row.id,
        household_id: row.household_id,
        code: row.code,
        full_name: row.full_name,
        sex: row.sex,
        birth_date: row.birth_date,
        birth_precision: row.birth_precision,
        personal_no: row.personal_no,
        village_id: row.village_id,
        address: row.address,
        notice: None,
    }
}

/// How many are due, up to the cap of all lists.
pub(crate) async fn count_due(ctx: &Ctx, ask: &Ask<'_>) -> Result<Count> {
    let mut sum = Count { count: 0, capped: false };
    for span in ask.rule.spans(ask.window) {
        let one = count(ctx, ask.query(ctx, "COUNT(*) FROM (SELECT p.id", &span)).await?;
        sum = Count { count: sum.count + one.count, capped: sum.capped || one.capped };
    }
    Ok(sum)
}

const NOTICE: &str = "person_id, period, how, account_id, invited_at, told_at, told_by";

async fn add_notices(ctx: &Ctx, rule: &Rule, people: &mut [Person]) -> Result<()> {
    let mut known: HashMap<(Uuid, String), Notice> = HashMap::new();
    for some in people.chunks(500) {
        let query = sql(format!("SELECT {NOTICE} FROM due_notice WHERE commune_id = "))
            .arg(ctx.commune)
            .push(" AND rule = ")
            .arg(rule.code.as_str())
            .push(" AND person_id IN (")
            .args(some.iter().map(|person| person.id))
            .push(")");
        let rows: Vec<Notice> = query.all(&ctx.app.db).await?;
        known.extend(rows.into_iter().map(|notice| ((notice.person_id, notice.period.clone()), notice)));
    }
    for person in people {
        person.notice = known.remove(&(person.id, person.period.clone()));
    }
    Ok(())
}

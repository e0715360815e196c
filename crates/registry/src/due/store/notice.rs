//! Who was invited and how; the letters of a sending.

use super::Person;
use crate::due::model::Rule;
use crate::due::rules::How;
use crate::person::{Sex, State};
use chrono::NaiveDate;
use platform::db::insert_many;
use platform::{Ctx, Result, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

/// A notice to be written.
pub(crate) struct Line<'a> {
    pub person: &'a Person,
    pub how: How,
    /// Who reads the letter.
    pub to: Option<Uuid>,
}

const COLUMNS: [&str; 10] = [
    "commune_id",
    "rule",
    "person_id",
    "period",
    "due_on",
    "how",
    "batch_id",
    "account_id",
    "invited_at",
    "to_account_id",
];

/// Notes who was invited; who was invited before stays as it was. How many are new.
pub(crate) async fn put(ctx: &Ctx, tx: &Tx, rule: &Rule, lines: &[Line<'_>], batch: Uuid) -> Result<u64> {
    let rows = lines.iter().map(|line| {
        vec![
            ctx.commune.into(),
            rule.code.as_str().into(),
            line.person.id.into(),
            line.person.period.as_str().into(),
            line.person.due_on.into(),
            line.how.code().into(),
            batch.into(),
            ctx.account_or_none().into(),
            ctx.now.into(),
            line.to.into(),
        ]
    });
    let twice = " ON CONFLICT (commune_id, rule, person_id, period) DO NOTHING";
    insert_many(tx, "due_notice", &COLUMNS, rows, twice).await
}

/// Whom this batch has noted: others may have been noted by somebody else a moment before.
pub(crate) async fn noted(ctx: &Ctx, tx: &Tx, batch: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT person_id FROM due_notice WHERE commune_id = $1 AND batch_id = $2")
        .bind(ctx.commune)
        .bind(batch)
        .column(tx)
        .await
}

/// Notes that those of these people whom a village head was to tell have been told.
pub(crate) async fn tell(ctx: &Ctx, tx: &Tx, rule: &Rule, people: &[Person], batch: Uuid) -> Result<u64> {
    let mut told = 0;
    for person in people.iter().filter(|person| person.notice.as_ref().is_some_and(super::Notice::is_at_head))
    {
        told += sql("UPDATE due_notice SET told_at = $5, told_by = $6, told_batch = $7 WHERE commune_id = $1 \
                     AND rule = $2 AND person_id = $3 AND period = $4 AND how = 'by_head' AND told_at IS NULL")
        .bind(ctx.commune)
        .bind(rule.code.as_str())
        .bind(person.id)
        .bind(person.period.as_str())
        .bind(ctx.now)
        .bind(ctx.account_or_none())
        .bind(batch)
        .run(tx)
        .await?;
    }
    Ok(told)
}

/// Takes back one press of the button, by whoever pressed it; not for those whom a village head has told since.
pub(crate) async fn take_back(ctx: &Ctx, tx: &Tx, batch: Uuid) -> Result<u64> {
    sql("DELETE FROM due_notice WHERE commune_id = $1 AND batch_id = $2 AND account_id = $3 AND told_at IS NULL")
        .bind(ctx.commune)
        .bind(batch)
        .bind(ctx.account()?)
        .run(tx)
        .await
}

/// The people told by one press of the button wait for their village head again.
pub(crate) async fn untell(ctx: &Ctx, tx: &Tx, batch: Uuid) -> Result<u64> {
    sql("UPDATE due_notice SET told_at = NULL, told_by = NULL, told_batch = NULL \
         WHERE commune_id = $1 AND told_batch = $2 AND told_by = $3")
    .bind(ctx.commune)
    .bind(batch)
    .bind(ctx.account()?)
    .run(tx)
    .await
}

/// When and where people are to come.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub(crate) struct Meeting {
    pub meet_on: Option<NaiveDate>,
    pub meet_hour: String,
    pub meet_place: String,
}

pub(crate) async fn sending_put(
    ctx: &Ctx,
    tx: &Tx,
    batch: Uuid,
    rule: &Rule,
    meeting: &Meeting,
) -> Result<()> {
    sql(
        "INSERT INTO due_sending (commune_id, id, rule, meet_on, meet_hour, meet_place, account_id, sent_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(ctx.commune)
    .bind(batch)
    .bind(rule.code.as_str())
    .bind(meeting.meet_on)
    .bind(meeting.meet_hour.as_str())
    .bind(meeting.meet_place.as_str())
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn sending(ctx: &Ctx, batch: Uuid) -> Result<Meeting> {
    sql("SELECT meet_on, meet_hour, meet_place FROM due_sending WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(batch)
        .one(&ctx.app.db)
        .await
}

pub(crate) async fn letters_put(ctx: &Ctx, tx: &Tx, batch: Uuid, letters: &[Uuid]) -> Result<()> {
    let rows = letters.iter().map(|letter| vec![ctx.commune.into(), batch.into(), (*letter).into()]);
    insert_many(tx, "due_letter", &["commune_id", "batch_id", "message_id"], rows, "").await?;
    Ok(())
}

pub(crate) async fn letters(ctx: &Ctx, tx: &Tx, batch: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT message_id FROM due_letter WHERE commune_id = $1 AND batch_id = $2")
        .bind(ctx.commune)
        .bind(batch)
        .column(tx)
        .await
}

/// Somebody of a household in which a child is due.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Grown {
    pub id: Uuid,
    pub household_id: Uuid,
    pub relation: String,
}

/// The grown people of these households.
pub(crate) async fn grown(ctx: &Ctx, households: &[Uuid], born_until: NaiveDate) -> Result<Vec<Grown>> {
    let mut found = Vec::new();
    for some in households.chunks(500) {
        let these = sql("SELECT id, household_id, relation FROM person WHERE commune_id = ").arg(ctx.commune);
        let these = these.push(" AND household_id IN (").args(some.iter().copied());
        let these = these.push(") AND state = 'present' AND birth_date <= ").arg(born_until);
        let rows: Vec<Grown> = these.push(" ORDER BY birth_date, id").all(&ctx.app.db).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Somebody who is invited in a letter that an account reads.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Invited {
    pub person_id: Uuid,
    pub state: State,
    pub rule: String,
    pub due_on: NaiveDate,
    pub full_name: String,
    pub sex: Sex,
    pub birth_date: NaiveDate,
    pub code: String,
}

/// Whom one sending invites through an account.
pub(crate) async fn invited(ctx: &Ctx, batch: Uuid, account: Uuid) -> Result<Vec<Invited>> {
    sql("SELECT n.person_id, p.state, n.rule, n.due_on, p.full_name, p.sex, p.birth_date, p.code FROM due_notice n \
         JOIN person p ON p.commune_id = n.commune_id AND p.id = n.person_id \
         WHERE n.commune_id = $1 AND n.batch_id = $2 AND n.to_account_id = $3 AND p.state <> 'erased' \
         ORDER BY p.birth_date, p.id")
    .bind(ctx.commune)
    .bind(batch)
    .bind(account)
    .all(&ctx.app.db)
    .await
}

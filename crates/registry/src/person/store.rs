//! SQL of people.

use super::model::{FACTS, Facts, LASTING, Membership, PLACE, Person, Residence, Sex, State, Version};
use crate::page::{self, After, Count, Page};
use crate::version::Table;
use chrono::NaiveDate;
use platform::access::Scope;
use platform::db::{Sql, Value, insert_many};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

pub(crate) const VERSIONS: Table = Table { name: "person_version", columns: &FACTS };
pub(crate) const PLACES: Table = Table { name: "membership_version", columns: &PLACE };

const COLUMNS: &str = "p.id, p.code, p.full_name, p.sex, p.birth_date, p.birth_precision, p.personal_no, \
    p.previous_no, p.tax_no, p.ethnic, p.religion, p.phone, p.smartphone, p.insurance_no, p.insurance_until, \
    p.payment_account, p.education, p.occupation, p.disability, p.meritorious, p.household_id, p.village_id, \
    p.relation, p.residence, p.state, p.died_on, p.left_on, p.merged_into, p.revision";

/// What a list asks for; the default is everybody who is present.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub villages: Vec<Uuid>,
    pub household: Option<Uuid>,
    pub sex: Option<Sex>,
    pub ethnic: Option<String>,
    pub residence: Option<Residence>,
    /// Born on this day or later, and on this day or earlier.
    pub born_from: Option<NaiveDate>,
    pub born_to: Option<NaiveDate>,
    pub smartphone: Option<bool>,
    pub payment_account: Option<bool>,
    /// True: has a personal number.
    pub numbered: Option<bool>,
    pub skill: Option<String>,
    /// `None` is present.
    pub state: Option<State>,
    /// Only these: what a search found.
    pub ids: Option<Vec<Uuid>>,
}

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, scope: &Scope, id: Uuid) -> Result<Person> {
    let these = sql(format!("SELECT {COLUMNS} FROM person p WHERE p.commune_id = $1 AND p.id = $2"));
    page::within(these.bind(ctx.commune).bind(id), scope, "p.village_id").one(on).await
}

pub(crate) async fn get_many(ctx: &Ctx, on: &impl Run, scope: &Scope, ids: &[Uuid]) -> Result<Vec<Person>> {
    let these = sql(format!("SELECT {COLUMNS} FROM person p WHERE p.commune_id = ")).arg(ctx.commune);
    let these = these.push(" AND p.id IN (").args(ids.iter().copied()).push(")");
    page::within(these, scope, "p.village_id").push(" ORDER BY p.sort_key, p.id").all(on).await
}

/// Everybody who is present in a household: the head first, then by age.
pub(crate) async fn members(ctx: &Ctx, on: &impl Run, household: Uuid) -> Result<Vec<Person>> {
    sql(format!(
        "SELECT {COLUMNS} FROM person p WHERE p.commune_id = $1 AND p.household_id = $2 AND p.state = $3 \
                 ORDER BY CASE WHEN p.relation = 'head' THEN 0 ELSE 1 END, p.birth_date, p.id"
    ))
    .bind(ctx.commune)
    .bind(household)
    .bind(State::Present)
    .all(on)
    .await
}

pub(crate) async fn list(
    ctx: &Ctx,
    scope: &Scope,
    filter: &Filter,
    after: Option<&After>,
    limit: i64,
) -> Result<Page<Person>> {
    let start =
        sql(format!("SELECT {COLUMNS}, p.sort_key FROM person p WHERE p.commune_id = ")).arg(ctx.commune);
    page::page(filtered(start, scope, filter), "p", after, limit, &ctx.app.db).await
}

pub(crate) async fn count(ctx: &Ctx, scope: &Scope, filter: &Filter) -> Result<Count> {
    let start = sql("SELECT COUNT(*) FROM (SELECT p.id FROM person p WHERE p.commune_id = ").arg(ctx.commune);
    page::count(ctx, filtered(start, scope, filter)).await
}

fn filtered(query: Sql, scope: &Scope, filter: &Filter) -> Sql {
    let state = filter.state.unwrap_or(State::Present);
    let mut query = page::within(query.push(" AND p.state = ").arg(state), scope, "p.village_id");
    if !filter.villages.is_empty() {
        query = query.push(" AND p.village_id IN (").args(filter.villages.iter().copied()).push(")");
    }
    let equal: [(&str, Option<Value>); 6] = [
        ("household_id", filter.household.map(Value::from)),
        ("sex", filter.sex.map(Value::from)),
        ("ethnic", filter.ethnic.clone().map(Value::from)),
        ("residence", filter.residence.map(Value::from)),
        ("smartphone", filter.smartphone.map(Value::from)),
        ("payment_account", filter.payment_account.map(Value::from)),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            query = query.push(&format!(" AND p.{column} = ")).arg(value);
        }
    }
    if let Some(from) = filter.born_from {
        query = query.push(" AND p.birth_date >= ").arg(from);
    }
    if let Some(to) = filter.born_to {
        query = query.push(" AND p.birth_date <= ").arg(to);
    }
    if let Some(numbered) = filter.numbered {
        query = query.push(if numbered {
            " AND p.personal_no IS NOT NULL"
        } else {
            " AND p.personal_no IS NULL"
        });
    }
    if let Some(skill) = &filter.skill {
        query = query.push(" AND EXISTS (SELECT 1 FROM person_skill s WHERE s.commune_id = p.commune_id AND s.person_id = p.id AND s.skill = ");
        query = query.arg(skill.as_str()).push(")");
    }
    match &filter.ids {
        Some(ids) => query.push(" AND p.id IN (").args(ids.iter().copied()).push(")"),
        None => query,
    }
}

/// A row to be inserted.
pub(crate) struct NewRow<'a> {
    pub id: Uuid,
    pub code: &'a str,
    pub facts: &'a Facts,
    pub place: &'a Membership,
    pub died_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, rows: Vec<NewRow<'_>>) -> Result<()> {
    let mut columns = vec!["commune_id", "id", "code"];
    columns.extend(FACTS);
    columns.extend(PLACE);
    columns.extend(["name_folded", "sort_key", "state", "died_on", "left_on", "merged_into", "revision"]);
    let rows = rows.into_iter().map(|row| {
        let state = match (row.died_on, row.left_on) {
            (Some(_), _) => State::Died,
            (None, Some(_)) => State::Left,
            (None, None) => State::Present,
        };
        let mut values: Vec<Value> = vec![ctx.commune.into(), row.id.into(), row.code.into()];
        values.extend(row.facts.values());
        values.extend(row.place.values());
        values.extend([
            vntext::fold(&row.facts.full_name).into(),
            vntext::name_sort_key(&row.facts.full_name).into(),
            state.into(),
            row.died_on.into(),
            row.left_on.into(),
            None::<Uuid>.into(),
            1i64.into(),
        ]);
        values
    });
    insert_many(tx, "person", &columns, rows, "").await?;
    Ok(())
}

/// Writes everything of a person as it is now, if the row is still at its revision; 0 when somebody else was first.
pub(crate) async fn update(ctx: &Ctx, tx: &Tx, person: &Person) -> Result<u64> {
    let mut query = sql("UPDATE person SET revision = revision + 1");
    let columns =
        FACTS.iter().chain(&PLACE).zip(person.facts.values().into_iter().chain(person.place.values()));
    for (column, value) in columns {
        query = query.push(&format!(", {column} = ")).arg(value);
    }
    let rest: [(&str, Value); 6] = [
        ("name_folded", vntext::fold(&person.facts.full_name).into()),
        ("sort_key", vntext::name_sort_key(&person.facts.full_name).into()),
        ("state", person.state.into()),
        ("died_on", person.died_on.into()),
        ("left_on", person.left_on.into()),
        ("merged_into", person.merged_into.into()),
    ];
    for (column, value) in rest {
        query = query.push(&format!(", {column} = ")).arg(value);
    }
    query = query.push(" WHERE commune_id = ").arg(ctx.commune).push(" AND id = ").arg(person.id);
    query.push(" AND revision = ").arg(person.revision).run(tx).await
}

/// Writes facts that do not change in a life into all versions.
pub(crate) async fn correct_all_versions(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    facts: &Facts,
    fields: &[&str],
) -> Result<()> {
    let lasting: Vec<(&str, Value)> = FACTS
        .into_iter()
        .zip(facts.values())
        .filter(|(name, _)| LASTING.contains(name) && fields.contains(name))
        .collect();
    if lasting.is_empty() {
        return Ok(());
    }
    let mut query = sql("UPDATE person_version SET recorded_at = ").arg(ctx.now);
    for (column, value) in lasting {
        query = query.push(&format!(", {column} = ")).arg(value);
    }
    query.push(" WHERE commune_id = ").arg(ctx.commune).push(" AND id = ").arg(id).run(tx).await?;
    Ok(())
}

/// Who of the people present has one of these numbers.
#[derive(Debug, Clone, sea_orm::FromQueryResult)]
pub struct Numbered {
    pub personal_no: String,
    pub id: Uuid,
    pub code: String,
}

pub(crate) async fn by_numbers(ctx: &Ctx, on: &impl Run, numbers: &[String]) -> Result<Vec<Numbered>> {
    let mut found = Vec::new();
    for some in numbers.chunks(500) {
        let these = sql("SELECT personal_no, id, code FROM person WHERE commune_id = ").arg(ctx.commune);
        let these = these
            .push(" AND personal_no IN (")
            .args(some.iter().map(String::as_str))
            .push(") AND state = ")
            .arg(State::Present);
        found.extend(these.all::<Numbered>(on).await?);
    }
    Ok(found)
}

/// All versions of a person's facts, oldest first.
pub(crate) async fn versions(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Vec<Version<Facts>>> {
    let columns = FACTS.join(", ");
    sql(format!("SELECT valid_from, valid_to, source, {columns} FROM person_version WHERE commune_id = $1 AND id = $2 ORDER BY valid_from"))
        .bind(ctx.commune)
        .bind(id)
        .all(on)
        .await
}

/// Where a person was counted, oldest first.
pub(crate) async fn places(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Vec<Version<Membership>>> {
    let columns = PLACE.join(", ");
    sql(format!("SELECT valid_from, valid_to, source, {columns} FROM membership_version WHERE commune_id = $1 AND id = $2 ORDER BY valid_from"))
        .bind(ctx.commune)
        .bind(id)
        .all(on)
        .await
}

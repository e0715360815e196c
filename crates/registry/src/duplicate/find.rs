//! Looking for rows that may be one person: one number, or one name and one birth date.

use crate::person::{self, Person, State};
use audit::Entry;
use platform::choice;
use platform::db::insert_many;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use serde_json::json;
use std::collections::BTreeMap;

choice! {
    /// Why two rows are shown together.
    Reason, "registry-duplicate", {
        /// The same personal or old number.
        Number = "number",
        /// The same name, sex and birth date, and no two different numbers.
        NameAndBirth = "name_birth",
        /// The same name, sex and birth date, though the numbers differ.
        Namesake = "namesake",
    }
}

impl Reason {
    /// How sure: the list goes by it, highest first.
    pub fn score(self) -> i64 {
        match self {
            Reason::Number => 100,
            Reason::NameAndBirth => 90,
            Reason::Namesake => 40,
        }
    }
}

/// Two rows that may be one person.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct Candidate {
    pub first_id: Uuid,
    pub second_id: Uuid,
    pub reason: Reason,
    pub score: i64,
}

/// Open pairs, surest first; `before` is the last pair of the page before.
pub async fn list(ctx: &Ctx, before: Option<&Candidate>, limit: i64) -> Result<Vec<Candidate>> {
    let mut query =
        sql("SELECT first_id, second_id, reason, score FROM duplicate_candidate WHERE commune_id = ")
            .arg(ctx.commune);
    query = query.push(" AND state = 'open'");
    if let Some(last) = before {
        query =
            query.push(" AND (score, first_id, second_id) < (").arg(last.score).push(", ").arg(last.first_id);
        query = query.push(", ").arg(last.second_id).push(")");
    }
    query
        .push(" ORDER BY score DESC, first_id DESC, second_id DESC LIMIT ")
        .arg(limit.clamp(1, 200))
        .all(&ctx.app.db)
        .await
}

/// Looks through the whole commune and files what is new; pairs that were judged stay judged. Returns how many pairs
/// are new. Safe to run twice.
pub async fn scan(ctx: &Ctx) -> Result<u64> {
    let mut found: BTreeMap<(Uuid, Uuid), Reason> = BTreeMap::new();
    for column in ["personal_no", "previous_no"] {
        for group in groups(ctx, column).await? {
            pairs(&group, &mut found, |_, _| Some(Reason::Number));
        }
    }
    for group in groups(ctx, "name_folded, birth_date, sex").await? {
        pairs(&group, &mut found, judge);
    }
    let tx = ctx.begin().await?;
    let columns =
        ["commune_id", "first_id", "second_id", "reason", "score", "state", "found_at", "decided_by"];
    let rows = found.into_iter().map(|((first, second), reason)| {
        vec![
            ctx.commune.into(),
            first.into(),
            second.into(),
            reason.into(),
            reason.score().into(),
            "open".into(),
            ctx.now.into(),
            None::<Uuid>.into(),
        ]
    });
    let fresh = insert_many(
        &tx,
        "duplicate_candidate",
        &columns,
        rows,
        " ON CONFLICT (commune_id, first_id, second_id) DO NOTHING",
    )
    .await?;
    tx.commit().await?;
    Ok(fresh)
}

fn judge(a: &Person, b: &Person) -> Option<Reason> {
    match (&a.facts.personal_no, &b.facts.personal_no) {
        (Some(one), Some(other)) if one != other => Some(Reason::Namesake),
        _ => Some(Reason::NameAndBirth),
    }
}

/// Groups of rows that share columns: present people, and those who left, for they may have come back as new rows.
async fn groups(ctx: &Ctx, columns: &str) -> Result<Vec<Vec<Person>>> {
    let not_null =
        if columns.contains("_no") { format!(" AND p.{columns} IS NOT NULL") } else { String::new() };
    let listed: Vec<String> = columns.split(", ").map(|c| format!("p.{c}")).collect();
    let same: Vec<String> = columns.split(", ").map(|c| format!("q.{c} = d.{c}")).collect();
    // Whole commune: one walk along the index that begins with these columns.
    let ids: Vec<Uuid> = sql(format!(
        "SELECT q.id FROM (SELECT p.commune_id, {cols} FROM person p WHERE p.commune_id = $1 AND p.state IN ('present', 'left'){not_null} \
         GROUP BY p.commune_id, {cols} HAVING COUNT(*) > 1) d JOIN person q ON q.commune_id = d.commune_id AND {same} \
         WHERE q.commune_id = $1 AND q.state IN ('present', 'left') ORDER BY {order}, q.id /* all rows */",
        cols = listed.join(", "),
        same = same.join(" AND "),
        order = columns.split(", ").map(|c| format!("q.{c}")).collect::<Vec<_>>().join(", "),
    ))
    .bind(ctx.commune)
    .column(&ctx.app.db)
    .await?;
    let mut groups: BTreeMap<String, Vec<Person>> = BTreeMap::new();
    for some in ids.chunks(500) {
        for person in person::get_many_in(ctx, &ctx.app.db, &ctx.scope, some).await? {
            let facts = &person.facts;
            let key = match columns {
                "personal_no" => facts.personal_no.clone().unwrap_or_default(),
                "previous_no" => facts.previous_no.clone().unwrap_or_default(),
                _ => format!("{} {} {}", vntext::fold(&facts.full_name), facts.birth_date, facts.sex.code()),
            };
            groups.entry(key).or_default().push(person);
        }
    }
    Ok(groups.into_values().collect())
}

/// Every two of a group, of whom at least one is present. A group of very many is a mistake of the data (a number such
/// as 000000000), not of people: only its first are paired.
fn pairs(
    group: &[Person],
    found: &mut BTreeMap<(Uuid, Uuid), Reason>,
    judge: impl Fn(&Person, &Person) -> Option<Reason>,
) {
    let group = &group[..group.len().min(20)];
    for (at, a) in group.iter().enumerate() {
        for b in &group[at + 1..] {
            if a.state != State::Present && b.state != State::Present {
                continue;
            }
            let key = if a.id < b.id { (a.id, b.id) } else { (b.id, a.id) };
            if let Some(reason) = judge(a, b) {
                found.entry(key).or_insert(reason);
            }
        }
    }
}

/// The officer has looked: they are two people.
pub async fn different(ctx: &Ctx, tx: &Tx, first: Uuid, second: Uuid) -> Result<()> {
    if decide(ctx, tx, first, second, "different").await? == 0 {
        return Err(Error::not_found());
    }
    let detail = json!({ "other": second });
    audit::record(ctx, tx, Entry { action: "duplicate.different", kind: "person", id: first, detail }).await
}

pub(super) async fn decide(ctx: &Ctx, tx: &impl Run, a: Uuid, b: Uuid, state: &str) -> Result<u64> {
    let (first, second) = if a < b { (a, b) } else { (b, a) };
    sql("UPDATE duplicate_candidate SET state = $4, decided_by = $5 WHERE commune_id = $1 AND first_id = $2 AND second_id = $3")
        .bind(ctx.commune)
        .bind(first)
        .bind(second)
        .bind(state)
        .bind(ctx.account_or_none())
        .run(tx)
        .await
}

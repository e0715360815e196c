//! Two rows become one. It is a correction: the dropped row never was another person, so its versions go and the kept
//! row's reach back as far as either did. Everything that is taken away is kept in the log, for the way back.

use super::find::decide;
use crate::lists::HEAD;
use crate::person::{self, Person, Skill, Snapshot, State, Version};
use crate::{code, household, marriage};
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, events, search, sql};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What is merged, at the revisions that the officer saw.
#[derive(Debug, Clone)]
pub struct Merge {
    pub kept: (Uuid, i64),
    pub dropped: (Uuid, i64),
}

/// The rows before the merge.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Before {
    pub kept: Snapshot,
    pub dropped: Snapshot,
    /// Skills that the kept row got from the dropped one.
    pub gained_skills: Vec<String>,
    /// Ids of rows in other tables that pointed to the dropped row.
    pub pointers: Vec<(String, Vec<Uuid>)>,
}

/// Tables whose rows follow the person, by their own id: (table, column).
pub(super) const POINTERS: [(&str, &str); 6] = [
    ("life_event", "person_id"),
    ("consent", "person_id"),
    ("team_member", "person_id"),
    ("organisation", "representative_id"),
    ("marriage", "husband_id"),
    ("marriage", "wife_id"),
];

/// The name of a pointer in the log. Older entries name the table alone.
pub(super) fn pointer(table: &str, column: &str) -> String {
    format!("{table}.{column}")
}

/// Merges two rows of the scope. Empty fields of the kept row are filled from the dropped one; what differs stays as the
/// kept row has it. Returns the number of the merge in the log.
///
/// # Errors
/// `Conflict` when one was changed meanwhile; `Invalid` when the dropped row is a head who leaves others behind.
pub async fn merge(ctx: &Ctx, tx: &Tx, merge: &Merge) -> Result<Uuid> {
    let kept = side(ctx, tx, merge.kept).await?;
    let dropped = side(ctx, tx, merge.dropped).await?;
    if kept.person.id == dropped.person.id
        || kept.person.state != State::Present
        || !mergeable(&dropped.person)
    {
        return Err(Error::invalid("registry-merge-not-possible"));
    }
    let home = dropped.person.place.household_id;
    let others = person::members_in(ctx, tx, home).await?.len();
    let present = dropped.person.state == State::Present;
    if present && dropped.person.place.relation == HEAD && others > 1 {
        return Err(Error::field("giu-lai", "registry-merge-head"));
    }
    marriage::not_both(ctx, tx, kept.person.id, dropped.person.id).await?;
    drop_row(ctx, tx, &dropped.person, kept.person.id).await?;
    let merged = filled(&kept.person, &dropped.person);
    write(ctx, tx, &merged).await?;
    reach_back(ctx, tx, &kept, &merged, &dropped).await?;
    let pointers = repoint(ctx, tx, dropped.person.id, kept.person.id).await?;
    let gained_skills = skills(ctx, tx, dropped.person.id, kept.person.id).await?;
    if present {
        if others == 1 {
            household::close(ctx, tx, home, ctx.today(), "registry-end-duplicate").await?;
        } else {
            household::refresh(ctx, tx, home).await?;
        }
    }
    let merged = Person { revision: merged.revision + 1, ..merged };
    person::refile(ctx, tx, &merged).await?;
    household::refresh(ctx, tx, kept.person.place.household_id).await?;
    decide(ctx, tx, kept.person.id, dropped.person.id, "merged").await?;
    let (kept_id, dropped_id) = (kept.person.id, dropped.person.id);
    let before = Before { kept, dropped, gained_skills, pointers };
    let id = log(ctx, tx, &before, merged.revision).await?;
    events::publish(ctx, tx, "registry.person.merged", json!({ "kept": kept_id, "dropped": dropped_id }))
        .await?;
    let detail = json!({ "dropped": dropped_id, "log": id });
    audit::record(ctx, tx, Entry { action: "duplicate.merge", kind: "person", id: kept_id, detail }).await?;
    Ok(id)
}

fn mergeable(person: &Person) -> bool {
    matches!(person.state, State::Present | State::Left)
}

async fn side(ctx: &Ctx, tx: &Tx, (id, revision): (Uuid, i64)) -> Result<Snapshot> {
    let person = person::find_in(ctx, tx, &ctx.scope, id).await?;
    if person.revision != revision {
        return Err(person::changed_meanwhile());
    }
    Snapshot::take(ctx, tx, person).await
}

/// The dropped row first, so that its number is free for the kept one.
async fn drop_row(ctx: &Ctx, tx: &Tx, dropped: &Person, kept: Uuid) -> Result<()> {
    write(ctx, tx, &Person { state: State::Merged, merged_into: Some(kept), ..dropped.clone() }).await?;
    for table in ["person_version", "membership_version"] {
        sql(format!("DELETE FROM {table} WHERE commune_id = $1 AND id = $2"))
            .bind(ctx.commune)
            .bind(dropped.id)
            .run(tx)
            .await?;
    }
    search::remove(ctx, tx, &[dropped.id]).await?;
    code::retire(ctx, tx, dropped.id).await
}

async fn write(ctx: &Ctx, tx: &Tx, person: &Person) -> Result<()> {
    match person::update_row(ctx, tx, person).await? {
        0 => Err(person::changed_meanwhile()),
        _ => Ok(()),
    }
}

fn filled(kept: &Person, dropped: &Person) -> Person {
    let mut merged = kept.clone();
    let (to, from) = (&mut merged.facts, &dropped.facts);
    let some = |to: &mut Option<String>, from: &Option<String>| {
        if to.is_none() {
            to.clone_from(from);
        }
    };
    some(&mut to.personal_no, &from.personal_no);
    some(&mut to.previous_no, &from.previous_no);
    some(&mut to.tax_no, &from.tax_no);
    some(&mut to.religion, &from.religion);
    some(&mut to.phone, &from.phone);
    if to.insurance_no.is_none() {
        to.insurance_no.clone_from(&from.insurance_no);
        to.insurance_until = from.insurance_until;
    }
    some(&mut to.disability, &from.disability);
    some(&mut to.meritorious, &from.meritorious);
    to.smartphone |= from.smartphone;
    to.payment_account |= from.payment_account;
    if to.education == "unknown" {
        to.education.clone_from(&from.education);
    }
    if to.occupation.is_empty() {
        to.occupation.clone_from(&from.occupation);
    }
    merged
}

/// Writes the kept row's versions anew: the newest with what was filled in, and before the oldest what the dropped row
/// knew of earlier days.
async fn reach_back(ctx: &Ctx, tx: &Tx, kept: &Snapshot, merged: &Person, dropped: &Snapshot) -> Result<()> {
    let id = kept.person.id;
    let mut facts = earlier(&dropped.facts, &kept.facts);
    if let Some(newest) = facts.last_mut() {
        newest.what = merged.facts.clone();
    }
    person::rewrite(ctx, tx, id, &facts, &earlier(&dropped.places, &kept.places)).await
}

/// The versions of `old` that are before the first of `new`, cut at its first day, then `new`.
fn earlier<T: Clone>(old: &[Version<T>], new: &[Version<T>]) -> Vec<Version<T>> {
    let Some(first) = new.first().map(|v| v.valid_from) else { return old.to_vec() };
    let before = old.iter().filter(|v| v.valid_from < first && v.valid_from <= v.valid_to).cloned();
    let mut all: Vec<Version<T>> = before.collect();
    if let Some(last) = all.last_mut() {
        last.valid_to = first.pred_opt().map_or(last.valid_to, |day: NaiveDate| day.min(last.valid_to));
    }
    all.extend(new.iter().cloned());
    all
}

/// Rows of other tables follow the person; which ones is kept for the way back.
async fn repoint(ctx: &Ctx, tx: &Tx, from: Uuid, to: Uuid) -> Result<Vec<(String, Vec<Uuid>)>> {
    let mut moved = Vec::new();
    for (table, column) in POINTERS {
        let ids: Vec<Uuid> = sql(format!(
            "UPDATE {table} SET {column} = $3 WHERE commune_id = $1 AND {column} = $2 RETURNING id"
        ))
        .bind(ctx.commune)
        .bind(from)
        .bind(to)
        .column(tx)
        .await?;
        moved.push((pointer(table, column), ids));
    }
    Ok(moved)
}

async fn skills(ctx: &Ctx, tx: &Tx, from: Uuid, to: Uuid) -> Result<Vec<String>> {
    let skills: Vec<Skill> =
        sql("SELECT skill, since, evidence FROM person_skill WHERE commune_id = $1 AND person_id = $2")
            .bind(ctx.commune)
            .bind(from)
            .all(tx)
            .await?;
    let mut gained = Vec::new();
    for skill in skills {
        let new = sql("INSERT INTO person_skill (commune_id, person_id, skill, since, evidence) VALUES ($1, $2, $3, $4, $5) \
                       ON CONFLICT (commune_id, person_id, skill) DO NOTHING")
            .bind(ctx.commune)
            .bind(to)
            .bind(skill.skill.as_str())
            .bind(skill.since)
            .bind(skill.evidence)
            .run(tx)
            .await?;
        if new == 1 {
            gained.push(skill.skill);
        }
    }
    Ok(gained)
}

async fn log(ctx: &Ctx, tx: &Tx, before: &Before, kept_revision: i64) -> Result<Uuid> {
    let id = ctx.new_id();
    sql("INSERT INTO merge_log (commune_id, id, kept_id, dropped_id, before, kept_revision, merged_at, account_id, undone_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)")
        .bind(ctx.commune)
        .bind(id)
        .bind(before.kept.person.id)
        .bind(before.dropped.person.id)
        .bind(serde_json::to_value(before)?)
        .bind(kept_revision)
        .bind(ctx.now)
        .bind(ctx.account_or_none())
        .run(tx)
        .await?;
    Ok(id)
}

/// Ids of rows that were merged into a person and not parted again.
pub(crate) async fn dropped_for(ctx: &Ctx, on: &impl Run, kept: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT dropped_id FROM merge_log WHERE commune_id = $1 AND kept_id = $2 AND undone_at IS NULL")
        .bind(ctx.commune)
        .bind(kept)
        .column(on)
        .await
}

/// The rows that were merged into a person, as they stand.
pub async fn merged_into(ctx: &Ctx, kept: Uuid) -> Result<Vec<Person>> {
    let ids = dropped_for(ctx, &ctx.app.db, kept).await?;
    person::get_many(ctx, &ids).await
}

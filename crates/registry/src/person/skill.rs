//! What a person can do.

use super::store;
use crate::lists;
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, Message, Result, Run, Tx, Uuid, events, sql};
use sea_orm::FromQueryResult;
use serde_json::json;
use std::collections::HashMap;

/// One skill of a person.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct Skill {
    /// A code of the skill list.
    pub skill: String,
    pub since: Option<NaiveDate>,
    /// The certificate, if there is one.
    pub evidence: String,
}

/// The skills of a person inside the scope.
pub async fn skills(ctx: &Ctx, person: Uuid) -> Result<Vec<Skill>> {
    super::get(ctx, person).await?;
    sql("SELECT skill, since, evidence FROM person_skill WHERE commune_id = $1 AND person_id = $2 ORDER BY skill")
        .bind(ctx.commune)
        .bind(person)
        .all(&ctx.app.db)
        .await
}

/// Writes what a person can do: skills that are left out go. The person's revision goes on.
///
/// # Errors
/// `Conflict` when somebody else was first.
pub async fn skills_set(ctx: &Ctx, tx: &Tx, person: Uuid, revision: i64, all: &[Skill]) -> Result<()> {
    let old = super::rules::load(ctx, tx, person, revision).await?;
    let now = skills(ctx, person).await?;
    let mut fields = Vec::new();
    for gone in now.iter().filter(|skill| !all.iter().any(|other| other.skill == skill.skill)) {
        skill_remove(ctx, tx, person, &gone.skill).await?;
        fields.push(gone.skill.as_str());
    }
    for skill in all.iter().filter(|skill| !now.contains(skill)) {
        skill_set(ctx, tx, person, skill).await?;
        fields.push(skill.skill.as_str());
    }
    if fields.is_empty() {
        return Ok(());
    }
    super::rules::write(ctx, tx, &old).await?;
    events::publish(ctx, tx, "registry.person.changed", json!({ "id": person, "fields": fields })).await
}

/// Writes a skill, in place of what was written of it before.
pub async fn skill_set(ctx: &Ctx, tx: &Tx, person: Uuid, skill: &Skill) -> Result<()> {
    store::find(ctx, tx, &ctx.scope, person).await?;
    let lists = lists::load(ctx)?;
    let Some(word) = lists.skill.find(&skill.skill) else {
        return Err(Error::field(
            "ky-nang",
            Message::new("registry-word-unknown").with("word", skill.skill.as_str()),
        ));
    };
    sql("INSERT INTO person_skill (commune_id, person_id, skill, since, evidence) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id, person_id, skill) DO UPDATE SET since = excluded.since, evidence = excluded.evidence")
        .bind(ctx.commune)
        .bind(person)
        .bind(word.code.as_str())
        .bind(skill.since)
        .bind(vntext::clean(&skill.evidence))
        .run(tx)
        .await?;
    let detail = json!({ "skill": word.code });
    audit::record(ctx, tx, Entry { action: "person.skill", kind: "person", id: person, detail }).await
}

pub async fn skill_remove(ctx: &Ctx, tx: &Tx, person: Uuid, skill: &str) -> Result<()> {
    store::find(ctx, tx, &ctx.scope, person).await?;
    let gone = sql("DELETE FROM person_skill WHERE commune_id = $1 AND person_id = $2 AND skill = $3")
        .bind(ctx.commune)
        .bind(person)
        .bind(skill)
        .run(tx)
        .await?;
    if gone == 0 {
        return Err(Error::not_found());
    }
    let detail = json!({ "skill": skill, "removed": true });
    audit::record(ctx, tx, Entry { action: "person.skill", kind: "person", id: person, detail }).await
}

/// The codes of the skills of many people, sorted; neither scope nor masking is looked after here.
pub(crate) async fn skill_codes(
    ctx: &Ctx,
    on: &impl Run,
    people: &[Uuid],
) -> Result<HashMap<Uuid, Vec<String>>> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: Uuid,
        skill: String,
    }
    let mut found: HashMap<Uuid, Vec<String>> = HashMap::new();
    for some in people.chunks(500) {
        let these = sql("SELECT person_id, skill FROM person_skill WHERE commune_id = ").arg(ctx.commune);
        let these = these.push(" AND person_id IN (").args(some.iter().copied());
        for row in these.push(") ORDER BY skill").all::<Row>(on).await? {
            found.entry(row.person_id).or_default().push(row.skill);
        }
    }
    Ok(found)
}

//! Parting what was merged by mistake.

use super::find::decide;
use super::merge::{Before, POINTERS, pointer};
use crate::person::{self, Person, State};
use crate::{code, household};
use audit::Entry;
use platform::{Ctx, Error, Result, Tx, Uuid, events, sql};
use sea_orm::FromQueryResult;
use serde_json::json;

#[derive(FromQueryResult)]
struct Logged {
    before: serde_json::Value,
    kept_revision: i64,
    undone_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// Restores both rows as they were before the merge.
///
/// # Errors
/// `Conflict` when the kept row was changed after the merge: what was written since cannot be told apart any more.
pub async fn undo(ctx: &Ctx, tx: &Tx, log: Uuid) -> Result<()> {
    let logged: Logged =
        sql("SELECT before, kept_revision, undone_at FROM merge_log WHERE commune_id = $1 AND id = $2")
            .bind(ctx.commune)
            .bind(log)
            .one(tx)
            .await?;
    let before: Option<Before> = serde_json::from_value(logged.before).ok();
    let (Some(before), None) = (before, logged.undone_at) else {
        return Err(Error::invalid("registry-merge-undone"));
    };
    let kept = person::find_in(ctx, tx, &ctx.scope, before.kept.person.id).await?;
    let dropped = person::find_in(ctx, tx, &ctx.scope, before.dropped.person.id).await?;
    if kept.revision != logged.kept_revision || dropped.state != State::Merged {
        return Err(Error::conflict("registry-merge-changed-since"));
    }
    restore(ctx, tx, &before.kept.person, kept.revision).await?;
    restore(ctx, tx, &before.dropped.person, dropped.revision).await?;
    for side in [&before.kept, &before.dropped] {
        person::rewrite(ctx, tx, side.person.id, &side.facts, &side.places).await?;
    }
    point_back(ctx, tx, &before).await?;
    let dropped = before.dropped.person;
    if dropped.state == State::Present {
        code::restore(ctx, tx, dropped.id).await?;
        household::reopen(ctx, tx, dropped.place.household_id).await?;
        person::refile(ctx, tx, &dropped).await?;
    }
    person::refile(ctx, tx, &before.kept.person).await?;
    household::refresh(ctx, tx, before.kept.person.place.household_id).await?;
    decide(ctx, tx, before.kept.person.id, dropped.id, "different").await?;
    sql("UPDATE merge_log SET undone_at = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(log)
        .bind(ctx.now)
        .run(tx)
        .await?;
    let payload = json!({ "kept": before.kept.person.id, "dropped": dropped.id });
    events::publish(ctx, tx, "registry.person.parted", payload).await?;
    let detail = json!({ "parted": dropped.id, "log": log });
    audit::record(
        ctx,
        tx,
        Entry { action: "duplicate.undo", kind: "person", id: before.kept.person.id, detail },
    )
    .await
}

/// The row as it was; the revision goes on counting.
async fn restore(ctx: &Ctx, tx: &Tx, old: &Person, revision: i64) -> Result<()> {
    match person::update_row(ctx, tx, &Person { revision, ..old.clone() }).await? {
        0 => Err(person::changed_meanwhile()),
        _ => Ok(()),
    }
}

async fn point_back(ctx: &Ctx, tx: &Tx, before: &Before) -> Result<()> {
    for (table, column) in POINTERS {
        let named = pointer(table, column);
        let moved = before.pointers.iter().find(|(name, _)| *name == named || name == table);
        for ids in moved.map_or(&[][..], |(_, ids)| ids).chunks(500) {
            let back = sql(format!("UPDATE {table} SET {column} = ")).arg(before.dropped.person.id);
            let back = back
                .push(" WHERE commune_id = ")
                .arg(ctx.commune)
                .push(" AND id IN (")
                .args(ids.iter().copied());
            back.push(")").run(tx).await?;
        }
    }
    for skill in &before.gained_skills {
        sql("DELETE FROM person_skill WHERE commune_id = $1 AND person_id = $2 AND skill = $3")
            .bind(ctx.commune)
            .bind(before.kept.person.id)
            .bind(skill.as_str())
            .run(tx)
            .await?;
    }
    Ok(())
}

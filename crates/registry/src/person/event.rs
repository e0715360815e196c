//! What happened to people and households, on its own day.

use chrono::NaiveDate;
use platform::choice;
use platform::db::insert_many;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

choice! {
    /// The kind of a life event.
    EventKind, "registry-event", {
        Birth = "birth", Death = "death", MoveIn = "move_in", MoveOut = "move_out", Move = "move",
        Split = "split", Merge = "merge", Head = "head",
    }
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct LifeEvent {
    pub kind: EventKind,
    pub on_date: NaiveDate,
    pub village_id: Uuid,
    pub person_id: Option<Uuid>,
    pub household_id: Option<Uuid>,
    /// The other household of a move, split or merge.
    pub other_household_id: Option<Uuid>,
    /// Where from or to, the cause: as the officer wrote it.
    pub note: String,
    pub source: String,
}

const COLUMNS: &str = "kind, on_date, village_id, person_id, household_id, other_household_id, note, source";

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, events: &[LifeEvent]) -> Result<()> {
    let mut columns = vec!["commune_id", "id"];
    columns.extend(COLUMNS.split(", "));
    columns.extend(["account_id", "recorded_at"]);
    let rows = events.iter().map(|event| {
        vec![
            ctx.commune.into(),
            ctx.new_id().into(),
            event.kind.into(),
            event.on_date.into(),
            event.village_id.into(),
            event.person_id.into(),
            event.household_id.into(),
            event.other_household_id.into(),
            event.note.as_str().into(),
            event.source.as_str().into(),
            ctx.account_or_none().into(),
            ctx.now.into(),
        ]
    });
    insert_many(tx, "life_event", &columns, rows, "").await?;
    Ok(())
}

/// What happened to a person, newest first.
pub async fn of_person(ctx: &Ctx, on: &impl Run, person: Uuid) -> Result<Vec<LifeEvent>> {
    of(ctx, on, "person_id", person).await
}

/// What happened to a household, newest first, at most 200.
pub async fn of_household(ctx: &Ctx, on: &impl Run, household: Uuid) -> Result<Vec<LifeEvent>> {
    of(ctx, on, "household_id", household).await
}

async fn of(ctx: &Ctx, on: &impl Run, column: &str, id: Uuid) -> Result<Vec<LifeEvent>> {
    sql(format!("SELECT {COLUMNS} FROM life_event WHERE commune_id = $1 AND {column} = $2 ORDER BY on_date DESC LIMIT 200"))
        .bind(ctx.commune)
        .bind(id)
        .all(on)
        .await
}

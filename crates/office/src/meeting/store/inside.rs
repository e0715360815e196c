//! SQL of what happens in a meeting: agenda, speaking list, conclusions.

use crate::meeting::model::{Conclusion, Item, Speech, Turn};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};

pub(in crate::meeting) async fn items(ctx: &Ctx, on: &impl Run, meeting: Uuid) -> Result<Vec<Item>> {
    sql("SELECT id, position, title, minutes, speaker FROM meeting_item WHERE commune_id = $1 AND meeting_id = $2 \
         ORDER BY position, id")
    .bind(ctx.commune)
    .bind(meeting)
    .all(on)
    .await
}

pub(in crate::meeting) async fn item(ctx: &Ctx, on: &impl Run, meeting: Uuid, id: Uuid) -> Result<Item> {
    items(ctx, on, meeting).await?.into_iter().find(|item| item.id == id).ok_or_else(Error::not_found)
}

pub(in crate::meeting) async fn insert_item(ctx: &Ctx, tx: &Tx, meeting: Uuid, one: &Item) -> Result<()> {
    sql("INSERT INTO meeting_item (commune_id, id, meeting_id, position, title, minutes, speaker) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(meeting)
    .bind(one.position)
    .bind(one.title.as_str())
    .bind(one.minutes)
    .bind(one.speaker.as_str())
    .run(tx)
    .await?;
    Ok(())
}

pub(in crate::meeting) async fn update_item(ctx: &Ctx, tx: &Tx, one: &Item) -> Result<()> {
    sql("UPDATE meeting_item SET position = $3, title = $4, minutes = $5, speaker = $6 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.position)
        .bind(one.title.as_str())
        .bind(one.minutes)
        .bind(one.speaker.as_str())
        .run(tx)
        .await?;
    Ok(())
}

pub(in crate::meeting) async fn delete_item(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM meeting_item WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// In the order in which they asked.
pub(in crate::meeting) async fn speeches(ctx: &Ctx, on: &impl Run, meeting: Uuid) -> Result<Vec<Speech>> {
    sql(
        "SELECT id, item_id, account_id, state FROM meeting_speech WHERE commune_id = $1 AND meeting_id = $2 \
         ORDER BY id",
    )
    .bind(ctx.commune)
    .bind(meeting)
    .all(on)
    .await
}

pub(in crate::meeting) async fn insert_speech(
    ctx: &Ctx,
    tx: &Tx,
    meeting: Uuid,
    item: Option<Uuid>,
) -> Result<Uuid> {
    let id = ctx.new_id();
    sql("INSERT INTO meeting_speech (commune_id, id, meeting_id, item_id, account_id, state, asked_at) \
         VALUES ($1, $2, $3, $4, $5, 'waiting', $6)")
    .bind(ctx.commune)
    .bind(id)
    .bind(meeting)
    .bind(item)
    .bind(ctx.account()?)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(id)
}

/// Moves a turn that stands in one of `from`; how many moved.
pub(in crate::meeting) async fn write_turn(
    ctx: &Ctx,
    tx: &Tx,
    meeting: Uuid,
    only: Option<Uuid>,
    from: Turn,
    to: Turn,
) -> Result<u64> {
    let moved = sql("UPDATE meeting_speech SET state = ").arg(to);
    let moved = match to {
        Turn::Speaking => moved.push(", begun_at = ").arg(ctx.now),
        _ => moved.push(", ended_at = ").arg(ctx.now),
    };
    let moved = moved.push(" WHERE commune_id = ").arg(ctx.commune).push(" AND meeting_id = ").arg(meeting);
    let mut moved = moved.push(" AND state = ").arg(from);
    if let Some(id) = only {
        moved = moved.push(" AND id = ").arg(id);
    }
    moved.run(tx).await
}

pub(in crate::meeting) async fn conclusions(
    ctx: &Ctx,
    on: &impl Run,
    meeting: Uuid,
) -> Result<Vec<Conclusion>> {
    sql("SELECT id, words, doer_id, due_on, task_id FROM meeting_conclusion WHERE commune_id = $1 AND meeting_id = $2 \
         ORDER BY id")
    .bind(ctx.commune)
    .bind(meeting)
    .all(on)
    .await
}

pub(in crate::meeting) async fn insert_conclusion(
    ctx: &Ctx,
    tx: &Tx,
    meeting: Uuid,
    one: &Conclusion,
) -> Result<()> {
    sql("INSERT INTO meeting_conclusion (commune_id, id, meeting_id, words, doer_id, due_on) \
         VALUES ($1, $2, $3, $4, $5, $6)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(meeting)
    .bind(one.words.as_str())
    .bind(one.doer_id)
    .bind(one.due_on)
    .run(tx)
    .await?;
    Ok(())
}

/// Changes what was not handed out yet; false when it was.
pub(in crate::meeting) async fn update_conclusion(ctx: &Ctx, tx: &Tx, one: &Conclusion) -> Result<bool> {
    let written = sql("UPDATE meeting_conclusion SET words = $3, doer_id = $4, due_on = $5 \
                       WHERE commune_id = $1 AND id = $2 AND task_id IS NULL")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.words.as_str())
    .bind(one.doer_id)
    .bind(one.due_on)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// Takes out what was not handed out yet; false when it was.
pub(in crate::meeting) async fn delete_conclusion(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let gone = sql("DELETE FROM meeting_conclusion WHERE commune_id = $1 AND id = $2 AND task_id IS NULL")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(gone == 1)
}

/// Ties the task; false when it has one, so that nothing is handed out twice.
pub(in crate::meeting) async fn write_task(ctx: &Ctx, tx: &Tx, id: Uuid, task: Uuid) -> Result<bool> {
    let tied = sql(
        "UPDATE meeting_conclusion SET task_id = $3 WHERE commune_id = $1 AND id = $2 AND task_id IS NULL",
    )
    .bind(ctx.commune)
    .bind(id)
    .bind(task)
    .run(tx)
    .await?;
    Ok(tied == 1)
}

//! SQL of the papers of a meeting and of what each reader noted on them.

use crate::meeting::ink::Ink;
use crate::meeting::model::{Note, Paper};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};

pub(in crate::meeting) async fn papers(ctx: &Ctx, on: &impl Run, meeting: Uuid) -> Result<Vec<Paper>> {
    sql("SELECT id, file_id, name, pages FROM meeting_paper WHERE commune_id = $1 AND meeting_id = $2 ORDER BY id")
        .bind(ctx.commune)
        .bind(meeting)
        .all(on)
        .await
}

pub(in crate::meeting) async fn paper(ctx: &Ctx, on: &impl Run, meeting: Uuid, id: Uuid) -> Result<Paper> {
    papers(ctx, on, meeting).await?.into_iter().find(|paper| paper.id == id).ok_or_else(Error::not_found)
}

pub(in crate::meeting) async fn insert_paper(ctx: &Ctx, tx: &Tx, meeting: Uuid, one: &Paper) -> Result<()> {
    sql("INSERT INTO meeting_paper (commune_id, id, meeting_id, file_id, name, pages) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(meeting)
        .bind(one.file_id)
        .bind(one.name.as_str())
        .bind(one.pages)
        .run(tx)
        .await?;
    Ok(())
}

/// Takes a paper out, with what everybody noted on it.
pub(in crate::meeting) async fn delete_paper(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    for inside in [
        "DELETE FROM meeting_note WHERE commune_id = $1 AND paper_id = $2",
        "DELETE FROM meeting_ink WHERE commune_id = $1 AND paper_id = $2",
    ] {
        sql(inside).bind(ctx.commune).bind(id).run(tx).await?;
    }
    sql("DELETE FROM meeting_paper WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// The reader's own notes, in the order of the pages.
pub(in crate::meeting) async fn notes(ctx: &Ctx, on: &impl Run, paper: Uuid) -> Result<Vec<Note>> {
    sql("SELECT id, page, words FROM meeting_note WHERE commune_id = $1 AND paper_id = $2 AND account_id = $3 \
         ORDER BY page, id")
    .bind(ctx.commune)
    .bind(paper)
    .bind(ctx.account()?)
    .all(on)
    .await
}

pub(in crate::meeting) async fn insert_note(ctx: &Ctx, tx: &Tx, paper: Uuid, one: &Note) -> Result<()> {
    sql("INSERT INTO meeting_note (commune_id, id, paper_id, account_id, page, words, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(paper)
    .bind(ctx.account()?)
    .bind(one.page)
    .bind(one.words.as_str())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Changes a note of the reader's own; false when there is none.
pub(in crate::meeting) async fn update_note(ctx: &Ctx, tx: &Tx, paper: Uuid, one: &Note) -> Result<bool> {
    let written = sql("UPDATE meeting_note SET page = $5, words = $6, at = $7 \
                       WHERE commune_id = $1 AND paper_id = $2 AND account_id = $3 AND id = $4")
    .bind(ctx.commune)
    .bind(paper)
    .bind(ctx.account()?)
    .bind(one.id)
    .bind(one.page)
    .bind(one.words.as_str())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// Deletes a note of the reader's own; false when there is none.
pub(in crate::meeting) async fn delete_note(ctx: &Ctx, tx: &Tx, paper: Uuid, id: Uuid) -> Result<bool> {
    let gone = sql(
        "DELETE FROM meeting_note WHERE commune_id = $1 AND paper_id = $2 AND account_id = $3 AND id = $4",
    )
    .bind(ctx.commune)
    .bind(paper)
    .bind(ctx.account()?)
    .bind(id)
    .run(tx)
    .await?;
    Ok(gone == 1)
}

/// What the reader drew on a page.
pub(in crate::meeting) async fn ink(ctx: &Ctx, on: &impl Run, paper: Uuid, page: i64) -> Result<Option<Ink>> {
    sql("SELECT strokes, revision FROM meeting_ink WHERE commune_id = $1 AND paper_id = $2 AND account_id = $3 AND page = $4")
        .bind(ctx.commune)
        .bind(paper)
        .bind(ctx.account()?)
        .bind(page)
        .first(on)
        .await
}

/// Keeps what the reader drew on a page, in the place of what was there at that revision (0: nothing); false when something
/// else is there by now.
pub(in crate::meeting) async fn keep_ink(
    ctx: &Ctx,
    tx: &Tx,
    paper: Uuid,
    page: i64,
    strokes: &str,
    revision: i64,
) -> Result<bool> {
    let text = if revision == 0 {
        "INSERT INTO meeting_ink (commune_id, paper_id, account_id, page, strokes, at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7 + 1) ON CONFLICT (commune_id, paper_id, account_id, page) DO NOTHING"
    } else {
        "UPDATE meeting_ink SET strokes = $5, at = $6, revision = revision + 1 \
         WHERE commune_id = $1 AND paper_id = $2 AND account_id = $3 AND page = $4 AND revision = $7"
    };
    let written = sql(text)
        .bind(ctx.commune)
        .bind(paper)
        .bind(ctx.account()?)
        .bind(page)
        .bind(strokes)
        .bind(ctx.now)
        .bind(revision)
        .run(tx)
        .await?;
    Ok(written == 1)
}

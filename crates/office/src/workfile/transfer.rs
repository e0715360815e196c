//! Handing files to the archive: a list is made of closed files, the archive's keeper receives it or gives it back.

use super::model::{Happened, Moving, State, Transfer, WorkFile};
use super::rules::{happened, written};
use super::store;
use audit::Entry;
use chrono::Datelike;
use platform::{Ctx, Error, Message, Result, Run, Tx, Uuid, numbers, said, sql};
use serde_json::json;

pub(super) const PATH: &str = "/lam-viec/nop-luu";
/// Files in one list.
pub(super) const MOST: usize = 500;
const NOTE_MAX: usize = 500;
const COLUMNS: &str = "SELECT id, code, state, made_by, made_at, ended_by, ended_at, note, revision FROM work_file_transfer \
                       WHERE commune_id = ";

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Transfer> {
    sql(COLUMNS).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// The newest first.
pub(super) async fn all(ctx: &Ctx, limit: i64) -> Result<Vec<Transfer>> {
    sql(COLUMNS).arg(ctx.commune).push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The files of a list, in the order of their codes.
pub(super) async fn files(ctx: &Ctx, id: Uuid) -> Result<Vec<WorkFile>> {
    let filter = store::Filter { transfer: Some(id), ..store::Filter::default() };
    let mut files = store::list(ctx, &filter, None, MOST as i64).await?;
    files.sort_by_key(|one| (one.year, one.heading.clone(), one.id));
    Ok(files)
}

/// Makes a list of these closed files.
///
/// # Errors
/// At `ho-so` when none is chosen or too many; `Conflict` when one of them is not closed any more.
pub(crate) async fn make(ctx: &Ctx, tx: &Tx, mut ids: Vec<Uuid>, note: &str) -> Result<Transfer> {
    said::short("ghi-chu", note, NOTE_MAX)?;
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Err(Error::field("ho-so", "office-transfer-none-chosen"));
    }
    if ids.len() > MOST {
        return Err(Error::field("ho-so", Message::new("office-transfer-too-many").with("limit", MOST)));
    }
    let year = ctx.today().year();
    let number = numbers::next(tx, ctx.commune, "work-file-transfer", &year.to_string()).await?;
    let one = Transfer {
        id: ctx.new_id(),
        code: format!("NL-{number:02}/{year}"),
        state: Moving::Made,
        made_by: ctx.account()?,
        made_at: ctx.now,
        ended_by: None,
        ended_at: None,
        note: note.trim().to_owned(),
        revision: 1,
    };
    sql("INSERT INTO work_file_transfer (commune_id, id, code, state, made_by, made_at, note, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.code.as_str())
    .bind(one.state)
    .bind(one.made_by)
    .bind(one.made_at)
    .bind(one.note.as_str())
    .run(tx)
    .await?;
    for id in ids {
        let mut file = store::find(ctx, tx, id).await?;
        if file.state != State::Closed {
            return Err(Error::conflict(Message::new("office-transfer-not-closed").with("code", file.code)));
        }
        (file.state, file.transfer_id) = (State::Offered, Some(one.id));
        written(ctx, tx, &mut file).await?;
        happened(ctx, tx, &file, Happened::Offered, &one.code).await?;
    }
    recorded(ctx, tx, &one).await?;
    Ok(one)
}

/// The archive has every file of the list.
pub(crate) async fn receive(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Transfer> {
    end(ctx, tx, id, revision, Moving::Received).await
}

/// The list was wrong: its files are closed files again.
pub(crate) async fn undo(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Transfer> {
    end(ctx, tx, id, revision, Moving::Dropped).await
}

async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, state: Moving) -> Result<Transfer> {
    let ended = sql(
        "UPDATE work_file_transfer SET state = $4, ended_by = $5, ended_at = $6, revision = revision + 1 \
                     WHERE commune_id = $1 AND id = $2 AND revision = $3 AND state = 'made'",
    )
    .bind(ctx.commune)
    .bind(id)
    .bind(revision)
    .bind(state)
    .bind(ctx.account()?)
    .bind(ctx.now)
    .run(tx)
    .await?;
    if ended != 1 {
        return Err(Error::conflict("office-moved-on"));
    }
    let one = find(ctx, tx, id).await?;
    for mut file in files(ctx, id).await? {
        let what = if state == Moving::Received {
            file.state = State::Archived;
            Happened::Archived
        } else {
            (file.state, file.transfer_id) = (State::Closed, None);
            Happened::TakenBack
        };
        written(ctx, tx, &mut file).await?;
        happened(ctx, tx, &file, what, &one.code).await?;
    }
    recorded(ctx, tx, &one).await?;
    Ok(one)
}

async fn recorded(ctx: &Ctx, tx: &Tx, one: &Transfer) -> Result<()> {
    let detail = json!({ "code": one.code, "state": one.state.code() });
    let entry = Entry { action: "workfile.transfer", kind: "workfile-transfer", id: one.id, detail };
    audit::record(ctx, tx, entry).await
}

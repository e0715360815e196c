//! What the receiver of a document says became of it.

use super::model::{In, Net, Office, Out, Standing, Taken, What};
use super::take::{Verdict, blank, kept, recorded};
use super::{queue, store};
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use edxml::{Status, StatusCode};
use platform::files::Prepared;
use platform::{Ctx, Result, Tx, clock};
use serde_json::json;

/// A status is written at what it speaks of.
pub(super) async fn status(
    ctx: &Ctx,
    tx: &Tx,
    (office, net): (Option<&Office>, Net),
    status: &Status,
    file: &Prepared,
) -> Result<Verdict> {
    let external = status.response.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let key = format!("status:{}:{external}:{}", status.code.digits(), status.at);
    let mut one = blank(ctx, net, &status.from.id, key, What::Status);
    one.external_id = external;
    one.number.clone_from(&status.response.code);
    one.promulgated = status.response.promulgated;
    one.note = format!("{} {}", status.code.digits(), status.description).trim_end().to_owned();
    let asked_back = status.code == StatusCode::AskedBack;
    if asked_back {
        (one.what, one.state) = (What::Revocation, Taken::Asked);
        one.note.clone_from(&status.description);
        one.concerns = json!([one.external_id]);
    }
    let known = if asked_back {
        !store::in_of_external(ctx, tx, &one.code, &one.external_id).await?.is_empty()
    } else {
        !store::out_of_external(ctx, tx, &one.external_id, &one.code).await?.is_empty()
    };
    if !known {
        return Ok(Verdict::refused(ctx, "unknown", 0));
    }
    if !kept(ctx, tx, &mut one, file).await? {
        return Ok(Verdict::of(true));
    }
    if let (Some(office), false) = (office, asked_back) {
        stands(ctx, tx, office, &one, status).await?;
    }
    recorded(ctx, tx, &one).await?;
    Ok(Verdict::of(false))
}

/// Writes at what went out what its receiver says of it.
async fn stands(ctx: &Ctx, tx: &Tx, office: &Office, one: &In, status: &Status) -> Result<()> {
    let rows = store::out_of_external(ctx, tx, &one.external_id, &one.code).await?;
    let at = utc(status.at);
    let note = status.description.as_str();
    let plain = match status.code {
        StatusCode::Arrived => Some(Standing::Arrived),
        StatusCode::Refused => Some(Standing::Refused),
        StatusCode::Received => Some(Standing::Received),
        StatusCode::Assigned => Some(Standing::Assigned),
        StatusCode::InWork => Some(Standing::Working),
        StatusCode::Done => Some(Standing::Done),
        StatusCode::AskedBack | StatusCode::Agreed | StatusCode::Declined => None,
    };
    if let Some(standing) = plain {
        let row = rows.iter().find(|row| matches!(row.what, What::New | What::Replacement));
        // What was said earlier may arrive later.
        if let Some(row) = row.filter(|row| row.standing_at.is_none_or(|before| before <= at)) {
            store::out_stands(ctx, tx, row.id, standing, at, note).await?;
            told(ctx, tx, row, standing, note).await?;
        }
        return Ok(());
    }
    // Yes or no to the last thing that was asked.
    let asks = |row: &&Out| row.what != What::New && row.what != What::Status;
    let Some(asked) = rows.iter().find(asks) else { return Ok(()) };
    let standing = match (status.code, asked.what) {
        (StatusCode::Declined, _) => Standing::Declined,
        (_, What::Replacement) => Standing::Replaced,
        (_, What::Update) => Standing::Updated,
        _ => Standing::Recalled,
    };
    if asked.what != What::Replacement {
        store::out_stands(ctx, tx, asked.id, standing, at, note).await?;
    }
    for external in queue::concerned(office, &asked.item) {
        let rows = store::out_of_external(ctx, tx, &external, &one.code).await?;
        if let Some(row) = rows.iter().find(|row| matches!(row.what, What::New | What::Replacement)) {
            store::out_stands(ctx, tx, row.id, standing, at, note).await?;
            told(ctx, tx, row, standing, note).await?;
        }
    }
    Ok(())
}

/// The document that went out learns of it.
async fn told(ctx: &Ctx, tx: &Tx, row: &Out, standing: Standing, note: &str) -> Result<()> {
    let Some(document) = row.document_id else { return Ok(()) };
    crate::outgoing::stands(ctx, tx, document, row.serial, standing, note).await
}

fn utc(at: NaiveDateTime) -> DateTime<Utc> {
    clock::vietnam()
        .from_local_datetime(&at)
        .single()
        .map_or_else(|| at.and_utc(), |at| at.with_timezone(&Utc))
}

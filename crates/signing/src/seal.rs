//! The commune's seal: where the clerk has put its picture here, papers are issued with the signature of the agency behind
//! the leader's, made with the key that the clerk keeps or has on a token. It is drawn as wide as the real one, over the left
//! third of the leader's signature (Annex I of Decree 30/2020/NĐ-CP).

use crate::key::LOCK;
use crate::own;
use crate::picture::{Cleaned, Look, drawn, prepared};
use audit::Entry;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Run, Tx, sql};
use sea_orm::FromQueryResult;
use serde_json::json;
use typeset::decree30::Room;

pub(crate) const FIELD: &str = "tep-con-dau";
const WIDTH: &str = "duong-kinh";
/// Millimetres across.
const WIDTHS: std::ops::RangeInclusive<i64> = 20..=60;
/// A signature that is not drawn is taken to be so wide, in points.
const HAND: f32 = 110.0;

/// The seal as it is kept.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Row {
    file: String,
    width: i64,
    height: i64,
    pub millimetres: i64,
}

pub(crate) async fn kept(ctx: &Ctx, on: &impl Run) -> Result<Option<Row>> {
    sql("SELECT file, width, height, millimetres FROM signing_seal /* all rows */ WHERE commune_id = $1")
        .bind(ctx.commune)
        .first(on)
        .await
}

/// Papers of this commune are sealed before they are issued.
pub async fn seals(ctx: &Ctx, on: &impl Run) -> Result<bool> {
    Ok(kept(ctx, on).await?.is_some())
}

fn png(ctx: &Ctx, row: &Row) -> Result<Vec<u8>> {
    audit::keys::open(&ctx.app.config.data, LOCK, ctx.commune, &row.file)
}

/// What the seal shows on a signed file, and where. None without a seal, and where there is no place for it.
///
/// # Errors
/// A file that cannot be read; a picture that was sealed under another key of the installation.
pub async fn seal_look(ctx: &Ctx, file: &[u8], room: Option<Room>) -> Result<Option<Look>> {
    let Some(row) = kept(ctx, &ctx.app.db).await? else { return Ok(None) };
    let hand = pades::shown_at(file).map_err(Error::internal)?.pop();
    #[allow(clippy::cast_possible_truncation)] // points of a page
    let hand = hand.or_else(|| {
        let Room { page, middle, bottom, top } = room?;
        let middle = middle as f32;
        Some((page, [middle - HAND / 2.0, bottom as f32, middle + HAND / 2.0, top as f32]))
    });
    let Some((page, hand)) = hand else { return Ok(None) };
    let at = over(hand, &row);
    Ok(Some(Look { page, at, drawing: drawn(ctx, png(ctx, &row)?, f64::from(at[2] - at[0])).await? }))
}

/// Over the left third of a signature.
fn over([left, bottom, right, top]: [f32; 4], row: &Row) -> [f32; 4] {
    #[allow(clippy::cast_precision_loss)] // millimetres and pixels
    let (wide, ratio) =
        (row.millimetres as f32 * 72.0 / 25.4, row.height.max(1) as f32 / row.width.max(1) as f32);
    let (edge, middle) = (left + (right - left) / 3.0, f32::midpoint(bottom, top));
    [edge - wide, middle - wide * ratio / 2.0, edge, middle + wide * ratio / 2.0]
}

async fn keep(ctx: &Ctx, tx: &Tx, cleaned: &Cleaned, millimetres: i64) -> Result<()> {
    let sealed = audit::keys::seal(&ctx.app.config.data, LOCK, ctx.commune, &cleaned.png)?;
    sql("INSERT INTO signing_seal (commune_id, file, width, height, millimetres, kept_by, added_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (commune_id) DO UPDATE SET file = $2, width = $3, \
         height = $4, millimetres = $5, kept_by = $6, added_at = $7")
    .bind(ctx.commune)
    .bind(sealed)
    .bind(i64::from(cleaned.width))
    .bind(i64::from(cleaned.height))
    .bind(millimetres)
    .bind(ctx.account()?)
    .bind(ctx.now)
    .run(tx)
    .await?;
    recorded(ctx, tx, json!({ "millimetres": millimetres })).await
}

/// Papers are issued without a seal again. Without one nothing happens.
async fn forget(ctx: &Ctx, tx: &Tx) -> Result<()> {
    let gone = sql("DELETE FROM signing_seal /* all rows */ WHERE commune_id = $1")
        .bind(ctx.commune)
        .run(tx)
        .await?;
    if gone == 0 { Ok(()) } else { recorded(ctx, tx, json!({ "removed": true })).await }
}

async fn recorded(ctx: &Ctx, tx: &Tx, detail: serde_json::Value) -> Result<()> {
    audit::record(ctx, tx, Entry { action: "signature.seal", kind: "commune", id: ctx.commune, detail }).await
}

/// The seal, for the page of the clerk.
pub(crate) async fn show(ctx: Ctx) -> Result<Response> {
    let row = kept(&ctx, &ctx.app.db).await?.ok_or_else(Error::not_found)?;
    let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, png(&ctx, &row)?).into_response())
}

pub(crate) async fn save(ctx: Ctx, sent: Form) -> Result<Response> {
    let (cleaned, millimetres) = match given(&sent).await {
        Ok(given) => given,
        Err(error) => return own::wrong(&ctx, error).await,
    };
    let (once, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(once, tx) => (once, tx),
    };
    let done = keep(&ctx, &tx, &cleaned, millimetres).await;
    settle(&ctx, once, tx, done.map(|()| (own::PATH.to_owned(), Note::new("signing-seal-kept")))).await?
}

async fn given(sent: &Form) -> Result<(Cleaned, i64)> {
    let millimetres = sent.text(WIDTH).trim().parse().ok().filter(|one| WIDTHS.contains(one));
    let millimetres = millimetres.ok_or_else(|| Error::field(WIDTH, "signing-seal-width-wrong"))?;
    let upload = sent.uploads.first().ok_or_else(|| Error::field(FIELD, "signing-picture-missing"))?;
    Ok((prepared(FIELD, upload.bytes.clone()).await?, millimetres))
}

pub(crate) async fn drop(ctx: Ctx, sent: Form) -> Result<Response> {
    let (once, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(once, tx) => (once, tx),
    };
    let done = forget(&ctx, &tx).await;
    settle(&ctx, once, tx, done.map(|()| (own::PATH.to_owned(), Note::new("signing-seal-removed")))).await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_covers_the_left_third_at_its_true_width() {
        let row = Row { file: String::new(), width: 300, height: 300, millimetres: 36 };
        let [left, bottom, right, top] = over([300.0, 100.0, 420.0, 160.0], &row);
        assert!((right - 340.0).abs() < 0.01, "a third of 120 points");
        assert!(
            (right - left - 36.0 * 72.0 / 25.4).abs() < 0.01 && (top - bottom - (right - left)).abs() < 0.01
        );
        assert!((f32::midpoint(bottom, top) - 130.0).abs() < 0.01);
    }
}

//! The picture of an official's own hand: drawn at the place of the signature. Without a frame, on transparent ground, as
//! Annex I of Decree 30/2020/NĐ-CP has it.

use crate::key::LOCK;
use audit::Entry;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use chrono::{DateTime, Utc};
use http::{StatusCode, header};
use image::{ImageFormat, ImageReader, RgbaImage};
use platform::{Ctx, Error, Result, Run, Tx, sql};
use sea_orm::FromQueryResult;
use serde_json::json;
use std::io::Cursor;
use typeset::decree30::Room;

/// The field of the form.
pub(crate) const FIELD: &str = "tep-hinh";
const BYTES_MAX: usize = 5 << 20;
const SIDE_MAX: u32 = 5_000;
/// What is kept is not larger.
const KEPT: (u32, u32) = (800, 400);
/// Points: a signature is not wider on paper.
const WIDEST: f64 = 150.0;
/// Less than this is nothing, more than that is ink.
const FAINT: u8 = 32;
const INK: u8 = 200;

/// A picture as it is kept.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Row {
    file: String,
    width: i64,
    height: i64,
    pub added_at: DateTime<Utc>,
}

/// A cleaned picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cleaned {
    pub png: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// What a signature shows, and where: a drawing (PDF) for a place on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    pub page: usize,
    pub at: [f32; 4],
    pub drawing: Vec<u8>,
}

pub(crate) async fn own(ctx: &Ctx, on: &impl Run) -> Result<Option<Row>> {
    sql("SELECT file, width, height, added_at FROM signing_picture WHERE commune_id = $1 AND account_id = $2")
        .bind(ctx.commune)
        .bind(ctx.account()?)
        .first(on)
        .await
}

pub(crate) fn png(ctx: &Ctx, row: &Row) -> Result<Vec<u8>> {
    audit::keys::open(&ctx.app.config.data, LOCK, ctx.account()?, &row.file)
}

/// Keeps a picture in the place of the one that was there.
pub(crate) async fn keep(ctx: &Ctx, tx: &Tx, cleaned: &Cleaned) -> Result<()> {
    let account = ctx.account()?;
    let sealed = audit::keys::seal(&ctx.app.config.data, LOCK, account, &cleaned.png)?;
    sql("INSERT INTO signing_picture (commune_id, account_id, file, width, height, added_at) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (commune_id, account_id) DO UPDATE SET file = $3, width = $4, height = $5, added_at = $6")
    .bind(ctx.commune)
    .bind(account)
    .bind(sealed)
    .bind(i64::from(cleaned.width))
    .bind(i64::from(cleaned.height))
    .bind(ctx.now)
    .run(tx)
    .await?;
    recorded(ctx, tx, false).await
}

/// Removes the reader's own picture. Without one nothing happens.
pub(crate) async fn forget(ctx: &Ctx, tx: &Tx) -> Result<()> {
    let gone = sql("DELETE FROM signing_picture WHERE commune_id = $1 AND account_id = $2")
        .bind(ctx.commune)
        .bind(ctx.account()?)
        .run(tx)
        .await?;
    if gone == 0 { Ok(()) } else { recorded(ctx, tx, true).await }
}

async fn recorded(ctx: &Ctx, tx: &Tx, removed: bool) -> Result<()> {
    let (id, detail) = (ctx.account()?, json!({ "removed": removed }));
    audit::record(ctx, tx, Entry { action: "signature.picture", kind: "account", id, detail }).await
}

/// What the reader's signature shows in that room. None without a picture or without room.
///
/// # Errors
/// A picture that was sealed under another key of the installation.
pub async fn look(ctx: &Ctx, room: Option<Room>) -> Result<Option<Look>> {
    let (Some(room), Some(row)) = (room, own(ctx, &ctx.app.db).await?) else { return Ok(None) };
    let [left, bottom, right, top] = fitted(&room, row.width, row.height);
    let drawing = drawn(ctx, png(ctx, &row)?, right - left).await?;
    #[allow(clippy::cast_possible_truncation)] // points of a page
    let at = [left, bottom, right, top].map(|one| one as f32);
    Ok(Some(Look { page: room.page, at, drawing }))
}

/// A picture as a drawing so many points wide.
pub(crate) async fn drawn(ctx: &Ctx, png: Vec<u8>, width: f64) -> Result<Vec<u8>> {
    let at = ctx.now;
    let work = move || typeset::picture(png, width, at);
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

/// In the middle of the room, as large as it lets.
fn fitted(room: &Room, width: i64, height: i64) -> [f64; 4] {
    #[allow(clippy::cast_precision_loss)] // a few hundred pixels
    let ratio = width.max(1) as f64 / height.max(1) as f64;
    let tall = (room.top - room.bottom).min(WIDEST / ratio);
    let (wide, middle) = (tall * ratio, f64::midpoint(room.top, room.bottom));
    [room.middle - wide / 2.0, middle - tall / 2.0, room.middle + wide / 2.0, middle + tall / 2.0]
}

/// A look for the page, which hands it to the signing agent; 204 when there is nothing to draw.
pub fn look_answer(look: Option<Look>) -> Response {
    let Some(look) = look else { return StatusCode::NO_CONTENT.into_response() };
    let drawing = base64::engine::general_purpose::STANDARD.encode(&look.drawing);
    let told = axum::Json(json!({ "page": look.page, "at": look.at, "drawing": drawing }));
    ([(header::CACHE_CONTROL, "no-store")], told).into_response()
}

/// [`cleaned`], off the threads that serve.
pub(crate) async fn prepared(field: &'static str, bytes: Vec<u8>) -> Result<Cleaned> {
    let work = move || cleaned(&bytes);
    let done = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
    done.map_err(|key| Error::field(field, key))
}

/// Only the ink, on transparent ground, no larger than it must be; or the key of why not.
fn cleaned(bytes: &[u8]) -> std::result::Result<Cleaned, &'static str> {
    if bytes.len() > BYTES_MAX {
        return Err("signing-picture-large");
    }
    let unread = |_| "signing-picture-none";
    let reader =
        || ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| "signing-picture-none");
    if !matches!(reader()?.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return Err("signing-picture-none");
    }
    let (width, height) = reader()?.into_dimensions().map_err(unread)?;
    if width.max(height) > SIDE_MAX {
        return Err("signing-picture-large");
    }
    let mut picture = reader()?.decode().map_err(unread)?.to_rgba8();
    if picture.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        picture.pixels_mut().for_each(|pixel| pixel.0[3] = ink(pixel.0));
    }
    let [left, top, right, bottom] = inked(&picture).ok_or("signing-picture-empty")?;
    let (wide, tall) = (right - left + 1, bottom - top + 1);
    let mut picture = image::imageops::crop(&mut picture, left, top, wide, tall).to_image();
    let full = picture.pixels().filter(|pixel| pixel.0[3] > INK).count() as u64;
    if full * 10 > u64::from(wide) * u64::from(tall) * 7 {
        return Err("signing-picture-ground");
    }
    if wide > KEPT.0 || tall > KEPT.1 {
        let filter = image::imageops::FilterType::Triangle;
        picture = image::DynamicImage::from(picture).resize(KEPT.0, KEPT.1, filter).to_rgba8();
    }
    let mut png = Vec::new();
    picture.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).map_err(unread)?;
    Ok(Cleaned { png, width: picture.width(), height: picture.height() })
}

/// How much of a pixel of a scan is ink and not paper.
fn ink([red, green, blue, _]: [u8; 4]) -> u8 {
    let light = (u32::from(red) * 3 + u32::from(green) * 6 + u32::from(blue)) / 10;
    // Paper is light even in a grey corner of a photograph; a pen is dark.
    let dark = 205_u32.saturating_sub(light) * 255 / 85;
    u8::try_from(dark.min(255)).unwrap_or(u8::MAX)
}

/// The rectangle with ink in it.
fn inked(picture: &RgbaImage) -> Option<[u32; 4]> {
    let ink = picture.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[3] > FAINT);
    ink.fold(None, |found: Option<[u32; 4]>, (x, y, _)| {
        let [left, top, right, bottom] = found.unwrap_or([x, y, x, y]);
        Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    fn encoded(picture: &RgbaImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    /// A blue line on a ground.
    fn line(ground: Rgba<u8>) -> RgbaImage {
        RgbaImage::from_fn(1200, 600, |x, y| {
            if x.abs_diff(2 * y) < 12 && (200..1000).contains(&x) { Rgba([20, 40, 160, 255]) } else { ground }
        })
    }

    #[test]
    fn paper_becomes_transparent_and_the_rest_is_cut_off() {
        for ground in [Rgba([255, 255, 255, 255]), Rgba([214, 216, 210, 255]), Rgba([0, 0, 0, 0])] {
            let cleaned = cleaned(&encoded(&line(ground))).unwrap();
            let picture = image::load_from_memory(&cleaned.png).unwrap().to_rgba8();
            assert_eq!(picture.dimensions(), (cleaned.width, cleaned.height));
            assert!(
                cleaned.width <= KEPT.0 && cleaned.height <= KEPT.1 && cleaned.width > 600,
                "{picture:?}"
            );
            assert_eq!(picture.get_pixel(picture.width() - 1, 0).0[3], 0);
            let middle = picture.get_pixel(picture.width() / 2, picture.height() / 2).0;
            assert!(middle[3] > INK && middle[2] > middle[0], "{middle:?}");
        }
    }

    #[test]
    fn what_is_no_signature_is_refused_with_its_reason() {
        let blank = RgbaImage::from_pixel(300, 100, Rgba([255, 255, 255, 255]));
        assert_eq!(cleaned(&encoded(&blank)), Err("signing-picture-empty"));
        let full = RgbaImage::from_pixel(300, 100, Rgba([20, 20, 20, 255]));
        assert_eq!(cleaned(&encoded(&full)), Err("signing-picture-ground"));
        assert_eq!(cleaned(b"no picture"), Err("signing-picture-none"));
        assert_eq!(cleaned(&encoded(&line(Rgba([255, 255, 255, 255])))[..400]), Err("signing-picture-none"));
        assert_eq!(cleaned(&vec![0; BYTES_MAX + 1]), Err("signing-picture-large"));
    }

    #[test]
    fn it_stays_in_its_room() {
        let room = Room { page: 1, middle: 400.0, bottom: 100.0, top: 160.0 };
        let near = |got: [f64; 4], want: [f64; 4]| {
            assert!(got.iter().zip(want).all(|(got, want)| (got - want).abs() < 0.01), "{got:?}");
        };
        near(fitted(&room, 200, 100), [340.0, 100.0, 460.0, 160.0]);
        near(fitted(&room, 1500, 100), [325.0, 125.0, 475.0, 135.0]);
    }
}

//! Files: one upload pipeline for all areas. The type is judged by the content, pictures lose their place data and
//! are made small, the same bytes are kept once.

use crate::{Ctx, Error, Kind, Result, Run, Tx, Uuid, sql};
use chrono::{DateTime, Utc};
use image::{DynamicImage, ImageDecoder, ImageReader};
use std::io::Cursor;
use std::path::{Path, PathBuf};

mod jpeg;

/// What an area accepts.
#[derive(Debug, Clone, Copy)]
pub struct Accept {
    /// Media types by content, such as `image/jpeg`; `image/` accepts every picture that is read here.
    pub types: &'static [&'static str],
    pub max_bytes: usize,
}

/// Pictures from phones.
pub const PICTURES: Accept =
    Accept { types: &["image/jpeg", "image/png", "image/webp"], max_bytes: 25 << 20 };
/// Excel files.
pub const SHEETS: Accept = Accept {
    types: &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel"],
    max_bytes: 20 << 20,
};

/// The longer side of a kept picture, in pixels: a page of A4 is readable.
const MAX_SIDE: u32 = 2000;
/// A picture of at most so many bytes that is small enough was made so on the phone: writing it anew would only blur it.
const SMALL: usize = 600_000;
/// More pixels than this are refused before decoding: a 60-megapixel photo needs 240 MB.
const MAX_PIXELS: u64 = 50_000_000;

/// A file that passed the pipeline but stands in no row yet.
#[derive(Debug)]
pub struct Prepared {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
    pub size: Option<(u32, u32)>,
}

/// A kept file.
#[derive(Debug, Clone, sea_orm::FromQueryResult)]
pub struct FileRow {
    pub id: Uuid,
    pub digest: String,
    pub name: String,
    pub media_type: String,
    pub byte_count: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub owner_kind: String,
    pub owner_id: Uuid,
    pub created_at: DateTime<Utc>,
}

/// The type by content. Documents of an office are ZIP archives: those whose parts do not stand in the usual order are known
/// by the name of their main part.
fn media_type(bytes: &[u8]) -> &'static str {
    let found = infer::get(bytes).map_or("application/octet-stream", |kind| kind.mime_type());
    let names = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    match found {
        "application/zip" if names(b"word/document.xml") => {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
        "application/zip" if names(b"xl/workbook.xml") => {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
        found => found,
    }
}

/// Judges and prepares an upload. It may take a while for a large picture: call it outside a transaction, through
/// [`prepare`] from async code.
///
/// # Errors
/// Each with its own sentence: empty, too large, a type that is not accepted, a damaged or giant picture.
pub fn prepare_now(name: &str, bytes: Vec<u8>, accept: Accept) -> Result<Prepared> {
    if bytes.is_empty() {
        return Err(Error::invalid("file-empty"));
    }
    if bytes.len() > accept.max_bytes {
        let limit = crate::Message::new("file-too-large").with("megabytes", accept.max_bytes >> 20);
        return Err(Error { message: limit, ..Error::new(Kind::TooLarge) });
    }
    let media_type = media_type(&bytes);
    if !accept.types.contains(&media_type) {
        return Err(Error::invalid(crate::Message::new("file-wrong-type").with("found", media_type)));
    }
    let name: String =
        vntext::clean(name).chars().filter(|c| !"/\\<>:\"|?*".contains(*c)).take(150).collect();
    if media_type.starts_with("image/") {
        let (bytes, size) = shrink(&bytes, media_type)?;
        return Ok(Prepared { name, media_type: "image/jpeg", bytes, size: Some(size) });
    }
    Ok(Prepared { name, media_type, bytes, size: None })
}

/// [`prepare_now`] on a thread of its own. The bytes are on the disk when this returns: [`keep`] finds them there and
/// nobody waits for the disk inside a transaction.
pub async fn prepare(ctx: &Ctx, name: String, bytes: Vec<u8>, accept: Accept) -> Result<Prepared> {
    let folder = ctx.app.config.files_folder();
    let work = move || {
        let file = prepare_now(&name, bytes, accept)?;
        write_bytes(&folder, &file.bytes)?;
        Ok(file)
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

/// Turns it upright, makes it small and writes it anew, so nothing of the camera's notes remains. What is small and upright
/// already only loses the notes.
fn shrink(bytes: &[u8], media_type: &str) -> Result<(Vec<u8>, (u32, u32))> {
    let damaged = |_| Error::invalid("file-damaged-picture");
    let format = image::ImageFormat::from_mime_type(media_type)
        .ok_or_else(|| Error::invalid("file-damaged-picture"))?;
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Error::invalid("file-giant-picture"));
    }
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let as_it_is = format == image::ImageFormat::Jpeg
        && orientation == image::metadata::Orientation::NoTransforms
        && bytes.len() <= SMALL
        && width.max(height) <= MAX_SIDE;
    if let Some(bare) = as_it_is.then(|| jpeg::bare(bytes)).flatten() {
        return Ok((bare, (width, height)));
    }
    picture.apply_orientation(orientation);
    if width.max(height) > MAX_SIDE {
        picture = picture.resize(MAX_SIDE, MAX_SIDE, image::imageops::FilterType::Triangle);
    }
    let mut out = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 85);
    picture.to_rgb8().write_with_encoder(encoder).map_err(Error::internal)?;
    Ok((out, (picture.width(), picture.height())))
}

/// Smaller copies of a picture for lists and pages, by their longer sides in pixels; `None` where it is as small already. It takes a
/// while: call it on a thread of its own.
///
/// # Errors
/// Never for what [`prepare`] gave.
pub fn copies<const N: usize>(file: &Prepared, sides: [u32; N]) -> Result<[Option<Prepared>; N]> {
    let picture = image::load_from_memory(&file.bytes).map_err(Error::internal)?;
    let mut all = [const { None }; N];
    for (copy, side) in all.iter_mut().zip(sides) {
        if picture.width().max(picture.height()) <= side {
            continue;
        }
        let small = picture.resize(side, side, image::imageops::FilterType::Triangle).to_rgb8();
        let mut bytes = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80);
        small.write_with_encoder(encoder).map_err(Error::internal)?;
        let size = Some(small.dimensions());
        *copy = Some(Prepared { name: file.name.clone(), media_type: "image/jpeg", bytes, size });
    }
    Ok(all)
}

/// Writes the bytes (before the transaction: a file without row is harmless) and returns their digest.
pub fn write_bytes(folder: &Path, bytes: &[u8]) -> Result<String> {
    let digest = digest(bytes);
    let path = path_of(folder, &digest);
    if !path.exists() {
        std::fs::create_dir_all(path.parent().expect("two folders deep"))?;
        let part = path.with_extension(crate::ids::new_secret());
        std::fs::write(&part, bytes)?;
        std::fs::File::open(&part)?.sync_all()?;
        std::fs::rename(part, path)?;
    }
    Ok(digest)
}

/// What names these bytes.
pub fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Where the bytes of a kept file lie, for what reads them piece by piece; what is there was checked when it was kept, and is not checked again.
pub fn path(ctx: &Ctx, digest: &str) -> PathBuf {
    path_of(&ctx.app.config.files_folder(), digest)
}

/// Keeps a prepared file for its owner.
pub async fn keep(ctx: &Ctx, tx: &Tx, file: &Prepared, owner_kind: &str, owner_id: Uuid) -> Result<Uuid> {
    let digest = write_bytes(&ctx.app.config.files_folder(), &file.bytes)?;
    let side = |side: fn((u32, u32)) -> u32| file.size.map(|size| i64::from(side(size)));
    let row = FileRow {
        id: ctx.new_id(),
        digest,
        name: file.name.clone(),
        media_type: file.media_type.to_owned(),
        byte_count: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        width: side(|size| size.0),
        height: side(|size| size.1),
        owner_kind: owner_kind.to_owned(),
        owner_id,
        created_at: ctx.now,
    };
    insert(ctx, tx, &row).await?;
    Ok(row.id)
}

/// Gives a kept file to another owner as well: the same bytes under a row of its own, so that either may go alone.
pub async fn share(ctx: &Ctx, tx: &Tx, file: Uuid, owner_kind: &str, owner_id: Uuid) -> Result<Uuid> {
    let known = find(ctx, tx, file).await?;
    let row = FileRow {
        id: ctx.new_id(),
        owner_kind: owner_kind.to_owned(),
        owner_id,
        created_at: ctx.now,
        ..known
    };
    insert(ctx, tx, &row).await?;
    Ok(row.id)
}

async fn insert(ctx: &Ctx, tx: &Tx, row: &FileRow) -> Result<()> {
    sql("INSERT INTO file (commune_id, id, digest, name, media_type, byte_count, width, height, owner_kind, owner_id, \
         account_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(ctx.commune)
    .bind(row.id)
    .bind(row.digest.as_str())
    .bind(row.name.as_str())
    .bind(row.media_type.as_str())
    .bind(row.byte_count)
    .bind(row.width)
    .bind(row.height)
    .bind(row.owner_kind.as_str())
    .bind(row.owner_id)
    .bind(ctx.account_or_none())
    .bind(row.created_at)
    .run(tx)
    .await?;
    Ok(())
}

/// The row of a file; whether the reader may see it is decided by the owner's area.
pub async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<FileRow> {
    sql("SELECT id, digest, name, media_type, byte_count, width, height, owner_kind, owner_id, created_at FROM file \
         WHERE commune_id = $1 AND id = $2")
    .bind(ctx.commune)
    .bind(id)
    .one(on)
    .await
}

/// The bytes of a file, checked against their digest.
pub async fn read(ctx: &Ctx, file: &FileRow) -> Result<Vec<u8>> {
    let bytes = tokio::fs::read(path_of(&ctx.app.config.files_folder(), &file.digest)).await?;
    if blake3::hash(&bytes).to_hex().as_str() == file.digest {
        return Ok(bytes);
    }
    Err(Error::internal(format!("the bytes of file {} changed on the disk", file.id)))
}

/// Takes the files of these owners out of the rows. Their digests are given back for [`forget`], after the commit.
pub async fn delete_of(ctx: &Ctx, tx: &Tx, owner_kind: &str, owners: &[Uuid]) -> Result<Vec<String>> {
    let these = |start: &str| {
        let these = sql(start).arg(ctx.commune).push(" AND owner_kind = ").arg(owner_kind);
        these.push(" AND owner_id IN (").args(owners.iter().copied()).push(")")
    };
    let mut digests: Vec<String> = these("SELECT digest FROM file WHERE commune_id = ").column(tx).await?;
    these("DELETE FROM file WHERE commune_id = ").run(tx).await?;
    digests.sort_unstable();
    digests.dedup();
    Ok(digests)
}

/// Removes bytes that no file of any commune of this installation has any more; how many. It may be called twice.
pub async fn forget(ctx: &Ctx, digests: &[String]) -> Result<usize> {
    let communes: Vec<Uuid> = sql("SELECT id FROM commune ORDER BY id").column(&ctx.app.db).await?;
    let mut gone = 0;
    for digest in digests {
        let mut holders = 0;
        for commune in &communes {
            let these = sql("SELECT COUNT(*) FROM file WHERE commune_id = $1 AND digest = $2");
            holders += these.bind(*commune).bind(digest.as_str()).count(&ctx.app.db).await?;
        }
        let path = path_of(&ctx.app.config.files_folder(), digest);
        if holders == 0 && tokio::fs::try_exists(&path).await? {
            tokio::fs::remove_file(&path).await?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// Where bytes with this digest stand.
pub fn path_of(folder: &Path, digest: &str) -> PathBuf {
    folder.join(&digest[..2]).join(digest)
}

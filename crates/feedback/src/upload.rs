//! Photographs and voice notes of a report, before they stand in a row.

use crate::model::{Kept, Part, Report};
use crate::store;
use image::imageops::FilterType;
use platform::files::{self, Accept, PICTURES, Prepared};
use platform::http::{Form, Upload};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use std::io::Cursor;

/// The longer side of the small copy, in pixels.
const SMALL_SIDE: u32 = 480;
/// Voice notes as phones record them.
const SOUNDS: Accept = Accept {
    types: &[
        "audio/mpeg",
        "audio/m4a",
        "audio/ogg",
        "audio/x-wav",
        "audio/aac",
        "audio/amr",
        "audio/opus",
        "video/webm",
        "video/mp4",
    ],
    max_bytes: 10 << 20,
};

/// One that passed the pipeline.
pub struct Ready {
    file: Prepared,
    small: Option<Prepared>,
    part: Part,
}

/// The pictures under a field of a form.
///
/// # Errors
/// At the field, which one is wrong and why.
pub async fn pictures(
    ctx: &Ctx,
    form: &Form,
    field: &'static str,
    part: Part,
    most: usize,
) -> Result<Vec<Ready>> {
    let uploads: Vec<&Upload> = form.uploads.iter().filter(|one| one.field == field).collect();
    if uploads.len() > most {
        return Err(Error::field(field, Message::new("feedback-photos-many").with("count", most)));
    }
    let mut ready = Vec::new();
    for upload in uploads {
        ready.push(
            picture(ctx, &upload.name, upload.bytes.clone(), part).await.map_err(|error| at(field, error))?,
        );
    }
    Ok(ready)
}

/// One picture with its small copy.
pub async fn picture(ctx: &Ctx, name: &str, bytes: Vec<u8>, part: Part) -> Result<Ready> {
    let file = files::prepare(ctx, name.to_owned(), bytes, PICTURES).await?;
    let whole = file.bytes.clone();
    let shrunk = tokio::task::spawn_blocking(move || small(&whole)).await.map_err(Error::internal)??;
    let small = files::prepare(ctx, file.name.clone(), shrunk, PICTURES).await?;
    Ok(Ready { file, small: Some(small), part })
}

fn small(bytes: &[u8]) -> Result<Vec<u8>> {
    let picture =
        image::load_from_memory_with_format(bytes, image::ImageFormat::Jpeg).map_err(Error::internal)?;
    let small = picture.resize(SMALL_SIDE, SMALL_SIDE, FilterType::Triangle);
    let mut out = Cursor::new(Vec::new());
    small.to_rgb8().write_to(&mut out, image::ImageFormat::Jpeg).map_err(Error::internal)?;
    Ok(out.into_inner())
}

/// The voice note of a form.
pub async fn sound(ctx: &Ctx, form: &Form, field: &'static str) -> Result<Option<Ready>> {
    let Some(upload) = form.uploads.iter().find(|one| one.field == field) else { return Ok(None) };
    let file = files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), SOUNDS).await;
    let file = file.map_err(|error| at(field, error))?;
    Ok(Some(Ready { file, small: None, part: Part::Sent }))
}

fn at(field: &'static str, error: Error) -> Error {
    if error.fields.is_empty() && error.kind != platform::Kind::Internal {
        Error::field(field, error.message)
    } else {
        error
    }
}

/// Keeps them with what happened.
pub async fn keep(ctx: &Ctx, tx: &Tx, report: &Report, event: Uuid, ready: &[Ready]) -> Result<()> {
    for one in ready {
        let file = files::keep(ctx, tx, &one.file, "feedback", report.id).await?;
        let small = match &one.small {
            Some(small) => Some(files::keep(ctx, tx, small, "feedback", report.id).await?),
            None => None,
        };
        let kept = Kept {
            report_id: report.id,
            id: ctx.new_id(),
            event_id: event,
            file_id: file,
            small_id: small,
            part: one.part,
            sound: one.small.is_none(),
            hidden: false,
        };
        store::insert_file(ctx, tx, &kept).await?;
    }
    Ok(())
}

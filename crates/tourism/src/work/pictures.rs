//! Pictures from the form of a place.

use super::edit::again;
use crate::WORK;
use crate::place::{self, About, Move};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Uuid, files};

fn back(id: Uuid) -> String {
    format!("{WORK}/{id}/soan#anh")
}

pub(super) async fn upload(ctx: Ctx, Path(id): Path<Uuid>, mut sent: Form) -> Result<Response> {
    let mut ready = Vec::new();
    for one in std::mem::take(&mut sent.uploads) {
        match place::ready(&ctx, one).await {
            Ok(one) => ready.push(one),
            Err(error) => return again(&ctx, id, sent, error).await,
        }
    }
    if ready.is_empty() {
        return again(&ctx, id, sent, Error::field("anh", "file-empty")).await;
    }
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = place::picture_add(&ctx, &tx, id, &ready).await;
    let done = done.map(|_| (back(id), Note::new("tourism-pictures-added")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, sent, error).await,
    }
}

/// Words of a picture, its place among the others, the cover, or away with it.
pub(super) async fn describe(ctx: Ctx, Path((id, file)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let mut gone = Vec::new();
    let done = async {
        if sent.text("lam") == "bo" {
            gone = place::picture_drop(&ctx, &tx, id, file).await?;
        } else {
            let about = About {
                alt: sent.text("mo-ta").to_owned(),
                alt_en: sent.text("mo-ta-en").to_owned(),
                credit: sent.text("nguoi-chup").to_owned(),
                to: match sent.text("lam") {
                    "len" => Move::Forward,
                    "xuong" => Move::Back,
                    "bia" => Move::Cover,
                    _ => Move::Stay,
                },
            };
            place::describe(&ctx, &tx, id, file, &about).await?;
        }
        Ok((back(id), Note::new("tourism-saved")))
    };
    let done = done.await;
    let answer = match settle(&ctx, key, tx, done).await? {
        Ok(answer) => answer,
        Err(error) => return again(&ctx, id, sent, error).await,
    };
    files::forget(&ctx, &gone).await?;
    Ok(answer)
}

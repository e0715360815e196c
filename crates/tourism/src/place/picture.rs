//! Pictures of a place: through the platform's upload, in an order, shown in three sizes.

use super::model::{Picture, Place};
use super::pass::{allowed, may, record, within, written};
use super::store;
use platform::files::{self, PICTURES, Prepared};
use platform::http::Upload;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use std::sync::Arc;
use ui::Html;

const MOST: usize = 20;
const WORDS_MAX: usize = 300;
/// The longer sides of the smaller copies, in pixels.
const SIDES: [u32; 2] = [960, 480];
const FIELD: &str = "anh";

/// An upload that was judged, with its smaller copies.
#[derive(Clone)]
pub struct Ready {
    file: Arc<Prepared>,
    copies: Arc<[Option<Prepared>; 2]>,
}

/// Judges an upload; outside of transactions.
///
/// # Errors
/// At the field `anh`, which file and why.
pub async fn ready(ctx: &Ctx, sent: Upload) -> Result<Ready> {
    let name = sent.name.clone();
    let at_field = |error: Error| {
        let why = error.message.text(ctx.t());
        Error::field(FIELD, Message::new("tourism-file-wrong").with("name", name.as_str()).with("why", why))
    };
    let file = Arc::new(files::prepare(ctx, sent.name, sent.bytes, PICTURES).await.map_err(at_field)?);
    let whole = file.clone();
    let work = move || files::copies(&whole, SIDES);
    let copies = tokio::task::spawn_blocking(work).await.map_err(Error::internal)??;
    Ok(Ready { file, copies: Arc::new(copies) })
}

/// Puts pictures to a place. The first becomes the cover when there is none.
///
/// # Errors
/// `Conflict` when it is not to be written on now; too many.
pub async fn add(ctx: &Ctx, tx: &Tx, id: Uuid, sent: &[Ready]) -> Result<Vec<Picture>> {
    let mut one = within(ctx, tx, id).await?;
    allowed(may(ctx, &one).edit)?;
    let known = store::pictures(ctx, tx, id).await?;
    if known.len() + sent.len() > MOST {
        return Err(Error::field(FIELD, Message::new("tourism-pictures-many").with("limit", MOST)));
    }
    let mut position = known.last().map_or(0, |last| last.position);
    let mut added = Vec::new();
    for ready in sent {
        position += 1;
        let picture = kept(ctx, tx, ready, id, position).await?;
        one.cover_id = one.cover_id.or(Some(picture.id));
        added.push(picture);
    }
    touched(ctx, tx, &mut one).await?;
    Ok(added)
}

async fn kept(ctx: &Ctx, tx: &Tx, ready: &Ready, place: Uuid, position: i64) -> Result<Picture> {
    let id = ctx.new_id();
    let keep = async |file: &Prepared| files::keep(ctx, tx, file, "tourism", id).await;
    let (wide, high) = ready.file.size.unwrap_or((1, 1));
    let [middle, small] = &*ready.copies;
    let picture = Picture {
        id,
        place_id: place,
        position,
        name: ready.file.name.clone(),
        alt: String::new(),
        alt_en: String::new(),
        credit: String::new(),
        file_id: keep(&ready.file).await?,
        middle_id: if let Some(file) = middle { Some(keep(file).await?) } else { None },
        small_id: if let Some(file) = small { Some(keep(file).await?) } else { None },
        width: i64::from(wide),
        height: i64::from(high),
    };
    store::picture_insert(ctx, tx, &picture).await?;
    Ok(picture)
}

async fn touched(ctx: &Ctx, tx: &Tx, one: &mut Place) -> Result<()> {
    written(store::update(ctx, tx, one).await?)?;
    one.revision += 1;
    record(ctx, tx, "tourism.picture", one.id).await
}

/// Where a picture goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Move {
    #[default]
    Stay,
    Forward,
    Back,
    Cover,
}

/// What is shown in a picture, in both languages, who took it, and where it stands.
#[derive(Debug, Clone, Default)]
pub struct About {
    pub alt: String,
    pub alt_en: String,
    pub credit: String,
    pub to: Move,
}

/// # Errors
/// Too long; `Conflict` when the place is not to be written on now.
pub async fn describe(ctx: &Ctx, tx: &Tx, id: Uuid, picture: Uuid, about: &About) -> Result<()> {
    let mut one = within(ctx, tx, id).await?;
    allowed(may(ctx, &one).edit)?;
    let all = store::pictures(ctx, tx, id).await?;
    let at = all.iter().position(|known| known.id == picture).ok_or_else(Error::not_found)?;
    for (field, text) in [("mo-ta", &about.alt), ("mo-ta-en", &about.alt_en), ("nguoi-chup", &about.credit)] {
        said::short(field, text, WORDS_MAX)?;
    }
    let picture = Picture {
        alt: about.alt.trim().to_owned(),
        alt_en: about.alt_en.trim().to_owned(),
        credit: about.credit.trim().to_owned(),
        ..all[at].clone()
    };
    let other = match about.to {
        Move::Forward => at.checked_sub(1).and_then(|at| all.get(at)),
        Move::Back => all.get(at + 1),
        _ => None,
    };
    if let Some(other) = other {
        store::picture_update(ctx, tx, &Picture { position: picture.position, ..other.clone() }).await?;
    }
    let position = other.map_or(picture.position, |other| other.position);
    store::picture_update(ctx, tx, &Picture { position, ..picture.clone() }).await?;
    if about.to == Move::Cover {
        one.cover_id = Some(picture.id);
    }
    touched(ctx, tx, &mut one).await
}

/// Takes a picture out; the digests of what no longer stands in a row.
pub(crate) async fn drop(ctx: &Ctx, tx: &Tx, id: Uuid, picture: Uuid) -> Result<Vec<String>> {
    let mut one = within(ctx, tx, id).await?;
    allowed(may(ctx, &one).edit)?;
    let all = store::pictures(ctx, tx, id).await?;
    if all.iter().all(|known| known.id != picture) {
        return Err(Error::not_found());
    }
    store::picture_delete(ctx, tx, picture).await?;
    if one.cover_id == Some(picture) {
        one.cover_id = all.iter().map(|known| known.id).find(|id| *id != picture);
    }
    let digests = files::delete_of(ctx, tx, "tourism", &[picture]).await?;
    touched(ctx, tx, &mut one).await?;
    Ok(digests)
}

/// A picture in three sizes; `sides` when its place on the page is to be kept free. `key` lets a reader with a preview link see it.
pub(crate) fn img(
    id: Uuid,
    alt: &str,
    sides: Option<(i64, i64)>,
    sizes: &str,
    loading: &str,
    key: &str,
) -> Html {
    let at = |size: &str| format!("{}/anh/{id}/{size}{key}", crate::PATH);
    let largest = sides.map_or(1600, |(wide, _)| wide).max(961);
    let room = sides.map(|(wide, high)| format!(" width=\"{wide}\" height=\"{high}\"")).unwrap_or_default();
    Html(format!(
        "<img src=\"{}\" srcset=\"{} 480w, {} 960w, {} {largest}w\" sizes=\"{sizes}\" alt=\"{}\"{room} loading=\"{loading}\" decoding=\"async\">",
        at("960"),
        at("480"),
        at("960"),
        at("lon"),
        Html::text(alt),
    ))
}

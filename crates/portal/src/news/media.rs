//! Pictures, videos and attachments of an article: added through the platform's upload, shown in three sizes.

use super::model::{Article, Media, MediaKind};
use super::pass::{allowed, may, record, written};
use super::store;
use super::write::drawn;
use axum::extract::{Path, Query};
use axum::response::Response;
use http::{HeaderMap, header};
use platform::files::{self, Accept, Prepared};
use platform::http::Upload;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use std::collections::HashMap;
use std::sync::Arc;

/// Pictures, videos that every phone plays, papers.
const ACCEPTED: Accept = Accept {
    types: &[
        "image/jpeg",
        "image/png",
        "image/webp",
        "video/mp4",
        "video/webm",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
    max_bytes: 30 << 20,
};
const PER_ARTICLE: usize = 60;
const WORDS_MAX: usize = 300;
/// The longer sides of the smaller copies, in pixels.
const MIDDLE: u32 = 960;
const SMALL: u32 = 480;

/// An upload that was judged, with its smaller copies.
#[derive(Clone)]
pub(crate) struct Ready {
    file: Arc<Prepared>,
    middle: Option<Arc<Prepared>>,
    small: Option<Arc<Prepared>>,
}

/// Judges an upload; outside of transactions.
///
/// # Errors
/// At the field `tep`, in words.
pub(crate) async fn ready(ctx: &Ctx, sent: Upload) -> Result<Ready> {
    let name = sent.name.clone();
    let at_field = |error: Error| {
        let why = error.message.text(ctx.t());
        Error::field("tep", Message::new("news-file-wrong").with("name", name.as_str()).with("why", why))
    };
    let file = Arc::new(files::prepare(ctx, sent.name, sent.bytes, ACCEPTED).await.map_err(at_field)?);
    if !file.media_type.starts_with("image/") {
        return Ok(Ready { file, middle: None, small: None });
    }
    let work = move || -> Result<Ready> {
        let [middle, small] = files::copies(&file, [MIDDLE, SMALL])?;
        Ok(Ready { middle: middle.map(Arc::new), small: small.map(Arc::new), file })
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

/// Puts files to an article. The first picture becomes the cover when there is none.
///
/// # Errors
/// `Conflict` when the article is not to be written on now; too many files.
pub(crate) async fn add(ctx: &Ctx, tx: &Tx, id: Uuid, sent: &[Ready]) -> Result<Vec<Media>> {
    let mut one = store::find(ctx, tx, id).await?;
    allowed(may(ctx, &one).edit)?;
    let known = store::media(ctx, tx, id).await?;
    if known.len() + sent.len() > PER_ARTICLE {
        return Err(Error::field("tep", Message::new("news-files-many").with("limit", PER_ARTICLE)));
    }
    let mut serial = known.iter().map(|one| one.serial).max().unwrap_or(0);
    let mut added = Vec::new();
    for ready in sent {
        serial += 1;
        let media = kept(ctx, tx, ready, id, serial).await?;
        if one.cover_id.is_none() && media.kind == MediaKind::Picture {
            one.cover_id = Some(media.id);
        }
        added.push(media);
    }
    redrawn(ctx, tx, &mut one).await?;
    record(ctx, tx, "news.media", id).await?;
    Ok(added)
}

async fn kept(ctx: &Ctx, tx: &Tx, ready: &Ready, article: Uuid, serial: i64) -> Result<Media> {
    let id = ctx.new_id();
    let file = &ready.file;
    let kind = match file.media_type.split('/').next() {
        Some("image") => MediaKind::Picture,
        Some("video") => MediaKind::Video,
        _ => MediaKind::File,
    };
    let copy = async |copy: &Option<Arc<Prepared>>| match copy {
        Some(copy) => files::keep(ctx, tx, copy, "news", id).await.map(Some),
        None => Ok(None),
    };
    let media = Media {
        id,
        article_id: article,
        serial,
        kind,
        name: file.name.clone(),
        alt: String::new(),
        caption: String::new(),
        file_id: files::keep(ctx, tx, file, "news", id).await?,
        middle_id: copy(&ready.middle).await?,
        small_id: copy(&ready.small).await?,
        width: file.size.map(|size| i64::from(size.0)),
        height: file.size.map(|size| i64::from(size.1)),
        byte_count: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
    };
    store::media_insert(ctx, tx, &media).await?;
    Ok(media)
}

async fn redrawn(ctx: &Ctx, tx: &Tx, one: &mut Article) -> Result<()> {
    drawn(ctx, tx, one).await?;
    written(store::update(ctx, tx, one).await?)?;
    one.revision += 1;
    Ok(())
}

/// What is shown in a picture and below it, and whether it is the cover.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    pub alt: String,
    pub caption: String,
    pub cover: bool,
}

/// # Errors
/// Too long; `Conflict` when the article is not to be written on now.
pub(crate) async fn describe(ctx: &Ctx, tx: &Tx, article: Uuid, media: Uuid, about: &About) -> Result<()> {
    let mut one = store::find(ctx, tx, article).await?;
    allowed(may(ctx, &one).edit)?;
    let known = of(ctx, tx, article, media).await?;
    said::short("mo-ta", &about.alt, WORDS_MAX)?;
    said::short("chu-thich", &about.caption, WORDS_MAX)?;
    store::media_update(ctx, tx, media, about.alt.trim(), about.caption.trim()).await?;
    if about.cover && known.kind == MediaKind::Picture {
        one.cover_id = Some(media);
    }
    redrawn(ctx, tx, &mut one).await?;
    record(ctx, tx, "news.media", article).await
}

async fn of(ctx: &Ctx, tx: &Tx, article: Uuid, media: Uuid) -> Result<Media> {
    let known = store::media_find(ctx, tx, media).await?;
    if known.article_id == article { Ok(known) } else { Err(Error::not_found()) }
}

/// Takes a file out; the digests of what no longer stands in a row.
pub(crate) async fn remove(ctx: &Ctx, tx: &Tx, article: Uuid, media: Uuid) -> Result<Vec<String>> {
    let mut one = store::find(ctx, tx, article).await?;
    allowed(may(ctx, &one).edit)?;
    of(ctx, tx, article, media).await?;
    store::media_delete(ctx, tx, media).await?;
    if one.cover_id == Some(media) {
        one.cover_id = None;
    }
    let digests = files::delete_of(ctx, tx, "news", &[media]).await?;
    redrawn(ctx, tx, &mut one).await?;
    record(ctx, tx, "news.media", article).await?;
    Ok(digests)
}

/// A picture or file of a published article; of another only for whoever writes, or has the preview link.
pub(super) async fn show(
    ctx: Ctx,
    Path((id, size)): Path<(Uuid, String)>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response> {
    let media = store::media_find(&ctx, &ctx.app.db, id).await?;
    let article = store::find(&ctx, &ctx.app.db, media.article_id).await?;
    let public = article.state == super::model::State::Published;
    let has_key = query.get("xem").is_some_and(|key| *key == article.preview_key);
    if !(public || has_key || ctx.may("news.write")) {
        return Err(Error::not_found());
    }
    let chosen = match size.as_str() {
        "480" => media.small_id.or(media.middle_id).unwrap_or(media.file_id),
        "960" => media.middle_id.unwrap_or(media.file_id),
        _ => media.file_id,
    };
    let row = files::find(&ctx, &ctx.app.db, chosen).await?;
    let bytes = files::read(&ctx, &row).await?;
    if media.kind == MediaKind::Video {
        return Ok(platform::http::part(&headers, &row.media_type, bytes));
    }
    let mut response = platform::http::file(&media.name, &row.media_type, bytes);
    // The bytes under an address never change. A picture that was taken down must go.
    let keep = if public { "public, max-age=86400" } else { "no-store" };
    response.headers_mut().insert(header::CACHE_CONTROL, http::HeaderValue::from_static(keep));
    Ok(response)
}

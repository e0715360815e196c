//! SQL of what belongs to an article: versions, what happened, pictures and files.

use super::super::model::{Article, Event, Happened, Media, Version};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

pub(crate) async fn version_insert(ctx: &Ctx, tx: &Tx, one: &Article) -> Result<()> {
    sql("INSERT INTO news_version (commune_id, article_id, serial, content, account_id, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.version)
        .bind(serde_json::to_value(&one.content)?)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

const VERSION: &str =
    "SELECT serial, content, account_id, at FROM news_version WHERE commune_id = $1 AND article_id = $2";

/// The newest first.
pub(crate) async fn versions(ctx: &Ctx, article: Uuid) -> Result<Vec<Version>> {
    let query = sql(VERSION).bind(ctx.commune).bind(article).push(" ORDER BY serial DESC LIMIT 50");
    query.all(&ctx.app.db).await
}

pub(crate) async fn version(ctx: &Ctx, article: Uuid, serial: i64) -> Result<Version> {
    sql(VERSION).bind(ctx.commune).bind(article).push(" AND serial = ").arg(serial).one(&ctx.app.db).await
}

pub(crate) async fn event_insert(
    ctx: &Ctx,
    tx: &Tx,
    one: &Article,
    happened: Happened,
    note: &str,
) -> Result<()> {
    sql("INSERT INTO news_event (commune_id, article_id, id, happened, account_id, note, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(ctx.new_id())
        .bind(happened)
        .bind(ctx.account_or_none())
        .bind(note)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn events(ctx: &Ctx, article: Uuid) -> Result<Vec<Event>> {
    sql("SELECT happened, account_id, note, at FROM news_event WHERE commune_id = $1 AND article_id = $2 ORDER BY id DESC LIMIT 100")
        .bind(ctx.commune)
        .bind(article)
        .all(&ctx.app.db)
        .await
}

const MEDIA: &str = "SELECT id, article_id, serial, kind, name, alt, caption, file_id, middle_id, small_id, width, height, byte_count \
                     FROM news_media WHERE commune_id = ";

/// Pictures and files of an article, in the order in which they came.
pub(crate) async fn media(ctx: &Ctx, on: &impl Run, article: Uuid) -> Result<Vec<Media>> {
    sql(MEDIA)
        .arg(ctx.commune)
        .push(" AND article_id = ")
        .arg(article)
        .push(" ORDER BY serial LIMIT 200")
        .all(on)
        .await
}

pub(crate) async fn media_find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Media> {
    sql(MEDIA).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

pub(crate) async fn media_insert(ctx: &Ctx, tx: &Tx, one: &Media) -> Result<()> {
    sql("INSERT INTO news_media (commune_id, id, article_id, serial, kind, name, alt, caption, file_id, middle_id, small_id, width, \
         height, byte_count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.article_id)
    .bind(one.serial)
    .bind(one.kind)
    .bind(one.name.as_str())
    .bind(one.alt.as_str())
    .bind(one.caption.as_str())
    .bind(one.file_id)
    .bind(one.middle_id)
    .bind(one.small_id)
    .bind(one.width)
    .bind(one.height)
    .bind(one.byte_count)
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn media_update(ctx: &Ctx, tx: &Tx, id: Uuid, alt: &str, caption: &str) -> Result<()> {
    sql("UPDATE news_media SET alt = $3, caption = $4 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(alt)
        .bind(caption)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn media_delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM news_media WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

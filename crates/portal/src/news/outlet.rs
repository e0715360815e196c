//! The same article elsewhere: read over the loudspeakers, hung on the notice board.

use super::model::MediaKind;
use super::{WORK, radio, store, text};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::clock::local_date;
use platform::http::{download, file, html};
use platform::{Ctx, Error, Result, Uuid, files};
use serde_json::json;
use std::collections::BTreeMap;
use ui::Shell;

/// Words that a speaker reads in a minute.
const PACE: usize = 150;
/// More does not fit on a sheet that people read standing.
const SHEET_WORDS: usize = 420;
const TEMPLATE: &str = include_str!("sheet.typ");

#[derive(Template)]
#[template(path = "news-script.html")]
struct ScriptPage {
    shell: Shell,
    path: String,
    save_path: String,
    /// Where it becomes a programme of the radio; empty for who does not make that.
    radio_path: String,
    title: String,
    script: String,
    length: String,
}

pub(super) async fn script(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let script = radio::script(&ctx, &one).await?;
    let t = ctx.t();
    let minutes = script.split_whitespace().count().div_ceil(PACE);
    let shell = Shell::of(&ctx, "news-script").await?.crumb(t.t("news-menu"), WORK);
    let page = ScriptPage {
        shell: shell.crumb(&one.content.title, &one.work_path()).crumb(t.t("news-script"), ""),
        path: one.work_path(),
        save_path: format!("{}/loi-doc-txt", one.work_path()),
        radio_path: if ctx.may("broadcast.write") {
            format!("/lam-viec/truyen-thanh/chuong-trinh/moi?tu=news&bai={id}")
        } else {
            String::new()
        },
        title: one.content.title,
        length: t.n("news-script-length", "count", minutes),
        script,
    };
    Ok(html(ui::render(&page)?))
}

pub(super) async fn script_text(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let script = radio::script(&ctx, &one).await?;
    Ok(download(&format!("{}.txt", one.slug), "text/plain; charset=utf-8", script.into_bytes()))
}

/// One sheet of A4 for the notice board: large letters, the cover, the address.
pub(super) async fn sheet(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let commune = Shell::of(&ctx, "news").await?.commune;
    let mut paragraphs = Vec::new();
    let mut words = 0;
    for line in text::plain(&one.content.body).lines() {
        words += line.split_whitespace().count();
        if words > SHEET_WORDS {
            break;
        }
        paragraphs.push(line.to_owned());
    }
    let mut with = BTreeMap::new();
    let media = store::media(&ctx, &ctx.app.db, id).await?;
    let cover = media.iter().find(|media| Some(media.id) == one.cover_id && media.kind == MediaKind::Picture);
    if let Some(cover) = cover {
        let row = files::find(&ctx, &ctx.app.db, cover.middle_id.unwrap_or(cover.file_id)).await?;
        with.insert("cover.jpg".to_owned(), files::read(&ctx, &row).await?);
    }
    let data = json!({
        "commune": commune.name,
        "office": commune.office,
        "phone": commune.phone,
        "title": one.content.title,
        "summary": one.content.summary,
        "body": paragraphs,
        "more": words > SHEET_WORDS,
        "cover": cover.map(|cover| cover.alt.clone()),
        "day": ctx.t().date(local_date(one.published_at.unwrap_or(ctx.now))),
        "address": format!("{}{}", ctx.app.config.base_url(), one.path()),
        "says": { "more": ctx.t().t("news-sheet-more"), "call": ctx.t().t("news-sheet-call") },
    });
    let at = ctx.now;
    let work = move || typeset::pdf(&typeset::Sheet { template: TEMPLATE, data: &data, files: &with, at });
    let pdf = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)?;
    Ok(file(&format!("{}.pdf", one.slug), "application/pdf", pdf))
}

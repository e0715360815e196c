//! The page on which an article is written. Without a script the text is Markdown in a plain field; with one it is written as in Word.

use super::media::{self, About};
use super::model::{Article, Draft, Media, MediaKind};
use super::pass::may;
use super::sections::Sections;
use super::write::{self, Sent};
use super::{WORK, store, text};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start, wants_json};
use platform::{Ctx, Error, Kind, Result, Uuid, files};
use ui::{FieldErrors, Html, Shell};

#[derive(Template)]
#[template(path = "news-new.html")]
struct NewPage {
    shell: Shell,
    sections: Vec<(String, String)>,
    title: String,
    section: String,
    key: String,
    errors: FieldErrors,
}

struct Piece {
    id: Uuid,
    mark: String,
    picture: String,
    name: String,
    weight: String,
    alt: String,
    caption: String,
    is_picture: bool,
    is_cover: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "news-edit.html")]
struct EditPage {
    shell: Shell,
    path: String,
    sections: Vec<(String, String)>,
    draft: Draft,
    slug: String,
    /// The texts as HTML, for the editor of the page.
    body: Html,
    body_en: Html,
    pieces: Vec<Piece>,
    key: String,
    upload_key: String,
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn new(ctx: Ctx) -> Result<Response> {
    Ok(html(new_page(&ctx, &Form::default(), FieldErrors::default()).await?))
}

async fn new_page(ctx: &Ctx, sent: &Form, errors: FieldErrors) -> Result<String> {
    let t = ctx.t();
    ui::render(&NewPage {
        shell: Shell::of(ctx, "news-new").await?.crumb(t.t("news-menu"), WORK).crumb(t.t("news-new"), ""),
        sections: Sections::load(ctx)?.options(ctx.lang),
        title: sent.text("tieu-de").to_owned(),
        section: sent.text("chuyen-muc").to_owned(),
        key: ctx.new_id().to_string(),
        errors,
    })
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let author = ctx.actor.as_ref().map(|actor| actor.name.clone()).unwrap_or_default();
    let draft = Draft {
        title: sent.text("tieu-de").to_owned(),
        section: sent.text("chuyen-muc").to_owned(),
        author,
        ..Draft::default()
    };
    let done = write::create(&ctx, &tx, draft, None).await;
    let done = done.map(|one| (format!("{}/soan", one.work_path()), Note::new("news-begun")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if error.kind == Kind::Invalid => {
            let page = new_page(&ctx, &sent, FieldErrors::from_error(&error, ctx.t())).await?;
            Ok((error.kind.status(), html(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    if !may(&ctx, &one).edit {
        return Err(Error::conflict("news-not-now"));
    }
    let draft = one.content.clone();
    Ok(html(page(&ctx, one, draft, None).await?))
}

async fn page(ctx: &Ctx, one: Article, draft: Draft, wrong: Option<(&Error, &Form)>) -> Result<String> {
    let t = ctx.t();
    let media = store::media(ctx, &ctx.app.db, one.id).await?;
    let drawn = |words: &str| {
        let placed: Vec<Media> = media.iter().filter(|piece| placed(words, piece)).cloned().collect();
        Html(text::to_html(words, &placed, ""))
    };
    let (body, body_en) = (drawn(&draft.body), drawn(&draft.body_en));
    let shell = Shell::of(ctx, "news-edit").await?.crumb(t.t("news-menu"), WORK);
    let shell = shell.crumb(&one.content.title, &one.work_path()).crumb(t.t("news-edit"), "");
    ui::render(&EditPage {
        path: one.work_path(),
        sections: Sections::load(ctx)?.options(ctx.lang),
        slug: wrong.map_or_else(|| one.slug.clone(), |(_, sent)| sent.text("dia-chi").to_owned()),
        body,
        body_en,
        pieces: media.into_iter().map(|piece| shown(ctx, &one, piece)).collect(),
        draft,
        key: ctx.new_id().to_string(),
        upload_key: ctx.new_id().to_string(),
        revision: one.revision,
        errors: wrong.map_or_else(FieldErrors::default, |(error, _)| FieldErrors::from_error(error, t)),
        wrong: wrong
            .filter(|(error, _)| error.fields.is_empty())
            .map(|(error, _)| error.message.text(t))
            .unwrap_or_default(),
        shell,
    })
}

/// Named in the text: what is not stands at the end, and not in the editor.
fn placed(words: &str, piece: &Media) -> bool {
    piece.kind != MediaKind::File && words.contains(&piece.mark())
}

fn shown(ctx: &Ctx, one: &Article, piece: Media) -> Piece {
    Piece {
        id: piece.id,
        mark: piece.mark(),
        picture: if piece.kind == MediaKind::Picture { piece.url("480") } else { String::new() },
        is_picture: piece.kind == MediaKind::Picture,
        is_cover: one.cover_id == Some(piece.id),
        weight: piece.weight(),
        name: piece.name,
        alt: piece.alt,
        caption: piece.caption,
        key: ctx.new_id().to_string(),
    }
}

fn typed(sent: &Form) -> Sent {
    let text = |name: &str| sent.text(name).to_owned();
    let draft = Draft {
        section: text("chuyen-muc"),
        title: text("tieu-de"),
        summary: text("sapo"),
        body: text("noi-dung"),
        tags: text("the"),
        author: text("tac-gia"),
        source: text("nguon"),
        closed: sent.ticked("khoa-binh-luan"),
        title_en: text("tieu-de-en"),
        summary_en: text("sapo-en"),
        body_en: text("noi-dung-en"),
    };
    Sent { draft, slug: text("dia-chi"), html: sent.text("kieu") == "html" }
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = async {
        let one = write::save(&ctx, &tx, id, sent.revision()?, typed(&sent)).await?;
        let next =
            if sent.text("lam") == "tiep" { format!("{}/soan", one.work_path()) } else { one.work_path() };
        Ok((next, Note::new("news-saved")))
    };
    let done = done.await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            // What was written stays before the writer's eyes, as it would be kept.
            let one = store::find(&ctx, &ctx.app.db, id).await?;
            let Sent { mut draft, html: as_html, .. } = typed(&sent);
            if as_html {
                let media = store::media(&ctx, &ctx.app.db, id).await?;
                draft.body = text::from_html(&draft.body, &media).0;
                draft.body_en = text::from_html(&draft.body_en, &media).0;
            }
            let page = page(&ctx, one, draft, Some((&error, &sent))).await?;
            Ok((error.kind.status(), html(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Adds pictures and files: from the form, or from the editor's script, which wants to know where a picture stands.
pub(super) async fn upload(ctx: Ctx, Path(id): Path<Uuid>, mut sent: Form) -> Result<Response> {
    let uploads = std::mem::take(&mut sent.uploads);
    let json = wants_json(&ctx.headers, &ctx.path);
    let result = async {
        if uploads.is_empty() {
            return Err(Error::field("tep", "file-empty"));
        }
        let mut ready = Vec::new();
        for one in uploads {
            ready.push(media::ready(&ctx, one).await?);
        }
        Ok(ready)
    };
    let ready = match result.await {
        Ok(ready) => ready,
        Err(error) => return refused(&ctx, id, &sent, error, json).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let mut added = Vec::new();
    let done = async {
        added = media::add(&ctx, &tx, id, &ready).await?;
        Ok((format!("{WORK}/{id}/soan#tep"), Note::new("news-files-added")))
    };
    let done = done.await;
    match settle(&ctx, key, tx, done).await? {
        Ok(_) if json => {
            let revision = store::find(&ctx, &ctx.app.db, id).await?.revision;
            let told = |one: &Media| serde_json::json!({ "picture": one.kind == MediaKind::Picture, "src": one.url("960"), "mark": one.mark() });
            let files: Vec<serde_json::Value> = added.iter().map(told).collect();
            Ok(axum::Json(serde_json::json!({ "revision": revision, "files": files })).into_response())
        }
        Ok(answer) => Ok(answer),
        Err(error) => refused(&ctx, id, &sent, error, json).await,
    }
}

async fn refused(ctx: &Ctx, id: Uuid, sent: &Form, error: Error, json: bool) -> Result<Response> {
    if json || !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let draft = one.content.clone();
    let page = page(ctx, one, draft, Some((&error, sent))).await?;
    Ok((error.kind.status(), html(page)).into_response())
}

/// Words of a picture, the cover, or away with it.
pub(super) async fn describe(ctx: Ctx, Path((id, file)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let mut gone = Vec::new();
    let done = async {
        if sent.text("lam") == "bo" {
            gone = media::remove(&ctx, &tx, id, file).await?;
        } else {
            let about = About {
                alt: sent.text("mo-ta").to_owned(),
                caption: sent.text("chu-thich").to_owned(),
                cover: sent.text("lam") == "bia",
            };
            media::describe(&ctx, &tx, id, file, &about).await?;
        }
        Ok((format!("{WORK}/{id}/soan#tep"), Note::new("news-saved")))
    };
    let done = done.await;
    let answer = match settle(&ctx, key, tx, done).await? {
        Ok(answer) => answer,
        Err(error) => return refused(&ctx, id, &sent, error, false).await,
    };
    files::forget(&ctx, &gone).await?;
    Ok(answer)
}

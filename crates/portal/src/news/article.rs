//! An article as everybody reads it.

use super::model::{Article, Brief, State};
use super::sections::Sections;
use super::store::{self, Shelf};
use super::{PATH, comments, text};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::clock::local_date;
use platform::http::html;
use platform::{Ctx, Error, Lang, Result, Uuid};
use ui::{FieldErrors, Html, Shell};

const RELATED: i64 = 3;

/// A comment that stands under the article.
pub(super) struct Said {
    id: Uuid,
    name: String,
    body: Vec<String>,
    at: String,
    /// Only its writer sees it yet.
    held: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "news-article.html")]
struct ArticlePage {
    shell: Shell,
    one: Article,
    title: String,
    summary: String,
    body: Html,
    /// The language of the text, where it is not the reader's.
    other: bool,
    text_lang: &'static str,
    section: String,
    section_url: String,
    day: String,
    day_iso: String,
    corrected: String,
    corrected_iso: String,
    tags: Vec<(String, String)>,
    /// The whole address, for links that leave the page.
    address: String,
    share: Vec<(String, String)>,
    cover: String,
    /// What stands beside a shared link where there is no cover: the mark of the commune's pages.
    mark: String,
    /// Where it is heard, and how long that takes.
    listen: Option<(String, String)>,
    related: Vec<super::front::Card>,
    said: Vec<Said>,
    open: bool,
    sign_in: String,
    written: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
    preview: bool,
    may_write: bool,
}

#[derive(Template)]
#[template(path = "news-gone.html")]
struct GonePage {
    shell: Shell,
    title: String,
    reason: String,
}

pub(super) async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    page(&ctx, &slug, None).await
}

/// The page of a published article; one that was taken down says why, an old address leads to the new one.
pub(super) async fn page(ctx: &Ctx, slug: &str, wrong: Option<(&Error, &str)>) -> Result<Response> {
    let Some(one) = store::by_slug(ctx, slug).await? else {
        let moved = store::moved(ctx, slug).await?.ok_or_else(Error::not_found)?;
        return Ok((StatusCode::MOVED_PERMANENTLY, [(http::header::LOCATION, format!("{PATH}/{moved}"))])
            .into_response());
    };
    let shell = Shell::public(ctx, "news").await?.crumb(ctx.t().t("news"), PATH);
    if one.state == State::Down {
        let title = one.title(ctx.lang);
        let shell = shell.crumb(&title, "").titled(&title);
        let page = GonePage { shell, title, reason: one.reason };
        return Ok((StatusCode::GONE, html(ui::render(&page)?)).into_response());
    }
    let page = filled(ctx, shell, one, wrong, false).await?;
    Ok(html(ui::render(&page)?))
}

/// The same for whoever has the link, before it is published.
pub(super) async fn preview(ctx: Ctx, Path((id, key)): Path<(Uuid, String)>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    if one.preview_key != key {
        return Err(Error::not_found());
    }
    let shell = Shell::public(&ctx, "news").await?.crumb(ctx.t().t("news"), PATH);
    Ok(html(ui::render(&filled(&ctx, shell, one, None, true).await?)?))
}

async fn filled(
    ctx: &Ctx,
    shell: Shell,
    mut one: Article,
    wrong: Option<(&Error, &str)>,
    preview: bool,
) -> Result<ArticlePage> {
    let t = ctx.t();
    if preview {
        let media = store::media(ctx, &ctx.app.db, one.id).await?;
        let key = format!("?xem={}", one.preview_key);
        one.html = text::to_html(&one.content.body, &media, &key);
        if !one.html_en.is_empty() {
            one.html_en = text::to_html(&one.content.body_en, &media, &key);
        }
    }
    let sections = Sections::load(ctx)?;
    let section = sections.name(&one.section, ctx.lang);
    let section_url = sections.find(&one.section).map(super::sections::Section::path).unwrap_or_default();
    let shelf = Shelf { section: one.section.clone(), not: Some(one.id), ..Shelf::default() };
    let related: Vec<Brief> = store::published(ctx, &shelf, None, RELATED).await?;
    let said = if preview { Vec::new() } else { store::comments_of(ctx, one.id).await? };
    let (title, summary, body, text_lang) = one.in_words(ctx.lang);
    let (title, summary, body) = (title.to_owned(), summary.to_owned(), Html(body.to_owned()));
    let shell = shell.crumb(&section, &section_url).crumb(&title, "").titled(&title);
    let address = format!("{}{}", ctx.app.config.base_url(), one.path());
    let day =
        |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| t.date(local_date(at))).unwrap_or_default();
    let recording = super::voice::recording(ctx, one.id).await?.filter(|_| !preview);
    let recording = recording.filter(|one| one.state == speech::State::Done);
    let late = one.published_at.is_some_and(|at| one.updated_at - at > chrono::Duration::hours(1));
    Ok(ArticlePage {
        other: ctx.lang != Lang::Vi && text_lang == "vi",
        text_lang,
        section,
        section_url,
        day: day(one.published_at),
        day_iso: one.published_at.map(|at| at.to_rfc3339()).unwrap_or_default(),
        corrected: if late { t.moment(one.updated_at) } else { String::new() },
        corrected_iso: one.updated_at.to_rfc3339(),
        tags: one.content.tag_list(),
        share: shared(&address, &title),
        cover: one
            .cover_id
            .map(|id| format!("{}{PATH}/anh/{id}/960", ctx.app.config.base_url()))
            .unwrap_or_default(),
        mark: format!("{}{}", ctx.app.config.base_url(), ui::asset("app-512.png")),
        listen: recording.map(|read| (super::voice::address(&one.slug), read.length())),
        related: super::front::cards(ctx, related)?,
        said: said.into_iter().map(|comment| line(ctx, comment)).collect(),
        open: comments::open(ctx, &one)?,
        sign_in: if ctx.actor.is_some() { String::new() } else { comments::sign_in(&one) },
        written: wrong.map(|(_, words)| words.to_owned()).unwrap_or_default(),
        key: if ctx.actor.is_some() { ctx.new_id().to_string() } else { String::new() },
        errors: wrong.map_or_else(FieldErrors::default, |(error, _)| FieldErrors::from_error(error, t)),
        wrong: wrong
            .filter(|(error, _)| error.fields.is_empty())
            .map(|(error, _)| error.message.text(t))
            .unwrap_or_default(),
        preview,
        may_write: ctx.may("news.write"),
        address,
        title,
        summary,
        body,
        shell,
        one,
    })
}

fn line(ctx: &Ctx, one: store::Comment) -> Said {
    Said {
        id: one.id,
        name: one.name,
        body: one.body.lines().map(str::to_owned).collect(),
        at: ctx.t().moment(one.at),
        held: one.state == store::CommentState::Held,
        key: if ctx.actor.is_some() { ctx.new_id().to_string() } else { String::new() },
    }
}

/// Plain links: nothing of other sites is loaded until a reader chooses one.
fn shared(address: &str, title: &str) -> Vec<(String, String)> {
    let one = |name: &str, start: &str, pairs: &[(&str, &str)]| {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        (name.to_owned(), format!("{start}?{query}"))
    };
    vec![
        one("Facebook", "https://www.facebook.com/sharer/sharer.php", &[("u", address)]),
        one("E-mail", "mailto:", &[("subject", title), ("body", address)]),
    ]
}

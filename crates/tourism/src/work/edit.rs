//! The form in which a place is written.

use super::typed;
use crate::WORK;
use crate::law::{Tourism, Word};
use crate::place::store;
use crate::place::{self, Draft, Kind, Picture, Place, may};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Uuid};
use registry::organisation;
use ui::form::{FormPage, Input, Look};
use ui::{FieldErrors, Shell};
use units::drawing::Drawing;
use units::place::Ground;

/// Businesses in the choice at most.
const BUSINESSES: i64 = 500;

pub(super) async fn new(ctx: Ctx) -> Result<Response> {
    new_page(&ctx).await?.answer()
}

async fn new_page(ctx: &Ctx) -> Result<FormPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "tourism-new").await?.crumb(t.t("tourism-menu"), WORK);
    let mut page = FormPage::new(ctx, shell.crumb(t.t("tourism-new"), ""), format!("{WORK}/moi"), WORK);
    page.lead = t.t("tourism-new-lead");
    let villages = villages(ctx).await?;
    let only = if let [(id, _)] = villages.as_slice() { id.clone() } else { String::new() };
    page.inputs = vec![
        Input::new(Look::Text, "ten", t.t("tourism-name")).help(t.t("tourism-name-help")),
        Input::new(Look::Select, "loai", t.t("tourism-kind")).among(kinds(ctx)).empty(t.t("tourism-choose")),
        Input::new(Look::Select, "thon", t.t("tourism-village"))
            .value(only)
            .among(villages)
            .empty(t.t("tourism-choose")),
    ];
    page.draft = "tourism-new".to_owned();
    page.submit = t.t("tourism-begin");
    page.icon = "pencil";
    Ok(page)
}

fn kinds(ctx: &Ctx) -> Vec<(String, String)> {
    Kind::ALL.iter().map(|kind| (kind.code().to_owned(), ctx.t().t(kind.text_key()))).collect()
}

/// The villages in which the reader may write.
async fn villages(ctx: &Ctx) -> Result<Vec<(String, String)>> {
    let mut all = Ground::load(ctx).await?.options();
    let own: Vec<String> = ctx.scope.ids("village").iter().map(Uuid::to_string).collect();
    all.retain(|(id, _)| ctx.scope.whole() || own.contains(id));
    Ok(all)
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    let draft = match typed::draft(&sent) {
        Ok(draft) => draft,
        Err(error) => return new_page(&ctx).await?.again(&ctx, &sent, error),
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = place::create(&ctx, &tx, draft).await;
    let done = done.map(|one| (format!("{}/soan", one.work_path()), Note::new("tourism-begun")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => new_page(&ctx).await?.again(&ctx, &sent, error),
    }
}

/// Something to tick.
struct Tick {
    code: String,
    name: String,
    ticked: bool,
}

fn ticks(list: &[Word], sent: &Form, field: &str, ctx: &Ctx) -> Vec<Tick> {
    let tick = |word: &Word| Tick {
        code: word.code.clone(),
        name: word.name(ctx.lang).to_owned(),
        ticked: sent.all(field).any(|code| code == word.code),
    };
    list.iter().map(tick).collect()
}

struct Piece {
    picture: Picture,
    is_cover: bool,
    key: String,
    first: bool,
    last: bool,
}

#[derive(Template)]
#[template(path = "place-edit.html")]
struct EditPage {
    shell: Shell,
    path: String,
    sent: Form,
    kinds: Vec<(String, String)>,
    villages: Vec<(String, String)>,
    businesses: Vec<(String, String)>,
    rules: Vec<(String, String)>,
    months: Vec<Tick>,
    facilities: Vec<Tick>,
    languages: Vec<Tick>,
    map: Option<Drawing>,
    pieces: Vec<Piece>,
    key: String,
    upload_key: String,
    revision: i64,
    english: bool,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = place::within(&ctx, &ctx.app.db, id).await?;
    if !may(&ctx, &one).edit {
        return Err(Error::conflict("tourism-not-now"));
    }
    let sent = typed::fields(&one.content, &one.slug);
    Ok(html(page(&ctx, &one, sent, None).await?))
}

async fn page(ctx: &Ctx, one: &Place, sent: Form, wrong: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let law = Tourism::now(ctx)?;
    let pictures = store::pictures(ctx, &ctx.app.db, one.id).await?;
    let last = pictures.len().saturating_sub(1);
    let piece = |(n, picture): (usize, Picture)| Piece {
        is_cover: one.cover_id == Some(picture.id),
        key: ctx.new_id().to_string(),
        first: n == 0,
        last: n == last,
        picture,
    };
    let ground = Ground::load(ctx).await?;
    let mut map = Drawing::of(t, &ground, t.t("tourism-map-tap"));
    if let Some(map) = &mut map {
        map.tapped = true;
    }
    let month = |month: u8| Tick {
        code: month.to_string(),
        name: t.n("tourism-month-short", "count", i64::from(month)),
        ticked: sent.all("thang").any(|code| code == month.to_string()),
    };
    let rule = |word: &str| (word.to_owned(), t.t(&format!("tourism-rule-{word}")));
    let at = wrong.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t));
    let english = ["ten-en", "gioi-thieu-en", "noi-dung-en"];
    let shell = Shell::of(ctx, "tourism-edit").await?.crumb(t.t("tourism-menu"), WORK);
    ui::render(&EditPage {
        shell: shell.crumb(&one.content.name, &one.work_path()).crumb(t.t("tourism-edit"), ""),
        path: one.work_path(),
        kinds: kinds(ctx),
        villages: villages(ctx).await?,
        businesses: businesses(ctx).await?,
        rules: crate::dates::Dates::WORDS.iter().map(|word| rule(word)).collect(),
        months: (1..=12).map(month).collect(),
        facilities: ticks(&law.facility, &sent, "tien-nghi", ctx),
        languages: ticks(&law.language, &sent, "ngon-ngu", ctx),
        map,
        pieces: pictures.into_iter().enumerate().map(piece).collect(),
        key: ctx.new_id().to_string(),
        upload_key: ctx.new_id().to_string(),
        revision: one.revision,
        english: english.iter().any(|name| sent.some(name).is_some() || !at.at(name).is_empty()),
        errors: at,
        wrong: wrong
            .filter(|error| error.fields.is_empty())
            .map(|error| error.message.text(t))
            .unwrap_or_default(),
        sent,
    })
}

/// Organisations and household businesses of the reader's places.
async fn businesses(ctx: &Ctx) -> Result<Vec<(String, String)>> {
    let scope = ctx.scope_of("organisation.show");
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let within = Ctx { scope, ..ctx.clone() };
    let found = organisation::list(&within, &organisation::Filter::default(), None, BUSINESSES).await?;
    let mut all: Vec<(String, String)> =
        found.rows.into_iter().map(|one| (one.id.to_string(), one.facts.name)).collect();
    all.sort_by_key(|(_, name)| vntext::sort_key(name));
    Ok(all)
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let read: Result<(i64, Draft)> = typed::draft(&sent).and_then(|draft| Ok((sent.revision()?, draft)));
    let (revision, draft) = match read {
        Ok(read) => read,
        Err(error) => return again(&ctx, id, sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = place::save(&ctx, &tx, id, revision, draft, sent.text("dia-chi")).await;
    let done = done.map(|one| {
        let on = if sent.text("lam") == "tiep" { "/soan" } else { "" };
        (format!("{}{on}", one.work_path()), Note::new("tourism-saved"))
    });
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, sent, error).await,
    }
}

/// What was written stays before the writer's eyes.
pub(super) async fn again(ctx: &Ctx, id: Uuid, sent: Form, error: Error) -> Result<Response> {
    use platform::Kind::{Conflict, Invalid, TooLarge};
    if !matches!(error.kind, Invalid | Conflict | TooLarge) {
        return Err(error);
    }
    let one = place::within(ctx, &ctx.app.db, id).await?;
    // The form of the pictures holds none of the fields.
    let sent = if sent.some("ten").is_some() || sent.some("loai").is_some() {
        sent
    } else {
        typed::fields(&one.content, &one.slug)
    };
    let page = page(ctx, &one, sent, Some(&error)).await?;
    Ok((error.kind.status(), html(page)).into_response())
}

//! The form of a loudspeaker cluster.

use crate::WORK;
use crate::speaker::{self, Draft, Kind, Speaker, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};
use ui::{FieldErrors, Shell};
use units::drawing::Drawing;
use units::place::Ground;

#[derive(Template)]
#[template(path = "speaker-edit.html")]
struct EditPage {
    shell: Shell,
    action: String,
    back: String,
    sent: Form,
    kinds: Vec<(String, String)>,
    villages: Vec<(String, String)>,
    map: Option<Drawing>,
    key: String,
    revision: String,
    errors: FieldErrors,
    wrong: String,
}

fn fields(one: &Speaker) -> Form {
    let degrees = |value: Option<f64>| value.map(|value| format!("{value:.6}")).unwrap_or_default();
    let number = |value: i64| if value == 0 { String::new() } else { value.to_string() };
    let pairs = [
        ("ten", one.name.clone()),
        ("thon", one.unit_id.to_string()),
        ("loai", one.kind.code().to_owned()),
        ("cho", one.place.clone()),
        ("vi-do", degrees(one.lat)),
        ("kinh-do", degrees(one.lon)),
        ("so-loa", one.horns.to_string()),
        ("cong-suat", number(one.watts)),
        ("may", one.model.clone()),
        ("ma-hang", one.vendor_code.clone()),
        ("tu-ngay", one.since_on.format("%d/%m/%Y").to_string()),
    ];
    Form::from_pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)))
}

fn draft(sent: &Form) -> Result<Draft> {
    Ok(Draft {
        name: sent.text("ten").to_owned(),
        village: sent.id("thon")?,
        kind: Kind::parse(sent.text("loai")),
        place: sent.text("cho").to_owned(),
        lat: sent.text("vi-do").to_owned(),
        lon: sent.text("kinh-do").to_owned(),
        horns: sent.whole("so-loa")?,
        watts: sent.whole("cong-suat")?,
        model: sent.text("may").to_owned(),
        vendor_code: sent.text("ma-hang").to_owned(),
        since_on: sent.date("tu-ngay")?,
    })
}

async fn page(ctx: &Ctx, one: Option<&Speaker>, sent: Form, wrong: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let list = format!("{WORK}/loa");
    let title = if one.is_some() { "broadcast-speaker-edit" } else { "broadcast-speaker-new" };
    let shell = Shell::of(ctx, title).await?.crumb(t.t("broadcast-menu"), WORK);
    let shell = shell.crumb(t.t("broadcast-speakers"), &list).crumb(t.t(title), "");
    let ground = Ground::load(ctx).await?;
    let mut map = Drawing::of(t, &ground, t.t("broadcast-speaker-tap"));
    if let Some(map) = &mut map {
        map.tapped = true;
    }
    ui::render(&EditPage {
        shell,
        action: one.map_or_else(|| format!("{list}/moi"), |one| format!("{}/sua", one.path())),
        back: one.map_or(list, Speaker::path),
        kinds: Kind::ALL.iter().map(|one| (one.code().to_owned(), t.t(one.text_key()))).collect(),
        villages: ground.options(),
        map,
        key: ctx.new_id().to_string(),
        revision: one.map(|one| one.revision.to_string()).unwrap_or_default(),
        errors: wrong.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong
            .filter(|error| error.fields.is_empty())
            .map(|error| error.message.text(t))
            .unwrap_or_default(),
        sent,
    })
}

pub(super) async fn new(ctx: Ctx) -> Result<Response> {
    let pairs = [("loai", Kind::Own.code()), ("so-loa", "2")];
    let sent = Form::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    Ok(html(page(&ctx, None, sent, None).await?))
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| speaker::add(&ctx, tx, &draft(&sent)?).await;
    act(&ctx, None, &sent, "broadcast-speaker-added", rule).await
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    Ok(html(page(&ctx, Some(&one), fields(&one), None).await?))
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| speaker::change(&ctx, tx, id, sent.revision()?, &draft(&sent)?).await;
    act(&ctx, Some(id), &sent, "broadcast-speaker-saved", rule).await
}

async fn act(
    ctx: &Ctx,
    id: Option<Uuid>,
    sent: &Form,
    note: &'static str,
    rule: impl AsyncFnOnce(&Tx) -> Result<Speaker>,
) -> Result<Response> {
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await.map(|one| (one.path(), Note::new(note)));
    let error = match settle(ctx, key, tx, done).await? {
        Ok(answer) => return Ok(answer),
        Err(error) if matches!(error.kind, platform::Kind::Invalid | platform::Kind::Conflict) => error,
        Err(error) => return Err(error),
    };
    let one = match id {
        Some(id) => Some(store::find(ctx, &ctx.app.db, id).await?),
        None => None,
    };
    let page = page(ctx, one.as_ref(), sent.clone(), Some(&error)).await?;
    Ok((error.kind.status(), html(page)).into_response())
}

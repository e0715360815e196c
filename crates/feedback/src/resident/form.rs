//! The form of a report.

use crate::kinds::Kinds;
use crate::model::{Part, Source};
use crate::send::{self, Sending};
use crate::{tell, throttle, upload};
use askama::Template;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, proof};
use ui::{FieldErrors, Shell};
use units::drawing::Drawing;
use units::place::{Ground, Point};

/// What the sum of [`proof`] is about; the form says the same.
const PROOF: &str = "phan-anh";

/// Kinds of one group, for the choice.
struct Choices {
    name: String,
    kinds: Vec<(String, String)>,
}

/// What was typed, or nothing yet.
#[derive(Default)]
struct Typed {
    kind: String,
    body: String,
    lat: String,
    lon: String,
    village: String,
    place_words: String,
    name: String,
    phone: String,
    anonymous: bool,
}

impl Typed {
    fn of(form: &Form) -> Typed {
        let text = |name: &str| form.text(name).to_owned();
        Typed {
            kind: text("loai"),
            body: text("noi-dung"),
            lat: text("vi-do"),
            lon: text("kinh-do"),
            village: text("thon"),
            place_words: text("cho"),
            name: text("ten"),
            phone: text("dien-thoai"),
            anonymous: form.ticked("an-danh"),
        }
    }
}

#[derive(Template)]
#[template(path = "report-form.html")]
struct FormPage {
    shell: Shell,
    key: String,
    proof_bits: u32,
    choices: Vec<Choices>,
    villages: Vec<(String, String)>,
    map: Option<Drawing>,
    lawful: String,
    lawful_kinds: String,
    photos_most: usize,
    kept_days: i64,
    signed_in: bool,
    typed: Typed,
    errors: FieldErrors,
    wrong: String,
}

async fn page(ctx: &Ctx, typed: Typed) -> Result<FormPage> {
    let t = ctx.t();
    let kinds = Kinds::load(ctx)?;
    let ground = Ground::load(ctx).await?;
    let shell = Shell::public(ctx, "feedback-new").await?;
    let shell = shell.crumb(t.t("feedback-title"), "/phan-anh").crumb(t.t("feedback-new"), "");
    let mut map = Drawing::of(t, &ground, t.t("feedback-map-tap"));
    if let Some(map) = &mut map {
        map.tapped = true;
    }
    let choices = kinds.group.iter().map(|group| Choices {
        name: group.name(ctx.lang).to_owned(),
        kinds: kinds
            .kind
            .iter()
            .filter(|kind| kind.group == group.key)
            .map(|kind| (kind.code.clone(), kind.name(ctx.lang).to_owned()))
            .collect(),
    });
    let lawful: Vec<&str> =
        kinds.kind.iter().filter(|kind| kind.way.is_some()).map(|kind| kind.code.as_str()).collect();
    Ok(FormPage {
        key: ctx.new_id().to_string(),
        proof_bits: kinds.proof_bits,
        choices: choices.filter(|group| !group.kinds.is_empty()).collect(),
        villages: ground.options(),
        map,
        lawful: kinds.lawful_about(ctx.lang).to_owned(),
        lawful_kinds: lawful.join(" "),
        photos_most: kinds.photos_most,
        kept_days: crate::forget::Terms::load(ctx)?.contact_days,
        signed_in: ctx.account_or_none().is_some(),
        typed,
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
    })
}

pub(super) async fn form(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, Typed::default()).await?)?))
}

async fn again(ctx: &Ctx, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge | Kind::TooMany) {
        return Err(error);
    }
    let mut page = page(ctx, Typed::of(sent)).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn send(ctx: Ctx, sent: Form) -> Result<Response> {
    let ctx = if sent.ticked("an-danh") { tell::nameless(&ctx) } else { ctx };
    match take(&ctx, &sent).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &sent, error).await,
    }
}

async fn take(ctx: &Ctx, sent: &Form) -> Result<Result<Response, Error>> {
    // A field that no person sees: only a program fills it in.
    if sent.some("trang-web").is_some() {
        return Ok(Err(Error::invalid("feedback-robot")));
    }
    let sending = match sending(ctx, sent).await {
        Ok(sending) => sending,
        Err(error) => return Ok(Err(error)),
    };
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(Ok(answer)),
        Start::First(key, tx) => (key, tx),
    };
    // Counted only here: the same report sent again over a weak signal is one.
    let bits = Kinds::load(ctx)?.proof_bits;
    let proven = proof::holds(PROOF, &key.to_string(), sent.text("loi-giai"), bits);
    let done = match throttle::sending(ctx, proven) {
        Ok(()) => send::send(ctx, &tx, sending).await,
        Err(error) => Err(error),
    };
    let done = done.map(|done| {
        let note = Note::new(if done.report.open { "feedback-sent" } else { "feedback-held" });
        (done.own_path(), note)
    });
    settle(ctx, key, tx, done).await
}

async fn sending<'a>(ctx: &Ctx, sent: &'a Form) -> Result<Sending<'a>> {
    let most = Kinds::load(ctx)?.photos_most;
    let mut files = upload::pictures(ctx, sent, "anh", Part::Sent, most).await?;
    files.extend(upload::sound(ctx, sent, "giong-noi").await?);
    Ok(Sending {
        source: Source::Web,
        kind: sent.text("loai"),
        body: sent.text("noi-dung"),
        point: Point::parse(sent.text("vi-do"), sent.text("kinh-do"))?,
        village: sent.id("thon")?,
        place_words: sent.text("cho"),
        name: sent.text("ten"),
        phone: sent.text("dien-thoai"),
        files,
        anonymous: sent.ticked("an-danh"),
    })
}

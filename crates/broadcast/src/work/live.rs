//! The page from which somebody speaks live.

use crate::WORK;
use crate::live::{self, Live};
use askama::Template;
use axum::body::Bytes;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Result, Tx, Uuid};
use ui::back::{self, Back};
use ui::{FieldErrors, Shell};
use units::place::Ground;

const PATH: &str = "/lam-viec/truyen-thanh/noi";

#[derive(Template)]
#[template(path = "live-new.html")]
struct NewPage {
    shell: Shell,
    title: String,
    villages: Vec<(String, String, bool)>,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn form(ctx: Ctx) -> Result<Response> {
    Ok(html(drawn(&ctx, Back::default()).await?))
}

async fn drawn(ctx: &Ctx, back: Back) -> Result<String> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "broadcast-live").await?.crumb(t.t("broadcast-menu"), WORK);
    let ticked = |code: &str| back.sent().is_some_and(|sent| sent.all("thon").any(|one| one == code));
    let village = |(code, name): (String, String)| {
        let on = ticked(&code);
        (code, name, on)
    };
    let ground = Ground::load(ctx).await?;
    ui::render(&NewPage {
        title: back.or("ten", &t.t("broadcast-live-usual")),
        villages: ground.options().into_iter().map(village).collect(),
        key: back::key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        shell: shell.crumb(t.t("broadcast-live"), ""),
    })
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let villages = sent.all("thon").map(str::parse).collect::<std::result::Result<_, _>>();
        let villages = villages.map_err(|_| Error::field("thon", "error-choose"))?;
        let one = live::prepare(&ctx, tx, sent.text("ten"), &villages).await?;
        Ok((format!("{PATH}/{}", one.id), Note::new("broadcast-live-ready")))
    };
    back::act(&ctx, &sent, rule, async |back| drawn(&ctx, back).await).await
}

#[derive(Template)]
#[template(path = "live-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    places: String,
    over: bool,
    key: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = live::find(&ctx, &ctx.app.db, id).await?;
    if one.account_id != ctx.account()? {
        return Err(Error::not_found());
    }
    let t = ctx.t();
    let shell = Shell::of(&ctx, "broadcast-live").await?.titled(&one.title);
    let shell =
        shell.crumb(t.t("broadcast-menu"), WORK).crumb(t.t("broadcast-live"), PATH).crumb(&one.title, "");
    Ok(html(ui::render(&ShowPage {
        path: format!("{PATH}/{id}"),
        places: places(&ctx, &one).await?,
        over: one.ended_at.is_some(),
        key: ctx.new_id().to_string(),
        shell,
    })?))
}

async fn places(ctx: &Ctx, one: &Live) -> Result<String> {
    let ground = Ground::load(ctx).await?;
    let ids = one.villages.split(',').filter_map(|id| id.parse().ok());
    let names: Vec<String> = ids.map(|id| ground.name(Some(id))).collect();
    Ok(if names.is_empty() { ctx.t().t("broadcast-whole") } else { names.join(", ") })
}

/// What the microphone heard since the last time.
pub(super) async fn piece(ctx: Ctx, Path(id): Path<Uuid>, body: Bytes) -> Result<Response> {
    live::piece(&ctx, id, &body).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(super) async fn stop(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        live::stop(&ctx, tx, id).await?;
        Ok((WORK.to_owned(), Note::new("broadcast-live-stopped")))
    };
    back::act(&ctx, &sent, rule, async |back| drawn(&ctx, back).await).await
}

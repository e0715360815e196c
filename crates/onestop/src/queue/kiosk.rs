//! The page at the door: one touch, one number. The desk opens it in the morning; whoever comes gives no name.

use super::line::ahead;
use super::model::State;
use super::rules::{self, Draw, today};
use super::{Settings, store, wants_piece};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Kind, Message, Result, Tx, Uuid};
use ui::{FieldErrors, Html, Shell};

/// A button of the page.
struct Group {
    key: String,
    letter: String,
    name: String,
}

#[derive(Template)]
#[template(path = "queue-kiosk.html")]
struct KioskPage {
    shell: Shell,
    groups: Vec<Group>,
    priorities: Vec<(String, String)>,
    chosen: String,
    piece: Html,
    key: String,
    errors: FieldErrors,
}

/// How many wait in each group, asked for anew while the page stands: it also keeps the session of the desk open.
#[derive(Template)]
#[template(path = "queue-kiosk-piece.html")]
struct KioskPiece {
    words: String,
    counts: Vec<(String, usize)>,
}

pub(super) async fn choose(ctx: Ctx) -> Result<Response> {
    let settings = Settings::load(&ctx)?;
    if wants_piece(&ctx) {
        return Ok(html(piece(&ctx, &settings).await?.0));
    }
    Ok(html(ui::render(&page(&ctx, "", FieldErrors::default()).await?)?))
}

async fn piece(ctx: &Ctx, settings: &Settings) -> Result<Html> {
    let day = today(ctx).await?;
    let waiting =
        |key: &str| day.iter().filter(|one| one.state == State::Waiting && one.group_key == key).count();
    let counts = settings.groups().iter().map(|group| (group.letter.clone(), waiting(&group.key))).collect();
    Ok(Html(ui::render(&KioskPiece { words: ctx.t().t("onestop-number-waiting"), counts })?))
}

async fn page(ctx: &Ctx, chosen: &str, errors: FieldErrors) -> Result<KioskPage> {
    let settings = Settings::load(ctx)?;
    let group = |group: &super::settings::Group| Group {
        key: group.key.clone(),
        letter: group.letter.clone(),
        name: group.name.of(ctx.lang).to_owned(),
    };
    Ok(KioskPage {
        shell: Shell::of(ctx, "onestop-number-draw").await?,
        groups: settings.groups().iter().map(group).collect(),
        priorities: settings.priorities(),
        chosen: chosen.to_owned(),
        piece: piece(ctx, &settings).await?,
        key: ctx.new_id().to_string(),
        errors,
    })
}

pub(super) async fn draw(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = drawn(&ctx, &tx, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = FieldErrors::from_error(&error, ctx.t());
            let page = page(&ctx, sent.text("uu-tien"), errors).await?;
            Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn drawn(ctx: &Ctx, tx: &Tx, sent: &Form) -> Result<(String, Note)> {
    let (group, priority) = (sent.text("nhom"), sent.text("uu-tien"));
    let what = Draw { id: ctx.new_id(), group, priority, due_at: None };
    let one = rules::draw(ctx, tx, what).await?;
    let note = Message::new("onestop-number-drawn").with("number", one.label.as_str());
    Ok((format!("{}/phieu", one.path()), Note::new(note)))
}

#[derive(Template)]
#[template(path = "queue-ticket.html")]
struct TicketPage {
    shell: Shell,
    label: String,
    group: String,
    day: String,
    ahead: String,
    hour: String,
    priority: bool,
    qr: Html,
}

/// The paper: 80 mm wide, or A6.
pub(super) async fn ticket(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let settings = Settings::load(&ctx)?;
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let day = store::day(&ctx, &ctx.app.db, one.day).await?;
    let t = ctx.t();
    let before = ahead(&day, &one, ctx.now, settings.priority_run());
    let url = format!("{}{}", ctx.app.config.base_url(), one.path());
    let page = TicketPage {
        shell: Shell::of(&ctx, "onestop-number-your-number").await?,
        group: settings.group_name(&one.group_key),
        day: t.moment(one.drawn_at),
        ahead: t.n("onestop-number-ahead", "count", before),
        hour: one.due_at.map(super::follow::hour).unwrap_or_default(),
        priority: !one.priority.is_empty(),
        qr: ui::qr::svg(&url, &t.s("onestop-number-qr", "number", &one.label))?,
        label: one.label,
    };
    Ok(html(ui::render(&page)?))
}

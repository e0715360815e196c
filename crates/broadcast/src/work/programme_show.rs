//! One programme: heard, reviewed, approved.

use crate::WORK;
use crate::law::{Broadcast, clock, named};
use crate::plan;
use crate::programme::{self, Form as Made, May, Programme, Ready, may, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid, files};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

struct Line {
    what: String,
    who: String,
    at: String,
    note: String,
}

#[derive(Template)]
#[template(path = "programme-show.html")]
struct ShowPage {
    shell: Shell,
    one: Programme,
    path: String,
    badge: Html,
    facts: Vec<(String, String)>,
    heard: String,
    wave: Html,
    waits: bool,
    wrong_sound: String,
    may: May,
    may_plan: bool,
    slots: Vec<(String, String, String)>,
    lines: Vec<Line>,
    keys: [String; 4],
    typed: HashMap<String, String>,
    errors: FieldErrors,
    wrong: String,
}

impl ShowPage {
    fn typed(&self, name: &str) -> String {
        self.typed.get(name).cloned().unwrap_or_default()
    }

    fn edit_path(&self) -> String {
        format!("{}/sua", self.path)
    }

    fn plan_path(&self) -> String {
        format!("{WORK}/lich/moi?chuong-trinh={}", self.one.id)
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, id).await?)?))
}

async fn page(ctx: &Ctx, id: Uuid) -> Result<ShowPage> {
    let t = ctx.t();
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let law = Broadcast::now(ctx)?;
    let events = store::events(ctx, id).await?;
    let mut people: Vec<Uuid> = events.iter().filter_map(|event| event.account_id).collect();
    people.extend([one.drafted_by, one.approved_by].into_iter().flatten());
    let names = identity::account_names(ctx, &people).await?;
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let facts = [
        (t.t("broadcast-kind"), named(&law.kind, &one.kind, ctx.lang).to_owned()),
        (t.t("broadcast-origin"), named(&law.origin, &one.origin, ctx.lang).to_owned()),
        (t.t("broadcast-language"), named(&law.language, &one.language, ctx.lang).to_owned()),
        (t.t("broadcast-form"), t.t(one.form.text_key())),
        (t.t("broadcast-address"), one.address.clone()),
        (t.t("broadcast-sound"), programme::about(ctx, &one)),
        (t.t("broadcast-writer"), name(one.drafted_by)),
        (t.t("broadcast-approved-by"), name(one.approved_by)),
        (t.t("broadcast-approved-at"), one.approved_at.map(|at| t.moment(at)).unwrap_or_default()),
        (t.t("broadcast-aired"), one.aired_at.map(|at| t.moment(at)).unwrap_or_default()),
    ];
    let line = |event: store::Event| Line {
        what: t.t(event.happened.text_key()),
        who: name(event.account_id),
        at: t.moment(event.at),
        note: event.note,
    };
    let slots = plan::store::of_programme(ctx, id).await?;
    let slots =
        slots.iter().map(|slot| (slot.path(), clock(slot.starts), super::slot::days(ctx, slot))).collect();
    let list = format!("{WORK}/chuong-trinh");
    let shell = Shell::of(ctx, "broadcast-programmes").await?.titled(&one.title);
    let shell = shell.crumb(t.t("broadcast-menu"), WORK).crumb(t.t("broadcast-programmes"), &list);
    Ok(ShowPage {
        shell: shell.crumb(&one.title, ""),
        path: one.path(),
        badge: one.state.status().badge(&t.t(one.state.text_key())),
        facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        heard: if one.file_id.is_some() { format!("{}/nghe", one.path()) } else { String::new() },
        wave: wave(&one),
        waits: one.ready == Ready::Waiting && one.form != Made::Relay,
        wrong_sound: programme::wrong(ctx, &one),
        may: may(ctx, &one),
        may_plan: ctx.may("broadcast.plan"),
        slots,
        lines: events.into_iter().map(line).collect(),
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
        typed: HashMap::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        one,
    })
}

/// The picture of the recording: a line up and down for each part.
fn wave(one: &Programme) -> Html {
    let heights: Vec<u64> =
        one.wave.as_array().into_iter().flatten().filter_map(serde_json::Value::as_u64).collect();
    if heights.is_empty() {
        return Html::default();
    }
    let stroke = |(at, height): (usize, &u64)| {
        format!("M{} {}v{}", at * 2 + 1, 50 - height.min(&100) / 2, height.max(&1))
    };
    let path: String = heights.iter().enumerate().map(stroke).collect();
    Html(format!(
        "<svg class=\"wave\" viewBox=\"0 0 {} 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>",
        heights.len() * 2
    ))
}

/// The recording, whole or the part that a player asks for.
pub(super) async fn hear(ctx: Ctx, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let file = files::find(&ctx, &ctx.app.db, one.file_id.ok_or_else(Error::not_found)?).await?;
    let bytes = files::read(&ctx, &file).await?;
    Ok(platform::http::part(&headers, &file.media_type, bytes))
}

async fn act(
    ctx: &Ctx,
    id: Uuid,
    sent: &Form,
    note: &'static str,
    rule: impl AsyncFnOnce(&Tx) -> Result<Programme>,
) -> Result<Response> {
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await.map(|one| (one.path(), Note::new(note)));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, id, sent, error).await,
    }
}

async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, platform::Kind::Invalid | platform::Kind::Conflict) {
        return Err(error);
    }
    let mut page = page(ctx, id).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    page.typed = sent.pairs().iter().cloned().collect();
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn submit(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| programme::submit(&ctx, tx, id, sent.revision()?).await;
    act(&ctx, id, &sent, "broadcast-submitted", rule).await
}

pub(super) async fn approve(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| programme::approve(&ctx, tx, id, sent.revision()?).await;
    act(&ctx, id, &sent, "broadcast-approved", rule).await
}

pub(super) async fn send_back(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| programme::send_back(&ctx, tx, id, sent.revision()?, sent.text("ly-do")).await;
    act(&ctx, id, &sent, "broadcast-returned", rule).await
}

pub(super) async fn withdraw(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule =
        async |tx: &Tx| programme::withdraw(&ctx, tx, id, sent.revision()?, sent.text("ly-do-ngung")).await;
    act(&ctx, id, &sent, "broadcast-withdrawn", rule).await
}

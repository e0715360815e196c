//! One loudspeaker cluster: how it is, what it is told to do, what it made heard.

use crate::WORK;
use crate::speaker::order::Order;
use crate::speaker::{self, Kind, Settings, Speaker, What, order, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use platform::http::{Form, Note, Start, download, html, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};
use ui::{FieldErrors, Html, Shell};
use units::place::Ground;

const LINES: i64 = 30;
const DAYS: i64 = 13;

struct Line {
    what: String,
    who: String,
    at: String,
    note: String,
}

#[derive(Template)]
#[template(path = "speaker-show.html")]
struct ShowPage {
    shell: Shell,
    one: Speaker,
    path: String,
    badge: Html,
    facts: Vec<(String, String)>,
    /// How the device is, as it told.
    state: Vec<(String, String)>,
    /// Each of the last days: date, first and last sign of life.
    days: Vec<(String, String)>,
    orders: Vec<Line>,
    lines: Vec<Line>,
    ours: bool,
    may: bool,
    keys: [String; 7],
    sent: Form,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let sent = fields(&one);
    Ok(html(ui::render(&page(&ctx, one, sent, None).await?)?))
}

fn fields(one: &Speaker) -> Form {
    let tick = |on: bool| if on { "1" } else { "" }.to_owned();
    let pairs = [
        ("theo-lich", tick(one.on_plan)),
        ("am-luong", one.volume.to_string()),
        ("am-luong-khan", one.alarm_volume.to_string()),
        ("tat-tieng", tick(one.muted)),
    ];
    Form::from_pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)))
}

async fn page(ctx: &Ctx, one: Speaker, sent: Form, wrong: Option<&Error>) -> Result<ShowPage> {
    let t = ctx.t();
    let ground = Ground::load(ctx).await?;
    let (orders, events) =
        (order::of_speaker(ctx, one.id, LINES).await?, store::events(ctx, one.id, LINES).await?);
    let mut people: Vec<Uuid> = events.iter().filter_map(|event| event.account_id).collect();
    people.extend(orders.iter().filter_map(|order| order.account_id));
    let names = identity::account_names(ctx, &people).await?;
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let facts = [
        (t.t("broadcast-speaker-kind"), t.t(one.kind.text_key())),
        (t.t("broadcast-speaker-village"), ground.name(Some(one.unit_id))),
        (t.t("broadcast-speaker-place"), one.place.clone()),
        (t.t("broadcast-speaker-horns"), t.number(one.horns)),
        (
            t.t("broadcast-speaker-watts"),
            if one.watts > 0 { format!("{} W", one.watts) } else { String::new() },
        ),
        (t.t("broadcast-speaker-model"), one.model.clone()),
        (t.t("broadcast-speaker-code"), one.vendor_code.clone()),
        (t.t("broadcast-speaker-since"), t.date(one.since_on)),
        (t.t("broadcast-speaker-until"), one.until_on.map(|until| t.date(until)).unwrap_or_default()),
    ];
    let line = |event: store::Event| Line {
        what: t.t(event.happened.text_key()),
        who: name(event.account_id),
        at: t.moment(event.at),
        note: event.note,
    };
    let told = |order: &Order| Line {
        what: t.t(order.what.text_key()),
        who: name(order.account_id),
        at: t.moment(order.at),
        note: outcome(ctx, order),
    };
    let shell = Shell::of(ctx, "broadcast-speakers").await?.titled(&one.name);
    let shell =
        shell.crumb(t.t("broadcast-menu"), WORK).crumb(t.t("broadcast-speakers"), &format!("{WORK}/loa"));
    let standing = one.standing(ctx);
    Ok(ShowPage {
        shell: shell.crumb(&one.name, ""),
        path: one.path(),
        badge: standing.status().badge(&t.t(standing.text_key())),
        facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        state: state(ctx, &one),
        days: days(ctx, one.id).await?,
        orders: orders.iter().map(told).collect(),
        lines: events.into_iter().map(line).collect(),
        ours: one.kind == Kind::Own && one.in_service(ctx.today()),
        may: ctx.may("broadcast.speaker") && one.until_on.is_none(),
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
        errors: wrong.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong
            .filter(|error| error.fields.is_empty())
            .map(|error| error.message.text(t))
            .unwrap_or_default(),
        sent,
        one,
    })
}

/// What became of an order.
fn outcome(ctx: &Ctx, one: &Order) -> String {
    let t = ctx.t();
    match one.outcome.as_str() {
        "" if one.sent_at.is_none() => t.t("broadcast-outcome-waiting"),
        "" => t.t("broadcast-outcome-sent"),
        known @ ("done" | "late" | "unable") => t.t(&format!("broadcast-outcome-{known}")),
        other => other.to_owned(),
    }
}

fn state(ctx: &Ctx, one: &Speaker) -> Vec<(String, String)> {
    let t = ctx.t();
    let Some(status) = one.status() else { return Vec::new() };
    let mode = serde_json::to_value(status.mode).ok().and_then(|mode| mode.as_str().map(str::to_owned));
    let mode = mode.map(|mode| t.t(&format!("broadcast-mode-{mode}"))).unwrap_or_default();
    let rows = [
        ("broadcast-speaker-heard", one.heard_at.map(|at| t.moment(at)).unwrap_or_default()),
        ("broadcast-speaker-plays", mode),
        ("broadcast-speaker-volume", format!("{} %", status.volume)),
        ("broadcast-speaker-signal", status.signal.map(|dbm| format!("{dbm} dBm")).unwrap_or_default()),
        (
            "broadcast-speaker-temperature",
            status
                .temperature
                .map(|degrees| format!("{} °C", t.decimal(f64::from(degrees), 1)))
                .unwrap_or_default(),
        ),
        ("broadcast-speaker-firmware", status.firmware),
        ("broadcast-speaker-clips", t.number(i64::from(status.clips))),
        (
            "broadcast-speaker-refused",
            if status.refused > 0 { t.number(i64::from(status.refused)) } else { String::new() },
        ),
        ("broadcast-speaker-clock", status.clock.map(|off| format!("{off} ms")).unwrap_or_default()),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (t.t(key), value)).collect()
}

async fn days(ctx: &Ctx, id: Uuid) -> Result<Vec<(String, String)>> {
    let t = ctx.t();
    let found = store::days(ctx, ctx.today() - Duration::days(DAYS), ctx.today()).await?;
    let time = |at: chrono::DateTime<chrono::Utc>| {
        at.with_timezone(&platform::clock::vietnam()).format("%H:%M").to_string()
    };
    let line = |one: &store::Day| (t.date(one.day), format!("{}–{}", time(one.first_at), time(one.last_at)));
    Ok(found.iter().filter(|one| one.speaker_id == id).map(line).collect())
}

async fn act(
    ctx: &Ctx,
    id: Uuid,
    sent: &Form,
    note: &'static str,
    rule: impl AsyncFnOnce(&Tx) -> Result<()>,
) -> Result<Response> {
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await.map(|()| (format!("{WORK}/loa/{id}"), Note::new(note)));
    let error = match settle(ctx, key, tx, done).await? {
        Ok(answer) => return Ok(answer),
        Err(error) if matches!(error.kind, platform::Kind::Invalid | platform::Kind::Conflict) => error,
        Err(error) => return Err(error),
    };
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let typed = if sent.some("am-luong").is_some() { sent.clone() } else { fields(&one) };
    let page = page(ctx, one, typed, Some(&error)).await?;
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn set(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let settings = Settings {
            on_plan: sent.ticked("theo-lich"),
            muted: sent.ticked("tat-tieng"),
            volume: sent.whole("am-luong")?.unwrap_or(-1),
            alarm_volume: sent.whole("am-luong-khan")?.unwrap_or(-1),
        };
        speaker::set(&ctx, tx, id, sent.revision()?, settings).await.map(drop)
    };
    act(&ctx, id, &sent, "broadcast-speaker-set", rule).await
}

pub(super) async fn order(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let what = What::parse(sent.text("lenh")).filter(|what| *what != What::Alarm);
        speaker::give(&ctx, tx, &[id], what.ok_or_else(|| Error::field("lenh", "error-choose"))?).await
    };
    act(&ctx, id, &sent, "broadcast-speaker-ordered", rule).await
}

pub(super) async fn renew(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| speaker::renew(&ctx, tx, id, sent.revision()?).await.map(drop);
    act(&ctx, id, &sent, "broadcast-speaker-renewed", rule).await
}

pub(super) async fn retire(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule =
        async |tx: &Tx| speaker::retire(&ctx, tx, id, sent.revision()?, sent.text("ly-do")).await.map(drop);
    act(&ctx, id, &sent, "broadcast-speaker-retired", rule).await
}

/// The file that the device is set up with.
pub(super) async fn config(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let (_, text) = speaker::config_file(&ctx, id).await?;
    Ok(download("speaker.toml", "application/toml", text.into_bytes()))
}

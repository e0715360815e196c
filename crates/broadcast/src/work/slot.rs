//! The form of a line of the plan, and its days off.

use crate::WORK;
use crate::law::clock;
use crate::plan::{self, Draft, Slot, store};
use crate::programme::{self, State};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Shell};
use units::place::Ground;

/// Programmes in the choice at most.
const PROGRAMMES: i64 = 300;

struct Tick {
    code: String,
    name: String,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "slot-edit.html")]
struct EditPage {
    shell: Shell,
    action: String,
    back: String,
    sent: Form,
    programmes: Vec<(String, String)>,
    weekdays: Vec<Tick>,
    villages: Vec<Tick>,
    /// The day from whose column the form was opened, as people read it; and whether the line is off on it.
    day: String,
    day_shown: String,
    off: Option<String>,
    keys: [String; 3],
    revision: String,
    errors: FieldErrors,
    wrong: String,
}

/// `T2, T4` from a day to a day, or the one day.
pub(super) fn days(ctx: &Ctx, slot: &Slot) -> String {
    let t = ctx.t();
    let from = t.date(slot.from_on);
    if slot.once() {
        return from;
    }
    let names = (0..7).filter(|day| slot.weekdays >> day & 1 == 1);
    let names: Vec<String> = names.map(|day| t.t(&format!("broadcast-weekday-{}", day + 1))).collect();
    let week = if names.len() == 7 { t.t("broadcast-every-day") } else { names.join(", ") };
    match slot.to_on {
        Some(to) => t.a(
            "broadcast-days-until",
            &[("week", week.into()), ("from", from.into()), ("to", t.date(to).into())],
        ),
        None => t.a("broadcast-days-from", &[("week", week.into()), ("from", from.into())]),
    }
}

fn fields(slot: &Slot) -> Form {
    let mut pairs = vec![
        ("chuong-trinh", slot.programme_id.to_string()),
        ("gio", clock(slot.starts)),
        ("tu-ngay", slot.from_on.format("%d/%m/%Y").to_string()),
        ("uu-tien", if slot.priority { "1".to_owned() } else { String::new() }),
    ];
    if slot.length % 60 == 0 {
        pairs.push(("so-phut", (slot.length / 60).to_string()));
    }
    if !slot.once() {
        pairs.push(("den-ngay", slot.to_on.map(|to| to.format("%d/%m/%Y").to_string()).unwrap_or_default()));
        pairs.extend(
            (0..7).filter(|day| slot.weekdays >> day & 1 == 1).map(|day| ("thu", (day + 1).to_string())),
        );
    }
    pairs.extend(slot.villages().into_iter().map(|id| ("thon", id.to_string())));
    Form::from_pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)))
}

fn draft(sent: &Form) -> Result<Draft> {
    let villages = sent.all("thon").map(str::parse).collect::<std::result::Result<_, _>>();
    Ok(Draft {
        programme: sent.id("chuong-trinh")?,
        from_on: sent.date("tu-ngay")?,
        to_on: sent.date("den-ngay")?,
        weekdays: sent.all("thu").filter_map(|day| day.parse().ok()).collect(),
        starts: sent.text("gio").to_owned(),
        minutes: sent.whole("so-phut")?,
        villages: villages.map_err(|_| Error::field("thon", "error-choose"))?,
        priority: sent.ticked("uu-tien"),
    })
}

async fn page(
    ctx: &Ctx,
    slot: Option<&Slot>,
    sent: Form,
    day: Option<NaiveDate>,
    wrong: Option<&Error>,
) -> Result<String> {
    let t = ctx.t();
    let list = format!("{WORK}/lich");
    let title = if slot.is_some() { "broadcast-slot" } else { "broadcast-slot-new" };
    let shell = Shell::of(ctx, title).await?.crumb(t.t("broadcast-menu"), WORK);
    let shell = shell.crumb(t.t("broadcast-plan"), &list).crumb(t.t(title), "");
    let label = |one: &programme::Programme| match one.state {
        State::Approved => one.title.clone(),
        state => format!("{} ({})", one.title, t.t(state.text_key())),
    };
    let programmes = programme::store::plannable(ctx, PROGRAMMES).await?;
    let ground = Ground::load(ctx).await?;
    let ticked = |field: &str, code: &str| sent.all(field).any(|one| one == code);
    let weekday = |day: i32| Tick {
        name: t.t(&format!("broadcast-weekday-{day}")),
        ticked: ticked("thu", &day.to_string()),
        code: day.to_string(),
    };
    let village = |(code, name): (String, String)| Tick { ticked: ticked("thon", &code), code, name };
    let day = day.filter(|day| slot.is_some_and(|slot| slot.on(*day)));
    let skips = match (slot, day) {
        (Some(slot), Some(day)) => {
            store::skips(ctx, &ctx.app.db, std::slice::from_ref(slot), day, day).await?
        }
        _ => Vec::new(),
    };
    ui::render(&EditPage {
        shell,
        action: slot.map_or_else(|| format!("{list}/moi"), Slot::path),
        back: list,
        programmes: programmes.iter().map(|one| (one.id.to_string(), label(one))).collect(),
        weekdays: (1..=7).map(weekday).collect(),
        villages: ground.options().into_iter().map(village).collect(),
        day: day.map(|day| day.to_string()).unwrap_or_default(),
        day_shown: day.map(|day| t.date(day)).unwrap_or_default(),
        off: skips.into_iter().next().map(|skip| skip.reason),
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
        revision: slot.map(|slot| slot.revision.to_string()).unwrap_or_default(),
        errors: wrong.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong
            .filter(|error| error.fields.is_empty())
            .map(|error| error.message.text(t))
            .unwrap_or_default(),
        sent,
    })
}

pub(super) async fn new(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let day = query.get("ngay").and_then(|day| day.parse::<NaiveDate>().ok()).unwrap_or(ctx.today());
    let mut pairs = vec![("tu-ngay".to_owned(), day.max(ctx.today()).format("%d/%m/%Y").to_string())];
    pairs.extend(query.get("chuong-trinh").map(|id| ("chuong-trinh".to_owned(), id.clone())));
    Ok(html(page(&ctx, None, Form::from_pairs(pairs), None, None).await?))
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    let draft = match draft(&sent) {
        Ok(draft) => draft,
        Err(error) => return again(&ctx, None, sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done =
        plan::add(&ctx, &tx, &draft).await.map(|one| (week_of(one.from_on), Note::new("broadcast-planned")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, None, sent, error).await,
    }
}

fn week_of(day: NaiveDate) -> String {
    format!("{WORK}/lich?ngay={day}")
}

pub(super) async fn form(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let slot = store::find(&ctx, &ctx.app.db, id).await?;
    let day = query.get("ngay").and_then(|day| day.parse().ok());
    Ok(html(page(&ctx, Some(&slot), fields(&slot), day, None).await?))
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        plan::change(&ctx, tx, id, sent.revision()?, &draft(&sent)?).await.map(|one| one.from_on)
    };
    act(&ctx, id, &sent, "broadcast-plan-saved", rule).await
}

/// Not on this day, or on it after all.
pub(super) async fn skip(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let day: NaiveDate = sent.text("ngay").parse().map_err(|_| Error::field("ngay", "error-choose"))?;
        let reason = (sent.text("lam") != "co").then(|| sent.text("ly-do"));
        plan::skip(&ctx, tx, id, day, reason).await.map(|()| day)
    };
    let note = if sent.text("lam") == "co" { "broadcast-unskipped" } else { "broadcast-skipped" };
    act(&ctx, id, &sent, note, rule).await
}

pub(super) async fn remove(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| plan::remove(&ctx, tx, id, sent.revision()?).await.map(|()| ctx.today());
    act(&ctx, id, &sent, "broadcast-removed", rule).await
}

async fn act(
    ctx: &Ctx,
    id: Uuid,
    sent: &Form,
    note: &'static str,
    rule: impl AsyncFnOnce(&Tx) -> Result<NaiveDate>,
) -> Result<Response> {
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await.map(|day| (week_of(day), Note::new(note)));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, Some(id), sent.clone(), error).await,
    }
}

async fn again(ctx: &Ctx, id: Option<Uuid>, sent: Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, platform::Kind::Invalid | platform::Kind::Conflict) {
        return Err(error);
    }
    let slot = match id {
        Some(id) => Some(store::find(ctx, &ctx.app.db, id).await?),
        None => None,
    };
    let day = sent.some("ngay").and_then(|day| day.parse().ok());
    // The forms of a day off hold none of the fields.
    let typed = if sent.some("gio").is_some() || slot.is_none() {
        sent
    } else {
        slot.as_ref().map(fields).unwrap_or_default()
    };
    let page = page(ctx, slot.as_ref(), typed, day, Some(&error)).await?;
    Ok((error.kind.status(), html(page)).into_response())
}

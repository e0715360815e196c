//! The form of a meeting: what, when, where, who.

use super::back::{Back, act, again, ids, key};
use super::rules::{self, Calling};
use super::{PATH, people, store};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use chrono::{DateTime, Utc};
use platform::clock::{local_date, vietnam};
use platform::http::{Form, html};
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashSet;
use ui::{FieldErrors, Shell};

/// Somebody who may be ticked.
struct Ticked {
    id: String,
    name: String,
    role: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "meeting-edit.html")]
struct EditPage {
    shell: Shell,
    action: String,
    back: String,
    title: String,
    about: String,
    day: String,
    from: String,
    until: String,
    place: String,
    video_url: String,
    chair: String,
    chairs: Vec<(String, String)>,
    writer: String,
    writers: Vec<(String, String)>,
    staff: Vec<Ticked>,
    heads: Vec<Ticked>,
    all_heads: bool,
    /// Those who are invited learn of a change.
    told: bool,
    key: String,
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn new(ctx: Ctx) -> Result<Response> {
    Ok(html(page(&ctx, None, Back::default()).await?))
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(page(&ctx, Some(id), Back::default()).await?))
}

pub(super) fn hour(at: DateTime<Utc>) -> String {
    at.with_timezone(&vietnam()).format("%H:%M").to_string()
}

async fn page(ctx: &Ctx, id: Option<Uuid>, back: Back) -> Result<String> {
    let t = ctx.t();
    let one = match id {
        Some(id) => Some(store::find(ctx, &ctx.app.db, id).await?),
        None => None,
    };
    if one.as_ref().is_some_and(|one| !ctx.account().is_ok_and(|me| one.keeps(me))) {
        return Err(Error::forbidden());
    }
    let heading = if one.is_some() { "office-meeting-change" } else { "office-meeting-new" };
    let shell = Shell::of(ctx, heading).await?.crumb(t.t("office-meeting-menu"), PATH);
    let shell = match &one {
        Some(one) => shell.crumb(&one.title, &one.path()).crumb(t.t(heading), ""),
        None => shell.crumb(t.t(heading), ""),
    };
    let people = people::all(ctx).await?;
    let on: HashSet<String> = match (back.sent(), &one) {
        (Some(sent), _) => sent.all("khach").map(str::to_owned).collect(),
        (None, Some(one)) => {
            let guests = store::guests(ctx, &ctx.app.db, one.id).await?;
            guests.into_iter().map(|guest| guest.account_id.to_string()).collect()
        }
        (None, None) => HashSet::new(),
    };
    let options = |able: fn(&people::Person) -> bool| {
        let able = people.iter().filter(|one| able(one));
        able.map(|one| (one.id.to_string(), format!("{} ({})", one.name, one.role))).collect::<Vec<_>>()
    };
    let ticked = |of_village: bool| {
        let these = people.iter().filter(|one| one.of_village == of_village);
        these
            .map(|one| Ticked {
                id: one.id.to_string(),
                name: one.name.clone(),
                role: one.role.clone(),
                on: on.contains(&one.id.to_string()),
            })
            .collect::<Vec<_>>()
    };
    let id_of = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let known = |value: Option<String>| value.unwrap_or_default();
    let own = ctx.account().ok().filter(|me| people.iter().any(|one| one.id == *me && one.may_write));
    let of = one.as_ref();
    ui::render(&EditPage {
        action: of.map_or_else(|| format!("{PATH}/moi"), |one| format!("{}/sua", one.path())),
        back: of.map_or_else(|| PATH.to_owned(), |one| one.path()),
        title: back.or("ten", &known(of.map(|one| one.title.clone()))),
        about: back.or("noi-dung", &known(of.map(|one| one.about.clone()))),
        day: back.or("ngay", &known(of.map(|one| vntext::date(local_date(one.starts_at))))),
        from: back.or("gio", &known(of.map(|one| hour(one.starts_at)))),
        until: back.or("den-gio", &known(of.map(|one| hour(one.ends_at)))),
        place: back.or("phong", &known(of.map(|one| one.place.clone()))),
        video_url: back.or("hop-truc-tuyen", &known(of.map(|one| one.video_url.clone()))),
        chair: back.or("chu-tri", &id_of(of.map(|one| one.chair_id))),
        chairs: options(|one| one.may_chair),
        writer: back.or("thu-ky", &id_of(of.map_or(own, |one| Some(one.writer_id)))),
        writers: options(|one| one.may_write),
        staff: ticked(false),
        heads: ticked(true),
        all_heads: back.sent().is_some_and(|sent| sent.ticked("ca-truong-thon")),
        told: of.is_some_and(|one| one.state != super::model::State::Draft),
        key: key(ctx),
        revision: of.map_or(0, |one| one.revision),
        errors: back.errors,
        wrong: back.wrong,
        shell,
    })
}

fn read(sent: &Form) -> Result<Calling> {
    let text = |name: &str| sent.text(name).to_owned();
    Ok(Calling {
        title: text("ten"),
        about: text("noi-dung"),
        day: sent.date("ngay")?,
        from: text("gio"),
        until: text("den-gio"),
        place: text("phong"),
        video_url: text("hop-truc-tuyen"),
        chair: sent.id("chu-tri")?,
        writer: sent.id("thu-ky")?,
        guests: ids(sent, "khach")?,
        all_heads: sent.ticked("ca-truong-thon"),
    })
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    written(&ctx, None, &sent).await
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    written(&ctx, Some(id), &sent).await
}

async fn written(ctx: &Ctx, id: Option<Uuid>, sent: &Form) -> Result<Response> {
    let draw = async |back: Back| page(ctx, id, back).await;
    let read = read(sent).and_then(|calling| Ok((calling, id.map(|_| sent.revision()).transpose()?)));
    let (calling, revision) = match read {
        Ok(read) => read,
        Err(error) => return again(ctx, sent, error, draw).await,
    };
    let rule = async |tx: &platform::Tx| Ok(rules::keep(ctx, tx, id.zip(revision), &calling).await?.path());
    act(ctx, sent, "office-meeting-kept", rule, draw).await
}

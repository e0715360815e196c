//! Calling a meeting and closing it: the forms, and the minutes on paper.

use super::model::{Meeting, Rule};
use super::rules::{self, Calling, Closing};
use super::{counted, found, pages, path, store};
use crate::back::{self, Back, act, again, key};
use crate::book::{self, Tab};
use crate::place;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, html};
use platform::{Ctx, Message, Result, Tx, Uuid};
use ui::{FieldErrors, Shell};
use units::Unit;

#[derive(Template)]
#[template(path = "meeting-call.html")]
struct CallPage {
    shell: Shell,
    action: String,
    back: String,
    title: String,
    day: String,
    hour: String,
    place: String,
    agenda: String,
    invite: bool,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn call_form(ctx: Ctx, Path(village): Path<Uuid>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    Ok(html(call_page(&ctx, &village, Back::default()).await?))
}

async fn call_page(ctx: &Ctx, village: &Unit, back: Back) -> Result<String> {
    let list = book::path(village.id, Tab::Meetings);
    let fresh = back.fresh();
    ui::render(&CallPage {
        shell: book::inner(ctx, village, Tab::Meetings, "village-meeting-new").await?,
        action: format!("{list}/moi"),
        title: back.or("ten", ""),
        day: back.or("ngay", ""),
        hour: back.or("gio", ""),
        place: back.or("noi", &ctx.t().t("village-meeting-place-usual")),
        agenda: back.or("chuong-trinh", ""),
        invite: fresh || back.or("moi", "") == "1",
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        back: list,
    })
}

pub(super) async fn call(ctx: Ctx, Path(village): Path<Uuid>, sent: Form) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let draw = async |back: Back| call_page(&ctx, &village, back).await;
    let text = |name: &str| sent.text(name).to_owned();
    let rule = async |tx: &Tx| {
        let calling = Calling {
            title: text("ten"),
            day: sent.date("ngay")?,
            hour: text("gio"),
            place: text("noi"),
            agenda: text("chuong-trinh"),
            invite: sent.ticked("moi"),
        };
        let one = rules::call(&ctx, tx, &village, calling).await?;
        let said = if one.notice_id.is_some() { "village-meeting-invited" } else { "village-meeting-kept" };
        Ok((path(village.id, one.id), Note::new(said)))
    };
    act(&ctx, &sent, rule, draw).await
}

#[derive(Template)]
#[template(path = "meeting-close.html")]
struct ClosePage {
    shell: Shell,
    action: String,
    back: String,
    minutes: String,
    decisions: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn close_form(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let (village, one) = found(&ctx, village, id).await?;
    Ok(html(close_page(&ctx, &village, &one, Back::default()).await?))
}

/// What the minutes begin with, from what happened.
async fn begun(ctx: &Ctx, village: &Unit, one: &Meeting) -> Result<String> {
    let t = ctx.t();
    let votes = store::votes(ctx, &ctx.app.db, one.id).await?;
    let line = |vote: &super::Vote| {
        let numbers = [
            ("name", vote.question.as_str().into()),
            ("yes", t.number(vote.yes).into()),
            ("no", t.number(vote.no).into()),
            ("other", t.number(vote.abstain).into()),
        ];
        t.a("village-minutes-vote", &numbers)
    };
    let votes: Vec<String> = votes.iter().map(line).collect();
    let filled = [
        ("hour", one.hour.clone()),
        ("day", t.date(one.day)),
        ("place", one.place.clone()),
        ("village", village.name.clone()),
        ("present", t.number(store::present(ctx, &ctx.app.db, one.id).await?)),
        ("homes", t.number(pages::homes(ctx, village.id).await?)),
        ("agenda", one.agenda.clone()),
        ("votes", votes.join("\n")),
    ];
    Ok(Rule::on(ctx, one.day)?.minutes(&filled))
}

async fn close_page(ctx: &Ctx, village: &Unit, one: &Meeting, back: Back) -> Result<String> {
    let own = path(village.id, one.id);
    ui::render(&ClosePage {
        shell: book::inner(ctx, village, Tab::Meetings, "village-minutes").await?,
        action: format!("{own}/bien-ban"),
        minutes: back.or("bien-ban", &begun(ctx, village, one).await?),
        decisions: back.or("ket-luan", ""),
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        back: own,
    })
}

pub(super) async fn close(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let (village, one) = found(&ctx, village, id).await?;
    let draw = async |back: Back| close_page(&ctx, &village, &one, back).await;
    let photo = match back::picture(&ctx, &sent, "anh").await {
        Ok(photo) => photo,
        Err(error) => return again(&ctx, &sent, error, draw).await,
    };
    let homes = pages::homes(&ctx, village.id).await?;
    let rule = async |tx: &Tx| {
        let closing = Closing {
            minutes: sent.text("bien-ban").to_owned(),
            decisions: sent.text("ket-luan").to_owned(),
            photo,
        };
        let done = rules::close(&ctx, tx, one.clone(), homes, closing).await?;
        let said = Message::new("village-meeting-done").with("count", done.present);
        Ok((path(village.id, done.id), Note::new(said)))
    };
    act(&ctx, &sent, rule, draw).await
}

#[derive(Template)]
#[template(path = "meeting-paper.html")]
struct SheetPage {
    shell: Shell,
    village: String,
    day: String,
    title: String,
    minutes: String,
    decisions: String,
    votes: Vec<super::Counted>,
}

/// The minutes, to be signed.
pub(super) async fn sheet(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let (village, one) = found(&ctx, village, id).await?;
    let votes = store::votes(&ctx, &ctx.app.db, one.id).await?;
    let minutes =
        if one.minutes.is_empty() { begun(&ctx, &village, &one).await? } else { one.minutes.clone() };
    Ok(html(ui::render(&SheetPage {
        shell: book::inner(&ctx, &village, Tab::Meetings, "village-minutes").await?,
        votes: counted(&ctx, &one, &votes, "")?,
        village: village.name,
        day: ctx.t().date(one.day),
        title: one.title,
        decisions: one.decisions,
        minutes,
    })?))
}

pub(super) async fn photo(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let (_, one) = found(&ctx, village, id).await?;
    back::shown(&ctx, one.file_id).await
}

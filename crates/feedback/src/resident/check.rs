//! What is asked before a report goes out: is it there already, is the place right, is it an accusation.

use super::show::{Line, line, own};
use crate::kinds::{Kinds, Way};
use crate::model::{Report, State};
use crate::send::{self, Questions};
use crate::store;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Note, Start, html, see_other, settle, start};
use platform::{Ctx, Error, Result};
use std::collections::HashMap;
use ui::Shell;
use units::place::{Ground, Point};

#[derive(Template)]
#[template(path = "report-check.html")]
struct CheckPage {
    shell: Shell,
    action: String,
    follow: String,
    key: String,
    own: Line,
    same: Vec<Line>,
    outside: bool,
    villages: Vec<(String, String)>,
    lawful: String,
    /// `denunciation` or `complaint`, as it seems.
    way: &'static str,
}

fn word(way: Way) -> &'static str {
    match way {
        Way::Denunciation => "denunciation",
        Way::Complaint => "complaint",
    }
}

/// The page on which a sender answers.
pub(super) async fn page(ctx: &Ctx, report: &Report, follow: &str) -> Result<Response> {
    let Questions { same, outside, lawful } = send::questions(ctx, &ctx.app.db, report).await?;
    let t = ctx.t();
    let shell = Shell::public(ctx, "feedback-check").await?;
    let shell = shell.crumb(t.t("feedback-title"), "/phan-anh").crumb(t.t("feedback-check"), "");
    let kinds = Kinds::load(ctx)?;
    let mut lines = Vec::new();
    for (other, metres) in &same {
        let mut one = line(ctx, other, "").await?;
        if !other.shown {
            // Nobody has looked at it yet: only that it is there.
            (one.picture, one.words, one.url) = (String::new(), String::new(), String::new());
        }
        one.metres = t.n("feedback-metres", "count", metres.round() as i64);
        one.id = other.id.to_string();
        lines.push(one);
    }
    let page = CheckPage {
        action: format!("{}/xem-lai", report.path()),
        follow: follow.to_owned(),
        key: ctx.new_id().to_string(),
        own: line(ctx, report, follow).await?,
        same: lines,
        outside,
        villages: Ground::load(ctx).await?.options(),
        lawful: if lawful.is_some() { kinds.lawful_about(ctx.lang).to_owned() } else { String::new() },
        way: lawful.map(word).unwrap_or_default(),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

pub(super) async fn answer(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let follow = sent.text("ma").to_owned();
    let report = store::by_code(&ctx, &ctx.app.db, &code).await?;
    if !own(&ctx, &report, &follow)? {
        return Err(Error::not_found());
    }
    let ctx = if report.account_id.is_none() { crate::tell::nameless(&ctx) } else { ctx };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let mut report = store::find(&ctx, &tx, report.id).await?;
    let back = super::show::own_address(&report, &follow);
    if report.state != State::Held {
        tx.rollback().await?;
        return Ok(see_other(&back));
    }
    let done = answered(&ctx, &tx, &mut report, &sent, &back).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => Err(error),
    }
}

async fn answered(
    ctx: &Ctx,
    tx: &platform::Tx,
    report: &mut Report,
    sent: &Form,
    back: &str,
) -> Result<(String, Note)> {
    if let Some(other) = sent.id("chung")? {
        let other = send::join(ctx, tx, report, other).await?;
        let to = if other.shown { other.path() } else { "/phan-anh".to_owned() };
        return Ok((to, Note::new("feedback-joined")));
    }
    if let Some(village) = sent.id("thon")? {
        let ground = Ground::load(ctx).await?;
        report.village_id =
            Some(ground.find(village).ok_or_else(|| Error::field("thon", "feedback-village-wrong"))?.id);
    }
    report.outside = send::questions(ctx, tx, report).await?.outside;
    let way = match sent.text("cach") {
        "denunciation" => Some(Way::Denunciation),
        "complaint" => Some(Way::Complaint),
        _ => None,
    };
    send::release(ctx, tx, report, way).await?;
    Ok((back.to_owned(), Note::new("feedback-sent")))
}

#[derive(Template)]
#[template(path = "report-near.html")]
struct NearPage {
    t: platform::T,
    lines: Vec<Line>,
}

/// Open reports around a place, while the form is still being filled in: a piece of page.
pub(super) async fn near(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", String::as_str);
    let mut lines = Vec::new();
    if let Some(point) = Point::parse(text("vi-do"), text("kinh-do"))? {
        for (other, metres) in send::nearby(&ctx, &ctx.app.db, point, text("loai")).await? {
            if other.shown {
                let mut one = line(&ctx, &other, "").await?;
                one.metres = ctx.t().n("feedback-metres", "count", metres.round() as i64);
                lines.push(one);
            }
        }
    }
    Ok(html(ui::render(&NearPage { t: ctx.t(), lines })?))
}

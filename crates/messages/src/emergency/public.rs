//! What everybody reads: a notice, and all that there were.

use super::PUBLIC;
use super::model::Emergency;
use super::store;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;
use ui::{Html, Shell};

const SHOWN: i64 = 30;

struct Line {
    url: String,
    title: String,
    when: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "emergency-public-list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    after: String,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let after = query.get("sau").and_then(|text| text.parse().ok());
    let mut rows = store::list(&ctx, true, after, SHOWN + 1).await?;
    let more = rows.len() > SHOWN as usize;
    rows.truncate(SHOWN as usize);
    let next = rows.last().filter(|_| more).map(|one| format!("{PUBLIC}?sau={}", one.id));
    let line = |one: &Emergency| Line {
        url: one.public_path(),
        title: one.words(ctx.lang).0.to_owned(),
        when: one.published_at.map(|at| t.moment(at)).unwrap_or_default(),
        badge: badge(&ctx, one),
    };
    let page = ListPage {
        shell: Shell::public(&ctx, "emergency-title").await?,
        lines: rows.iter().map(line).collect(),
        after: next.unwrap_or_default(),
    };
    Ok(html(ui::render(&page)?))
}

pub(super) fn badge(ctx: &Ctx, one: &Emergency) -> Html {
    let standing = one.standing(ctx);
    standing.status().badge(&ctx.t().t(standing.text_key()))
}

#[derive(Template)]
#[template(path = "emergency-public.html")]
struct ShowPage {
    shell: Shell,
    badge: Html,
    body: String,
    lang: &'static str,
    correction: String,
    correction_lang: &'static str,
    facts: Vec<(String, String)>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let published = one.published_at.ok_or_else(Error::not_found)?;
    let t = ctx.t();
    let (title, body, lang) = one.words(ctx.lang);
    let (correction, correction_lang) = one.correction(ctx.lang);
    let shell = Shell::public(&ctx, title).await?;
    let shell = shell.crumb(t.t("emergency-title"), PUBLIC).crumb(title, "");
    let mut facts =
        vec![(t.t("emergency-from"), t.moment(published)), (t.t("emergency-until"), t.moment(one.ends_at))];
    facts.extend(one.taken_at.map(|at| (t.t("emergency-taken-at"), t.moment(at))));
    let page = ShowPage {
        badge: badge(&ctx, &one),
        body: body.to_owned(),
        lang: lang.code(),
        correction: correction.to_owned(),
        correction_lang: correction_lang.code(),
        facts,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

//! What everybody sees: all that is asked, and a village's own part on its page.

use super::desk::Places;
use super::model::{Matter, PATH, Standing, State};
use super::store::{self, Filter};
use crate::who;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Error, Result, Uuid};
use registry::VillagePanel;
use std::collections::HashMap;
use ui::{Html, Shell};

const OPEN: i64 = 100;
const OVER: i64 = 50;
const ON_PANEL: i64 = 5;

struct Line {
    url: String,
    title: String,
    about: String,
    badge: Html,
    icon: &'static str,
}

async fn lines(ctx: &Ctx, found: &[Matter]) -> Result<Vec<Line>> {
    let t = ctx.t();
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let places = Places::load(ctx, &ids).await?;
    let line = |one: &Matter| Line {
        url: one.path(),
        title: one.title.clone(),
        about: format!("{} · {} · {}", t.t(one.kind.text_key()), places.words(ctx, one.id), one.days(t)),
        badge: one.badge(t, ctx.today()),
        icon: match one.kind {
            super::Kind::Poll => "list-checks",
            super::Kind::Draft => "file-text",
            super::Kind::Works => "vote",
        },
    };
    Ok(found.iter().map(line).collect())
}

#[derive(Template)]
#[template(path = "ask-list.html")]
struct ListPage {
    shell: Shell,
    open: Vec<Line>,
    over: Vec<Line>,
    tabs: Vec<(String, String)>,
    here: String,
}

pub(super) async fn list(ctx: Ctx, Query(asked): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let own = who::me(&ctx).await?.map(|me| me.village).filter(|_| asked.contains_key("thon-toi"));
    let of = |open: bool| Filter { open, over: !open, village: own, ..Filter::default() };
    let open = store::list(&ctx, &who::whole(&ctx).scope, &of(true), OPEN).await?;
    let over = store::list(&ctx, &who::whole(&ctx).scope, &of(false), OVER).await?;
    let mine = format!("{PATH}?thon-toi");
    let tabs = match who::me(&ctx).await? {
        Some(_) => vec![(PATH.to_owned(), t.t("ask-all")), (mine.clone(), t.t("ask-my-village"))],
        None => Vec::new(),
    };
    let page = ListPage {
        open: lines(&ctx, &open).await?,
        over: lines(&ctx, &over).await?,
        shell: Shell::public(&ctx, "ask").await?.crumb(t.t("ask-home"), "/").crumb(t.t("ask"), ""),
        here: if own.is_some() { mine } else { PATH.to_owned() },
        tabs,
    };
    Ok(html(ui::render(&page)?))
}

/// What stands above the public page of one matter.
pub(crate) struct Head {
    pub badge: Html,
    pub when: String,
    pub paragraphs: Vec<String>,
    /// Only those who prepare it see it.
    pub preview: bool,
    /// Why it was cancelled.
    pub gone: String,
    pub sign_in: String,
}

/// The frame of the public page.
///
/// # Errors
/// Not found for what is prepared, but for those who prepare it.
pub(crate) async fn head(ctx: &Ctx, one: &Matter) -> Result<(Shell, Head)> {
    let t = ctx.t();
    let villages = store::villages_of(ctx, &ctx.app.db, one.id).await?;
    let scope = ctx.scope_of("ask.show");
    let own = scope.whole() || villages.iter().any(|village| scope.covers("village", *village));
    if one.state == State::Preparing && !own {
        return Err(Error::not_found());
    }
    let places = Places::load(ctx, &[one.id]).await?;
    let shell = Shell::public(ctx, &one.title).await?.crumb(t.t("ask-home"), "/").crumb(t.t("ask"), PATH);
    let head = Head {
        badge: one.badge(t, ctx.today()),
        when: format!("{} · {} · {}", t.t(one.kind.text_key()), places.words(ctx, one.id), one.days(t)),
        paragraphs: one.about.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        preview: one.standing(ctx.today()) == Standing::Preparing,
        gone: if one.state == State::Cancelled { one.why.clone() } else { String::new() },
        sign_in: if ctx.actor.is_none() { format!("/dang-nhap?tiep={}", one.path()) } else { String::new() },
    };
    Ok((shell.crumb(one.title.clone(), ""), head))
}

#[derive(Template)]
#[template(path = "ask-panel.html")]
struct Panel {
    shell: Shell,
    lines: Vec<Line>,
}

/// What the village is asked now, and what it chose last.
pub(crate) fn panel() -> VillagePanel {
    VillagePanel {
        order: 15,
        draw: |ctx, village| {
            Box::pin(async move {
                let scope = who::whole(ctx).scope;
                let filter = Filter { village: Some(village.id), ..Filter::default() };
                let found = store::list(ctx, &scope, &filter, ON_PANEL).await?;
                if found.is_empty() {
                    return Ok(None);
                }
                let lines = lines(ctx, &found).await?;
                let panel = Panel { shell: Shell::new(ctx.t(), ctx.path.as_str(), ""), lines };
                Ok(Some(Html(ui::render(&panel)?)))
            })
        },
    }
}

//! The frame of the head's book: the villages, the first page of one, tabs.

use crate::{fund, meeting, notice, place, smart};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::area::get;
use platform::http::{Form, Note, Start, html, see_other, settle, start};
use platform::{Ctx, Result, Route, Tx, Uuid};
use ui::{Html, Shell, Table};
use units::Unit;

pub(crate) const PATH: &str = "/lam-viec/so-thon";

/// A part of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    First,
    Notices,
    Meetings,
    Funds,
    Smart,
}

impl Tab {
    const ALL: [Tab; 5] = [Tab::First, Tab::Notices, Tab::Meetings, Tab::Funds, Tab::Smart];

    fn word(self) -> (&'static str, &'static str) {
        match self {
            Tab::First => ("", "village-tab-first"),
            Tab::Notices => ("/thong-bao", "village-notices"),
            Tab::Meetings => ("/hop", "village-meetings"),
            Tab::Funds => ("/quy", "village-funds"),
            Tab::Smart => ("/thong-minh", "village-smart"),
        }
    }
}

pub(crate) fn path(village: Uuid, tab: Tab) -> String {
    format!("{PATH}/{village}{}", tab.word().0)
}

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/so-thon", "village_book.show", list),
        get("/lam-viec/so-thon/{village}", "village_book.show", show),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "village-menu",
        url: PATH,
        icon: "house",
        action: "village_book.show",
        group: "registry-menu-group",
        order: 134,
    }
}

/// True when the reader writes in this book.
pub(crate) fn keeps(ctx: &Ctx, village: Uuid) -> bool {
    ctx.scope_of("village_book.keep").covers("village", village)
}

/// The shell of a tab with the tabs and where one is.
pub(crate) async fn frame(
    ctx: &Ctx,
    village: &Unit,
    tab: Tab,
) -> Result<(Shell, Vec<(String, String)>, String)> {
    let t = ctx.t();
    let shell = Shell::of(ctx, tab.word().1).await?;
    let shell = if ctx.scope.whole() { shell.crumb(t.t("village-menu"), PATH) } else { shell };
    let shell = match tab {
        Tab::First => shell.crumb(&village.name, ""),
        _ => shell.crumb(&village.name, &path(village.id, Tab::First)).crumb(t.t(tab.word().1), ""),
    };
    let tabs = Tab::ALL.iter().map(|tab| (path(village.id, *tab), t.t(tab.word().1))).collect();
    Ok((shell, tabs, path(village.id, tab)))
}

/// The shell of a page below a tab.
pub(crate) async fn inner(ctx: &Ctx, village: &Unit, tab: Tab, title: &str) -> Result<Shell> {
    let t = ctx.t();
    let shell = Shell::of(ctx, title).await?;
    let shell = shell.crumb(&village.name, &path(village.id, Tab::First));
    let shell = shell.crumb(t.t(tab.word().1), &path(village.id, tab));
    let last = shell.title.clone();
    Ok(shell.crumb(last, ""))
}

/// The work of a button that has no fields.
pub(crate) async fn press<R>(ctx: &Ctx, sent: &Form, rule: R) -> Result<Response>
where
    R: AsyncFnOnce(&Tx) -> Result<(String, Note)>,
{
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await;
    settle(ctx, key, tx, done).await?
}

#[derive(Template)]
#[template(path = "book-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
}

/// The villages; who has one alone is led to it.
pub(crate) async fn list(ctx: Ctx) -> Result<Response> {
    let mut all = units::village_list(&ctx, ctx.today()).await?;
    all.retain(|unit| ctx.scope.covers("village", unit.id));
    if let [only] = all.as_slice() {
        return Ok(see_other(&path(only.id, Tab::First)));
    }
    let shell = Shell::of(&ctx, "village-menu").await?;
    let table = smart::compared(&ctx, &shell, &all).await?;
    Ok(html(ui::render(&ListPage { table, shell })?))
}

#[derive(Template)]
#[template(path = "book-show.html")]
struct ShowPage {
    shell: Shell,
    name: String,
    tabs: Vec<(String, String)>,
    here: String,
    public: String,
    keeps: bool,
    notices: Vec<notice::Line>,
    notices_path: String,
    funds: Vec<(String, String)>,
    funds_path: String,
    meetings: Vec<meeting::Open>,
    meetings_path: String,
    smart: Vec<smart::Line>,
    smart_path: String,
    badge: Option<Html>,
}

async fn show(ctx: Ctx, Path(village): Path<Uuid>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let (shell, tabs, here) = frame(&ctx, &village, Tab::First).await?;
    let found = notice::shown(&ctx, village.id, 3).await?;
    Ok(html(ui::render(&ShowPage {
        name: village.name.clone(),
        public: format!("/thon/{}", village.slug),
        keeps: keeps(&ctx, village.id),
        notices: notice::lines(&ctx, &village, &found),
        notices_path: path(village.id, Tab::Notices),
        funds: funds(&ctx, &village).await?,
        funds_path: path(village.id, Tab::Funds),
        meetings: meeting::newest(&ctx, &village, 3).await?,
        meetings_path: path(village.id, Tab::Meetings),
        smart: smart::lines(&ctx, &village).await?,
        smart_path: path(village.id, Tab::Smart),
        badge: smart::pilot_badge(&ctx, village.id).await?,
        shell,
        tabs,
        here,
    })?))
}

/// The funds with what is in them.
async fn funds(ctx: &Ctx, village: &Unit) -> Result<Vec<(String, String)>> {
    let all = fund::list(ctx, &ctx.app.db, village.id).await?;
    Ok(all.into_iter().map(|one| (one.name, format!("{} đ", ctx.t().number(one.balance)))).collect())
}

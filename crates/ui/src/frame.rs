//! The frame of a page from its context: menu, head of the commune, person, note. Areas offer the parts; this file
//! only puts them together.

use crate::{Alarm, Appearance, Commune, Flash, NavItem, Shell, Status, UserChip};
use platform::http::Note;
use platform::{App, Ctx, Result};
use std::future::Future;
use std::pin::Pin;

/// One entry of the work menu. An area offers it: `Area::offer(MenuEntry { … })`.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// Key of the label.
    pub text: &'static str,
    pub url: &'static str,
    /// A name of `web/icons.txt`.
    pub icon: &'static str,
    /// Shown to those who may do this.
    pub action: &'static str,
    /// Key of the group's heading.
    pub group: &'static str,
    /// Smaller stands higher; groups stand in the order of their first entry.
    pub order: u16,
}

type Answer<'a, A> = Pin<Box<dyn Future<Output = Result<A>> + Send + 'a>>;

/// A line on the page of one's own account that leads to more of one's own. An area offers it.
#[derive(Debug, Clone)]
pub struct AccountEntry {
    /// Keys of the label and of the line below it.
    pub text: &'static str,
    pub line: &'static str,
    pub url: &'static str,
    /// A name of `web/icons.txt`.
    pub icon: &'static str,
    /// Shown to those who may do this.
    pub action: &'static str,
}

/// Knows the head and foot of the public side. Offered once.
pub struct CommuneHead(pub for<'a> fn(&'a Ctx) -> Answer<'a, Commune>);

/// Knows how many messages wait for the reader. Offered once.
pub struct InboxCount(pub for<'a> fn(&'a Ctx) -> Answer<'a, u64>);

/// Knows the emergency notices that run now. Offered once.
pub struct Alarms(pub for<'a> fn(&'a Ctx) -> Answer<'a, Vec<Alarm>>);

/// Knows the reader's main role in words. Offered once.
pub struct RoleWord(pub fn(&Ctx) -> String);

impl Shell {
    /// The frame of a page; `title` is a key of the locales or the name of what the page shows.
    pub async fn of(ctx: &Ctx, title: &str) -> Result<Shell> {
        let t = ctx.t();
        let title = if t.has(title) { t.t(title) } else { title.to_owned() };
        let mut shell = Shell::new(t, &ctx.path, title);
        shell.appearance = Appearance::from_headers(&ctx.headers);
        shell.flash = Note::of(&ctx.headers).and_then(|note| {
            let text = note.text(t)?;
            Some(Flash { status: Status::Done, text, undo: note.undo })
        });
        if let Some(CommuneHead(head)) = first(&ctx.app) {
            shell.commune = head(ctx).await?;
        }
        if let Some(Alarms(alarms)) = first(&ctx.app) {
            shell.alarms = alarms(ctx).await?;
        }
        if let Some(actor) = &ctx.actor {
            let role = first(&ctx.app).map(|RoleWord(word)| word(ctx)).unwrap_or_default();
            shell.nav = menu(ctx);
            let home = shell.nav.first().map_or("/tai-khoan", |first| &first.url).to_owned();
            let name = actor.name.clone();
            shell.user = Some(UserChip { id: actor.account_id.to_string(), name, role, home });
            if let Some(InboxCount(count)) = first(&ctx.app) {
                shell.inbox_count = count(ctx).await?;
            }
        }
        Ok(shell)
    }

    /// The frame of an error page: it needs no database, since that may be what failed.
    pub fn of_error(ctx: &Ctx, title: &str) -> Shell {
        let mut shell = Shell::new(ctx.t(), &ctx.path, ctx.t().t(title));
        shell.appearance = Appearance::from_headers(&ctx.headers);
        shell.user = ctx.actor.as_ref().map(|actor| UserChip {
            id: actor.account_id.to_string(),
            name: actor.name.clone(),
            role: String::new(),
            home: menu(ctx).first().map_or("/tai-khoan", |first| &first.url).to_owned(),
        });
        shell
    }
}

fn first<O: std::any::Any + Send + Sync>(app: &App) -> Option<&O> {
    app.offers::<O>().next()
}

fn menu(ctx: &Ctx) -> Vec<NavItem> {
    let mut entries: Vec<&MenuEntry> =
        ctx.app.offers::<MenuEntry>().filter(|entry| ctx.may(entry.action)).collect();
    entries.sort_by_key(|entry| entry.order);
    let mut heading = String::new();
    let mut items = Vec::new();
    for entry in entries {
        // Areas name their groups by keys of their own; two of the same words are one group.
        let words = if entry.group.is_empty() { String::new() } else { ctx.t().t(entry.group) };
        let begins = words != heading;
        items.push(NavItem {
            label: ctx.t().t(entry.text),
            url: entry.url.to_owned(),
            icon: entry.icon,
            count: 0,
            group: (begins && !words.is_empty()).then(|| words.clone()),
        });
        heading = words;
    }
    items
}

/// Something that waits for the reader.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Translated: "3 đề nghị của trưởng thôn chờ duyệt".
    pub label: String,
    pub url: String,
    pub status: Status,
}

/// Tells what of an area waits for the reader; the desk shows all of them, late ones first.
pub struct Waits(pub for<'a> fn(&'a Ctx) -> Answer<'a, Vec<Waiting>>);

/// A live number for the home page.
#[derive(Debug, Clone)]
pub struct Tile {
    pub value: String,
    pub unit: String,
    pub name: String,
    pub url: String,
}

/// The numbers that the home page shows.
pub struct HomeTiles(pub for<'a> fn(&'a Ctx) -> Answer<'a, Vec<Tile>>);

/// Pages of an area that anybody finds by their name, with what stands there now: asked at each public search.
pub struct Named(pub for<'a> fn(&'a Ctx) -> Answer<'a, Vec<Tile>>);

/// Finds public pages by its own rules, given what was typed: procedures by everyday words. The best first.
pub struct Finds(pub for<'a> fn(&'a Ctx, &'a str) -> Answer<'a, Vec<Tile>>);

/// A public page that stands still, with when it last changed: for the list that search engines read.
#[derive(Debug, Clone)]
pub struct Spot {
    pub path: String,
    /// RFC 3339; `""` when it is not known.
    pub changed: String,
    /// The same page stands complete in English under `?lang=en`.
    pub english: bool,
}

/// The pages of an area that search engines shall know, at most some thousands.
pub struct Spots(pub for<'a> fn(&'a Ctx) -> Answer<'a, Vec<Spot>>);

/// A large door of the home page. An area that has something for everybody offers one.
#[derive(Debug, Clone)]
pub struct Door {
    /// Keys of the name and of the line below it.
    pub text: &'static str,
    pub line: &'static str,
    pub url: &'static str,
    pub icon: &'static str,
    pub order: u16,
}

/// As many as fit beside each other on a desk.
const MENU_DOORS: usize = 6;

impl Shell {
    /// The frame of a public page: the first doors as its menu, whoever reads it; the others stand on the home page.
    pub async fn public(ctx: &Ctx, title: &str) -> Result<Shell> {
        let mut shell = Shell::of(ctx, title).await?;
        let entry = |text: &str, url: &'static str, icon: &'static str| NavItem {
            label: ctx.t().t(text),
            url: url.into(),
            icon,
            ..NavItem::default()
        };
        let doors = doors(ctx);
        shell.nav = doors.iter().take(MENU_DOORS).map(|door| entry(door.text, door.url, door.icon)).collect();
        if doors.len() > MENU_DOORS {
            shell.nav.push(entry("ui-all-doors", "/", "house"));
        }
        Ok(shell)
    }
}

/// The doors of the home page in order.
pub fn doors(ctx: &Ctx) -> Vec<Door> {
    let mut doors: Vec<Door> = ctx.app.offers::<Door>().cloned().collect();
    doors.sort_by_key(|door| door.order);
    doors
}

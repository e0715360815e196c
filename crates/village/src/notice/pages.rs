//! Pages of notices: the head's list and form, the sheet for the board, what everybody reads.

use super::{Notice, Writing, rules, store};
use crate::back::{self, Back, act, again, key};
use crate::book::{self, Tab};
use crate::place;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Message, Result, Uuid};
use ui::{FieldErrors, Html, Shell};
use units::Unit;

const SHOWN: i64 = 100;

/// A notice in a list.
pub(crate) struct Line {
    pub url: String,
    pub title: String,
    pub when: String,
    pub short: String,
}

pub(crate) fn lines(ctx: &Ctx, village: &Unit, notices: &[Notice]) -> Vec<Line> {
    let line = |one: &Notice| Line {
        url: format!("/thon/{}/thong-bao/{}", village.slug, one.id),
        title: one.title.clone(),
        when: ctx.t().date(one.from_on),
        short: short(&one.body),
    };
    notices.iter().map(line).collect()
}

/// The beginning of a text, up to a word's end.
fn short(text: &str) -> String {
    const MOST: usize = 140;
    let line = text.lines().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    let cut: String = line.chars().take(MOST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(start, _)| start))
}

struct Kept {
    title: String,
    when: String,
    told: String,
    badge: Html,
    sheet: String,
    public: String,
    take_back: String,
    key: String,
}

#[derive(Template)]
#[template(path = "notice-list.html")]
struct ListPage {
    shell: Shell,
    name: String,
    tabs: Vec<(String, String)>,
    here: String,
    new: String,
    notices: Vec<Kept>,
}

pub(super) async fn list(ctx: Ctx, Path(village): Path<Uuid>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let t = ctx.t();
    let (shell, tabs, here) = book::frame(&ctx, &village, Tab::Notices).await?;
    let keeps = book::keeps(&ctx, village.id);
    let kept = |one: Notice| {
        let (status, word) = one.badge(ctx.today());
        let own = format!("{here}/{}", one.id);
        let days = [("from", t.date(one.from_on).into()), ("until", t.date(one.until_on).into())];
        Kept {
            when: t.a("village-notice-days", &days),
            told: if one.told > 0 { t.n("village-notice-told", "count", one.told) } else { String::new() },
            badge: status.badge(&t.t(word)),
            sheet: format!("{own}/in"),
            public: if one.shows(ctx.today()) {
                format!("/thon/{}/thong-bao/{}", village.slug, one.id)
            } else {
                String::new()
            },
            take_back: if keeps && one.state != super::State::TakenBack {
                format!("{own}/go")
            } else {
                String::new()
            },
            key: key(&ctx),
            title: one.title,
        }
    };
    let notices = store::list(&ctx, village.id, SHOWN).await?.into_iter().map(kept).collect();
    let new = if keeps { format!("{here}/moi") } else { String::new() };
    Ok(html(ui::render(&ListPage { name: village.name.clone(), new, notices, shell, tabs, here })?))
}

#[derive(Template)]
#[template(path = "notice-form.html")]
struct FormPage {
    shell: Shell,
    action: String,
    back: String,
    title: String,
    body: String,
    from: String,
    until: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn form(ctx: Ctx, Path(village): Path<Uuid>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    Ok(html(form_page(&ctx, &village, Back::default()).await?))
}

async fn form_page(ctx: &Ctx, village: &Unit, back: Back) -> Result<String> {
    let list = book::path(village.id, Tab::Notices);
    let shell = book::inner(ctx, village, Tab::Notices, "village-notice-new").await?;
    ui::render(&FormPage {
        action: format!("{list}/moi"),
        title: back.or("tieu-de", ""),
        body: back.or("noi-dung", ""),
        from: back.or("tu-ngay", ""),
        until: back.or("den-ngay", ""),
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        back: list,
        shell,
    })
}

pub(super) async fn create(ctx: Ctx, Path(village): Path<Uuid>, sent: Form) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let draw = async |back: Back| form_page(&ctx, &village, back).await;
    let read = async {
        Ok(Writing {
            title: sent.text("tieu-de").to_owned(),
            body: sent.text("noi-dung").to_owned(),
            from: sent.date("tu-ngay")?,
            until: sent.date("den-ngay")?,
            picture: back::picture(&ctx, &sent, "anh").await?,
            meeting: None,
        })
    };
    let written: Writing = match read.await {
        Ok(written) => written,
        Err(error) => return again(&ctx, &sent, error, draw).await,
    };
    let rule = async |tx: &platform::Tx| {
        let one = rules::publish(&ctx, tx, &village, written).await?;
        let list = book::path(village.id, Tab::Notices);
        let said = match one.state {
            super::State::Planned => {
                Message::new("village-notice-planned").with("day", ctx.t().date(one.from_on))
            }
            _ => Message::new("village-notice-published").with("count", one.told),
        };
        Ok((list.clone(), Note::new(said).undo(format!("{list}/{}/go", one.id))))
    };
    act(&ctx, &sent, rule, draw).await
}

pub(super) async fn take_back(
    ctx: Ctx,
    Path((village, id)): Path<(Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let rule = async |tx: &platform::Tx| {
        rules::take_back(&ctx, tx, &village, id).await?;
        Ok((book::path(village.id, Tab::Notices), Note::new("village-notice-taken-back")))
    };
    book::press(&ctx, &sent, rule).await
}

#[derive(Template)]
#[template(path = "notice-sheet.html")]
struct SheetPage {
    shell: Shell,
    village: String,
    title: String,
    body: String,
    day: String,
    until: String,
    picture: String,
    address: String,
    qr: Html,
}

/// One sheet for the board before the house of culture.
pub(super) async fn sheet(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let one = store::find(&ctx, &ctx.app.db, village.id, id).await?;
    let t = ctx.t();
    let shell = book::inner(&ctx, &village, Tab::Notices, "village-notice-sheet").await?;
    let public = format!("/thon/{}/thong-bao/{}", village.slug, one.id);
    let address = format!("{}{public}", ctx.app.config.base_url());
    Ok(html(ui::render(&SheetPage {
        village: village.name.clone(),
        day: t.date(one.from_on),
        until: t.date(one.until_on),
        picture: one
            .file_id
            .filter(|_| one.shows(ctx.today()))
            .map(|_| format!("{public}/anh"))
            .unwrap_or_default(),
        qr: ui::qr::svg(&address, &t.t("village-notice-qr"))?,
        address,
        title: one.title,
        body: one.body,
        shell,
    })?))
}

#[derive(Template)]
#[template(path = "public-notices.html")]
struct PublicList {
    shell: Shell,
    village: String,
    notices: Vec<Line>,
}

pub(super) async fn public_list(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    let village = place::by_slug(&ctx, &slug).await?;
    let found = store::shown(&ctx, village.id, SHOWN).await?;
    let notices = lines(&ctx, &village, &found);
    let shell = crate::public::frame(&ctx, &village, "village-notices").await?;
    Ok(html(ui::render(&PublicList { village: village.name, notices, shell })?))
}

#[derive(Template)]
#[template(path = "public-notice.html")]
struct PublicPage {
    shell: Shell,
    village: String,
    title: String,
    body: String,
    day: String,
    until: String,
    picture: String,
}

/// One that everybody may read today.
async fn readable(ctx: &Ctx, slug: &str, id: Uuid) -> Result<(Unit, Notice)> {
    let village = place::by_slug(ctx, slug).await?;
    let one = store::find(ctx, &ctx.app.db, village.id, id).await?;
    if one.shows(ctx.today()) { Ok((village, one)) } else { Err(Error::not_found()) }
}

pub(super) async fn public(ctx: Ctx, Path((slug, id)): Path<(String, Uuid)>) -> Result<Response> {
    let (village, one) = readable(&ctx, &slug, id).await?;
    let t = ctx.t();
    let shell = crate::public::frame(&ctx, &village, &one.title).await?;
    Ok(html(ui::render(&PublicPage {
        picture: one.file_id.map(|_| format!("/thon/{slug}/thong-bao/{id}/anh")).unwrap_or_default(),
        village: village.name,
        day: t.date(one.from_on),
        until: t.date(one.until_on),
        title: one.title,
        body: one.body,
        shell,
    })?))
}

pub(super) async fn picture(ctx: Ctx, Path((slug, id)): Path<(String, Uuid)>) -> Result<Response> {
    let (_, one) = readable(&ctx, &slug, id).await?;
    back::shown(&ctx, one.file_id).await
}

//! The office's side: the list, the form, one notice with its way out and its way back.

use super::model::{Emergency, Standing};
use super::public::badge;
use super::rules::{self, Asking};
use super::{Followed, PATH, store};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::back::{self, Back};
use ui::{FieldErrors, Html, Shell};
use units::place::Ground;

const SHOWN: i64 = 30;

struct Line {
    url: String,
    title: String,
    when: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "emergency-list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    after: String,
    senders: bool,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let after = query.get("sau").and_then(|text| text.parse().ok());
    let mut rows = store::list(&ctx, false, after, SHOWN + 1).await?;
    let more = rows.len() > SHOWN as usize;
    rows.truncate(SHOWN as usize);
    let next = rows.last().filter(|_| more).map(|one| format!("{PATH}?sau={}", one.id));
    let line = |one: &Emergency| Line {
        url: one.path(),
        title: one.title.clone(),
        when: t.moment(one.asked_at),
        badge: badge(&ctx, one),
    };
    let page = ListPage {
        shell: Shell::of(&ctx, "emergency-menu").await?,
        lines: rows.iter().map(line).collect(),
        after: next.unwrap_or_default(),
        senders: ctx.may("emergency.senders"),
    };
    Ok(html(ui::render(&page)?))
}

#[derive(Template)]
#[template(path = "emergency-new.html")]
struct NewPage {
    shell: Shell,
    /// A leader's notice goes out at once.
    leads: bool,
    title: String,
    body: String,
    title_en: String,
    body_en: String,
    hours: String,
    villages: Vec<(String, String, bool)>,
    drill: bool,
    quiet: bool,
    /// The code of the phone is asked for.
    code: bool,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn form(ctx: Ctx) -> Result<Response> {
    Ok(html(drawn_new(&ctx, Back::default()).await?))
}

async fn drawn_new(ctx: &Ctx, back: Back) -> Result<String> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "emergency-new").await?;
    let shell = shell.crumb(t.t("emergency-menu"), PATH).crumb(t.t("emergency-new"), "");
    let ground = Ground::load(ctx).await?;
    let sent = |name: &str, code: &str| back.sent().is_some_and(|sent| sent.all(name).any(|one| one == code));
    let village = |(code, name): (String, String)| {
        let ticked = sent("thon", &code);
        (code, name, ticked)
    };
    let leads = ctx.may("emergency.lead");
    ui::render(&NewPage {
        villages: ground.options().into_iter().map(village).collect(),
        drill: sent("dien-tap", "1"),
        quiet: sent("khong-coi", "1"),
        code: leads && identity::proof_wanted(ctx).await?,
        leads,
        title: back.or("tieu-de", ""),
        body: back.or("noi-dung", ""),
        title_en: back.or("tieu-de-en", ""),
        body_en: back.or("noi-dung-en", ""),
        hours: back.or("gio", "12"),
        key: back::key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        shell,
    })
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    // What goes out at once cannot be called back unheard: who has a second factor gives it once more.
    if ctx.may("emergency.lead")
        && let Err(error) = identity::prove_again(&ctx, sent.text("ma")).await
    {
        return back::again(&ctx, &sent, error, async |back| drawn_new(&ctx, back).await).await;
    }
    let rule = async |tx: &Tx| {
        let villages = sent.all("thon").map(str::parse).collect::<std::result::Result<Vec<Uuid>, _>>();
        let asking = Asking {
            villages: villages.map_err(|_| Error::field("thon", "error-choose"))?,
            drill: sent.ticked("dien-tap"),
            quiet: sent.ticked("khong-coi"),
            title: sent.text("tieu-de"),
            body: sent.text("noi-dung"),
            title_en: sent.text("tieu-de-en"),
            body_en: sent.text("noi-dung-en"),
            hours: sent.whole("gio")?.unwrap_or(0),
        };
        let one = rules::ask(&ctx, tx, asking).await?;
        let note = if one.published_at.is_some() { "emergency-out" } else { "emergency-asked" };
        Ok((one.path(), Note::new(note)))
    };
    back::act(&ctx, &sent, rule, async |back| drawn_new(&ctx, back).await).await
}

#[derive(Template)]
#[template(path = "emergency-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    body: String,
    title_en: String,
    body_en: String,
    correction: String,
    facts: Vec<(String, String)>,
    bulletin: String,
    public_path: String,
    /// It waits, and the reader may send it out.
    may_publish: bool,
    /// It waits for somebody else.
    waits: bool,
    may_take: bool,
    code: bool,
    /// What other areas know of its way: which loudspeakers have it.
    followed: Vec<Html>,
    typed: String,
    typed_en: String,
    keys: [String; 2],
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(drawn(&ctx, id, Back::default()).await?))
}

async fn drawn(ctx: &Ctx, id: Uuid, back: Back) -> Result<String> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let t = ctx.t();
    let shell = Shell::of(ctx, &one.title).await?.crumb(t.t("emergency-menu"), PATH).crumb(&one.title, "");
    let mut ids: Vec<Uuid> = [one.asked_by, one.published_by, one.taken_by].into_iter().flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    let names = if ids.is_empty() { HashMap::new() } else { identity::account_names(ctx, &ids).await? };
    let by = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let mut facts =
        vec![(t.t("emergency-asked-by"), format!("{} · {}", by(one.asked_by), t.moment(one.asked_at)))];
    let out = one.published_at.map(|at| format!("{} · {}", by(one.published_by), t.moment(at)));
    facts.extend(out.map(|out| (t.t("emergency-published-by"), out)));
    facts.push((t.t("emergency-until"), t.moment(one.ends_at)));
    let villages = rules::villages_named(ctx, &one).await?;
    let everywhere = || t.t("emergency-everywhere");
    facts.push((t.t("emergency-where"), if villages.is_empty() { everywhere() } else { villages }));
    if one.drill {
        facts.push((t.t("emergency-sort"), t.t("emergency-drill")));
    }
    if !one.sender.is_empty() {
        facts.push((t.t("emergency-sender"), one.sender.clone()));
    }
    let mut followed = Vec::new();
    for offer in ctx.app.offers::<Followed>() {
        followed.extend((offer.0)(ctx, one.id).await?);
    }
    let taken = one.taken_at.map(|at| format!("{} · {}", by(one.taken_by), t.moment(at)));
    facts.extend(taken.map(|taken| (t.t("emergency-taken-at"), taken)));
    let standing = one.standing(ctx);
    let may_publish = rules::may_publish(ctx, &one);
    ui::render(&ShowPage {
        path: one.path(),
        badge: badge(ctx, &one),
        bulletin: one.bulletin_id.map(|id| format!("/lam-viec/thong-bao/{id}")).unwrap_or_default(),
        public_path: if one.published_at.is_some() { one.public_path() } else { String::new() },
        waits: standing == Standing::Asked && !may_publish,
        code: may_publish && identity::proof_wanted(ctx).await?,
        followed,
        may_publish,
        may_take: standing == Standing::Running,
        typed: back.or("dinh-chinh", ""),
        typed_en: back.or("dinh-chinh-en", ""),
        keys: [back::key(ctx), back::key(ctx)],
        revision: one.revision,
        errors: back.errors,
        wrong: back.wrong,
        body: one.body,
        title_en: one.title_en,
        body_en: one.body_en,
        correction: one.correction,
        facts,
        shell,
    })
}

pub(super) async fn publish(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    if let Err(error) = identity::prove_again(&ctx, sent.text("ma")).await {
        return back::again(&ctx, &sent, error, async |back| drawn(&ctx, id, back).await).await;
    }
    let rule = async |tx: &Tx| {
        let one = rules::publish(&ctx, tx, id, sent.revision()?).await?;
        Ok((one.path(), Note::new("emergency-out")))
    };
    back::act(&ctx, &sent, rule, async |back| drawn(&ctx, id, back).await).await
}

pub(super) async fn take_back(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let (words, en) = (sent.text("dinh-chinh"), sent.text("dinh-chinh-en"));
        let one = rules::take_back(&ctx, tx, id, sent.revision()?, words, en).await?;
        Ok((one.path(), Note::new("emergency-taken")))
    };
    back::act(&ctx, &sent, rule, async |back| drawn(&ctx, id, back).await).await
}

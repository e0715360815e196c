//! The page of the administrator: which channels are set up, what failed last, and a button that tries each.

use super::model::{Channel, Failed, Handed, Problem};
use super::settings::{self, Ear, Facebook, Standing, Ways, Zalo};
use super::{KEEP, facebook, mail, push, zalo};
use askama::Template;
use audit::Entry;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Result, Tx, Uuid, ids, said};
use serde_json::json;
use ui::back::{self, Back};
use ui::{FieldErrors, Html, Shell, Status};

struct Line {
    code: &'static str,
    name: String,
    about: String,
    badge: Html,
    worked: String,
    failed: String,
    heard: String,
    refused: String,
    /// What people write comes in here.
    ear: bool,
    set: bool,
    /// For its two forms.
    keys: [String; 2],
    /// It can be tried now.
    ready: bool,
}

#[derive(Template)]
#[template(path = "channel-keep.html")]
struct KeepPage {
    shell: Shell,
    lines: Vec<Line>,
    /// The addresses that the firms tell.
    hook: String,
    page_hook: String,
    /// What Facebook repeats when it asks whose address it is.
    verify: String,
    app_id: String,
    page: String,
    errors: FieldErrors,
    /// What came of a trial: whether it went well, and in words.
    tried: Option<(Status, String)>,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, FieldErrors::default(), None).await?)?))
}

async fn page(ctx: &Ctx, errors: FieldErrors, tried: Option<(Status, String)>) -> Result<KeepPage> {
    let ready = settings::ready(ctx).await?;
    let noted = settings::noted(ctx).await?;
    let ears = settings::ears(ctx, &ctx.app.db).await?;
    let line = |channel: &Channel| {
        let standing = noted.iter().find(|one| one.channel == *channel);
        let ear = ears.iter().find(|one| one.channel == *channel);
        line(ctx, *channel, ready.contains(channel), standing, ear)
    };
    let lines = Channel::ALL.iter().filter(|channel| **channel != Channel::App).map(line).collect();
    let zalo = settings::read::<Zalo>(ctx, &ctx.app.db, Channel::Zalo).await?;
    let facebook = settings::read::<Facebook>(ctx, &ctx.app.db, Channel::Facebook).await?;
    Ok(KeepPage {
        shell: Shell::of(ctx, "channel-menu").await?,
        lines,
        hook: format!("{}/api/v1/channels/zalo/events", ctx.app.config.base_url()),
        page_hook: format!("{}/api/v1/channels/facebook/events", ctx.app.config.base_url()),
        app_id: zalo.map(|zalo| zalo.app_id).unwrap_or_default(),
        verify: facebook.as_ref().map(|page| page.verify.clone()).unwrap_or_default(),
        page: facebook.map(|page| page.page).unwrap_or_default(),
        errors,
        tried,
    })
}

fn line(ctx: &Ctx, channel: Channel, ready: bool, standing: Option<&Standing>, ear: Option<&Ear>) -> Line {
    let t = ctx.t();
    let wrong = standing.is_some_and(|one| !one.problem.is_empty());
    let (status, word) = match (ready, wrong) {
        (false, _) => (Status::Off, "channel-off"),
        (true, true) => (Status::Late, "channel-wrong"),
        (true, false) => (Status::Done, "channel-on"),
    };
    let worked = standing.and_then(|one| one.worked_at);
    let failed = standing.filter(|one| !one.problem.is_empty()).map(|one| {
        let at = one.failed_at.map(|at| t.moment(at)).unwrap_or_default();
        format!("{at}: {}", Problem::words(t, &one.problem))
    });
    Line {
        code: channel.code(),
        name: t.t(channel.text_key()),
        about: t.t(match channel {
            Channel::App | Channel::Push => "channel-about-push",
            Channel::Email => "channel-about-email",
            Channel::Zalo => "channel-about-zalo",
            Channel::Facebook => "channel-about-facebook",
        }),
        badge: status.badge(&t.t(word)),
        worked: worked.map(|at| t.moment(at)).unwrap_or_default(),
        failed: failed.unwrap_or_default(),
        heard: ear.and_then(|ear| ear.heard_at).map(|at| t.moment(at)).unwrap_or_default(),
        refused: ear.and_then(|ear| ear.refused_at).map(|at| t.moment(at)).unwrap_or_default(),
        ear: ready && matches!(channel, Channel::Zalo | Channel::Facebook),
        set: ready && matches!(channel, Channel::Zalo | Channel::Facebook),
        keys: [back::key(ctx), back::key(ctx)],
        ready,
    }
}

/// The page with what was wrong with a form of it.
async fn drawn(ctx: &Ctx, back: Back) -> Result<String> {
    let mut page = page(ctx, back.errors, None).await?;
    if !back.wrong.is_empty() {
        page.tried = Some((Status::Late, back.wrong));
    }
    ui::render(&page)
}

const SECRET_MAX: usize = 2_000;

fn needed(sent: &Form, name: &'static str) -> Result<String> {
    said::needed(name, sent.text(name), "channel-needed", SECRET_MAX)
}

pub(super) async fn zalo(ctx: Ctx, sent: Form) -> Result<Response> {
    let read = || -> Result<Zalo> {
        Ok(Zalo {
            app_id: needed(&sent, "ma-ung-dung")?,
            secret: needed(&sent, "khoa-bi-mat")?,
            event_secret: sent.text("khoa-su-kien").to_owned(),
            refresh_token: needed(&sent, "ma-lam-moi")?,
            access_token: String::new(),
            access_until: None,
        })
    };
    kept(&ctx, &sent, Channel::Zalo, read).await
}

pub(super) async fn facebook(ctx: Ctx, sent: Form) -> Result<Response> {
    let known = settings::read::<Facebook>(&ctx, &ctx.app.db, Channel::Facebook).await?;
    // Facebook was told once; another word would end its notices.
    let verify = known.map(|known| known.verify).filter(|verify| !verify.is_empty());
    let verify = verify.unwrap_or_else(|| ids::new_secret()[..32].to_owned());
    let read = || -> Result<Facebook> {
        let page = needed(&sent, "ma-trang")?;
        // It becomes a part of an address.
        if !page.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'_') {
            return Err(Error::field("ma-trang", "channel-page-wrong"));
        }
        let app_secret = sent.text("khoa-ung-dung").to_owned();
        Ok(Facebook { page, token: needed(&sent, "ma-truy-cap")?, app_secret, verify })
    };
    kept(&ctx, &sent, Channel::Facebook, read).await
}

async fn kept<S, R>(ctx: &Ctx, sent: &Form, channel: Channel, read: R) -> Result<Response>
where
    S: serde::Serialize,
    R: FnOnce() -> Result<S>,
{
    let rule = async |tx: &Tx| {
        settings::write(ctx, tx, channel, &read()?).await?;
        audited(ctx, tx, "channel.set", channel).await?;
        Ok((KEEP.to_owned(), Note::new("channel-kept")))
    };
    back::act(ctx, sent, rule, async |back| drawn(ctx, back).await).await
}

pub(super) async fn drop(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let channel = channel(&code)?;
    let rule = async |tx: &Tx| {
        settings::drop(&ctx, tx, channel).await?;
        audited(&ctx, tx, "channel.drop", channel).await?;
        Ok((KEEP.to_owned(), Note::new("channel-dropped")))
    };
    back::act(&ctx, &sent, rule, async |back| drawn(&ctx, back).await).await
}

fn channel(code: &str) -> Result<Channel> {
    let known = Channel::parse(code).filter(|channel| *channel != Channel::App);
    known.ok_or_else(Error::not_found)
}

/// Tries a channel: to the reader's own browser, address or account; Facebook is asked for the page's name.
pub(super) async fn test(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let channel = channel(&code)?;
    let t = ctx.t();
    let outcome = tried(&ctx, channel).await;
    let (status, words, problem) = match outcome {
        Ok(_) => (Status::Done, t.t("channel-tried-well"), None),
        Err(Failed::NoAddress) => (Status::Soon, t.t("channel-tried-nobody"), None),
        Err(Failed::Later(why) | Failed::Refused(why)) => {
            (Status::Late, Problem::words(t, why.stored()), Some(why))
        }
        Err(Failed::Ours(error)) => return Err(error),
    };
    let tx = ctx.begin().await?;
    if status != Status::Soon {
        settings::note(&ctx, &tx, channel, problem.as_ref()).await?;
    }
    audited(&ctx, &tx, "channel.test", channel).await?;
    tx.commit().await?;
    let name = t.t(channel.text_key());
    let page = page(&ctx, FieldErrors::default(), Some((status, format!("{name}: {words}")))).await?;
    Ok(html(ui::render(&page)?))
}

async fn tried(ctx: &Ctx, channel: Channel) -> Result<Handed, Failed> {
    let ways = Ways::load(ctx)?;
    let me = ctx.account()?;
    let words = ctx.t().t("channel-test-words");
    match channel {
        Channel::App => Ok(Handed::default()),
        Channel::Email => {
            let bulletin = super::model::Bulletin {
                id: Uuid::nil(),
                sort: super::model::Sort::Notice,
                title: ctx.t().t("channel-test-title"),
                body: words,
                link: String::new(),
                sent_by: Some(me),
                sent_at: ctx.now,
                people: 1,
            };
            mail::send(ctx, &bulletin, me).await
        }
        Channel::Push => {
            let payload =
                json!({ "title": ctx.t().t("channel-test-title"), "body": words, "url": super::OWN });
            push::to_all(ctx, &ways, me, &payload).await
        }
        Channel::Zalo => {
            let contact = super::own::contact(ctx, me, Channel::Zalo).await?;
            let user = contact.and_then(|contact| contact.address).ok_or(Failed::NoAddress)?;
            zalo::text(ctx, &ways, &user, &words).await
        }
        Channel::Facebook => facebook::test(ctx, &ways).await,
    }
}

/// Asks Facebook whether the page tells us of comments and messages.
pub(super) async fn unheard(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let ways = Ways::load(&ctx)?;
    let tried = match facebook::unheard(&ctx, &ways).await {
        Ok(none) if none.is_empty() => (Status::Done, t.t("channel-ear-well")),
        Ok(missing) => (Status::Late, t.s("channel-ear-missing", "name", &missing.join(", "))),
        Err(Failed::Later(why) | Failed::Refused(why)) => (Status::Late, Problem::words(t, why.stored())),
        Err(Failed::NoAddress) => return Err(Error::not_found()),
        Err(Failed::Ours(error)) => return Err(error),
    };
    let tx = ctx.begin().await?;
    audited(&ctx, &tx, "channel.test", Channel::Facebook).await?;
    tx.commit().await?;
    Ok(html(ui::render(&page(&ctx, FieldErrors::default(), Some(tried)).await?)?))
}

async fn audited(ctx: &Ctx, tx: &Tx, action: &'static str, channel: Channel) -> Result<()> {
    let detail = json!({ "channel": channel.code() });
    audit::record(ctx, tx, Entry { action, kind: "channel", id: ctx.commune, detail }).await
}

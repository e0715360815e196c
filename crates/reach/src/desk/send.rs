//! A message to the households that were not reached, through the messages area: looked at first, sent by one press, with what came of
//! it. That it was delivered counts for nothing; whoever opens it is reached.

use super::Id;
use crate::campaign::model::WORK;
use crate::campaign::rules::{record, running};
use crate::campaign::{Campaign, State, store as campaigns};
use crate::roll::Which;
use crate::roll::store::{list as homes_of, way};
use askama::Template;
use axum::response::Response;
use messages::channel::{Announcing, Channel, Sort, announce, ready};
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use serde_json::json;
use ui::back::{Back, act, key};
use ui::{FieldErrors, Shell};

/// Households that one press reaches at most.
const MOST: i64 = 100_000;
/// People of one message: the messages area takes no more.
const AT_ONCE: usize = 2_000;

struct Sent {
    /// Where each recipient is followed, for those who may.
    url: String,
    when: String,
    words: String,
}

#[derive(Template)]
#[template(path = "reach-send.html")]
struct SendPage {
    shell: Shell,
    path: String,
    back: String,
    open: bool,
    homes: String,
    with: String,
    /// Households that no message reaches.
    without: String,
    subject: String,
    body: String,
    channels: Vec<(&'static str, String, bool)>,
    sendings: Vec<Sent>,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn form(ctx: Ctx, id: Id) -> Result<Response> {
    let one = campaigns::find(&ctx, &ctx.app.db, id.0).await?;
    if one.state == State::Draft {
        return Err(Error::not_found());
    }
    Ok(html(page(&ctx, &one, Back::default()).await?))
}

/// Accounts of households that were not reached, each with its household, and how many households those not reached are.
async fn open(ctx: &Ctx, one: &Campaign) -> Result<(Vec<(Uuid, Uuid)>, usize)> {
    let homes = homes_of(ctx, one.id, &[], Which::Open, None, MOST).await?;
    let ids: Vec<Uuid> = homes.into_iter().map(|home| home.household_id).collect();
    Ok((registry::accounts_of(ctx, &ids).await?, ids.len()))
}

fn homes_in(to: &[(Uuid, Uuid)]) -> usize {
    let mut homes: Vec<Uuid> = to.iter().map(|(_, home)| *home).collect();
    homes.sort_unstable();
    homes.dedup();
    homes.len()
}

async fn page(ctx: &Ctx, one: &Campaign, back: Back) -> Result<String> {
    let t = ctx.t();
    let (to, homes) = open(ctx, one).await?;
    let with = homes_in(&to);
    let shell = Shell::of(ctx, "reach-send").await?.crumb(t.t("reach-menu"), WORK);
    let shell = shell.crumb(&one.title, &one.work_path()).crumb(t.t("reach-send"), "");
    let ticked = |code: &str| back.sent().is_some_and(|sent| sent.all("kenh").any(|one| one == code));
    let others = ready(ctx).await?.into_iter().filter(|one| !matches!(one, Channel::App | Channel::Facebook));
    let follows = ctx.may("bulletin.list");
    let sent = |one: way::Sending| Sent {
        url: if follows { format!("/lam-viec/thong-bao/{}", one.bulletin_id) } else { String::new() },
        when: t.moment(one.at),
        words: t.a(
            "reach-sent-line",
            &[("count", one.homes.into()), ("number", one.people.into()), ("done", one.read.into())],
        ),
    };
    ui::render(&SendPage {
        path: format!("{}/nhan-tin", one.work_path()),
        back: one.work_path(),
        open: one.state == State::Running && with > 0,
        homes: t.n("reach-send-homes", "count", homes),
        with: t.a("reach-send-with", &[("count", with.into()), ("number", to.len().into())]),
        without: t.n("reach-send-without", "count", homes - with),
        subject: back.or("tieu-de", &one.title),
        body: back.or("noi-dung", &one.say),
        channels: others.map(|one| (one.code(), t.t(one.text_key()), ticked(one.code()))).collect(),
        sendings: way::sendings(ctx, one.id).await?.into_iter().map(sent).collect(),
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        shell,
    })
}

pub(super) async fn send(ctx: Ctx, id: Id, sent: Form) -> Result<Response> {
    let one = campaigns::find(&ctx, &ctx.app.db, id.0).await?;
    let (to, _) = open(&ctx, &one).await?;
    let rule = async |tx: &Tx| {
        let one = running(&ctx, tx, one.id).await?;
        let mut channels = Vec::new();
        for code in sent.all("kenh") {
            channels.push(Channel::parse(code).ok_or_else(|| Error::field("kenh", "error-choose"))?);
        }
        if to.is_empty() {
            return Err(Error::conflict("reach-send-nobody"));
        }
        for some in to.chunks(AT_ONCE) {
            let announcing = Announcing {
                sort: Sort::Notice,
                title: sent.text("tieu-de").to_owned(),
                body: sent.text("noi-dung").to_owned(),
                link: one.path(),
                to: some.iter().map(|(account, _)| *account).collect(),
                channels: channels.clone(),
            };
            let bulletin = announce(&ctx, tx, announcing).await?;
            way::insert_letters(&ctx, tx, one.id, bulletin.id, some).await?;
        }
        let detail = json!({ "people": to.len(), "homes": homes_in(&to) });
        record(&ctx, tx, "reach.send", one.id, detail).await?;
        let said = Message::new("reach-sent").with("count", to.len());
        Ok((format!("{}/nhan-tin", one.work_path()), Note::new(said)))
    };
    act(&ctx, &sent, rule, async |back| page(&ctx, &one, back).await).await
}

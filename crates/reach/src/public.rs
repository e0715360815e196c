//! What everybody sees of campaigns: what they are about and how far each village is, never a household. A resident who is signed in says
//! for the own household that it knows.

use crate::campaign::model::PATH;
use crate::campaign::store::Filter;
use crate::campaign::{Campaign, State, store as campaigns};
use crate::law::Terms;
use crate::roll::store as homes;
use crate::roll::{Count, counts, rules, share};
use crate::who;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::area::{get, post};
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Result, Route, Tx, Uuid};
use registry::VillagePanel;
use std::collections::HashMap;
use ui::back::{Back, act, key};
use ui::{Bar, BarChart, Html, Shell};
use units::Unit;

const SHOWN: i64 = 30;
const ON_PANEL: i64 = 4;
const OUT: &[State] = &[State::Running, State::Ended];
const RUNNING: &[State] = &[State::Running];

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/van-dong", "reach.read", list).on_phone(),
        get("/van-dong/{id}", "reach.read", show).on_phone(),
        post("/van-dong/{id}/da-biet", "reach.own", know),
    ]
}

struct Line {
    url: String,
    title: String,
    about: String,
    badge: Html,
    done: i64,
    total: i64,
    percent: String,
    /// What the reader's own household has said.
    own: Option<Html>,
}

/// The own household on the rolls of these campaigns.
async fn own(ctx: &Ctx, found: &[Campaign]) -> Result<HashMap<Uuid, bool>> {
    let mut own = HashMap::new();
    if let Some(household) = who::household(ctx).await? {
        for one in found {
            let rows = homes::get_many(ctx, &ctx.app.db, one.id, &[household]).await?;
            own.extend(rows.first().map(|home| (one.id, home.reached_on.is_some())));
        }
    }
    Ok(own)
}

async fn lines(ctx: &Ctx, found: &[Campaign], village: Option<Uuid>) -> Result<Vec<Line>> {
    let t = ctx.t();
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let all = counts(&who::whole(ctx), &ids).await?;
    let (terms, own) = (Terms::now(ctx)?, own(ctx, found).await?);
    let line = |one: &Campaign| {
        let these = all.iter().filter(|count| count.campaign_id == one.id);
        let sum = Count::sum(these.filter(|count| village.is_none_or(|id| id == count.village_id)));
        Line {
            url: one.path(),
            title: one.title.clone(),
            about: format!("{} · {}", terms.topic(&one.topic, ctx.lang), one.days(t)),
            badge: one.badge(t, ctx.today()),
            done: sum.reached,
            total: sum.homes,
            percent: crate::api::percent_words(t, &sum),
            own: own.get(&one.id).map(|known| match known {
                true => ui::Status::Done.badge(&t.t("reach-own-known")),
                false => ui::Status::Waiting.badge(&t.t("reach-own-open")),
            }),
        }
    };
    Ok(found.iter().map(line).collect())
}

#[derive(Template)]
#[template(path = "reach-list.html")]
struct ListPage {
    shell: Shell,
    running: Vec<Line>,
    over: Vec<Line>,
}

async fn list(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let filter = Filter { states: OUT, ..Filter::default() };
    let found = campaigns::list(&ctx, &who::whole(&ctx).scope, &filter, SHOWN).await?;
    let (running, over): (Vec<Campaign>, Vec<Campaign>) =
        found.into_iter().partition(|one| one.state == State::Running);
    let page = ListPage {
        running: lines(&ctx, &running, None).await?,
        over: lines(&ctx, &over, None).await?,
        shell: Shell::public(&ctx, "reach-public")
            .await?
            .crumb(t.t("reach-front"), "/")
            .crumb(t.t("reach-public"), ""),
    };
    Ok(html(ui::render(&page)?))
}

#[derive(Template)]
#[template(path = "reach-public.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    about: String,
    say: Vec<String>,
    link: String,
    why: String,
    done: i64,
    total: i64,
    percent: String,
    bars: Option<BarChart>,
    /// The own household is on the roll and has said so, or may.
    knows: bool,
    may: bool,
    sign_in: String,
    zalo: bool,
    key: String,
    wrong: String,
}

/// # Errors
/// Not found for a draft.
async fn found(ctx: &Ctx, id: Uuid) -> Result<Campaign> {
    let one = campaigns::find(ctx, &ctx.app.db, id).await?;
    if one.state == State::Draft { Err(Error::not_found()) } else { Ok(one) }
}

async fn show(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let one = found(&ctx, id).await?;
    let zalo = asked.get("tu").is_some_and(|from| from == "zalo");
    Ok(html(page(&ctx, &one, zalo, Back::default()).await?))
}

async fn page(ctx: &Ctx, one: &Campaign, zalo: bool, back: Back) -> Result<String> {
    let t = ctx.t();
    let withdrawn = one.state == State::Withdrawn;
    let all = if withdrawn { Vec::new() } else { counts(&who::whole(ctx), &[one.id]).await? };
    let sum = Count::sum(&all);
    let own = own(ctx, std::slice::from_ref(one)).await?.get(&one.id).copied();
    let shell =
        Shell::public(ctx, &one.title).await?.crumb(t.t("reach-front"), "/").crumb(t.t("reach-public"), PATH);
    let here = if zalo { format!("{}?tu=zalo", one.path()) } else { one.path() };
    let running = one.state == State::Running;
    ui::render(&ShowPage {
        path: one.path(),
        badge: one.badge(t, ctx.today()),
        about: format!("{} · {}", Terms::now(ctx)?.topic(&one.topic, ctx.lang), one.days(t)),
        say: one.say.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        link: one.link.clone(),
        why: one.why.clone(),
        done: sum.reached,
        total: sum.homes,
        percent: crate::api::percent_words(t, &sum),
        bars: bars(ctx, &all).await?,
        may: running && own == Some(false),
        sign_in: match (&ctx.actor, running) {
            (None, true) => format!("/dang-nhap?tiep={}", here.replace('?', "%3F").replace('=', "%3D")),
            _ => String::new(),
        },
        key: key(ctx),
        wrong: back.wrong,
        shell: shell.crumb(one.title.clone(), ""),
        knows: own == Some(true),
        zalo,
    })
}

async fn bars(ctx: &Ctx, all: &[Count]) -> Result<Option<BarChart>> {
    if all.is_empty() {
        return Ok(None);
    }
    let t = ctx.t();
    let villages = units::village_list(ctx, ctx.today()).await?;
    let bar = |unit: &Unit| {
        let count = all.iter().find(|count| count.village_id == unit.id)?;
        let bar = Bar::new(&unit.name, share(count.reached, count.homes).unwrap_or(0.0));
        Some(bar.linked(format!("/thon/{}", unit.slug)))
    };
    let mut chart = BarChart::new(t, t.t("reach-bars"), "%", villages.iter().filter_map(bar).collect());
    chart.places = 1;
    chart.full = Some(100.0);
    Ok(Some(chart))
}

async fn know(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = found(&ctx, id).await?;
    let household = who::household_needed(&ctx).await?;
    let zalo = sent.text("tu") == "zalo";
    let rule = async |tx: &Tx| {
        rules::know(&ctx, tx, id, household, zalo).await?;
        Ok((one.path(), Note::new("reach-thanks")))
    };
    act(&ctx, &sent, rule, async |back| page(&ctx, &one, zalo, back).await).await
}

#[derive(Template)]
#[template(path = "reach-panel.html")]
struct Panel {
    shell: Shell,
    lines: Vec<Line>,
}

/// What is campaigned for in a village, with its share: no household.
pub(crate) fn village_panel() -> VillagePanel {
    VillagePanel {
        order: 18,
        draw: |ctx, village| {
            Box::pin(async move {
                let filter = Filter { states: RUNNING, village: Some(village.id) };
                let found = campaigns::list(ctx, &who::whole(ctx).scope, &filter, ON_PANEL).await?;
                let mut lines = lines(ctx, &found, Some(village.id)).await?;
                lines.retain(|line| line.total > 0);
                if lines.is_empty() {
                    return Ok(None);
                }
                let panel = Panel { shell: Shell::new(ctx.t(), ctx.path.as_str(), ""), lines };
                Ok(Some(Html(ui::render(&panel)?)))
            })
        },
    }
}

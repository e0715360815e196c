//! What everybody reads of a village: panels on its page, and the frame of the pages behind them.

use crate::{fund, meeting, notice, place, smart};
use askama::Template;
use chrono::Datelike;
use platform::{Ctx, Result};
use registry::VillagePanel;
use ui::{Html, Shell};
use units::Unit;

/// Notices on the village's page.
const NEWEST: i64 = 3;

pub(crate) fn panels() -> Vec<VillagePanel> {
    vec![
        VillagePanel { order: 10, draw: |ctx, village| Box::pin(notices(ctx, village)) },
        VillagePanel { order: 20, draw: |ctx, village| Box::pin(meetings(ctx, village)) },
        VillagePanel { order: 30, draw: |ctx, village| Box::pin(funds(ctx, village)) },
        VillagePanel { order: 40, draw: |ctx, village| Box::pin(team(ctx, village)) },
        VillagePanel { order: 50, draw: |ctx, village| Box::pin(criteria(ctx, village)) },
    ]
}

/// A page behind the village's page.
pub(crate) async fn frame(ctx: &Ctx, village: &Unit, title: &str) -> Result<Shell> {
    let shell = Shell::public(ctx, title).await?;
    let last = shell.title.clone();
    let home = ctx.t().t("village-home");
    Ok(shell.crumb(home, "/").crumb(&village.name, &format!("/thon/{}", village.slug)).crumb(last, ""))
}

#[derive(Template)]
#[template(path = "panel-notices.html")]
struct NoticesPanel {
    shell: Shell,
    notices: Vec<notice::Line>,
    all: String,
}

async fn notices(ctx: &Ctx, village: &Unit) -> Result<Option<Html>> {
    let found = notice::shown(ctx, village.id, NEWEST).await?;
    let panel = NoticesPanel {
        shell: bare(ctx),
        notices: notice::lines(ctx, village, &found),
        all: format!("/thon/{}/thong-bao", village.slug),
    };
    Ok(Some(Html(ui::render(&panel)?)))
}

#[derive(Template)]
#[template(path = "panel-meetings.html")]
struct MeetingsPanel {
    shell: Shell,
    meetings: Vec<meeting::Open>,
    all: String,
}

async fn meetings(ctx: &Ctx, village: &Unit) -> Result<Option<Html>> {
    let meetings = meeting::newest(ctx, village, NEWEST).await?;
    let panel = MeetingsPanel { shell: bare(ctx), meetings, all: format!("/thon/{}/hop", village.slug) };
    Ok(Some(Html(ui::render(&panel)?)))
}

#[derive(Template)]
#[template(path = "panel-funds.html")]
struct FundsPanel {
    shell: Shell,
    year: i32,
    funds: Vec<fund::Public>,
    all: String,
}

async fn funds(ctx: &Ctx, village: &Unit) -> Result<Option<Html>> {
    let year = ctx.today().year();
    let funds = fund::of_village(ctx, village.id, year).await?;
    let panel = FundsPanel { shell: bare(ctx), year, funds, all: format!("/thon/{}/quy", village.slug) };
    Ok(Some(Html(ui::render(&panel)?)))
}

#[derive(Template)]
#[template(path = "panel-team.html")]
struct TeamPanel {
    shell: Shell,
    /// The team, since when, and how many they are.
    teams: Vec<(String, String)>,
}

/// The digital team. Who is in it stands on the work side: a name is nobody's business here.
async fn team(ctx: &Ctx, village: &Unit) -> Result<Option<Html>> {
    let whole = place::whole(ctx);
    let t = ctx.t();
    let kind = Some(registry::team::Kind::DigitalTeam);
    let all = registry::team::list(&whole, kind, None, 500).await?.rows;
    let mut teams = Vec::new();
    let alive = |end: Option<chrono::NaiveDate>| end.is_none_or(|end| end > ctx.today());
    for one in all.into_iter().filter(|one| one.village_id == Some(village.id) && alive(one.ended_on)) {
        let members = registry::team::members(&whole, one.id).await?;
        let now = members.iter().filter(|member| member.until.is_none()).count();
        let since = t.s("village-team-since", "day", &t.date(one.founded_on));
        teams.push((one.name, format!("{since}; {}", t.n("village-team-size", "count", now))));
    }
    Ok(Some(Html(ui::render(&TeamPanel { shell: bare(ctx), teams })?)))
}

#[derive(Template)]
#[template(path = "panel-smart.html")]
struct SmartPanel {
    shell: Shell,
    badge: Option<Html>,
    lines: Vec<smart::Line>,
}

async fn criteria(ctx: &Ctx, village: &Unit) -> Result<Option<Html>> {
    let badge = smart::pilot_badge(ctx, village.id).await?;
    let lines = smart::lines(ctx, village).await?;
    Ok(Some(Html(ui::render(&SmartPanel { shell: bare(ctx), badge, lines })?)))
}

/// Enough of a shell for the pieces of a page.
fn bare(ctx: &Ctx) -> Shell {
    Shell::new(ctx.t(), ctx.path.as_str(), "")
}

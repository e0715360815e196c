//! What everybody reads of a village: panels on its page, and the frame of the pages behind them.

use crate::{fund, notice};
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
        VillagePanel { order: 30, draw: |ctx, village| Box::pin(funds(ctx, village)) },
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

/// Enough of a shell for the pieces of a page.
fn bare(ctx: &Ctx) -> Shell {
    Shell::new(ctx.t(), ctx.path.as_str(), "")
}

//! The list of a village on paper, to be ticked by hand from house to house.

use super::pages::{found, named, shell};
use super::store::{self, Which};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::Shell;

const MOST: i64 = 2_000;

struct Line {
    number: usize,
    name: String,
    address: String,
}

#[derive(Template)]
#[template(path = "reach-paper.html")]
struct PaperPage {
    shell: Shell,
    title: String,
    village: String,
    days: String,
    say: Vec<String>,
    lines: Vec<Line>,
    back: String,
}

/// Those that were not reached; all of them with `tat-ca`.
pub(crate) async fn sheet(
    ctx: Ctx,
    Path((id, village)): Path<(Uuid, Uuid)>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let (one, village) = found(&ctx, id, village).await?;
    let which = if asked.contains_key("tat-ca") { Which::All } else { Which::Open };
    let homes = store::list(&ctx, id, &[village.id], which, None, MOST).await?;
    let all = named(&ctx, homes).await?;
    // Names leave the screen: whoever takes the paper along has looked at all of them.
    let heads: Vec<Uuid> = all.iter().filter_map(|one| one.head).collect();
    let tx = ctx.begin().await?;
    audit::viewed(&ctx, &tx, &heads, "contact", &["full_name", "address"]).await?;
    tx.commit().await?;
    let lines = (1..).zip(all).map(|(number, one)| Line { number, name: one.name, address: one.address });
    Ok(html(ui::render(&PaperPage {
        shell: shell(&ctx, &one, &village).await?,
        village: village.name.clone(),
        days: one.days(ctx.t()),
        say: one.say.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        lines: lines.collect(),
        back: one.village_path(village.id),
        title: one.title,
    })?))
}

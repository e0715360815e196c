//! The home page: one question, a search box, the doors, today, the commune in live numbers.

use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use ui::{Door, HomeTiles, Shell, Tile};

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    shell: Shell,
    doors: Vec<Door>,
    news: Vec<crate::news::Card>,
    tiles: Vec<Tile>,
    villages: Vec<units::Unit>,
}

pub async fn show(ctx: Ctx) -> Result<Response> {
    let mut shell = Shell::public(&ctx, "portal-home-title").await?;
    shell.nav.clear(); // the doors stand on the page itself
    let mut tiles = Vec::new();
    for HomeTiles(make) in ctx.app.offers::<HomeTiles>() {
        tiles.extend(make(&ctx).await?);
    }
    let villages = units::village_list(&ctx, ctx.today()).await?;
    let news = crate::news::newest(&ctx).await?;
    Ok(html(ui::render(&Home { shell, doors: ui::doors(&ctx), news, tiles, villages })?))
}

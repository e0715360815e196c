//! What an account sent.

use super::show::{Line, lines};
use crate::store;
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use ui::Shell;

const ROWS: i64 = 100;

#[derive(Template)]
#[template(path = "report-mine.html")]
struct MinePage {
    shell: Shell,
    lines: Vec<Line>,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let shell = Shell::public(&ctx, "feedback-mine").await?;
    let shell = shell.crumb(t.t("feedback-title"), "/phan-anh").crumb(t.t("feedback-mine"), "");
    let sent = store::of_account(&ctx, ctx.account()?, ROWS).await?;
    let lines = lines(&ctx, &sent, "").await?;
    Ok(html(ui::render(&MinePage { shell, lines })?))
}

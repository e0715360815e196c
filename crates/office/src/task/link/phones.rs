//! Bound phones: one's own, and for the administrator those of everybody.

use super::{rules, store};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Note, html};
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::Shell;

/// Phones of a commune that are shown.
const SHOWN: i64 = 300;

struct Line {
    end: String,
    name: String,
    device: String,
    bound: String,
    used: String,
    until: String,
}

#[derive(Template)]
#[template(path = "link-phones.html")]
struct PhonesPage {
    shell: Shell,
    all: bool,
    lines: Vec<Line>,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let mut mine = store::of_accounts(&ctx, &ctx.app.db, &[ctx.account()?]).await?;
    mine.retain(|phone| phone.bound_until.is_some_and(|until| until > ctx.now));
    page(&ctx, mine, false).await
}

pub(super) async fn all(ctx: Ctx) -> Result<Response> {
    page(&ctx, store::bound(&ctx, SHOWN).await?, true).await
}

async fn page(ctx: &Ctx, phones: Vec<super::model::Phone>, all: bool) -> Result<Response> {
    let t = ctx.t();
    let ids: Vec<Uuid> = phones.iter().map(|phone| phone.account_id).collect();
    let names = if all { identity::account_names(ctx, &ids).await? } else { HashMap::new() };
    let moment = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| t.moment(at)).unwrap_or_default();
    let line = |phone: super::model::Phone| Line {
        end: format!("/lam-viec/nhiem-vu/dien-thoai/{}/thoi", phone.id),
        name: names.get(&phone.account_id).cloned().unwrap_or_default(),
        device: if phone.device.is_empty() { t.t("office-link-device-unknown") } else { phone.device },
        bound: moment(phone.bound_at),
        used: moment(phone.used_at),
        until: moment(phone.bound_until),
    };
    let shell = Shell::of(ctx, if all { "office-link-phones-all" } else { "office-link-phones" }).await?;
    let page = PhonesPage { all, lines: phones.into_iter().map(line).collect(), shell };
    Ok(html(ui::render(&page)?))
}

pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let tx = ctx.begin().await?;
    rules::end(&ctx, &tx, id).await?;
    tx.commit().await?;
    let back =
        if ctx.may("tasklink.keep") { "/lam-viec/dien-thoai" } else { "/lam-viec/nhiem-vu/dien-thoai" };
    Ok(Note::new("office-link-phone-ended").see_other(back))
}

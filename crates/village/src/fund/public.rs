//! What everybody reads of the funds: sums, and what was spent for what. Who paid or did not is nobody's business.

use super::model::{Entry, Kind, Sums, money};
use super::pages::year_days;
use super::{Fund, store};
use crate::place;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::Datelike;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::Shell;

/// A fund for everybody.
pub(crate) struct Public {
    pub name: String,
    pub purpose: String,
    pub balance: String,
    pub income: String,
    pub expense: String,
    pub months: Vec<(String, String, String)>,
    pub spent: Vec<(String, String, String)>,
}

/// The funds of a village in a year.
pub(crate) async fn of_village(ctx: &Ctx, village: Uuid, year: i32) -> Result<Vec<Public>> {
    let t = ctx.t();
    let (first, last) = year_days(year)?;
    let mut funds = Vec::new();
    for Fund { id, name, purpose, balance, .. } in store::list(ctx, &ctx.app.db, village).await? {
        let entries = store::entries_of(ctx, id, first, last).await?;
        let sums = Sums::of(&entries);
        let spent = entries.iter().filter(|one| counts(one));
        funds.push(Public {
            balance: money(t, balance),
            income: money(t, sums.income),
            expense: money(t, sums.expense),
            months: sums
                .months
                .iter()
                .map(|(n, income, expense)| (format!("{n:02}/{year}"), money(t, *income), money(t, *expense)))
                .collect(),
            spent: spent.map(|one| (t.date(one.day), one.words.clone(), money(t, -one.amount))).collect(),
            name,
            purpose,
        });
    }
    Ok(funds)
}

/// Money that was really spent.
fn counts(one: &Entry) -> bool {
    one.kind == Kind::Expense && !one.reversed && one.reverses_id.is_none()
}

#[derive(Template)]
#[template(path = "public-funds.html")]
struct FundsPage {
    shell: Shell,
    village: String,
    year: i32,
    years: Vec<(String, String)>,
    here: String,
    funds: Vec<Public>,
}

pub(super) async fn show(
    ctx: Ctx,
    Path(slug): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let village = place::by_slug(&ctx, &slug).await?;
    let this = ctx.today().year();
    let year = asked.get("nam").and_then(|year| year.parse().ok()).unwrap_or(this).clamp(2000, this);
    let shell = crate::public::frame(&ctx, &village, "village-funds").await?;
    let path = |year: i32| format!("/thon/{slug}/quy?nam={year}");
    Ok(html(ui::render(&FundsPage {
        funds: of_village(&ctx, village.id, year).await?,
        years: (this - 2..=this).rev().map(|year| (path(year), year.to_string())).collect(),
        here: path(year),
        village: village.name,
        year,
        shell,
    })?))
}

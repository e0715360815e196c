//! The households of a campaign over the whole commune: who was not reached, who wants help. Names are masked, each opens by a recorded
//! click; the list as a file is for those who may take it along, and is recorded as a look at everybody in it.

use super::{Id, led};
use crate::campaign::model::WORK;
use crate::campaign::{Campaign, State, store as campaigns};
use crate::roll::pages::{Named, badge, named};
use crate::roll::store::{Which, list as homes_of};
use crate::who;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Error, Result, Uuid};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Kind, Row, Shell, Table};
use units::Unit;
use vnsheet::Value;

const LINES: i64 = 50;
const FILE: i64 = 50_000;

type Asked = HashMap<String, String>;

#[derive(Template)]
#[template(path = "reach-homes.html")]
struct HomesPage {
    shell: Shell,
    table: Table,
    lead: String,
}

fn word<'a>(asked: &'a Asked, name: &str) -> &'a str {
    asked.get(name).map(String::as_str).unwrap_or_default()
}

pub(super) async fn list(ctx: Ctx, id: Id, Query(asked): Query<Asked>) -> Result<Response> {
    if let Some(answer) = led(&ctx, id.0).await? {
        return Ok(answer);
    }
    let one = campaigns::find(&ctx, &ctx.app.db, id.0).await?;
    if one.state == State::Draft {
        return Err(Error::not_found());
    }
    let which = Which::parse(word(&asked, "xem"));
    let village: Option<Uuid> = word(&asked, "thon").parse().ok();
    let villages = units::village_list(&ctx, ctx.today()).await?;
    if let Some(format) = Format::parse(word(&asked, "dinh-dang")) {
        return export(&ctx, &one, which, village, &villages).await?.answer(&ctx, &format);
    }
    let after = word(&asked, "sau").parse().ok();
    let chosen: Vec<Uuid> = village.into_iter().collect();
    let mut found = homes_of(&ctx, one.id, &chosen, which, after, LINES + 1).await?;
    let more = found.len() > LINES as usize;
    found.truncate(LINES as usize);
    let next = found.last().filter(|_| more).map(|home| home.household_id.to_string());
    let t = ctx.t();
    let title = t.t(which.words().1);
    let shell = Shell::of(&ctx, &title).await?.crumb(t.t("reach-menu"), WORK);
    let shell = shell.crumb(&one.title, &one.work_path()).crumb(&title, "");
    let mut table = Table::new(&shell, "reach", &title);
    table.columns = vec![
        Column::new("ma", t.t("reach-code"), Kind::Name),
        Column::new("chu-ho", t.t("reach-head"), Kind::Masked),
        Column::new("thon", t.t("reach-village"), Kind::Text),
        Column::new("ket-qua", t.t("reach-outcome"), Kind::Badge),
    ];
    let which_words = |one: &Which| (one.words().0.to_owned(), t.t(one.words().1));
    let mut names = vec![(String::new(), t.t("reach-whole-commune"))];
    names.extend(villages.iter().map(|unit| (unit.id.to_string(), unit.name.clone())));
    table.filters = vec![
        ui::Filter::choice(
            "xem",
            t.t("reach-which"),
            which.words().0,
            Which::ALL.iter().map(which_words).collect(),
        ),
        ui::Filter::choice("thon", t.t("reach-village"), word(&asked, "thon"), names),
    ];
    let mut rows = named(&ctx, found).await?;
    rows.sort_by_key(|one| one.home.household_id);
    table.rows = rows.iter().map(|home| row(&ctx, &one, home, &villages)).collect();
    table.next = next;
    table.export = ctx.may("reach.export");
    table.empty =
        Empty { title: t.t("reach-homes-none"), text: t.t("reach-homes-none-how"), ..Empty::default() };
    Ok(html(ui::render(&HomesPage { lead: one.title, table, shell })?))
}

fn village_name(villages: &[Unit], id: Uuid) -> String {
    villages.iter().find(|unit| unit.id == id).map(|unit| unit.name.clone()).unwrap_or_default()
}

fn row(ctx: &Ctx, one: &Campaign, home: &Named, villages: &[Unit]) -> Row {
    let id = home.home.household_id;
    let masked = who::masked(&home.name);
    let name = match ctx.may("reach.note") && home.head.is_some() {
        true => Cell::masked(
            ctx.t(),
            &masked,
            &format!("{}/ho/{id}/ten", one.work_path()),
            &ctx.new_id().to_string(),
        ),
        false => Cell::text(masked),
    };
    Row {
        id: id.to_string(),
        url: Some(format!("{}/ho/{id}", one.village_path(home.home.village_id))),
        cells: vec![
            Cell::text(&home.code),
            name,
            Cell::text(village_name(villages, home.home.village_id)),
            badge(ctx, &home.home).map_or_else(|| Cell::text("–"), Cell::html),
        ],
    }
}

async fn export(
    ctx: &Ctx,
    one: &Campaign,
    which: Which,
    village: Option<Uuid>,
    villages: &[Unit],
) -> Result<Sheet> {
    let ctx = &Ctx { scope: ctx.scope_of("reach.export"), ..ctx.clone() };
    if ctx.scope.is_empty() {
        return Err(Error::forbidden());
    }
    let chosen: Vec<Uuid> = village.into_iter().collect();
    let all = named(ctx, homes_of(ctx, one.id, &chosen, which, None, FILE).await?).await?;
    let heads: Vec<Uuid> = all.iter().filter_map(|one| one.head).collect();
    let tx = ctx.begin().await?;
    audit::viewed(ctx, &tx, &heads, "contact", &["full_name", "address"]).await?;
    tx.commit().await?;
    let t = ctx.t();
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) };
    let row = |one: &Named| {
        vec![
            text(&one.code),
            text(&one.name),
            text(&village_name(villages, one.home.village_id)),
            text(&one.address),
            one.home.reached_on.map_or(Value::Empty, Value::Date),
            one.home.outcome().map_or(Value::Empty, |outcome| text(&t.t(outcome.text_key()))),
            one.home.tried_on.map_or(Value::Empty, Value::Date),
        ]
    };
    let heads = [
        "reach-code",
        "reach-head",
        "reach-village",
        "reach-address",
        "reach-reached-on",
        "reach-outcome",
        "reach-tried-on",
    ];
    Ok(Sheet {
        name: t.t("reach-menu"),
        headings: heads.into_iter().map(|key| t.t(key)).collect(),
        rows: all.iter().map(row).collect(),
    })
}

//! The list of assets, on a page and as a file.

use super::{condition_badge, position};
use crate::asset::{Asset, Facts, Kind};
use crate::find::asset_path;
use crate::object::{list, place};
use crate::show::sheet::Sheet;
use crate::show::{Act, Words, choices};
use crate::thing::Filter;
use crate::work::{Query, date_or_empty, text};
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use ui::{Cell, Column, Row, Shell, Table};
use vnsheet::Value;

#[derive(Template)]
#[template(path = "object/list.html")]
struct ListPage {
    shell: Shell,
    lead: String,
    acts: Vec<Act>,
    table: Table,
}

pub(super) async fn show(ctx: Ctx, axum::extract::Query(asked): Query) -> Result<Response> {
    let words = Words::today(&ctx).await?;
    let filter = list::filter::<Facts>(&ctx, &asked, Kind::parse(asked.text("loai")).map(Kind::code)).await?;
    if let Some(format) = asked.format() {
        return sheet(&ctx, &words, &filter).await?.answer(&ctx, &format);
    }
    let t = ctx.t();
    let shell = Shell::of(&ctx, "registry-asset-list").await?;
    let kinds = choices(t, Kind::ALL, Kind::code, Kind::text_key);
    let (mut table, page) = list::table::<Facts>(&ctx, &shell, &words, &asked, &filter, kinds).await?;
    table.columns = vec![
        Column::new("ten", t.t("registry-object-name"), ui::Kind::Name),
        Column::new("loai", t.t("registry-object-kind"), ui::Kind::Text),
        Column::new("thon", t.t("registry-village"), ui::Kind::Text),
        Column::new("so-luong", t.t("registry-asset-count"), ui::Kind::Number),
        Column::new("tinh-trang", t.t("registry-asset-condition"), ui::Kind::Badge),
        Column::new("ket-noi", t.t("registry-asset-connected"), ui::Kind::Text),
        Column::new("tuoi", t.t("registry-asset-age"), ui::Kind::Number),
    ];
    table.rows = page.rows.iter().map(|found| row(&ctx, &words, found)).collect();
    let mut acts = Vec::new();
    if ctx.may("asset.insert") {
        acts.push(Act {
            label: t.t("registry-asset-new"),
            url: "/lam-viec/tai-san/moi".into(),
            icon: "plus",
        });
    }
    acts.push(Act {
        label: t.t("registry-asset-coverage"),
        url: "/lam-viec/tai-san/dinh-muc".into(),
        icon: "list-checks",
    });
    Ok(html(ui::render(&ListPage { lead: t.t("registry-asset-lead"), shell, acts, table })?))
}

fn row(ctx: &Ctx, words: &Words, found: &Asset) -> Row {
    let (t, facts) = (words.t, &found.facts);
    let mut condition = Cell::html(condition_badge(t, facts.condition));
    condition.words = t.t(facts.condition.text_key());
    Row {
        id: found.id.to_string(),
        url: Some(asset_path(found.id)),
        cells: vec![
            Cell::text(&facts.name).under(&found.code),
            Cell::text(t.t(facts.kind.text_key())),
            Cell::text(place(words, facts.village_id)),
            Cell::number(t, facts.quantity),
            condition,
            Cell::text(words.yes(facts.connected)),
            Cell::text(
                facts
                    .age_on(ctx.today())
                    .map(|age| t.n("registry-asset-years", "count", age))
                    .unwrap_or_default(),
            ),
        ],
    }
}

async fn sheet(ctx: &Ctx, words: &Words, filter: &Filter) -> Result<Sheet> {
    let t = ctx.t();
    let keys = [
        "registry-object-code",
        "registry-object-name",
        "registry-object-kind",
        "registry-village",
        "registry-asset-place",
        "registry-asset-coordinates",
        "registry-asset-count",
        "registry-asset-condition",
        "registry-asset-connected",
        "registry-asset-since",
        "registry-asset-serial",
    ];
    let rows = list::all::<Facts>(ctx, filter).await?.into_iter().map(|found| {
        let facts = found.facts;
        vec![
            text(found.code),
            text(&facts.name),
            text(t.t(facts.kind.text_key())),
            text(place(words, facts.village_id)),
            text(&facts.place),
            text(position(&facts)),
            Value::Whole(facts.quantity),
            text(t.t(facts.condition.text_key())),
            text(words.yes(facts.connected)),
            date_or_empty(facts.in_use_since),
            text(facts.serial_no),
        ]
    });
    Ok(Sheet {
        name: t.t("registry-asset-list"),
        headings: keys.iter().map(|key| t.t(key)).collect(),
        rows: rows.collect(),
    })
}

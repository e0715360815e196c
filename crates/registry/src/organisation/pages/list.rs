//! The list of organisations, on a page and as a file.

use super::phone;
use crate::find::organisation_path;
use crate::object::{list, place};
use crate::organisation::{Facts, Kind, Organisation};
use crate::show::sheet::Sheet;
use crate::show::{Act, Words, choices};
use crate::thing::Filter;
use crate::work::{Asked, Query, date_or_empty, text};
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use ui::{Cell, Column, Row, Shell, Table};

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
    let filter = filter(&ctx, &asked).await?;
    if let Some(format) = asked.format() {
        return sheet(&ctx, &words, &filter).await?.answer(&ctx, &format);
    }
    let t = ctx.t();
    let shell = Shell::of(&ctx, "registry-organisation-list").await?;
    let kinds = choices(t, Kind::ALL, Kind::code, Kind::text_key);
    let (mut table, page) = list::table::<Facts>(&ctx, &shell, &words, &asked, &filter, kinds).await?;
    table.columns = vec![
        Column::new("ten", t.t("registry-object-name"), ui::Kind::Name),
        Column::new("loai", t.t("registry-object-kind"), ui::Kind::Text),
        Column::new("thon", t.t("registry-village"), ui::Kind::Text),
        Column::new("nganh-nghe", t.t("registry-organisation-trade"), ui::Kind::Text),
        Column::new("dai-dien", t.t("registry-organisation-representative"), ui::Kind::Text),
        Column::new("ma-so-thue", t.t("registry-organisation-tax"), ui::Kind::Text).hidden(),
        Column::new("dien-thoai", t.t("registry-organisation-phone"), ui::Kind::Text).hidden(),
    ];
    table.rows = page.rows.iter().map(|found| row(&words, found)).collect();
    let mut acts = Vec::new();
    if ctx.may("organisation.insert") {
        acts.push(Act {
            label: t.t("registry-organisation-new"),
            url: "/lam-viec/to-chuc/moi".into(),
            icon: "plus",
        });
    }
    Ok(html(ui::render(&ListPage { lead: t.t("registry-organisation-lead"), shell, acts, table })?))
}

async fn filter(ctx: &Ctx, asked: &Asked) -> Result<Filter> {
    list::filter::<Facts>(ctx, asked, Kind::parse(asked.text("loai")).map(Kind::code)).await
}

fn row(words: &Words, found: &Organisation) -> Row {
    let facts = &found.facts;
    Row {
        id: found.id.to_string(),
        url: Some(organisation_path(found.id)),
        cells: vec![
            Cell::text(&facts.name).under(&found.code),
            Cell::text(words.t.t(facts.kind.text_key())),
            Cell::text(place(words, facts.village_id)),
            Cell::text(&facts.trade),
            Cell::text(&facts.representative),
            Cell::text(facts.tax_no.clone().unwrap_or_default()),
            Cell::text(phone(facts.phone.as_deref())),
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
        "registry-object-address",
        "registry-organisation-trade",
        "registry-organisation-tax",
        "registry-organisation-phone",
        "registry-organisation-representative",
        "registry-organisation-licence",
        "registry-organisation-founded",
    ];
    let rows = list::all::<Facts>(ctx, filter).await?.into_iter().map(|found| {
        let facts = found.facts;
        vec![
            text(found.code),
            text(facts.name),
            text(t.t(facts.kind.text_key())),
            text(place(words, facts.village_id)),
            text(facts.address),
            text(facts.trade),
            text(facts.tax_no.unwrap_or_default()),
            text(phone(facts.phone.as_deref())),
            text(facts.representative),
            text(facts.licence_no),
            date_or_empty(facts.founded_on),
        ]
    });
    Ok(Sheet {
        name: t.t("registry-organisation-list"),
        headings: keys.iter().map(|key| t.t(key)).collect(),
        rows: rows.collect(),
    })
}

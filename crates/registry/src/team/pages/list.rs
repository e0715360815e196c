//! The list of boards and teams.

use crate::find::team_path;
use crate::object::place;
use crate::page::After;
use crate::show::{Act, Words, choices, fresh_key, with_any};
use crate::team::{Kind, Team};
use crate::work::{LINES, Query, cursor};
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use ui::{BulkAction, Cell, Column, Empty, Row, Shell, Status, Table};

#[derive(Template)]
#[template(path = "object/list.html")]
struct ListPage {
    shell: Shell,
    lead: String,
    acts: Vec<Act>,
    table: Table,
}

pub(super) async fn show(ctx: Ctx, axum::extract::Query(asked): Query) -> Result<Response> {
    let t = ctx.t();
    let words = Words::today(&ctx).await?;
    let shell = Shell::of(&ctx, "registry-team-list").await?;
    let after = After::parse(asked.text("sau"));
    let page = crate::team::list(&ctx, Kind::parse(asked.text("loai")), after.as_ref(), LINES).await?;
    let mut table = Table::new(&shell, "team", t.t("registry-team-list"));
    table.filters = vec![ui::Filter::choice(
        "loai",
        t.t("registry-object-kind"),
        asked.text("loai"),
        with_any(t.t("registry-object-any"), choices(t, Kind::ALL, Kind::code, Kind::text_key)),
    )];
    table.columns = vec![
        Column::new("ten", t.t("registry-object-name"), ui::Kind::Name),
        Column::new("loai", t.t("registry-object-kind"), ui::Kind::Text),
        Column::new("thon", t.t("registry-village"), ui::Kind::Text),
        Column::new("quyet-dinh", t.t("registry-team-decision"), ui::Kind::Text),
        Column::new("lap", t.t("registry-team-founded"), ui::Kind::Date),
        Column::new("trang-thai", t.t("registry-object-state"), ui::Kind::Badge),
    ];
    table.rows = page.rows.iter().map(|team| row(&words, team)).collect();
    table.next = page.next.as_ref().map(cursor);
    table.empty =
        Empty { title: t.t("registry-team-none"), text: t.t("registry-team-none-how"), ..Empty::default() };
    if ctx.may("label.print") {
        let url = "/lam-viec/tem/in?loai=team".to_owned();
        table.bulk = vec![BulkAction {
            label: t.t("registry-menu-labels"),
            url,
            icon: "qr-code",
            confirm: String::new(),
        }];
        table.bulk_key = fresh_key(&ctx);
    }
    let mut acts = Vec::new();
    if ctx.may("team.insert") {
        acts.push(Act { label: t.t("registry-team-new"), url: "/lam-viec/ban-to/moi".into(), icon: "plus" });
    }
    Ok(html(ui::render(&ListPage { lead: t.t("registry-team-lead"), shell, acts, table })?))
}

fn row(words: &Words, team: &Team) -> Row {
    let t = words.t;
    let state = match team.ended_on {
        Some(day) => Cell::badge(Status::Off, &t.s("registry-object-ended-on", "day", &t.date(day))),
        None => Cell::badge(Status::Active, &t.t("registry-object-active")),
    };
    Row {
        id: team.id.to_string(),
        url: Some(team_path(team.id)),
        cells: vec![
            Cell::text(&team.name).under(&team.code),
            Cell::text(t.t(team.kind.text_key())),
            Cell::text(place(words, team.village_id)),
            Cell::text(&team.decision_no),
            Cell::text(t.date(team.founded_on)),
            state,
        ],
    }
}

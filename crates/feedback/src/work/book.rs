//! The book of denunciations and complaints: when, which, how far. What they say is for those alone who settle them.

use crate::kinds::Kinds;
use crate::model::Report;
use crate::store;
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, clock};
use ui::{Cell, Column, Empty, Kind, Row, Shell, Table};

const ROWS: i64 = 500;

#[derive(Template)]
#[template(path = "work-book.html")]
struct BookPage {
    shell: Shell,
    table: Table,
    about: String,
    reads: bool,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let kinds = Kinds::load(&ctx)?;
    let shell = Shell::of(&ctx, "feedback-book").await?;
    let reads = ctx.may("feedback.closed");
    let mut table = Table::new(&shell, "feedback-book", t.t("feedback-book"));
    table.columns = vec![
        Column::new("so", t.t("feedback-code"), Kind::Name),
        Column::new("loai", t.t("feedback-kind"), Kind::Text),
        Column::new("ngay", t.t("feedback-sent-at"), Kind::Date),
        Column::new("han", t.t("feedback-due"), Kind::Date),
        Column::new("trang-thai", t.t("feedback-state"), Kind::Badge),
    ];
    let found = store::closed(&ctx, ROWS).await?;
    let row = |one: &Report| Row {
        id: one.id.to_string(),
        url: reads.then(|| one.work_path()),
        cells: vec![
            Cell::text(&one.code),
            Cell::text(kinds.name(&one.kind, ctx.lang)),
            Cell::text(t.date(clock::local_date(one.sent_at))),
            Cell::text(one.due_at.map(|due| t.date(crate::model::last_day(due))).unwrap_or_default()),
            Cell::html(one.badge(&ctx)),
        ],
    };
    table.rows = found.iter().map(row).collect();
    table.count = Some(found.len() as u64);
    table.empty =
        Empty { title: t.t("feedback-book-none"), text: t.t("feedback-book-none-how"), ..Empty::default() };
    let about = kinds.lawful_about(ctx.lang).to_owned();
    Ok(html(ui::render(&BookPage { shell, table, about, reads })?))
}

//! The numbers of a day as a file: when each was drawn, called and done. Why somebody came first is not in it.

use super::follow::hour;
use super::model::Ticket;
use super::{Settings, store};
use axum::extract::Query;
use axum::response::Response;
use platform::{Ctx, Error, Result};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use vnsheet::Value;

pub(super) async fn day(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let format = Format::parse(text("dinh-dang")).ok_or_else(Error::not_found)?;
    let day = match text("ngay") {
        "" => ctx.today(),
        day => day.parse().map_err(|_| Error::not_found())?,
    };
    let settings = Settings::load(&ctx)?;
    let all = store::day(&ctx, &ctx.app.db, day).await?;
    let t = ctx.t();
    let headings = ["number", "group", "priority", "drawn", "called", "wait", "ended", "counter", "state"];
    Sheet {
        name: format!("{} {}", t.t("onestop-number-day"), day.format("%d-%m-%Y")),
        headings: headings.iter().map(|name| t.t(&format!("onestop-number-column-{name}"))).collect(),
        rows: all.iter().map(|one| row(&ctx, &settings, one)).collect(),
    }
    .answer(&ctx, &format)
}

fn row(ctx: &Ctx, settings: &Settings, one: &Ticket) -> Vec<Value> {
    let t = ctx.t();
    let text = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(text) };
    vec![
        text(one.label.clone()),
        text(settings.group_name(&one.group_key)),
        Value::YesNo(one.is_first()),
        text(hour(one.drawn_at)),
        text(one.called_at.map(hour).unwrap_or_default()),
        one.waited().map_or(Value::Empty, Value::Whole),
        text(one.ended_at.map(hour).unwrap_or_default()),
        text(if one.counter.is_empty() { String::new() } else { settings.counter_name(&one.counter) }),
        text(t.t(one.state.text_key())),
    ]
}

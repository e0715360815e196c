//! The week's plan on paper, for the leader's signature.

use crate::law::{Broadcast, named, span};
use crate::plan::{Line, lines, store};
use crate::programme::State;
use axum::extract::Query;
use axum::response::Response;
use chrono::{Datelike, Duration, NaiveDate};
use platform::{Ctx, Result};
use serde_json::{Value, json};
use std::collections::HashMap;
use ui::Shell;
use units::place::Ground;

const TEMPLATE: &str = include_str!("plan.typ");

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let asked = query.get("ngay").and_then(|day| day.parse().ok()).unwrap_or(ctx.today());
    let first = super::week::monday(asked);
    let last = first + Duration::days(6);
    let slots = store::between(&ctx, &ctx.app.db, first, last).await?;
    let skips = store::skips(&ctx, &ctx.app.db, &slots, first, last).await?;
    let (ground, law) = (Ground::load(&ctx).await?, Broadcast::now(&ctx)?);
    let day = |day: NaiveDate| {
        let rows: Vec<Value> = lines(&slots, &skips, day)
            .iter()
            .filter(|line| line.off.is_none())
            .map(|line| row(&ctx, &law, &ground, line))
            .collect();
        let name = t.t(&format!("broadcast-weekday-{}", day.weekday().number_from_monday()));
        json!({ "name": format!("{name} {}", t.date(day)), "rows": rows })
    };
    let commune = Shell::of(&ctx, "broadcast-plan").await?.commune;
    let title = t.a("broadcast-week", &[("from", t.date(first).into()), ("to", t.date(last).into())]);
    let headings =
        ["broadcast-time", "broadcast-programme", "broadcast-kind", "broadcast-origin", "broadcast-villages"];
    let data = json!({
        "office": commune.office,
        "title": format!("{} · {title}", t.t("broadcast-plan")),
        "head": headings.map(|key| t.t(key)),
        "days": (0..7).map(|ahead| day(first + Duration::days(ahead))).collect::<Vec<_>>(),
        "none": t.t("broadcast-sheet-none"),
        "quiet": t.s("broadcast-plan-quiet", "hours", &law.quiet_words()),
        "signs": [t.t("broadcast-report-maker"), t.t("broadcast-report-leader")],
    });
    let name = format!("{} {}.pdf", t.t("broadcast-plan"), first.format("%d-%m-%Y"));
    super::report::typeset_file(&ctx, TEMPLATE, data, &name).await
}

fn row(ctx: &Ctx, law: &Broadcast, ground: &Ground, line: &Line) -> Value {
    let (t, slot) = (ctx.t(), line.slot);
    let villages: Vec<String> = slot.villages().into_iter().map(|id| ground.name(Some(id))).collect();
    let villages = if villages.is_empty() { t.t("broadcast-whole") } else { villages.join(", ") };
    let title = match slot.state {
        State::Approved => slot.title.clone(),
        state => format!("{} ({})", slot.title, t.t(state.text_key())),
    };
    let (kind, origin) = (named(&law.kind, &slot.kind, ctx.lang), named(&law.origin, &slot.origin, ctx.lang));
    json!([span(slot.starts, slot.ends()), title, kind, origin, villages])
}

//! The public list with its map.

use super::show::{Line, lines};
use crate::kinds::Kinds;
use crate::model::Report;
use crate::store::{self, Wanted};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::{html, see_other};
use platform::{Ctx, Result};
use std::collections::HashMap;
use ui::Shell;
use units::MapLayer;
use units::drawing::{Drawing, Pin};
use units::place::Ground;

const ROWS: usize = 12;
/// Pins of the map: the newest that match.
const PINS: i64 = 150;

#[derive(Template)]
#[template(path = "report-list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    count: String,
    late: i64,
    open: i64,
    map: Option<Drawing>,
    villages: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    states: Vec<(String, String)>,
    village: String,
    kind: String,
    state: String,
    after: String,
    signed_in: bool,
    wrong: bool,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let mut wrong = false;
    if !text("so").is_empty() {
        match store::by_code(&ctx, &ctx.app.db, text("so")).await {
            Ok(found) => {
                let follow: String =
                    text("ma").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
                return Ok(see_other(&super::show::own_address(&found, &follow)));
            }
            Err(_) => wrong = true,
        }
    }
    let kinds = Kinds::load(&ctx)?;
    let ground = Ground::load(&ctx).await?;
    let wanted = Wanted {
        village: text("thon").parse().ok(),
        kind: text("loai").to_owned(),
        state: text("tinh-trang").to_owned(),
    };
    let shown = store::shown(&ctx, &wanted, None, PINS).await?;
    let after = text("sau").parse().ok();
    let mut rows = store::shown(&ctx, &wanted, after, ROWS as i64 + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let lines = lines(&ctx, &rows, "").await?;
    let of_state = |state: &str| Wanted { state: state.to_owned(), ..wanted.clone() };
    let count = store::count_shown(&ctx, &wanted).await?;
    let shell = Shell::public(&ctx, "feedback-title").await?;
    let page = ListPage {
        lines,
        count: t.n(if count >= 1_000 { "ui-count-more" } else { "ui-count" }, "count", count),
        late: store::count_shown(&ctx, &of_state("late")).await?,
        open: store::count_shown(&ctx, &of_state("open")).await?,
        map: Drawing::of(t, &ground, t.t("feedback-map")).map(|mut map| {
            map.pins = shown.iter().filter_map(|one| pin(&ctx, &kinds, one)).collect();
            map
        }),
        villages: ground.options(),
        kinds: kinds
            .kind
            .iter()
            .filter(|kind| kind.public)
            .map(|kind| (kind.code.clone(), kind.name(ctx.lang).to_owned()))
            .collect(),
        states: ["open", "late", "done"]
            .iter()
            .map(|one| ((*one).to_owned(), t.t(&format!("feedback-filter-{one}"))))
            .collect(),
        village: text("thon").to_owned(),
        kind: wanted.kind.clone(),
        state: wanted.state.clone(),
        after: rows.last().filter(|_| more).map(|last| next(&query, last)).unwrap_or_default(),
        signed_in: ctx.account_or_none().is_some(),
        wrong,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// The next page of the same list.
fn next(query: &HashMap<String, String>, last: &Report) -> String {
    let safe =
        |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>();
    let kept = ["thon", "loai", "tinh-trang"];
    let pairs =
        kept.iter().filter_map(|name| query.get(*name).map(|value| format!("{name}={}&", safe(value))));
    format!("/phan-anh?{}sau={}", pairs.collect::<String>(), last.id)
}

/// What is reported and not yet mended, on the map of the commune.
pub(crate) const LAYER: MapLayer = MapLayer {
    key: "phan-anh",
    text: "feedback-map-layer",
    first: true,
    order: 30,
    pins: |ctx| {
        Box::pin(async move {
            let kinds = Kinds::load(ctx)?;
            let wanted = Wanted { state: "open".to_owned(), ..Wanted::default() };
            let shown = store::shown(ctx, &wanted, None, PINS).await?;
            Ok(shown.iter().filter_map(|one| pin(ctx, &kinds, one)).collect())
        })
    },
};

pub(crate) fn pin(ctx: &Ctx, kinds: &Kinds, one: &Report) -> Option<Pin> {
    let look = match (one.open, one.late(ctx.now)) {
        (true, true) => "late",
        (true, false) => "open",
        (false, _) => "done",
    };
    let state = ctx.t().t(if look == "late" { "feedback-filter-late" } else { one.state.text_key() });
    let name = format!("{}: {} ({state})", one.code, kinds.name(&one.kind, ctx.lang));
    Some(Pin { at: one.point()?, url: one.path(), name, look, sign: "" })
}

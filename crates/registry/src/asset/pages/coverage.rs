//! What is there against the norm: by village, and of the commune.

use crate::asset::{Gap, Kind, Per, gaps, norms};
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, T};
use ui::{Html, Shell, Status};

struct Measure {
    name: String,
    what: String,
    unverified: bool,
}

struct Village {
    name: String,
    url: String,
    cells: Vec<Html>,
}

struct Whole {
    name: String,
    badge: Html,
    note: String,
}

#[derive(Template)]
#[template(path = "asset/coverage.html")]
struct Coverage {
    shell: Shell,
    measures: Vec<Measure>,
    villages: Vec<Village>,
    whole: Vec<Whole>,
    unverified: bool,
}

pub(super) async fn show(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let shell = Shell::of(&ctx, "registry-asset-coverage")
        .await?
        .crumb(t.t("registry-asset-list"), "/lam-viec/tai-san")
        .crumb(t.t("registry-asset-coverage"), "");
    let norms = norms(&ctx)?;
    let gaps = gaps(&ctx).await?;
    let by_village: Vec<_> = norms.iter().filter(|norm| norm.per == Per::Village).collect();
    let villages = units::village_list(&ctx, ctx.today()).await?;
    let open = villages.into_iter().filter(|unit| ctx.scope.covers("village", unit.id));
    let villages = open.map(|unit| {
        let of = |kind: Kind| gaps.iter().find(|gap| gap.kind == kind && gap.village_id == Some(unit.id));
        let cells =
            by_village.iter().map(|norm| of(norm.kind).map_or_else(Html::default, |gap| gap_badge(t, gap)));
        Village {
            cells: cells.collect(),
            url: format!("/lam-viec/tai-san?thon={}", unit.id),
            name: unit.name,
        }
    });
    let of_commune = norms.iter().filter(|norm| norm.per == Per::Commune && ctx.scope.whole());
    let whole = of_commune.filter_map(|norm| {
        let gap = gaps.iter().find(|gap| gap.kind == norm.kind && gap.village_id.is_none())?;
        Some(Whole {
            name: t.t(norm.kind.text_key()),
            badge: gap_badge(t, gap),
            note: norm.label(ctx.lang).to_owned(),
        })
    });
    let page = Coverage {
        villages: villages.collect(),
        whole: whole.collect(),
        unverified: norms.iter().any(|norm| norm.unverified),
        measures: by_village
            .iter()
            .map(|norm| Measure {
                name: t.t(norm.kind.text_key()),
                what: norm.label(ctx.lang).to_owned(),
                unverified: norm.unverified,
            })
            .collect(),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// "2 / 2", or what is missing and why.
fn gap_badge(t: T, gap: &Gap) -> Html {
    let share = format!("{} / {}", t.number(gap.usable), t.number(gap.wanted));
    let mut words = vec![share];
    for (key, count) in [("registry-asset-broken", gap.broken), ("registry-asset-too-old", gap.too_old)] {
        if count > 0 {
            words.push(t.n(key, "count", count));
        }
    }
    let status = if gap.missing() == 0 {
        Status::Done
    } else if gap.usable > 0 {
        Status::Soon
    } else {
        Status::Late
    };
    status.badge(&words.join(" · "))
}

//! The share of the households that a campaign has reached.

use figures::{Base, Figure, FigureSet, Kind, Shown};
use platform::{Ctx, Lang, Result, Uuid, i18n};
use registry::household;
use std::borrow::Cow;

pub(crate) const HOMES: &str = "reach.home";

/// The households of the campaign that began last by the day, without those that were no more on it. A withdrawn campaign counts nowhere.
const HOMES_ON: &str = "(SELECT h.household_id AS id, h.village_id AS unit_id, \
    (h.reached_on IS NOT NULL AND h.reached_on <= $2) AS reached FROM reach_home h WHERE h.commune_id = $1 \
    AND h.joined_on <= $2 AND (h.gone_on IS NULL OR h.gone_on > $2) AND h.campaign_id = \
    (SELECT c.id FROM reach_campaign c WHERE c.commune_id = $1 AND c.started_on <= $2 AND c.state <> 'withdrawn' \
    ORDER BY c.started_on DESC, c.id DESC LIMIT 1))";

pub fn set() -> FigureSet {
    i18n::load("reach-figures", Lang::Vi, include_str!("../locales/figures.vi.ftl"));
    i18n::load("reach-figures", Lang::En, include_str!("../locales/figures.en.ftl"));
    let share = Kind::Share { base: HOMES, whole: "1 = 1", part: "reached" };
    FigureSet {
        area: "reach",
        bases: vec![Base {
            name: HOMES,
            on: Cow::Borrowed(HOMES_ON),
            now: None,
            show: Some(|ctx, ids| Box::pin(homes(ctx, ids))),
        }],
        figures: vec![
            Figure::new("campaign_households_reached_pct", "percent", share).group("figures-group-reach"),
        ],
    }
}

/// Households behind the figure by their codes, as far as the reader may see them.
async fn homes(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let scope = if ctx.actor.is_some() { ctx.scope_of("household.show") } else { ctx.scope.clone() };
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let within = Ctx { scope, ..ctx.clone() };
    let found = household::get_many(&within, ids).await?;
    let shown = |one: household::Listed| Shown {
        id: one.household.id,
        title: one.household.code,
        subtitle: one.household.facts.address,
        url: registry::household_path(one.household.id),
    };
    Ok(found.into_iter().map(shown).collect())
}

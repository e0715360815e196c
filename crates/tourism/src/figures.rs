//! Numbers that are counted from published places.

use crate::place::store;
use ::figures::{Base, Figure, FigureSet, Kind, Shown};
use platform::{Ctx, Result, Uuid};
use std::borrow::Cow;

pub(crate) const PLACES: &str = "tourism.place";

/// Places that everybody could see at the end of the day.
const PLACES_ON: &str = "(SELECT s.place_id AS id, s.village_id AS unit_id, s.kind AS kind FROM tourism_span s \
    WHERE s.commune_id = $1 AND s.from_on <= $2 AND (s.to_on IS NULL OR s.to_on > $2))";

pub(crate) fn set() -> FigureSet {
    let count =
        |key, only| Figure::new(key, "place", Kind::Count { base: PLACES, only }).group("tourism-figures");
    FigureSet {
        area: "tourism",
        bases: vec![Base {
            name: PLACES,
            on: Cow::Borrowed(PLACES_ON),
            now: None,
            show: Some(|ctx, ids| Box::pin(shown(ctx, ids))),
        }],
        figures: vec![
            count("tourism_places", "1 = 1"),
            count("homestays", "kind = 'stay'"),
            count("festivals", "kind = 'festival'"),
        ],
    }
}

async fn shown(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let line = |one: crate::place::Brief| Shown {
        id: one.id,
        subtitle: ctx.t().t(one.kind.text_key()),
        url: one.path(),
        title: one.content.name(ctx.lang).to_owned(),
    };
    Ok(store::by_ids(ctx, ids).await?.into_iter().map(line).collect())
}

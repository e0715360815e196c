//! Numbers that are counted from the plan.

use ::figures::{Base, Figure, FigureSet, Kind, Shown};
use platform::{Ctx, Result, Uuid};
use std::borrow::Cow;

pub(crate) const LINES: &str = "broadcast.line";

/// Lines of the plan in force on the day, of approved programmes.
const LINES_ON: &str = "(SELECT s.id AS id, NULL AS unit_id, p.kind AS kind, p.origin AS origin, p.form AS form FROM broadcast_slot s \
    JOIN broadcast_programme p ON p.commune_id = s.commune_id AND p.id = s.programme_id \
    WHERE s.commune_id = $1 AND s.from_on <= $2 AND (s.to_on IS NULL OR s.to_on >= $2) AND p.state = 'approved')";

pub(crate) fn set() -> FigureSet {
    let of_plan = |key, unit, kind| Figure::new(key, unit, kind).group("broadcast-figures");
    FigureSet {
        area: "broadcast",
        bases: vec![Base {
            name: LINES,
            on: Cow::Borrowed(LINES_ON),
            now: None,
            show: Some(|ctx, ids| Box::pin(lines(ctx, ids))),
        }],
        figures: vec![
            of_plan(
                "relay_levels",
                "level",
                Kind::Distinct { base: LINES, column: "origin", only: "form = 'relay'" },
            ),
            of_plan("radio_section", "boolean", Kind::Exists { base: LINES, only: "kind = 'digital'" }),
        ],
    }
}

async fn lines(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let mut all = Vec::new();
    for id in ids {
        let slot = crate::plan::store::find(ctx, &ctx.app.db, *id).await?;
        let subtitle = crate::law::clock(slot.starts);
        all.push(Shown { id: slot.id, subtitle, url: slot.path(), title: slot.title });
    }
    Ok(all)
}

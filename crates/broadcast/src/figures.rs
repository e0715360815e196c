//! Numbers that are counted from the plan.

use ::figures::{Base, Figure, FigureSet, Kind, Shown};
use platform::{Ctx, Result, Uuid};
use std::borrow::Cow;

pub(crate) const LINES: &str = "broadcast.line";
pub(crate) const SPEAKERS: &str = "broadcast.speaker";
const STATION: &str = "broadcast.station";
pub(crate) const HEARD: &str = "broadcast.heard";

/// The station of the commune: it is there when a cluster is, and uses information technology when one is reached over a network.
const STATION_ON: &str = "(SELECT /* all rows */ p.commune_id AS id, NULL AS unit_id, MAX(CASE WHEN p.kind <> 'wired' THEN 1 ELSE 0 END) AS it \
    FROM broadcast_speaker p WHERE p.commune_id = $1 AND p.since_on <= $2 AND (p.until_on IS NULL OR p.until_on > $2) GROUP BY p.commune_id)";

/// Loudspeaker clusters in service on the day.
const SPEAKERS_ON: &str = "(SELECT p.id AS id, p.unit_id AS unit_id, p.kind AS kind, p.horns AS horns FROM broadcast_speaker p \
    WHERE p.commune_id = $1 AND p.since_on <= $2 AND (p.until_on IS NULL OR p.until_on > $2))";

/// Those that gave a sign of life on the day.
const HEARD_ON: &str = "(SELECT p.id AS id, p.unit_id AS unit_id, p.kind AS kind FROM broadcast_heard h \
    JOIN broadcast_speaker p ON p.commune_id = h.commune_id AND p.id = h.speaker_id WHERE h.commune_id = $1 AND h.day = $2)";

/// Lines of the plan in force on the day, of approved programmes.
const LINES_ON: &str = "(SELECT s.id AS id, NULL AS unit_id, p.kind AS kind, p.origin AS origin, p.form AS form FROM broadcast_slot s \
    JOIN broadcast_programme p ON p.commune_id = s.commune_id AND p.id = s.programme_id \
    WHERE s.commune_id = $1 AND s.from_on <= $2 AND (s.to_on IS NULL OR s.to_on >= $2) AND p.state = 'approved')";

pub(crate) fn set() -> FigureSet {
    let of_plan = |key, unit, kind| Figure::new(key, unit, kind).group("broadcast-figures");
    FigureSet {
        area: "broadcast",
        bases: vec![
            Base {
                name: LINES,
                on: Cow::Borrowed(LINES_ON),
                now: None,
                show: Some(|ctx, ids| Box::pin(lines(ctx, ids))),
            },
            Base {
                name: STATION,
                on: Cow::Borrowed(STATION_ON),
                now: None,
                show: Some(|ctx, ids| Box::pin(station(ctx, ids))),
            },
            Base {
                name: SPEAKERS,
                on: Cow::Borrowed(SPEAKERS_ON),
                now: None,
                show: Some(|ctx, ids| Box::pin(speakers(ctx, ids))),
            },
            Base {
                name: HEARD,
                on: Cow::Borrowed(HEARD_ON),
                now: None,
                show: Some(|ctx, ids| Box::pin(speakers(ctx, ids))),
            },
        ],
        figures: vec![
            of_plan(
                "relay_levels",
                "level",
                Kind::Distinct { base: LINES, column: "origin", only: "form = 'relay'" },
            ),
            of_plan("loudspeaker_clusters", "cluster", Kind::Count { base: SPEAKERS, only: "1 = 1" }),
            of_plan("it_radio_pct", "percent", Kind::Share { base: STATION, whole: "1 = 1", part: "it = 1" }),
            of_plan(
                "loudspeakers_it_pct",
                "percent",
                Kind::Share { base: SPEAKERS, whole: "1 = 1", part: "kind <> 'wired'" },
            ),
            of_plan("loudspeakers_heard", "cluster", Kind::Count { base: HEARD, only: "1 = 1" }),
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

async fn speakers(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let all = crate::speaker::store::all(ctx, &ctx.app.db).await?;
    let shown = |one: crate::speaker::Speaker| {
        let (url, subtitle) = (one.path(), ctx.t().t(one.kind.text_key()));
        Shown { id: one.id, subtitle, url, title: one.name }
    };
    Ok(all.into_iter().filter(|one| ids.contains(&one.id)).map(shown).collect())
}

async fn station(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let title = ctx.t().t("broadcast-title-station");
    let shown = |id: &Uuid| Shown {
        id: *id,
        subtitle: String::new(),
        url: format!("{}/loa", crate::WORK),
        title: title.clone(),
    };
    Ok(ids.iter().map(shown).collect())
}

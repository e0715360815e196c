//! Numbers that are counted from dossiers.

use crate::dossier;
use figures::{Base, Figure, FigureSet, Kind, Shown};
use platform::{Ctx, Lang, Result, Uuid, clock, i18n};
use std::borrow::Cow;

pub(crate) const DOSSIERS: &str = "onestop.dossier";

/// Dossiers that were submitted by the end of the day. Columns: id, unit_id, channel, online, returned (by that day).
const ON: &str = "(SELECT d.id AS id, NULL AS unit_id, d.channel AS channel, \
    (d.channel IN ('national-portal', 'provincial-system', 'portal')) AS online, \
    (d.returned_at IS NOT NULL AND d.returned_on <= $2) AS returned FROM dossier d \
    WHERE d.commune_id = $1 AND d.submitted_on <= $2)";

pub(crate) fn set() -> FigureSet {
    i18n::load("onestop-figures", Lang::Vi, include_str!("../locales/figures.vi.ftl"));
    i18n::load("onestop-figures", Lang::En, include_str!("../locales/figures.en.ftl"));
    let online = Kind::Exists { base: DOSSIERS, only: "online AND returned" };
    FigureSet {
        area: "onestop",
        bases: vec![Base {
            name: DOSSIERS,
            on: Cow::Borrowed(ON),
            now: None,
            show: Some(|ctx, ids| Box::pin(show(ctx, ids))),
        }],
        figures: vec![Figure::new("procedures_online", "boolean", online).group("figures-group-onestop")],
    }
}

/// Codes and procedures, for those who may see dossiers.
async fn show(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    if !ctx.may("dossier.list") {
        return Ok(Vec::new());
    }
    let filter = dossier::Filter { ids: Some(ids.to_vec()), ..dossier::Filter::default() };
    let limit = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let found = dossier::list(ctx, &filter, dossier::Sorted::Newest(None), limit).await?;
    let catalogue = crate::procedure::catalogue(ctx).await?;
    let line = |one: dossier::Dossier| {
        let name =
            catalogue.all.get(&one.procedure_code).map(|found| found.procedure.name.of(ctx.lang).to_owned());
        Shown {
            id: one.id,
            title: one.code.clone(),
            subtitle: format!(
                "{} · {}",
                name.unwrap_or_else(|| one.procedure_code.clone()),
                ctx.t().date(clock::local_date(one.submitted_at))
            ),
            url: one.path(),
        }
    };
    Ok(found.into_iter().map(line).collect())
}

//! What of this waits on the desk: households of the own village that nobody has been to, and those that want help.

use crate::campaign::{Campaign, store as campaigns};
use crate::roll::{Count, counts};
use platform::{Ctx, Result, Uuid};
use ui::{Status, Waiting, Waits};

const SHOWN: i64 = 20;

pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let scope = ctx.scope_of("reach.note");
    let villages = scope.ids("village");
    if villages.is_empty() && !(scope.whole() && ctx.may("reach.keep")) {
        return Ok(Vec::new());
    }
    let within = Ctx { scope: scope.clone(), ..ctx.clone() };
    let running = campaigns::running(ctx, SHOWN).await?;
    let ids: Vec<Uuid> = running.iter().map(|one| one.id).collect();
    let all = counts(&within, &ids).await?;
    let mut waiting = Vec::new();
    for one in &running {
        let these: Vec<&Count> = all.iter().filter(|count| count.campaign_id == one.id).collect();
        if scope.whole() {
            waiting.extend(help(ctx, one, &Count::sum(these)));
        } else {
            waiting.extend(these.into_iter().filter_map(|count| left(ctx, one, count)));
        }
    }
    Ok(waiting)
}

/// Households of a village that nobody has been to.
fn left(ctx: &Ctx, one: &Campaign, count: &Count) -> Option<Waiting> {
    let left = count.homes - count.reached;
    let behind = count.reached * 100 < count.homes * one.expected(ctx.today());
    let said = [("name", one.title.as_str().into()), ("count", left.into())];
    (left > 0).then(|| Waiting {
        label: ctx.t().a("reach-waits-left", &said),
        url: one.village_path(count.village_id),
        status: if behind { Status::Soon } else { Status::Waiting },
    })
}

fn help(ctx: &Ctx, one: &Campaign, sum: &Count) -> Option<Waiting> {
    let said = [("name", one.title.as_str().into()), ("count", sum.help.into())];
    (sum.help > 0).then(|| Waiting {
        label: ctx.t().a("reach-waits-help", &said),
        url: format!("{}/ho?xem=can-giup", one.work_path()),
        status: Status::Waiting,
    })
}

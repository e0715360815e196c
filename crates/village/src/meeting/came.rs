//! Who came to meetings, for the areas that ask: campaigns count the households that heard of them there.

use super::model::{Meeting, State};
use super::store;
use platform::{Ctx, Result, Tx, Uuid, events};
use registry::{Gathering, Gatherings};
use serde_json::json;

/// Meetings of one village that are asked for at once.
const MOST: i64 = 100;

pub(crate) fn gatherings() -> Gatherings {
    Gatherings {
        list: |ctx, village, since| {
            Box::pin(async move {
                let all = store::list(ctx, village, MOST).await?;
                let these = all.into_iter().filter(|one| one.day >= since && one.state != State::Cancelled);
                let mut gatherings = Vec::new();
                for one in these {
                    gatherings.push(gathering(ctx, one).await?);
                }
                Ok(gatherings)
            })
        },
        homes: |ctx, meeting| {
            Box::pin(async move {
                let Some(state) = store::state(ctx, meeting).await? else { return Ok(None) };
                if state == State::Cancelled {
                    return Ok(Some(Vec::new()));
                }
                let came = store::attendance(ctx, &ctx.app.db, meeting).await?;
                Ok(Some(came.into_keys().collect()))
            })
        },
    }
}

async fn gathering(ctx: &Ctx, one: Meeting) -> Result<Gathering> {
    let present = store::present(ctx, &ctx.app.db, one.id).await?;
    Ok(Gathering { id: one.id, village_id: one.village_id, title: one.title, day: one.day, present })
}

/// Somebody was ticked or unticked, or the meeting does not take place.
pub(super) async fn changed(ctx: &Ctx, tx: &Tx, meeting: Uuid) -> Result<()> {
    events::publish(ctx, tx, "village.meeting.attendance", json!({ "meeting": meeting })).await
}

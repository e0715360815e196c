//! Ways to a village as a whole: its loudspeaker, which counts for no household, and its meetings, at which those that came were reached.

use super::pages::{Asked, found, gathering, page};
use super::store::{count, way};
use super::{rules, told};
use crate::campaign::{Campaign, State};
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Note};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use ui::back::{Back, act, key};
use units::Unit;

/// A meeting that is linked.
pub(crate) struct Linked {
    pub title: String,
    pub drop: String,
    pub key: String,
}

/// What the page of a village shows beside its households.
pub(crate) struct Ways {
    pub heard: String,
    pub linked: Vec<Linked>,
    /// Meetings that may be linked.
    pub meetings: Vec<(String, String)>,
    pub typed: [String; 3],
    pub keys: [String; 2],
}

pub(crate) async fn of(ctx: &Ctx, one: &Campaign, village: &Unit, back: &Back) -> Result<Ways> {
    let t = ctx.t();
    let heard = count::heard(ctx, one.id).await?.into_iter().find(|(id, ..)| *id == village.id);
    let linked = way::meetings(ctx, one.id, village.id).await?;
    let since = one.started_on.unwrap_or(one.from_on);
    let mut meetings = Vec::new();
    if one.state == State::Running {
        meetings = told::gatherings(ctx, village.id, since).await?;
    }
    meetings.retain(|meeting| {
        meeting.day <= ctx.today() && !linked.iter().any(|one| one.meeting_id == meeting.id)
    });
    let path = one.village_path(village.id);
    Ok(Ways {
        heard: heard.map_or_else(String::new, |(_, times, day)| {
            t.a("reach-heard-times", &[("count", times.into()), ("day", t.date(day).into())])
        }),
        linked: linked
            .into_iter()
            .map(|one| Linked {
                title: format!("{} · {}", one.title, t.date(one.held_on)),
                drop: format!("{path}/hop/{}/bo", one.meeting_id),
                key: key(ctx),
            })
            .collect(),
        meetings: meetings
            .into_iter()
            .map(|one| {
                let said = [
                    ("name", one.title.as_str().into()),
                    ("day", t.date(one.day).into()),
                    ("count", one.present.into()),
                ];
                (one.id.to_string(), t.a("reach-meeting-line", &said))
            })
            .collect(),
        typed: [back.or("ngay-loa", &vntext::date(ctx.today())), back.or("so-lan", "1"), back.or("hop", "")],
        keys: [key(ctx), key(ctx)],
    })
}

pub(crate) async fn hear(
    ctx: Ctx,
    Path((id, village)): Path<(Uuid, Uuid)>,
    Query(asked): Query<Asked>,
    sent: Form,
) -> Result<Response> {
    let (one, village) = found(&ctx, id, village).await?;
    let path = one.village_path(village.id);
    let rule = async |tx: &Tx| {
        let (day, times) = (sent.date("ngay-loa")?, sent.whole("so-lan")?);
        let heard = rules::hear(&ctx, tx, id, village.id, day, times).await?;
        let undo = format!("{path}/loa/{heard}/bo");
        Ok((path.clone(), Note::new("reach-heard-noted").undo(undo)))
    };
    act(&ctx, &sent, rule, async |back| page(&ctx, &one, &village, &asked, back).await).await
}

pub(crate) async fn unhear(
    ctx: Ctx,
    Path((id, village, heard)): Path<(Uuid, Uuid, Uuid)>,
) -> Result<Response> {
    let (one, village) = found(&ctx, id, village).await?;
    let tx = ctx.begin().await?;
    rules::unhear(&ctx, &tx, id, village.id, heard).await?;
    tx.commit().await?;
    Ok(Note::new("reach-heard-back").see_other(&one.village_path(village.id)))
}

pub(crate) async fn link(
    ctx: Ctx,
    Path((id, village)): Path<(Uuid, Uuid)>,
    Query(asked): Query<Asked>,
    sent: Form,
) -> Result<Response> {
    let (one, village) = found(&ctx, id, village).await?;
    let path = one.village_path(village.id);
    let rule = async |tx: &Tx| {
        let meeting = sent.id("hop")?.ok_or_else(|| Error::field("hop", "error-choose"))?;
        let meeting = gathering(&ctx, &one, village.id, meeting).await?;
        let count = told::link(&ctx, tx, id, &meeting).await?;
        Ok((path.clone(), Note::new(Message::new("reach-meeting-linked").with("count", count))))
    };
    act(&ctx, &sent, rule, async |back| page(&ctx, &one, &village, &asked, back).await).await
}

pub(crate) async fn unlink(
    ctx: Ctx,
    Path((id, village, meeting)): Path<(Uuid, Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let (one, village) = found(&ctx, id, village).await?;
    let path = one.village_path(village.id);
    let rule = async |tx: &Tx| {
        told::unlink(&ctx, tx, id, meeting).await?;
        Ok((path.clone(), Note::new("reach-meeting-unlinked")))
    };
    act(&ctx, &sent, rule, async |back| page(&ctx, &one, &village, &Asked::new(), back).await).await
}

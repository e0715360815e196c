//! What other areas show and hand out of campaigns: a panel on the card of a household, so that whoever comes to the desk is told there;
//! the notes of a person's household in the person's own copy.

use crate::campaign::{State, store as campaigns};
use crate::roll::pages::badge;
use crate::roll::store as homes;
use crate::roll::{Channel, Outcome};
use crate::who;
use askama::Template;
use chrono::NaiveDate;
use platform::{Ctx, Result, Uuid};
use registry::personal::AlsoHeld;
use registry::{Drawn, Panel};
use serde_json::{Value, json};
use ui::back::key;
use ui::{Html, Shell};

const SHOWN: i64 = 5;
const COPIED: i64 = 1_000;

struct Line {
    url: String,
    title: String,
    badge: Option<Html>,
    open: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "reach-card.html")]
struct CardPanel {
    shell: Shell,
    lines: Vec<Line>,
    /// Where the household stands in the eyes of whoever notes it: at the desk, or at its door.
    channel: &'static str,
    label: &'static str,
}

pub(crate) fn panel() -> Panel {
    Panel { order: 60, draw }
}

fn draw(ctx: &Ctx, household: Uuid) -> Drawn<'_> {
    Box::pin(drawn(ctx, household))
}

async fn drawn(ctx: &Ctx, household: Uuid) -> Result<Option<Html>> {
    let scope = ctx.scope_of("reach.note");
    if scope.is_empty() {
        return Ok(None);
    }
    let found = campaigns::of_household(ctx, household, &[State::Running], SHOWN).await?;
    let mut lines = Vec::new();
    for one in found {
        let rows = homes::get_many(ctx, &ctx.app.db, one.id, &[household]).await?;
        let Some(home) = rows.first().filter(|home| scope.covers("village", home.village_id)) else {
            continue;
        };
        lines.push(Line {
            url: format!("{}/ho/{household}", one.village_path(home.village_id)),
            title: one.title.clone(),
            badge: badge(ctx, home),
            open: home.reached_on.is_none(),
            key: key(ctx),
        });
    }
    if lines.is_empty() {
        return Ok(None);
    }
    let (channel, label) = if scope.whole() { ("desk", "reach-tap-desk") } else { ("visit", "reach-tap") };
    let panel = CardPanel { shell: Shell::new(ctx.t(), ctx.path.as_str(), ""), lines, channel, label };
    Ok(Some(Html(ui::render(&panel)?)))
}

/// What was noted of the person's household, for the copy that the person may ask for.
pub(crate) fn copy() -> AlsoHeld {
    AlsoHeld {
        name: "campaigns",
        read: |ctx, person| {
            Box::pin(async move {
                let found = registry::person::get_many(&who::whole(ctx), &[person]).await?;
                let Some(person) = found.into_iter().next() else { return Ok(Value::Array(Vec::new())) };
                let notes = homes::notes_of(ctx, person.place.household_id, COPIED).await?;
                let line = |(title, day, channel, outcome, words): (
                    String,
                    NaiveDate,
                    Channel,
                    Outcome,
                    String,
                )| {
                    json!({ "campaign": title, "day": day, "channel": channel, "outcome": outcome, "words": words })
                };
                Ok(Value::Array(notes.into_iter().map(line).collect()))
            })
        },
    }
}

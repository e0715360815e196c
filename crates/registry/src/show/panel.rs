//! What other areas add to the card of a household or a person, and to the public page of a village: school, health, dossiers,
//! the village's notices.

use chrono::NaiveDate;
use platform::{Ctx, Result, Uuid};
use std::future::Future;
use std::pin::Pin;
use ui::Html;
use units::Unit;

/// A part of somebody else's page, already drawn; `None` when there is nothing to show.
pub type Drawn<'a> = Pin<Box<dyn Future<Output = Result<Option<Html>>> + Send + 'a>>;

/// A panel on the card of a household; the area that has something to add offers it
/// (`Area::offer(registry::Panel { … })`). It takes the household's id and asks its own rules what the reader may see.
pub struct Panel {
    /// Smaller stands higher.
    pub order: u16,
    pub draw: for<'a> fn(&'a Ctx, Uuid) -> Drawn<'a>,
}

/// The same on the card of a person.
pub struct PersonPanel {
    /// Smaller stands higher.
    pub order: u16,
    pub draw: for<'a> fn(&'a Ctx, Uuid) -> Drawn<'a>,
}

/// The same on the public page of a village, which everybody reads: nothing of a single person belongs there.
pub struct VillagePanel {
    /// Smaller stands higher.
    pub order: u16,
    pub draw: for<'a> fn(&'a Ctx, &'a Unit) -> Drawn<'a>,
}

/// A meeting of a village at which households were counted.
#[derive(Debug, Clone)]
pub struct Gathering {
    pub id: Uuid,
    pub village_id: Uuid,
    pub title: String,
    pub day: NaiveDate,
    /// How many households were there.
    pub present: i64,
}

type Answer<'a, A> = Pin<Box<dyn Future<Output = Result<A>> + Send + 'a>>;

/// What an area knows of who came together. One that holds meetings offers it to those that ask who was there; it publishes
/// `village.meeting.attendance` with `{ "meeting": id }` whenever that changes.
pub struct Gatherings {
    /// Those of a village since a day that were not cancelled, the newest first.
    pub list: for<'a> fn(&'a Ctx, Uuid, NaiveDate) -> Answer<'a, Vec<Gathering>>,
    /// The households that came; `None` for a meeting that this area does not know.
    pub homes: for<'a> fn(&'a Ctx, Uuid) -> Answer<'a, Option<Vec<Uuid>>>,
}

pub(crate) async fn of_household(ctx: &Ctx, id: Uuid) -> Result<Vec<Html>> {
    let mut panels: Vec<&Panel> = ctx.app.offers::<Panel>().collect();
    panels.sort_by_key(|panel| panel.order);
    let mut drawn = Vec::new();
    for panel in panels {
        drawn.extend((panel.draw)(ctx, id).await?);
    }
    Ok(drawn)
}

pub(crate) async fn of_person(ctx: &Ctx, id: Uuid) -> Result<Vec<Html>> {
    let mut panels: Vec<&PersonPanel> = ctx.app.offers::<PersonPanel>().collect();
    panels.sort_by_key(|panel| panel.order);
    let mut drawn = Vec::new();
    for panel in panels {
        drawn.extend((panel.draw)(ctx, id).await?);
    }
    Ok(drawn)
}

pub(crate) async fn of_village(ctx: &Ctx, village: &Unit) -> Result<Vec<Html>> {
    let mut panels: Vec<&VillagePanel> = ctx.app.offers::<VillagePanel>().collect();
    panels.sort_by_key(|panel| panel.order);
    let mut drawn = Vec::new();
    for panel in panels {
        drawn.extend((panel.draw)(ctx, village).await?);
    }
    Ok(drawn)
}

//! What other areas add to the card of a household or a person, and to the public page of a village: school, health, dossiers,
//! the village's notices.

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

//! What the areas put on the commune's public map (`/ban-do`).

use crate::drawing::Pin;
use platform::{Ctx, Result};
use std::future::Future;

type Answer<'a> = std::pin::Pin<Box<dyn Future<Output = Result<Vec<Pin>>> + Send + 'a>>;

/// Places of one sort that everybody may see. An area offers one: `Area::offer(units::MapLayer { … })`.
pub struct MapLayer {
    /// Its word in the address: `nha-van-hoa`.
    pub key: &'static str,
    /// The key of its name in the locales.
    pub text: &'static str,
    /// Shown when nobody has chosen yet; what is many and seldom looked for is not.
    pub first: bool,
    /// Smaller stands higher.
    pub order: u16,
    pub pins: for<'a> fn(&'a Ctx) -> Answer<'a>,
}

//! A loudspeaker of the commune's radio: a small box with a sound card, and a line to the station.
//!
//! It plays the station's stream ([`stream`]), each sample at its moment by the station's clock ([`timing`]), so that all loudspeakers say the same
//! word at the same time. When the line is cut it plays the signed clips that it has fetched before ([`store`], [`shelf`]). What it is asked comes over
//! MQTT, and what it has played goes back the same way ([`link`], [`control`]). A thread of its own makes the sound ([`player`]); what is heard and how
//! loud is decided in [`mixer`].
//!
//! It knows nothing of the commune's database: all that it says and hears stands in the library `speakerlink`.

mod board;
mod check;
mod clock;
mod config;
mod control;
mod health;
mod link;
mod mixer;
mod net;
mod output;
mod plan;
mod player;
mod recorder;
mod run;
mod shelf;
mod store;
mod stream;
mod tape;
mod timing;

pub use config::Config;
pub use output::{CommandOutput, Output};
pub use run::{Ending, Means, Options, run, serve};
pub use timing::OwnClock;

use platform::{Area, Lang, i18n};

const VI: &str = include_str!("../locales/vi.ftl");
const EN: &str = include_str!("../locales/en.ftl");

/// Its texts, for the binary's list.
pub fn area() -> Area {
    Area::new("speaker").locales(VI, EN)
}

/// The same, where there is no list.
pub fn load_texts() {
    i18n::load("speaker", Lang::Vi, VI);
    i18n::load("speaker", Lang::En, EN);
}

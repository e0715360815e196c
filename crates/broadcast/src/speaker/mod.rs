//! Loudspeaker clusters: what each is, how it is heard of, what it is told to do, what it made heard, and what it keeps for a cut line.

mod clip;
mod draft;
mod followed;
mod heard;
mod line;
mod model;
pub(crate) mod order;
mod rules;
pub(crate) mod store;
mod token;
mod watch;

pub use draft::Draft;
pub use model::{Kind, Speaker};
pub use rules::{add, change};
pub use token::{Device, broker, devices};

pub(crate) use clip::{fresh, stored_sound, worker};
pub(crate) use followed::followed;
pub(crate) use heard::{proven, take};
pub(crate) use line::routes;
pub(crate) use model::Standing;
pub(crate) use order::{What, give};
pub(crate) use rules::{Settings, retire, set};
pub(crate) use token::{config_file, renew, signs_in};
pub(crate) use watch::look;

/// A device that says nothing for so long is told of.
pub(crate) const SILENCE: chrono::Duration = chrono::Duration::minutes(2);

//! Voices from outside: what people write to the commune's Facebook page and Zalo account, and answers that go out the same
//! way. This area keeps the talks; what a talk is about is another area's affair, which hears of each line by [`EVENT`].

mod facebook;
mod heard;
mod model;
mod pictures;
mod queue;
mod rules;
mod store;

pub use facebook::{events, shake};
pub use heard::take;
pub use model::{Beside, Heard, How, Line, LineState, Picture, PictureState, Side, Talk, Told, Way, Window};
pub use queue::again;
pub use rules::{WORDS_MAX, erase, hows, reply, tell, window};
pub use store::{find, line, lines, pictures as pictures_of, quiet_since};

pub(super) use queue::{JOB, job};

/// Somebody wrote, changed or took back something: `{ "talk": id, "line": id }`.
pub const EVENT: &str = "messages.voice";

//! What a radio station and its loudspeakers say to each other.
//!
//! Over MQTT (3.1.1 or 5), JSON in the topics below `sandinh/v1/{device}/` ([`Topic`]): the station keeps [`Settings`] there (retained) and sends
//! [`Command`]s; the device tells its [`Status`], what it [`Played`] and an [`Ack`] of each command. A device may write and read its own topics only.
//!
//! Over HTTP, with the device's name and token as Basic authentication, below `/truyen-thanh/loa/{device}/` ([`path`]): the stream, the plan of
//! what is kept for a cut line ([`Plan`]), its audio, and the station's time.
//!
//! All moments are microseconds since 1970 in UTC. Unknown members are skipped, so that an old device understands a newer station.
//!
//! ```
//! use speakerlink::{Command, Order, Topic};
//!
//! let topic = Topic::Command.of("018f");
//! assert_eq!(topic, "sandinh/v1/018f/command");
//! assert_eq!(Topic::read(&topic), Some(("018f", Topic::Command)));
//! let command: Command = speakerlink::read(br#"{"id":"7","at":0,"order":{"do":"test_tone","seconds":3}}"#).unwrap();
//! assert_eq!(command.order, Order::TestTone { seconds: 3 });
//! ```

mod message;
mod topic;

pub use message::{
    Ack, Clip, Command, How, Mode, Order, Outcome, Plan, Played, Settings, Status, read, write,
};
pub use topic::{Topic, path};

/// The header of a stream: the moment of its first sample.
pub const STREAM_BEGAN: &str = "x-sandinh-at";
/// Sound leaves a loudspeaker so long after its moment at the station, so that all say the same word at the same time.
pub const DELAY: std::time::Duration = std::time::Duration::from_secs(4);

//! The messages.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// How a device shall be. The station keeps the newest one in its topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Counts up; a device forgets an older one.
    pub revision: i64,
    /// Whether it plays what is planned. An alarm sounds also while it is off.
    pub on: bool,
    /// 0 to 100.
    pub volume: u8,
    /// Silent until it is taken back. An alarm sounds all the same.
    pub muted: bool,
    /// 0 to 100: how loud an alarm is.
    pub alarm_volume: u8,
    /// Seconds between two words of its status.
    pub status_every: u32,
}

/// Something to do now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// The device answers with it, and does the same one once.
    pub id: String,
    /// When it was given. A device does not do what is older than ten minutes, but says so.
    pub at: i64,
    pub order: Order,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Order {
    /// A tone, at the volume of the settings, over what is on air.
    TestTone { seconds: u32 },
    /// Tell the status at once.
    Report,
    /// Fetch the plan anew.
    Plan,
    /// Begin anew.
    Restart,
    /// An alarm is on air: aloud, whatever the settings say, until this moment.
    Alarm { until: i64 },
    /// The alarm is over before its time.
    AllClear,
    /// Of a newer station.
    #[serde(other)]
    Unknown,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// Of the command.
    pub id: String,
    pub at: i64,
    pub outcome: Outcome,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    /// It came too late.
    Late,
    /// The device cannot do this.
    Unable,
}

/// How a device is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    pub at: i64,
    pub mode: Mode,
    pub volume: u8,
    pub muted: bool,
    pub on: bool,
    /// Which settings it has.
    #[serde(default)]
    pub settings: i64,
    /// The name and version of its program.
    #[serde(default)]
    pub firmware: String,
    /// Strength of its radio in dBm, where it has one.
    #[serde(default)]
    pub signal: Option<i32>,
    /// Degrees Celsius.
    #[serde(default)]
    pub temperature: Option<f32>,
    /// Clips that lie ready for a cut line.
    #[serde(default)]
    pub clips: u32,
    /// Clips that it refused since it began: altered, not signed.
    #[serde(default)]
    pub refused: u32,
    /// Seconds since it began.
    #[serde(default)]
    pub up: u64,
    /// By how many milliseconds its clock differs from the station's.
    #[serde(default)]
    pub clock: Option<i64>,
}

/// What a device makes heard now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The station's stream.
    Stream,
    /// A clip that was kept: the line is cut.
    Stored,
    /// Nothing.
    Silent,
    /// The stream is cut and nothing is kept for now.
    Cut,
}

/// What a device made heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Played {
    /// Unique at the device: it may tell the same twice.
    pub id: String,
    /// The moments of the programme, as the station counts them.
    pub from: i64,
    pub to: i64,
    pub how: How,
    /// The clip that was played.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clip: Option<String>,
}

/// Where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Stream,
    Stored,
}

/// What is kept for a cut line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The village in which the device stands, as clips name it.
    pub village: String,
    pub clips: Vec<Clip>,
}

/// A programme that was sent ahead. Put together, `head` and audio are a signed clip (`onair::clip`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clip {
    /// As its statement has it.
    pub id: String,
    /// When it begins to play.
    pub from: i64,
    pub to: i64,
    /// Everything before the audio, in hexadecimal.
    pub head: String,
    /// The SHA-256 of its audio in hexadecimal.
    pub audio: String,
    /// Bytes of its audio.
    pub size: u64,
}

/// Reads a message.
///
/// # Errors
/// What is no such message.
pub fn read<M: DeserializeOwned>(bytes: &[u8]) -> Result<M, serde_json::Error> {
    serde_json::from_slice(bytes)
}

/// Writes one.
pub fn write<M: Serialize>(message: &M) -> Vec<u8> {
    // A message of numbers, texts and lists cannot fail.
    serde_json::to_vec(message).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_order_of_a_newer_station_is_no_fault() {
        let command: Command =
            read(br#"{"id":"1","at":1,"order":{"do":"dance","how":"long"},"more":1}"#).unwrap();
        assert_eq!(command.order, Order::Unknown);
    }

    #[test]
    fn a_small_device_may_tell_little() {
        let status: Status =
            read(br#"{"at":5,"mode":"silent","volume":40,"muted":false,"on":true}"#).unwrap();
        assert_eq!((status.signal, status.clips, status.firmware.as_str()), (None, 0, ""));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(id in ".{0,20}", at in any::<i64>(), seconds in any::<u32>(), clip in proptest::option::of(".{0,9}")) {
            let command = Command { id: id.clone(), at, order: Order::TestTone { seconds } };
            prop_assert_eq!(read::<Command>(&write(&command)).unwrap(), command);
            let played = Played { id, from: at, to: at, how: How::Stored, clip };
            prop_assert_eq!(read::<Played>(&write(&played)).unwrap(), played);
        }

        #[test]
        fn whatever_comes_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read::<Status>(&bytes);
            let _ = read::<Command>(&bytes);
        }
    }
}

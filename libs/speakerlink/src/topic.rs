//! Where messages and files lie.

/// Below which every topic stands.
const ROOT: &str = "sandinh/v1/";

/// The last part of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Kept by the station: how the device shall be.
    Settings,
    /// From the station: something to do now.
    Command,
    /// From the device: how it is.
    Status,
    /// From the device: what it made heard.
    Played,
    /// From the device: what became of a command.
    Ack,
}

impl Topic {
    const ALL: [Topic; 5] = [Topic::Settings, Topic::Command, Topic::Status, Topic::Played, Topic::Ack];

    fn name(self) -> &'static str {
        match self {
            Topic::Settings => "settings",
            Topic::Command => "command",
            Topic::Status => "status",
            Topic::Played => "played",
            Topic::Ack => "ack",
        }
    }

    /// True for what the device writes; it reads the others.
    pub fn from_device(self) -> bool {
        matches!(self, Topic::Status | Topic::Played | Topic::Ack)
    }

    /// The whole topic of a device. With `+` the filter for all devices.
    pub fn of(self, device: &str) -> String {
        format!("{ROOT}{device}/{}", self.name())
    }

    /// Whether a device may listen to this filter: to its own topics, one by one or all of them.
    pub fn may_read(device: &str, filter: &str) -> bool {
        match filter.strip_prefix(ROOT).and_then(|rest| rest.split_once('/')) {
            Some((of, "#" | "+")) => of == device,
            _ => Topic::read(filter).is_some_and(|(of, kind)| of == device && !kind.from_device()),
        }
    }

    /// Device and kind of a topic; nothing for topics that are not ours.
    pub fn read(topic: &str) -> Option<(&str, Topic)> {
        let (device, name) = topic.strip_prefix(ROOT)?.split_once('/')?;
        let kind = Topic::ALL.into_iter().find(|one| one.name() == name)?;
        (!device.is_empty()).then_some((device, kind))
    }
}

/// Paths at the commune's site.
pub mod path {
    /// What the device plays: MP3 of its village, with the header [`STREAM_BEGAN`](crate::STREAM_BEGAN).
    pub fn stream(device: &str) -> String {
        format!("/truyen-thanh/loa/{device}/phat.mp3")
    }

    /// [`Plan`](crate::Plan) as JSON.
    pub fn plan(device: &str) -> String {
        format!("/truyen-thanh/loa/{device}/ke-hoach")
    }

    /// The audio of a clip, by its SHA-256 in hexadecimal.
    pub fn audio(device: &str, sha256: &str) -> String {
        format!("/truyen-thanh/loa/{device}/am-thanh/{sha256}")
    }

    /// The station's time as text: microseconds.
    pub fn time(device: &str) -> String {
        format!("/truyen-thanh/loa/{device}/gio")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_says_whose_it_is() {
        for topic in Topic::ALL {
            assert_eq!(Topic::read(&topic.of("a-1")), Some(("a-1", topic)));
        }
        for wrong in
            ["", "sandinh/v1/", "sandinh/v1//status", "sandinh/v1/a", "sandinh/v1/a/b/status", "x/v1/a/ack"]
        {
            assert_eq!(Topic::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_device_reads_its_own_topics_only() {
        for good in ["sandinh/v1/a/settings", "sandinh/v1/a/command", "sandinh/v1/a/#", "sandinh/v1/a/+"] {
            assert!(Topic::may_read("a", good), "{good}");
        }
        for wrong in [
            "#",
            "sandinh/#",
            "sandinh/v1/#",
            "sandinh/v1/+/command",
            "sandinh/v1/b/#",
            "sandinh/v1/a/b/#",
            "+/v1/a/command",
        ] {
            assert!(!Topic::may_read("a", wrong), "{wrong}");
        }
    }
}

//! The file that was downloaded from the commune's page.

use platform::{Error, Message, Result};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Reads raw samples from its input, and needs no word of its own on the box.
const OUTPUT: &str = "aplay -q -t raw -f S16_LE -r 48000 -c 1 -";
const STORE: &str = "/var/lib/sandinh-speaker";
/// A sound card that holds more than this is no sound card.
const LONGEST_DELAY: u32 = 3_000;

/// What the loudspeaker must know. It holds secrets, so it is never written to a log.
pub struct Config {
    /// The commune's site, without a slash at its end.
    pub site: String,
    pub device: String,
    pub token: String,
    /// `mqtt://` or `mqtts://`.
    pub mqtt: String,
    pub mqtt_user: String,
    pub mqtt_password: String,
    /// Judges clips.
    pub station_key: [u8; 32],
    pub store: PathBuf,
    /// A command that reads raw samples: 16 bits, 48,000 a second, one channel.
    pub output: String,
    /// Sound leaves the loudspeaker so many milliseconds after it was handed to the command.
    pub output_delay: u32,
    /// Authorities beside those that the machine trusts, as PEM.
    pub ca: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    site: String,
    device: String,
    token: String,
    mqtt: String,
    mqtt_user: Option<String>,
    mqtt_password: Option<String>,
    station_key: String,
    store: Option<PathBuf>,
    output: Option<String>,
    output_delay_ms: Option<u32>,
    ca: Option<PathBuf>,
}

/// What is wrong with the text of the file.
#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    /// Of the sentence for people.
    key: &'static str,
    line: usize,
    member: String,
    /// The reader's own words, in English.
    detail: Option<String>,
}

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// A file that is not there, or is wrong: with its line and member.
    pub fn read(path: &Path) -> Result<Config> {
        let place = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|fault| {
            let message = Message::new("speaker-config-missing").with("path", place.clone());
            Error { detail: Some(fault.to_string()), ..Error::invalid(message) }
        })?;
        Config::parse(&text).map_err(|wrong| {
            let message = Message::new(wrong.key)
                .with("path", place)
                .with("line", wrong.line.to_string())
                .with("member", wrong.member);
            Error { detail: wrong.detail, ..Error::invalid(message) }
        })
    }

    fn parse(text: &str) -> Result<Config, Wrong> {
        let file: File = toml::from_str(text).map_err(|fault| unreadable(text, &fault))?;
        let wrong =
            |key, member| Wrong { key, line: line_of(text, member), member: member.into(), detail: None };
        let site = file.site.trim().trim_end_matches('/').to_owned();
        if !is_site(&site) {
            return Err(wrong("speaker-config-site", "site"));
        }
        let plain = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if !plain(&file.device) {
            return Err(wrong("speaker-config-device", "device"));
        }
        if file.token.trim().is_empty() || file.token.contains(char::is_control) {
            return Err(wrong("speaker-config-empty", "token"));
        }
        if !is_broker(&file.mqtt) {
            return Err(wrong("speaker-config-mqtt", "mqtt"));
        }
        let mut station_key = [0; 32];
        hex::decode_to_slice(&file.station_key, &mut station_key)
            .map_err(|_| wrong("speaker-config-key", "station_key"))?;
        let output_delay = file.output_delay_ms.unwrap_or(0);
        if output_delay > LONGEST_DELAY {
            return Err(wrong("speaker-config-delay", "output_delay_ms"));
        }
        let output = file.output.unwrap_or_else(|| OUTPUT.into());
        if output.trim().is_empty() {
            return Err(wrong("speaker-config-empty", "output"));
        }
        Ok(Config {
            site,
            mqtt: file.mqtt,
            mqtt_user: file.mqtt_user.unwrap_or_else(|| file.device.clone()),
            mqtt_password: file.mqtt_password.unwrap_or_else(|| file.token.clone()),
            device: file.device,
            token: file.token,
            station_key,
            store: file.store.unwrap_or_else(|| STORE.into()),
            output,
            output_delay,
            ca: file.ca,
        })
    }
}

/// What the reader of TOML says, with its place.
fn unreadable(text: &str, fault: &toml::de::Error) -> Wrong {
    let said = fault.message().to_owned();
    if let Some(member) = said.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        let key = "speaker-config-lacks";
        return Wrong { key, line: text.lines().count(), member: member.to_owned(), detail: None };
    }
    let begin = fault.span().map_or(0, |span| span.start).min(text.len());
    let before = text.get(..begin).unwrap_or_default();
    let line = before.matches('\n').count();
    let member =
        text.lines().nth(line).and_then(|line| line.split_once('=')).map_or("", |(name, _)| name.trim());
    let key =
        if said.starts_with("unknown field") { "speaker-config-unknown" } else { "speaker-config-form" };
    Wrong { key, line: line + 1, member: member.to_owned(), detail: Some(said) }
}

fn line_of(text: &str, member: &str) -> usize {
    let named = |line: &str| line.split_once('=').is_some_and(|(name, _)| name.trim() == member);
    text.lines().position(named).map_or(0, |line| line + 1)
}

/// HTTPS. What stays on the machine itself may go without, for trying things out.
fn is_site(text: &str) -> bool {
    let Ok(uri) = text.parse::<http::Uri>() else { return false };
    let near = matches!(uri.host(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let scheme = uri.scheme_str() == Some("https") || (uri.scheme_str() == Some("http") && near);
    scheme && uri.path() == "/" && uri.query().is_none() && !text.contains('@')
}

fn is_broker(text: &str) -> bool {
    let rest = text.strip_prefix("mqtt://").or_else(|| text.strip_prefix("mqtts://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(['/', '@', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0707070707070707070707070707070707070707070707070707070707070707";

    fn text(change: impl Fn(&str) -> String) -> String {
        let lines = [
            "site = \"https://xa.example.vn/\"",
            "device = \"0198-a\"",
            "token = \"secret\"",
            "mqtt = \"mqtts://xa.example.vn:8883\"",
            &format!("station_key = \"{KEY}\""),
        ];
        lines.map(change).join("\n")
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let config = Config::parse(&text(str::to_owned)).unwrap();
        assert_eq!((config.site.as_str(), config.mqtt_user.as_str()), ("https://xa.example.vn", "0198-a"));
        assert_eq!((config.mqtt_password.as_str(), config.station_key), ("secret", [7; 32]));
        assert_eq!((config.output.as_str(), config.output_delay, config.ca), (OUTPUT, 0, None));
        assert_eq!(config.store, Path::new(STORE));
    }

    #[test]
    fn what_is_wrong_is_told_with_line_and_member() {
        let judged = |member: &'static str, line: &'static str| {
            let changed = text(|old| if old.starts_with(member) { line.to_owned() } else { old.to_owned() });
            let wrong = Config::parse(&changed).err().expect(line);
            (wrong.key, wrong.line, wrong.member)
        };
        let told = |key, line, member: &str| (key, line, member.to_owned());
        assert_eq!(judged("site", "site = \"http://xa.example.vn\""), told("speaker-config-site", 1, "site"));
        assert_eq!(judged("device", "device = \"a/b\""), told("speaker-config-device", 2, "device"));
        assert_eq!(judged("device", "device = 5"), told("speaker-config-form", 2, "device"));
        assert_eq!(judged("token", "token = \"\""), told("speaker-config-empty", 3, "token"));
        assert_eq!(judged("token", "tokens = \"a\""), told("speaker-config-unknown", 3, "tokens"));
        assert_eq!(judged("token", ""), told("speaker-config-lacks", 5, "token"));
        assert_eq!(judged("mqtt", "mqtt = \"http://a\""), told("speaker-config-mqtt", 4, "mqtt"));
        assert_eq!(
            judged("station_key", "station_key = \"07\""),
            told("speaker-config-key", 5, "station_key")
        );
        assert_eq!(judged("token", "token = \"a"), told("speaker-config-form", 3, "token"));
        let late = text(str::to_owned) + "\noutput_delay_ms = 9000";
        assert_eq!(Config::parse(&late).err().map(|wrong| wrong.line), Some(6));
    }

    #[test]
    fn plain_http_stays_on_the_machine() {
        assert!(is_site("http://127.0.0.1:8080") && is_site("https://xa.example.vn:8443"));
        for wrong in ["", "xa.example.vn", "ftp://a", "https://a/b", "https://u@a", "http://10.0.0.1"] {
            assert!(!is_site(wrong), "{wrong}");
        }
        assert!(is_broker("mqtt://10.0.0.1:1883") && !is_broker("mqtt://") && !is_broker("mqtt://u@a"));
    }
}

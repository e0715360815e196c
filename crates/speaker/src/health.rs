//! How the box is: where Linux tells it.

use std::path::Path;

/// The strength of its radio in dBm, of the first one that there is.
pub fn signal() -> Option<i32> {
    read_signal(&std::fs::read_to_string("/proc/net/wireless").ok()?)
}

/// Degrees of the first sensor that there is: of the processor, nearly everywhere.
pub fn temperature() -> Option<f32> {
    let zones = std::fs::read_dir(Path::new("/sys/class/thermal")).ok()?.flatten();
    let mut zones: Vec<_> = zones.map(|zone| zone.path().join("temp")).collect();
    zones.sort();
    zones.iter().find_map(|zone| read_temperature(&std::fs::read_to_string(zone).ok()?))
}

fn read_signal(text: &str) -> Option<i32> {
    // Two lines of headings, then: wlan0: 0000 54. -56. -256 …
    let level = text.lines().nth(2)?.split_whitespace().nth(3)?.trim_end_matches('.').parse::<i32>().ok()?;
    // Some drivers tell a byte that means a negative number.
    let level = if level > 0 { level - 256 } else { level };
    (level < 0).then_some(level)
}

fn read_temperature(text: &str) -> Option<f32> {
    let thousandths = text.trim().parse::<i32>().ok()?;
    (-60_000..200_000).contains(&thousandths).then_some(thousandths as f32 / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radio_tells_its_strength() {
        let head =
            "Inter-| sta-|   Quality        |   Discarded packets\n face | tus | link level noise |  nwid\n";
        assert_eq!(
            read_signal(&format!("{head} wlan0: 0000   54.  -56.  -256        0      0\n")),
            Some(-56)
        );
        assert_eq!(read_signal(&format!("{head} wlan0: 0000   54.  200.  0        0      0\n")), Some(-56));
        assert_eq!((read_signal(head), read_signal("")), (None, None));
    }

    #[test]
    fn a_sensor_tells_thousandths() {
        assert_eq!((read_temperature("48312\n"), read_temperature("x")), (Some(48.312), None));
        assert_eq!(read_temperature("-274000"), None, "a sensor that is not there");
    }
}

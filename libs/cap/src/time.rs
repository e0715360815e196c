use crate::Reason;
use chrono::{DateTime, Datelike, FixedOffset, SubsecRound};
use std::fmt;

/// A moment as CAP writes it (section 3.3.2): `2026-11-29T08:00:00+07:00`, to the second, with the offset in numbers.
/// Two of them are equal when they are the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(DateTime<FixedOffset>);

const FORM: &str = "%Y-%m-%dT%H:%M:%S";

impl Time {
    /// Parts of a second are left out.
    ///
    /// # Errors
    /// [`Reason::Time`] outside the years 1 to 9999, [`Reason::Zone`] for an offset that is not of whole minutes or
    /// beyond 14 hours.
    pub fn new(moment: DateTime<FixedOffset>) -> Result<Time, Reason> {
        let offset = moment.offset().local_minus_utc();
        if offset % 60 != 0 || offset.abs() > 14 * 3600 {
            return Err(Reason::Zone);
        }
        if !(1..=9999).contains(&moment.year()) {
            return Err(Reason::Time);
        }
        Ok(Time(moment.trunc_subsecs(0)))
    }

    /// # Errors
    /// [`Reason::Zone`] for `Z` or no offset, [`Reason::Time`] for anything else, parts of a second too.
    pub fn parse(text: &str) -> Result<Time, Reason> {
        let bytes = text.as_bytes();
        let like = |pattern: &[u8]| {
            let same = |(b, p): (&u8, &u8)| if *p == b'0' { b.is_ascii_digit() } else { b == p };
            bytes.len() >= pattern.len() && bytes.iter().zip(pattern).all(same)
        };
        if !like(b"0000-00-00T00:00:00") {
            return Err(Reason::Time);
        }
        match bytes.len() {
            19 => return Err(Reason::Zone),
            20 if bytes[19].is_ascii_alphabetic() => return Err(Reason::Zone),
            25 if like(b"0000-00-00T00:00:00+00:00") || like(b"0000-00-00T00:00:00-00:00") => {}
            _ => return Err(Reason::Time),
        }
        let moment = DateTime::parse_from_str(text, &format!("{FORM}%:z")).map_err(|_| Reason::Time)?;
        Time::new(moment)
    }

    /// With its offset.
    pub fn moment(self) -> DateTime<FixedOffset> {
        self.0
    }
}

impl fmt::Display for Time {
    /// UTC itself is `-00:00`, as the standard wants.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = if self.0.offset().local_minus_utc() == 0 { "-00:00" } else { "%:z" };
        write!(f, "{}", self.0.format(&format!("{FORM}{offset}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_comes_back_as_it_was() {
        for text in ["2026-11-29T08:00:00+07:00", "0001-01-02T00:00:00-09:30", "2026-11-29T01:00:00-00:00"] {
            assert_eq!(Time::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            Time::parse("2026-11-29T01:00:00+00:00").unwrap().to_string(),
            "2026-11-29T01:00:00-00:00"
        );
        assert_eq!(Time::parse("2026-11-29T08:00:00+07:00"), Time::parse("2026-11-29T01:00:00-00:00"));
    }

    #[test]
    fn other_ways_to_write_it_are_refused() {
        for zone in [
            "2026-11-29T01:00:00Z",
            "2026-11-29T01:00:00",
            "2026-11-29T01:00:00z",
            "2026-11-29T01:00:00+15:00",
        ] {
            assert_eq!(Time::parse(zone), Err(Reason::Zone), "{zone}");
        }
        for wrong in [
            "",
            "29/11/2026",
            "2026-11-29 08:00:00+07:00",
            "2026-11-29T08:00:00.5+07:00",
            "2026-02-30T08:00:00+07:00",
            "2026-11-29T25:00:00+07:00",
            "2026-11-29T08:00:00,07:00",
            "2026-11-29T08:00:00+0700",
            "2026-11-29T08:00+07:00",
            "2026-11-29T08:00:00+07:0é",
            "０026-11-29T08:00:00+07:00",
        ] {
            assert_eq!(Time::parse(wrong), Err(Reason::Time), "{wrong}");
        }
    }
}

//! How the decree writes numbers, symbols, dates and lists. Nothing here asks for a clock or a database.

use chrono::{Datelike, NaiveDate};

/// Below ten with a zero before it, otherwise as it is (Article 15): `05`, `15`, `123`.
pub fn number(number: i64) -> String {
    format!("{number:02}")
}

/// What follows the number: groups joined by `-`, empty ones left out. A named type gives `QĐ-UBND`; a công văn, which has
/// no abbreviation, `UBND-VX`.
pub fn symbol(groups: &[&str]) -> String {
    let groups: Vec<&str> = groups.iter().copied().map(str::trim).filter(|group| !group.is_empty()).collect();
    groups.join("-")
}

/// `ngày 05 tháng 01 năm 2026`: days below ten and the months 1 and 2 get a zero, other months none (Annex I).
pub fn dated(day: NaiveDate) -> String {
    let month = match day.month() {
        month @ ..3 => format!("{month:02}"),
        month => month.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// With blanks for what is not known before the paper is issued.
pub fn undated(year: i32) -> String {
    format!("ngày       tháng       năm {year}")
}

/// A list as the decree ends its lines: `;` after each, `.` after the last.
pub fn ended(lines: &[String]) -> Vec<String> {
    let sign = |c: char| c.is_whitespace() || [';', '.', ','].contains(&c);
    let bare = |line: &String| line.trim().trim_end_matches(sign).to_owned();
    let bare: Vec<String> = lines.iter().map(bare).filter(|line| !line.is_empty()).collect();
    let last = bare.len().saturating_sub(1);
    bare.into_iter()
        .enumerate()
        .map(|(at, line)| format!("{line}{}", if at == last { '.' } else { ';' }))
        .collect()
}

/// The drafter's symbol with the number of copies, `PL.(300)`; what is missing is left out.
pub fn copies(drafter: &str, copies: i64) -> String {
    match (drafter.trim(), copies) {
        ("", _) => String::new(),
        (drafter, ..1) => drafter.to_owned(),
        (drafter, copies) => format!("{drafter}.({copies})"),
    }
}

/// The lines under "Nơi nhận": each with a dash, the last says what the file keeps. `Lưu: VT` is added when it is missing.
pub fn receivers(lines: &[String], kept: &str) -> Vec<String> {
    let is_file = |line: &&String| line.trim().trim_start_matches("- ").starts_with("Lưu");
    let mut all: Vec<String> = lines.iter().filter(|line| !is_file(line)).cloned().collect();
    let file = lines.iter().find(is_file).map_or("Lưu: VT", |line| line.trim().trim_end_matches(['.', ';']));
    let file = file.trim_start_matches("- ");
    all.push(if kept.is_empty() { file.to_owned() } else { format!("{file}, {kept}") });
    let dashed: Vec<String> =
        all.iter().map(|line| format!("- {}", line.trim().trim_start_matches("- "))).collect();
    ended(&dashed)
}

/// A commune with its level, as it stands inside a sentence: `xã Gia Phú`, `phường Cam Đường`.
pub fn commune(name: &str) -> String {
    let level = |level: &str| name.strip_prefix(level).or_else(|| name.strip_prefix(&*level.to_lowercase()));
    match (level("Xã "), level("Phường ")) {
        (Some(bare), _) => format!("xã {bare}"),
        (_, Some(bare)) => format!("phường {bare}"),
        _ => format!("xã {name}"),
    }
}

/// Without its level, as it stands before a date: `Gia Phú`.
pub fn bare(name: &str) -> &str {
    ["Xã ", "xã ", "Phường ", "phường "].iter().find_map(|level| name.strip_prefix(level)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn numbers_and_symbols_are_those_of_the_decree() {
        assert_eq!((number(1).as_str(), number(9).as_str(), number(10).as_str()), ("01", "09", "10"));
        assert_eq!((number(123).as_str(), number(1000).as_str()), ("123", "1000"));
        assert_eq!(symbol(&["QĐ", "UBND"]), "QĐ-UBND");
        assert_eq!(symbol(&["", "UBND", "VX"]), "UBND-VX");
        assert_eq!(symbol(&["", "UBND", " "]), "UBND");
    }

    #[test]
    fn only_the_first_two_months_get_a_zero() {
        let day = |text: &str| dated(text.parse().unwrap());
        assert_eq!(day("2020-01-05"), "ngày 05 tháng 01 năm 2020");
        assert_eq!(day("2019-06-29"), "ngày 29 tháng 6 năm 2019");
        assert_eq!(day("2026-02-10"), "ngày 10 tháng 02 năm 2026");
        assert_eq!(day("2026-03-09"), "ngày 09 tháng 3 năm 2026");
        assert_eq!(day("2026-12-31"), "ngày 31 tháng 12 năm 2026");
    }

    #[test]
    fn a_commune_is_named_with_and_without_its_level() {
        for (name, whole, short) in [
            ("Xã Gia Phú", "xã Gia Phú", "Gia Phú"),
            ("xã Gia Phú", "xã Gia Phú", "Gia Phú"),
            ("Phường Cam Đường", "phường Cam Đường", "Cam Đường"),
            ("Gia Phú", "xã Gia Phú", "Gia Phú"),
        ] {
            assert_eq!((commune(name).as_str(), bare(name)), (whole, short));
        }
    }

    #[test]
    fn lists_end_as_the_decree_ends_them() {
        assert_eq!(ended(&lines(&["Căn cứ A", "Căn cứ B.", ""])), lines(&["Căn cứ A;", "Căn cứ B."]));
        assert_eq!(
            receivers(&lines(&["Như Điều 3;"]), "PL.(300)"),
            lines(&["- Như Điều 3;", "- Lưu: VT, PL.(300)."])
        );
        assert_eq!(
            receivers(&lines(&["Lưu: VT, ĐC", "Như trên"]), ""),
            lines(&["- Như trên;", "- Lưu: VT, ĐC."])
        );
        assert_eq!(
            (copies("PL", 300).as_str(), copies("PL", 0).as_str(), copies("", 9).as_str()),
            ("PL.(300)", "PL", "")
        );
    }

    proptest! {
        #[test]
        fn a_number_is_read_back_and_padded_only_below_ten(n in 1_i64..2_000_000) {
            let text = number(n);
            prop_assert_eq!(text.parse::<i64>().unwrap(), n);
            prop_assert_eq!(text.starts_with('0'), n < 10);
            prop_assert!(text.len() >= 2);
        }

        #[test]
        fn a_date_has_the_zeros_of_the_decree(year in 1990_i32..2100, ordinal in 1_u32..366) {
            let day = NaiveDate::from_yo_opt(year, ordinal).unwrap();
            let text = dated(day);
            let parts: Vec<&str> = text.split(' ').collect();
            prop_assert_eq!(parts[1].len(), 2);
            prop_assert_eq!(parts[1].parse::<u32>().unwrap(), day.day());
            prop_assert_eq!(parts[3].parse::<u32>().unwrap(), day.month());
            prop_assert_eq!(parts[3].starts_with('0'), day.month() < 3);
            prop_assert_eq!(parts[5].parse::<i32>().unwrap(), year);
        }

        #[test]
        fn a_list_ends_once(given in proptest::collection::vec("[a-zà-ỹ ;.,]{0,12}", 0..6)) {
            let all = ended(&given);
            for (at, line) in all.iter().enumerate() {
                let end = if at + 1 == all.len() { '.' } else { ';' };
                prop_assert!(line.ends_with(end));
                prop_assert!(!line.ends_with(";;") && !line.ends_with(".."));
            }
            prop_assert_eq!(&ended(&all), &all);
        }
    }
}

//! The lines of a plan's table, and which stands under which. Numbers tell the depth, as Vietnamese plans write them:
//! `I`, `1`, `1.1`, `a)`, `-`.

use chrono::NaiveDate;

/// A line as it was written. `line` counts from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub line: usize,
    pub number: String,
    pub title: String,
    pub main: String,
    pub co: String,
    pub due: String,
    /// 0 at the top.
    pub depth: usize,
    /// Lines stand under it.
    pub heading: bool,
}

/// How deep a number stands; a higher class stands under a lower one.
fn class(number: &str) -> usize {
    let bare = number.trim().trim_end_matches(['.', ')', '/', ':']);
    if bare.is_empty() || bare.chars().all(|c| "-–+•*".contains(c)) {
        return 9;
    }
    if bare.chars().all(|c| "IVXLC".contains(c)) {
        return 0;
    }
    if bare.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
        return bare.split('.').count().min(6);
    }
    if bare.chars().count() == 1 && bare.chars().all(char::is_uppercase) { 0 } else { 7 }
}

/// Reads the cells of a table: number, what, main doer, who helps, deadline. Empty lines and the table's head are left out.
pub(super) fn outline(table: &[Vec<String>]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    // The classes of the lines above, the nearest last.
    let mut above: Vec<usize> = Vec::new();
    for (at, cells) in table.iter().enumerate() {
        let cell = |n: usize| cells.get(n).map_or("", |cell| cell.trim()).to_owned();
        if cell(1).is_empty() || is_head(&cell(0)) {
            continue;
        }
        let class = class(&cell(0));
        above.retain(|higher| *higher < class);
        let depth = above.len();
        above.push(class);
        if let Some(last) = lines.last_mut() {
            last.heading = depth > last.depth;
        }
        let number = cell(0);
        lines.push(Line {
            line: at + 1,
            number,
            title: cell(1),
            main: cell(2),
            co: cell(3),
            due: cell(4),
            depth,
            heading: false,
        });
    }
    lines
}

fn is_head(number: &str) -> bool {
    matches!(vntext::fold(number).as_str(), "tt" | "stt" | "so tt" | "so")
}

/// Cells of a pasted table: tabs as Excel and Word copy them, or bars.
pub(super) fn cells(text: &str) -> Vec<Vec<String>> {
    let line = |line: &str| {
        let mark = if line.contains('\t') { '\t' } else { '|' };
        let line = if mark == '|' { line.trim().trim_start_matches('|').trim_end_matches('|') } else { line };
        line.split(mark).map(vntext::clean).collect()
    };
    text.lines().map(line).collect()
}

/// A deadline: a day, or the last day of a month (`6/2026`), quarter (`Quý II/2026`) or year.
pub(super) fn due(text: &str) -> Option<NaiveDate> {
    let text = vntext::fold(text);
    let numbers: Vec<u32> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let end_of = |month: u32, year: u32| {
        let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1)?.pred_opt()
    };
    if let Some(quarter) = text.strip_prefix("quy ") {
        let quarter = quarter.split(|c: char| !c.is_alphanumeric()).next()?;
        let quarter = match quarter {
            "i" | "1" => 1,
            "ii" | "2" => 2,
            "iii" | "3" => 3,
            "iv" | "4" => 4,
            _ => return None,
        };
        return end_of(quarter * 3, *numbers.last()?);
    }
    match numbers.as_slice() {
        [day, month, year] => NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, *month, *day),
        [month, year] if (1..=12).contains(month) => end_of(*month, *year),
        [year] => end_of(12, *year),
        _ => None,
    }
    .filter(|day| (2000..2100).contains(&chrono::Datelike::year(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_tell_what_stands_under_what() {
        let text = "TT\tNhiệm vụ\tChủ trì\nI\tHạ tầng số\n1\tWi-Fi\tVăn thư\n1.1\tNhà văn hóa\tTrưởng thôn\n-\tĐông Căm\tTrưởng thôn\n2\tCamera\n\
                    II\tKinh tế số\n1\tChợ 4.0\n\n";
        let lines = outline(&cells(text));
        let depths: Vec<(usize, usize, bool)> =
            lines.iter().map(|one| (one.line, one.depth, one.heading)).collect();
        assert_eq!(
            depths,
            [
                (2, 0, true),
                (3, 1, true),
                (4, 2, true),
                (5, 3, false),
                (6, 1, false),
                (7, 0, true),
                (8, 1, false)
            ]
        );
    }

    #[test]
    fn a_table_with_bars_is_read_and_lines_without_numbers_are_beside_each_other() {
        let lines =
            outline(&cells("| 1 | Việc một | Văn thư | | 30/6/2026 |\n| a) | Phần a |\n|  | Phần b |"));
        let told: Vec<(&str, usize)> = lines.iter().map(|one| (one.title.as_str(), one.depth)).collect();
        assert_eq!(told, [("Việc một", 0), ("Phần a", 1), ("Phần b", 2)]);
        assert_eq!(lines[0].due, "30/6/2026");
    }

    #[test]
    fn a_deadline_may_be_a_month_a_quarter_or_a_year() {
        let day = |text: &str| due(text).map(|day| day.to_string());
        assert_eq!(day("30/6/2026").as_deref(), Some("2026-06-30"));
        assert_eq!(day("Tháng 2/2028").as_deref(), Some("2028-02-29"));
        assert_eq!(day("Quý II/2026").as_deref(), Some("2026-06-30"));
        assert_eq!(day("Quý IV năm 2026").as_deref(), Some("2026-12-31"));
        assert_eq!(day("Năm 2026").as_deref(), Some("2026-12-31"));
        for wrong in ["thường xuyên", "31/02/2026", "13/2026", "Quý V/2026", "0001"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}

//! A plain text becomes the parts of a document: each line is a paragraph, set by how it begins.
//!
//! `Điều 1. …` is an article, `Chương I`, `Mục 2`, `Phần thứ nhất` stand in the middle with their title below, `QUYẾT ĐỊNH:`
//! in the middle and bold, `Căn cứ …` in italics; `| a | b |` is a row of a table; `**bold**` and `*italic*` inside a line.

use serde::{Deserialize, Serialize};

/// Letters of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub text: String,
    #[serde(default)]
    pub bold: bool,
    #[serde(default)]
    pub italic: bool,
}

/// A part of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A clause, a point or any other paragraph.
    Plain { runs: Vec<Run> },
    /// What a decision rests on.
    Ground { runs: Vec<Run> },
    /// `Điều 1.` and what follows; a title is bold as well.
    Article { head: String, runs: Vec<Run>, title: bool },
    /// In the middle and bold: `QUYẾT ĐỊNH:`, `Chương I`.
    Middle { runs: Vec<Run> },
    /// The title of what stands above it, in capitals.
    PartTitle { text: String },
    /// Rows of cells; the first row may be a head.
    Table { head: bool, rows: Vec<Vec<Vec<Run>>> },
}

/// The parts of a text.
pub fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if is_row(line) {
            let end = (at..lines.len()).find(|next| !is_row(lines[*next])).unwrap_or(lines.len());
            blocks.push(table(&lines[at - 1..end]));
            at = end;
        } else if is_part(line) {
            blocks.push(Block::Middle { runs: runs(line) });
            if let Some(title) = lines.get(at).filter(|next| is_title(next)) {
                blocks.push(Block::PartTitle { text: title.to_uppercase() });
                at += 1;
            }
        } else {
            blocks.push(paragraph(line));
        }
    }
    blocks
}

fn paragraph(line: &str) -> Block {
    if let Some((head, rest)) = article(line) {
        let title = !rest.is_empty() && !rest.ends_with(['.', ';', ':', ',']);
        return Block::Article { head: head.to_owned(), runs: runs(rest), title };
    }
    match line {
        _ if is_resolution(line) => Block::Middle { runs: runs(line) },
        _ if ["Căn cứ ", "Xét ", "Theo đề nghị "].iter().any(|start| line.starts_with(start))
            && line.ends_with([';', '.']) =>
        {
            Block::Ground { runs: runs(line) }
        }
        _ => Block::Plain { runs: runs(line) },
    }
}

/// `QUYẾT ĐỊNH:` and the like: all capitals, ended by a colon.
fn is_resolution(line: &str) -> bool {
    let Some(words) = line.strip_suffix(':') else { return false };
    words.chars().any(char::is_alphabetic)
        && words.chars().all(|c| !c.is_lowercase())
        && words.chars().count() <= 40
}

/// `Điều 1.` and what follows.
fn article(line: &str) -> Option<(&str, &str)> {
    let after = line.strip_prefix("Điều ")?;
    let digits = after.chars().take_while(char::is_ascii_digit).count();
    let letter = after[digits..].chars().next().filter(|c| c.is_lowercase()).map_or(0, char::len_utf8);
    let rest = after[digits + letter..].strip_prefix('.').filter(|_| digits > 0)?;
    Some((line[..line.len() - rest.len()].trim_end(), rest.trim_start()))
}

/// The word of a part and its number, alone on the line.
fn is_part(line: &str) -> bool {
    let words: Vec<&str> = line.trim_end_matches('.').split_whitespace().collect();
    match words.as_slice() {
        ["Phần", "thứ", _] => true,
        ["Phần" | "Chương" | "Mục", number] => {
            number.chars().all(|c| "IVXLC".contains(c)) || number.chars().all(|c| c.is_ascii_digit())
        }
        ["Tiểu", "mục", number] => number.chars().all(|c| c.is_ascii_digit()),
        _ => false,
    }
}

pub(super) fn is_title(line: &str) -> bool {
    !is_row(line) && !is_part(line) && article(line).is_none() && !line.ends_with(['.', ';', ':'])
}

fn is_row(line: &str) -> bool {
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

fn table(lines: &[&str]) -> Block {
    let cells = |line: &str| -> Vec<String> {
        line[1..line.len() - 1].split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let is_rule = |row: &Vec<String>| {
        row.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| "-: ".contains(c)))
    };
    let mut rows: Vec<Vec<String>> = lines.iter().map(|line| cells(line)).collect();
    let head = rows.get(1).is_some_and(is_rule);
    rows.retain(|row| !is_rule(row));
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for row in &mut rows {
        row.resize(width, String::new());
    }
    Block::Table { head, rows: rows.iter().map(|row| row.iter().map(|cell| runs(cell)).collect()).collect() }
}

/// `**bold**` and `*italic*`; a star that closes nothing stays a star.
pub fn runs(line: &str) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    let mut rest = line;
    let mut before = String::new();
    while let Some(at) = rest.find('*') {
        let mark = if rest[at..].starts_with("**") { "**" } else { "*" };
        let inside = &rest[at + mark.len()..];
        let end = inside
            .find(mark)
            .filter(|end| *end > 0 && !inside.starts_with(' ') && !inside[..*end].ends_with(' '));
        match end {
            Some(end) => {
                before.push_str(&rest[..at]);
                push(&mut all, &before, false, false);
                before.clear();
                push(&mut all, &inside[..end], mark == "**", mark == "*");
                rest = &inside[end + mark.len()..];
            }
            None => {
                before.push_str(&rest[..at + mark.len()]);
                rest = inside;
            }
        }
    }
    before.push_str(rest);
    push(&mut all, &before, false, false);
    all
}

fn push(all: &mut Vec<Run>, text: &str, bold: bool, italic: bool) {
    if !text.is_empty() {
        all.push(Run { text: text.to_owned(), bold, italic });
    }
}

/// Without its marks.
pub fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<Run> {
        vec![Run { text: text.into(), bold: false, italic: false }]
    }

    #[test]
    fn lines_are_set_by_what_they_say() {
        assert_eq!(article("Điều 12. Hiệu lực."), Some(("Điều 12.", "Hiệu lực.")));
        assert_eq!(article("Điều 3a. Bổ sung"), Some(("Điều 3a.", "Bổ sung")));
        assert_eq!(article("Điều kiện sống."), None);
        assert_eq!(article("Như Điều 3."), None);
        assert_eq!(paragraph("QUYẾT ĐỊNH:"), Block::Middle { runs: words("QUYẾT ĐỊNH:") });
        assert_eq!(paragraph("Căn cứ Luật Hộ tịch;"), Block::Ground { runs: words("Căn cứ Luật Hộ tịch;") });
        assert_eq!(paragraph("Ông (bà): …"), Block::Plain { runs: words("Ông (bà): …") });
        let title = |line: &str| matches!(paragraph(line), Block::Article { title: true, .. });
        assert!(title("Điều 1. Phạm vi điều chỉnh") && !title("Điều 1. Phê duyệt kế hoạch."));
    }

    #[test]
    fn parts_have_their_title_below() {
        let all = blocks("Chương I\nQuy định chung\nĐiều 1. Phạm vi\n1. Một.\na) Hai;\nMục 1\nĐiều 2. X.");
        assert_eq!(all[1], Block::PartTitle { text: "QUY ĐỊNH CHUNG".into() });
        assert!(matches!(&all[2], Block::Article { title: true, .. }));
        assert_eq!(all[4], Block::Plain { runs: words("a) Hai;") });
        assert!(matches!((&all[5], &all[6]), (Block::Middle { .. }, Block::Article { .. })));
    }

    #[test]
    fn rows_become_one_table() {
        let all = blocks("Trước\n| STT | Tên |\n|---|:--|\n| 1 | **Soi Cờ** |\n| 2 |\nSau");
        let Block::Table { head, rows } = &all[1] else { panic!("{all:?}") };
        assert!(*head && rows.len() == 3 && rows.iter().all(|row| row.len() == 2), "{rows:?}");
        assert!(rows[1][1][0].bold && all.len() == 3);
    }

    #[test]
    fn stars_that_close_nothing_stay() {
        assert_eq!(runs("2 * 3 = 6"), words("2 * 3 = 6"));
        assert_eq!(runs("a **b"), words("a **b"));
        let all = runs("Giao **Phòng Kinh tế** chủ trì, *báo cáo* trước.");
        assert_eq!(plain(&all), "Giao Phòng Kinh tế chủ trì, báo cáo trước.");
        assert!(all[1].bold && all[3].italic && all.len() == 5);
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in "(\\PC|\n|\\||\\*){0,200}") {
            let all = blocks(&text);
            prop_assert!(all.len() <= 2 * text.lines().count());
        }

        #[test]
        fn words_without_stars_come_back(text in "[^*\n]{1,80}") {
            prop_assert_eq!(plain(&runs(&text)), text);
        }
    }
}

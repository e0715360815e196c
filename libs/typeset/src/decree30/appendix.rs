//! Appendices: what follows the paper on pages of its own.

use super::text::{Block, blocks, is_title};
use serde::{Deserialize, Serialize};

/// One appendix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appendix {
    /// `Phụ lục`, with its Roman number where there are several.
    pub name: String,
    /// In capitals; may be empty.
    pub title: String,
    /// On its side, for wide tables.
    pub landscape: bool,
    pub blocks: Vec<Block>,
}

/// The appendices of a text. A line `Phụ lục` begins one, whatever number stands there: they are counted here. `(ngang)` after
/// it turns the page. The line below is the title, the rest is a text as [`blocks`] knows it. A text that begins otherwise is
/// one appendix.
pub fn appendices(text: &str) -> Vec<Appendix> {
    let mut parts: Vec<(bool, Vec<&str>)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match begins(line) {
            Some(landscape) => parts.push((landscape, Vec::new())),
            None if parts.is_empty() => parts.push((false, vec![line])),
            None => parts.last_mut().into_iter().for_each(|(_, lines)| lines.push(line)),
        }
    }
    let several = parts.len() > 1;
    let part = |(at, (landscape, mut lines)): (usize, (bool, Vec<&str>))| {
        let title = lines.first().is_some_and(|line| is_title(line)).then(|| lines.remove(0).to_uppercase());
        let name = if several { format!("Phụ lục {}", roman(at + 1)) } else { "Phụ lục".to_owned() };
        Appendix { name, title: title.unwrap_or_default(), landscape, blocks: blocks(&lines.join("\n")) }
    };
    parts.into_iter().enumerate().map(part).collect()
}

/// Whether the line begins an appendix, and if so, whether that lies on its side.
fn begins(line: &str) -> Option<bool> {
    let lower = line.trim_end_matches(['.', ':']).to_lowercase();
    let mut rest = lower.strip_prefix("phụ lục")?.trim();
    let landscape = rest.strip_suffix("(ngang)").map(|before| rest = before.trim()).is_some();
    let number = rest.chars().all(|c| "ivxlc".contains(c)) || rest.chars().all(|c| c.is_ascii_digit());
    number.then_some(landscape)
}

fn roman(mut number: usize) -> String {
    let mut out = String::new();
    for (value, sign) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn they_are_counted_and_titled() {
        let all = appendices(
            "Phụ lục\nDanh mục nhiệm vụ\n1. Một.\nPHỤ LỤC 7 (ngang):\nBiểu tổng hợp\n| a | b |\n| 1 | 2 |",
        );
        let told: Vec<_> =
            all.iter().map(|one| (one.name.as_str(), one.title.as_str(), one.landscape)).collect();
        assert_eq!(told, [("Phụ lục I", "DANH MỤC NHIỆM VỤ", false), ("Phụ lục II", "BIỂU TỔNG HỢP", true)]);
        assert!(matches!(all[1].blocks.as_slice(), [Block::Table { .. }]));
    }

    #[test]
    fn one_alone_has_no_number_and_needs_no_word() {
        let all = appendices("Danh sách hộ được hỗ trợ\n| STT | Họ và tên |");
        assert_eq!(
            (all.len(), all[0].name.as_str(), all[0].title.as_str()),
            (1, "Phụ lục", "DANH SÁCH HỘ ĐƯỢC HỖ TRỢ")
        );
        assert!(appendices(" \n").is_empty());
        assert_eq!(begins("Phụ lục này gồm hai biểu"), None);
    }

    #[test]
    fn numbers_are_roman() {
        let all: Vec<String> = [1, 4, 9, 14, 40, 99].into_iter().map(roman).collect();
        assert_eq!(all, ["I", "IV", "IX", "XIV", "XL", "XCIX"]);
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in "(\\PC|\n|Phụ lục|\\|){0,120}") {
            prop_assert!(appendices(&text).len() <= text.lines().count());
        }
    }
}

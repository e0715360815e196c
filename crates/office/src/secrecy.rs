//! Documents under the law on state secrets have no place here: they are refused at every entrance, and nothing of them is
//! kept, not even a row. What marks one stands in `data/office-secrecy`.

use platform::{Ctx, Error, Result};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    /// A line of the first page that is one of these words, folded, marks the whole document.
    stamps: Vec<String>,
    /// Endings of the notation by which some agencies tell secret series.
    #[serde(default)]
    notations: Vec<String>,
    /// How many lines of the text stand on the first page at most.
    first_lines: usize,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

/// Refuses a document that bears a secrecy stamp in its text, its notation or what the sender said of it.
///
/// # Errors
/// A sentence at `field` that says where such a document belongs.
pub(crate) fn refuse_marked(ctx: &Ctx, field: &'static str, notation: &str, text: &str) -> Result<()> {
    let marks: Arc<Marks> = ctx.app.law.in_force("office-secrecy", ctx.today())?.content;
    if marked(&marks, notation, text) {
        return Err(Error::field(field, "office-secret-refused"));
    }
    Ok(())
}

fn marked(marks: &Marks, notation: &str, text: &str) -> bool {
    let stamps: Vec<String> = marks.stamps.iter().map(|stamp| bare(stamp)).collect();
    // A stamp stands beside other things in a page of two columns.
    let stamp = |line: &str| line.split("   ").any(|piece| stamps.contains(&bare(piece)));
    let ends = |ending: &String| !ending.is_empty() && notation.trim().ends_with(ending.as_str());
    marks.notations.iter().any(ends)
        || text.lines().filter(|line| !line.trim().is_empty()).take(marks.first_lines).any(stamp)
}

/// Small letters with their marks, without signs, `"TỐI  MẬT."` as `"tối mật"`: scanners read stamps with spaces and dots. The
/// marks stay, because `mặt` and `mất` are other words.
fn bare(line: &str) -> String {
    let line = vntext::clean(line).to_lowercase();
    let letters: String = line.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks() -> Marks {
        toml::from_str(include_str!("../../../data/office-secrecy/2020-01-01.toml")).expect("the file reads")
    }

    #[test]
    fn a_stamp_is_a_line_of_its_own() {
        let marks = marks();
        for stamped in [
            "TỐI MẬT\nQUYẾT ĐỊNH",
            "ỦY BAN\n\n  Mật. \nSố: 1/UBND",
            "Độ mật: Tuyệt mật",
            "TỐI MẬT        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ] {
            assert!(marked(&marks, "", stamped), "{stamped}");
        }
        for open in ["Nuôi ong lấy mật", "Về việc bảo vệ bí mật nhà nước", "MẬT ONG XÃ GIA PHÚ", "Mặt", "Mất"]
        {
            assert!(!marked(&marks, "", open), "{open}");
        }
    }

    #[test]
    fn only_the_first_page_is_asked() {
        let late = format!("{}Mật\n", "một dòng\n".repeat(500));
        assert!(!marked(&marks(), "", &late));
    }
}

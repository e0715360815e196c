//! How alike a heading and a label are.
//!
//! To teach every schema an abbreviation that officials use, add it to [`ABBREVIATIONS`]; to teach one field
//! another heading, add the heading to the labels of that field in the schema.

use vntext::{clean, fold};

/// What is written short in headings, lower case, with its marks: `đt` is a telephone, `dt` a people.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("bhyt", "bảo hiểm y tế"),
    ("bhxh", "bảo hiểm xã hội"),
    ("cmt", "cmnd"),
    ("cmtnd", "cmnd"),
    ("đ/c", "địa chỉ"),
    ("đc", "địa chỉ"),
    ("đdcn", "định danh cá nhân"),
    ("đđcn", "định danh cá nhân"),
    ("ddcn", "định danh cá nhân"),
    ("dt", "dân tộc"),
    ("đt", "điện thoại"),
    ("đtdđ", "điện thoại di động"),
    ("gt", "giới tính"),
    ("hk", "hộ khẩu"),
    ("hktt", "hộ khẩu thường trú"),
    ("ht", "họ tên"),
    ("ns", "năm sinh"),
    ("ntn", "ngày tháng năm"),
    ("ntns", "ngày tháng năm sinh"),
    ("q/hệ", "quan hệ"),
    ("q.hệ", "quan hệ"),
    ("qh", "quan hệ"),
    ("sđt", "số điện thoại"),
    ("sdt", "số điện thoại"),
    ("shk", "số hộ khẩu"),
    ("sn", "năm sinh"),
    ("stt", "số thứ tự"),
    ("tt", "thứ tự"),
    ("tđhv", "trình độ học vấn"),
    ("tđvh", "trình độ văn hóa"),
    ("tg", "tôn giáo"),
];

/// Words that change nothing: "họ và tên" is "họ tên".
const FILLERS: &[&str] = &["va", "cua", "voi", "theo", "tai", "neu", "co", "ghi", "ro"];

/// From here up a match is sure.
pub(crate) const SURE: u8 = 90;
/// Below this there is no match.
pub(crate) const WEAK: u8 = 55;

/// A heading or a label, made ready to compare.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heading {
    /// Lower case, with marks.
    marked: String,
    /// Words without marks, abbreviations written out, fillers dropped.
    words: Vec<String>,
    folded: String,
}

impl Heading {
    pub(crate) fn new(text: &str) -> Self {
        let marked = clean(&without_brackets(text)).to_lowercase();
        let marked = if marked.is_empty() { clean(text).to_lowercase() } else { marked };
        let long: Vec<&str> = marked.split(' ').map(long_form).collect();
        let all = fold(&long.join(" "));
        let words: Vec<String> =
            all.split(' ').filter(|w| !w.is_empty() && !FILLERS.contains(w)).map(str::to_owned).collect();
        let words = if words.is_empty() { vec![all] } else { words };
        let folded = words.join(" ");
        Heading { marked, words, folded }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    pub(crate) fn same(&self, other: &Heading) -> bool {
        !self.is_empty() && self.folded == other.folded
    }
}

fn long_form(word: &str) -> &str {
    let bare = word.trim_matches(|c: char| matches!(c, '.' | ',' | ':' | ';' | '*'));
    ABBREVIATIONS.iter().find(|(short, _)| *short == bare).map_or(word, |(_, long)| long)
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// From 0 to 100.
pub(crate) fn likeness(heading: &Heading, label: &Heading) -> u8 {
    if heading.is_empty() || label.is_empty() {
        return 0;
    }
    if heading.marked == label.marked {
        return 100;
    }
    if heading.folded == label.folded {
        // "Năm" (year) and "Nam" (male) differ by a mark only.
        let contrary = heading.marked.is_ascii() != label.marked.is_ascii() && heading.words.len() == 1;
        return if contrary { 80 } else { 97 };
    }
    if heading.words.len() > 1 && same_words(heading, label) {
        return 92;
    }
    let within =
        if heading.words.len() > 1 || label.words.len() > 1 { containment(heading, label) } else { 0 };
    within.max(nearly(&heading.folded, &label.folded))
}

/// The same words in any order; "số" in front may be missing where two others are left.
fn same_words(a: &Heading, b: &Heading) -> bool {
    let sorted = |h: &Heading| {
        let mut words = h.words.clone();
        if words.len() > 2 && words[0] == "so" {
            words.remove(0);
        }
        words.sort_unstable();
        words
    };
    sorted(a) == sorted(b)
}

/// The words of one stand in a row in the other: the more of it they are, the better.
fn containment(heading: &Heading, label: &Heading) -> u8 {
    let (long, short) =
        if heading.words.len() >= label.words.len() { (heading, label) } else { (label, heading) };
    let at = long.words.windows(short.words.len()).position(|w| w == short.words);
    let Some(at) = at else { return 0 };
    let share = short.folded.len() * 40 / long.folded.len().max(1);
    // Headings begin with what matters.
    let first = if at == 0 { 6 } else { 0 };
    (42 + share + first) as u8
}

/// One slip of the pen in a heading of some length, two in a long one.
fn nearly(a: &str, b: &str) -> u8 {
    let shorter = a.len().min(b.len());
    let allowed = if shorter >= 12 { 2 } else { usize::from(shorter >= 6) };
    if allowed == 0 || a.len().abs_diff(b.len()) > allowed || a.len() > 64 {
        return 0;
    }
    match distance(a.as_bytes(), b.as_bytes()) {
        d if d <= allowed => 82 - 4 * d as u8,
        _ => 0,
    }
}

fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(heading: &str, label: &str) -> u8 {
        likeness(&Heading::new(heading), &Heading::new(label))
    }

    #[test]
    fn usual_spellings_are_sure() {
        for (heading, label) in [
            ("HỌ VÀ TÊN", "Họ và tên"),
            ("Ho va ten", "Họ tên"),
            ("Ho\u{323} va\u{300} te\u{302}n", "Họ và tên"),
            ("SĐT", "Số điện thoại"),
            ("NTNS", "Ngày tháng năm sinh"),
            ("Q/Hệ với chủ hộ", "Quan hệ với chủ hộ"),
            ("QH với chủ hộ:", "Quan hệ với chủ hộ"),
            ("Ngày sinh (dd/mm/yyyy)", "Ngày sinh"),
            ("CCCD/CMND", "CMND/CCCD"),
            ("Số CCCD/CMND", "CMND/CCCD"),
            ("Giới\ntính", "Giới tính"),
            ("ĐT", "Điện thoại"),
            ("DT", "Dân tộc"),
        ] {
            assert!(score(heading, label) >= SURE, "{heading} / {label}: {}", score(heading, label));
        }
    }

    #[test]
    fn near_ones_need_a_look() {
        assert!((WEAK..SURE).contains(&score("Họ và tên chủ hộ", "Họ và tên")));
        assert!((WEAK..SURE).contains(&score("Nghề nghịêp hiện nay", "Nghề nghiệp hiện nai")));
        assert!(score("Năm", "Nam") < SURE);
        assert_eq!(score("Nam", "Nam"), 100);
    }

    #[test]
    fn others_do_not_match() {
        assert!(score("Ghi chú", "Dân tộc") < WEAK);
        assert!(score("Nữ", "Nam") < WEAK);
        assert!(score("ĐT", "Dân tộc") < WEAK);
    }
}

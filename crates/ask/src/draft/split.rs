//! A draft as numbered paragraphs: chapters, articles (Điều), clauses (khoản), points (điểm) keep their names.

/// A paragraph; depth 0 is a chapter or what stands before the first article, 1 an article, 2 a clause, 3 a point.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub mark: String,
    pub depth: i64,
    pub words: String,
}

/// Lines that belong together become one: files break them at the margin.
fn paragraphs(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = vntext::clean(line);
        if line.is_empty() {
            continue;
        }
        let goes_on = line.chars().next().is_some_and(char::is_lowercase) && point(&line).is_none();
        match all.last_mut() {
            Some(last) if goes_on && !last.ends_with(['.', ';', ':', '!', '?']) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => all.push(line),
        }
    }
    all
}

/// "Điều 12" of "Điều 12. Phạm vi"
fn article(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("Điều ")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest[digits..].chars().next();
    (digits > 0 && matches!(after, None | Some('.' | ':' | ' ' | 'a'..='z')))
        .then(|| &line[.."Điều ".len() + digits])
}

/// "3" of "3. Người dân…"
fn clause(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    ((1..=2).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "))).then(|| &line[..digits])
}

/// "đ" of "đ) Hộ nghèo"
fn point(line: &str) -> Option<&str> {
    let letter = line.chars().next().filter(|letter| letter.is_lowercase())?;
    line[letter.len_utf8()..].starts_with(") ").then(|| &line[..letter.len_utf8()])
}

fn chapter(line: &str) -> Option<String> {
    let mut words = line.split(' ');
    let (first, second) = (words.next()?, words.next()?);
    let named = ["chuong", "muc", "phan", "phu luc"].contains(&vntext::fold(first).as_str());
    let numbered = second.chars().all(|letter| "IVXLCDM0123456789.:".contains(letter));
    (named && numbered).then(|| format!("{first} {}", second.trim_end_matches(['.', ':'])))
}

pub(super) fn split(text: &str) -> Vec<Piece> {
    let (mut article_now, mut clause_now) = (String::new(), String::new());
    let mut pieces = Vec::new();
    for words in paragraphs(text) {
        let (mark, depth) = if let Some(mark) = article(&words) {
            article_now = mark.to_owned();
            clause_now.clear();
            (article_now.clone(), 1)
        } else if let Some(number) = clause(&words) {
            clause_now = ["khoản", number, &article_now].join(" ").trim_end().to_owned();
            (clause_now.clone(), 2)
        } else if let Some(letter) = point(&words) {
            let of = if clause_now.is_empty() { &article_now } else { &clause_now };
            (["điểm", letter, of].join(" ").trim_end().to_owned(), 3)
        } else if let Some(mark) = chapter(&words) {
            clause_now.clear();
            (mark, 0)
        } else {
            (String::new(), if article_now.is_empty() { 0 } else { 2 })
        };
        pieces.push(Piece { mark, depth, words });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<(String, i64)> {
        split(text).into_iter().map(|piece| (piece.mark, piece.depth)).collect()
    }

    #[test]
    fn articles_clauses_and_points_keep_their_names() {
        let text = "QUY CHẾ\nquản lý chợ phiên\n\nChương I. Quy định chung\nĐiều 1. Phạm vi\nQuy chế này áp dụng cho chợ.\n\
                    Điều 2. Giờ họp chợ\n1. Chợ họp chủ nhật,\ntừ 5 giờ đến 11 giờ.\n2. Mùa vụ:\na) Tháng 5;\nđ) Tháng 9.\nĐiều 10. Phí";
        let found = split(text);
        let got: Vec<(&str, i64)> = found.iter().map(|piece| (piece.mark.as_str(), piece.depth)).collect();
        assert_eq!(
            got,
            [
                ("", 0),
                ("Chương I", 0),
                ("Điều 1", 1),
                ("", 2),
                ("Điều 2", 1),
                ("khoản 1 Điều 2", 2),
                ("khoản 2 Điều 2", 2),
                ("điểm a khoản 2 Điều 2", 3),
                ("điểm đ khoản 2 Điều 2", 3),
                ("Điều 10", 1),
            ]
        );
        assert_eq!(found[0].words, "QUY CHẾ quản lý chợ phiên");
        assert_eq!(found[5].words, "1. Chợ họp chủ nhật, từ 5 giờ đến 11 giờ.");
    }

    #[test]
    fn plain_text_is_paragraphs_without_names() {
        assert_eq!(marks("Một.\n\nHai."), [(String::new(), 0), (String::new(), 0)]);
        assert_eq!(marks("  \n\n"), []);
        // A sum of money and an article in a sentence are no heads.
        assert_eq!(marks("200.000 đồng mỗi hộ\nĐiều này cần bàn thêm")[0].0, "");
        assert_eq!(marks("Điều này cần bàn thêm"), [(String::new(), 0)]);
    }
}

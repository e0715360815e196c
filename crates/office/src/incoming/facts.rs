//! What the first page of a document says of itself: number, date, agency, kind, subject, signer. A proposal for the clerk,
//! who looks and mends; what is not found stays empty. The places are those of Annex I of Decree 30/2020/NĐ-CP, as
//! `pdftotext -layout` keeps them: two columns side by side, apart by blanks.

use super::model::Facts;
use crate::books::Books;
use chrono::NaiveDate;

/// More columns of blanks than this stand between two columns of the page.
const GAP: &str = "   ";

/// Reads the first page of `text`.
pub(crate) fn proposed(text: &str, books: &Books) -> Facts {
    let first = text.split('\u{c}').next().unwrap_or_default();
    let lines: Vec<&str> = first.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect();
    let (number, notation) = lines.iter().find_map(|line| symbol(line)).unwrap_or_default();
    let (kind, subject) = kind_and_subject(&lines, books, &notation);
    let (signer_position, signer_name) = signer(text);
    Facts {
        sender_name: sender(&lines),
        issued_on: lines.iter().take(20).find_map(|line| date(line)),
        kind,
        subject,
        signer_name,
        signer_position,
        urgency: urgency(&lines, books),
        page_count: None,
        due_on: due(first),
        number,
        notation,
    }
}

/// The pieces of a line that stand apart.
fn columns(line: &str) -> impl Iterator<Item = &str> {
    line.split(GAP).map(str::trim).filter(|piece| !piece.is_empty())
}

/// `Số: 15/QĐ-UBND` as number and notation.
fn symbol(line: &str) -> Option<(String, String)> {
    let piece = columns(line).find(|piece| vntext::fold(piece).starts_with("so"))?;
    let rest = piece.split_once(':')?.1.trim();
    let (number, notation) = rest.split_once('/')?;
    let number: String = number.chars().filter(|c| c.is_ascii_digit()).collect();
    let notation: String = notation.split_whitespace().take(3).collect::<Vec<_>>().concat();
    let fits = |c: char| c.is_alphanumeric() || "-/.&".contains(c);
    let notation: String = notation.chars().take_while(|c| fits(*c)).collect();
    (!notation.is_empty()).then_some((number, notation))
}

/// `Lào Cai, ngày 05 tháng 01 năm 2026`.
fn date(line: &str) -> Option<NaiveDate> {
    let folded = vntext::fold(line);
    let after = |word: &str| -> Option<u32> {
        let rest = folded.split_once(word)?.1;
        let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    NaiveDate::from_ymd_opt(i32::try_from(after("nam ")?).ok()?, after("thang ")?, after("ngay ")?)
}

/// The lines of the left column above the number: the issuing body is the last of them, after the one that governs it.
fn sender(lines: &[&str]) -> String {
    let until = lines.iter().position(|line| symbol(line).is_some()).unwrap_or(0);
    let mut names: Vec<&str> = Vec::new();
    for line in &lines[..until.min(12)] {
        let Some(piece) = columns(line).next() else { continue };
        let folded = vntext::fold(piece);
        let of_state = folded.starts_with("cong hoa xa hoi")
            || folded.starts_with("doc lap")
            || folded.starts_with("dang cong san");
        // A piece in the right column alone is indented.
        let indented = line.len() - line.trim_start().len() > 40;
        let letters = piece.chars().any(char::is_alphabetic);
        if !of_state && !indented && letters && piece.to_uppercase() == piece {
            names.push(piece);
        }
    }
    let body = |name: &&str| BODIES.iter().any(|body| vntext::fold(name).starts_with(body));
    let from = names.iter().rposition(body).unwrap_or(0);
    let name = names[from.min(names.len())..].join(" ");
    sentence(&name.replace("UBND", "ỦY BAN NHÂN DÂN").replace("HĐND", "HỘI ĐỒNG NHÂN DÂN"))
}

/// How the names of agencies begin, folded: the last line that begins so is the issuing body, the one above governs it.
const BODIES: [&str; 27] = [
    "uy ban",
    "ubnd",
    "hoi dong",
    "hdnd",
    "so ",
    "ban ",
    "phong ",
    "van phong",
    "cong an",
    "trung tam",
    "chi cuc",
    "cuc ",
    "tong cuc",
    "hoi ",
    "doan ",
    "dang uy",
    "tinh uy",
    "bo ",
    "truong ",
    "tram ",
    "bao hiem",
    "ngan hang",
    "kho bac",
    "toa an",
    "vien ",
    "mat tran",
    "thanh tra",
];

/// `ỦY BAN NHÂN DÂN TỈNH LÀO CAI` as one writes it in a sentence; `SỞ Y TẾ` becomes `Sở Y tế`. Names of places keep their
/// capitals where a word of a unit stands before them.
fn sentence(name: &str) -> String {
    const PLACES: [&str; 7] = ["tỉnh", "huyện", "xã", "phường", "thành phố", "thị trấn", "đặc khu"];
    let small = name.to_lowercase();
    let place =
        PLACES.iter().filter_map(|word| small.find(&format!(" {word} ")).map(|at| at + word.len() + 2)).min();
    let (head, tail) = small.split_at(place.unwrap_or(small.len()));
    let mut out = capital(head);
    for word in tail.split(' ').filter(|word| !word.is_empty()) {
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(&capital(word));
    }
    out.trim().to_owned()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The kind stands as a line of its own in capitals, its subject under it; a công văn says "V/v" under its number.
fn kind_and_subject(lines: &[&str], books: &Books, notation: &str) -> (String, String) {
    let kinds = books.kinds();
    let named = |line: &str| {
        let line = line.trim();
        let of_line = |kind: &&&str| kind.to_uppercase() == line;
        kinds.iter().find(of_line).copied()
    };
    for (at, line) in lines.iter().enumerate().take(25) {
        if let Some(kind) = named(line) {
            return (kind.to_owned(), paragraph(&lines[at + 1..]));
        }
    }
    if let Some(at) = lines.iter().take(20).position(|line| columns(line).any(regarding)) {
        return ("Công văn".to_owned(), left_column(&lines[at..]));
    }
    (books.kind_of_notation(notation).unwrap_or_default().to_owned(), String::new())
}

fn regarding(piece: &str) -> bool {
    let folded = piece.to_lowercase();
    folded.starts_with("v/v") || folded.starts_with("về việc")
}

/// The subject under a kind: lines until the legal bases, the addressees or the body begin.
fn paragraph(lines: &[&str]) -> String {
    const ENDS: [&str; 6] = ["can cu", "kinh gui", "thuc hien", "chuong", "phan", "dieu"];
    let mut words: Vec<&str> = Vec::new();
    for line in lines.iter().take(8) {
        let folded = vntext::fold(line);
        let ends = ENDS.iter().any(|start| folded.starts_with(start))
            || folded.starts_with("i ")
            || folded.starts_with("1 ");
        let rule = !line.chars().any(char::is_alphanumeric);
        let capitals = line.trim().to_uppercase() == line.trim();
        if ends || rule || (capitals && !words.is_empty()) {
            break;
        }
        words.push(line.trim());
        if line.trim_end().ends_with('.') {
            break;
        }
    }
    tidy(&words.join(" "))
}

/// The subject of a công văn: in the left column, until it ends.
fn left_column(lines: &[&str]) -> String {
    let mut words: Vec<String> = Vec::new();
    for (n, line) in lines.iter().take(6).enumerate() {
        let start = line.len() - line.trim_start().len();
        let Some(piece) = columns(line).next() else { break };
        let folded = vntext::fold(piece);
        if n > 0 && (start > 30 || folded.starts_with("kinh gui") || date(piece).is_some()) {
            break;
        }
        words.push(piece.to_owned());
    }
    let text = words.join(" ");
    let text = text.strip_prefix("V/v").or_else(|| text.strip_prefix("v/v")).unwrap_or(&text);
    let text = text.strip_prefix("Về việc").unwrap_or(text).trim();
    tidy(&capital(text.trim_start_matches(':').trim()))
}

fn tidy(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_end_matches(['.', ';', ',']).chars().take(500).collect()
}

fn urgency(lines: &[&str], books: &Books) -> i64 {
    let stamped = |stamp: &str| lines.iter().take(25).any(|line| columns(line).any(|piece| piece == stamp));
    books.urgencies().filter(|(_, stamp)| stamped(stamp)).map(|(level, _)| level).max().unwrap_or(0)
}

/// "trước ngày 15/4/2026": until when an answer is wanted.
fn due(text: &str) -> Option<NaiveDate> {
    let folded = text.to_lowercase();
    let at = folded.find("trước ngày")?;
    let rest = folded[at + "trước ngày".len()..].trim_start();
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '/').collect();
    let mut parts = digits.trim_matches('/').split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The block under "TM.", "KT.", "TL." or a position in capitals in the right column, and the name that closes it.
fn signer(text: &str) -> (String, String) {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let from = lines.iter().rposition(|line| vntext::fold(line).contains("noi nhan"));
    let Some(from) = from else { return Default::default() };
    let right = |line: &&str| -> Option<String> {
        let piece = line.rsplit(GAP).map(str::trim).find(|piece| !piece.is_empty())?;
        let start = line.find(piece)?;
        (start > 30 && !piece.starts_with('-')).then(|| piece.to_owned())
    };
    let pieces: Vec<String> = lines[from..].iter().take(40).filter_map(right).collect();
    let position = pieces.iter().rfind(|piece| is_position(piece)).cloned().unwrap_or_default();
    let name = pieces.iter().rfind(|piece| is_name(piece)).cloned().unwrap_or_default();
    (sentence(&position), name)
}

fn is_position(piece: &str) -> bool {
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    letters > 4 && piece.to_uppercase() == piece && !piece.contains('.') && !piece.contains(':')
}

/// Two to six words that begin with capitals and go on in small letters.
fn is_name(piece: &str) -> bool {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let name = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.all(|c| c.is_lowercase())
    };
    (2..=6).contains(&words.len()) && words.iter().all(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn books() -> Books {
        toml::from_str(include_str!("../../../../data/office-books/2020-03-05.toml")).expect("the file reads")
    }

    const PLAN: &str = "
     UBND TỈNH LÀO CAI                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
         SỞ Y TẾ                               Độc lập - Tự do - Hạnh phúc
       ______                                     _______________
     Số: 09/KH-SYT                           Lào Cai, ngày 05 tháng 01 năm 2026

                                    KẾ HOẠCH
              Khám sức khỏe định kỳ cho người cao tuổi
                     trên địa bàn tỉnh năm 2026
                                ___________
      Căn cứ Luật Khám bệnh, chữa bệnh;

Nơi nhận:                                          KT. GIÁM ĐỐC
- Như trên;                                         PHÓ GIÁM ĐỐC
- Lưu: VT, NV.

                                                    Trần Thị Mẫu
";

    #[test]
    fn a_named_kind_tells_its_facts() {
        let facts = proposed(PLAN, &books());
        assert_eq!((facts.number.as_str(), facts.notation.as_str()), ("09", "KH-SYT"));
        assert_eq!(facts.issued_on, NaiveDate::from_ymd_opt(2026, 1, 5));
        assert_eq!(facts.kind, "Kế hoạch");
        assert_eq!(facts.subject, "Khám sức khỏe định kỳ cho người cao tuổi trên địa bàn tỉnh năm 2026");
        assert_eq!(facts.sender_name, "Sở y tế");
        assert_eq!(
            (facts.signer_position.as_str(), facts.signer_name.as_str()),
            ("Phó giám đốc", "Trần Thị Mẫu")
        );
        assert_eq!(facts.urgency, 0);
    }

    const LETTER: &str = "
ỦY BAN NHÂN DÂN                           CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 TỈNH LÀO CAI                                Độc lập - Tự do - Hạnh phúc

Số: 1204/UBND-KT                              Lào Cai, ngày 29 tháng 6 năm 2026
V/v rà soát hộ nghèo                                       HỎA TỐC
và hộ cận nghèo
                       Kính gửi: Ủy ban nhân dân các xã, phường.
      Đề nghị báo cáo trước ngày 15/7/2026.

Nơi nhận:                                        TM. ỦY BAN NHÂN DÂN
- Như trên;                                            CHỦ TỊCH



                                                  Nguyễn Văn Thử
";

    #[test]
    fn a_letter_says_what_it_is_about() {
        let facts = proposed(LETTER, &books());
        assert_eq!(facts.kind, "Công văn");
        assert_eq!(facts.subject, "Rà soát hộ nghèo và hộ cận nghèo");
        assert_eq!((facts.number.as_str(), facts.notation.as_str()), ("1204", "UBND-KT"));
        assert_eq!(facts.sender_name, "Ủy ban nhân dân tỉnh Lào Cai");
        assert_eq!((facts.urgency, facts.due_on), (3, NaiveDate::from_ymd_opt(2026, 7, 15)));
        assert_eq!(
            (facts.signer_position.as_str(), facts.signer_name.as_str()),
            ("Chủ tịch", "Nguyễn Văn Thử")
        );
    }

    #[test]
    fn what_is_not_there_stays_empty() {
        assert_eq!(proposed("", &books()), Facts::default());
        assert_eq!(proposed("Giấy mời họp lớp\nSố người: 30/buổi", &books()).subject, "");
    }
}

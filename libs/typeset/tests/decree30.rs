//! A paper by the decree, measured in the PDF as another program reads it, against the file of the law.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::process::Command;
use typeset::decree30::{Form, Layout, Paper, appendices, blocks, ended, receivers};

fn layout() -> Layout {
    let text = include_str!("../../../data/document-layout/2020-03-05.toml");
    toml::from_str(text).unwrap()
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

const BODY: &str = "QUYẾT ĐỊNH:\nĐiều 1. Thành lập Tổ công nghệ số cộng đồng xã Gia Phú gồm 14 người.\n1. Tổ trưởng: **ông Nguyễn Văn An**.\na) Có trách nhiệm *báo cáo* hằng tháng;\nb) Mở lớp tập huấn cho 14 thôn.\n| STT | Thôn | Số hộ |\n|---|---|---|\n| 1 | Đông Căm | 112 |\n| 2 | Soi Cờ | 98 |\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.";

fn paper() -> Paper {
    let layout = layout();
    Paper {
        form: Form::Named,
        draft: false,
        above: Vec::new(),
        issuer: lines(&["ỦY BAN NHÂN DÂN", "XÃ GIA PHÚ"]),
        number: "05".into(),
        symbol: "/QĐ-UBND".into(),
        place_and_date: "Gia Phú, ngày 05 tháng 01 năm 2026".into(),
        title: "QUYẾT ĐỊNH".into(),
        subject: "Về việc thành lập Tổ công nghệ số cộng đồng".into(),
        stamp: String::new(),
        circulation: String::new(),
        landscape: false,
        appendices: Vec::new(),
        attached: String::new(),
        to: Vec::new(),
        authority: lines(&["ỦY BAN NHÂN DÂN XÃ GIA PHÚ"]),
        grounds: ended(&lines(&[
            "Căn cứ Luật Tổ chức chính quyền địa phương",
            "Theo đề nghị của Công an xã",
        ])),
        blocks: blocks(BODY),
        signer: layout.signer["vice_chairman"].clone(),
        signer_name: "Nguyễn Văn Hùng".into(),
        receivers: receivers(&lines(&["Như Điều 2", "UBND tỉnh Lào Cai"]), "PL.(30)"),
        contact: Vec::new(),
        code: String::new(),
        note: Vec::new(),
        layout,
    }
}

fn letter() -> Paper {
    Paper {
        form: Form::Letter,
        symbol: "/UBND-VX".into(),
        number: "12".into(),
        title: String::new(),
        subject: "mời dự lớp tập huấn kỹ năng số".into(),
        stamp: "HỎA TỐC".into(),
        to: lines(&["Trưởng 14 thôn;", "Các đoàn thể xã."]),
        authority: Vec::new(),
        grounds: Vec::new(),
        blocks: blocks(
            &"Thực hiện kế hoạch của tỉnh, Ủy ban nhân dân xã mời các thôn cử người dự lớp tập huấn.\n"
                .repeat(25),
        ),
        ..paper()
    }
}

fn made(paper: &Paper) -> Vec<u8> {
    let at: DateTime<Utc> = "2026-01-05T02:05:07Z".parse().unwrap();
    let files = BTreeMap::from([("code.svg".to_owned(), SVG.to_vec())]);
    paper.pdf(&files, at).unwrap()
}

const SVG: &[u8] =
    br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>"#;

fn told(pdf: &[u8], program: &str, line: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("paper.pdf"), pdf).unwrap();
    let out = Command::new(program).args(line).current_dir(folder.path()).output().unwrap();
    assert!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn text(pdf: &[u8]) -> String {
    told(pdf, "pdftotext", &["-layout", "paper.pdf", "-"])
}

/// A piece of text: where it stands in points, and its letters.
#[derive(Debug, Clone)]
struct Piece {
    page: usize,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    size: f64,
    bold: bool,
    italic: bool,
    text: String,
}

/// Places are told in thirds of a point; more the program does not give.
const ZOOM: f64 = 3.0;

fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let rest = tag.split(&format!(" {name}=\"")).nth(1).unwrap_or_else(|| panic!("{name} in {tag}"));
    rest.split('"').next().unwrap()
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).parse::<f64>().unwrap() / ZOOM
}

fn pieces(pdf: &[u8]) -> Vec<Piece> {
    let xml = told(pdf, "pdftohtml", &["-xml", "-i", "-stdout", "-zoom", "3", "paper.pdf"]);
    let mut fonts = BTreeMap::new();
    let (mut all, mut page) = (Vec::new(), 0);
    for line in xml.lines().map(str::trim) {
        if line.starts_with("<page ") {
            page += 1;
        } else if line.starts_with("<fontspec ") {
            fonts.insert(attribute(line, "id").to_owned(), number(line, "size"));
        } else if line.starts_with("<text ") {
            let size = fonts[attribute(line, "font")];
            let inside = line.split_once('>').unwrap().1.rsplit_once("</text>").unwrap().0;
            let bare: String =
                inside.split('<').map(|part| part.split_once('>').map_or(part, |(_, rest)| rest)).collect();
            let (left, top) = (number(line, "left"), number(line, "top"));
            all.push(Piece {
                page,
                left,
                right: left + number(line, "width"),
                top,
                bottom: top + number(line, "height"),
                size,
                bold: inside.contains("<b>"),
                italic: inside.contains("<i>"),
                text: bare.trim().to_owned(),
            });
        }
    }
    all
}

fn find<'p>(all: &'p [Piece], text: &str) -> &'p Piece {
    all.iter().find(|piece| piece.text.contains(text)).unwrap_or_else(|| panic!("no {text} in {all:#?}"))
}

const MM: f64 = 72.0 / 25.4;

#[track_caller]
fn near(found: f64, wanted: f64, within: f64) {
    assert!((found - wanted).abs() <= within, "{found} is not {wanted} ± {within}");
}

#[test]
fn a_paper_by_the_decree_has_all_its_parts() {
    let one = text(&made(&paper()));
    for part in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "XÃ GIA PHÚ",
        "Số: 05/QĐ-UBND",
        "Gia Phú, ngày 05 tháng 01 năm 2026",
        "Về việc thành lập Tổ công nghệ số cộng đồng",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Theo đề nghị của Công an xã.",
        "Điều 1. Thành lập",
        "Soi Cờ",
        "KT. CHỦ TỊCH",
        "Nguyễn Văn Hùng",
        "Nơi nhận:",
        "- Như Điều 2;",
        "- Lưu: VT, PL.(30).",
    ] {
        assert!(one.contains(part), "{part}:\n{one}");
    }
    let draft =
        Paper { draft: true, code: "mã".into(), note: lines(&["Kiểm tra tại đây"]), ..paper() };
    let draft = text(&made(&draft));
    assert!(
        !one.contains("DỰ THẢO") && draft.contains("DỰ") && draft.contains("Kiểm tra tại đây"),
        "{draft}"
    );
}

#[test]
fn sizes_styles_and_margins_are_those_of_the_file() {
    let (pdf, layout) = (made(&paper()), layout());
    let about = told(&pdf, "pdfinfo", &["paper.pdf"]);
    assert!(about.contains("(A4)"), "{about}");
    let fonts = told(&pdf, "pdffonts", &["paper.pdf"]);
    // Under the heading and its rule stands one line a face: upright, italic and bold at least.
    let faces: Vec<&str> =
        fonts.lines().filter(|line| line.contains("CID") || line.contains("Type")).collect();
    let faces: Vec<&str> = faces.into_iter().filter(|line| !line.starts_with("name")).collect();
    assert!(faces.len() >= 3, "{fonts}");
    assert!(faces.iter().all(|line| line.contains("LiberationSerif") && line.contains("yes")), "{fonts}");
    let all = pieces(&pdf);
    let sizes = layout.sizes;
    for (words, size, bold, italic) in [
        ("CỘNG HÒA", sizes.state, true, false),
        ("Độc lập", sizes.motto, true, false),
        ("XÃ GIA PHÚ", sizes.issuer, true, false),
        ("Số: 05", sizes.number, false, false),
        ("Gia Phú, ngày", sizes.place, false, true),
        ("Về việc", sizes.title, true, false),
        ("Căn cứ", sizes.body, false, true),
        ("Điều 1.", sizes.body, true, false),
        ("Có trách nhiệm", sizes.body, false, false),
        ("PHÓ CHỦ TỊCH", sizes.signer, true, false),
        ("Nguyễn Văn Hùng", sizes.signer, true, false),
        ("Nơi nhận", sizes.receivers_title, true, true),
        ("- Như Điều 2;", sizes.receivers, false, false),
    ] {
        let piece = find(&all, words);
        near(piece.size, size, 0.3);
        assert_eq!((piece.bold, piece.italic), (bold, italic), "{piece:?}");
    }
    let (width, height) = (210.0 * MM, 297.0 * MM);
    let left = all.iter().map(|piece| piece.left).fold(width, f64::min);
    let right = all.iter().map(|piece| piece.right).fold(0.0, f64::max);
    let top = all.iter().map(|piece| piece.top).fold(height, f64::min);
    assert!(left >= layout.margins.left * MM - 1.0, "left {left}");
    assert!(right <= width - layout.margins.right * MM + 1.0, "right {right}");
    near(top, layout.margins.top * MM, 4.0);
    assert!(all.iter().all(|piece| piece.bottom <= height - layout.margins.bottom * MM + 1.0));
    // A paragraph begins 1 cm or 1.27 cm from the margin.
    near(find(&all, "Căn cứ").left, (layout.margins.left + layout.first_line) * MM, 1.0);
}

#[test]
fn every_part_stands_in_its_place() {
    let layout = layout();
    let all = pieces(&made(&paper()));
    let middle = |piece: &Piece| f64::midpoint(piece.left, piece.right);
    let (issuer, state) = (find(&all, "XÃ GIA PHÚ"), find(&all, "CỘNG HÒA"));
    let (number, place) = (find(&all, "Số: 05"), find(&all, "Gia Phú, ngày"));
    // Box 3 below box 2, box 4 below box 1, on one line.
    near(middle(number), middle(issuer), 2.0);
    near(middle(place), middle(state), 2.0);
    near(number.bottom, place.bottom, 1.0);
    assert!(number.top > issuer.bottom && issuer.right < state.left);
    // Boxes 5a and the middle words between the margins.
    let centre = (layout.margins.left + 210.0 - layout.margins.right) / 2.0 * MM;
    for words in ["Về việc thành lập", "ỦY BAN NHÂN DÂN XÃ GIA PHÚ", "QUYẾT ĐỊNH:"] {
        near(middle(find(&all, words)), centre, 2.0);
    }
    // Box 9b level with 7a and flush left; the name under the position.
    let (receivers, signer) = (find(&all, "Nơi nhận"), find(&all, "TM. ỦY BAN"));
    near(receivers.top, signer.top, 3.0);
    near(receivers.left, layout.margins.left * MM, 1.0);
    near(middle(find(&all, "Nguyễn Văn Hùng")), middle(signer), 2.0);
    let gap = find(&all, "Nguyễn Văn Hùng").top - find(&all, "PHÓ CHỦ TỊCH").bottom;
    assert!(gap >= layout.signature_gap * MM - 2.0, "{gap}");
    // Box 7c: in the middle of both, where the room says.
    let room = paper().room(&BTreeMap::new(), DateTime::<Utc>::UNIX_EPOCH).unwrap().unwrap();
    let (position, name) = (find(&all, "PHÓ CHỦ TỊCH"), find(&all, "Nguyễn Văn Hùng"));
    assert_eq!(room.page, name.page);
    near(room.middle, middle(name), 2.0);
    near(297.0 * MM - room.top, position.bottom, 5.0);
    near(297.0 * MM - room.bottom, name.top, 5.0);
}

#[test]
fn a_letter_has_its_subject_under_the_number() {
    let layout = layout();
    let pdf = made(&letter());
    let all = pieces(&pdf);
    let (number, subject, stamp) =
        (find(&all, "Số: 12/UBND-VX"), find(&all, "V/v mời dự"), find(&all, "HỎA TỐC"));
    near(subject.size, layout.sizes.letter_subject, 0.3);
    assert!(!subject.bold && subject.top >= number.bottom && subject.right < 105.0 * MM, "{subject:?}");
    near(stamp.size, layout.sizes.stamp, 0.3);
    assert!(stamp.bold && stamp.top > subject.bottom && stamp.right < 105.0 * MM);
    let to = find(&all, "Kính gửi:");
    near(to.size, layout.sizes.to, 0.3);
    assert!(to.top > stamp.bottom && find(&all, "Các đoàn thể xã").left > to.left + 10.0);
    // The number of the page stands in the middle of the top margin, from the second page on.
    let pages = all.last().unwrap().page;
    assert!(pages >= 2);
    let top = |page: usize| {
        all.iter().filter(move |piece| piece.page == page && piece.bottom < layout.margins.top * MM)
    };
    assert_eq!(top(1).count(), 0);
    let shown: Vec<&Piece> = top(2).collect();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert_eq!(shown[0].text, "2");
    near(shown[0].size, layout.sizes.page, 0.3);
    let centre = (layout.margins.left + 210.0 - layout.margins.right) / 2.0 * MM;
    near(f64::midpoint(shown[0].left, shown[0].right), centre, 1.5);
    // The parts of the signature stay together.
    let page = |words: &str| find(&all, words).page;
    assert!(page("Nơi nhận") == page("PHÓ CHỦ TỊCH") && page("PHÓ CHỦ TỊCH") == page("Nguyễn Văn Hùng"));
}

#[test]
fn one_addressee_stands_on_the_line_of_the_word() {
    let one = Paper { to: lines(&["Ủy ban nhân dân tỉnh Lào Cai"]), ..letter() };
    let text = text(&made(&one));
    assert!(text.contains("Kính gửi: Ủy ban nhân dân tỉnh Lào Cai"), "{text}");
}

#[test]
fn two_pages_are_set_the_same_each_time() {
    assert_eq!(made(&letter()), made(&letter()));
}

#[test]
fn appendices_stand_on_pages_of_their_own_and_count_them_anew() {
    let layout = layout();
    let rows = "| 1 | Đông Căm | 112 | Đã xong | Ông Lò Văn A | 30/6/2026 |\n".repeat(60);
    let text = format!("Phụ lục\nDanh mục nhiệm vụ\n1. Một.\nPhụ lục (ngang)\nTiến độ từng thôn\n{rows}");
    let one = Paper {
        contact: lines(&["Địa chỉ: xã Gia Phú"]),
        appendices: appendices(&text),
        attached: "Kèm theo Công văn số".into(),
        blocks: blocks("Gửi kèm hai phụ lục."),
        ..letter()
    };
    let pdf = made(&one);
    let all = pieces(&pdf);
    let (first, second) = (find(&all, "Phụ lục I"), find(&all, "Phụ lục II"));
    assert_eq!((find(&all, "Nguyễn Văn Hùng").page, first.page, second.page), (1, 2, 3));
    let title = find(&all, "TIẾN ĐỘ TỪNG THÔN");
    assert!(first.bold && title.bold && title.top >= second.bottom - 1.0);
    near(first.size, layout.sizes.body, 0.3);
    let attached = all.iter().filter(|piece| piece.text.contains("Kèm theo Công văn") && piece.italic);
    assert_eq!(attached.map(|piece| piece.page).collect::<Vec<_>>(), [2, 3]);
    // The second one lies on its side and takes two pages; the paper itself stands upright.
    let size = |page: &str| told(&pdf, "pdfinfo", &["-f", page, "-l", page, "paper.pdf"]);
    assert!(size("2").contains("595.276 x 841.89"), "{}", size("2"));
    assert!(size("4").contains("841.89 x 595.276"), "{}", size("4"));
    let centre = (layout.margins.left + 297.0 - layout.margins.right) / 2.0 * MM;
    near(f64::midpoint(second.left, second.right), centre, 2.0);
    // Pages are counted anew: none on the first of each, "2" on the second.
    let numbers: Vec<(usize, &str)> = all
        .iter()
        .filter(|piece| piece.bottom < layout.margins.top * MM)
        .map(|piece| (piece.page, piece.text.as_str()))
        .collect();
    assert_eq!(numbers.first(), Some(&(4, "2")), "{numbers:?}");
    assert!(numbers.iter().all(|(page, shown)| shown.parse::<usize>().unwrap() + 2 == *page), "{numbers:?}");
    let contact: Vec<usize> =
        all.iter().filter(|piece| piece.text.contains("Địa chỉ")).map(|piece| piece.page).collect();
    assert_eq!(contact, [1], "the address belongs to the paper");
}

#[test]
fn a_wide_paper_lies_on_its_side_and_says_who_may_read_it() {
    let one = Paper { landscape: true, circulation: "LƯU HÀNH NỘI BỘ".into(), ..paper() };
    let pdf = made(&one);
    assert!(told(&pdf, "pdfinfo", &["paper.pdf"]).contains("841.89 x 595.276"));
    let all = pieces(&pdf);
    let (stamp, number) = (find(&all, "LƯU HÀNH NỘI BỘ"), find(&all, "Số: 05"));
    assert!(stamp.bold && stamp.top > number.bottom, "{stamp:?}");
    near(stamp.size, layout().sizes.stamp, 0.3);
    // The room of the signature is found on the turned page too.
    let room = one.room(&BTreeMap::new(), DateTime::<Utc>::UNIX_EPOCH).unwrap().unwrap();
    let (position, name) = (find(&all, "PHÓ CHỦ TỊCH"), find(&all, "Nguyễn Văn Hùng"));
    near(room.middle, f64::midpoint(name.left, name.right), 2.0);
    near(210.0 * MM - room.top, position.bottom, 5.0);
}

//! What a template may do, and what comes of it.

use chrono::{DateTime, Utc};
use serde_json::json;
use std::collections::BTreeMap;
use std::process::Command;
use typeset::{Sheet, pdf};

fn at() -> DateTime<Utc> {
    "2026-01-05T02:05:07Z".parse().unwrap()
}

fn set(template: &str, data: &serde_json::Value) -> Result<Vec<u8>, typeset::Fault> {
    pdf(&Sheet { template, data, files: &BTreeMap::new(), at: at() })
}

/// As a reader's program takes the text out of it.
fn text(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sheet.pdf");
    std::fs::write(&path, pdf).unwrap();
    let out = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

const PLAIN: &str = r#"
#let d = json("data.json")
#set document(title: d.title)
#set text(font: "Liberation Serif", size: 14pt, lang: "vi")
#strong[#d.title] \
#emph[#d.line]
"#;

#[test]
fn vietnamese_text_can_be_read_out_again() {
    let data =
        json!({ "title": "GIẤY XÁC NHẬN", "line": "Nguyễn Thị Hằng, thôn Đông Căm – “ở đậu” 1.234,5 đ" });
    let text = text(&set(PLAIN, &data).unwrap());
    assert!(text.contains("GIẤY XÁC NHẬN"), "{text}");
    assert!(text.contains("Nguyễn Thị Hằng, thôn Đông Căm – “ở đậu” 1.234,5 đ"), "{text}");
}

#[test]
fn the_same_gives_the_same_bytes() {
    let data = json!({ "title": "A", "line": "B" });
    assert_eq!(set(PLAIN, &data).unwrap(), set(PLAIN, &data).unwrap());
    assert_ne!(set(PLAIN, &data).unwrap(), set(PLAIN, &json!({ "title": "A", "line": "C" })).unwrap());
}

#[test]
fn markup_in_the_data_stays_text() {
    let data = json!({ "title": "#panic()", "line": "*x* $y$ #read(\"/etc/passwd\") <script>" });
    let text = text(&set(PLAIN, &data).unwrap());
    assert!(text.contains("*x* $y$ #read(\"/etc/passwd\") <script>"), "{text}");
}

#[test]
fn a_wrong_template_is_told_by_its_line() {
    let fault = set("Một\n\n#let x = (\n", &json!({})).unwrap_err();
    assert!(fault.line >= 3, "{fault}");
    let fault = set("Một\n#nothing()", &json!({})).unwrap_err();
    assert_eq!((fault.line, fault.message.as_str()), (2, "unknown variable: nothing"));
}

#[test]
fn nothing_outside_is_reached() {
    for template in [
        "#read(\"/etc/passwd\")",
        "#read(\"../Cargo.toml\")",
        "#include \"other.typ\"",
        "#import \"@preview/cetz:0.4.0\"",
        "#datetime.today()",
    ] {
        assert!(set(template, &json!({})).is_err(), "{template}");
    }
}

#[test]
fn a_drawing_is_read_by_its_name() {
    let svg =
        br#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>"#;
    let files = BTreeMap::from([("code.svg".to_owned(), svg.to_vec())]);
    let template = "#image(\"code.svg\", alt: \"x\", width: 2cm)";
    let with = pdf(&Sheet { template, data: &json!({}), files: &files, at: at() }).unwrap();
    assert!(with.starts_with(b"%PDF-1.7"));
    assert!(set(template, &json!({})).is_err());
}

/// Every part of an administrative paper, on as many pages as its text needs.
fn decree(paragraphs: usize, draft: bool) -> Vec<u8> {
    let long = "Ông (bà) Giàng Thị Mỷ, sinh ngày 20/06/1995, số định danh cá nhân 010195000123, nơi cư trú: thôn Đông Căm.";
    let sizes = json!({ "state": 12, "motto": 13, "issuer": 12, "number": 13, "place": 13, "title": 14, "body": 14,
        "signer": 14, "receivers_title": 12, "receivers": 11, "note": 10 });
    let heading =
        json!({ "state": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "motto": "Độc lập - Tự do - Hạnh phúc" });
    let margins = json!({ "top": 20, "bottom": 20, "left": 30, "right": 20 });
    let mut texts = vec![
        json!({ "kind": "ground", "head": "", "text": "Căn cứ Luật Tổ chức chính quyền địa phương;" }),
        json!({ "kind": "middle", "head": "", "text": "QUYẾT ĐỊNH:" }),
        json!({ "kind": "article", "head": "Điều 1.", "text": "Công nhận hộ nghèo." }),
    ];
    texts.extend((0..paragraphs).map(|_| json!({ "kind": "plain", "head": "", "text": long })));
    let data = json!({
        "layout": { "sizes": sizes, "heading": heading, "margins": margins }, "draft": draft,
        "number": "05", "symbol": "QĐ-UBND", "place_and_date": "Gia Phú, ngày 05 tháng 01 năm 2026",
        "issuer": ["ỦY BAN NHÂN DÂN", "XÃ GIA PHÚ"], "title": "QUYẾT ĐỊNH", "subject": "Về việc công nhận hộ nghèo",
        "paragraphs": texts, "signer": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "signer_name": "Nguyễn Văn Hùng", "receivers": ["Như Điều 3", "Lưu: VT"], "code": true, "code_alt": "x",
        "note": ["Văn bản điện tử, có chữ ký số.", "Kiểm tra tại https://giaphu.example/giay-to/4K7P-2M9Q-XW31"],
    });
    let svg =
        br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>"#;
    let files = BTreeMap::from([("code.svg".to_owned(), svg.to_vec())]);
    pdf(&Sheet { template: typeset::DECREE30, data: &data, files: &files, at: at() }).unwrap()
}

#[test]
fn a_paper_by_the_decree_has_all_its_parts() {
    let one = text(&decree(3, false));
    for part in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "XÃ GIA PHÚ",
        "Số: 05/QĐ-UBND",
        "Gia Phú, ngày 05 tháng 01 năm 2026",
        "Về việc công nhận hộ nghèo",
        "Điều 1. Công nhận hộ nghèo.",
        "KT. CHỦ TỊCH",
        "Nguyễn Văn Hùng",
        "Nơi nhận:",
        "- Lưu: VT",
    ] {
        assert!(one.contains(part), "{part}:\n{one}");
    }
    assert!(!one.contains("DỰ") && text(&decree(3, true)).contains("DỰ"));
    // Pages are numbered from the second on; the parts of the signature stay together.
    let pages: Vec<String> = text(&decree(24, false)).split('\u{c}').map(str::to_owned).collect();
    assert!(pages.len() > 2);
    assert!(
        !pages[0].trim_start().starts_with('1') && pages[1].trim_start().starts_with('2'),
        "{}",
        pages[1]
    );
    let last = pages.iter().find(|page| page.contains("PHÓ CHỦ TỊCH")).unwrap();
    assert!(last.contains("Nguyễn Văn Hùng") && last.contains("Nơi nhận:"), "{last}");
}

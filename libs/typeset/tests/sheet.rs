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

use super::*;
use platform::Uuid;

fn media(kind: MediaKind) -> Media {
    Media {
        id: Uuid::from_u128(5),
        article_id: Uuid::nil(),
        serial: 1,
        kind,
        name: "anh.jpg".into(),
        alt: "Cánh đồng \"bậc thang\"".into(),
        caption: "Lúa chín <b>".into(),
        file_id: Uuid::nil(),
        middle_id: None,
        small_id: None,
        width: Some(1600),
        height: Some(900),
        byte_count: 1_300_000,
    }
}

#[test]
fn what_attacks_is_gone_or_text() {
    let attacks = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><a href=\"javascript:alert(1)\">x</a></svg>",
        "<a href=\"javascript:alert(1)\">bấm</a>",
        "<a href=\"JaVaScRiPt&colon;alert(1)\">bấm</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">bấm</a>",
        "<iframe src=//evil.example></iframe>",
        "<p style=\"background:url(javascript:1)\" onclick=\"x()\">chữ</p>",
        "<form action=//evil.example><input name=p><button>Gửi</button></form>",
        "<math><mtext></mtext><mglyph><style><!--</style><img src onerror=alert(1)>",
        "<base href=//evil.example><meta http-equiv=refresh content=0>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "[bấm](javascript:alert(1))",
        "<details open ontoggle=alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "![x](//evil.example/a.png)",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    ];
    for attack in attacks {
        // Pasted, and typed as if it were Markdown.
        for markdown in [from_html(attack, &[]).0, attack.to_owned()] {
            let shown = to_html(&markdown, &[], "").to_lowercase();
            for wrong in [
                "<script", "<img", "<svg", "<iframe", "<form", "<base", "<meta", "<style", "<details",
                "<input",
            ] {
                assert!(!shown.contains(wrong), "{attack} gives {shown}");
            }
            assert!(
                !shown.contains("href=\"javascript") && !shown.contains("href=\"data"),
                "{attack} gives {shown}"
            );
            // An attribute of an event stands nowhere inside a tag.
            let tags = shown.split('<').skip(1).map(|part| part.split('>').next().unwrap_or_default());
            for tag in tags {
                assert!(!tag.contains(" on") && !tag.contains("style="), "{attack} gives {shown}");
            }
        }
    }
}

#[test]
fn a_paste_from_word_keeps_structure_and_nothing_else() {
    let word = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style>p.MsoNormal{mso-x:1}</style></head><body>\
        <h1 style=\"mso-outline-level:1\">Kết quả</h1><p class=MsoNormal style=\"text-align:justify\"><b><span lang=VI>Xã \
        Gia Phú</span></b> có <i>14</i> thôn.<o:p></o:p></p><!--[if !supportLists]--><ul><li>Thôn một</li><li>Thôn hai</li></ul>\
        <table border=1><tr><td><p>Thôn</p></td><td>Hộ</td></tr><tr><td>Đông Căm</td><td>120</td></tr></table></body></html>";
    let (markdown, _) = from_html(word, &[]);
    let shown = to_html(&markdown, &[], "");
    assert!(shown.contains("<h2>Kết quả</h2>") && shown.contains("<strong>Xã Gia Phú</strong>"), "{shown}");
    assert!(shown.contains("<em>14</em>") && shown.contains("<li>Thôn một</li>"), "{shown}");
    assert!(shown.contains("Đông Căm"), "{shown}");
    assert!(!shown.contains("Mso") && !shown.contains("mso") && !shown.contains("style"), "{shown}");
}

#[test]
fn pictures_stand_where_their_number_stands_and_others_are_named() {
    let one = media(MediaKind::Picture);
    let sent = format!(
        "<p>Một</p><figure><img src=\"/tin-tuc/anh/{}/480\" alt=\"x\"><figcaption>Lúa</figcaption></figure><p>Hai</p>\
         <img src=\"https://cu.example/a.jpg\">",
        one.id
    );
    let (markdown, others) = from_html(&sent, std::slice::from_ref(&one));
    assert_eq!(markdown, "Một\n\n[ảnh 1]\n\nHai");
    assert_eq!(others, ["https://cu.example/a.jpg"]);
    let shown = to_html(&markdown, std::slice::from_ref(&one), "");
    let at = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words} in {shown}"));
    assert!(at("Một") < at("<figure>") && at("</figure>") < at("Hai"));
    assert!(shown.contains("srcset=") && shown.contains("alt=\"Cánh đồng &#34;bậc thang&#34;\""), "{shown}");
    assert!(shown.contains("<figcaption>Lúa chín &#60;b&#62;</figcaption>"), "{shown}");
    // Without a place it stands at the end; a file is offered for saving.
    assert!(to_html("Một", &[one], "").ends_with("</figure>"));
    assert!(to_html("Một", &[media(MediaKind::File)], "").contains("1,2 MB"));
    assert_eq!(plain("## Đầu\n\nMột **hai**\n\n[ảnh 1]\n\n- ba"), "Đầu\nMột hai\nba");
}

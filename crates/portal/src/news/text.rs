//! The text of an article: what is typed or pasted becomes Markdown, Markdown becomes the HTML of the page. Both ways go through
//! lists of what is allowed, so nothing that somebody pastes can act on a reader's page.

use super::model::{Media, MediaKind};
use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use ui::Html;

/// What a text may consist of.
const TAGS: [&str; 24] = [
    "a",
    "b",
    "blockquote",
    "br",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "s",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Gone with all that is inside.
const WITH_CONTENT: [&str; 6] = ["script", "style", "title", "figcaption", "svg", "math"];

/// Pasted, sent or imported HTML as Markdown. Pictures that belong to the article stand as their number; all others go, their
/// addresses are given back.
pub(super) fn from_html(text: &str, media: &[Media]) -> (String, Vec<String>) {
    let text = headings(text);
    let clean = Builder::empty()
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(WITH_CONTENT))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("img", HashSet::from(["src"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .clean(&text)
        .to_string();
    let markdown = htmd::convert(&clean).unwrap_or_default();
    placed(&markdown, media)
}

/// Word's and old sites' largest heading is the second of ours: the first is the title. Blocks of editors become paragraphs.
fn headings(text: &str) -> String {
    let mut text = text.replace("<o:p>", "").replace("</o:p>", "");
    for (old, new) in [("h1", "h2"), ("div", "p")] {
        for end in ['>', ' '] {
            text = text.replace(&format!("<{old}{end}"), &format!("<{new}{end}"));
        }
        text = text.replace(&format!("</{old}>"), &format!("</{new}>"));
    }
    text
}

/// `![alt](address)` becomes the number of the picture on a line of its own.
fn placed(markdown: &str, media: &[Media]) -> (String, Vec<String>) {
    let (mut out, mut others, mut rest) = (String::new(), Vec::new(), markdown);
    while let Some((before, after)) = rest.split_once("![") {
        out.push_str(before);
        let Some((address, tail)) = after.split_once("](").and_then(|(_, tail)| tail.split_once(')')) else {
            out.push_str("![");
            rest = after;
            continue;
        };
        match media.iter().find(|one| address.contains(&one.id.to_string())) {
            Some(one) => out.push_str(&format!("\n\n{}\n\n", one.mark())),
            None => others.push(address.split(' ').next().unwrap_or_default().to_owned()),
        }
        rest = tail;
    }
    out.push_str(rest);
    for word in ["ảnh", "video"] {
        out = out.replace(&format!("\\[{word}"), &format!("[{word}"));
    }
    let lines = out
        .lines()
        .map(|line| if line.starts_with('[') { line.replace("\\]", "]") } else { line.to_owned() });
    (tidy(&lines.collect::<Vec<_>>().join("\n")), others)
}

/// Without trailing blanks and more than one empty line.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && out.ends_with("\n\n")) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.trim().to_owned()
}

/// The number in `[ảnh 3]` when that is all of the paragraph.
fn named(text: &str) -> Option<i64> {
    let inside = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let (word, number) = inside.split_once(' ')?;
    if matches!(word, "ảnh" | "anh" | "video") { number.trim().parse().ok() } else { None }
}

/// Markdown as the page shows it. `key` lets a reader with a preview link see pictures that are not public yet.
pub(super) fn to_html(markdown: &str, media: &[Media], key: &str) -> String {
    let mut out = String::new();
    let mut used = HashSet::new();
    let mut run = String::new();
    for block in markdown.split("\n\n") {
        match named(block).and_then(|serial| media.iter().find(|one| one.serial == serial)) {
            Some(one) if one.kind != MediaKind::File => {
                out.push_str(&ui::markdown::html(&std::mem::take(&mut run)));
                out.push_str(&figure(one, key));
                used.insert(one.id);
            }
            _ => {
                run.push_str(block);
                run.push_str("\n\n");
            }
        }
    }
    out.push_str(&ui::markdown::html(&run));
    // What the writer added and placed nowhere stands at the end.
    for one in media.iter().filter(|one| one.kind != MediaKind::File && !used.contains(&one.id)) {
        out.push_str(&figure(one, key));
    }
    let files: Vec<&Media> = media.iter().filter(|one| one.kind == MediaKind::File).collect();
    if !files.is_empty() {
        let item = |one: &&Media| {
            let name = Html::text(if one.caption.is_empty() { &one.name } else { &one.caption }).0;
            format!(
                "<li><a href=\"{}{key}\">{name}</a> <span class=\"small soft\">({})</span></li>",
                one.url("tep"),
                one.weight()
            )
        };
        out.push_str(&format!(
            "<ul class=\"news-files\">{}</ul>",
            files.iter().map(item).collect::<String>()
        ));
    }
    out
}

fn figure(one: &Media, key: &str) -> String {
    let (alt, caption) = (Html::text(&one.alt).0, Html::text(&one.caption).0);
    let caption =
        if caption.is_empty() { String::new() } else { format!("<figcaption>{caption}</figcaption>") };
    if one.kind == MediaKind::Video {
        let label = if alt.is_empty() { caption.clone() } else { alt };
        let src = one.url("tep");
        return format!(
            "<figure><video controls preload=\"none\" src=\"{src}{key}\" aria-label=\"{label}\"></video>{caption}</figure>"
        );
    }
    let side = |side: Option<i64>| side.unwrap_or(1);
    format!(
        "<figure>{}{caption}</figure>",
        picture(one.id, one.width, &alt, key, "(max-width: 48rem) 100vw, 44rem", "lazy")
            .replace("<img", &format!("<img width=\"{}\" height=\"{}\"", side(one.width), side(one.height)))
    )
}

/// A picture in three sizes. `alt` is HTML already.
pub(super) fn picture(
    id: platform::Uuid,
    width: Option<i64>,
    alt: &str,
    key: &str,
    sizes: &str,
    loading: &str,
) -> String {
    let at = |size: &str| format!("{}/anh/{id}/{size}{key}", super::PATH);
    let largest = width.unwrap_or(1600).max(961);
    format!(
        "<img src=\"{}\" srcset=\"{} 480w, {} 960w, {} {largest}w\" sizes=\"{sizes}\" alt=\"{alt}\" loading=\"{loading}\" decoding=\"async\">",
        at("960"),
        at("480"),
        at("960"),
        at("lon"),
    )
}

/// The words alone, a line for each paragraph.
pub(super) fn plain(markdown: &str) -> String {
    let words = ui::markdown::plain(markdown);
    words.lines().filter(|line| named(line).is_none()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
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
                // An attribute of an event stands nowhere inside a tag.
                let tags = shown.split('<').skip(1).map(|part| part.split('>').next().unwrap_or_default());
                for tag in tags {
                    assert!(
                        !tag.contains(" on")
                            && !tag.contains("style=")
                            && !tag.contains("script:")
                            && !tag.contains("data:"),
                        "{attack} gives {shown}"
                    );
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
        assert!(
            shown.contains("<h2>Kết quả</h2>") && shown.contains("<strong>Xã Gia Phú</strong>"),
            "{shown}"
        );
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
        assert!(
            shown.contains("srcset=") && shown.contains("alt=\"Cánh đồng &quot;bậc thang&quot;\""),
            "{shown}"
        );
        assert!(shown.contains("<figcaption>Lúa chín &lt;b&gt;</figcaption>"), "{shown}");
        // Without a place it stands at the end; a file is offered for saving.
        assert!(to_html("Một", &[one], "").ends_with("</figure>"));
        assert!(to_html("Một", &[media(MediaKind::File)], "").contains("1,2 MB"));
        assert_eq!(plain("## Đầu\n\nMột **hai**\n\n[ảnh 1]\n\n- ba"), "Đầu\nMột hai\nba");
    }
}

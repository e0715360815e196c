//! Reads a feed or an export, and ends early at what is hostile: a DOCTYPE, unknown entities, depth.

use super::super::text;
use chrono::{DateTime, NaiveDateTime, Utc};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde::{Deserialize, Serialize};

const DEEPEST: usize = 12;
const MOST: usize = 5_000;
const TITLE_MAX: usize = 160;
const SUMMARY_MAX: usize = 600;
const BODY_MAX: usize = 60_000;
const LINE_MAX: usize = 200;
/// The names of pictures of one article that are told.
const PICTURES: usize = 20;

/// Why a file is refused: the key of a sentence, and the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub key: &'static str,
    pub line: usize,
}

/// An article of the other site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What names it there for good.
    pub origin: String,
    pub title: String,
    pub link: String,
    pub at: Option<DateTime<Utc>>,
    pub author: String,
    pub summary: String,
    /// Markdown.
    pub body: String,
    pub sections: Vec<String>,
    pub tags: Vec<String>,
    pub published: bool,
    /// Addresses of pictures that stay on the old site.
    pub pictures: Vec<String>,
}

#[derive(Default)]
struct Raw {
    item: Item,
    html: String,
    description: String,
    guid: String,
    post_id: String,
    kind: String,
    status: String,
    date: String,
    date_gmt: String,
}

/// # Errors
/// [`Fault`] for what is no feed, is broken or hostile.
pub fn items(bytes: &[u8]) -> Result<Vec<Item>, Fault> {
    let mut reader = Reader::from_reader(bytes);
    let mut path: Vec<String> = Vec::new();
    let (mut found, mut raw, mut words) = (Vec::new(), None::<Raw>, String::new());
    let mut nicename = String::new();
    let mut is_feed = false;
    loop {
        let event = reader.read_event();
        let line = || line_at(bytes, usize::try_from(reader.buffer_position()).unwrap_or(0));
        let fault = |key| Fault { key, line: line() };
        let event = event.map_err(|_| {
            let at = usize::try_from(reader.error_position()).unwrap_or(0);
            Fault { key: "news-import-wrong", line: line_at(bytes, at) }
        })?;
        match event {
            Event::DocType(_) => return Err(fault("news-import-doctype")),
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                is_feed |= path.is_empty() && name == "rss";
                if path.is_empty() && !is_feed {
                    return Err(fault("news-import-other"));
                }
                if path.len() >= DEEPEST {
                    return Err(fault("news-import-deep"));
                }
                if name == "item" {
                    raw = Some(Raw::default());
                }
                nicename = domain(&tag);
                words.clear();
                path.push(name);
            }
            Event::End(_) => {
                let name = path.pop().unwrap_or_default();
                if name == "item" {
                    found.extend(raw.take().and_then(finished));
                    if found.len() > MOST {
                        return Err(fault("news-import-many"));
                    }
                } else if let Some(raw) =
                    raw.as_mut().filter(|_| path.last().is_some_and(|name| name == "item"))
                {
                    member(raw, &name, &nicename, std::mem::take(&mut words));
                }
                words.clear();
            }
            Event::Text(text) => words.push_str(&text.xml10_content()),
            Event::CData(text) => words.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(character)) => words.push(character),
                Ok(None) => words.push_str(
                    quick_xml::escape::resolve_xml_entity(&name)
                        .ok_or_else(|| fault("news-import-entity"))?,
                ),
                Err(_) => return Err(fault("news-import-entity")),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let last = line_at(bytes, bytes.len());
    match (is_feed, path.is_empty(), found.is_empty()) {
        (false, ..) => Err(Fault { key: "news-import-other", line: 1 }),
        (_, false, _) => Err(Fault { key: "news-import-cut", line: last }),
        (.., true) => Err(Fault { key: "news-import-empty", line: last }),
        _ => Ok(found),
    }
}

fn line_at(bytes: &[u8], at: usize) -> usize {
    1 + bytes[..at.min(bytes.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// Which list a category belongs to: `category` or `post_tag`.
fn domain(tag: &BytesStart<'_>) -> String {
    let found = tag.try_get_attribute("domain").ok().flatten();
    found.map(|found| found.value.into_owned()).unwrap_or_default()
}

fn member(raw: &mut Raw, name: &str, domain: &str, words: String) {
    let line = || words.split_whitespace().collect::<Vec<_>>().join(" ");
    match name {
        "title" => raw.item.title = line().chars().take(TITLE_MAX).collect(),
        "link" => raw.item.link = line().chars().take(LINE_MAX).collect(),
        "guid" => raw.guid = line(),
        "pubDate" => raw.date = line(),
        "dc:creator" | "author" => raw.item.author = line().chars().take(LINE_MAX).collect(),
        "content:encoded" => raw.html = words,
        "excerpt:encoded" if !words.trim().is_empty() => raw.item.summary = words,
        "description" => raw.description = words,
        "category" if domain == "post_tag" => raw.item.tags.push(line().replace(',', " ")),
        "category" => raw.item.sections.push(line()),
        "wp:post_id" => raw.post_id = line(),
        "wp:post_type" => raw.kind = line(),
        "wp:status" => raw.status = line(),
        "wp:post_date_gmt" => raw.date_gmt = line(),
        _ => {}
    }
}

/// An article, if it is one: pages, menus and pictures of an export are not.
fn finished(raw: Raw) -> Option<Item> {
    let Raw { mut item, html, description, guid, post_id, kind, status, date, date_gmt } = raw;
    let article = kind.is_empty() || kind == "post";
    if !article
        || super::slug(&item.title).is_empty()
        || matches!(status.as_str(), "trash" | "auto-draft" | "inherit")
    {
        return None;
    }
    item.published = matches!(status.as_str(), "" | "publish");
    let named =
        [guid, item.link.clone(), post_id, item.title.clone()].into_iter().find(|name| !name.is_empty());
    item.origin = named?.chars().take(500).collect();
    let gmt = NaiveDateTime::parse_from_str(&date_gmt, "%Y-%m-%d %H:%M:%S").ok().map(|at| at.and_utc());
    item.at = gmt.or_else(|| DateTime::parse_from_rfc2822(&date).ok().map(|at| at.to_utc()));
    let source = if html.trim().is_empty() { &description } else { &html };
    let (body, pictures) = text::from_html(&paragraphs(source), &[]);
    item.pictures = pictures.into_iter().take(PICTURES).collect();
    item.body = body.chars().take(BODY_MAX).collect();
    if item.summary.is_empty() && !html.trim().is_empty() {
        item.summary = description;
    }
    let summary = text::plain(&text::from_html(&item.summary, &[]).0);
    let summary = if summary.is_empty() {
        text::plain(&item.body).lines().next().unwrap_or_default().to_owned()
    } else {
        summary
    };
    item.summary =
        summary.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SUMMARY_MAX).collect();
    item.tags.retain(|tag| !tag.is_empty());
    while item.tags.join(", ").chars().count() > LINE_MAX {
        item.tags.pop();
    }
    Some(item)
}

/// WordPress keeps paragraphs as empty lines and makes them on the page.
fn paragraphs(text: &str) -> String {
    if text.contains("<p") || text.contains("<div") {
        return text.to_owned();
    }
    text.replace("\r\n", "\n").split("\n\n").map(|part| format!("<p>{part}</p>")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WXR: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="c" xmlns:wp="w" xmlns:dc="d" xmlns:excerpt="e"><channel><title>Trang cũ</title>
<item><title>Ra quân dọn vệ sinh &amp; trồng cây</title><link>http://cu.example/?p=1</link><guid>http://cu.example/?p=1</guid>
<dc:creator><![CDATA[Ban biên tập]]></dc:creator><category domain="category"><![CDATA[Văn hoá, xã hội]]></category>
<category domain="post_tag">môi trường</category><content:encoded><![CDATA[Đoạn một.

Đoạn <strong>hai</strong>. <img src="http://cu.example/a.jpg"><script>alert(1)</script>]]></content:encoded>
<wp:post_date_gmt>2024-03-02 01:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Trang giới thiệu</title><wp:post_type>page</wp:post_type></item>
<item><title>Nháp</title><guid>2</guid><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>"#;

    #[test]
    fn an_export_gives_its_articles() {
        let all = items(WXR.as_bytes()).unwrap();
        assert_eq!(all.len(), 2);
        let one = &all[0];
        assert_eq!(
            (one.title.as_str(), one.origin.as_str()),
            ("Ra quân dọn vệ sinh & trồng cây", "http://cu.example/?p=1")
        );
        assert_eq!(one.body, "Đoạn một.\n\nĐoạn **hai**.");
        assert_eq!(
            (one.pictures.as_slice(), one.tags.as_slice()),
            (&["http://cu.example/a.jpg".into()][..], &["môi trường".into()][..])
        );
        assert_eq!(one.at.unwrap().to_rfc3339(), "2024-03-02T01:00:00+00:00");
        assert!(one.published && one.summary == "Đoạn một." && !all[1].published);
    }

    #[test]
    fn what_is_wrong_or_hostile_is_told_with_its_line() {
        let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aaaa\">]>\n<rss>&a;</rss>";
        let deep = format!("<rss>{}", "<a>".repeat(50));
        for (text, key, line) in [
            (bomb, "news-import-doctype", 2),
            ("<rss>\n<channel>\n<item><title>&xxe;</title></item></channel></rss>", "news-import-entity", 3),
            ("<rss>\n<channel>\n<item><title>Tin</titel>", "news-import-wrong", 3),
            ("<rss>\n<channel><item><title>Tin</title></item>", "news-import-cut", 2),
            ("<html>\n<body></body></html>", "news-import-other", 1),
            ("không phải XML", "news-import-other", 1),
            ("<rss><channel></channel></rss>", "news-import-empty", 1),
            (deep.as_str(), "news-import-deep", 1),
        ] {
            assert_eq!(items(text.as_bytes()), Err(Fault { key, line }), "{text}");
        }
    }
}

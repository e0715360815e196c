//! Text that people write, in Markdown, as the HTML of a page: HTML inside it is text, pictures of elsewhere are left out, links lead
//! into this site or out by a way that browsers know. Nothing that somebody writes can act on a reader's page.

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html as writer};

/// As a page shows it.
pub fn html(markdown: &str) -> String {
    let mut out = String::new();
    writer::push_html(&mut out, safe(markdown).into_iter());
    out
}

/// The words alone, a line for each paragraph.
pub fn plain(markdown: &str) -> String {
    let mut out = String::new();
    for event in safe(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak
            | Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead,
            ) => out.push('\n'),
            Event::End(TagEnd::TableCell) => out.push_str(", "),
            _ => {}
        }
    }
    let lines = out.lines().map(|line| line.trim().trim_end_matches(',').trim());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn safe(markdown: &str) -> Vec<Event<'_>> {
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut inside_picture = 0;
    let judged = parser.filter_map(|event| match event {
        // HTML is text: what is meant as HTML came through `from_html`.
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { .. }) => {
            inside_picture += 1;
            None
        }
        Event::End(TagEnd::Image) => {
            inside_picture -= 1;
            None
        }
        _ if inside_picture > 0 => None,
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Some(Event::Start(Tag::Heading { level: lower(level), id, classes, attrs }))
        }
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lower(level)))),
        Event::Start(Tag::Link { dest_url, title, id, link_type }) => {
            let dest_url = if harmless(&dest_url, link_type) { dest_url } else { "".into() };
            Some(Event::Start(Tag::Link { dest_url, title, id, link_type }))
        }
        other => Some(other),
    });
    judged.collect()
}

fn lower(level: HeadingLevel) -> HeadingLevel {
    if level == HeadingLevel::H1 { HeadingLevel::H2 } else { level }
}

/// Into this site, or out by a way that browsers know.
fn harmless(address: &str, kind: LinkType) -> bool {
    let address = address.trim().to_lowercase();
    let ways = ["http://", "https://", "mailto:", "tel:", "#"];
    kind == LinkType::Email
        || ways.iter().any(|way| address.starts_with(way))
        || (address.starts_with('/') && !address.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_attacks_is_text_and_what_is_meant_is_shown() {
        let shown = html(
            "# Đầu\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![a](//evil.example/a.png)\n\n- **một**",
        );
        assert!(shown.contains("<h2>Đầu</h2>") && shown.contains("<strong>một</strong>"), "{shown}");
        for wrong in ["<script", "javascript:", "<img", "evil.example"] {
            assert!(!shown.contains(wrong), "{shown}");
        }
        assert_eq!(plain("## Đầu\n\nMột **hai**\n\n- ba"), "Đầu\nMột hai\nba");
    }
}

//! The parts of the file as XML.

use crate::model::{Align, Block, Document, Page, Paragraph, Run, Table};
use std::fmt::Write as _;

pub(crate) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Twentieths of a point.
fn twips(mm: f64) -> i64 {
    (mm * 72.0 / 25.4 * 20.0).round() as i64
}

fn twentieths(points: f64) -> i64 {
    (points * 20.0).round() as i64
}

fn halves(points: f64) -> i64 {
    (points * 2.0).round() as i64
}

/// Text as it may stand in XML: what XML forbids is left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

pub(crate) fn body(document: &Document) -> String {
    let mut out = format!("{HEAD}<w:document {NAMES}><w:body>");
    let mut page = document.page;
    let mut first = true;
    for block in &document.blocks {
        match block {
            Block::Paragraph(one) => paragraph(&mut out, one),
            Block::Table(one) => table(&mut out, one),
            // The properties of a part stand in its last paragraph.
            Block::Part(next) => {
                out.push_str("<w:p><w:pPr>");
                section(&mut out, document, &page, first);
                out.push_str("</w:pPr></w:p>");
                (page, first) = (*next, false);
            }
        }
    }
    // A table must not be the last thing of a body.
    if matches!(document.blocks.last(), None | Some(Block::Table(_))) {
        paragraph(&mut out, &Paragraph::of(Run::new("").size(1.0)));
    }
    section(&mut out, document, &page, first);
    out.push_str("</w:body></w:document>");
    out
}

/// A later part has the heads of the first one, but an empty foot in the place of its own.
fn section(out: &mut String, document: &Document, page: &Page, first: bool) {
    out.push_str("<w:sectPr>");
    if document.page_number > 0.0 && first {
        out.push_str("<w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:headerReference w:type=\"first\" r:id=\"rId3\"/>");
    }
    if !document.foot.is_empty() {
        let id = if first { "rId4" } else { "rId5" };
        let _ = write!(out, "<w:footerReference w:type=\"first\" r:id=\"{id}\"/>");
    }
    let turned = if page.width > page.height { " w:orient=\"landscape\"" } else { "" };
    let count = if first { "" } else { "<w:pgNumType w:start=\"1\"/>" };
    let _ = write!(
        out,
        "<w:pgSz w:w=\"{}\" w:h=\"{}\"{turned}/><w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"{}\" \
         w:footer=\"{}\" w:gutter=\"0\"/>{count}<w:titlePg/></w:sectPr>",
        twips(page.width),
        twips(page.height),
        twips(page.top),
        twips(page.right),
        twips(page.bottom),
        twips(page.left),
        twips(page.top / 2.0),
        twips(page.bottom / 2.0),
    );
}

/// The head of the pages from the second on.
pub(crate) fn header(document: &Document) -> String {
    let size = halves(document.page_number);
    let run = |inside: &str| {
        format!("<w:r><w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>{inside}</w:r>")
    };
    let field = |kind: &str| run(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
    let field = [
        field("begin"),
        run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>"),
        field("separate"),
        run("<w:t>2</w:t>"),
        field("end"),
    ];
    format!(
        "{HEAD}<w:hdr {NAMES}><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p></w:hdr>",
        field.concat()
    )
}

pub(crate) fn no_header() -> String {
    format!("{HEAD}<w:hdr {NAMES}><w:p/></w:hdr>")
}

pub(crate) fn no_footer() -> String {
    format!("{HEAD}<w:ftr {NAMES}><w:p/></w:ftr>")
}

pub(crate) fn footer(document: &Document) -> String {
    let mut out = format!("{HEAD}<w:ftr {NAMES}>");
    document.foot.iter().for_each(|one| paragraph(&mut out, one));
    out.push_str("</w:ftr>");
    out
}

pub(crate) fn styles(document: &Document) -> String {
    let (font, size) = (escaped(&document.font), halves(document.size));
    format!(
        "{HEAD}<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" \
         w:eastAsia=\"{font}\" w:cs=\"{font}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/><w:lang w:val=\"{}\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" \
         w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" \
         w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style></w:styles>",
        escaped(&document.language)
    )
}

/// Elements stand in the order of the schema: Word is strict about it.
fn paragraph(out: &mut String, one: &Paragraph) {
    out.push_str("<w:p><w:pPr>");
    if one.with_next {
        out.push_str("<w:keepNext/>");
    }
    let sides: &[&str] = match (one.boxed.is_empty(), one.rule) {
        (false, _) => &["top", "left", "bottom", "right"],
        (true, true) => &["top"],
        (true, false) => &[],
    };
    if !sides.is_empty() {
        let colour = if one.boxed.is_empty() { "000000" } else { one.boxed };
        out.push_str("<w:pBdr>");
        for side in sides {
            let _ = write!(out, "<w:{side} w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"{colour}\"/>");
        }
        out.push_str("</w:pBdr>");
    }
    let _ = write!(
        out,
        "<w:spacing w:before=\"{}\" w:after=\"{}\"/><w:ind w:left=\"{}\" w:right=\"{}\" w:firstLine=\"{}\"/><w:jc w:val=\"{}\"/></w:pPr>",
        twentieths(one.before),
        twentieths(one.after),
        twips(one.left),
        twips(one.right),
        twips(one.first_line),
        match one.align {
            Align::Left => "left",
            Align::Centre => "center",
            Align::Right => "right",
            Align::Both => "both",
        },
    );
    one.runs.iter().for_each(|one| run(out, one));
    out.push_str("</w:p>");
}

fn run(out: &mut String, one: &Run) {
    out.push_str("<w:r><w:rPr>");
    if one.bold {
        out.push_str("<w:b/><w:bCs/>");
    }
    if one.italic {
        out.push_str("<w:i/><w:iCs/>");
    }
    if !one.colour.is_empty() {
        let _ = write!(out, "<w:color w:val=\"{}\"/>", one.colour);
    }
    if one.size > 0.0 {
        let size = halves(one.size);
        let _ = write!(out, "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    }
    if one.underline {
        out.push_str("<w:u w:val=\"single\"/>");
    }
    let _ = write!(out, "</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(&one.text));
}

fn table(out: &mut String, one: &Table) {
    let whole: i64 = one.widths.iter().map(|width| twips(*width)).sum();
    let line = if one.lines { "single" } else { "nil" };
    let _ = write!(out, "<w:tbl><w:tblPr><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, "<w:{side} w:val=\"{line}\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    }
    let margin = if one.lines { 80 } else { 0 };
    let _ = write!(
        out,
        "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{margin}\" w:type=\"dxa\"/>\
         <w:right w:w=\"{margin}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
    );
    for width in &one.widths {
        let _ = write!(out, "<w:gridCol w:w=\"{}\"/>", twips(*width));
    }
    out.push_str("</w:tblGrid>");
    for row in &one.rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if row.head {
            out.push_str("<w:tblHeader/>");
        }
        out.push_str("</w:trPr>");
        for (cell, width) in row.cells.iter().zip(&one.widths) {
            let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>", twips(*width));
            cell.paragraphs.iter().for_each(|one| paragraph(out, one));
            if cell.paragraphs.is_empty() {
                out.push_str("<w:p/>");
            }
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

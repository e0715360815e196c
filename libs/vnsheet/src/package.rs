//! Finds the parts of an .xlsx file: workbook, sheets, styles.

use crate::grid::{MAX_MERGES, Merge};
use crate::guard::{self, Archive};
use crate::problem::OpenProblem;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// The value of an attribute, by its name without prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, local_name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|a| {
        (a.key.local_name().as_ref() == local_name)
            .then(|| a.normalized_value(XmlVersion::Implicit1_0).ok().map(|v| v.into_owned()))
            .flatten()
    })
}

/// Calls `visit` with each opening element until it answers `false` or the text ends or breaks.
pub(crate) fn elements(xml: &str, mut visit: impl FnMut(&str, &BytesStart<'_>) -> bool) {
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(e) | Event::Empty(e) if !visit(e.local_name().as_ref(), &e) => return,
            Event::Eof => return,
            _ => {}
        }
    }
}

pub(crate) fn text_part(zip: &mut Archive<'_>, name: &str) -> Result<String, OpenProblem> {
    String::from_utf8(guard::part(zip, name)?).map_err(OpenProblem::damaged)
}

/// The workbook part, usually `xl/workbook.xml`.
pub(crate) fn workbook_part(zip: &mut Archive<'_>) -> Option<String> {
    let target = relation(&text_part(zip, "_rels/.rels").ok()?, |kind, _| kind.ends_with("/officeDocument"))?;
    Some(resolve("", &target))
}

/// The part of a sheet, by the name on its tab.
pub(crate) fn sheet_part(zip: &mut Archive<'_>, sheet: &str) -> Option<String> {
    let workbook = workbook_part(zip)?;
    let mut id = None;
    elements(&text_part(zip, &workbook).ok()?, |name, e| {
        if name == "sheet" && attribute(e, "name").as_deref() == Some(sheet) {
            // `sheetId` is another attribute; the relation is `r:id`.
            id = attribute(e, "id");
        }
        id.is_none()
    });
    let id = id?;
    let relations = relations_of(zip, &workbook)?;
    Some(resolve(&workbook, &relation(&relations, |_, rel_id| rel_id == id)?))
}

/// The part with the cell formats.
pub(crate) fn styles_part(zip: &mut Archive<'_>) -> Option<String> {
    let workbook = workbook_part(zip)?;
    let relations = relations_of(zip, &workbook)?;
    Some(resolve(&workbook, &relation(&relations, |kind, _| kind.ends_with("/styles"))?))
}

fn relations_of(zip: &mut Archive<'_>, part: &str) -> Option<String> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    text_part(zip, format!("{folder}/_rels/{file}.rels").trim_start_matches('/')).ok()
}

fn relation(xml: &str, wanted: impl Fn(&str, &str) -> bool) -> Option<String> {
    let mut target = None;
    elements(xml, |name, e| {
        let (kind, id) = (attribute(e, "Type").unwrap_or_default(), attribute(e, "Id").unwrap_or_default());
        if name == "Relationship" && wanted(&kind, &id) {
            target = attribute(e, "Target");
        }
        target.is_none()
    });
    target
}

/// A target is relative to the folder of the part that names it, or absolute.
fn resolve(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> =
        part.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            "." | "" => {}
            name => path.push(name),
        }
    }
    path.join("/")
}

/// The joined cells that a sheet lists after its rows.
pub(crate) fn merges(xml: &str) -> Vec<Merge> {
    let tail = xml.rfind("sheetData").map_or("", |at| &xml[at..]);
    let tail = tail.find('<').map_or("", |at| &tail[at..]);
    let mut found = Vec::new();
    elements(tail, |name, e| {
        if name == "mergeCell" {
            found.extend(attribute(e, "ref").and_then(|r| area(&r)));
        }
        found.len() < MAX_MERGES
    });
    found
}

fn area(text: &str) -> Option<Merge> {
    let (first, last) = text.split_once(':')?;
    let ((first_row, first_column), (last_row, last_column)) = (place(first)?, place(last)?);
    Some(Merge { first_row, last_row, first_column, last_column })
}

/// `B7` is row 7, column 1.
pub(crate) fn place(text: &str) -> Option<(u32, u16)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let mut column = 0u32;
    for letter in text[..digits].bytes().filter(|b| *b != b'$') {
        let value = letter.to_ascii_uppercase().checked_sub(b'A').filter(|v| *v < 26)?;
        column = column.checked_mul(26)?.checked_add(u32::from(value) + 1)?;
    }
    let row = text[digits..].trim_start_matches('$').parse().ok().filter(|r| *r > 0)?;
    Some((row, u16::try_from(column.checked_sub(1)?).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_paths() {
        assert_eq!(place("A1"), Some((1, 0)));
        assert_eq!(place("XFD1048576"), Some((1_048_576, 16_383)));
        for wrong in ["", "A", "1", "A0", "É1", "AAAAAAAAAAAA1"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
        assert_eq!(resolve("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/workbook.xml", "/xl/a.xml"), "xl/a.xml");
        assert_eq!(resolve("xl/workbook.xml", "../b.xml"), "b.xml");
    }
}

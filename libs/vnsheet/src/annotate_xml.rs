//! Puts remarks into the XML of a sheet, and their colours into the XML of the styles, by splicing text in at
//! the right places: whatever else the file holds stays as it was written.

use crate::annotate::Job;
use crate::grid::column_letters;
use crate::package::{attribute, place};
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::ops::Range;

/// Adds a format for the heading and one for remarks; gives their numbers.
pub(crate) fn with_styles(xml: &str) -> Option<(String, u32, u32)> {
    let (xml, fill) = append(xml, "fills", 2, |p| {
        let solid = |rgb| {
            format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{rgb}\"/></{p}patternFill></{p}fill>"
            )
        };
        solid("FFFFE699") + &solid("FFFFF2CC")
    })?;
    let (xml, font) = append(&xml, "fonts", 1, |p| {
        format!("<{p}font><{p}b/><{p}sz val=\"11\"/><{p}name val=\"Calibri\"/></{p}font>")
    })?;
    let (xml, format) = append(&xml, "cellXfs", 2, |p| {
        let wrapped = |font: u32, fill: u32| {
            format!(
                "<{p}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" \
                 applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\">\
                 <{p}alignment vertical=\"top\" wrapText=\"1\"/></{p}xf>"
            )
        };
        wrapped(font, fill) + &wrapped(0, fill + 1)
    })?;
    Some((xml, format, format + 1))
}

/// Adds children at the end of the first element of this name; gives the number that the first one has.
fn append(xml: &str, parent: &str, count: u32, children: impl Fn(&str) -> String) -> Option<(String, u32)> {
    let mut reader = Reader::from_str(xml);
    let mut open: Option<(Range<usize>, String)> = None;
    let (mut depth, mut before) = (0u32, 0u32);
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().ok()?;
        let end = reader.buffer_position() as usize;
        match (&event, &open) {
            (Event::Start(e), None) if e.local_name().as_ref() == parent => {
                open = Some((start..end, prefix(e)));
            }
            (Event::Start(_), Some(_)) => {
                before += u32::from(depth == 0);
                depth += 1;
            }
            (Event::Empty(_), Some(_)) => before += u32::from(depth == 0),
            (Event::End(_), Some((tag, prefix))) => {
                if depth > 0 {
                    depth -= 1;
                    continue;
                }
                let opening = recounted(&xml[tag.clone()], before + count);
                let edits = [(tag.clone(), opening), (start..start, children(prefix))];
                return Some((spliced(xml, &edits)?, before));
            }
            (Event::Eof, _) => return None,
            _ => {}
        }
    }
}

/// The opening tag with another number in its `count`.
fn recounted(tag: &str, count: u32) -> String {
    let Some(at) = tag.find(" count=\"").map(|at| at + 8) else { return tag.to_owned() };
    let Some(length) = tag[at..].find('"') else { return tag.to_owned() };
    format!("{}{count}{}", &tag[..at], &tag[at + length..])
}

/// The sheet with the heading and the remarks; `None` when its rows stand in no order, or it breaks off.
pub(crate) fn with_remarks(xml: &str, job: &Job, styles: Option<(u32, u32)>) -> Option<String> {
    let mut editor = Editor {
        xml,
        job,
        styles,
        pending: job.texts.iter().map(|(row, text)| (*row, text.as_str())).collect(),
        edits: Vec::new(),
        row: None,
        last_row: 0,
        columns: Columns::default(),
    };
    editor.pending.insert(job.header_row, job.heading.as_str());
    editor.run()?;
    spliced(xml, &editor.edits)
}

struct Editor<'a> {
    xml: &'a str,
    job: &'a Job,
    styles: Option<(u32, u32)>,
    pending: BTreeMap<u32, &'a str>,
    /// In order of place.
    edits: Vec<(Range<usize>, String)>,
    row: Option<OpenRow<'a>>,
    last_row: u32,
    columns: Columns,
}

/// A row that gets a remark.
struct OpenRow<'a> {
    number: u32,
    text: &'a str,
    prefix: String,
    next_column: u16,
    /// The remark has its place.
    placed: bool,
    /// Where the cell begins that is being replaced.
    replacing: Option<usize>,
}

#[derive(Default)]
struct Columns {
    inside: bool,
    done: bool,
}

impl<'a> Editor<'a> {
    fn run(&mut self) -> Option<()> {
        let mut reader = Reader::from_str(self.xml);
        loop {
            let start = reader.buffer_position() as usize;
            let event = reader.read_event().ok()?;
            let at = start..reader.buffer_position() as usize;
            match &event {
                Event::Start(e) | Event::Empty(e) => {
                    let empty = matches!(event, Event::Empty(_));
                    match e.local_name().as_ref() {
                        "cols" => self.columns.inside = true,
                        "col" if self.columns.inside => self.width_before(e, start),
                        "sheetData" => {
                            self.width_alone(e, start);
                            if empty {
                                let rows = self.rows_up_to(u32::MAX, &prefix(e));
                                let p = prefix(e);
                                self.edits.push((at, format!("<{p}sheetData>{rows}</{p}sheetData>")));
                                return Some(());
                            }
                        }
                        "row" => self.row_start(e, at, empty)?,
                        "c" => self.cell_start(e, at, empty),
                        _ => {}
                    }
                }
                Event::End(e) => match e.local_name().as_ref() {
                    "cols" => self.width_last(&prefix_of(e.name().as_ref()), start),
                    "c" => self.cell_end(at.end),
                    "row" => self.row_end(start),
                    "sheetData" => {
                        let rows = self.rows_up_to(u32::MAX, &prefix_of(e.name().as_ref()));
                        self.edits.push((start..start, rows));
                        return Some(());
                    }
                    _ => {}
                },
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    fn row_start(&mut self, e: &BytesStart<'_>, at: Range<usize>, empty: bool) -> Option<()> {
        let number = attribute(e, "r").and_then(|r| r.parse().ok()).unwrap_or(self.last_row.checked_add(1)?);
        if number <= self.last_row {
            return None;
        }
        self.last_row = number;
        let prefix = prefix(e);
        let missing = self.rows_up_to(number, &prefix);
        self.edits.push((at.start..at.start, missing));
        let Some(text) = self.pending.remove(&number) else { return Some(()) };
        let tag = without_spans(&self.xml[at.clone()]);
        if empty {
            let opening = tag.trim_end_matches('>').trim_end_matches('/').trim_end().to_owned();
            let cell = self.cell(number, text, &prefix);
            self.edits.push((at, format!("{opening}>{cell}</{prefix}row>")));
        } else {
            self.edits.push((at, tag));
            self.row = Some(OpenRow { number, text, prefix, next_column: 0, placed: false, replacing: None });
        }
        Some(())
    }

    fn cell_start(&mut self, e: &BytesStart<'_>, at: Range<usize>, empty: bool) {
        let Some(row) = &mut self.row else { return };
        let column = attribute(e, "r").and_then(|r| place(&r)).map_or(row.next_column, |(_, column)| column);
        row.next_column = column.saturating_add(1);
        if column < self.job.column || row.placed {
            return;
        }
        row.placed = true;
        let same = column == self.job.column;
        if same && !empty {
            row.replacing = Some(at.start);
            return;
        }
        let (number, text, prefix) = (row.number, row.text, row.prefix.clone());
        let cell = self.cell(number, text, &prefix);
        self.edits.push((if same { at } else { at.start..at.start }, cell));
    }

    fn cell_end(&mut self, end: usize) {
        let Some(row) = &mut self.row else { return };
        if let Some(start) = row.replacing.take() {
            let (number, text, prefix) = (row.number, row.text, row.prefix.clone());
            let cell = self.cell(number, text, &prefix);
            self.edits.push((start..end, cell));
        }
    }

    fn row_end(&mut self, start: usize) {
        let Some(row) = self.row.take() else { return };
        if !row.placed {
            let cell = self.cell(row.number, row.text, &row.prefix);
            self.edits.push((start..start, cell));
        }
    }

    /// Rows that the file does not have, because they are blank.
    fn rows_up_to(&mut self, end: u32, p: &str) -> String {
        let later = self.pending.split_off(&end);
        let missing = std::mem::replace(&mut self.pending, later);
        let missing = missing.into_iter().filter(|(_, text)| !text.is_empty());
        missing.map(|(n, text)| format!("<{p}row r=\"{n}\">{}</{p}row>", self.cell(n, text, p))).collect()
    }

    fn cell(&self, number: u32, text: &str, p: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let style = match self.styles {
            Some((heading, _)) if number == self.job.header_row => format!(" s=\"{heading}\""),
            Some((_, remark)) => format!(" s=\"{remark}\""),
            None => String::new(),
        };
        let letters = column_letters(self.job.column);
        format!(
            "<{p}c r=\"{letters}{number}\"{style} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{}</{p}t></{p}is></{p}c>",
            escape(text)
        )
    }

    /// A `col` element stands for columns `min` to `max`, from 1; they are in order and do not overlap.
    fn width_before(&mut self, e: &BytesStart<'_>, start: usize) {
        let bound = |name| attribute(e, name).and_then(|n| n.parse::<u32>().ok()).unwrap_or(0);
        let ours = u32::from(self.job.column) + 1;
        if self.columns.done || bound("max") < ours {
            return;
        }
        self.columns.done = true;
        if bound("min") > ours {
            let element = self.width(&prefix(e));
            self.edits.push((start..start, element));
        }
    }

    fn width_last(&mut self, p: &str, start: usize) {
        self.columns.inside = false;
        if !std::mem::replace(&mut self.columns.done, true) {
            let element = self.width(p);
            self.edits.push((start..start, element));
        }
    }

    fn width_alone(&mut self, e: &BytesStart<'_>, start: usize) {
        if !std::mem::replace(&mut self.columns.done, true) {
            let p = prefix(e);
            let element = self.width(&p);
            self.edits.push((start..start, format!("<{p}cols>{element}</{p}cols>")));
        }
    }

    fn width(&self, p: &str) -> String {
        let n = self.job.column + 1;
        format!("<{p}col min=\"{n}\" max=\"{n}\" width=\"45\" customWidth=\"1\"/>")
    }
}

fn prefix(e: &BytesStart<'_>) -> String {
    prefix_of(e.name().as_ref())
}

fn prefix_of(name: &str) -> String {
    name.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"))
}

/// A row says between which columns it is filled, which is true no longer; the attribute is optional.
fn without_spans(tag: &str) -> String {
    let Some(at) = tag.find(" spans=\"") else { return tag.to_owned() };
    let Some(length) = tag[at + 8..].find('"') else { return tag.to_owned() };
    format!("{}{}", &tag[..at], &tag[at + 8 + length + 1..])
}

/// `None` when an edit does not fit, which a broken file could cause.
fn spliced(xml: &str, edits: &[(Range<usize>, String)]) -> Option<String> {
    let added: usize = edits.iter().map(|(_, text)| text.len()).sum();
    let mut out = String::with_capacity(xml.len() + added);
    let mut done = 0;
    for (place, text) in edits {
        out.push_str(xml.get(done..place.start)?);
        out.push_str(text);
        done = place.end;
    }
    out.push_str(xml.get(done..)?);
    Some(out)
}

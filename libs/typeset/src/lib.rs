//! A template and data become a PDF. This is the one crate that knows [typst](https://typst.app/docs).
//!
//! A template is a typst document that reads `json("data.json")`; further files, such as a drawing, are given by name.
//! It reaches nothing else: no file of the machine, no network, no clock, no font but those that stand here. The same
//! input gives the same bytes.
//!
//! The fonts are Liberation Serif (SIL Open Font License), which measures as Times New Roman does, the face that Decree
//! 30/2020 asks for.

pub mod decree30;
mod world;

use chrono::{DateTime, Datelike, Timelike, Utc};
use std::collections::BTreeMap;
use typst::World as _;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::{Datetime, Label, Smart};
use typst::introspection::Introspector as _;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};
use world::World;

/// How many documents typst may keep what it worked out of; each is some megabytes.
const REMEMBERED: usize = 0;

/// Why a template gave no PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} (line {line})")]
pub struct Fault {
    /// In the template, from 1; 0 when it stands nowhere in it.
    pub line: usize,
    /// In English, by typst.
    pub message: String,
}

/// A document to be set.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The typst text.
    pub template: &'a str,
    pub data: &'a serde_json::Value,
    /// Files by the name under which the template reads them.
    pub files: &'a BTreeMap<String, Vec<u8>>,
    /// The moment that the PDF names as its making.
    pub at: DateTime<Utc>,
}

/// The document as PDF 1.7 with tags for screen readers. It takes some 50 ms; call it outside of transactions, and where
/// blocking is allowed.
///
/// # Errors
/// [`Fault`] with the first line of the template that is wrong.
pub fn pdf(sheet: &Sheet<'_>) -> Result<Vec<u8>, Fault> {
    set(sheet, |document| {
        let options = PdfOptions {
            creator: Smart::Custom(Some("Sân Đình".to_owned())),
            timestamp: moment(sheet.at).map(Timestamp::new_utc),
            tagged: true,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(document, &options)
    })
}

/// A place on a page of a document, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// From 1.
    pub page: usize,
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
}

/// Where the element with this label stands; none when the template has no such label, or several.
///
/// # Errors
/// As [`pdf`].
pub fn spot(sheet: &Sheet<'_>, label: &str) -> Result<Option<Spot>, Fault> {
    set(sheet, |document| {
        let introspector = document.introspector();
        let label = Label::new(PicoStr::intern(label));
        let found = label.and_then(|label| introspector.query_label(label).ok()?.location());
        let at = found.and_then(|location| introspector.position(location));
        Ok(at.map(|at| Spot { page: at.page.get(), x: at.point.x.to_pt(), y: at.point.y.to_pt() }))
    })
}

/// A picture (PNG, transparent where it is) alone on a page of its size, `width` points wide: what a signature shows.
///
/// # Errors
/// [`Fault`] for what is no picture.
pub fn picture(png: Vec<u8>, width: f64, at: DateTime<Utc>) -> Result<Vec<u8>, Fault> {
    let template = "#set page(width: auto, height: auto, margin: 0pt)\n\
        #image(\"picture.png\", width: json(\"data.json\") * 1pt)";
    let files = BTreeMap::from([("picture.png".to_owned(), png)]);
    pdf(&Sheet { template, data: &serde_json::json!(width), files: &files, at })
}

/// Lines alone on a page of their size: what the signature of a copy shows.
///
/// # Errors
/// [`Fault`] for what cannot be set.
pub fn lines(lines: &[String], points: f64, at: DateTime<Utc>) -> Result<Vec<u8>, Fault> {
    let template = "#let d = json(\"data.json\")\n\
        #set page(width: auto, height: auto, margin: 0pt)\n\
        #set text(font: \"Liberation Serif\", size: d.points * 1pt)\n\
        #stack(spacing: 4pt, ..d.lines.map(one => text(one)))";
    let data = serde_json::json!({ "lines": lines, "points": points });
    pdf(&Sheet { template, data: &data, files: &BTreeMap::new(), at })
}

fn set<T>(
    sheet: &Sheet<'_>,
    made: impl FnOnce(&PagedDocument) -> Result<T, EcoVec<SourceDiagnostic>>,
) -> Result<T, Fault> {
    let world = World::new(sheet.template, sheet.data, sheet.files);
    let result = typst::compile::<PagedDocument>(&world).output.and_then(|document| made(&document));
    let result = result.map_err(|all| all.first().map(|first| fault(&world, first)).unwrap_or_else(unknown));
    comemo::evict(REMEMBERED);
    result
}

fn moment(at: DateTime<Utc>) -> Option<Datetime> {
    let small = |number: u32| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        at.year(),
        small(at.month())?,
        small(at.day())?,
        small(at.hour())?,
        small(at.minute())?,
        small(at.second())?,
    )
}

fn fault(world: &World<'_>, wrong: &SourceDiagnostic) -> Fault {
    use typst::WorldExt as _;
    let at = world.range(wrong.span).map(|range| range.start);
    let line = at.and_then(|at| {
        let source = world.source(world.main()).ok()?;
        source.lines().byte_to_line(at)
    });
    Fault { line: line.map_or(0, |line| line + 1), message: wrong.message.to_string() }
}

fn unknown() -> Fault {
    Fault { line: 0, message: "no document came out".to_owned() }
}

//! A whole paper, and the measures that it is set by.

use super::appendix::Appendix;
use super::text::Block;
use crate::{Fault, Sheet, Spot};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A file of `data/document-layout`: millimetres, points and the words of the heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    #[serde(default)]
    pub unverified: bool,
    pub margins: Margins,
    pub sizes: Sizes,
    pub heading: Heading,
    /// By role of the account that signs, the lines above the signature.
    pub signer: BTreeMap<String, Vec<String>>,
    /// The first line of a paragraph is so far to the right, in mm.
    #[serde(default = "first_line")]
    pub first_line: f64,
    /// Between paragraphs, in points.
    #[serde(default = "paragraph_gap")]
    pub paragraph_gap: f64,
    /// Between the position and the name of the signer, in mm: where the signature stands.
    #[serde(default = "signature_gap")]
    pub signature_gap: f64,
    /// The word before the list of receivers is underlined instead of italic and bold.
    #[serde(default)]
    pub receivers_underlined: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Margins {
    pub top: f64,
    pub bottom: f64,
    pub left: f64,
    pub right: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    pub state: f64,
    pub motto: f64,
    /// The governing body, above the issuer.
    #[serde(default = "twelve")]
    pub above: f64,
    pub issuer: f64,
    pub number: f64,
    pub place: f64,
    pub title: f64,
    /// "V/v …" of a công văn.
    #[serde(default = "twelve")]
    pub letter_subject: f64,
    #[serde(default = "fourteen")]
    pub to: f64,
    pub body: f64,
    pub signer: f64,
    pub receivers_title: f64,
    pub receivers: f64,
    pub note: f64,
    #[serde(default = "thirteen")]
    pub stamp: f64,
    #[serde(default = "thirteen")]
    pub page: f64,
    #[serde(default = "eleven")]
    pub contact: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    pub state: String,
    /// Left out where there is none.
    #[serde(default)]
    pub motto: String,
    /// The governing body, upright, above the issuer.
    #[serde(default)]
    pub above: Vec<String>,
    pub issuer: Vec<String>,
    /// Stands below the issuer in the place of the rule.
    #[serde(default)]
    pub mark: String,
    /// Before the number.
    #[serde(default = "number_word")]
    pub number: String,
}

fn first_line() -> f64 {
    12.7
}
fn paragraph_gap() -> f64 {
    6.0
}
fn signature_gap() -> f64 {
    22.0
}
fn eleven() -> f64 {
    11.0
}
fn twelve() -> f64 {
    12.0
}
fn thirteen() -> f64 {
    13.0
}
fn fourteen() -> f64 {
    14.0
}
fn number_word() -> String {
    "Số: ".to_owned()
}

/// How the subject stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// In the middle under the name of the type.
    #[default]
    Named,
    /// "V/v …" under the number: công văn.
    Letter,
}

/// Everything that stands on a paper, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paper {
    pub layout: Layout,
    pub form: Form,
    /// "DỰ THẢO" across the page.
    pub draft: bool,
    pub above: Vec<String>,
    pub issuer: Vec<String>,
    /// `05`; blanks before it is taken.
    pub number: String,
    /// What follows the number, with its separator: `/QĐ-UBND`.
    pub symbol: String,
    pub place_and_date: String,
    /// The name of the type in capitals; empty for a công văn.
    pub title: String,
    pub subject: String,
    /// `HỎA TỐC`, or empty.
    pub stamp: String,
    /// Who may read it: `LƯU HÀNH NỘI BỘ`, or empty.
    pub circulation: String,
    /// On its side, for wide tables that are no appendix.
    pub landscape: bool,
    /// "Kính gửi".
    pub to: Vec<String>,
    /// Who decides, between subject and grounds.
    pub authority: Vec<String>,
    pub grounds: Vec<String>,
    pub blocks: Vec<Block>,
    pub signer: Vec<String>,
    pub signer_name: String,
    pub receivers: Vec<String>,
    pub appendices: Vec<Appendix>,
    /// What stands in brackets below the title of each appendix.
    pub attached: String,
    /// Address, telephone, e-mail at the foot of the first page.
    pub contact: Vec<String>,
    /// A drawing `code.svg` with this description beside the note; empty without one.
    pub code: String,
    pub note: Vec<String>,
}

impl Paper {
    /// The paper as PDF. `files` holds the drawing `code.svg` when [`Paper::code`] says that there is one.
    ///
    /// # Errors
    /// A text that cannot be set.
    pub fn pdf(&self, files: &BTreeMap<String, Vec<u8>>, at: DateTime<Utc>) -> Result<Vec<u8>, Fault> {
        let wrong = |error: serde_json::Error| Fault { line: 0, message: error.to_string() };
        let data = serde_json::to_value(self).map_err(wrong)?;
        crate::pdf(&Sheet { template: super::TEMPLATE, data: &data, files, at })
    }

    /// Where the signature stands (box 7c), between the position and the name of the signer. None where the layout leaves no room.
    ///
    /// # Errors
    /// As [`Paper::pdf`].
    pub fn room(&self, files: &BTreeMap<String, Vec<u8>>, at: DateTime<Utc>) -> Result<Option<Room>, Fault> {
        let wrong = |error: serde_json::Error| Fault { line: 0, message: error.to_string() };
        let data = serde_json::to_value(self).map_err(wrong)?;
        let sheet = Sheet { template: super::TEMPLATE, data: &data, files, at };
        let spot = crate::spot(&sheet, "name")?;
        let margins = self.layout.margins;
        let (width, height) = if self.landscape { (A4.1, A4.0) } else { A4 };
        let text = width - (margins.left + margins.right) * MM;
        let room = |Spot { page, y, .. }| Room {
            page,
            // The signer has the right half.
            middle: margins.left * MM + 0.75 * text,
            // The mark stands at the name, the room ends above it.
            bottom: height - y,
            top: height - y + self.layout.signature_gap * MM,
        };
        Ok(spot.map(room).filter(|room| room.top > room.bottom && room.bottom > 0.0))
    }
}

/// A4 in points.
const A4: (f64, f64) = (210.0 * MM, 297.0 * MM);
const MM: f64 = 72.0 / 25.4;

/// Room for a signature, in points from the lower left corner of its page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// From 1.
    pub page: usize,
    /// The middle between left and right.
    pub middle: f64,
    pub bottom: f64,
    pub top: f64,
}

//! The parts put together in one file.

use crate::Fault;
use crate::model::Document;
use crate::xml::{self, HEAD, escaped};
use chrono::{DateTime, SecondsFormat, Utc};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

impl Document {
    /// The file. The same document and moment give the same bytes.
    ///
    /// # Errors
    /// When it grows beyond what a zip file holds.
    pub fn file(&self, at: DateTime<Utc>) -> Result<Vec<u8>, Fault> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default());
        for (name, text) in self.parts(at) {
            zip.start_file(name, options).map_err(|error| Fault(error.to_string()))?;
            zip.write_all(text.as_bytes()).map_err(|error| Fault(error.to_string()))?;
        }
        Ok(zip.finish().map_err(|error| Fault(error.to_string()))?.into_inner())
    }

    fn parts(&self, at: DateTime<Utc>) -> Vec<(&'static str, String)> {
        let mut parts = vec![
            ("[Content_Types].xml", self.types()),
            ("_rels/.rels", relations(&[("rId1", "officeDocument", "word/document.xml")], true)),
            ("docProps/core.xml", self.about(at)),
            ("word/document.xml", xml::body(self)),
            ("word/styles.xml", xml::styles(self)),
        ];
        let mut inner = vec![("rId1", "styles", "styles.xml")];
        if self.page_number > 0.0 {
            parts.push(("word/header1.xml", xml::header(self)));
            parts.push(("word/header2.xml", xml::no_header()));
            inner.extend([("rId2", "header", "header1.xml"), ("rId3", "header", "header2.xml")]);
        }
        if !self.foot.is_empty() {
            parts.push(("word/footer1.xml", xml::footer(self)));
            parts.push(("word/footer2.xml", xml::no_footer()));
            inner.extend([("rId4", "footer", "footer1.xml"), ("rId5", "footer", "footer2.xml")]);
        }
        parts.push(("word/_rels/document.xml.rels", relations(&inner, false)));
        parts
    }

    fn types(&self) -> String {
        let mut overrides = vec![
            ("/word/document.xml", format!("{WORD}.document.main+xml")),
            ("/word/styles.xml", format!("{WORD}.styles+xml")),
            ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        ];
        if self.page_number > 0.0 {
            overrides.push(("/word/header1.xml", format!("{WORD}.header+xml")));
            overrides.push(("/word/header2.xml", format!("{WORD}.header+xml")));
        }
        if !self.foot.is_empty() {
            overrides.push(("/word/footer1.xml", format!("{WORD}.footer+xml")));
            overrides.push(("/word/footer2.xml", format!("{WORD}.footer+xml")));
        }
        let overrides: String = overrides
            .iter()
            .map(|(part, kind)| format!("<Override PartName=\"{part}\" ContentType=\"{kind}\"/>"))
            .collect();
        format!(
            "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/>{overrides}</Types>"
        )
    }

    fn about(&self, at: DateTime<Utc>) -> String {
        let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
        format!(
            "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
             <dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created></cp:coreProperties>",
            escaped(&self.title),
            escaped(&self.author)
        )
    }
}

fn relations(all: &[(&str, &str, &str)], root: bool) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATION}/{kind}\" Target=\"{target}\"/>")
    };
    let about = if root {
        "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/>"
    } else {
        ""
    };
    let all: String = all.iter().map(one).collect();
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}{about}</Relationships>"
    )
}

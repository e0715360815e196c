//! One dump for both engines: backup, restore, and moving an installation from one engine to the other.
//!
//! A dump is a ZIP file, so any machine can look into it: `tables/NAME.jsonl` holds a table, one row a line as a JSON
//! list in the order of the manifest's columns; `files/DIGEST` holds the bytes of a file; `manifest.json` says what
//! must be there, with a BLAKE3 checksum for each part. The ZIP comment at the very end is the checksum of every byte
//! before it, so no change and no cut goes unseen.
//!
//! The types of the columns come from the migrations' text, not from the values, so each value comes back as it
//! was on either engine. The engine's own text index is left out and made anew. Keys and other secrets (files in the
//! data folder, not rows) are NOT in a dump: keep them apart, and put them back by hand.
//!
//! Migrations may change rows but add none: a place counts as empty when no table has a row.

mod check;
mod restore;
mod schema;
mod sum;
mod value;
mod write;

pub use check::verify;
pub use restore::{Restored, restore};
pub use sum::{Difference, Sum, compare, sums};
pub use value::ColumnType;
pub use write::{Written, write};

use serde::{Deserialize, Serialize};

/// The version of this layout. A newer one is refused, never guessed at.
const FORMAT: u32 = 1;
/// What the ZIP comment begins with; 64 hexadecimal digits follow.
const SEAL: &str = "sandinh-dump blake3 ";
const SEAL_LENGTH: u64 = SEAL.len() as u64 + 64;
const MANIFEST: &str = "manifest.json";
const README: &str = "DOC-TRUOC.txt";

/// What a dump says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// The engine that it was taken from; it can be restored on either.
    pub engine: String,
    pub made_at: chrono::DateTime<chrono::Utc>,
    /// The steps of the schema that the rows are of.
    pub schema: Vec<Step>,
    /// In an order in which rows can be put in: what is referred to comes first.
    pub tables: Vec<TablePart>,
    pub files: Vec<FilePart>,
    /// Files that have a row but whose bytes were gone or altered when the dump was made.
    pub lost_files: Vec<String>,
}

/// A migration that had run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub version: i64,
    pub name: String,
    pub checksum: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePart {
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: u64,
    /// Of the part before compression.
    pub bytes: u64,
    pub checksum: String,
    /// The checksum of the rows in any order: equal on both engines when the rows are.
    pub sum: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: ColumnType,
}

/// The bytes of one file, named by their BLAKE3 digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePart {
    pub digest: String,
    pub bytes: u64,
}

impl TablePart {
    fn part(&self) -> String {
        format!("tables/{}.jsonl", self.name)
    }
}

impl FilePart {
    fn part(&self) -> String {
        format!("files/{}", self.digest)
    }
}

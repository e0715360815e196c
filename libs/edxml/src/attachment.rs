use serde::{Serialize, Serializer};

/// A file of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// By what list and content know each other, without `cid:`.
    pub id: String,
    /// The name of the file; never a path.
    pub name: String,
    /// What it is, in words.
    pub description: String,
    /// Its type as declared; `application/zip` where it was wrapped, as its own is then not on the wire.
    pub content_type: String,
    /// Whether it travels as a zip archive with this one file in it, as the national kit does it.
    pub wrapped: bool,
    /// The file itself, unwrapped. As JSON only its size.
    #[serde(rename = "bytes", serialize_with = "size")]
    pub body: Vec<u8>,
}

fn size<S: Serializer>(body: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u64(body.len() as u64)
}

pub(crate) const ZIP: &str = "application/zip";

/// Whether content of this type and name is a wrapping. Decided by what is declared: a .docx is a zip archive too.
pub(crate) fn is_wrapping(content_type: &str, name: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let wrapping = matches!(kind.as_str(), ZIP | "application/x-zip-compressed" | "application/x-zip");
    wrapping && !name.to_ascii_lowercase().ends_with(".zip")
}

/// Whether a name stays in the folder where it is put, on any system.
pub(crate) fn is_file_name(name: &str) -> bool {
    let leads_out = |c: char| matches!(c, '/' | '\\' | ':') || c.is_control();
    name.len() <= 255 && !name.contains(leads_out) && name.chars().any(|c| c != '.' && !c.is_whitespace())
}

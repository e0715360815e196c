use serde::Serialize;

/// A signature over the XML as it stood there, with its outermost element. Neither judged nor made here: its bytes
/// hold only in the file where they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Signature(pub(crate) String);

impl Signature {
    /// The XML.
    pub fn as_xml(&self) -> &str {
        &self.0
    }
}

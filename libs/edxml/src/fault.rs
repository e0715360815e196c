use std::fmt;
use thiserror::Error;

/// Why a package cannot be read or may not be written, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct Problem {
    /// What is wrong.
    pub fault: Fault,
    /// The elements down to it, as `MessageHeader/Code`; empty for the file as a whole.
    pub place: String,
    /// The line, from 1; 0 where there is no file yet.
    pub line: u64,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}", self.fault)
    }
}

/// What is wrong. No value is repeated here, so that logs stay clean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Fault {
    /// There is nothing.
    #[error("the file is empty")]
    Empty,
    /// The giver of the bytes failed.
    #[error("the file could not be read to its end")]
    Unreadable,
    /// Not XML, or damaged.
    #[error("is not well-formed XML")]
    Xml,
    /// It ends in the middle.
    #[error("ends in the middle")]
    Cut,
    /// Another encoding, or bytes that are none.
    #[error("is not UTF-8")]
    Encoding,
    /// A DOCTYPE, harmless or not.
    #[error("has a DOCTYPE, which no package needs and attacks use")]
    Doctype,
    /// `&name;` of something undeclared.
    #[error("refers to an entity that does not exist")]
    Entity,
    /// Elements inside elements inside elements.
    #[error("elements are nested too deeply")]
    Depth,
    /// Too many elements.
    #[error("has too many elements")]
    Elements,
    /// One text, tag or comment is too long.
    #[error("a text is too long")]
    Long,
    /// The file is too large.
    #[error("the file is too large")]
    Large,
    /// A SOAP envelope around it, as older systems send.
    #[error("is wrapped in a SOAP envelope, which QCVN 102:2016 does not know")]
    Soap,
    /// An element of another standard.
    #[error("an element is not in the namespace of QCVN 102:2016")]
    Namespace,
    /// The outermost element is another one.
    #[error("the outermost element is not edXML")]
    Root,
    /// A needed element is not there or is empty.
    #[error("is missing")]
    Missing,
    /// What may stand once stands again.
    #[error("stands twice")]
    Twice,
    /// Not where it may be.
    #[error("does not belong here")]
    Misplaced,
    /// Not `yyyy/MM/dd`, or no such day.
    #[error("is no date")]
    Date,
    /// Not `yyyy/MM/dd HH:mm:ss`.
    #[error("is no moment")]
    Moment,
    /// Not a number.
    #[error("is no number")]
    Number,
    /// Neither 0 nor 1, true nor false.
    #[error("is neither yes nor no")]
    Flag,
    /// Not agency, date, number.
    #[error("is no document id of agency, date and number")]
    DocumentId,
    /// Not a code of an agency.
    #[error("is no code of an agency")]
    Organ,
    /// A kind of message outside 0 to 3.
    #[error("is no known kind of message")]
    Business,
    /// Not one of the nine.
    #[error("is no known status")]
    StatusCode,
    /// A character that XML cannot hold.
    #[error("holds a character that XML cannot carry")]
    Character,
    /// Two facts of the package do not fit together.
    #[error("does not fit the rest of the package")]
    Disagrees,
    /// Base64 that is damaged.
    #[error("is not base64")]
    Base64,
    /// Base64 that was cut.
    #[error("the base64 is cut off")]
    Base64Cut,
    /// One attachment, or all together, are too large.
    #[error("an attachment is too large")]
    AttachmentLarge,
    /// More attachments than allowed.
    #[error("has too many attachments")]
    Attachments,
    /// The list names a file that is not in the package.
    #[error("an attachment is listed but not in the package")]
    AttachmentLost,
    /// A name that is a path, or no name.
    #[error("is no name of a file")]
    FileName,
    /// Declared as zip and is none, or is damaged or locked.
    #[error("is no readable zip archive")]
    Zip,
    /// It unpacks to more than is allowed.
    #[error("the zip archive unpacks to more than is allowed")]
    ZipBomb,
    /// Other than one file in it.
    #[error("the zip archive does not hold exactly one file")]
    ZipFiles,
    /// A name in it leads out of the folder.
    #[error("a name in the zip archive leads elsewhere")]
    ZipName,
}

impl Fault {
    /// A word that stays, for programs and for the texts of whoever shows it.
    pub fn code(self) -> &'static str {
        match self {
            Fault::Empty => "empty",
            Fault::Unreadable => "unreadable",
            Fault::Xml => "xml",
            Fault::Cut => "cut",
            Fault::Encoding => "encoding",
            Fault::Doctype => "doctype",
            Fault::Entity => "entity",
            Fault::Depth => "depth",
            Fault::Elements => "elements",
            Fault::Long => "long",
            Fault::Large => "large",
            Fault::Soap => "soap",
            Fault::Namespace => "namespace",
            Fault::Root => "root",
            Fault::Missing => "missing",
            Fault::Twice => "twice",
            Fault::Misplaced => "misplaced",
            Fault::Date => "date",
            Fault::Moment => "moment",
            Fault::Number => "number",
            Fault::Flag => "flag",
            Fault::DocumentId => "document-id",
            Fault::Organ => "organ",
            Fault::Business => "business",
            Fault::StatusCode => "status-code",
            Fault::Character => "character",
            Fault::Disagrees => "disagrees",
            Fault::Base64 => "base64",
            Fault::Base64Cut => "base64-cut",
            Fault::AttachmentLarge => "attachment-large",
            Fault::Attachments => "attachments",
            Fault::AttachmentLost => "attachment-lost",
            Fault::FileName => "file-name",
            Fault::Zip => "zip",
            Fault::ZipBomb => "zip-bomb",
            Fault::ZipFiles => "zip-files",
            Fault::ZipName => "zip-name",
        }
    }

    pub(crate) fn at(self, place: impl Into<String>, line: u64) -> Problem {
        Problem { fault: self, place: place.into(), line }
    }
}

/// Why a package was not written.
#[derive(Debug, Error)]
pub enum WriteProblem {
    /// What [`check`](crate::check) says; nothing was written.
    #[error("the package is not complete: {}", .0.iter().map(Problem::to_string).collect::<Vec<_>>().join("; "))]
    Faults(Vec<Problem>),
    /// The taker of the bytes failed; some may have been written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

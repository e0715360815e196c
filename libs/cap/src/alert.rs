use crate::{Fault, Id, Info, Kind, Scope, Status, Text, Time, Word, check, read, write, xml};
use std::fmt;

/// One message (section 3.2.1). What rules over several fields say is asked by [`Alert::check`].
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// `identifier`: the sender's own number of the message.
    pub identifier: Id,
    /// `sender`: who says it, unique in the world; by custom a domain name.
    pub sender: Id,
    /// `sent`: when the message was made.
    pub sent: Time,
    /// `status`: whether it is meant.
    pub status: Status,
    /// `msgType`: what it does.
    pub kind: Kind,
    /// `source`: the operator or device it comes from.
    pub source: Option<Text>,
    /// `scope`: for whom it is.
    pub scope: Scope,
    /// `restriction`: the rule of a restricted message.
    pub restriction: Option<Text>,
    /// `addresses`: who receives it; a private message has one at least.
    pub addresses: Vec<Word>,
    /// `code`: marks for special handling.
    pub codes: Vec<Text>,
    /// `note`: the purpose or significance of the message, not for the public.
    pub note: Option<Text>,
    /// `references`: the earlier messages that this one is about.
    pub references: Vec<Reference>,
    /// `incidents`: names of the events that it belongs to.
    pub incidents: Vec<Word>,
    /// `info`: what is told, once for each language or area.
    pub infos: Vec<Info>,
}

/// An earlier message (`references`): `sender,identifier,sent`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// Who said it.
    pub sender: Id,
    /// Under which number.
    pub identifier: Id,
    /// When.
    pub sent: Time,
}

impl Alert {
    /// A message with what each needs, and nothing told yet.
    pub fn new(identifier: Id, sender: Id, sent: Time, status: Status, kind: Kind, scope: Scope) -> Alert {
        Alert {
            identifier,
            sender,
            sent,
            status,
            kind,
            source: None,
            scope,
            restriction: None,
            addresses: Vec::new(),
            codes: Vec::new(),
            note: None,
            references: Vec::new(),
            incidents: Vec::new(),
            infos: Vec::new(),
        }
    }

    /// The message in these bytes, UTF-8. A signature in it is passed over and **not** checked: see
    /// [`verify`](crate::verify).
    ///
    /// # Errors
    /// A [`Fault`] for everything that is no message of CAP 1.2; nothing is half read.
    pub fn parse(bytes: &[u8]) -> Result<Alert, Fault> {
        read::alert(&xml::Document::read(bytes)?)
    }

    /// The message in XML: UTF-8, with its declaration, the elements in the order of the schema (section 3.4). What
    /// [`Alert::check`] finds is written as it is.
    pub fn to_xml(&self) -> String {
        write::alert(self)
    }

    /// Whether the fields fit together, as [`Alert::parse`] asks too.
    ///
    /// # Errors
    /// The first [`Fault`]: a private message without `addresses`, an `info` without `category`, a `resource` without a
    /// type of a file or with nothing in its `derefUri`.
    pub fn check(&self) -> Result<(), Fault> {
        check::alert(self)
    }

    /// How another message refers to this one.
    pub fn reference(&self) -> Reference {
        Reference { sender: self.sender.clone(), identifier: self.identifier.clone(), sent: self.sent }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{}", self.sender, self.identifier, self.sent)
    }
}

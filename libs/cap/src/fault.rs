use std::fmt;
use thiserror::Error;

/// Why a message is not read or may not be sent, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{place}: {reason}")]
pub struct Fault {
    /// The elements down to it.
    pub place: Place,
    /// What is wrong there.
    pub reason: Reason,
}

/// The elements down to a fault, the outermost first; empty for the message as a whole.
/// Shown as `alert/info[2]/area/polygon`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place(pub Vec<Step>);

/// One element on the way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// Its name, without prefix.
    pub name: String,
    /// The how-many-th of this name inside its parent, from 1.
    pub nth: usize,
}

impl Place {
    /// The place of a child.
    pub(crate) fn child(&self, name: &str, nth: usize) -> Place {
        let mut steps = self.0.clone();
        steps.push(Step { name: name.to_owned(), nth });
        Place(steps)
    }

    pub(crate) fn wrong(&self, reason: Reason) -> Fault {
        Fault { place: self.clone(), reason }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("message");
        }
        for (index, step) in self.0.iter().enumerate() {
            let slash = if index == 0 { "" } else { "/" };
            write!(f, "{slash}{}", step.name)?;
            if step.nth > 1 {
                write!(f, "[{}]", step.nth)?;
            }
        }
        Ok(())
    }
}

/// Says of each reason its word and its sentence, so that none is forgotten.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $says:literal;)*) => {
        /// What is wrong. No value is repeated here, so that logs stay clean.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
        #[non_exhaustive]
        pub enum Reason { $($(#[$doc])* #[error($says)] $name,)* }

        impl Reason {
            /// All of them, for whoever translates.
            pub const ALL: &[Reason] = &[$(Reason::$name),*];

            /// A word that stays, for programs and for the texts of whoever shows it.
            pub fn code(self) -> &'static str {
                match self { $(Reason::$name => $code,)* }
            }
        }
    };
}

reasons! {
    /// There is nothing.
    Empty = "empty", "the message is empty";
    /// More than [`LARGEST`](crate::LARGEST) bytes.
    Large = "large", "the message is too large";
    /// Another encoding than UTF-8, or bytes that are none.
    Encoding = "encoding", "is not UTF-8";
    /// A DOCTYPE, harmless or not.
    Doctype = "doctype", "has a DOCTYPE, which no alert needs and attacks use";
    /// `&name;` of something undeclared.
    Entity = "entity", "refers to an entity that does not exist";
    /// Not XML, or damaged.
    Xml = "xml", "is not well-formed XML";
    /// It ends in the middle.
    Cut = "cut", "ends in the middle";
    /// Elements inside elements inside elements.
    Depth = "depth", "elements are nested too deeply";
    /// Too many elements or attributes, or too long names.
    Crowded = "crowded", "has too many elements or attributes, or too long names";
    /// A character that XML cannot hold.
    Character = "character", "holds a character that XML cannot carry";
    /// A prefix without a namespace.
    Prefix = "prefix", "a prefix stands for no namespace";
    /// The outermost element is no `alert` of CAP.
    Root = "root", "is no alert of CAP";
    /// An alert of CAP 1.0 or 1.1.
    Version = "version", "is an alert of another version of CAP";
    /// A needed element is not there or is empty.
    Missing = "missing", "is missing";
    /// What may stand once stands again.
    Twice = "twice", "stands twice";
    /// Not one of the words that the standard allows here.
    Choice = "choice", "is none of the words allowed here";
    /// No moment as section 3.3.2 wants it.
    Time = "time", "is no date and time";
    /// A time with `Z` or without an offset.
    Zone = "zone", "has no offset from UTC in numbers";
    /// Spaces, commas, `<` or `&` in an identifier or a sender.
    Id = "id", "holds spaces, commas or other characters that an identifier may not have";
    /// No code of a language.
    Language = "language", "is no code of a language";
    /// No decimal number, or one out of its range.
    Number = "number", "is no number that can stand here";
    /// Not `latitude,longitude` in degrees.
    Point = "point", "is no latitude and longitude";
    /// Fewer than four points.
    Short = "short", "is a polygon of fewer than four points";
    /// The last point is not the first.
    Open = "open", "is a polygon that is not closed";
    /// Not `latitude,longitude radius`.
    Circle = "circle", "is no centre with a radius in kilometres";
    /// A ceiling without an altitude.
    Ceiling = "ceiling", "is a ceiling without an altitude";
    /// Not `sender,identifier,sent`.
    Reference = "reference", "is no sender, identifier and time of another alert";
    /// Quotation marks that do not fit together.
    Quotes = "quotes", "has quotation marks that do not fit together";
    /// Spaces or controls in an address of the network.
    Uri = "uri", "is no address of the network";
    /// No type of a file.
    Mime = "mime", "is no type of a file";
    /// Base64 that is damaged.
    Base64 = "base64", "is not base64";
    /// Not the 40 hexadecimal digits of SHA-1.
    Digest = "digest", "is no digest by SHA-1";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_shown_as_a_path() {
        let place = Place::default().child("alert", 1).child("info", 2).child("event", 1);
        assert_eq!(place.wrong(Reason::Missing).to_string(), "alert/info[2]/event: is missing");
        assert_eq!(Place::default().wrong(Reason::Empty).to_string(), "message: the message is empty");
    }

    #[test]
    fn no_two_reasons_share_a_word() {
        let codes: std::collections::BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
    }
}

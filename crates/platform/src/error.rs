//! The few kinds of error, and the one mapping to HTTP. An error has two texts: one for people (a translated
//! key) and one for the log.

use crate::i18n::{Arg, T};
use http::StatusCode;
use std::borrow::Cow;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, as far as the caller must tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Not signed in: the page leads to the sign-in form.
    SignIn,
    /// Signed in, but this role may not do it.
    Forbidden,
    /// Unknown, or outside what the reader may see: the two look alike on purpose.
    NotFound,
    /// The input is wrong; `fields` say where.
    Invalid,
    /// Somebody else changed the record meanwhile.
    Conflict,
    /// Too many tries; come back later.
    TooMany,
    /// The server is full for a moment; nothing was done.
    Busy,
    /// Bigger than what is accepted.
    TooLarge,
    /// Our fault.
    Internal,
}

impl Kind {
    pub fn status(self) -> StatusCode {
        match self {
            Kind::SignIn => StatusCode::UNAUTHORIZED,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Kind::Conflict => StatusCode::CONFLICT,
            Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Kind::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of the sentence shown when the error carries none of its own.
    fn default_key(self) -> &'static str {
        match self {
            Kind::SignIn => "error-sign-in",
            Kind::Forbidden => "error-forbidden",
            Kind::NotFound => "error-not-found",
            Kind::Invalid => "error-invalid",
            Kind::Conflict => "error-conflict",
            Kind::TooMany => "error-too-many",
            Kind::Busy => "error-busy",
            Kind::TooLarge => "error-too-large",
            Kind::Internal => "error-internal",
        }
    }
}

/// A sentence for people: a key of the locales and its arguments, translated only when it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub key: Cow<'static, str>,
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    pub fn new(key: impl Into<Cow<'static, str>>) -> Message {
        Message { key: key.into(), args: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Message {
        self.args.push((name, value.into()));
        self
    }

    pub fn text(&self, t: T) -> String {
        t.a(&self.key, &self.args)
    }
}

impl From<&'static str> for Message {
    fn from(key: &'static str) -> Message {
        Message::new(key)
    }
}

/// What is wrong with one field of a form or one member of a JSON body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: Cow<'static, str>,
    pub message: Message,
}

#[derive(Debug, Clone)]
pub struct Error {
    pub kind: Kind,
    pub message: Message,
    pub fields: Vec<FieldError>,
    /// For the log only; never shown, never personal data.
    pub detail: Option<String>,
    /// Seconds after which another try makes sense.
    pub retry_after: Option<u32>,
}

impl Error {
    pub fn new(kind: Kind) -> Error {
        Error {
            kind,
            message: kind.default_key().into(),
            fields: Vec::new(),
            detail: None,
            retry_after: None,
        }
    }

    pub fn not_found() -> Error {
        Error::new(Kind::NotFound)
    }

    pub fn forbidden() -> Error {
        Error::new(Kind::Forbidden)
    }

    pub fn conflict(message: impl Into<Message>) -> Error {
        Error { message: message.into(), ..Error::new(Kind::Conflict) }
    }

    /// The input as a whole is wrong.
    pub fn invalid(message: impl Into<Message>) -> Error {
        Error { message: message.into(), ..Error::new(Kind::Invalid) }
    }

    /// One field is wrong.
    pub fn field(field: impl Into<Cow<'static, str>>, message: impl Into<Message>) -> Error {
        let fields = vec![FieldError { field: field.into(), message: message.into() }];
        Error { fields, ..Error::new(Kind::Invalid) }
    }

    pub fn fields(fields: Vec<FieldError>) -> Error {
        Error { fields, ..Error::new(Kind::Invalid) }
    }

    /// The fields under the names of another door: what a page calls `noi-dung` is `text` to a program.
    #[must_use]
    pub fn renamed(mut self, names: &[(&str, &'static str)]) -> Error {
        for wrong in &mut self.fields {
            if let Some((_, name)) = names.iter().find(|(name, _)| *name == wrong.field) {
                wrong.field = (*name).into();
            }
        }
        self
    }

    pub fn internal(detail: impl std::fmt::Display) -> Error {
        Error { detail: Some(detail.to_string()), ..Error::new(Kind::Internal) }
    }

    pub fn busy(seconds: u32) -> Error {
        Error { retry_after: Some(seconds), ..Error::new(Kind::Busy) }
    }

    pub fn too_many(message: impl Into<Message>, seconds: u32) -> Error {
        Error { message: message.into(), retry_after: Some(seconds), ..Error::new(Kind::TooMany) }
    }

    pub fn is(&self, kind: Kind) -> bool {
        self.kind == kind
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}", self.kind, self.message.key)?;
        for field in &self.fields {
            write!(f, " [{}: {}]", field.field, field.message.key)?;
        }
        self.detail.as_ref().map_or(Ok(()), |detail| write!(f, ": {detail}"))
    }
}

impl std::error::Error for Error {}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Error {
        Error::internal(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error::internal(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error::internal(error)
    }
}

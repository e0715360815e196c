//! Rows of fields: id of two digits, length of two digits, value.

use crate::fault::{DecodeProblem, Fault};
use std::fmt::Write;

/// The longest value that two digits can announce.
pub(crate) const MAX_VALUE: usize = 99;

/// The id and the length before a value.
pub(crate) const HEAD: usize = 4;

/// Appends a field. Whoever calls has seen to it that the value is ASCII and not longer than [`MAX_VALUE`].
pub(crate) fn push(out: &mut String, id: u8, value: &str) {
    debug_assert!(value.is_ascii() && (1..=MAX_VALUE).contains(&value.len()), "field {id:02}");
    let _ = write!(out, "{id:02}{:02}{value}", value.len());
}

/// The ids down to a field of `inside`.
pub(crate) fn place(inside: &str, id: u8) -> String {
    if inside.is_empty() { format!("{id:02}") } else { format!("{inside}.{id:02}") }
}

/// Reads field after field.
pub(crate) struct Reader<'p, 'a> {
    /// The place of the field whose value is read.
    pub inside: &'p str,
    pub rest: &'a [u8],
}

impl<'a> Reader<'_, 'a> {
    pub fn read(&mut self) -> Result<(u8, &'a str), DecodeProblem> {
        let here = |fault| DecodeProblem::new(self.inside, fault);
        let left_over = Fault::LeftOver { bytes: self.rest.len() };
        let (head, rest) = self.rest.split_at_checked(HEAD).ok_or_else(|| here(left_over))?;
        let id = two_digits(&head[..2]).ok_or_else(|| here(Fault::Id))?;
        let at = |fault| DecodeProblem::new(place(self.inside, id), fault);
        let length = match two_digits(&head[2..]).map(usize::from) {
            None => return Err(at(Fault::Length)),
            Some(0) => return Err(at(Fault::NoValue)),
            Some(length) => length,
        };
        let past_end = Fault::PastEnd { length, left: rest.len() };
        let (value, rest) = rest.split_at_checked(length).ok_or_else(|| at(past_end))?;
        let value = printable(value).ok_or_else(|| at(Fault::NotAscii))?;
        self.rest = rest;
        Ok((id, value))
    }
}

/// The fields of a value, none of them twice.
#[derive(Default)]
pub(crate) struct Fields<'a>(pub Vec<(u8, &'a str)>);

impl<'a> Fields<'a> {
    pub fn read(inside: &str, value: &'a str) -> Result<Fields<'a>, DecodeProblem> {
        let mut fields = Fields::default();
        let mut reader = Reader { inside, rest: value.as_bytes() };
        while !reader.rest.is_empty() {
            let (id, value) = reader.read()?;
            fields.add(inside, id, value)?;
        }
        Ok(fields)
    }

    pub fn add(&mut self, inside: &str, id: u8, value: &'a str) -> Result<(), DecodeProblem> {
        if self.find(id).is_some() {
            return Err(DecodeProblem::new(place(inside, id), Fault::Twice));
        }
        self.0.push((id, value));
        Ok(())
    }

    pub fn find(&self, id: u8) -> Option<&'a str> {
        self.0.iter().find(|field| field.0 == id).map(|field| field.1)
    }

    /// The field that has to be there.
    pub fn get(&self, inside: &str, id: u8) -> Result<&'a str, DecodeProblem> {
        self.find(id).ok_or_else(|| DecodeProblem::new(place(inside, id), Fault::Missing))
    }
}

fn two_digits(bytes: &[u8]) -> Option<u8> {
    match bytes {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    }
}

fn printable(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.bytes().all(|b| matches!(b, b' '..=b'~')).then_some(text)
}

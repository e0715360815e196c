//! Identity codes: `H-4K7P-2M9`. A letter says what it is, six characters say which, the last one checks the others.
//!
//! The alphabet has 31 characters, a prime: with different weights every wrong character and every two characters
//! in each other's place are noticed. Letters that are taken for another character are not in it and are read as that
//! one: O as 0, I and L as 1, Z as 2, U as V.

use platform::db::insert_many;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use rand::Rng;
use std::collections::HashSet;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKMNPQRSTVWXY";
/// Characters after the letter of the kind, the check among them.
const LENGTH: usize = 7;

/// What carries a code. Another area adds its kinds with [`Kind::new`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The first letter of its codes, of the alphabet.
    pub letter: char,
    /// `household`: the kind in tables and in addresses.
    pub name: &'static str,
}

impl Kind {
    pub const fn new(letter: char, name: &'static str) -> Kind {
        Kind { letter, name }
    }
}

/// hộ
pub const HOUSEHOLD: Kind = Kind::new('H', "household");
/// người
pub const PERSON: Kind = Kind::new('N', "person");
/// tổ chức
pub const ORGANISATION: Kind = Kind::new('T', "organisation");
/// tài sản
pub const ASSET: Kind = Kind::new('S', "asset");
/// ban, đội
pub const TEAM: Kind = Kind::new('B', "team");

/// A code that checks out, in the form in which it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(String);

impl Code {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address in the QR label. It opens for everybody: what is shown depends on the reader.
    pub fn path(&self) -> String {
        format!("/m/{}", self.0)
    }
}

/// Reads a code as people type it: any case, with or without hyphens and spaces, or the whole address of the label.
pub fn parse(text: &str) -> Option<Code> {
    let last = text.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let mut values = Vec::with_capacity(LENGTH + 1);
    for c in last.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.' | '_')) {
        values.push(value_of(c)?);
        if values.len() > LENGTH + 1 {
            return None;
        }
    }
    (values.len() == LENGTH + 1 && sum(&values) == 0).then(|| write(&values))
}

/// The code of a kind whose characters are `serial` in base 31.
fn make(kind: Kind, serial: u32) -> Code {
    let mut values = vec![value_of(kind.letter).unwrap_or_default()];
    let mut rest = serial;
    for _ in 1..LENGTH {
        values.push(rest % 31);
        rest /= 31;
    }
    // The last weight is 1 less than nothing: the check is what is missing to a multiple of 31.
    values.push(sum(&values));
    write(&values)
}

/// Weights 1, 2, … from the left; the check character has -1.
fn sum(values: &[u32]) -> u32 {
    let weight = |at: usize| if at == LENGTH { 30 } else { u32::try_from(at + 1).unwrap_or(0) };
    values.iter().enumerate().map(|(at, value)| weight(at) * value).sum::<u32>() % 31
}

fn write(values: &[u32]) -> Code {
    let mut text = String::with_capacity(10);
    for (at, value) in values.iter().enumerate() {
        if at == 1 || at == 5 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[*value as usize % 31]));
    }
    Code(text)
}

fn value_of(c: char) -> Option<u32> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'U' => 'V',
        other => other,
    };
    ALPHABET.iter().position(|known| char::from(*known) == c).and_then(|at| u32::try_from(at).ok())
}

/// What stands behind a code.
#[derive(Debug, Clone, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Found {
    pub code: String,
    pub kind: String,
    pub object_id: Uuid,
    pub retired_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// Looks a code up. Codes of objects that are gone are found too, so that an old label gets a polite answer.
pub async fn find(ctx: &Ctx, code: &Code) -> Result<Found> {
    sql("SELECT code, kind, object_id, retired_at FROM identity_code WHERE commune_id = $1 AND code = $2")
        .bind(ctx.commune)
        .bind(code.as_str())
        .one(&ctx.app.db)
        .await
}

/// Gives new codes to objects, in their order. They are random, so that nobody can count through the commune, and
/// different from every code that was ever given.
pub async fn issue_many(ctx: &Ctx, tx: &Tx, kind: Kind, objects: &[Uuid]) -> Result<Vec<String>> {
    let mut codes: Vec<String> = Vec::with_capacity(objects.len());
    let mut known = HashSet::with_capacity(objects.len());
    // Of 887 million codes a commune uses a few thousand: one round nearly always is enough.
    for _ in 0..20 {
        let start = codes.len();
        while codes.len() < objects.len() {
            let code = make(kind, rand::rng().random_range(0..31u32.pow(6))).0;
            if known.insert(code.clone()) {
                codes.push(code);
            }
        }
        let taken = taken(ctx, tx, &codes[start..]).await?;
        codes.retain(|code| !taken.contains(code));
        if codes.len() == objects.len() {
            keep(ctx, tx, kind, objects, &codes).await?;
            return Ok(codes);
        }
    }
    Err(Error::internal("no free identity code was found"))
}

pub async fn issue(ctx: &Ctx, tx: &Tx, kind: Kind, object: Uuid) -> Result<String> {
    let codes = issue_many(ctx, tx, kind, &[object]).await?;
    codes.into_iter().next().ok_or_else(|| Error::internal("no identity code was given"))
}

/// The object is gone; its code stays taken.
pub(crate) async fn retire(ctx: &Ctx, tx: &Tx, object: Uuid) -> Result<()> {
    set_retired(ctx, tx, object, Some(ctx.now)).await
}

/// The object is back: a merge was undone.
pub(crate) async fn restore(ctx: &Ctx, tx: &Tx, object: Uuid) -> Result<()> {
    set_retired(ctx, tx, object, None).await
}

async fn set_retired(
    ctx: &Ctx,
    tx: &Tx,
    object: Uuid,
    at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<()> {
    sql("UPDATE identity_code SET retired_at = $3 WHERE commune_id = $1 AND object_id = $2")
        .bind(ctx.commune)
        .bind(object)
        .bind(at)
        .run(tx)
        .await?;
    Ok(())
}

async fn taken(ctx: &Ctx, on: &impl Run, codes: &[String]) -> Result<HashSet<String>> {
    let mut found = HashSet::new();
    for some in codes.chunks(500) {
        let these =
            sql("SELECT code FROM identity_code WHERE commune_id = ").arg(ctx.commune).push(" AND code IN (");
        found.extend(these.args(some.iter().map(String::as_str)).push(")").column::<String>(on).await?);
    }
    Ok(found)
}

async fn keep(ctx: &Ctx, tx: &Tx, kind: Kind, objects: &[Uuid], codes: &[String]) -> Result<()> {
    let columns = ["commune_id", "code", "kind", "object_id", "issued_at"];
    let rows = codes.iter().zip(objects).map(|(code, object)| {
        vec![ctx.commune.into(), code.as_str().into(), kind.name.into(), (*object).into(), ctx.now.into()]
    });
    insert_many(tx, "identity_code", &columns, rows, "").await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_are_read_as_people_write_them() {
        let code = make(HOUSEHOLD, 123_456_789);
        assert_eq!(code.as_str().len(), 10);
        assert!(code.as_str().starts_with("H-"), "{code:?}");
        let plain = code.as_str().replace('-', "").to_lowercase();
        assert_eq!(parse(&plain), Some(code.clone()));
        assert_eq!(parse(&format!(" {} ", code.as_str().replace('-', " "))), Some(code.clone()));
        assert_eq!(parse(&format!("https://xa.example{}", code.path())), Some(code.clone()));
        assert_eq!(parse(&code.as_str().replace('0', "o").replace('1', "l")), Some(code));
        for wrong in ["", "H", "H-0000-00", "H-0000-0000", "H-0000-00*", "Đ-0000-000"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_code_checks_out(serial in 0..31u32.pow(6), which in 0..5usize) {
            let kind = [HOUSEHOLD, PERSON, ORGANISATION, ASSET, TEAM][which];
            let code = make(kind, serial);
            prop_assert_eq!(parse(code.as_str()), Some(code));
        }

        #[test]
        fn every_wrong_character_is_noticed(serial in 0..31u32.pow(6), at in 0..=LENGTH, to in 0..31usize) {
            let code = make(PERSON, serial);
            let mut typed: Vec<char> = code.as_str().chars().filter(|c| *c != '-').collect();
            prop_assume!(typed[at] != char::from(ALPHABET[to]));
            typed[at] = char::from(ALPHABET[to]);
            prop_assert_eq!(parse(&typed.iter().collect::<String>()), None);
        }

        #[test]
        fn every_exchange_of_two_characters_is_noticed(serial in 0..31u32.pow(6), a in 0..=LENGTH, b in 0..=LENGTH) {
            let code = make(PERSON, serial);
            let mut typed: Vec<char> = code.as_str().chars().filter(|c| *c != '-').collect();
            prop_assume!(typed[a] != typed[b]);
            typed.swap(a, b);
            prop_assert_eq!(parse(&typed.iter().collect::<String>()), None);
        }

        #[test]
        fn any_text_may_be_tried(text in ".{0,40}") {
            if let Some(code) = parse(&text) {
                prop_assert_eq!(parse(code.as_str()), Some(code));
            }
        }
    }
}

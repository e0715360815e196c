//! What a paper of the commune is.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;

choice! {
    State, "onestop-paper-state", {
        Draft = "draft",
        /// A number is taken; the signature is still missing.
        Numbered = "numbered",
        Issued = "issued",
        Revoked = "revoked",
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Paper {
    pub dossier_id: Uuid,
    pub serial: i64,
    /// What is typed or scanned to check it.
    pub code: String,
    pub state: State,
    pub template: String,
    /// The version of the template with which it was begun.
    pub template_from: NaiveDate,
    pub subject: String,
    /// Paragraphs, one on each line.
    pub body: String,
    pub receivers: String,
    pub drafted_by: Uuid,
    pub drafted_at: DateTime<Utc>,
    pub book: String,
    pub year: Option<i64>,
    pub number: Option<i64>,
    pub symbol: String,
    pub signer_id: Option<Uuid>,
    pub signer_name: String,
    pub signer_role: String,
    pub numbered_at: Option<DateTime<Utc>>,
    pub issued_at: Option<DateTime<Utc>>,
    pub paper_id: Option<Uuid>,
    pub digest: String,
    pub revoked_at: Option<DateTime<Utc>>,
    pub revoked_why: String,
    pub revision: i64,
}

impl Paper {
    /// `15/GXN-UBND`; below ten with a zero before it, as Article 15 of Decree 30/2020 has it. `""` without a number.
    pub fn full_number(&self) -> String {
        self.number.map(|number| format!("{number:02}/{}", self.symbol)).unwrap_or_default()
    }

    /// The address of the check, as it stands behind the QR code.
    pub fn check_path(&self) -> String {
        format!("/giay-to/{}", self.code)
    }
}

/// Letters and digits that nobody takes for another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new code to check a paper by: twelve characters that cannot be guessed, `4K7P-2M9Q-XW31`.
pub(super) fn new_code() -> String {
    let hash = platform::ids::secret_hash(&platform::ids::new_secret());
    let bytes = hash.as_bytes().chunks(2).take(12);
    let number = |pair: &[u8]| {
        std::str::from_utf8(pair).ok().and_then(|pair| usize::from_str_radix(pair, 16).ok()).unwrap_or(0)
    };
    let letters: Vec<char> = bytes.map(|pair| char::from(ALPHABET[number(pair) % 32])).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A code as somebody types it: in small letters, with other dashes, with O for 0 and I or L for 1.
pub(super) fn typed(text: &str) -> String {
    let letter = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        other => other,
    };
    let letters: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).map(letter).take(12).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_write_them() {
        let code = new_code();
        assert_eq!((code.len(), typed(&code)), (14, code.clone()));
        assert_eq!(typed(&code.to_lowercase().replace('-', " ")), code);
        assert_eq!(typed("o1il-uabc"), "0111-VABC");
        assert_ne!(new_code(), code);
    }
}

//! Which dossier a transfer is for: its code stands whole in the message, and the sum is exactly what is owed.

use platform::Uuid;

/// A dossier that owes money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub id: Uuid,
    pub code: String,
    pub owed: i64,
}

/// Where a transfer goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    Dossier(Uuid),
    /// Why it goes nowhere: the end of a key `onestop-pay-…`, and the dossier that it may be about.
    Nowhere(&'static str, Option<Uuid>),
}

/// A code as it survives every bank: letters and digits only.
pub fn compact(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

/// What the payer's bank sends along.
pub fn purpose(code: &str) -> String {
    compact(code)
}

pub fn find(note: &str, amount: i64, open: &[Open]) -> Match {
    let note = compact(note);
    let named: Vec<&Open> = open.iter().filter(|one| note.contains(&compact(&one.code))).collect();
    match named.as_slice() {
        [] => Match::Nowhere("nobody", None),
        [one] if one.owed == 0 => Match::Nowhere("paid", Some(one.id)),
        [one] if amount == one.owed => Match::Dossier(one.id),
        [one] if amount < one.owed => Match::Nowhere("small", Some(one.id)),
        [one] => Match::Nowhere("large", Some(one.id)),
        _ => Match::Nowhere("several", None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_code_and_the_exact_sum_match() {
        let one = |n: u128, code: &str, owed: i64| Open { id: Uuid::from_u128(n), code: code.into(), owed };
        let open = [
            one(1, "000.00.00.H38-261127-0001", 16_000),
            one(2, "000.00.00.H38-261127-0002", 8_000),
            one(3, "000.00.00.H38-261127-0003", 0),
        ];
        let note =
            |n: u32| format!("MBVCB.123 GIANG THI MY chuyen tien 000 00 00 H38 261127 000{n}.CT tu 0011");
        assert_eq!(find(&note(1), 16_000, &open), Match::Dossier(Uuid::from_u128(1)));
        assert_eq!(find(&purpose(&open[1].code), 8_000, &open), Match::Dossier(Uuid::from_u128(2)));
        assert_eq!(find(&note(1), 10_000, &open), Match::Nowhere("small", Some(Uuid::from_u128(1))));
        assert_eq!(find(&note(2), 9_000, &open), Match::Nowhere("large", Some(Uuid::from_u128(2))));
        assert_eq!(find(&note(3), 8_000, &open), Match::Nowhere("paid", Some(Uuid::from_u128(3))));
        assert_eq!(find("nop le phi khai sinh cho con", 16_000, &open), Match::Nowhere("nobody", None));
        assert_eq!(find(&format!("{} {}", note(1), note(2)), 24_000, &open), Match::Nowhere("several", None));
    }
}

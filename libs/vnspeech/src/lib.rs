//! Vietnamese text made speakable.
//!
//! A loudspeaker, a telephone or a reader who listens needs words where the page has signs: "lúc 7h30 ngày 02/09/2026, UBND xã"
//! is said "lúc bảy giờ ba mươi phút ngày hai tháng chín năm hai nghìn không trăm hai mươi sáu, Ủy ban nhân dân xã". The short
//! forms, units and names of letters are data ([`Lexicon`]); the shapes of numbers, dates, hours, money, telephone numbers,
//! ranges, numbers of documents and addresses are here.
//!
//! Two readers are served: a voice that is a program ([`Lexicon::speak`], every digit in words) and an announcer with a sheet of
//! paper ([`Lexicon::script`], numbers stay in digits, which are easier to read).
//!
//! ```
//! let lexicon = vnspeech::Lexicon::default();
//! assert_eq!(lexicon.speak("đạt 95,7%"), "đạt chín mươi lăm phẩy bảy phần trăm");
//! assert_eq!(lexicon.script("lúc 7h30"), "lúc 7 giờ 30 phút");
//! ```

mod forms;
mod number;
mod syllable;
mod text;

pub use number::{cardinal, digits, roman};
pub use syllable::is_syllable;

use serde::Deserialize;
use std::collections::BTreeMap;

/// What is said for what is written. Keys are whole words or phrases, as they are written.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lexicon {
    /// Short forms and foreign words: `UBND`, `OCOP`, `Wi-Fi`; a key may have blanks.
    pub words: BTreeMap<String, String>,
    /// What stands after a number: `km2`, `%`, `đ`.
    pub units: BTreeMap<String, String>,
    /// Short forms in the number of a document (`263/KH-UBND`), where they are not those of [`Lexicon::words`].
    pub codes: BTreeMap<String, String>,
    /// Names of letters, for what has to be spelled; those that are missing are said as they are.
    pub letters: BTreeMap<char, String>,
    /// "nghìn" in the north, "ngàn" in the south.
    pub thousand: String,
    /// "linh" in the north, "lẻ" in the south: 105 is "một trăm linh năm".
    pub zero_ten: String,
}

impl Default for Lexicon {
    /// The commonest units, the letters, and the words of the north.
    fn default() -> Lexicon {
        let pairs =
            |all: &[(&str, &str)]| all.iter().map(|(key, said)| ((*key).into(), (*said).into())).collect();
        Lexicon {
            words: BTreeMap::new(),
            units: pairs(&[("%", "phần trăm"), ("km", "ki lô mét"), ("kg", "ki lô gam"), ("đ", "đồng")]),
            codes: BTreeMap::new(),
            letters: LETTERS.iter().map(|(letter, name)| (*letter, (*name).to_owned())).collect(),
            thousand: "nghìn".into(),
            zero_ten: "linh".into(),
        }
    }
}

const LETTERS: [(char, &str); 30] = [
    ('a', "a"),
    ('ă', "á"),
    ('â', "ớ"),
    ('b', "bê"),
    ('c', "xê"),
    ('d', "dê"),
    ('đ', "đê"),
    ('e', "e"),
    ('ê', "ê"),
    ('f', "ép"),
    ('g', "giê"),
    ('h', "hát"),
    ('i', "i"),
    ('j', "gi"),
    ('k', "ca"),
    ('l', "lờ"),
    ('m', "mờ"),
    ('n', "nờ"),
    ('o', "o"),
    ('p', "pê"),
    ('q', "quy"),
    ('r', "rờ"),
    ('s', "ét"),
    ('t', "tê"),
    ('u', "u"),
    ('v', "vê"),
    ('w', "vê kép"),
    ('x', "ích"),
    ('y', "i dài"),
    ('z', "dét"),
];

impl Lexicon {
    /// For a voice: no digit is left.
    pub fn speak(&self, text: &str) -> String {
        text::Saying { lexicon: self, words: true }.say(text)
    }

    /// For an announcer: short forms, dates and units in words, numbers in digits.
    pub fn script(&self, text: &str) -> String {
        text::Saying { lexicon: self, words: false }.say(text)
    }

    /// The words of `other` go before those of this one: a commune's own beside what is shipped.
    #[must_use]
    pub fn with(mut self, other: impl IntoIterator<Item = (String, String)>) -> Lexicon {
        self.words.extend(other);
        self
    }
}

use crate::plain::plain;
use crate::tlv::{HEAD, MAX_VALUE, push};
use crate::transfer::{Mode, Target, Transfer};
use crate::{NAPAS, crc};
use std::fmt;
use thiserror::Error;

/// The longest number of an account or card, by the documentation of vietqr.io and by NAPAS' format 1.5.2 as
/// public libraries state it.
pub const MAX_ACCOUNT: usize = 19;

/// The largest amount: field 54 has thirteen digits. What a bank lets pass at once is far less.
pub const MAX_AMOUNT: u64 = 9_999_999_999_999;

/// So many characters NAPAS gives to bill number and purpose each, by the same libraries. More can be written
/// and is seen in use, but some banks cut it: keep a reference that has to arrive within this.
pub const SAFE_TEXT: usize = 25;

/// A text of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// Field 62.01.
    Bill,
    /// Field 62.08.
    Purpose,
    /// Field 59.
    MerchantName,
    /// Field 60.
    MerchantCity,
}

impl Text {
    /// The most characters it can have in the plain form. Bill number and purpose share the 99 of field 62.
    pub fn max(self) -> usize {
        match self {
            Text::Bill | Text::Purpose => MAX_VALUE - HEAD,
            Text::MerchantName => 25,
            Text::MerchantCity => 15,
        }
    }

    fn write(self, out: &mut String, text: &Option<String>) -> Result<(), EncodeProblem> {
        let Some(text) = text else { return Ok(()) };
        let value =
            plain(text).map_err(|character| EncodeProblem::TextCharacter { text: self, character })?;
        let (characters, max) = (value.len(), self.max());
        if characters == 0 {
            return Err(EncodeProblem::TextEmpty { text: self });
        }
        if characters > max {
            return Err(EncodeProblem::TextLength { text: self, characters, max });
        }
        let id = match self {
            Text::Bill => 1,
            Text::Purpose => 8,
            Text::MerchantName => 59,
            Text::MerchantCity => 60,
        };
        push(out, id, &value);
        Ok(())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Text::Bill => "bill number",
            Text::Purpose => "purpose",
            Text::MerchantName => "merchant name",
            Text::MerchantCity => "merchant city",
        })
    }
}

/// Why a transfer cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum EncodeProblem {
    /// The bank is told by exactly six digits.
    #[error("the BIN of the bank is not six digits")]
    Bin,
    /// There is no number of account or card.
    #[error("the account is empty")]
    AccountEmpty,
    /// More than [`MAX_ACCOUNT`] characters.
    #[error("the account has {characters} characters, more than {MAX_ACCOUNT}")]
    AccountLength {
        /// How many there are.
        characters: usize,
    },
    /// An account is digits and unaccented letters, a card digits only; neither has spaces.
    #[error("the account contains something other than letters and digits, or the card than digits")]
    AccountCharacter,
    /// An amount of nothing; leave it out to let the payer type one.
    #[error("the amount is 0")]
    AmountZero,
    /// More than [`MAX_AMOUNT`].
    #[error("the amount is more than {MAX_AMOUNT}")]
    AmountTooLarge,
    /// A code with an amount is to be paid once: [`Mode::Dynamic`].
    #[error("a static code has no amount")]
    StaticAmount,
    /// Nothing is left of a text; leave it out instead.
    #[error("the {text} is empty")]
    TextEmpty {
        /// Which one.
        text: Text,
    },
    /// A text is longer than its field.
    #[error("the {text} has {characters} characters, more than {max}")]
    TextLength {
        /// Which one.
        text: Text,
        /// How many there are in the plain form.
        characters: usize,
        /// [`Text::max`].
        max: usize,
    },
    /// A text holds what has no plain form.
    #[error("the {text} contains {character:?}, which cannot be written")]
    TextCharacter {
        /// Which one.
        text: Text,
        /// The first such character.
        character: char,
    },
    /// Bill number and purpose are too long together.
    #[error("bill number and purpose need {characters} characters together, more than {MAX_VALUE}")]
    AdditionalLength {
        /// How many, with the four before each.
        characters: usize,
    },
}

impl Transfer {
    /// The payload, to be drawn as a QR code. Texts are written in their [`plain`] form.
    ///
    /// The bank need not be in a table: tables grow old.
    ///
    /// ```
    /// use vietqr::{EncodeProblem, Transfer};
    /// let sign = Transfer::to_account("970405", "1900000000001").encode()?;
    /// assert_eq!(sign, "00020101021138570010A0000007270127000697040501131900000000001\
    ///                   0208QRIBFTTA53037045802VN6304EAB9");
    /// let spaced = Transfer::to_account("970405", "1900 0000 00001").encode();
    /// assert_eq!(spaced, Err(EncodeProblem::AccountCharacter));
    /// # Ok::<(), EncodeProblem>(())
    /// ```
    pub fn encode(&self) -> Result<String, EncodeProblem> {
        let mut out = String::new();
        push(&mut out, 0, "01");
        push(&mut out, 1, self.mode.code());
        push(&mut out, 38, &self.payee()?);
        push(&mut out, 53, "704");
        if let Some(amount) = self.amount {
            push(&mut out, 54, &self.amount_text(amount)?);
        }
        push(&mut out, 58, "VN");
        Text::MerchantName.write(&mut out, &self.merchant_name)?;
        Text::MerchantCity.write(&mut out, &self.merchant_city)?;
        let additional = self.additional()?;
        if !additional.is_empty() {
            push(&mut out, 62, &additional);
        }
        out.push_str("6304");
        let crc = crc(out.as_bytes());
        Ok(format!("{out}{crc:04X}"))
    }

    fn payee(&self) -> Result<String, EncodeProblem> {
        if !is_bin(&self.bin) {
            return Err(EncodeProblem::Bin);
        }
        match self.account.chars().count() {
            0 => return Err(EncodeProblem::AccountEmpty),
            _ if !is_account(self.target, &self.account) => return Err(EncodeProblem::AccountCharacter),
            characters if characters > MAX_ACCOUNT => {
                return Err(EncodeProblem::AccountLength { characters });
            }
            _ => {}
        }
        let (mut bank, mut out) = (String::new(), String::new());
        push(&mut bank, 0, &self.bin);
        push(&mut bank, 1, &self.account);
        push(&mut out, 0, NAPAS);
        push(&mut out, 1, &bank);
        push(&mut out, 2, self.target.service());
        Ok(out)
    }

    fn amount_text(&self, amount: u64) -> Result<String, EncodeProblem> {
        match amount {
            0 => Err(EncodeProblem::AmountZero),
            _ if amount > MAX_AMOUNT => Err(EncodeProblem::AmountTooLarge),
            _ if self.mode == Mode::Static => Err(EncodeProblem::StaticAmount),
            _ => Ok(amount.to_string()),
        }
    }

    fn additional(&self) -> Result<String, EncodeProblem> {
        let mut out = String::new();
        Text::Bill.write(&mut out, &self.bill)?;
        Text::Purpose.write(&mut out, &self.purpose)?;
        match out.len() {
            characters if characters > MAX_VALUE => Err(EncodeProblem::AdditionalLength { characters }),
            _ => Ok(out),
        }
    }
}

pub(crate) fn is_bin(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether all characters are right; the length is another question.
pub(crate) fn is_account(target: Target, text: &str) -> bool {
    text.bytes().all(|b| match target {
        Target::Account => b.is_ascii_alphanumeric(),
        Target::Card => b.is_ascii_digit(),
    })
}

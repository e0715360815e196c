use std::fmt;

/// A transfer through NAPAS, as the payer's bank shows it after the scan.
///
/// Put a reference that is yours alone into the purpose: it is what the payee's bank shows with the money.
/// A code without an amount lets the payer type one, so what comes in cannot be matched by itself.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Transfer {
    /// The six digits of the payee's bank ([`Banks`](crate::Banks) knows their names).
    pub bin: String,
    /// Number of the account or card. Accounts of wallets and chosen ones may hold letters.
    pub account: String,
    /// What `account` is.
    pub target: Target,
    /// For many payments, or for one.
    pub mode: Mode,
    /// In đồng; `None` leaves it to the payer.
    pub amount: Option<u64>,
    /// Number of a bill (62.01). Few banks show it.
    pub bill: Option<String>,
    /// The message to the payee (62.08).
    pub purpose: Option<String>,
    /// Name of the payee (59). Banks show the holder's name that they look up themselves.
    pub merchant_name: Option<String>,
    /// Place of the payee (60).
    pub merchant_city: Option<String>,
}

/// What the money goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// `QRIBFTTA`.
    Account,
    /// `QRIBFTTC`.
    Card,
}

/// How often a code is meant to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Again and again, as the sign on a desk (`11`).
    Static,
    /// Once, as a bill (`12`).
    Dynamic,
}

impl Target {
    pub(crate) fn service(self) -> &'static str {
        match self {
            Target::Account => "QRIBFTTA",
            Target::Card => "QRIBFTTC",
        }
    }

    pub(crate) fn of_service(service: &str) -> Option<Target> {
        [Target::Account, Target::Card].into_iter().find(|target| target.service() == service)
    }
}

impl Mode {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Mode::Static => "11",
            Mode::Dynamic => "12",
        }
    }

    pub(crate) fn of_code(code: &str) -> Option<Mode> {
        [Mode::Static, Mode::Dynamic].into_iter().find(|mode| mode.code() == code)
    }
}

impl Transfer {
    /// To an account, as often as anybody likes, of any amount.
    pub fn to_account(bin: impl Into<String>, account: impl Into<String>) -> Transfer {
        Transfer {
            bin: bin.into(),
            account: account.into(),
            target: Target::Account,
            mode: Mode::Static,
            amount: None,
            bill: None,
            purpose: None,
            merchant_name: None,
            merchant_city: None,
        }
    }

    /// To a card, otherwise like [`to_account`](Self::to_account).
    pub fn to_card(bin: impl Into<String>, card: impl Into<String>) -> Transfer {
        Transfer { target: Target::Card, ..Transfer::to_account(bin, card) }
    }

    /// Of this many đồng, to be paid once.
    pub fn with_amount(self, dong: u64) -> Transfer {
        Transfer { amount: Some(dong), ..self.once() }
    }

    /// To be paid once, also without an amount.
    pub fn once(self) -> Transfer {
        Transfer { mode: Mode::Dynamic, ..self }
    }

    /// With a message to the payee.
    pub fn with_purpose(self, text: impl Into<String>) -> Transfer {
        Transfer { purpose: Some(text.into()), ..self }
    }

    /// With the number of a bill.
    pub fn with_bill(self, number: impl Into<String>) -> Transfer {
        Transfer { bill: Some(number.into()), ..self }
    }

    /// With name and place of the payee.
    pub fn with_merchant(self, name: impl Into<String>, city: impl Into<String>) -> Transfer {
        Transfer { merchant_name: Some(name.into()), merchant_city: Some(city.into()), ..self }
    }

    /// The account for lists and logs: `•••••••••001`.
    pub fn masked_account(&self) -> String {
        let hidden = self.account.chars().count().saturating_sub(3);
        self.account.chars().enumerate().map(|(at, c)| if at < hidden { '•' } else { c }).collect()
    }
}

/// Texts are left out: they may name people.
impl fmt::Debug for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (target, amount) = (self.target, self.amount);
        write!(f, "Transfer({target:?} {} {}, {:?}, {amount:?})", self.bin, self.masked_account(), self.mode)
    }
}

use chrono::{DateTime, Utc};
use platform::{Error, FieldError, Message, Result, Uuid};
use sea_orm::FromQueryResult;

/// May it sign in?
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Active,
    Locked,
}

impl State {
    pub fn code(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Locked => "locked",
        }
    }
}

/// An account as lists and pages show it; no secret is in it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct Account {
    pub id: Uuid,
    pub login: String,
    pub display_name: String,
    #[serde(skip)]
    pub sort_key: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub must_change_password: bool,
    #[serde(rename = "state")]
    pub state_code: String,
    pub last_sign_in_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub revision: i64,
    #[serde(skip)]
    pub factor_secret: Option<String>,
    #[serde(skip)]
    pub factor_pending: Option<String>,
    /// Passkeys that open the door.
    pub passkeys: i64,
}

impl Account {
    pub fn state(&self) -> State {
        if self.state_code == "active" { State::Active } else { State::Locked }
    }

    /// A code of the phone, or a passkey, which is one too.
    pub fn has_second_factor(&self) -> bool {
        self.has_codes() || self.passkeys > 0
    }

    /// Codes of the phone.
    pub fn has_codes(&self) -> bool {
        self.factor_secret.is_some()
    }
}

/// An account to be made.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    pub login: String,
    pub display_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// The first sign-in leads to a new password.
    pub must_change_password: bool,
}

/// What an administrator, or the person, may change.
#[derive(Debug, Clone, Default)]
pub struct AccountChange {
    pub display_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

const LOGIN_LENGTH: std::ops::RangeInclusive<usize> = 3..=60;
const NAME_LENGTH: usize = 120;

/// A login as people type it: letters, digits, dot, hyphen, underscore, or an e-mail address.
pub(crate) fn login_check(login: &str) -> Result<(), FieldError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_@".contains(c);
    let good = LOGIN_LENGTH.contains(&login.len()) && login.chars().all(allowed);
    if good { Ok(()) } else { Err(field("ten-dang-nhap", "account-login-wrong")) }
}

/// The one form of a login: `Lan.Anh` and `lan.anh` are the same.
pub(crate) fn login_folded(login: &str) -> String {
    login.trim().to_ascii_lowercase()
}

impl AccountChange {
    pub(crate) fn cleaned(&self) -> Result<AccountChange> {
        let display_name = vntext::clean(&self.display_name);
        let some = |text: &Option<String>| text.as_deref().map(vntext::clean).filter(|text| !text.is_empty());
        let (email, phone) = (some(&self.email), some(&self.phone));
        let mut wrong = Vec::new();
        if display_name.is_empty() || display_name.chars().count() > NAME_LENGTH {
            wrong.push(field("ho-ten", "account-name-empty"));
        }
        if email.as_deref().is_some_and(|email| !email_plausible(email)) {
            wrong.push(field("email", "account-email-wrong"));
        }
        if phone.as_deref().is_some_and(|phone| !phone_plausible(phone)) {
            wrong.push(field("dien-thoai", "account-phone-wrong"));
        }
        if wrong.is_empty() {
            Ok(AccountChange { display_name, email, phone })
        } else {
            Err(Error::fields(wrong))
        }
    }
}

fn email_plausible(email: &str) -> bool {
    let Some((name, host)) = email.split_once('@') else { return false };
    !name.is_empty()
        && email.len() <= 200
        && host.contains('.')
        && !host.contains('@')
        && !email.contains(char::is_whitespace)
}

fn phone_plausible(phone: &str) -> bool {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    (9..=12).contains(&digits) && phone.chars().all(|c| c.is_ascii_digit() || " .+-()".contains(c))
}

fn field(name: &'static str, key: &'static str) -> FieldError {
    FieldError { field: name.into(), message: Message::new(key) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_plain_words() {
        for good in ["lan.anh", "thon-06", "an@giaphu.example"] {
            login_check(good).unwrap();
        }
        for bad in ["", "an", "lan anh", "đào", "<script>", "a/../b"] {
            assert!(login_check(bad).is_err(), "{bad}");
        }
        assert_eq!(login_folded(" Lan.Anh "), "lan.anh");
    }

    #[test]
    fn every_wrong_field_is_named() {
        let change =
            AccountChange { display_name: " ".into(), email: Some("an@".into()), phone: Some("12".into()) };
        let fields: Vec<String> =
            change.cleaned().unwrap_err().fields.iter().map(|f| f.field.to_string()).collect();
        assert_eq!(fields, ["ho-ten", "email", "dien-thoai"]);
    }
}

use platform::{Ctx, Error, FieldError, Lang, Message, Result, Uuid, call};
use sea_orm::FromQueryResult;

/// A service as the administrator keeps it; the secret is not in it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Provider {
    pub id: Uuid,
    pub name_vi: String,
    pub name_en: String,
    pub issuer: String,
    pub client_id: String,
    pub scopes: String,
    pub number_claim: String,
    pub level_claim: String,
    /// Values of `level_claim` at which the number is believed, with spaces between.
    pub levels: String,
    pub makes_accounts: bool,
    /// A vouched number links the account with the person at once.
    pub links_people: bool,
    pub active: bool,
    pub has_secret: bool,
    pub revision: i64,
}

impl Provider {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::Vi { &self.name_vi } else { &self.name_en }
    }
}

/// A service as typed.
#[derive(Debug, Clone, Default)]
pub struct RawProvider {
    pub name_vi: String,
    pub name_en: String,
    pub issuer: String,
    pub client_id: String,
    /// Empty leaves the one that is kept.
    pub client_secret: String,
    pub scopes: String,
    pub number_claim: String,
    pub level_claim: String,
    pub levels: String,
    pub makes_accounts: bool,
    pub links_people: bool,
}

const NAME_LENGTH: usize = 80;
const TEXT_LENGTH: usize = 300;

impl RawProvider {
    pub(crate) fn cleaned(&self, ctx: &Ctx) -> Result<RawProvider> {
        let mut new = RawProvider {
            name_vi: vntext::clean(&self.name_vi),
            name_en: vntext::clean(&self.name_en),
            issuer: self.issuer.trim().to_owned(),
            client_id: self.client_id.trim().to_owned(),
            client_secret: self.client_secret.trim().to_owned(),
            scopes: words(&self.scopes),
            number_claim: self.number_claim.trim().to_owned(),
            level_claim: self.level_claim.trim().to_owned(),
            levels: words(&self.levels),
            makes_accounts: self.makes_accounts,
            links_people: self.links_people,
        };
        if !new.scopes.split(' ').any(|scope| scope == "openid") {
            new.scopes = format!("openid {}", new.scopes).trim().to_owned();
        }
        let mut wrong = Vec::new();
        let named = |name: &str| !name.is_empty() && name.chars().count() <= NAME_LENGTH;
        if !named(&new.name_vi) {
            wrong.push(field("ten-vi", "provider-name-wrong"));
        }
        if !named(&new.name_en) {
            wrong.push(field("ten-en", "provider-name-wrong"));
        }
        if let Err(error) = call::address(ctx, "dia-chi", &new.issuer) {
            wrong.extend(error.fields);
        }
        if new.client_id.is_empty() || new.client_id.len() > TEXT_LENGTH {
            wrong.push(field("ma-ung-dung", "provider-client-wrong"));
        }
        if [&new.client_secret, &new.scopes, &new.levels].iter().any(|text| text.len() > TEXT_LENGTH) {
            wrong.push(field("pham-vi", "provider-too-long"));
        }
        if !claim(&new.number_claim) {
            wrong.push(field("truong-so", "provider-claim-wrong"));
        }
        if !claim(&new.level_claim) {
            wrong.push(field("truong-muc", "provider-claim-wrong"));
        }
        // A number without a level would be believed from whoever typed it there.
        if !new.number_claim.is_empty() && (new.level_claim.is_empty() || new.levels.is_empty()) {
            wrong.push(field("muc", "provider-level-missing"));
        }
        if wrong.is_empty() { Ok(new) } else { Err(Error::fields(wrong)) }
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn claim(name: &str) -> bool {
    name.len() <= 60 && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-:./".contains(c))
}

fn field(name: &'static str, key: &'static str) -> FieldError {
    FieldError { field: name.into(), message: Message::new(key) }
}

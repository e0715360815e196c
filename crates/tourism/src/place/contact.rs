//! Whom a visitor calls. Data of a private person stand on the page only with a consent that was written down; taken back, they are
//! gone at once, also from the database.

use super::check::{email, phone, phone_shown, web};
use super::model::Happened;
use super::pass::{allowed, may, record, within, written};
use super::store;
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use sea_orm::FromQueryResult;

const LINE_MAX: usize = 160;
const HOW_MAX: usize = 300;

#[derive(Debug, Clone, Default, PartialEq, FromQueryResult)]
pub struct Contact {
    pub place_id: Uuid,
    pub name: String,
    pub phone: String,
    pub zalo: String,
    pub email: String,
    pub web: String,
    /// Of a person, not of a business or an office.
    pub private: bool,
}

impl Contact {
    pub fn phone_shown(&self) -> String {
        phone_shown(&self.phone)
    }

    pub fn zalo_shown(&self) -> String {
        phone_shown(&self.zalo)
    }

    /// Digits for `zalo.me`.
    pub fn zalo_url(&self) -> String {
        let digits: String = self.zalo.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() { String::new() } else { format!("https://zalo.me/{digits}") }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Consent {
    pub given_on: NaiveDate,
    pub how: String,
    pub withdrawn_on: Option<NaiveDate>,
}

/// What stood in the form.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub name: String,
    pub phone: String,
    pub zalo: String,
    pub email: String,
    pub web: String,
    pub private: bool,
    /// When and how the person agreed.
    pub consent_on: Option<NaiveDate>,
    pub consent_how: String,
}

/// Writes whom to call.
///
/// # Errors
/// At the field that is wrong; without a consent for a private person.
pub async fn set(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, sent: Sent) -> Result<()> {
    let one = within(ctx, tx, id).await?;
    allowed(may(ctx, &one).contact)?;
    written(one.revision == revision)?;
    let contact = checked(id, &sent)?;
    if contact.private {
        let given_on = sent.consent_on.ok_or_else(|| Error::field("dong-y-ngay", "tourism-consent-day"))?;
        if given_on > ctx.today() {
            return Err(Error::field("dong-y-ngay", "tourism-day-ahead"));
        }
        let how = said::needed("dong-y-cach", &sent.consent_how, "tourism-consent-how-empty", HOW_MAX)?;
        let open = store::consents(ctx, tx, id).await?.into_iter().find(|one| one.withdrawn_on.is_none());
        if open.is_none_or(|open| open.given_on != given_on || open.how != how) {
            store::consent_insert(ctx, tx, id, given_on, &how).await?;
            store::event_insert(ctx, tx, id, Happened::Consented, "").await?;
        }
    }
    store::contact_write(ctx, tx, &contact).await?;
    written(store::update(ctx, tx, &one).await?)?;
    record(ctx, tx, "tourism.contact", id).await
}

fn checked(place_id: Uuid, sent: &Sent) -> Result<Contact> {
    let name = said::needed("lien-he-ten", &sent.name, "tourism-contact-name", LINE_MAX)?;
    let some = |text: &str, read: &dyn Fn(&str) -> Result<String>| {
        if text.trim().is_empty() { Ok(String::new()) } else { read(text) }
    };
    let contact = Contact {
        place_id,
        name,
        phone: some(&sent.phone, &|text| phone("lien-he-dien-thoai", text))?,
        zalo: some(&sent.zalo, &|text| phone("lien-he-zalo", text))?,
        email: some(&sent.email, &|text| email("lien-he-email", text))?,
        web: some(&sent.web, &|text| web("lien-he-web", text))?,
        private: sent.private,
    };
    if [&contact.phone, &contact.zalo, &contact.email, &contact.web].iter().all(|text| text.is_empty()) {
        return Err(Error::field("lien-he-dien-thoai", "tourism-contact-way"));
    }
    Ok(contact)
}

/// Takes the contact away; a consent ends with it.
pub async fn forget(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<()> {
    let one = within(ctx, tx, id).await?;
    written(one.revision == revision)?;
    store::contact_delete(ctx, tx, id).await?;
    if store::consent_withdraw(ctx, tx, id).await? {
        store::event_insert(ctx, tx, id, Happened::Withdrawn, "").await?;
    }
    written(store::update(ctx, tx, &one).await?)?;
    record(ctx, tx, "tourism.contact-forget", id).await
}

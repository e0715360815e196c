//! Cooperatives, household businesses, enterprises, schools, Party and State offices, associations.

pub(crate) mod api;
pub(crate) mod pages;

use crate::code;
use crate::page::{After, Count, Page};
use crate::person::Version;
use crate::thing::{self, Actions, Thing};
use crate::version::{How, Table};
use chrono::NaiveDate;
use platform::choice;
use platform::db::{FromQueryResult, Value};
use platform::{Ctx, Error, FieldError, Message, Result, Tx, Uuid, sql};
use serde::{Deserialize, Serialize};
use vnid::{Phone, TaxCode};

pub use crate::thing::Filter;

choice! {
    Kind, "registry-organisation", {
        Cooperative = "cooperative", HouseholdBusiness = "household_business", Enterprise = "enterprise",
        School = "school", PartyOffice = "party_office", StateOffice = "state_office", Association = "association",
        Other = "other",
    }
}

/// What is recorded of an organisation and may change.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize, Deserialize)]
pub struct Facts {
    pub kind: Kind,
    pub name: String,
    /// `None`: of the whole commune.
    pub village_id: Option<Uuid>,
    pub address: String,
    /// What it does: "Tạp hoá".
    pub trade: String,
    pub tax_no: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    pub representative: String,
    /// The representative's row, when they live in the commune.
    pub representative_id: Option<Uuid>,
    pub licence_no: String,
    pub founded_on: Option<NaiveDate>,
}

pub type Organisation = Thing<Facts>;

const COLUMNS: [&str; 11] = [
    "kind",
    "name",
    "village_id",
    "address",
    "trade",
    "tax_no",
    "phone",
    "representative",
    "representative_id",
    "licence_no",
    "founded_on",
];

impl thing::Facts for Facts {
    const KIND: code::Kind = code::ORGANISATION;
    const VERSIONS: Table = Table { name: "organisation_version", columns: &COLUMNS };
    const OWNER: &'static str = "id";
    const ACTIONS: Actions = Actions {
        insert: "organisation.insert",
        update: "organisation.update",
        end: "organisation.end",
        changed: "registry.organisation.changed",
        path: "/lam-viec/to-chuc",
    };

    fn values(&self) -> Vec<Value> {
        vec![
            self.kind.into(),
            self.name.as_str().into(),
            self.village_id.into(),
            self.address.as_str().into(),
            self.trade.as_str().into(),
            self.tax_no.clone().into(),
            self.phone.clone().into(),
            self.representative.as_str().into(),
            self.representative_id.into(),
            self.licence_no.as_str().into(),
            self.founded_on.into(),
        ]
    }

    fn sort_key(&self) -> String {
        vntext::sort_key(&self.name)
    }

    fn village(&self) -> Option<Uuid> {
        self.village_id
    }

    fn found_by(&self) -> (String, String, String) {
        let subtitle = [self.trade.as_str(), &self.address]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        let words = format!(
            "{} {} {}",
            self.representative,
            self.tax_no.as_deref().unwrap_or_default(),
            self.licence_no
        );
        (self.name.clone(), subtitle, words)
    }

    fn owner(&self) -> Option<Uuid> {
        None
    }
}

impl Facts {
    /// Tidies the texts and checks what can be checked.
    ///
    /// # Errors
    /// All that is wrong, each at its field by its name in forms.
    pub fn check(mut self) -> Result<Facts, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong =
            |field: &'static str, message: Message| errors.push(FieldError { field: field.into(), message });
        for text in [
            &mut self.name,
            &mut self.address,
            &mut self.trade,
            &mut self.representative,
            &mut self.licence_no,
        ] {
            *text = vntext::clean(text);
        }
        if self.name.is_empty() {
            wrong("ten", "registry-organisation-name-empty".into());
        }
        let texts = [
            ("ten", &self.name),
            ("dia-chi", &self.address),
            ("nganh-nghe", &self.trade),
            ("dai-dien", &self.representative),
            ("so-giay-phep", &self.licence_no),
        ];
        for (field, text) in texts {
            if text.chars().count() > 200 {
                wrong(field, Message::new("error-too-long").with("limit", 200));
            }
        }
        if let Some(text) = self.tax_no.take().filter(|text| !text.trim().is_empty()) {
            match TaxCode::parse(&text) {
                Ok(code) => self.tax_no = Some(code.as_str().to_owned()),
                Err(_) => wrong("ma-so-thue", "registry-tax-code".into()),
            }
        }
        if let Some(text) = self.phone.take().filter(|text| !text.trim().is_empty()) {
            match Phone::parse(&text) {
                Ok(phone) => self.phone = Some(phone.stored().to_owned()),
                Err(_) => wrong("dien-thoai", "registry-phone".into()),
            }
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

pub async fn get(ctx: &Ctx, id: Uuid) -> Result<Organisation> {
    thing::find(ctx, &ctx.app.db, id).await
}

/// A page of organisations by name.
pub async fn list(
    ctx: &Ctx,
    filter: &Filter,
    after: Option<&After>,
    limit: i64,
) -> Result<Page<Organisation>> {
    thing::list(ctx, filter, after, limit).await
}

pub async fn count(ctx: &Ctx, filter: &Filter) -> Result<Count> {
    thing::count::<Facts>(ctx, filter).await
}

pub async fn history(ctx: &Ctx, id: Uuid) -> Result<Vec<Version<Facts>>> {
    thing::history(ctx, id).await
}

/// # Errors
/// At `ma-so-thue` when another organisation has the tax code; everything that [`Facts::check`] finds.
pub async fn insert(ctx: &Ctx, tx: &Tx, facts: Facts, on: NaiveDate, source: &str) -> Result<Uuid> {
    let facts = facts.check().map_err(Error::fields)?;
    tax_code_free(ctx, tx, None, &facts).await?;
    thing::insert(ctx, tx, facts, on, source).await
}

pub async fn update(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    facts: Facts,
    how: &How,
) -> Result<Organisation> {
    let facts = facts.check().map_err(Error::fields)?;
    tax_code_free(ctx, tx, Some(id), &facts).await?;
    thing::update(ctx, tx, id, revision, facts, how).await
}

pub async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, on: NaiveDate, reason: &str) -> Result<()> {
    thing::end::<Facts>(ctx, tx, id, revision, on, reason).await
}

async fn tax_code_free(ctx: &Ctx, tx: &Tx, own: Option<Uuid>, facts: &Facts) -> Result<()> {
    let Some(code) = &facts.tax_no else { return Ok(()) };
    let found: Vec<Uuid> =
        sql("SELECT id FROM organisation WHERE commune_id = $1 AND tax_no = $2 AND state = 'active'")
            .bind(ctx.commune)
            .bind(code.as_str())
            .column(tx)
            .await?;
    if found.into_iter().any(|id| Some(id) != own) {
        return Err(Error::field("ma-so-thue", "registry-tax-code-taken"));
    }
    Ok(())
}

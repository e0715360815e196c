//! What a person is to the registry.

use chrono::NaiveDate;
use platform::Uuid;
use platform::choice;
use platform::db::Value;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};

choice! {
    Sex, "registry-sex", { Male = "male", Female = "female" }
}

impl From<vnid::Sex> for Sex {
    fn from(sex: vnid::Sex) -> Sex {
        match sex {
            vnid::Sex::Male => Sex::Male,
            vnid::Sex::Female => Sex::Female,
        }
    }
}

impl From<Sex> for vnid::Sex {
    fn from(sex: Sex) -> vnid::Sex {
        match sex {
            Sex::Male => vnid::Sex::Male,
            Sex::Female => vnid::Sex::Female,
        }
    }
}

choice! {
    /// How much of the birth date is known. What is not known is stored as 1: the first of the month or of the year.
    Precision, "registry-birth", { Day = "day", Month = "month", Year = "year" }
}

choice! {
    /// How a person lives in the household.
    Residence, "registry-residence", {
        /// thường trú
        Permanent = "permanent",
        /// tạm trú
        Temporary = "temporary",
        /// thường trú, đang tạm vắng
        Absent = "absent",
    }
}

choice! {
    State, "registry-state", {
        Present = "present",
        Died = "died",
        Left = "left",
        /// The row was a duplicate; `merged_into` says of whom.
        Merged = "merged",
        /// Made nameless on request.
        Erased = "erased",
    }
}

/// What is recorded of a person and may change: made by [`super::NewPerson::check`] only, so it is right in itself.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Facts {
    pub full_name: String,
    pub sex: Sex,
    pub birth_date: NaiveDate,
    pub birth_precision: Precision,
    /// Twelve digits.
    pub personal_no: Option<String>,
    /// Nine or twelve digits of the old card.
    pub previous_no: Option<String>,
    pub tax_no: Option<String>,
    /// Codes of [`crate::lists::Lists`], as are religion, education, disability and meritorious.
    pub ethnic: String,
    pub religion: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    pub smartphone: bool,
    pub insurance_no: Option<String>,
    /// The last day of validity.
    pub insurance_until: Option<NaiveDate>,
    pub payment_account: bool,
    pub education: String,
    pub occupation: String,
    pub disability: Option<String>,
    pub meritorious: Option<String>,
}

/// Columns of [`Facts`], in the order of [`Facts::values`].
pub(crate) const FACTS: [&str; 18] = [
    "full_name",
    "sex",
    "birth_date",
    "birth_precision",
    "personal_no",
    "previous_no",
    "tax_no",
    "ethnic",
    "religion",
    "phone",
    "smartphone",
    "insurance_no",
    "insurance_until",
    "payment_account",
    "education",
    "occupation",
    "disability",
    "meritorious",
];

/// Facts that do not change in a life: a correction of them holds for all versions.
pub(crate) const LASTING: [&str; 8] =
    ["full_name", "sex", "birth_date", "birth_precision", "personal_no", "previous_no", "ethnic", "tax_no"];

impl Facts {
    pub(crate) fn values(&self) -> Vec<Value> {
        vec![
            self.full_name.as_str().into(),
            self.sex.into(),
            self.birth_date.into(),
            self.birth_precision.into(),
            self.personal_no.clone().into(),
            self.previous_no.clone().into(),
            self.tax_no.clone().into(),
            self.ethnic.as_str().into(),
            self.religion.clone().into(),
            self.phone.clone().into(),
            self.smartphone.into(),
            self.insurance_no.clone().into(),
            self.insurance_until.into(),
            self.payment_account.into(),
            self.education.as_str().into(),
            self.occupation.as_str().into(),
            self.disability.clone().into(),
            self.meritorious.clone().into(),
        ]
    }

    /// Names of the columns in which two differ.
    pub fn differences(&self, other: &Facts) -> Vec<&'static str> {
        let pairs = self.values().into_iter().zip(other.values());
        FACTS.iter().zip(pairs).filter(|(_, (a, b))| a != b).map(|(name, _)| *name).collect()
    }

    /// Full years on a day.
    pub fn age_on(&self, day: NaiveDate) -> u32 {
        day.years_since(self.birth_date).unwrap_or(0)
    }
}

/// Where a person is counted, and as what.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize, Deserialize)]
pub struct Membership {
    pub household_id: Uuid,
    pub village_id: Uuid,
    /// A code of the relation list; [`crate::lists::HEAD`] for the head.
    pub relation: String,
    pub residence: Residence,
}

/// Columns of [`Membership`], in the order of [`Membership::values`].
pub(crate) const PLACE: [&str; 4] = ["household_id", "village_id", "relation", "residence"];

impl Membership {
    pub(crate) fn values(&self) -> Vec<Value> {
        vec![
            self.household_id.into(),
            self.village_id.into(),
            self.relation.as_str().into(),
            self.residence.into(),
        ]
    }
}

/// A person as the registry has them now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: Uuid,
    /// The identity code.
    pub code: String,
    #[serde(flatten)]
    pub facts: Facts,
    #[serde(flatten)]
    pub place: Membership,
    pub state: State,
    pub died_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
    pub merged_into: Option<Uuid>,
    pub revision: i64,
}

impl FromQueryResult for Person {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Person, sea_orm::DbErr> {
        Ok(Person {
            id: row.try_get(pre, "id")?,
            code: row.try_get(pre, "code")?,
            facts: Facts::from_query_result(row, pre)?,
            place: Membership::from_query_result(row, pre)?,
            state: row.try_get(pre, "state")?,
            died_on: row.try_get(pre, "died_on")?,
            left_on: row.try_get(pre, "left_on")?,
            merged_into: row.try_get(pre, "merged_into")?,
            revision: row.try_get(pre, "revision")?,
        })
    }
}

/// One stretch of days of a person's facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version<T> {
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_to: NaiveDate,
    pub source: String,
    #[serde(flatten)]
    pub what: T,
}

impl<T: FromQueryResult> FromQueryResult for Version<T> {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Version<T>, sea_orm::DbErr> {
        Ok(Version {
            valid_from: row.try_get(pre, "valid_from")?,
            valid_to: row.try_get(pre, "valid_to")?,
            source: row.try_get(pre, "source")?,
            what: T::from_query_result(row, pre)?,
        })
    }
}

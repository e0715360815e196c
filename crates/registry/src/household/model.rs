//! What a household is.

use crate::person::check::read_yes;
use crate::villages::Villages;
use chrono::NaiveDate;
use platform::choice;
use platform::db::Value;
use platform::{FieldError, Message, Uuid};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};

choice! {
    /// The household's standing in the yearly review.
    Poverty, "registry-poverty", { None = "none", NearPoor = "near_poor", Poor = "poor" }
}

choice! {
    Residence, "registry-household", { Permanent = "permanent", Temporary = "temporary" }
}

choice! {
    State, "registry-household-state", { Active = "active", Ended = "ended" }
}

/// What is recorded of a household and may change.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize, Deserialize)]
pub struct Facts {
    pub village_id: Uuid,
    pub address: String,
    /// The number in the commune's book, `""` for none.
    pub book_no: String,
    pub head_person_id: Option<Uuid>,
    pub poverty: Poverty,
    pub residence: Residence,
    pub fibre: bool,
    /// Clean water and electricity: `None` where nobody asked.
    pub water: Option<bool>,
    pub electric: Option<bool>,
}

/// Columns of [`Facts`], in the order of [`Facts::values`].
pub(crate) const FACTS: [&str; 9] = [
    "village_id",
    "address",
    "book_no",
    "head_person_id",
    "poverty",
    "residence",
    "fibre",
    "water",
    "electric",
];

impl Facts {
    pub(crate) fn values(&self) -> Vec<Value> {
        vec![
            self.village_id.into(),
            self.address.as_str().into(),
            self.book_no.as_str().into(),
            self.head_person_id.into(),
            self.poverty.into(),
            self.residence.into(),
            self.fibre.into(),
            self.water.into(),
            self.electric.into(),
        ]
    }

    /// Names of the columns in which two differ.
    pub fn differences(&self, other: &Facts) -> Vec<&'static str> {
        let pairs = self.values().into_iter().zip(other.values());
        FACTS.iter().zip(pairs).filter(|(_, (a, b))| a != b).map(|(name, _)| *name).collect()
    }
}

/// A household as the registry has it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Household {
    pub id: Uuid,
    /// The identity code.
    pub code: String,
    #[serde(flatten)]
    pub facts: Facts,
    /// How many people are present.
    pub size: i64,
    pub state: State,
    /// The first day on which it no longer is.
    pub ended_on: Option<NaiveDate>,
    pub end_reason: String,
    pub revision: i64,
}

impl Household {
    /// One that was just made.
    pub(crate) fn new(id: Uuid, code: String, facts: Facts, size: i64) -> Household {
        let (state, ended_on, end_reason) = (State::Active, None, String::new());
        Household { id, code, facts, size, state, ended_on, end_reason, revision: 1 }
    }
}

impl FromQueryResult for Household {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Household, sea_orm::DbErr> {
        Ok(Household {
            id: row.try_get(pre, "id")?,
            code: row.try_get(pre, "code")?,
            facts: Facts::from_query_result(row, pre)?,
            size: row.try_get(pre, "size")?,
            state: row.try_get(pre, "state")?,
            ended_on: row.try_get(pre, "ended_on")?,
            end_reason: row.try_get(pre, "end_reason")?,
            revision: row.try_get(pre, "revision")?,
        })
    }
}

/// A household as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawHousehold {
    /// The name or the id of the village.
    pub village: String,
    pub address: String,
    pub book_no: String,
    pub poverty: String,
    pub residence: String,
    pub fibre: String,
    pub water: String,
    pub electric: String,
}

/// Names of the fields: in code and JSON, and in forms.
pub const FIELDS: [(&str, &str); 8] = [
    ("village", "thon"),
    ("address", "dia-chi"),
    ("book_no", "so-so"),
    ("poverty", "ho-ngheo"),
    ("residence", "loai-ho"),
    ("fibre", "cap-quang"),
    ("water", "nuoc-sach"),
    ("electric", "dien"),
];

const TEXT_MAX: usize = 200;

impl RawHousehold {
    pub fn from_form(form: &platform::http::Form) -> RawHousehold {
        let text = |name: &str| form.text(name).to_owned();
        RawHousehold {
            village: text("thon"),
            address: text("dia-chi"),
            book_no: text("so-so"),
            poverty: text("ho-ngheo"),
            residence: text("loai-ho"),
            fibre: text("cap-quang"),
            water: text("nuoc-sach"),
            electric: text("dien"),
        }
    }

    /// As the form shows a household that is stored.
    pub fn of(facts: &Facts) -> RawHousehold {
        let some = |yes: Option<bool>| yes.map_or("", |yes| if yes { "1" } else { "0" }).to_owned();
        RawHousehold {
            village: facts.village_id.to_string(),
            address: facts.address.clone(),
            book_no: facts.book_no.clone(),
            poverty: facts.poverty.code().into(),
            residence: facts.residence.code().into(),
            fibre: some(Some(facts.fibre)),
            water: some(facts.water),
            electric: some(facts.electric),
        }
    }

    /// Checks every field. The head is set by the rules, which know the members.
    pub fn check(&self, villages: &Villages) -> Result<Facts, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: Message| {
            let form = FIELDS.iter().find(|(name, _)| *name == field).map_or("", |(_, form)| form);
            errors.push(FieldError { field: form.into(), message });
        };
        let by_id = self.village.parse::<Uuid>().ok().and_then(|id| villages.find(id).ok());
        let village = by_id.or_else(|| villages.by_name(&self.village));
        if village.is_none() {
            let key = if self.village.trim().is_empty() {
                "registry-village-empty"
            } else {
                "registry-village-unknown"
            };
            wrong("village", key.into());
        }
        let (address, book_no) = (vntext::clean(&self.address), vntext::clean(&self.book_no));
        for (field, text) in [("address", &address), ("book_no", &book_no)] {
            if text.chars().count() > TEXT_MAX {
                wrong(field, Message::new("error-too-long").with("limit", TEXT_MAX));
            }
        }
        let poverty = read_poverty(&self.poverty);
        let residence = read_residence(&self.residence);
        let fibre = read_yes(&self.fibre);
        for (field, right) in
            [("poverty", poverty.is_some()), ("residence", residence.is_some()), ("fibre", fibre.is_some())]
        {
            if !right {
                wrong(field, "error-choose".into());
            }
        }
        let optional = |text: &str| if text.trim().is_empty() { None } else { read_yes(text) };
        match (village, poverty, residence, errors.is_empty()) {
            (Some(village), Some(poverty), Some(residence), true) => Ok(Facts {
                village_id: village.id,
                address,
                book_no,
                head_person_id: None,
                poverty,
                residence,
                fibre: fibre.unwrap_or_default(),
                water: optional(&self.water),
                electric: optional(&self.electric),
            }),
            _ => Err(errors),
        }
    }
}

fn read_poverty(text: &str) -> Option<Poverty> {
    match vntext::fold(text).as_str() {
        "" | "none" | "khong" | "khong ngheo" | "khong thuoc dien" | "trung binh" | "kha" => {
            Some(Poverty::None)
        }
        "near poor" | "can ngheo" | "ho can ngheo" | "cn" => Some(Poverty::NearPoor),
        "poor" | "ngheo" | "ho ngheo" | "x" => Some(Poverty::Poor),
        _ => None,
    }
}

fn read_residence(text: &str) -> Option<Residence> {
    match vntext::fold(text).as_str() {
        "" | "permanent" | "thuong tru" => Some(Residence::Permanent),
        "temporary" | "tam tru" => Some(Residence::Temporary),
        _ => None,
    }
}

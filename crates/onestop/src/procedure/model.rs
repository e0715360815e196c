//! A procedure as its file says it. `data/procedures/README.md` explains every member.

use crate::form::model::{Form, When, Words};
use chrono::NaiveTime;
use platform::choice;
use serde::{Deserialize, Serialize};

choice! {
    /// How the commune's part of it works.
    Kind, "onestop-kind", {
        /// The commune decides and issues the result.
        Settle = "settle",
        /// A national system issues it; ours prepares, follows and keeps.
        WorkingCopy = "working-copy",
        /// The original must be seen: somebody comes at an hour that was agreed.
        Appointment = "appointment",
        /// Another office does it; we say which and how.
        Guide = "guide",
    }
}

choice! {
    /// The door by which a dossier comes.
    Channel, "onestop-channel", {
        NationalPortal = "national-portal",
        ProvincialSystem = "provincial-system",
        Portal = "portal",
        Counter = "counter",
        /// A member of the village's digital team files for somebody who agreed.
        Team = "team",
    }
}

choice! { Online, "onestop-online", { Full = "full", Part = "part", None = "none" } }

choice! {
    Applicant, "onestop-applicant", {
        Citizen = "citizen", Enterprise = "enterprise", HouseholdBusiness = "household-business",
    }
}

choice! {
    /// Who has a step to do.
    StepRole, "onestop-role", {
        OneStopOfficer = "one-stop-officer", Specialist = "specialist", Leader = "leader",
    }
}

choice! {
    Does, "onestop-does", { Receive = "receive", Check = "check", Draft = "draft", Sign = "sign", Return = "return" }
}

choice! { Unit, "onestop-unit", {
    SameDay = "same-day", WorkingDay = "working-day", Day = "day", Hour = "hour", Month = "month",
} }

choice! {
    /// What the registry learns from the result.
    Effect, "onestop-effect", { Birth = "birth", Death = "death", Marriage = "marriage" }
}

choice! { Per, "onestop-per", { Case = "case", Copy = "copy", Page = "page" } }
choice! { SetBy, "onestop-set-by", { Law = "law", Province = "province" } }
choice! { PaperKind, "onestop-paper", { Original = "original", Copy = "copy", Electronic = "electronic" } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    pub code: String,
    pub name: Words,
    pub summary: Words,
    pub field: String,
    #[serde(default)]
    pub words: Vec<String>,
    pub applicants: Vec<Applicant>,
    pub for_whom: Words,
    pub online: Online,
    pub channels: Vec<Channel>,
    pub kind: Kind,
    pub system: Option<Words>,
    #[serde(rename = "where")]
    pub place: Option<Words>,
    pub result: Words,
    pub result_template: Option<String>,
    #[serde(default, with = "hour")]
    pub same_day_until: Option<NaiveTime>,
    pub effect: Option<Effect>,
    #[serde(default)]
    pub unique: Vec<String>,
    #[serde(default)]
    pub linked: Vec<String>,
    /// Asked for only along with another one, whose `linked` names it.
    #[serde(default)]
    pub only_linked: bool,
    #[serde(default)]
    pub sources: Vec<String>,
    #[serde(default)]
    pub legal: Vec<Legal>,
    pub limit: Option<Limit>,
    #[serde(default, rename = "fee")]
    pub fees: Vec<Fee>,
    #[serde(default, rename = "paper")]
    pub papers: Vec<Paper>,
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
    pub form: Option<Form>,
    /// The name or the procedure as a whole was not compared with the text in force.
    #[serde(default)]
    pub unverified: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Legal {
    pub text: String,
    #[serde(default)]
    pub unverified: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    pub value: u16,
    pub unit: Unit,
    #[serde(default)]
    pub unverified: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    pub key: String,
    pub name: Words,
    /// Đồng; absent where the province sets it and nobody filled it in yet.
    pub vnd: Option<i64>,
    pub per: Per,
    pub set_by: SetBy,
    #[serde(default)]
    pub waived: Vec<Words>,
    pub note: Option<Words>,
    /// Told on the page, not asked for by itself: the officer decides, as of a late registration.
    #[serde(default)]
    pub optional: bool,
    #[serde(default)]
    pub unverified: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub key: String,
    pub name: Words,
    pub kind: PaperKind,
    #[serde(default = "one")]
    pub copies: u16,
    pub required: bool,
    pub note: Option<Words>,
    pub when: Option<When>,
    /// Data of the registry that make the paper unnecessary.
    pub instead: Option<String>,
    #[serde(default)]
    pub unverified: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub key: String,
    pub name: Words,
    pub role: StepRole,
    /// Working hours.
    pub hours: u16,
    pub does: Does,
}

fn one() -> u16 {
    1
}

impl Procedure {
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The step after this one.
    pub fn after(&self, key: &str) -> Option<&Step> {
        let at = self.steps.iter().position(|step| step.key == key)?;
        self.steps.get(at + 1)
    }

    pub fn paper(&self, key: &str) -> Option<&Paper> {
        self.papers.iter().find(|paper| paper.key == key)
    }

    /// A dossier of it is kept here: it is more than an explanation.
    pub fn has_dossiers(&self) -> bool {
        self.kind != Kind::Guide && !self.steps.is_empty()
    }

    /// The file brings a form of its own.
    pub fn has_own_form(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.sections.iter().all(|section| section.key != "basic"))
    }

    /// It can be asked for by itself.
    pub fn alone(&self) -> bool {
        !self.only_linked
    }

    /// A resident can prepare one by phone.
    pub fn by_phone(&self) -> bool {
        self.has_dossiers() && self.form.is_some() && self.channels.contains(&Channel::Portal)
    }
}

impl StepRole {
    /// The roles of accounts that may do such a step.
    pub fn accounts(self) -> &'static [&'static str] {
        match self {
            StepRole::OneStopOfficer => &["onestop_officer"],
            StepRole::Specialist => &["registry_officer", "clerk"],
            StepRole::Leader => &["chairman", "vice_chairman"],
        }
    }

    pub fn held_by(self, actor: &platform::access::Actor) -> bool {
        self.accounts().iter().any(|role| actor.has_role(role))
    }
}

/// `"15:00"` in files.
mod hour {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(time: &Option<NaiveTime>, to: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => to.serialize_str(&time.format("%H:%M").to_string()),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveTime>, D::Error> {
        let text: Option<String> = Option::deserialize(from)?;
        let parse = |text: String| NaiveTime::parse_from_str(&text, "%H:%M").map_err(D::Error::custom);
        text.map(parse).transpose()
    }
}

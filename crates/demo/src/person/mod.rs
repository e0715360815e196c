//! People: who they are, where they live, and what is known about them over time.

pub(crate) mod connected;
pub(crate) mod detail;
pub(crate) mod number;

use crate::day::{Dated, age_on, holds_on};
use crate::household::HouseholdKey;
use chrono::NaiveDate;

/// Index of a person in [`crate::Commune::people`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonKey(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    pub(crate) fn other(self) -> Self {
        if self == Sex::Male { Sex::Female } else { Sex::Male }
    }
}

/// What a member is to the head of the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    Head,
    Spouse,
    Child,
    ChildInLaw,
    Grandchild,
    Parent,
    Grandparent,
    Sibling,
    Other,
}

impl Relation {
    /// The word that officials write, for the sex where it matters.
    pub fn label_vi(self, sex: Sex) -> &'static str {
        let by_sex = |male, female| if sex == Sex::Male { male } else { female };
        match self {
            Relation::Head => "Chủ hộ",
            Relation::Spouse => by_sex("Chồng", "Vợ"),
            Relation::Child => "Con",
            Relation::ChildInLaw => by_sex("Con rể", "Con dâu"),
            Relation::Grandchild => "Cháu",
            Relation::Parent => by_sex("Bố", "Mẹ"),
            Relation::Grandparent => by_sex("Ông", "Bà"),
            Relation::Sibling => "Anh, chị, em",
            Relation::Other => "Khác",
        }
    }
}

/// How a person lives in the household. All three are counted; see the README.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Residence {
    /// thường trú
    Permanent,
    /// tạm trú
    Temporary,
    /// thường trú, đang tạm vắng
    TemporarilyAbsent,
}

/// Time of a person in one household, with one relation and one kind of residence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub household: HouseholdKey,
    pub relation: Relation,
    pub residence: Residence,
    pub from: NaiveDate,
    /// First day on which this no longer held: the day of the death, the move or the change.
    pub to: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Education {
    None,
    Primary,
    LowerSecondary,
    UpperSecondary,
    Vocational,
    College,
    University,
}

/// An occupation, or what stands in its place (pupil, retired, small child).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Occupation {
    pub code: &'static str,
    pub name_vi: &'static str,
}

/// A health-insurance card; the number has the form of a card number and belongs to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insurance {
    /// 15 characters: two letters of the group, level, province, ten digits that begin with 9.
    pub number: String,
    /// Last day of validity.
    pub valid_to: NaiveDate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Disability {
    pub kind_vi: &'static str,
    pub degree_vi: &'static str,
}

/// A person of the demo. Lists of dated values are oldest first; see [`crate::value_on`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub key: PersonKey,
    pub name: String,
    pub sex: Sex,
    pub birth: NaiveDate,
    pub death: Option<NaiveDate>,
    /// Code of [`crate::EthnicGroup`].
    pub ethnic_group: &'static str,
    /// Three digits, of the code list in force at the registration of the birth.
    pub birth_province: &'static str,
    /// Known only where the parent is in the demo.
    pub father: Option<PersonKey>,
    pub mother: Option<PersonKey>,
    /// 12 digits; `None` for a person who has none yet.
    pub personal_number: Option<String>,
    /// Without gap or overlap, oldest first; a person who left does not come back.
    pub memberships: Vec<Membership>,
    /// `0` and nine digits.
    pub phone: Vec<Dated<Option<String>>>,
    /// Uses a smartphone, own or the family's: the whole population is the denominator of the article's share.
    pub smartphone: Vec<Dated<bool>>,
    pub payment_account: Vec<Dated<bool>>,
    pub insurance: Vec<Dated<Option<Insurance>>>,
    /// Small child, pupil, then the work of the grown person.
    pub occupation: Vec<Dated<Occupation>>,
    /// As at the end of the demo, like skills, disability and merit.
    pub education: Education,
    /// Codes: `basic_it`, `smartphone_services`, `e_payment`, `online_selling`, `driving`, `first_aid`.
    pub skills: Vec<&'static str>,
    pub disability: Option<Disability>,
    /// Kind of merit for the country.
    pub meritorious_vi: Option<&'static str>,
}

impl Person {
    /// Where the person lives on a day; `None` before the first and after the last membership.
    pub fn membership_on(&self, day: NaiveDate) -> Option<&Membership> {
        self.memberships.iter().find(|m| holds_on(m.from, m.to, day))
    }

    /// Full years on a day.
    pub fn age_on(&self, day: NaiveDate) -> i32 {
        age_on(self.birth, day)
    }

    /// First day in the registry.
    pub fn start(&self) -> NaiveDate {
        self.memberships[0].from
    }

    /// First day on which the person is no longer in the registry; `None` for one who is still there.
    pub fn end(&self) -> Option<NaiveDate> {
        self.memberships.last().and_then(|m| m.to)
    }

    /// Whether the person's last occupation is this one.
    pub(crate) fn works_as(&self, code: &str) -> bool {
        self.occupation.last().is_some_and(|o| o.value.code == code)
    }

    /// Ends the last membership: the person leaves the commune.
    pub(crate) fn leave(&mut self, day: NaiveDate) {
        if let Some(last) = self.memberships.last_mut() {
            last.to = Some(day);
        }
    }

    /// Continues the last membership from a day with something changed.
    pub(crate) fn change(&mut self, day: NaiveDate, change: impl FnOnce(&mut Membership)) {
        let Some(last) = self.memberships.last_mut() else { return };
        if last.from == day {
            return change(last);
        }
        let mut next = Membership { from: day, to: None, ..last.clone() };
        last.to = Some(day);
        change(&mut next);
        self.memberships.push(next);
    }
}

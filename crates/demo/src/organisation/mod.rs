//! Organisations: cooperatives, businesses, schools, offices, associations, boards and teams.

mod board;
mod business;
mod office;

use crate::commune::Commune;
use crate::household::HouseholdKey;
use crate::person::PersonKey;
use crate::village::VillageKey;
use chrono::NaiveDate;

/// Index of an organisation in [`Commune::organisations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationKey(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrganisationKind {
    Cooperative,
    HouseholdBusiness,
    Enterprise,
    School,
    HealthStation,
    PartyCommittee,
    PeoplesCommittee,
    PeoplesCouncil,
    Association,
    Market,
    /// Ban chỉ đạo; which one is told by the slug (`ban-chi-dao-cho-4-0`, `ban-chi-dao-chuyen-doi-so`).
    SteeringBoard,
    /// Tổ vận động thôn thông minh.
    MobilisationTeam,
    /// Tổ công nghệ số of a village.
    DigitalTeam,
}

/// The paper that founded an organisation. Numbers are invented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub number: String,
    pub date: NaiveDate,
    pub issuer_vi: &'static str,
}

/// A member of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub person: PersonKey,
    pub role_vi: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// A line of a work plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkLine {
    pub text_vi: &'static str,
    pub due: NaiveDate,
    pub done: Option<NaiveDate>,
}

/// An organisation of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub key: OrganisationKey,
    pub kind: OrganisationKind,
    /// Unique in the commune.
    pub slug: String,
    pub name: String,
    /// Whether a source names it; all other names are invented.
    pub named_in_source: bool,
    pub village: Option<VillageKey>,
    pub from: NaiveDate,
    /// First day on which it no longer existed.
    pub to: Option<NaiveDate>,
    pub decision: Option<Decision>,
    /// Ten digits with a right check digit; begins with 99, which no tax office has.
    pub tax_code: Option<String>,
    /// Head, director or owner.
    pub representative: Option<PersonKey>,
    /// The household that runs the business.
    pub household: Option<HouseholdKey>,
    pub trade_vi: Option<&'static str>,
    pub members: Vec<Seat>,
    pub work_plan: Vec<WorkLine>,
}

impl Organisation {
    fn new(
        kind: OrganisationKind,
        slug: impl Into<String>,
        name: impl Into<String>,
        from: NaiveDate,
    ) -> Self {
        Organisation {
            key: OrganisationKey(0),
            kind,
            slug: slug.into(),
            name: name.into(),
            named_in_source: false,
            village: None,
            from,
            to: None,
            decision: None,
            tax_code: None,
            representative: None,
            household: None,
            trade_vi: None,
            members: Vec::new(),
            work_plan: Vec::new(),
        }
    }

    /// Adds a member since the beginning; the first becomes the representative.
    fn seat(&mut self, person: PersonKey, role_vi: impl Into<String>) {
        self.representative.get_or_insert(person);
        // Nobody sits before the registry knows the person.
        let from = self.from.max(crate::day::BASELINE);
        self.members.push(Seat { person, role_vi: role_vi.into(), from, to: None });
    }
}

/// All organisations, numbered.
pub(crate) fn all(commune: &Commune) -> Vec<Organisation> {
    let mut list = office::all(commune);
    list.extend(business::all(commune));
    list.extend(board::all(commune));
    for (at, organisation) in list.iter_mut().enumerate() {
        organisation.key = OrganisationKey(at as u32);
    }
    list
}

//! The cast: people of the commune who have an account in the demo. Names, like all others, are invented.

use crate::commune::Commune;
use crate::day::{ARTICLE_DAY, BASELINE, Dated, LAST_DAY, Source, ymd};
use crate::person::{Education, Occupation, Person, PersonKey, Relation, Residence};
use crate::rng::Rng;
use crate::village::VillageKey;
use chrono::NaiveDate;

/// What the account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Chairman,
    ViceChairman,
    PartySecretary,
    OneStopOfficer,
    /// Công chức tư pháp - hộ tịch, keeps the registry.
    RegistryOfficer,
    Clerk,
    RadioOfficer,
    MarketManager,
    /// Looks after the digital office and administers the program.
    DigitalOfficer,
    Auditor,
    VillageHead,
    Resident,
}

/// An account to be opened, and the person behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffAccount {
    pub role: Role,
    pub person: PersonKey,
    pub login: String,
    pub position_vi: String,
    /// Scope of a village head; home of a resident.
    pub village: Option<VillageKey>,
    pub from: NaiveDate,
}

/// Role, login and position of the office, one person each.
const OFFICE: [(Role, &str, &str); 10] = [
    (Role::Chairman, "chu-tich", "Chủ tịch UBND xã"),
    (Role::ViceChairman, "pho-chu-tich", "Phó Chủ tịch UBND xã"),
    (Role::PartySecretary, "bi-thu", "Bí thư Đảng ủy xã"),
    (Role::OneStopOfficer, "mot-cua", "Cán bộ bộ phận một cửa"),
    (Role::RegistryOfficer, "ho-tich", "Công chức Tư pháp - Hộ tịch"),
    (Role::Clerk, "van-thu", "Công chức Văn phòng, văn thư"),
    (Role::RadioOfficer, "truyen-thanh", "Cán bộ Đài Truyền thanh xã"),
    (Role::MarketManager, "quan-ly-cho", "Trưởng ban quản lý chợ"),
    (Role::DigitalOfficer, "chuyen-doi-so", "Công chức Văn hoá - Xã hội, phụ trách chuyển đổi số"),
    (Role::Auditor, "kiem-tra", "Uỷ viên Uỷ ban Kiểm tra Đảng ủy"),
];
/// Cadres and officials of the commune, one computer each.
pub(crate) const OFFICIALS: usize = 24;
const RESIDENTS: usize = 4;

/// Chooses the cast among the people who stay, and gives officials their occupation.
pub(crate) fn cast(commune: &mut Commune) -> Vec<StaffAccount> {
    let mut rng = Rng::new(commune.seed, "staff");
    let officials = officials(commune, &mut rng);
    for key in &officials {
        let person = &mut commune.people[key.0 as usize];
        let official = Occupation { code: "official", name_vi: "Cán bộ, công chức xã" };
        person.occupation = vec![Dated::new(person.start(), official, Source::Survey)];
        person.education = person.education.max(Education::College);
        person.skills = vec!["basic_it", "smartphone_services", "e_payment"];
    }
    let mut staff: Vec<StaffAccount> = OFFICE
        .iter()
        .zip(&officials)
        .map(|((role, login, position), person)| StaffAccount {
            role: *role,
            person: *person,
            login: (*login).to_owned(),
            position_vi: (*position).to_owned(),
            village: None,
            from: ymd(2021, 7, 1),
        })
        .collect();
    for village in &commune.villages {
        let name = crate::map::with_prefix(village);
        staff.push(StaffAccount {
            role: Role::VillageHead,
            person: village_head(commune, village.key, &officials, &mut rng),
            login: format!("truong-thon-{:02}", village.key.0),
            position_vi: format!("Trưởng {}", name.replacen("Thôn", "thôn", 1)),
            village: Some(village.key),
            from: ymd(2022, 3, 1),
        });
    }
    let grown: Vec<&Person> =
        stayers(commune).filter(|p| (20..=45).contains(&p.age_on(ARTICLE_DAY))).collect();
    for number in 1..=RESIDENTS {
        let person = grown[(number * 211) % grown.len()];
        staff.push(StaffAccount {
            role: Role::Resident,
            person: person.key,
            login: format!("nguoi-dan-{number}"),
            position_vi: "Người dân".to_owned(),
            village: commune.village_on(person.key, ARTICLE_DAY),
            from: ymd(2023, 9, 1),
        });
    }
    staff
}

/// People who live here, permanently, through the whole time of the demo.
pub(crate) fn stayers(commune: &Commune) -> impl Iterator<Item = &Person> {
    let lives = |p: &&Person| {
        let settled = p.memberships.iter().all(|m| m.residence == Residence::Permanent);
        settled && p.start() == BASELINE && p.end().is_none() && p.membership_on(LAST_DAY).is_some()
    };
    commune.people.iter().filter(lives)
}

/// The officials, in the order of [`OFFICE`] first: older and better schooled at the top.
pub(crate) fn officials(commune: &Commune, rng: &mut Rng) -> Vec<PersonKey> {
    let fits = |p: &&Person| {
        (30..=54).contains(&p.age_on(ARTICLE_DAY))
            && p.education >= Education::College
            && p.disability.is_none()
    };
    let mut schooled: Vec<PersonKey> = stayers(commune).filter(fits).map(|p| p.key).collect();
    rng.shuffle(&mut schooled);
    schooled.truncate(OFFICIALS);
    schooled.sort_by_key(|key| commune.person(*key).age_on(ARTICLE_DAY) < 42);
    schooled
}

fn village_head(commune: &Commune, village: VillageKey, taken: &[PersonKey], rng: &mut Rng) -> PersonKey {
    let fits = |p: &&Person| {
        let head = p.membership_on(ARTICLE_DAY).is_some_and(|m| m.relation == Relation::Head);
        let here = commune.village_on(p.key, ARTICLE_DAY) == Some(village);
        here && head && (33..=60).contains(&p.age_on(ARTICLE_DAY)) && !taken.contains(&p.key)
    };
    let candidates: Vec<PersonKey> = stayers(commune).filter(fits).map(|p| p.key).collect();
    *rng.pick(&candidates)
}

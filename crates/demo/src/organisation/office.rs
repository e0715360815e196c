//! Party, State and associations, schools, the health station and the market.

use super::{Organisation, OrganisationKind};
use crate::commune::Commune;
use crate::day::{ARTICLE_DAY, ymd};
use crate::person::{PersonKey, Sex};
use crate::staff::Role;
use crate::{map, staff};

pub(super) fn all(commune: &Commune) -> Vec<Organisation> {
    let mut list = authorities(commune);
    list.extend(associations(commune));
    list.extend(places(commune));
    list
}

fn with_role(commune: &Commune, role: Role) -> Option<PersonKey> {
    commune.staff.iter().find(|s| s.role == role).map(|s| s.person)
}

fn authorities(commune: &Commune) -> Vec<Organisation> {
    let from = ymd(2020, 3, 1);
    let (home, kind) = (Some(crate::village::VillageKey(6)), OrganisationKind::PeoplesCommittee);
    let mut committee = Organisation::new(kind, "ubnd-xa", "Uỷ ban nhân dân xã Gia Phú", from);
    committee.named_in_source = true;
    let office = commune.staff.iter().filter(|s| !matches!(s.role, Role::VillageHead | Role::Resident));
    for account in office.filter(|s| !matches!(s.role, Role::PartySecretary | Role::Auditor)) {
        committee.seat(account.person, account.position_vi.clone());
    }
    let cast: Vec<PersonKey> = commune.staff.iter().map(|s| s.person).collect();
    let officials = commune.people.iter().filter(|p| p.works_as("official") && !cast.contains(&p.key));
    let posts = [
        "Công chức Địa chính - Xây dựng",
        "Công chức Tài chính - Kế toán",
        "Công chức Văn hoá - Xã hội",
        "Chỉ huy trưởng Quân sự xã",
        "Cán bộ Nông nghiệp và Môi trường",
        "Cán bộ Thương binh - Xã hội",
    ];
    for (at, person) in officials.enumerate() {
        committee.seat(person.key, posts[at % posts.len()]);
    }
    let mut party =
        Organisation::new(OrganisationKind::PartyCommittee, "dang-uy-xa", "Đảng ủy xã Gia Phú", from);
    party.named_in_source = true;
    let mut council =
        Organisation::new(OrganisationKind::PeoplesCouncil, "hdnd-xa", "Hội đồng nhân dân xã Gia Phú", from);
    for (role, in_party, in_council) in [
        (Role::PartySecretary, "Bí thư", "Chủ tịch HĐND"),
        (Role::Chairman, "Phó Bí thư", "Đại biểu"),
        (Role::Auditor, "Uỷ viên Uỷ ban Kiểm tra", "Đại biểu"),
    ] {
        if let Some(person) = with_role(commune, role) {
            party.seat(person, in_party);
            council.seat(person, in_council);
        }
    }
    let mut list = vec![party, council, committee];
    list.iter_mut().for_each(|o| o.village = home);
    list
}

/// Who may sit on the board of an association, by age and sex.
type Fits = fn(i32, Sex) -> bool;

fn associations(commune: &Commune) -> Vec<Organisation> {
    let named: [(&str, &str, Fits); 5] = [
        ("mat-tran", "Uỷ ban Mặt trận Tổ quốc Việt Nam xã Gia Phú", |age, _| age >= 45),
        ("phu-nu", "Hội Liên hiệp Phụ nữ xã Gia Phú", |age, sex| age >= 30 && sex == Sex::Female),
        ("nong-dan", "Hội Nông dân xã Gia Phú", |age, _| age >= 35),
        ("cuu-chien-binh", "Hội Cựu chiến binh xã Gia Phú", |age, sex| age >= 52 && sex == Sex::Male),
        ("doan-thanh-nien", "Đoàn TNCS Hồ Chí Minh xã Gia Phú", |age, _| (20..=30).contains(&age)),
    ];
    let mut rng = crate::rng::Rng::new(commune.seed, "associations");
    let association = |(slug, name, fits): (&str, &str, Fits)| {
        let mut organisation = Organisation::new(OrganisationKind::Association, slug, name, ymd(2020, 3, 1));
        let mut people: Vec<PersonKey> = staff::stayers(commune)
            .filter(|p| {
                p.age_on(ARTICLE_DAY) <= 64 && fits(p.age_on(ARTICLE_DAY), p.sex) && !p.works_as("official")
            })
            .map(|p| p.key)
            .collect();
        rng.shuffle(&mut people);
        let roles = if slug == "doan-thanh-nien" {
            ["Bí thư", "Phó Bí thư"]
        } else {
            ["Chủ tịch", "Phó Chủ tịch"]
        };
        let roles = roles.into_iter().chain(std::iter::repeat_n("Uỷ viên", 5));
        people.into_iter().zip(roles).for_each(|(person, role)| organisation.seat(person, role));
        organisation
    };
    named.into_iter().map(association).collect()
}

/// What stands on the map: schools, the health station, the market.
fn places(commune: &Commune) -> Vec<Organisation> {
    let mut rng = crate::rng::Rng::new(commune.seed, "places");
    let mut list = Vec::new();
    let mut taken: Vec<PersonKey> = Vec::new();
    for point in map::points() {
        let (kind, occupation, title) = match point.kind {
            "school" => (OrganisationKind::School, "teacher", "Hiệu trưởng"),
            "health_station" => (OrganisationKind::HealthStation, "health_worker", "Trưởng trạm"),
            "market" => (OrganisationKind::Market, "", "Trưởng ban quản lý"),
            _ => continue,
        };
        let mut place = Organisation::new(kind, point.slug, point.name, ymd(2020, 3, 1));
        place.village = Some(point.village);
        place.named_in_source = point.named_in_source;
        let works = |p: &&crate::Person| {
            p.works_as(occupation) && p.age_on(ARTICLE_DAY) >= 27 && !taken.contains(&p.key)
        };
        let people: Vec<PersonKey> = staff::stayers(commune).filter(works).map(|p| p.key).collect();
        let head = if kind == OrganisationKind::Market {
            with_role(commune, Role::MarketManager)
        } else {
            (!people.is_empty()).then(|| *rng.pick(&people))
        };
        if let Some(head) = head {
            taken.push(head);
            place.seat(head, title);
        }
        list.push(place);
    }
    list
}

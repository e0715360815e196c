//! Cooperatives, enterprises and the household businesses.

use super::{Organisation, OrganisationKind};
use crate::commune::Commune;
use crate::day::{ARTICLE_DAY, BASELINE, LAST_DAY, days_after, ymd};
use crate::person::{Person, PersonKey, Relation};
use crate::rng::Rng;
use crate::staff::stayers;
use crate::table::Table;
use crate::village::VillageKey;
use std::collections::BTreeSet;

/// Household businesses on the article's day.
const BUSINESSES: usize = 126;
const CLOSED_BEFORE: usize = 6;
const OPENED_AFTER: usize = 9;
const CLOSED_AFTER: usize = 5;

/// Slug, name, village, year of foundation; only the first is named in the article.
const COOPERATIVES: [(&str, &str, u8, i32); 6] = [
    ("htx-manh-huong", "HTX sản xuất dược liệu Mạnh Hương", 1, 2019),
    ("htx-nong-nghiep-thon-07", "HTX Nông nghiệp Thôn 07", 7, 2017),
    ("htx-rau-an-toan-soi-co", "HTX Rau an toàn Soi Cờ", 2, 2018),
    ("htx-chan-nuoi-thon-11", "HTX Chăn nuôi Thôn 11", 11, 2020),
    ("htx-que-thon-10", "HTX Quế Thôn 10", 10, 2021),
    ("htx-dich-vu-thon-06", "HTX Dịch vụ tổng hợp Thôn 06", 6, 2016),
];
const ENTERPRISES: [(&str, &str, u8, i32); 4] = [
    ("cong-ty-che-bien-go", "Công ty TNHH Chế biến gỗ Thôn 14 (minh hoạ)", 14, 2015),
    ("cong-ty-xay-dung", "Công ty TNHH Xây dựng Thôn 06 (minh hoạ)", 6, 2012),
    ("cong-ty-van-tai", "Công ty TNHH Vận tải Thôn 08 (minh hoạ)", 8, 2018),
    ("cong-ty-giong-cay", "Công ty TNHH Giống cây trồng Thôn 12 (minh hoạ)", 12, 2020),
];

pub(super) fn all(commune: &Commune) -> Vec<Organisation> {
    let mut rng = Rng::new(commune.seed, "business");
    let mut codes = TaxCodes { given: BTreeSet::new(), rng: Rng::new(commune.seed, "tax codes") };
    let mut list = Vec::new();
    for (at, (slug, name, village, year)) in COOPERATIVES.into_iter().enumerate() {
        let from = rng.day(ymd(year, 2, 1), ymd(year, 11, 30));
        let mut cooperative = Organisation::new(OrganisationKind::Cooperative, slug, name, from);
        cooperative.named_in_source = at == 0;
        cooperative.village = Some(VillageKey(village));
        cooperative.tax_code = Some(codes.next());
        let roles = ["Giám đốc", "Phó Giám đốc", "Trưởng ban kiểm soát"];
        let roles = roles.into_iter().chain(std::iter::repeat_n("Thành viên", rng.range(5, 12) as usize));
        let people = adults(commune, VillageKey(village), &mut rng);
        people.into_iter().zip(roles).for_each(|(person, role)| cooperative.seat(person, role));
        list.push(cooperative);
    }
    for (slug, name, village, year) in ENTERPRISES {
        let from = rng.day(ymd(year, 2, 1), ymd(year, 11, 30));
        let mut enterprise = Organisation::new(OrganisationKind::Enterprise, slug, name, from);
        enterprise.village = Some(VillageKey(village));
        enterprise.tax_code = Some(codes.next());
        let people = adults(commune, VillageKey(village), &mut rng);
        people.first().into_iter().for_each(|person| enterprise.seat(*person, "Giám đốc"));
        list.push(enterprise);
    }
    list.extend(household_businesses(commune, &mut rng, &mut codes));
    list
}

/// Grown people of a village who stay, in random order.
fn adults(commune: &Commune, village: VillageKey, rng: &mut Rng) -> Vec<PersonKey> {
    let here = |p: &&Person| {
        let lives = commune.village_on(p.key, ARTICLE_DAY) == Some(village);
        lives && (28..=60).contains(&p.age_on(ARTICLE_DAY)) && !p.works_as("official")
    };
    let mut people: Vec<PersonKey> = stayers(commune).filter(here).map(|p| p.key).collect();
    rng.shuffle(&mut people);
    people
}

fn household_businesses(commune: &Commune, rng: &mut Rng, codes: &mut TaxCodes) -> Vec<Organisation> {
    let table = Table::read(include_str!("../../../../data/demo/trades.csv"));
    let trades: Vec<(&str, u32)> = table.rows().map(|r| (r.text("name_vi"), r.number("weight"))).collect();
    let leads = |p: &&Person| {
        let one = p.memberships.len() == 1
            && [Relation::Head, Relation::Spouse].contains(&p.memberships[0].relation);
        one && (25..=58).contains(&p.age_on(ARTICLE_DAY)) && !p.works_as("official")
    };
    let mut owners: Vec<&Person> = stayers(commune).filter(leads).collect();
    rng.shuffle(&mut owners);
    let mut households = BTreeSet::new();
    owners.retain(|p| households.insert(p.memberships[0].household));
    let total = BUSINESSES + CLOSED_BEFORE + OPENED_AFTER;
    let mut list = Vec::new();
    for (at, owner) in owners.into_iter().take(total).enumerate() {
        let opened_after = at >= BUSINESSES + CLOSED_BEFORE;
        let (first, last) = match opened_after {
            true => (days_after(ARTICLE_DAY, 20), LAST_DAY),
            false if at < CLOSED_BEFORE => (ymd(2014, 1, 5), ymd(2020, 12, 1)),
            false => (ymd(2013, 1, 5), days_after(ARTICLE_DAY, -20)),
        };
        let from = rng.day(first, last);
        let trade = rng.weighted(&trades, |t| t.1).0;
        let name = format!("Hộ kinh doanh {} - {trade}", owner.name);
        let slug = format!("ho-kinh-doanh-{:03}", at + 1);
        let mut business = Organisation::new(OrganisationKind::HouseholdBusiness, slug, name, from);
        if at < CLOSED_BEFORE {
            business.to = Some(rng.day(days_after(BASELINE, 30), days_after(ARTICLE_DAY, -30)));
        } else if at < CLOSED_BEFORE + CLOSED_AFTER {
            business.to = Some(rng.day(days_after(ARTICLE_DAY, 30), LAST_DAY));
        }
        business.village = commune.village_on(owner.key, ARTICLE_DAY);
        business.household = Some(owner.memberships[0].household);
        business.trade_vi = Some(trade);
        business.tax_code = Some(codes.next());
        business.seat(owner.key, "Chủ hộ kinh doanh");
        let until = business.to;
        business.members.iter_mut().for_each(|m| m.to = until);
        list.push(business);
    }
    list
}

struct TaxCodes {
    given: BTreeSet<String>,
    rng: Rng,
}

impl TaxCodes {
    fn next(&mut self) -> String {
        const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
        loop {
            let body = format!("99{:07}", 1 + self.rng.below(9_999_999));
            let digits = body.bytes().map(|b| u32::from(b - b'0'));
            let check = 10 - digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum::<u32>() % 11;
            // A check of ten cannot be written, so such a body is not given.
            if check < 10 && self.given.insert(body.clone()) {
                return format!("{body}{check}");
            }
        }
    }
}

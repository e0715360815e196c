//! What the one search files of people and households, and how an object's page is addressed.

use crate::household::Household;
use crate::person::{Facts, Membership};
use platform::Uuid;
use platform::access::Place;
use platform::search::Entry;

/// The page of a person.
pub fn person_path(id: Uuid) -> String {
    format!("/lam-viec/nguoi/{id}")
}

/// The page of a household.
pub fn household_path(id: Uuid) -> String {
    format!("/lam-viec/ho/{id}")
}

/// The page of an organisation.
pub fn organisation_path(id: Uuid) -> String {
    format!("/lam-viec/to-chuc/{id}")
}

/// The page of an asset.
pub fn asset_path(id: Uuid) -> String {
    format!("/lam-viec/tai-san/{id}")
}

/// The page of a board or team.
pub fn team_path(id: Uuid) -> String {
    format!("/lam-viec/ban-to/{id}")
}

/// Found by name, code, number, old number and telephone; the list shows no more than name, year and village.
pub(crate) fn person(id: Uuid, code: &str, facts: &Facts, place: &Membership, village: &str) -> Entry {
    let numbers = [&facts.personal_no, &facts.previous_no, &facts.phone];
    let mut words: Vec<&str> =
        numbers.into_iter().flatten().map(|text| text.trim_start_matches("+84")).collect();
    let phone =
        facts.phone.as_deref().and_then(|phone| phone.strip_prefix("+84")).map(|rest| format!("0{rest}"));
    words.extend(phone.as_deref());
    let plain = code.replace('-', "");
    words.extend([code, &plain]);
    Entry {
        id,
        kind: "person",
        title: facts.full_name.clone(),
        subtitle: format!("{}, {village}", facts.birth_date.format("%Y")),
        url: person_path(id),
        words: words.join(" "),
        places: vec![Place::new("village", place.village_id)],
    }
}

/// Found by the head's name, code, book number and address.
pub(crate) fn household(household: &Household, head: &str, village: &str) -> Entry {
    let plain = household.code.replace('-', "");
    Entry {
        id: household.id,
        kind: "household",
        title: if head.is_empty() { household.code.clone() } else { format!("Hộ {head}") },
        subtitle: crate::work::address_line(&household.facts.address, village),
        url: household_path(household.id),
        words: format!("{} {plain} {}", household.code, household.facts.book_no),
        places: vec![Place::new("village", household.facts.village_id)],
    }
}

/// Lists of households go by village, then by the head's name.
pub(crate) fn household_sort_key(village_key: &str, head: &str) -> String {
    format!("{village_key}!{}", vntext::name_sort_key(head))
}

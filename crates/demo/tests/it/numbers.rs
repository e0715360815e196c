use crate::COMMUNE;
use chrono::Datelike;
use demo::*;
use std::collections::BTreeSet;

#[test]
fn personal_numbers_are_unique_and_agree_with_the_person() {
    let mut seen = BTreeSet::new();
    let mut without = 0;
    for person in &COMMUNE.people {
        let Some(number) = &person.personal_number else {
            without += 1;
            continue;
        };
        assert!(seen.insert(number), "{number}");
        assert!(number.len() == 12 && number.bytes().all(|b| b.is_ascii_digit()), "{number}");
        assert_eq!(&number[..3], person.birth_province);
        let digit: i32 = number[3..4].parse().unwrap();
        assert_eq!(digit / 2, person.birth.year() / 100 - 19, "{person:?}");
        assert_eq!(digit % 2 == 1, person.sex == Sex::Female, "{person:?}");
        assert_eq!(number[4..6].parse::<i32>().unwrap(), person.birth.year() % 100);
    }
    assert!((50..=400).contains(&without), "{without}");
}

#[test]
fn phone_numbers_are_unique_and_read_as_mobile_numbers() {
    let mut seen = BTreeSet::new();
    for number in COMMUNE.people.iter().flat_map(|p| &p.phone).filter_map(|dated| dated.value.as_ref()) {
        assert!(seen.insert(number), "{number}");
        let phone = vnid::Phone::parse(number).unwrap_or_else(|problem| panic!("{number}: {problem}"));
        assert_eq!(phone.kind(), vnid::PhoneKind::Mobile);
    }
    assert!(seen.len() > 6000);
}

#[test]
fn books_cards_and_tax_codes_are_unique() {
    let c = &*COMMUNE;
    let books: BTreeSet<&str> = c.households.iter().map(|h| h.book_number.as_str()).collect();
    assert_eq!(books.len(), c.households.len());
    let mut cards = BTreeSet::new();
    for person in &c.people {
        let own: BTreeSet<&str> = person
            .insurance
            .iter()
            .filter_map(|dated| dated.value.as_ref())
            .map(|card| &card.number[5..])
            .collect();
        assert!(own.len() <= 1 && own.into_iter().all(|digits| digits.len() == 10 && cards.insert(digits)));
    }
    let mut codes = BTreeSet::new();
    for code in c.organisations.iter().filter_map(|o| o.tax_code.as_ref()) {
        assert!(codes.insert(code) && code.len() == 10);
        let digits: Vec<u32> = code.bytes().map(|b| u32::from(b - b'0')).collect();
        let sum: u32 = digits.iter().zip([31, 29, 23, 19, 17, 13, 7, 5, 3]).map(|(d, w)| d * w).sum();
        assert_eq!(digits[9], 10 - sum % 11, "{code}");
    }
}

#[test]
fn insurance_covers_most_people_on_the_articles_day() {
    let c = &*COMMUNE;
    let covered = c.people_on(ARTICLE_DAY).filter(|(p, _)| {
        matches!(value_on(&p.insurance, ARTICLE_DAY), Some(Some(card)) if card.valid_to >= ARTICLE_DAY)
    });
    let share = covered.count() * 1000 / 9993;
    assert!((880..=960).contains(&share), "{share}");
}

//! Vectors of each identifier, and what holds for every string. All numbers are synthetic.

use chrono::NaiveDate;
use proptest::prelude::*;
use vnid::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn personal_numbers_are_read() {
    for (text, place, sex, year) in [
        ("010090000123", "Lào Cai", Sex::Male, 1990),
        ("015195000456", "Yên Bái", Sex::Female, 1995),
        ("001205000789", "Hà Nội", Sex::Male, 2005),
        ("079315001234", "Thành phố Hồ Chí Minh", Sex::Female, 2015),
        ("010090 00 0123", "Lào Cai", Sex::Male, 1990),
        (" 010.090.000.123\u{200b}", "Lào Cai", Sex::Male, 1990),
    ] {
        let number = PersonalNumber::parse(text).unwrap();
        assert_eq!((number.birth_place_name(), number.sex(), number.birth_year()), (Some(place), sex, year));
        assert!(number.warnings().is_empty());
        assert!(number.contradictions(day(year, 1, 2), sex).is_empty());
    }
}

#[test]
fn wrong_personal_numbers_are_named() {
    use PersonalNumberProblem::*;
    for (text, want) in [
        ("", Empty),
        ("00109000012", Length { digits: 11 }),
        ("010090 00123", Length { digits: 11 }),
        ("063000000", Length { digits: 9 }),
        ("0100900001234", Length { digits: 13 }),
        ("01009000012A", NotDigits),
        ("０１００９００００１２３", NotDigits),
        ("003090000123", UnknownPlace),
        ("000090000123", UnknownPlace),
        ("123456789012", FutureCentury),
    ] {
        assert_eq!(PersonalNumber::parse(text), Err(want), "{text}");
    }
}

#[test]
fn odd_personal_numbers_are_warned_about() {
    let warned = |text| PersonalNumber::parse(text).unwrap().warnings();
    assert_eq!(warned("133090000123"), [PersonalNumberWarning::BornAbroadOrWrong]);
    assert_eq!(warned("010226000123"), [PersonalNumberWarning::PlaceEndedBeforeBirth]);
    assert_eq!(warned("015226000123"), []);
    let number = PersonalNumber::parse("015290000123").unwrap();
    assert!(number.is_in_future(day(2026, 11, 1)) && !number.is_in_future(day(2090, 1, 1)));
}

#[test]
fn numbers_of_spreadsheets_get_their_zeros_back() {
    assert_eq!(PersonalNumber::from_number(10_090_000_123).unwrap().as_str(), "010090000123");
    assert_eq!(PersonalNumber::from_number(1_205_000_789).unwrap().as_str(), "001205000789");
    assert_eq!(PersonalNumber::from_number(63_000_000), Err(PersonalNumberProblem::Length { digits: 8 }));
}

#[test]
fn contradictions_are_found() {
    let number = PersonalNumber::parse("010090000123").unwrap();
    assert_eq!(
        number.contradictions(day(2090, 1, 2), Sex::Female),
        [
            Contradiction::BirthYear { number: 1990, record: 2090 },
            Contradiction::Sex { number: Sex::Male, record: Sex::Female }
        ]
    );
}

#[test]
fn nothing_leaks_into_logs() {
    let card = CardQr::parse("010090000123|063000000|Nguyễn Văn A|02011990|Nam|Thôn 1|15062021").unwrap();
    assert_eq!(format!("{card:?}"), "CardQr(010•••••0123)");
    assert_eq!(format!("{:?}", card.number), "PersonalNumber(010•••••0123)");
    assert_eq!(format!("{:?}", Phone::parse("0912345678").unwrap()), "Phone(09•• ••• 678)");
    assert_eq!(format!("{:?}", Cmnd::parse("063 000 000").unwrap()), "Cmnd(063••••00)");
    assert_eq!(format!("{:?}", TaxCode::parse("010090000123").unwrap()), "TaxCode(010•••••0123)");
}

#[test]
fn tax_codes() {
    use TaxCodeProblem as P;
    for good in ["0100109106", "0100112437", "0100233488", "0314409058-002", "0100 109 106", "010090000123"] {
        assert!(TaxCode::parse(good).is_ok(), "{good}");
    }
    assert_eq!(TaxCode::parse("0314409058002").unwrap().shown(), "0314409058-002");
    assert_eq!(TaxCode::parse("010090000123").unwrap().kind(), TaxCodeKind::Personal);
    for (bad, want) in [
        ("", P::Empty),
        ("0100109107", P::CheckDigit),
        ("0100233480", P::CheckDigit),
        ("0314409058-000", P::BranchZero),
        ("0100000000", P::Zeros),
        ("010010910", P::Length { digits: 9 }),
        ("0100109106/1", P::NotDigits),
        ("003090000123", P::Personal(PersonalNumberProblem::UnknownPlace)),
    ] {
        assert_eq!(TaxCode::parse(bad), Err(want), "{bad}");
    }
}

/// Nine digits whose weighted sum is a multiple of 11 have no check digit.
#[test]
fn tax_codes_without_check_digit_are_not_issued() {
    // 1*23 + 1*17 + 2*13 = 66 with the weights of digits 3, 5 and 6.
    for last in 0..=9 {
        assert_eq!(TaxCode::parse(&format!("001012000{last}")), Err(TaxCodeProblem::NotIssued));
    }
}

#[test]
fn phones_are_read_stored_and_shown() {
    use PhoneKind::*;
    for (text, kind, stored, shown, masked) in [
        ("0912345678", Mobile, "+84912345678", "0912 345 678", "09•• ••• 678"),
        ("+84 912.345.678", Mobile, "+84912345678", "0912 345 678", "09•• ••• 678"),
        ("0084912345678", Mobile, "+84912345678", "0912 345 678", "09•• ••• 678"),
        ("84912345678", Mobile, "+84912345678", "0912 345 678", "09•• ••• 678"),
        ("+84 (0) 912-345-678", Mobile, "+84912345678", "0912 345 678", "09•• ••• 678"),
        ("912345678", Mobile, "+84912345678", "0912 345 678", "09•• ••• 678"),
        ("01682345678", Mobile, "+84382345678", "0382 345 678", "03•• ••• 678"),
        ("(0214) 382 1234", Fixed, "+842143821234", "0214 382 1234", "02•• ••• •234"),
        ("024 3825 1234", Fixed, "+842438251234", "024 3825 1234", "02• •••• •234"),
        ("113", Short, "113", "113", "113"),
        ("1900 1234", Hotline, "19001234", "1900 1234", "1900 1234"),
        ("1800.123456", Hotline, "1800123456", "1800 123456", "1800 123456"),
        ("+86 138 0013 8000", Foreign, "+8613800138000", "+8613800138000", "+8•••••••••000"),
        ("0843456789", Mobile, "+84843456789", "0843 456 789", "08•• ••• 789"),
        ("843456789", Mobile, "+84843456789", "0843 456 789", "08•• ••• 789"),
    ] {
        let phone = Phone::parse(text).unwrap();
        assert_eq!(
            (phone.kind(), phone.stored(), &*phone.shown(), &*phone.masked()),
            (kind, stored, shown, masked)
        );
        assert_eq!(Phone::parse(phone.stored()).unwrap(), phone);
        assert_eq!(Phone::parse(&phone.shown()).unwrap(), phone);
    }
}

#[test]
fn phones_carry_warnings() {
    let warned = |text| Phone::read(text, PhonePlan::built_in()).unwrap().warnings;
    assert_eq!(warned("01682345678"), [PhoneWarning::Converted]);
    assert_eq!(warned("912345678"), [PhoneWarning::ZeroAdded]);
    assert_eq!(warned("0952345678"), [PhoneWarning::UnknownPrefix]);
    assert_eq!(warned("0912345678"), []);
}

#[test]
fn wrong_phones_are_named() {
    use PhoneProblem::*;
    for (text, want) in [
        (" ", Empty),
        ("+", Empty),
        ("091234567", Length { digits: 9 }),
        ("09123456789", Length { digits: 11 }),
        ("0214382123", Length { digits: 10 }),
        ("0612345678", Start),
        ("0112345678", Start),
        ("không có", NotDigits),
        ("0912345678/0987654321", Several),
        ("116", Length { digits: 3 }),
        ("+0912345678", Start),
    ] {
        assert_eq!(Phone::parse(text), Err(want), "{text}");
    }
}

#[test]
fn cards_are_read() {
    let more = "010090000123||Nguyễn Văn A|02011990|Nam|Thôn 1, Xã Mẫu, Lào Cai|15062021||Bố|Mẹ";
    let card = CardQr::parse(more).unwrap();
    assert_eq!((card.old_number, card.birth, card.issued), (None, day(1990, 1, 2), day(2021, 6, 15)));
    let female = CardQr::parse("015195000456|063000000|Lò Thị B|31121995|Nữ|Thôn 2|15062021\r\n").unwrap();
    assert!(female.contradictions().is_empty());
    let forged = CardQr::parse("010090000123||A|02011991|Nữ|X|15061980").unwrap();
    assert_eq!(forged.contradictions().len(), 3);
    assert_eq!(Sex::parse_vi("Nu\u{31b}\u{303}"), Some(Sex::Female));
}

#[test]
fn wrong_cards_are_named() {
    use CardProblem::*;
    for (text, want) in [
        ("https://vi.du/qr", Fields { fields: 1 }),
        ("010090000123||A|02011990|Nam|X", Fields { fields: 6 }),
        ("00109000012||A|02011990|Nam|X|15062021", Number(PersonalNumberProblem::Length { digits: 11 })),
        ("010090000123|12|A|02011990|Nam|X|15062021", OldNumber),
        ("010090000123|| |02011990|Nam|X|15062021", Name),
        ("010090000123||A|31021990|Nam|X|15062021", Birth),
        ("010090000123||A|02011990|?|X|15062021", Sex),
        ("010090000123||A|02011990|Nam|X|", Issued),
    ] {
        assert_eq!(CardQr::parse(text), Err(want), "{text}");
    }
}

/// Any string, and strings that come close to what is read.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[+0-9 .()/-]{0,16}",
        "[0-9]{12}\\|[0-9]{0,9}\\|[^|]{0,4}\\|[0-9]{8}\\|(Nam|Nữ)\\|x\\|[0-9]{8}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn no_string_panics_and_what_is_read_stays(s in text()) {
        if let Ok(number) = PersonalNumber::parse(&s) {
            prop_assert_eq!(PersonalNumber::parse(number.as_str()).unwrap(), number.clone());
            prop_assert_eq!(number.masked().chars().count(), 12);
        }
        if let Ok(code) = TaxCode::parse(&s) {
            prop_assert_eq!(TaxCode::parse(&code.shown()).unwrap(), code);
        }
        if let Ok(phone) = Phone::parse(&s) {
            prop_assert_eq!(Phone::parse(phone.stored()).unwrap(), phone.clone());
            prop_assert_eq!(Phone::parse(&phone.shown()).unwrap(), phone);
        }
        if let Ok(card) = CardQr::parse(&s) {
            let _ = card.contradictions();
        }
        let _ = (Cmnd::parse(&s), Places::from_csv(&s), PhonePlan::from_csv(&s));
    }

    #[test]
    fn one_wrong_digit_of_a_tax_code_is_found(at in 0usize..10, by in 1u8..10) {
        let mut digits = *b"0100109106";
        digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
        prop_assert!(TaxCode::parse(std::str::from_utf8(&digits).unwrap()).is_err());
    }
}

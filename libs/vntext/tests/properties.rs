//! Properties that hold for every string, and the order of a list sorted by hand.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use vntext::*;

/// Sorted by hand, as a Vietnamese dictionary and a list of villages would be.
const ORDER: &[&str] = &[
    "1",
    "2",
    "2a",
    "10",
    "010b",
    "a",
    "à",
    "ả",
    "ã",
    "á",
    "ạ",
    "an",
    "an cư",
    "an toàn",
    "àn",
    "ang",
    "ăn",
    "ấn",
    "ba",
    "ba ba",
    "ba hoa",
    "bà",
    "bà con",
    "bá",
    "ca",
    "da",
    "dưa",
    "đa",
    "đá",
    "e",
    "ê",
    "ga",
    "ha",
    "hòa",
    "i",
    "ka",
    "la",
    "ma",
    "mà",
    "mả",
    "mã",
    "má",
    "mạ",
    "na",
    "o",
    "ô",
    "ơ",
    "pa",
    "qua",
    "ra",
    "sa",
    "ta",
    "Thôn 2",
    "Thôn 10",
    "Thôn 10a",
    "thờ",
    "u",
    "ư",
    "va",
    "xa",
    "ya",
    "Я",
];

#[test]
fn the_hand_made_list_is_in_order() {
    for pair in ORDER.windows(2) {
        assert!(sort_key(pair[0]) < sort_key(pair[1]), "{} then {}", pair[0], pair[1]);
    }
    assert_eq!(sort_key("hoà"), sort_key("hòa"));
    assert_eq!(sort_key("THÔN 2"), sort_key("thôn  02"));
}

#[test]
fn people_go_by_given_name_then_family_then_middle() {
    let order = [
        "An",
        "Nguyễn Văn An",
        "Trần Bảo An",
        "Vũ Thị An",
        "Bùi Văn Ánh",
        "Lò Thị Ánh",
        "Lò Văn Ánh",
        "Bùi Thị Bình",
        "Đỗ Văn Cường",
        "Nguyễn Thị Dung",
        "Cao Văn Đạt",
    ];
    for pair in order.windows(2) {
        assert!(name_sort_key(pair[0]) < name_sort_key(pair[1]), "{} then {}", pair[0], pair[1]);
    }
}

/// Any string, with the characters that matter here more often than chance would give them.
fn text() -> impl Strategy<Value = String> {
    let vietnamese = "[a-zA-Z0-9 .,'/-]|[àảãáạăằẳẵắặâầẩẫấậđĐèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ]\
        |[\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31b}\u{323}\u{200b}\u{202e}\u{a0}\n]";
    prop_oneof![any::<String>(), prop::collection::vec(vietnamese, 0..24).prop_map(|parts| parts.concat())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn clean_is_idempotent_and_composed(s in text()) {
        let once = clean(&s);
        prop_assert_eq!(clean(&once), once.clone());
        prop_assert_eq!(once.nfc().collect::<String>(), once);
    }

    #[test]
    fn fold_is_idempotent_and_ignores_composition(s in text()) {
        let once = fold(&s);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert_eq!(fold(&s.nfd().collect::<String>()), once.clone());
        prop_assert_eq!(fold(&s.nfc().collect::<String>()), once.clone());
        prop_assert_eq!(fold(&clean(&s)), once);
    }

    #[test]
    fn keys_are_plain_ascii_and_ignore_composition(s in text()) {
        for key in [sort_key(&s), name_sort_key(&s)] {
            prop_assert!(key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.~".contains(&b)));
        }
        prop_assert_eq!(sort_key(&s.nfd().collect::<String>()), sort_key(&s));
    }

    #[test]
    fn a_longer_text_never_sorts_before_its_beginning(words in prop::collection::vec("[a-z]{1,6}", 1..5)) {
        let (whole, start) = (words.join(" "), words[..words.len() - 1].join(" "));
        prop_assert!(sort_key(&start) < sort_key(&whole));
    }

    #[test]
    fn numbers_sort_by_value(a in any::<u64>(), b in any::<u64>()) {
        let key = |n: u64| sort_key(&format!("Thôn {n}"));
        prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
    }

    #[test]
    fn name_functions_never_panic_and_settle(s in text()) {
        let _ = name_problem(&s);
        let once = name_case(&s);
        prop_assert_eq!(name_case(&once), once);
    }

    #[test]
    fn parsers_never_panic(s in text()) {
        let _ = (date_parse(&s), parse_number_vi(&s), parse_whole_vi(&s));
    }

    #[test]
    fn numbers_survive_the_round_trip(n in any::<i64>(), x in -1e12..1e12f64, places in 0usize..8) {
        prop_assert_eq!(parse_whole_vi(&number(n, Lang::Vi)), Ok(n));
        let back = parse_number_vi(&decimal(x, places, Lang::Vi)).unwrap();
        prop_assert!((back - x).abs() <= 0.5001 * 10f64.powi(-(places as i32)) + 1e-3);
    }

    #[test]
    fn dates_survive_the_round_trip(days in 0i32..140_000) {
        let day = chrono::NaiveDate::from_num_days_from_ce_opt(657_500 + days).unwrap();
        prop_assert_eq!(date_parse(&date(day)), Ok(day));
    }
}

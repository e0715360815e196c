//! `cargo +nightly fuzz run text`, from the folder of the crate.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let folded = vntext::fold(text);
    assert_eq!(vntext::fold(&folded), folded);
    let cleaned = vntext::clean(text);
    assert_eq!(vntext::clean(&cleaned), cleaned);
    assert!(vntext::sort_key(text).is_ascii());
    assert!(vntext::name_sort_key(text).is_ascii());
    let _ = (vntext::name_case(text), vntext::name_problem(text));
    let _ = (vntext::date_parse(text), vntext::parse_number_vi(text), vntext::parse_whole_vi(text));
});

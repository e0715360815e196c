//! `cargo +nightly fuzz run parse`, from the folder of the crate.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vnid::{CardQr, Cmnd, PersonalNumber, Phone, PhonePlan, Places, TaxCode};

fuzz_target!(|text: &str| {
    if let Ok(number) = PersonalNumber::parse(text) {
        assert_eq!(PersonalNumber::parse(number.as_str()), Ok(number));
    }
    if let Ok(phone) = Phone::parse(text) {
        assert_eq!(Phone::parse(phone.stored()), Ok(phone.clone()));
        assert_eq!(Phone::parse(&phone.shown()), Ok(phone));
    }
    if let Ok(code) = TaxCode::parse(text) {
        assert_eq!(TaxCode::parse(&code.shown()), Ok(code));
    }
    let _ = CardQr::parse(text).map(|card| card.contradictions());
    let _ = (Cmnd::parse(text), Places::from_csv(text), PhonePlan::from_csv(text));
});

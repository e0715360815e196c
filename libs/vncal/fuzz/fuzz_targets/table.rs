//! `cargo +nightly fuzz run table`, from the folder of the crate.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vncal::{OfficeHours, WorkCalendar};

fuzz_target!(|text: &str| {
    let _ = WorkCalendar::from_csv(text);
    if let Ok(hours) = text.parse::<OfficeHours>() {
        assert_eq!(hours.to_string().parse(), Ok(hours));
    }
});

//! `cargo +nightly fuzz run cap fuzz/corpus/cap tests/data`, from the folder of the crate: whatever calls itself an
//! alert is refused, or is read, judged and comes back the same; no signature is believed when nobody is trusted.
#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    assert!(cap::verify(bytes, &[], at).is_err());
    let Ok(alert) = cap::Alert::parse(bytes) else { return };
    alert.judge(at, &["giaphu.example"]);
    assert_eq!(cap::Alert::parse(alert.to_xml().as_bytes()), Ok(alert));
});

//! `cargo +nightly fuzz run signed fuzz/corpus/signed`, from the folder of the crate: whatever calls itself a signed PDF is judged or
//! refused, and its places are found.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = pades::check(bytes, &[]);
    let _ = pades::shown_at(bytes);
    let _ = pades::first_page(bytes);
});

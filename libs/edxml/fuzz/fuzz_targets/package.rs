//! `cargo +nightly fuzz run package fuzz/corpus/package tests/data`, from the folder of the crate.
#![no_main]

use edxml::{Limits, check, read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { attachment: 1 << 20, total: 2 << 20, ..Limits::default() };
    let Ok(package) = read(bytes, &limits) else { return };
    if !check(&package).is_empty() {
        return;
    }
    let mut again = Vec::new();
    write(&package, &mut again).unwrap();
    assert_eq!(read(&again[..], &limits), Ok(package));
});

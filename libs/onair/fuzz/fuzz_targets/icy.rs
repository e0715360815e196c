//! `cargo +nightly fuzz run icy`, from the folder of the crate: titles are taken out of whatever calls itself a stream, and nothing is lost or made up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onair::relay::IcyStrip;

fuzz_target!(|input: (u16, u8, Vec<u8>)| {
    let (interval, cut, bytes) = input;
    let mut whole = Vec::new();
    let titles = IcyStrip::new(Some(interval.into())).push(&bytes, &mut whole);
    let (mut strip, mut pieces) = (IcyStrip::new(Some(interval.into())), Vec::new());
    let cut: Vec<String> =
        bytes.chunks(usize::from(cut) + 1).flat_map(|piece| strip.push(piece, &mut pieces)).collect();
    assert!(whole == pieces && titles == cut && whole.len() <= bytes.len());
});

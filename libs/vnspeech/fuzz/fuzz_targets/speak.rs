//! `cargo +nightly fuzz run speak`, from the folder of the crate.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vnspeech::Lexicon;

fuzz_target!(|text: &str| {
    let lexicon = Lexicon::default();
    assert!(!lexicon.speak(text).bytes().any(|byte| byte.is_ascii_digit()));
    let _ = lexicon.script(text);
});

//! `cargo +nightly fuzz run clip`, from the folder of the crate: whatever calls itself a clip is judged, and nothing but the station's own plays.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onair::Moment;
use onair::clip::{ClipKey, Statement, open, play};

fuzz_target!(|input: (bool, String, Vec<u8>)| {
    let (own, id, bytes) = input;
    let key = ClipKey::new([7; 32]);
    let statement = Statement {
        id,
        from: Moment::from_seconds(1),
        to: Moment::from_seconds(9),
        villages: ["a".to_owned()].into(),
    };
    if own {
        let Ok(clip) = key.seal(&statement, &bytes) else { return };
        assert_eq!(open(&clip, &key.public()), Ok((statement, &bytes[..])));
        assert!(play(&clip, &key.public(), "a", Moment::from_seconds(9)).is_err());
    } else {
        assert!(open(&bytes, &key.public()).is_err());
        assert!(open(&[b"OACLIP01", &bytes[..]].concat(), &key.public()).is_err());
    }
});

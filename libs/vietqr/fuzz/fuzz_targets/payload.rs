//! `cargo +nightly fuzz run payload`, from the folder of the crate.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vietqr::{Banks, Kind, crc, decode, plain};

fn read(bytes: &[u8]) {
    let Ok(payload) = decode(bytes) else { return };
    for field in &payload.fields {
        assert_eq!(payload.find(&[field.id]), Some(field.value.as_str()));
        let _ = payload.find(&[field.id, 1, 0]);
    }
    if let Kind::Transfer(transfer) = payload.kind
        && let Ok(again) = transfer.encode()
    {
        let read = decode(&again).unwrap();
        let Kind::Transfer(read) = read.kind else { panic!("{read:?}") };
        assert_eq!(read.encode().unwrap(), again);
    }
}

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    // With a checksum that fits, or nothing behind it would ever be reached.
    let mut sealed = [b"000201", bytes, b"6304"].concat();
    let sum = crc(&sealed);
    sealed.extend(format!("{sum:04X}").bytes());
    read(&sealed);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Banks::from_csv(text);
        if let Ok(once) = plain(text) {
            assert_eq!(plain(&once), Ok(once));
        }
    }
});

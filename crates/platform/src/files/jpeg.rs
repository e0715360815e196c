//! A JPEG without what is not the picture: the notes of the camera, remarks, whatever follows the end. Nothing is decoded, so
//! nothing is lost, and it costs next to nothing.

/// `None` where it is not as plain as telephones write it.
pub(super) fn bare(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    let mut out = Vec::with_capacity(bytes.len());
    out.extend([0xff, 0xd8]);
    loop {
        let marker = *rest.strip_prefix(&[0xff])?.first()?;
        if marker == 0xd9 {
            out.extend([0xff, 0xd9]);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?]));
        // A segment counts its own two bytes of length.
        let segment = rest.get(..2 + length).filter(|_| length >= 2)?;
        rest = &rest[segment.len()..];
        match marker {
            // Frame, tables, restarts.
            0xc0..=0xc2 | 0xc4 | 0xdb | 0xdd => out.extend(segment),
            // How the colours are meant; with a small picture inside it would be longer.
            0xe0 if segment[4..].starts_with(b"JFIF\0") && length == 16 => out.extend(segment),
            // Colours meant in another way: for printers.
            0xee => return None,
            0xe0..=0xef | 0xfe => {}
            0xda => {
                let end = end_of_scan(rest)?;
                out.extend(segment);
                out.extend(&rest[..end]);
                rest = &rest[end..];
            }
            _ => return None,
        }
    }
}

/// Where the next marker begins; `ff 00` and restarts belong to the scan.
fn end_of_scan(rest: &[u8]) -> Option<usize> {
    rest.windows(2).position(|two| two[0] == 0xff && !matches!(two[1], 0x00 | 0xd0..=0xd7))
}

#[cfg(test)]
mod tests {
    use super::bare;

    fn picture() -> Vec<u8> {
        let picture = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([(x * 7) as u8, (y * 5) as u8, 90]));
        let mut out = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
        out.into_inner()
    }

    fn with(picture: &[u8], marker: u8, words: &[u8]) -> Vec<u8> {
        let length = u16::try_from(words.len() + 2).unwrap().to_be_bytes();
        [&picture[..2], &[0xff, marker], &length, words, &picture[2..]].concat()
    }

    #[test]
    fn only_the_picture_is_left() {
        let plain = picture();
        let noted = with(&with(&plain, 0xe1, b"Exif\0\0GPSLatitude 22.33"), 0xfe, b"<script>");
        let noted = [noted.as_slice(), b"PK what follows the end"].concat();
        let bared = bare(&noted).unwrap();
        let has = |words: &[u8]| bared.windows(words.len()).any(|some| some == words);
        assert!(!has(b"GPSLatitude") && !has(b"<script>") && !has(b"PK"));
        assert_eq!(bared, bare(&plain).unwrap());
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().to_rgb8();
        assert_eq!(pixels(&bared), pixels(&plain));
    }

    #[test]
    fn what_is_cut_or_strange_is_left_to_others() {
        let plain = picture();
        for end in 0..plain.len() {
            assert_eq!(bare(&plain[..end]), None, "cut at {end}");
        }
        assert_eq!(bare(&with(&plain, 0xf0, b"??")), None);
        assert_eq!(bare(&with(&plain, 0xe0, b"JFXX\0 a small picture")), bare(&plain));
        let mut endless = plain.clone();
        endless[4..6].copy_from_slice(&[0, 0]);
        assert_eq!(bare(&endless), None);
    }
}

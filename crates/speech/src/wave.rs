//! What a voice prints: WAV with 16 bits. Programs that print while they speak do not know the length yet, so the lengths in the
//! head are only a promise; readers of complete files refuse that.

/// One voice, one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wave {
    /// Samples a second.
    pub rate: u32,
    pub samples: Vec<i16>,
}

impl Wave {
    /// `None` for what is no such file.
    pub fn read(bytes: &[u8]) -> Option<Wave> {
        let body = bytes.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WAVE")?;
        let (mut rest, mut form) = (body, None);
        while rest.len() >= 8 {
            let (head, after) = rest.split_at(8);
            let length = u32::from_le_bytes(head[4..8].try_into().ok()?) as usize;
            let inside = &after[..length.min(after.len())];
            match &head[..4] {
                b"fmt " => form = Form::read(inside),
                b"data" => return form?.samples(inside),
                _ => {}
            }
            rest = after.get(length + length % 2..).unwrap_or_default();
        }
        None
    }

    pub fn seconds(&self) -> f64 {
        self.samples.len() as f64 / f64::from(self.rate)
    }
}

struct Form {
    channels: usize,
    rate: u32,
}

impl Form {
    fn read(bytes: &[u8]) -> Option<Form> {
        let short = |at: usize| bytes.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        let rate = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
        let channels = usize::from(short(2)?);
        // Whole numbers of 16 bits, said plainly or in the longer form.
        let plain = matches!(short(0)?, 1 | 0xfffe) && short(14)? == 16;
        (plain && matches!(channels, 1 | 2) && (8_000..=48_000).contains(&rate))
            .then_some(Form { channels, rate })
    }

    fn samples(&self, bytes: &[u8]) -> Option<Wave> {
        let frames = bytes.chunks_exact(2 * self.channels);
        let samples = frames.map(|frame| {
            let all = frame.chunks_exact(2).map(|two| i32::from(i16::from_le_bytes([two[0], two[1]])));
            let sum: i32 = all.sum();
            i16::try_from(sum / i32::try_from(self.channels).unwrap_or(1)).unwrap_or_default()
        });
        Some(Wave { rate: self.rate, samples: samples.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(channels: u16, bits: u16, length: u32, data: &[i16]) -> Vec<u8> {
        let mut bytes = b"RIFF\xff\xff\xff\x7fWAVELIST\x03\0\0\0abc\0fmt \x10\0\0\0".to_vec();
        for short in [1, channels, 22_050, 0, 0, 0, 2, bits] {
            bytes.extend(short.to_le_bytes());
        }
        bytes.extend(b"data");
        bytes.extend(length.to_le_bytes());
        data.iter().for_each(|sample| bytes.extend(sample.to_le_bytes()));
        bytes
    }

    #[test]
    fn what_is_printed_while_speaking_is_read() {
        let wave = Wave::read(&file(1, 16, 0x7fff_f000, &[1, -2, 3])).unwrap();
        assert_eq!(wave, Wave { rate: 22_050, samples: vec![1, -2, 3] });
        assert_eq!(Wave::read(&file(2, 16, 8, &[10, 20, -4, -6])).unwrap().samples, [15, -5]);
    }

    #[test]
    fn what_is_no_such_file_is_nothing() {
        assert_eq!(Wave::read(&file(1, 8, 3, &[1])), None);
        assert_eq!(Wave::read(b"RIFF"), None);
        assert_eq!(Wave::read(b"ID3\x04 an mp3 is another thing"), None);
        let whole = file(1, 16, 6, &[1, 2, 3]);
        for cut in 0..whole.len() {
            let _ = Wave::read(&whole[..cut]);
        }
    }
}

use super::EncodeFault;
use super::ogg::{Page, page};
use crate::time::{BLOCK, RATE};
use ::opus::{Application, Bitrate, Channels, Encoder};

/// How Opus is made: one channel, packets of 20 ms, variable rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpusSettings {
    /// Bits a second, 6,000 to 256,000.
    pub bitrate: i32,
    /// libopus' effort, 0 to 10.
    pub effort: u8,
}

impl Default for OpusSettings {
    /// 32 kbit/s: speech is clear and music pleasant.
    fn default() -> OpusSettings {
        OpusSettings { bitrate: 32_000, effort: 5 }
    }
}

/// Packets of a page: 100 ms.
const PACKETS: u64 = 5;
/// Samples of a page. Pages of encoders that follow one clock are numbered alike, so one stream can go on with the pages of another.
pub(crate) const PAGE_STEP: u64 = PACKETS * BLOCK as u64;
/// Ogg wants a number for each logical stream; one physical stream carries just one here.
const SERIAL: u32 = 0x6f6e_6169;
const LONGEST: usize = 1_275;

/// A running Opus encoder; gives whole pages of Ogg.
pub struct OpusOgg {
    encoder: Encoder,
    waiting: Vec<f32>,
    packets: Vec<Vec<u8>>,
    next: u64,
}

impl OpusOgg {
    /// An encoder whose first page has this number, counted from the beginning of the station (page = sample / 4,800).
    ///
    /// # Errors
    /// Settings that libopus refuses.
    pub fn new(settings: OpusSettings, first: u64) -> Result<OpusOgg, EncodeFault> {
        let mut encoder = Encoder::new(RATE, Channels::Mono, Application::Audio)?;
        encoder.set_bitrate(Bitrate::Bits(settings.bitrate))?;
        encoder.set_complexity(i32::from(settings.effort.min(10)))?;
        Ok(OpusOgg { encoder, waiting: Vec::new(), packets: Vec::new(), next: first })
    }

    /// The two pages with which every listener begins.
    ///
    /// # Errors
    /// libopus'.
    pub fn head(&mut self) -> Result<Vec<u8>, EncodeFault> {
        let skip = u16::try_from(self.encoder.get_lookahead()?).unwrap_or(312);
        let mut head = b"OpusHead\x01\x01".to_vec();
        head.extend_from_slice(&skip.to_le_bytes());
        head.extend_from_slice(&RATE.to_le_bytes());
        head.extend_from_slice(&[0; 3]);
        let mut tags = b"OpusTags\x05\0\0\0onair".to_vec();
        tags.extend_from_slice(&[0; 4]);
        let one = |number, packet| {
            page(&Page {
                first: number == 0,
                last: false,
                granule: 0,
                serial: SERIAL,
                number,
                packets: &[packet],
            })
        };
        Ok([one(0, head), one(1, tags)].concat())
    }

    /// Takes samples (-1 to 1), and appends the pages that are ready.
    pub(crate) fn push(
        &mut self,
        samples: &[f32],
        out: &mut impl Extend<(u64, Vec<u8>)>,
    ) -> Result<(), EncodeFault> {
        self.waiting.extend_from_slice(samples);
        let whole = self.waiting.len() / BLOCK * BLOCK;
        for block in self.waiting[..whole].chunks_exact(BLOCK) {
            self.packets.push(self.encoder.encode_vec_float(block, LONGEST)?);
            if self.packets.len() as u64 == PACKETS {
                out.extend([(self.next, ogg_page(self.next, &self.packets))]);
                self.packets.clear();
                self.next += 1;
            }
        }
        self.waiting.drain(..whole);
        Ok(())
    }
}

fn ogg_page(number: u64, packets: &[Vec<u8>]) -> Vec<u8> {
    page(&Page {
        first: false,
        last: false,
        granule: (number + 1) * PAGE_STEP,
        serial: SERIAL,
        // Two pages stand before; the number starts again after thirteen years.
        number: (number as u32).wrapping_add(2),
        packets,
    })
}

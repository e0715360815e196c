//! Base64 that comes in pieces, into one `Vec`.

use crate::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(crate) struct Decoder {
    out: Vec<u8>,
    limit: usize,
    /// Characters that do not make four yet.
    rest: Vec<u8>,
    /// The padding was there: nothing may follow.
    ended: bool,
}

impl Decoder {
    pub fn new(limit: usize) -> Decoder {
        Decoder { out: Vec::new(), limit, rest: Vec::with_capacity(4), ended: false }
    }

    /// Takes characters, with white space anywhere.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        bytes.split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).try_for_each(|run| self.run(run))
    }

    fn run(&mut self, mut run: &[u8]) -> Result<(), Fault> {
        if run.is_empty() {
            return Ok(());
        }
        if self.ended {
            return Err(Fault::Base64);
        }
        if !self.rest.is_empty() {
            let lacking = (4 - self.rest.len()).min(run.len());
            self.rest.extend_from_slice(&run[..lacking]);
            run = &run[lacking..];
            if self.rest.len() < 4 {
                return Ok(());
            }
            let four = std::mem::take(&mut self.rest);
            self.decode(&four)?;
        }
        let whole = run.len() / 4 * 4;
        self.decode(&run[..whole])?;
        self.rest.extend_from_slice(&run[whole..]);
        if self.ended && !self.rest.is_empty() { Err(Fault::Base64) } else { Ok(()) }
    }

    fn decode(&mut self, fours: &[u8]) -> Result<(), Fault> {
        if fours.is_empty() {
            return Ok(());
        }
        if self.ended {
            return Err(Fault::Base64);
        }
        let more = fours.len() / 4 * 3;
        if self.out.len() + more > self.limit.saturating_add(2) {
            return Err(Fault::AttachmentLarge);
        }
        // By halves and not by doubling: a large file would otherwise hold twice its size.
        if self.out.capacity() - self.out.len() < more {
            self.out.reserve_exact(more.max(self.out.len() / 2));
        }
        STANDARD.decode_vec(fours, &mut self.out).map_err(|_| Fault::Base64)?;
        self.ended = fours.ends_with(b"=");
        if self.out.len() > self.limit { Err(Fault::AttachmentLarge) } else { Ok(()) }
    }

    /// What there is, if it was whole.
    pub fn finish(self) -> Result<Vec<u8>, Fault> {
        if self.rest.is_empty() { Ok(self.out) } else { Err(Fault::Base64Cut) }
    }
}

//! Counts what is read, line by line, and stops when too much is asked for.

use crate::Fault;
use std::io::{self, BufRead, Read};

pub(crate) struct Meter<R> {
    inner: R,
    /// The line that is being read, from 1.
    pub line: u64,
    /// What the whole file may still have.
    left: u64,
    /// What the current piece may still have.
    piece: u64,
    /// Which of the two was too little.
    pub spent: Option<Fault>,
}

impl<R: BufRead> Meter<R> {
    pub fn new(inner: R, whole: u64) -> Meter<R> {
        Meter { inner, line: 1, left: whole, piece: 0, spent: None }
    }

    /// The next piece may have this many bytes.
    pub fn grant(&mut self, bytes: u64) {
        self.piece = bytes;
    }
}

impl<R: BufRead> BufRead for Meter<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let allowed = self.left.min(self.piece);
        let bytes = self.inner.fill_buf()?;
        if allowed == 0 && !bytes.is_empty() {
            self.spent = Some(if self.left == 0 { Fault::Large } else { Fault::Long });
            return Err(io::Error::other("more than is allowed"));
        }
        let taken = bytes.len().min(usize::try_from(allowed).unwrap_or(usize::MAX));
        Ok(&bytes[..taken])
    }

    fn consume(&mut self, amount: usize) {
        // The buffer is full, so this reads nothing.
        if let Ok(bytes) = self.inner.fill_buf() {
            let taken = &bytes[..amount.min(bytes.len())];
            self.line += taken.iter().filter(|byte| **byte == b'\n').count() as u64;
        }
        self.inner.consume(amount);
        self.left = self.left.saturating_sub(amount as u64);
        self.piece = self.piece.saturating_sub(amount as u64);
    }
}

impl<R: BufRead> Read for Meter<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(into.len());
        into[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

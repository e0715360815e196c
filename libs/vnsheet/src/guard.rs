//! Weighs a zip container before anything else unpacks it.
//!
//! First the sizes that the container declares, which costs nothing; then, since declared sizes lie, every
//! part is unpacked once into a small buffer and counted. What passes can be read by any library without a
//! limit of its own.

use crate::limits::Limits;
use crate::problem::OpenProblem;
use std::io::{Cursor, Read};
use zip::ZipArchive;

pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

const MAX_PARTS: usize = 10_000;
/// A part below this size is harmless at any ratio.
const SMALL_PART: u64 = 1 << 20;
/// Tags in the table of shared text: each entry costs memory even when it is empty.
const MAX_SHARED_TAGS: usize = 8_000_000;

pub(crate) fn open_weighed<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, OpenProblem> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(OpenProblem::damaged)?;
    if zip.len() > MAX_PARTS {
        return Err(OpenProblem::ZipBomb);
    }
    weigh_declared(&mut zip, limits)?;
    let mut unpacked = 0;
    for index in 0..zip.len() {
        unpacked += weigh_part(&mut zip, index, unpacked, limits)?;
    }
    Ok(zip)
}

fn weigh_declared(zip: &mut Archive<'_>, limits: &Limits) -> Result<(), OpenProblem> {
    let (mut packed, mut unpacked) = (0u64, 0u64);
    for index in 0..zip.len() {
        let part = zip.by_index_raw(index).map_err(OpenProblem::damaged)?;
        if part.encrypted() {
            return Err(OpenProblem::Encrypted);
        }
        packed = packed.saturating_add(part.compressed_size());
        unpacked = unpacked.saturating_add(part.size());
        if too_dense(part.size(), part.compressed_size(), limits) {
            return Err(OpenProblem::ZipBomb);
        }
    }
    if unpacked > limits.max_unpacked_bytes {
        return Err(OpenProblem::TooLarge { bytes: unpacked, limit: limits.max_unpacked_bytes });
    }
    Ok(())
}

/// Unpacks one part and counts. A part that holds more than the rest of the allowance is a bomb: its
/// declared size had passed.
fn weigh_part(zip: &mut Archive<'_>, index: usize, before: u64, limits: &Limits) -> Result<u64, OpenProblem> {
    let mut part = zip.by_index(index).map_err(OpenProblem::damaged)?;
    let packed = part.compressed_size();
    let shared = part.name_raw().ends_with(b"sharedStrings.xml");
    let mut buffer = vec![0; 64 << 10];
    let (mut bytes, mut tags) = (0u64, 0usize);
    loop {
        let n = part.read(&mut buffer).map_err(OpenProblem::damaged)?;
        if n == 0 {
            return Ok(bytes);
        }
        bytes += n as u64;
        if before + bytes > limits.max_unpacked_bytes || too_dense(bytes, packed, limits) {
            return Err(OpenProblem::ZipBomb);
        }
        if shared {
            tags += buffer[..n].iter().filter(|&&b| b == b'<').count();
            if tags > MAX_SHARED_TAGS {
                return Err(OpenProblem::TooManyCells);
            }
        }
    }
}

fn too_dense(unpacked: u64, packed: u64, limits: &Limits) -> bool {
    unpacked > SMALL_PART && unpacked > packed.saturating_mul(limits.max_ratio)
}

/// One part, whole. Only after the container was weighed.
pub(crate) fn part(zip: &mut Archive<'_>, name: &str) -> Result<Vec<u8>, OpenProblem> {
    let mut part = zip.by_name(name).map_err(OpenProblem::damaged)?;
    let mut bytes = Vec::new();
    part.read_to_end(&mut bytes).map_err(OpenProblem::damaged)?;
    Ok(bytes)
}

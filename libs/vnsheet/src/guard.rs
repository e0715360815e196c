//! Weighs a zip container before anything else unpacks it.
//!
//! First the sizes that the container declares, which costs nothing; then, since declared sizes lie, every
//! part is unpacked once into a small buffer and counted. What passes can be read by any library without a
//! limit of its own.

use crate::limits::Limits;
use crate::package;
use crate::problem::OpenProblem;
use quick_xml::events::Event;
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

const MAX_PARTS: usize = 10_000;
/// A part below this size is harmless at any ratio.
const SMALL_PART: u64 = 1 << 20;
/// Tags in the table of shared text: each entry costs memory even when it is empty.
const MAX_SHARED_TAGS: usize = 8_000_000;

/// `<si/>`
const SHORTEST_SHARED: u64 = 5;

pub(crate) fn open_weighed<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, OpenProblem> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(OpenProblem::damaged)?;
    if zip.len() > MAX_PARTS {
        return Err(OpenProblem::ZipBomb);
    }
    weigh_declared(&mut zip, limits)?;
    let mut unpacked = 0;
    for index in 0..zip.len() {
        let bytes = weigh_part(&mut zip, index, unpacked, limits)?;
        weigh_shared(&mut zip, index, bytes)?;
        unpacked += bytes;
    }
    Ok(zip)
}

/// Readers do not mind the case of a part's name.
fn is_shared(name: &[u8]) -> bool {
    name.to_ascii_lowercase().ends_with(b"sharedstrings.xml")
}

/// The table of shared text says how many texts it holds, and whoever reads it makes room for so many before the first: a
/// number that its bytes cannot hold would ask for more memory than there is.
fn weigh_shared(zip: &mut Archive<'_>, index: usize, bytes: u64) -> Result<(), OpenProblem> {
    let part = zip.by_index(index).map_err(OpenProblem::damaged)?;
    if !is_shared(part.name_raw()) {
        return Ok(());
    }
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let said = package::attribute(&tag, "uniqueCount")
                    .and_then(|count| count.trim().parse::<u64>().ok());
                let most = bytes / SHORTEST_SHARED;
                return if said.is_some_and(|said| said > most) {
                    Err(OpenProblem::damaged("the table of shared text says that it holds more than it can"))
                } else {
                    Ok(())
                };
            }
            // What is no XML is told by whoever reads it.
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
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
    let shared = is_shared(part.name_raw());
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

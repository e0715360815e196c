//! Is a dump whole? Says what is damaged when it is not.

use super::write::hash_start;
use super::{FORMAT, MANIFEST, Manifest, README, SEAL, SEAL_LENGTH};
use crate::{Error, Message, Result};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use zip::ZipArchive;

pub(super) type Archive = ZipArchive<BufReader<File>>;
/// A manifest larger than this is none of ours.
const MAX_MANIFEST: u64 = 256 << 20;

/// Checks the seal over the whole file and the checksum of every part; writes nothing.
///
/// # Errors
/// `Invalid` with one of: not a dump, cut off, altered (with the parts that are), of a newer program.
pub fn verify(src: &Path) -> Result<Manifest> {
    let mut file = File::open(src)
        .map_err(|e| Error { detail: Some(e.to_string()), ..Error::invalid("dump-unreadable") })?;
    let length = file.metadata()?.len();
    let mut head = [0; 4];
    if length <= SEAL_LENGTH || file.read_exact(&mut head).is_err() || head != *b"PK\x03\x04" {
        return Err(Error::invalid("dump-not-ours"));
    }
    let mut tail = String::new();
    file.seek(SeekFrom::Start(length - SEAL_LENGTH))?;
    if file.read_to_string(&mut tail).is_err() || !tail.starts_with(SEAL) {
        return Err(Error::invalid("dump-cut-off"));
    }
    let whole = hash_start(&mut file, length - SEAL_LENGTH)?.to_hex().as_str() == &tail[SEAL.len()..];
    let damaged = damaged_parts(src);
    match damaged {
        Ok((manifest, damaged)) if whole && damaged.is_empty() => Ok(manifest),
        Ok((_, damaged)) => Err(altered(damaged)),
        Err(error) if whole => Err(error),
        Err(_) => Err(altered(Vec::new())),
    }
}

fn altered(parts: Vec<String>) -> Error {
    // No part is to blame: the bytes between them are (names, directory, manifest, seal).
    let named = if parts.is_empty() { MANIFEST.to_owned() } else { parts.join(", ") };
    Error::invalid(Message::new("dump-altered").with("parts", named))
}

pub(super) fn open(src: &Path) -> Result<Archive> {
    ZipArchive::new(BufReader::new(File::open(src)?)).map_err(Error::internal)
}

fn damaged_parts(src: &Path) -> Result<(Manifest, Vec<String>)> {
    let mut archive = open(src)?;
    let manifest = manifest(&mut archive)?;
    let tables = manifest.tables.iter().map(|table| (table.part(), table.bytes, table.checksum.as_str()));
    let files = manifest.files.iter().map(|file| (file.part(), file.bytes, file.digest.as_str()));
    let mut damaged = Vec::new();
    for (name, bytes, checksum) in tables.chain(files) {
        if !part_is_whole(&mut archive, &name, bytes, checksum) {
            damaged.push(name);
        }
    }
    if archive.len() != manifest.tables.len() + manifest.files.len() + 2 || archive.by_name(README).is_err() {
        damaged.push(README.to_owned());
    }
    Ok((manifest, damaged))
}

fn part_is_whole(archive: &mut Archive, name: &str, bytes: u64, checksum: &str) -> bool {
    let Ok(part) = archive.by_name(name) else { return false };
    let mut hasher = blake3::Hasher::new();
    // One byte more than there should be is enough to know.
    let read = std::io::copy(&mut part.take(bytes + 1), &mut hasher);
    read.is_ok_and(|read| read == bytes) && hasher.finalize().to_hex().as_str() == checksum
}

pub(super) fn manifest(archive: &mut Archive) -> Result<Manifest> {
    let part = archive.by_name(MANIFEST).map_err(|_| Error::invalid("dump-not-ours"))?;
    let value: serde_json::Value =
        serde_json::from_reader(part.take(MAX_MANIFEST)).map_err(|_| altered(Vec::new()))?;
    if value["format"].as_u64() != Some(u64::from(FORMAT)) {
        return Err(Error::invalid("dump-newer-program"));
    }
    serde_json::from_value(value).map_err(|_| altered(Vec::new()))
}

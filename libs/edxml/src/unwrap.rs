//! The zip archive around an attachment.

use crate::Fault;
use crate::attachment::is_file_name;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// An archive of one file has one entry, or a few with its folders; more are not even listed.
const MAX_ENTRIES: u16 = 64;

/// The one file in an archive, of at most `limit` bytes.
pub(crate) fn unwrap(packed: &[u8], limit: usize) -> Result<Vec<u8>, Fault> {
    match declared_entries(packed) {
        None => return Err(Fault::Zip),
        Some(0) => return Err(Fault::ZipFiles),
        Some(count) if count > MAX_ENTRIES => return Err(Fault::ZipFiles),
        Some(_) => {}
    }
    let mut archive = ZipArchive::new(Cursor::new(packed)).map_err(|_| Fault::Zip)?;
    let mut only = None;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| Fault::Zip)?;
        if entry.is_symlink() || entry.enclosed_name().is_none() {
            return Err(Fault::ZipName);
        }
        if entry.encrypted() {
            return Err(Fault::Zip);
        }
        if entry.is_dir() {
            continue;
        }
        // The name is not used; a trick in it still says whom one deals with.
        let name = entry.name().map_err(|_| Fault::ZipName)?;
        if !is_file_name(name.rsplit('/').next().unwrap_or_default()) {
            return Err(Fault::ZipName);
        }
        if only.replace(index).is_some() {
            return Err(Fault::ZipFiles);
        }
    }
    let entry = archive.by_index(only.ok_or(Fault::ZipFiles)?).map_err(|_| Fault::Zip)?;
    let declared = usize::try_from(entry.size()).unwrap_or(usize::MAX);
    if declared > limit {
        return Err(Fault::ZipBomb);
    }
    // What is declared is not believed: a small archive gets no large buffer before it fills it.
    let mut body = Vec::with_capacity(declared.min(packed.len().saturating_mul(4)));
    entry.take(limit as u64 + 1).read_to_end(&mut body).map_err(|_| Fault::Zip)?;
    if body.len() > limit { Err(Fault::ZipBomb) } else { Ok(body) }
}

/// How many entries the end of the archive speaks of, before the library makes room for them.
fn declared_entries(packed: &[u8]) -> Option<u16> {
    let tail = packed.len().saturating_sub(22 + usize::from(u16::MAX));
    let end = packed[tail..].windows(22).rposition(|bytes| bytes.starts_with(b"PK\x05\x06"))? + tail;
    Some(u16::from_le_bytes([packed[end + 10], packed[end + 11]]))
}

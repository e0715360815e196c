//! The watched folder: `exchange/NAME/` of the data folder, with `out/` where an adapter takes packages away and `in/` where it leaves
//! them. A file appears whole or not at all; what was read moves to `done/`, what was refused to `bad/` with its reason beside it.

use super::model::{Peer, Way};
use super::{store, take};
use platform::jobs::Job;
use platform::{Ctx, Error, Result};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) const JOB: &str = "office.exchange-look";
/// Files that are read in one round.
const AT_ONCE: usize = 100;

pub(super) fn place(ctx: &Ctx, peer: &Peer) -> PathBuf {
    ctx.app.config.data.join("exchange").join(&peer.address)
}

/// A name that is one folder on any system.
pub(super) fn is_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=40).contains(&name.len()) && name.bytes().all(plain)
}

/// Writes beside its place, then moves it there: an adapter never sees half a file.
pub(super) fn put(place: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let out = place.join("out");
    std::fs::create_dir_all(&out)?;
    std::fs::create_dir_all(place.join("in"))?;
    let half = out.join(format!(".{name}.part"));
    let mut file = std::fs::File::create(&half)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(half, out.join(format!("{name}.edxml")))
}

pub(super) async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let mut read = 0;
    for peer in store::peers(&ctx, &ctx.app.db).await?.iter().filter(|peer| peer.way == Way::Folder) {
        let place = place(&ctx, peer);
        for path in waiting(&place)? {
            read += 1;
            let bytes = match std::fs::metadata(&path)?.len() {
                length if length > take::LARGEST as u64 => Vec::new(),
                _ => std::fs::read(&path)?,
            };
            let verdict = take::take(&ctx, peer, bytes).await?;
            moved(&place, &path, &verdict)?;
        }
    }
    Ok(json!({ "read": read }))
}

/// Whole files, in the order of their names.
fn waiting(place: &Path) -> Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(place.join("in")) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let entry = entry?;
        let whole = entry.path().extension().is_some_and(|ending| ending.eq_ignore_ascii_case("edxml"));
        if whole && entry.file_type()?.is_file() && !entry.file_name().to_string_lossy().starts_with('.') {
            paths.push(entry.path());
        }
    }
    paths.sort();
    paths.truncate(AT_ONCE);
    Ok(paths)
}

/// What is secret is kept nowhere, not in `bad/` either.
fn moved(place: &Path, path: &Path, verdict: &take::Verdict) -> Result<()> {
    if verdict.reason == take::SECRET {
        return Ok(std::fs::remove_file(path)?);
    }
    let good = verdict.taken();
    let to = place.join(if good { "done" } else { "bad" });
    std::fs::create_dir_all(&to)?;
    let name = path.file_name().ok_or_else(|| Error::internal("a file without a name"))?;
    if !good {
        let mut reason = name.to_owned();
        reason.push(".txt");
        std::fs::write(to.join(reason), format!("{}: {}\n", verdict.reason, verdict.text))?;
    }
    Ok(std::fs::rename(path, to.join(name))?)
}

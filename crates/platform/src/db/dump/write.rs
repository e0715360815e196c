//! Writing a dump while the program serves.

use super::schema::{Table, tables};
use super::sum::{Pages, Sum, known, steps};
use super::{FORMAT, FilePart, MANIFEST, Manifest, README, SEAL, SEAL_LENGTH, TablePart};
use crate::db::{Db, Migration, Run, Snapshot, sql};
use crate::{Error, Result, files};
use chrono::{DateTime, Utc};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What stands at the top of every dump, for whoever opens it without the program.
const WORDS: &str = "Bản sao lưu của Sân Đình, nền tảng số của xã.\r\n\
    Khôi phục: sandinh restore TỆP-NÀY (vào một nơi còn trống). Chỉ kiểm tra: sandinh restore --check TỆP-NÀY.\r\n\
    Tệp này có dữ liệu cá nhân: cất giữ như sổ hộ tịch. Khóa bí mật KHÔNG nằm trong tệp này; cất riêng thư mục khóa.\r\n\
    \r\n\
    A backup of Sân Đình. Restore: sandinh restore THIS-FILE (into an empty place). Only check: sandinh restore --check.\r\n\
    It holds personal data: keep it as you keep the registers. Secret keys are NOT in it; keep their folder apart.\r\n";

/// A finished dump.
#[derive(Debug)]
pub struct Written {
    pub manifest: Manifest,
    /// The size of the file.
    pub bytes: u64,
}

/// Writes everything of one moment into `dest`, which must not exist yet. The file appears under its name only when it
/// is whole and on the disk.
///
/// # Errors
/// `Conflict` when `dest` exists; otherwise what the disk or the database says.
pub async fn write(
    db: &Db,
    migrations: &[Migration],
    files: &Path,
    dest: &Path,
    now: DateTime<Utc>,
) -> Result<Written> {
    if dest.exists() {
        return Err(Error::conflict("dump-dest-exists"));
    }
    let part = Part(dest.with_extension("part"));
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&part.0)?;
    let snapshot = db.snapshot().await?;
    let mut zip = ZipWriter::new(file);
    start(&mut zip, README, CompressionMethod::Stored)?;
    zip.write_all(WORDS.as_bytes())?;
    let manifest = everything(&snapshot, migrations, files, &mut zip, now).await?;
    drop(snapshot);
    start(&mut zip, MANIFEST, CompressionMethod::Deflated)?;
    zip.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    zip.set_comment(format!("{SEAL}{}", "0".repeat(64))).map_err(Error::internal)?;
    let file = zip.finish().map_err(Error::internal)?;
    let bytes = seal(file)?;
    std::fs::rename(&part.0, dest)?;
    if let Some(folder) = dest.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(Written { manifest, bytes })
}

/// The file while it is not whole; it goes when anything fails.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

fn start(zip: &mut ZipWriter<File>, name: &str, method: CompressionMethod) -> Result<()> {
    let options = SimpleFileOptions::default().compression_method(method).large_file(true);
    zip.start_file(name, options).map_err(Error::internal)
}

async fn everything(
    snapshot: &Snapshot,
    migrations: &[Migration],
    folder: &Path,
    zip: &mut ZipWriter<File>,
    now: DateTime<Utc>,
) -> Result<Manifest> {
    let schema = steps(snapshot, migrations).await?;
    let mut parts = Vec::new();
    for table in tables(&known(migrations, &schema)?)? {
        parts.push(table_part(snapshot, &table, zip).await?);
    }
    let mut manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        engine: snapshot.engine().name().to_owned(),
        made_at: now,
        schema,
        tables: parts,
        files: Vec::new(),
        lost_files: Vec::new(),
    };
    let digests: Vec<String> =
        sql("SELECT DISTINCT digest FROM file ORDER BY digest").column(snapshot).await?;
    for digest in digests {
        match std::fs::read(files::path_of(folder, &digest)) {
            Ok(bytes) if blake3::hash(&bytes).to_hex().as_str() == digest => {
                let part = FilePart { digest, bytes: bytes.len() as u64 };
                // Pictures and Excel files are compressed already.
                start(zip, &part.part(), CompressionMethod::Stored)?;
                zip.write_all(&bytes)?;
                manifest.files.push(part);
            }
            // One lost picture is no reason to have no backup; the caller says so.
            _ => manifest.lost_files.push(digest),
        }
    }
    Ok(manifest)
}

async fn table_part(snapshot: &Snapshot, table: &Table, zip: &mut ZipWriter<File>) -> Result<TablePart> {
    let mut part = TablePart {
        name: table.name.clone(),
        columns: table.columns.clone(),
        rows: 0,
        bytes: 0,
        checksum: String::new(),
        sum: String::new(),
    };
    start(zip, &part.part(), CompressionMethod::Deflated)?;
    let (mut sum, mut hasher) = (Sum::default(), blake3::Hasher::new());
    let mut pages = Pages::new(table);
    while let Some(page) = pages.next(snapshot).await? {
        for mut line in page {
            sum.add(line.as_bytes());
            line.push('\n');
            hasher.update(line.as_bytes());
            part.bytes += line.len() as u64;
            zip.write_all(line.as_bytes())?;
        }
    }
    part.rows = sum.rows;
    part.sum = sum.checksum();
    part.checksum = hasher.finalize().to_hex().to_string();
    Ok(part)
}

/// Writes the checksum of every byte into the comment at the end; returns the length of the file.
fn seal(mut file: File) -> Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    let hash = hash_start(&mut file, length - SEAL_LENGTH)?;
    file.seek(SeekFrom::Start(length - 64))?;
    file.write_all(hash.to_hex().as_bytes())?;
    file.sync_all()?;
    Ok(length)
}

/// The hash of the first `length` bytes.
pub(super) fn hash_start(file: &mut File, length: u64) -> Result<blake3::Hash> {
    file.seek(SeekFrom::Start(0))?;
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut file.take(length), &mut hasher)?;
    Ok(hasher.finalize())
}

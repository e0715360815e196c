//! `sandinh backup`, `restore`, `audit verify`, `migrate`: keeping what the commune has.
#![allow(clippy::print_stdout)] // the answers of the commands

use super::place::{config, open};
use super::say;
use crate::cli::Place;
use platform::app::migrations;
use platform::clock::Clock;
use platform::db::{Db, applied, dump};
use platform::{Message, Result};
use std::path::Path;
use std::process::ExitCode;

pub async fn backup(place: &Place, dest: &Path) -> Result<ExitCode> {
    let config = config(place)?;
    let db = Db::open(&config.database).await?;
    let now = Clock::System.now();
    let written = dump::write(&db, &migrations(&sandinh::areas()), &config.files_folder(), dest, now).await?;
    db.close().await;
    let rows: i64 =
        written.manifest.tables.iter().map(|table| i64::try_from(table.rows).unwrap_or(i64::MAX)).sum();
    say(Message::new("cli-backup-done")
        .with("rows", rows)
        .with("files", written.manifest.files.len())
        .with("kilobytes", written.bytes / 1024)
        .with("name", dest.display().to_string()));
    for lost in &written.manifest.lost_files {
        say(Message::new("cli-backup-lost").with("name", lost.as_str()));
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn restore(place: &Place, src: &Path, check: bool) -> Result<ExitCode> {
    if check {
        let path = src.to_owned();
        let manifest = tokio::task::spawn_blocking(move || dump::verify(&path))
            .await
            .map_err(platform::Error::internal)??;
        say(Message::new("cli-restore-whole")
            .with("tables", manifest.tables.len())
            .with("files", manifest.files.len()));
        return Ok(ExitCode::SUCCESS);
    }
    let config = config(place)?;
    let db = Db::open(&config.database).await?;
    let steps = migrations(&sandinh::areas());
    let restored = dump::restore(&db, &steps, &config.files_folder(), src, Clock::System.now()).await;
    db.close().await;
    let restored = restored?;
    say(Message::new("cli-restore-done")
        .with("tables", restored.manifest.tables.len())
        .with("upgraded", restored.upgraded.len()));
    Ok(ExitCode::SUCCESS)
}

/// Walks the chain of every commune; fails when one does not hold.
pub async fn audit_verify(place: &Place) -> Result<ExitCode> {
    let app = open(config(place)?).await?;
    let mut whole = true;
    for (_, name, verified) in audit::verify_all(&app).await? {
        let key = if verified.broken_at.is_none() { "cli-audit-whole" } else { "cli-audit-broken" };
        whole &= verified.broken_at.is_none();
        say(Message::new(key)
            .with("name", name)
            .with("entries", verified.entries)
            .with("number", verified.broken_at.unwrap_or(0)));
    }
    app.db.close().await;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub async fn migrate(place: &Place) -> Result<ExitCode> {
    let app = open(config(place)?).await?;
    say(Message::new("cli-migrated").with("version", applied(&app.db).await?));
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

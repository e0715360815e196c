//! `sandinh figures`, `import`, `export`: numbers and rows in and out.
#![allow(clippy::print_stdout)] // the answers of the commands

use super::place::{config, open};
use crate::cli::{Format, Place};
use chrono::NaiveDate;
use platform::{App, Ctx, Error, Result, Uuid, sql};
use std::path::Path;
use std::process::ExitCode;

/// The one commune of the installation; with several, the first.
async fn context(app: &App) -> Result<Ctx> {
    let first: Option<Uuid> =
        sql("SELECT id FROM commune ORDER BY created_at, id LIMIT 1").scalar(&app.db).await?;
    let commune = first.ok_or_else(|| Error { message: "error-no-commune".into(), ..Error::not_found() })?;
    Ok(Ctx::system(app, commune, "command"))
}

pub async fn figures(place: &Place, format: Format, as_of: Option<NaiveDate>) -> Result<ExitCode> {
    let app = open(config(place)?).await?;
    let ctx = context(&app).await?;
    let day = as_of.unwrap_or(ctx.today());
    let text = match format {
        Format::Table => figures::table(&ctx, day).await?,
        Format::Csv => figures::csv(&ctx, day).await?,
        Format::Json => figures::json(&ctx, day).await?,
    };
    print!("{text}");
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Reads an Excel file of people. With `dry_run` nothing is written; the report names every faulty row.
pub async fn import(place: &Place, file: &Path, dry_run: bool) -> Result<ExitCode> {
    let app = open(config(place)?).await?;
    let ctx = context(&app).await?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let report = registry::import::import_file(&ctx, &name, std::fs::read(file)?, dry_run).await?;
    println!("{}", serde_json::to_string_pretty(&report.counts)?);
    for fault in &report.faults {
        println!("{fault:?}");
    }
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Writes households and people as an Excel file; the look at everybody's data is recorded.
pub async fn export(place: &Place, file: &Path) -> Result<ExitCode> {
    let app = open(config(place)?).await?;
    let ctx = context(&app).await?;
    std::fs::write(file, registry::export::export_file(&ctx).await?)?;
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

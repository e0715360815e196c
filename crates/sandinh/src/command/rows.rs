//! `sandinh figures`, `import`, `export`: numbers and rows in and out.
#![allow(clippy::print_stdout)] // the answers of the commands

use super::place::{config, open};
use crate::cli::{Format, Place};
use chrono::NaiveDate;
use platform::{App, Ctx, Error, Result, Uuid, sql};
use std::process::ExitCode;

/// The one commune of the installation; with several, the first.
async fn context(app: &App) -> Result<Ctx> {
    let first: Option<Uuid> = sql("SELECT id FROM commune ORDER BY created_at, id LIMIT 1").scalar(&app.db).await?;
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

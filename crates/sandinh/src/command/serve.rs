//! `sandinh serve`

use super::place;
use crate::cli::Place;
use platform::{Result, http, telemetry};
use std::net::SocketAddr;
use std::process::ExitCode;

pub async fn serve(place: &Place, listen: Option<SocketAddr>) -> Result<ExitCode> {
    telemetry::init();
    let mut config = place::config(place)?;
    config.listen = listen.unwrap_or(config.listen);
    let app = place::open(config).await?;
    let stop = http::StopAsked::listen()?;
    let server = http::serve(&app).await?;
    tracing::info!(address = %server.address, "serving");
    server.until(stop).await;
    Ok(ExitCode::SUCCESS)
}

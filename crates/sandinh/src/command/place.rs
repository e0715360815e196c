//! Opening the app at the place that the command line names.

use crate::cli::Place;
use platform::app::Builder;
use platform::clock::Clock;
use platform::config::Config;
use platform::db::Location;
use platform::{App, Result};

pub fn config(place: &Place) -> Result<Config> {
    let mut config = Config::load(&place.data)?;
    if let Some(url) = &place.database_url {
        config.database = Location::Url(url.clone());
    }
    Ok(config)
}

/// The whole app, brought up to date.
pub async fn open(config: Config) -> Result<App> {
    let builder = Builder {
        config,
        clock: Clock::System,
        areas: sandinh::areas(),
        authenticator: sandinh::authenticator(),
        error_page: sandinh::error_page(),
    };
    builder.start().await
}

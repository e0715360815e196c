//! Where the measured programs keep their data: on the disk, not in memory.

use platform::App;
use platform::app::Builder;
use platform::clock::Clock;
use platform::config::{Config, Tls};
use platform::db::Location;
use std::path::Path;
use tempfile::TempDir;

/// A folder under the target folder, which stands on a real disk; `/tmp` often does not.
pub fn folder() -> TempDir {
    let target = std::env::current_exe().expect("a path");
    let target = target.ancestors().nth(3).expect("target/release/examples/bench");
    tempfile::Builder::new().prefix("bench-").tempdir_in(target).expect("a folder")
}

/// The whole program, as `sandinh serve` puts it together.
pub async fn open(data: &Path, database_url: Option<&str>) -> App {
    let database = match database_url {
        Some(url) => Location::Url(url.to_owned()),
        None => Location::File(data.join("sandinh.db")),
    };
    let config = Config {
        database,
        demo: true,
        listen: ([127, 0, 0, 1], 0).into(),
        tls: Tls::Off,
        ..Config::load(data).expect("settings")
    };
    let builder = Builder {
        config,
        clock: Clock::System,
        areas: sandinh::areas(),
        authenticator: sandinh::authenticator(),
        error_page: sandinh::error_page(),
    };
    builder.start().await.expect("the app starts")
}

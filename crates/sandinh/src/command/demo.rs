//! `sandinh demo`: the invented commune, with a link for each role.
#![allow(clippy::print_stdout)] // the links are the answer of the command

use super::place;
use platform::config::{Config, Mqtt, OwnBroker, Tls};
use platform::db::Location;
use platform::{Error, Result, http, telemetry};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// Serves the demo from `data`, or from a folder that goes when the program ends.
pub async fn demo(
    data: Option<PathBuf>,
    database_url: Option<String>,
    listen: SocketAddr,
) -> Result<ExitCode> {
    telemetry::init();
    if !listen.ip().is_loopback() {
        return Err(Error::internal(
            "the demo signs everybody in by a click, so it listens on loopback only",
        ));
    }
    let passing = data.is_none().then(passing_folder).transpose()?;
    let data = data.or(passing.clone()).unwrap_or_default();
    let database = database_url.map_or_else(|| Location::File(data.join("sandinh.db")), Location::Url);
    let broker = OwnBroker { listen: ([127, 0, 0, 1], 0).into(), tls: None, public: None };
    let mqtt = Mqtt::Own(broker);
    let config = Config {
        demo: true,
        listen,
        tls: Tls::Off,
        public_url: None,
        database,
        mqtt,
        ..Config::load(&data)?
    };
    let app = place::open(config).await?;
    if demo::write::is_empty(&app).await? {
        demo::write::write(&app).await?;
    }
    let stop = http::StopAsked::listen()?;
    let server = http::serve(&app).await?;
    demo::devices::run(&app).await?;
    show(&format!("http://{}", server.address));
    server.until(stop).await;
    if let Some(folder) = passing {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn passing_folder() -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("sandinh-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn show(address: &str) {
    println!("\nSân Đình – xã Gia Phú (dữ liệu minh hoạ)\n\n  {address}/\n\nĐăng nhập bằng một lần bấm:");
    for (login, position) in demo::write::cast(&demo::generate(demo::DEMO_SEED)) {
        println!("  {position:<58} {address}/demo/vao/{login}");
    }
    println!("\nDừng: Ctrl C");
}

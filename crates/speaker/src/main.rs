//! `sandinh-speaker`: the loudspeaker alone.

use clap::Parser;
use platform::{Lang, T};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Biến máy này thành loa truyền thanh của xã.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(flatten)]
    options: speaker::Options,
}

#[tokio::main]
#[allow(clippy::print_stdout)] // whoever starts it reads how it goes
async fn main() -> ExitCode {
    let cli = Cli::parse();
    // The library of MQTT tells each try as an error; we tell what matters of it.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,mqtt5=off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let english = std::env::var("LANG").is_ok_and(|lang| lang.starts_with("en"));
    let t = T(if english { Lang::En } else { Lang::Vi });
    match speaker::run(cli.options, |message| println!("{}", message.text(t))).await {
        Ok(ending) => ExitCode::from(ending.code()),
        Err(error) => {
            let detail = error.detail.map(|it| format!(" ({it})")).unwrap_or_default();
            eprintln!("sandinh-speaker: {}{detail}", error.message.text(t));
            ExitCode::FAILURE
        }
    }
}

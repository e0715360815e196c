//! `sandinh-sign-agent`: the agent alone.

use clap::Parser;
use platform::{Lang, T};
use std::process::ExitCode;

/// Ký bằng USB token trên máy này, cho trang của xã.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(flatten)]
    options: signagent::Options,
}

#[tokio::main]
#[allow(clippy::print_stdout)] // whoever starts it reads where it is
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let english = std::env::var("LANG").is_ok_and(|lang| lang.starts_with("en"));
    match signagent::run(cli.options, |address| println!("http://{address}")).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let words = error.message.text(T(if english { Lang::En } else { Lang::Vi }));
            eprintln!(
                "sandinh-sign-agent: {words}{}",
                error.detail.map(|it| format!(" ({it})")).unwrap_or_default()
            );
            ExitCode::FAILURE
        }
    }
}

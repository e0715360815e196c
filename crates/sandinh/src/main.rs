//! `sandinh`: the command line.

mod cli;
mod command;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = <cli::Cli as clap::Parser>::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome =
        runtime.map_err(platform::Error::internal).and_then(|runtime| runtime.block_on(command::run(cli)));
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("sandinh: {}", command::words(&error));
            ExitCode::FAILURE
        }
    }
}

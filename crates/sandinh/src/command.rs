//! One module for each command.

mod demo;
mod place;
mod serve;
mod tool;

use crate::cli::{Cli, Command};
use platform::{Error, Lang, Result, T};
use std::process::ExitCode;

pub async fn run(cli: Cli) -> Result<ExitCode> {
    match cli.command {
        Command::Demo { data, database_url, listen } => demo::demo(data, database_url, listen).await,
        Command::Serve { place, listen } => serve::serve(&place, listen).await,
        Command::Migrate { place } => place::migrate(&place).await,
        Command::Openapi => tool::openapi(),
        Command::Tool { tool } => tool::run(tool),
        _ => Err(Error::internal("not wired")),
    }
}

/// An error on the command line: the sentence for people, then the detail for whoever keeps the machine.
pub fn words(error: &Error) -> String {
    for area in sandinh::areas() {
        for (lang, text) in area.locales {
            platform::i18n::load(area.name, *lang, text);
        }
    }
    let t = T(Lang::Vi);
    let mut lines = vec![error.message.text(t)];
    lines.extend(error.fields.iter().map(|f| format!("  {}: {}", f.field, f.message.text(t))));
    lines.extend(error.detail.as_ref().map(|detail| format!("  ({detail})")));
    lines.join("\n")
}

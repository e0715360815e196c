//! One module for each command.

mod demo;
mod doctor;
mod init;
mod keep;
mod place;
mod rows;
mod serve;
mod tool;

use crate::cli::{Audit, Cli, Command, Export, Import};
use platform::{Error, Lang, Message, Result, T, i18n};
use std::process::ExitCode;

pub async fn run(cli: Cli) -> Result<ExitCode> {
    match cli.command {
        Command::Demo { data, database_url, listen } => demo::demo(data, database_url, listen).await,
        Command::Init { place, name, code, admin } => init::init(&place, &name, &code, &admin).await,
        Command::Serve { place, listen } => serve::serve(&place, listen).await,
        Command::Backup { place, dest } => keep::backup(&place, &dest).await,
        Command::Restore { place, src, check } => keep::restore(&place, &src, check).await,
        Command::Audit { place, what: Audit::Verify } => keep::audit_verify(&place).await,
        Command::Doctor { place } => doctor::doctor(&place).await,
        Command::Migrate { place } => keep::migrate(&place).await,
        Command::SignAgent(options) => tool::sign_agent(options).await,
        Command::Speaker(options) => tool::speaker(options).await,
        Command::Openapi => tool::openapi(),
        Command::Tool { tool } => tool::run(tool),
        Command::Figures { place, format, as_of } => rows::figures(&place, format, as_of).await,
        Command::Import { place, what: Import::Households { file, dry_run } } => {
            rows::import(&place, &file, dry_run).await
        }
        Command::Export { place, what: Export::Households { file } } => rows::export(&place, &file).await,
    }
}

/// Prints a sentence of the locales.
#[allow(clippy::print_stdout)] // the answers of the commands
fn say(message: Message) {
    println!("{}", text(&message));
}

/// A sentence in Vietnamese, or in English when the terminal is set to it.
fn text(message: &Message) -> String {
    load_texts();
    let english = std::env::var("LANG").is_ok_and(|lang| lang.starts_with("en"));
    message.text(T(if english { Lang::En } else { Lang::Vi }))
}

/// Also before any app has started: an error may come first.
fn load_texts() {
    for area in sandinh::areas() {
        for (lang, source) in area.locales {
            i18n::load(area.name, *lang, source);
        }
    }
}

/// An error on the command line: the sentence for people, then the detail for whoever keeps the machine.
pub fn words(error: &Error) -> String {
    let mut lines = vec![text(&error.message)];
    lines.extend(error.fields.iter().map(|f| format!("  {}: {}", f.field, text(&f.message))));
    lines.extend(error.detail.as_ref().map(|detail| format!("  ({detail})")));
    lines.join("\n")
}

//! Running other programs, showing what runs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;

/// An error of xtask is a sentence for the person at the terminal.
pub type Outcome<T = ()> = Result<T, String>;

/// A command with its arguments split at spaces; paths with spaces are added by `arg`.
pub fn command(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(crate::workspace::root());
    forget_us(&mut command);
    command
}

/// Cargo tells a program that it runs the name of its package. A build script that reads such names (ring's does) would run anew, and all
/// that stands on it, each time somebody changes between `cargo xtask` and `cargo` itself.
fn forget_us(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let ours = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.starts_with(start))
        });
        if ours {
            command.env_remove(name);
        }
    }
}

/// cargo, the same one that runs us.
pub fn cargo(line: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(line.split_whitespace()).current_dir(crate::workspace::root());
    forget_us(&mut command);
    // Who builds once on a clean checkout pays for what only helps the second build.
    if std::env::var_os("CI").is_some() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Runs to the end; an error when it fails.
pub fn run(command: &mut Command) -> Outcome {
    announce(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{} failed ({status})", shown(command))),
        Err(error) => Err(format!("{} cannot be started: {error}", shown(command))),
    }
}

/// The output of a quiet command; `None` when it is absent or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end, shows every line as it comes, and hands each one to `each` without its colours. True if it succeeded.
pub fn watch(command: &mut Command, mut each: impl FnMut(&str)) -> Outcome<bool> {
    announce(command);
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{} cannot be started: {error}", shown(command)))?;
    let (sender, lines) = mpsc::channel();
    forward(child.stdout.take(), sender.clone());
    forward(child.stderr.take(), sender);
    for line in lines {
        println!("{line}");
        each(&without_colour(&line));
    }
    let status = child.wait().map_err(|error| format!("{}: {error}", shown(command)))?;
    Ok(status.success())
}

fn forward(stream: Option<impl Read + Send + 'static>, sender: mpsc::Sender<String>) {
    let Some(stream) = stream else { return };
    std::thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut line = Vec::new();
        while matches!(reader.read_until(b'\n', &mut line), Ok(read) if read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            if sender.send(text).is_err() {
                return;
            }
            line.clear();
        }
    });
}

/// Cuts the colour sequences of a terminal out of a line.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(|c| c.is_ascii_alphabetic());
        } else {
            plain.push(letter);
        }
    }
    plain
}

fn announce(command: &Command) {
    println!("  → {}", shown(command));
    let _ = std::io::stdout().flush();
}

/// The command as one would type it, with only the names of files.
fn shown(command: &Command) -> String {
    let name = |word: &OsStr| match Path::new(word).file_name() {
        Some(file) if Path::new(word).is_absolute() => file.to_string_lossy().into_owned(),
        _ => word.to_string_lossy().into_owned(),
    };
    let words: Vec<String> =
        std::iter::once(command.get_program()).chain(command.get_args()).map(name).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_cut_out() {
        assert_eq!(without_colour("\u{1b}[32;1mSummary\u{1b}[0m 3 tests"), "Summary 3 tests");
    }

    #[test]
    fn every_line_is_seen_and_failure_is_told() {
        let mut seen = Vec::new();
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo one; echo two >&2; exit 3"]);
        let ok = watch(&mut shell, |line| seen.push(line.to_owned())).unwrap();
        seen.sort();
        assert!(!ok);
        assert_eq!(seen, ["one", "two"]);
    }
}

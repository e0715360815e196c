//! The voice: a program of the machine that takes words and prints WAV.

use crate::wave::Wave;
use platform::{Ctx, Error, Result};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;

/// Northern Vietnamese, a little slower than espeak-ng speaks by itself: loudspeakers stand far apart.
const ESPEAK: [&str; 7] = ["espeak-ng", "-v", "vi", "-s", "150", "--stdin", "--stdout"];
/// A paragraph takes seconds; a program that takes longer hangs.
const TIME: Duration = Duration::from_secs(120);
/// Some ten minutes of one paragraph.
const ANSWER_MAX: u64 = 64 << 20;

/// The command of this installation. Its words are part of a recording's digest: another voice reads anew.
pub(crate) fn command(ctx: &Ctx) -> Vec<String> {
    match &ctx.app.config.voice {
        Some(own) if !own.is_empty() => own.clone(),
        _ => ESPEAK.iter().map(ToString::to_string).collect(),
    }
}

/// Whether the program is on this machine.
pub fn ready(ctx: &Ctx) -> bool {
    let command = command(ctx);
    let program = std::path::Path::new(&command[0]);
    let on_path = || {
        let paths = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
    };
    program.is_file() || program.components().count() == 1 && on_path()
}

/// A paragraph, heard.
///
/// # Errors
/// A program that cannot be started, fails, takes too long, or prints something else than WAV.
pub(crate) async fn speak(ctx: &Ctx, words: &str) -> Result<Wave> {
    let command = command(ctx);
    let mut child = Command::new(&command[0])
        .args(&command[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (Some(mut input), Some(output)) = (input, output) else { return Err(Error::internal("no pipe")) };
    // Said and heard at the same time: a program may print before it has read everything.
    let say = async {
        let _ = input.write_all(words.as_bytes()).await;
        let _ = input.write_all(b"\n").await;
        std::mem::drop(input);
    };
    let hear = async {
        let mut bytes = Vec::new();
        output.take(ANSWER_MAX).read_to_end(&mut bytes).await?;
        Ok::<_, std::io::Error>((child.wait().await?, bytes))
    };
    let both = async { tokio::join!(say, hear).1 };
    let (ended, bytes) =
        tokio::time::timeout(TIME, both).await.map_err(|_| Error::internal("the voice hangs"))??;
    if !ended.success() {
        return Err(Error::internal(format!("the voice ended with {ended}")));
    }
    Wave::read(&bytes).ok_or_else(|| Error::internal("the voice printed no WAV"))
}

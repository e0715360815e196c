//! Where the sound goes: a command that reads it, as `aplay` does.

use std::io::{self, ErrorKind, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// The pipe to the command holds 85 ms. The usual 64 kB would be two thirds of a second that nobody counts.
const PIPE: usize = 8_192;
/// A command that ends is started again after this pause.
const PAUSE: Duration = Duration::from_secs(1);

/// Takes sound: one channel, 48,000 samples a second.
pub trait Output: Send {
    /// Takes a piece that is to leave at once. It may wait for its room.
    ///
    /// # Errors
    /// It goes nowhere; the next piece may.
    fn write(&mut self, sound: &[i16]) -> io::Result<()>;
}

/// A command of the shell.
pub struct CommandOutput {
    line: String,
    running: Option<(Child, ChildStdin)>,
    began: Option<Instant>,
}

impl CommandOutput {
    /// It is started with the first piece.
    pub fn new(line: &str) -> CommandOutput {
        CommandOutput { line: line.to_owned(), running: None, began: None }
    }

    /// True while the command runs.
    pub fn runs(&mut self) -> bool {
        self.running.as_mut().is_some_and(|(child, _)| matches!(child.try_wait(), Ok(None)))
    }

    fn start(&mut self) -> io::Result<&mut ChildStdin> {
        if self.running.is_none() {
            if self.began.is_some_and(|began| began.elapsed() < PAUSE) {
                return Err(io::Error::new(ErrorKind::NotConnected, "the command has ended"));
            }
            self.began = Some(Instant::now());
            let mut command = Command::new("sh");
            command.arg("-c").arg(format!("exec {}", self.line)).stdin(Stdio::piped()).stdout(Stdio::null());
            let mut child = command.spawn()?;
            let pipe = child.stdin.take().ok_or(ErrorKind::BrokenPipe)?;
            if let Err(fault) = rustix::pipe::fcntl_setpipe_size(&pipe, PIPE) {
                tracing::warn!(%fault, "the pipe to the sound card keeps its size");
            }
            self.running = Some((child, pipe));
        }
        self.running.as_mut().map(|(_, pipe)| pipe).ok_or_else(|| ErrorKind::NotConnected.into())
    }

    fn end(&mut self) {
        let Some((mut child, pipe)) = self.running.take() else { return };
        drop(pipe);
        // One that has ended already cannot be ended; it is only to be gone.
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Output for CommandOutput {
    fn write(&mut self, sound: &[i16]) -> io::Result<()> {
        let bytes: Vec<u8> = sound.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let written = self.start()?.write_all(&bytes);
        if written.is_err() {
            self.end();
        }
        written
    }
}

impl Drop for CommandOutput {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_ends_is_started_again() {
        let folder = tempfile::tempdir().unwrap();
        let heard = folder.path().join("heard");
        let mut output = CommandOutput::new(&format!("head -c 960 >> '{}'", heard.display()));
        let began = Instant::now();
        let twice = || std::fs::metadata(&heard).is_ok_and(|file| file.len() == 1_920);
        let mut refused = false;
        while !twice() {
            refused |= output.write(&[1; 960]).is_err();
            assert!(began.elapsed() < Duration::from_secs(10));
            std::thread::yield_now();
        }
        assert!(refused && began.elapsed() >= PAUSE);
    }

    #[test]
    fn a_command_that_does_not_exist_is_told() {
        let mut output = CommandOutput::new("no-such-command-anywhere");
        let began = Instant::now();
        while output.write(&[0; 960]).is_ok() {
            assert!(began.elapsed() < Duration::from_secs(10));
        }
        assert!(!output.runs());
    }
}

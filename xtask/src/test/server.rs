//! A server that lives as long as this process, however this process ends.

use crate::run::Outcome;
use crate::workspace;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

/// The shell between us and the server. It waits for the end of its input, which comes when we drop the pipe and also
/// when we are killed; then it stops the server. Only the server keeps the error stream open, so its early end is seen.
const KEEPER: &str = "trap '' INT; signal=$1; shift; exec 3>&2 2>/dev/null; \
                      \"$@\" 2>&3 3>&- & server=$!; exec 3>&-; \
                      cat >/dev/null; kill -s \"$signal\" $server; wait $server";

pub struct Server {
    keeper: Child,
    input: Option<ChildStdin>,
}

impl Server {
    /// Starts the server and waits until it prints a line that contains `ready`. Its lines go to a log under target.
    pub fn start(
        name: &str,
        ready: &str,
        signal: &str,
        user: Option<User>,
        server: &Command,
    ) -> Outcome<Server> {
        let mut command = Command::new("sh");
        command.args(["-c", KEEPER, "sh", signal]).arg(server.get_program()).args(server.get_args());
        if let Some(folder) = server.get_current_dir() {
            command.current_dir(folder);
        }
        if let Some(user) = user {
            command.uid(user.uid).gid(user.gid);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut keeper = command.spawn().map_err(|error| format!("{name} cannot be started: {error}"))?;
        let input = keeper.stdin.take();
        let Some(output) = keeper.stderr.take() else { return Err(format!("{name} has no output")) };
        let server = Server { keeper, input };

        let log = workspace::target().join("test-logs").join(format!("{name}.log"));
        std::fs::create_dir_all(workspace::target().join("test-logs")).map_err(|error| error.to_string())?;
        let mut file = File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
        let mut lines = BufReader::new(output).lines();
        let mut seen = String::new();
        loop {
            let Some(Ok(line)) = lines.next() else {
                return Err(format!("{name} ended at its start:\n{seen}"));
            };
            let _ = writeln!(file, "{line}");
            seen.push_str(&line);
            seen.push('\n');
            if line.contains(ready) {
                break;
            }
        }
        // A full pipe would stop the server: somebody has to read on.
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| drop(writeln!(file, "{line}")))
        });
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.keeper.wait();
    }
}

/// A user of the machine by numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct User {
    pub uid: u32,
    pub gid: u32,
}

impl User {
    /// From lines as in the passwd file.
    pub fn find(passwd: &str, name: &str) -> Option<User> {
        let mut fields = passwd.lines().find(|line| line.split(':').next() == Some(name))?.split(':').skip(2);
        Some(User { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
    }
}

/// A port of the loopback address that nobody uses, below those that the system gives away by itself to whoever asks
/// between this moment and the start of the server.
pub fn free_port() -> Outcome<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = std::process::id() as u16 % 1_000 * 10;
    let mut ports = (0..1_000).map(|_| 8_200 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 10_000);
    ports
        .find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .ok_or_else(|| "no free port".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_server_is_waited_for_and_stopped() {
        let name = format!("sample-{}", std::process::id());
        let script = "trap 'echo stopped >&2; exit' TERM; echo \"ready $$\" >&2; while :; do read line; done";
        // `read` from an empty input returns at once, so the trap runs without delay.
        let server = Server::start(&name, "ready", "TERM", None, &shell(script)).unwrap();
        drop(server);
        let log = workspace::target().join("test-logs").join(format!("{name}.log"));
        let pid = std::fs::read_to_string(&log).unwrap();
        let pid = pid.lines().next().unwrap().trim_start_matches("ready ").to_owned();
        assert!(!std::path::Path::new("/proc").join(pid).exists());
        std::fs::remove_file(log).unwrap();
    }

    #[test]
    fn a_server_that_ends_at_once_is_an_error_with_its_words() {
        let name = format!("broken-{}", std::process::id());
        let error = Server::start(&name, "ready", "TERM", None, &shell("echo no such folder >&2; exit 1"))
            .err()
            .unwrap();
        assert!(error.contains("no such folder"), "{error}");
    }

    #[test]
    fn users_are_found_by_name() {
        let passwd = "root:x:0:0:root:/:/bin/sh\npostgres:x:101:104::/:/bin/bash\n";
        assert_eq!(User::find(passwd, "postgres"), Some(User { uid: 101, gid: 104 }));
        assert_eq!(User::find(passwd, "post"), None);
    }
}

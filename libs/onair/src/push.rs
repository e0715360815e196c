//! Sends a mount to an Icecast server, which fans it out to more listeners than one machine can.

use crate::mount::Outlet;
use crate::net::{Pipe, dial};
use base64::Engine as _;
use futures_core::Stream;
use hyper::Uri;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::watch;

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a mount is sent.
#[derive(Clone)]
pub struct PushTarget {
    /// `http://host:port/mount` or `https://…`.
    pub address: Uri,
    /// The name of the source, mostly `source`.
    pub user: String,
    /// Its password.
    pub password: String,
    /// `audio/mpeg` for MP3, `audio/ogg` for Opus.
    pub kind: &'static str,
    /// What the server shows.
    pub name: String,
}

/// How a push stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pushing {
    /// Being connected.
    Connecting,
    /// The server takes the stream.
    Sending,
    /// It does not, and why; tried again with growing pauses.
    Failed(Arc<str>),
}

/// A running push. Dropping it ends it.
pub struct Push {
    state: watch::Receiver<Pushing>,
    task: tokio::task::AbortHandle,
}

impl Push {
    /// Sends what leaves an outlet, again and again, until it is dropped or the outlet is closed. Call within a runtime of tokio.
    pub fn start(outlet: Outlet, target: PushTarget) -> Push {
        let (tell, state) = watch::channel(Pushing::Connecting);
        let task = tokio::spawn(forever(outlet, target, tell));
        Push { state, task: task.abort_handle() }
    }

    /// How it stands, now and later.
    pub fn state(&self) -> watch::Receiver<Pushing> {
        self.state.clone()
    }
}

impl Drop for Push {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn forever(outlet: Outlet, target: PushTarget, tell: watch::Sender<Pushing>) {
    let mut pause = FIRST_PAUSE;
    loop {
        tell.send_replace(Pushing::Connecting);
        let begun = tokio::time::Instant::now();
        match once(&outlet, &target, &tell).await {
            Ok(()) => return,
            Err(fault) => tell.send_replace(Pushing::Failed(fault.into())),
        };
        if begun.elapsed() > LONGEST_PAUSE {
            pause = FIRST_PAUSE;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// One connection. Ends well when the outlet is closed.
async fn once(outlet: &Outlet, target: &PushTarget, tell: &watch::Sender<Pushing>) -> Result<(), String> {
    let mut pipe = dial(&target.address).await.map_err(|error| error.to_string())?;
    let head = head(target);
    pipe.write_all(head.as_bytes()).await.map_err(|error| error.to_string())?;
    let answer = tokio::time::timeout(PATIENCE, answer(&mut pipe)).await;
    let answer = answer.map_err(|_| "the server does not answer")??;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse::<u16>().ok()).unwrap_or(0);
    if !matches!(status, 100 | 200) {
        return Err(format!("the server answers: {answer}"));
    }
    tell.send_replace(Pushing::Sending);
    let mut chunks = pin!(outlet.listen());
    while let Some(chunk) = std::future::poll_fn(|context| chunks.as_mut().poll_next(context)).await {
        let sent = tokio::time::timeout(PATIENCE, pipe.write_all(&chunk)).await;
        sent.map_err(|_| "the server takes nothing")?.map_err(|error| error.to_string())?;
    }
    pipe.shutdown().await.map_err(|error| error.to_string())
}

/// By hand, because Icecast 2.4 wants a body without a length and without chunks, which no HTTP library sends.
fn head(target: &PushTarget) -> String {
    let clean = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    let secret = format!("{}:{}", target.user, target.password);
    let host = target.address.host().unwrap_or_default();
    let port = target.address.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!(
        "PUT {} HTTP/1.1\r\nHost: {host}{port}\r\nAuthorization: Basic {}\r\nUser-Agent: onair/{}\r\nContent-Type: {}\r\n\
         Ice-Name: {}\r\nIce-Public: 0\r\nExpect: 100-continue\r\n\r\n",
        target.address.path_and_query().map_or("/", |path| path.as_str()),
        base64::engine::general_purpose::STANDARD.encode(secret),
        env!("CARGO_PKG_VERSION"),
        target.kind,
        clean(&target.name),
    )
}

/// The first line of the answer; the rest of the head is of no interest.
async fn answer(pipe: &mut Box<dyn Pipe>) -> Result<String, String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < 8_192 {
        match pipe.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(error) if head.is_empty() => return Err(error.to_string()),
            Err(_) => break,
        }
    }
    let text = String::from_utf8_lossy(&head);
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

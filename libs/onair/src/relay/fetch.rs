//! The connection: HTTP, titles taken out, decoded by a thread of its own.

use super::{IcyStrip, Line};
use crate::audio::Reader;
use crate::net::{IcyAnswer, dial};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::header::{CONTENT_TYPE, HOST, LOCATION, USER_AGENT};
use hyper::{Request, Response, Uri, body::Incoming};
use hyper_util::rt::TokioIo;
use std::io::Read;
use std::time::Duration;
use symphonia::core::formats::probe::Hint;
use symphonia::core::io::ReadOnlySource;
use tokio::sync::mpsc;

/// No bytes for this long: the connection is dead, whatever TCP says.
const STALLED: Duration = Duration::from_secs(5);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(8);
const REDIRECTS: usize = 4;
/// Pieces of the network that wait for the decoder.
const WAITING: usize = 64;

/// Connects again and again, with growing pauses, until the task is aborted.
pub(super) async fn forever(uri: Uri, line: Line) {
    let mut pause = FIRST_PAUSE;
    loop {
        let begun = tokio::time::Instant::now();
        let fault = match once(&uri, &line).await {
            Ok(()) => "the stream has ended".to_owned(),
            Err(fault) => fault,
        };
        tracing::debug!(%uri, %fault, "relay");
        line.fault(Some(&fault));
        if begun.elapsed() > LONGEST_PAUSE {
            pause = FIRST_PAUSE;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn once(uri: &Uri, line: &Line) -> Result<(), String> {
    let answer = ask(uri.clone()).await?;
    let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = header(CONTENT_TYPE.as_str()).to_ascii_lowercase();
    if kind.starts_with("text/html") || kind.starts_with("application/xhtml") {
        return Err("HTML instead of audio".into());
    }
    let strip = IcyStrip::new(header("icy-metaint").parse().ok());
    let (send, receive) = mpsc::channel(WAITING);
    let (to, hint) = (line.clone(), hint(&kind));
    let decoder =
        std::thread::Builder::new().name("onair-relay".into()).spawn(move || decode(receive, &hint, &to));
    decoder.map_err(|error| error.to_string())?;
    pass(answer, strip, send).await
}

/// Passes the sound on to the decoder.
async fn pass(
    answer: Response<Incoming>,
    mut strip: IcyStrip,
    send: mpsc::Sender<Bytes>,
) -> Result<(), String> {
    let (mut body, mut first) = (answer.into_body(), true);
    loop {
        let frame = tokio::time::timeout(STALLED, body.frame()).await;
        let Some(frame) = frame.map_err(|_| "the stream has stalled")? else { return Ok(()) };
        let Ok(data) = frame.map_err(|error| error.to_string())?.into_data() else { continue };
        let mut sound = Vec::with_capacity(data.len());
        let titles = strip.push(&data, &mut sound);
        tracing::trace!(?titles, "relay");
        if std::mem::take(&mut first) && is_page(&sound) {
            return Err("HTML instead of audio".into());
        }
        if send.send(sound.into()).await.is_err() {
            return Err("what comes cannot be decoded".into());
        }
    }
}

fn is_page(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().first() == Some(&b'<')
}

/// GET, following redirects.
async fn ask(mut uri: Uri) -> Result<Response<Incoming>, String> {
    for _ in 0..REDIRECTS {
        let pipe = dial(&uri).await.map_err(|error| error.to_string())?;
        let shake = hyper::client::conn::http1::handshake(TokioIo::new(IcyAnswer::new(pipe)));
        let (mut sender, connection) = shake.await.map_err(|error| error.to_string())?;
        // Ends with the body, whose other end it is.
        tokio::spawn(connection);
        let request = Request::get(uri.path_and_query().map_or("/", |path| path.as_str()))
            .header(HOST, host_of(&uri))
            .header(USER_AGENT, concat!("onair/", env!("CARGO_PKG_VERSION")))
            .header("icy-metadata", "1")
            .body(Empty::<Bytes>::new())
            .map_err(|error| error.to_string())?;
        let answer = tokio::time::timeout(STALLED, sender.send_request(request)).await;
        let answer = answer.map_err(|_| "no answer")?.map_err(|error| error.to_string())?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let to = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        let Some(to) = to.filter(|_| answer.status().is_redirection()) else {
            return Err(format!("HTTP {}", answer.status()));
        };
        uri = beside(&uri, to).ok_or_else(|| format!("sent on to {to}"))?;
    }
    Err("sent on again and again".into())
}

/// The host and port without a name and password.
fn host_of(uri: &Uri) -> String {
    let host = uri.host().unwrap_or_default();
    uri.port().map_or(host.to_owned(), |port| format!("{host}:{port}"))
}

/// An address in a redirect, which may leave out the host.
fn beside(from: &Uri, to: &str) -> Option<Uri> {
    let whole = if to.starts_with('/') {
        format!("{}://{}{to}", from.scheme_str()?, from.authority()?)
    } else {
        to.to_owned()
    };
    whole.parse().ok().filter(|uri: &Uri| matches!(uri.scheme_str(), Some("http" | "https")))
}

fn hint(kind: &str) -> Hint {
    let mut hint = Hint::new();
    match kind.split(';').next().unwrap_or_default().trim() {
        "audio/mpeg" | "audio/mp3" => hint.with_extension("mp3"),
        "audio/aac" | "audio/aacp" => hint.with_extension("aac"),
        "application/ogg" | "audio/ogg" => hint.with_extension("ogg"),
        _ => &mut hint,
    };
    hint
}

fn decode(mut bytes: mpsc::Receiver<Bytes>, hint: &Hint, line: &Line) {
    // Without a first piece there is nothing to judge: whoever would have sent it says why not.
    let Some(now) = bytes.blocking_recv() else { return };
    let source = ReadOnlySource::new(Blocking { bytes, now });
    let mut reader = match Reader::from_source(Box::new(source), hint) {
        Ok(reader) => reader,
        Err(fault) => return line.fault(Some(&fault.to_string())),
    };
    line.fault(None);
    let mut samples = Vec::new();
    while let Ok(true) = reader.read(&mut samples) {
        line.push(&samples);
        samples.clear();
    }
}

/// The pieces as something to read from.
struct Blocking {
    bytes: mpsc::Receiver<Bytes>,
    now: Bytes,
}

impl Read for Blocking {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.now.is_empty() {
            let Some(next) = self.bytes.blocking_recv() else { return Ok(0) };
            self.now = next;
        }
        let count = self.now.len().min(out.len());
        out[..count].copy_from_slice(&self.now.split_to(count));
        Ok(count)
    }
}

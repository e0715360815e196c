//! Pages that everybody sees alike, kept for some seconds: after a call over the loudspeakers the whole commune opens the
//! same page at once. A write anywhere in the program drops what is kept; a second program on the same database is
//! noticed after [`BELIEVED`].
//!
//! Only a route that says [`Route::kept`](crate::Route::kept) is kept, and only for visitors without a session. A page with
//! a form must not be: the key of the form belongs to one visitor.

use super::enter::Visit;
use crate::app::App;
use crate::{Lang, Uuid};
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, Utc};
use flate2::{Compression, write::GzEncoder};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

const BELIEVED: Duration = Duration::seconds(5);
const MOST_PAGES: usize = 400;
const LONGEST_PAGE: usize = 512 << 10;
/// Longer cookies are not ours.
const LONGEST_COOKIE: usize = 400;

/// What a page may depend on. The cookies carry theme, print size and the note of the last form.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    commune: Uuid,
    path: String,
    lang: Lang,
    cookies: Vec<u8>,
}

struct Page {
    content_type: HeaderValue,
    etag: HeaderValue,
    plain: Bytes,
    packed: OnceLock<Bytes>,
    /// How many writes there had been before it was drawn.
    written: u64,
    at: DateTime<Utc>,
}

#[derive(Default)]
pub struct Shelf(Mutex<HashMap<Key, Arc<Page>>>);

/// What stands ready for this visit, or the place for what the handler is about to draw.
pub(super) enum Look {
    Found(Response),
    Empty(Place),
}

pub(super) struct Place {
    key: Key,
    written: u64,
    at: DateTime<Utc>,
    headers: Arc<HeaderMap>,
}

impl Shelf {
    /// `None` for a visit whose page is nobody else's.
    pub(super) fn look(&self, app: &App, visit: &Visit) -> Option<Look> {
        // A script that asks for a part of a page gets that part.
        let whole = visit.actor.is_none() && !visit.headers.contains_key("hx-request");
        let commune = visit.commune.filter(|_| whole)?;
        let cookies =
            visit.headers.get_all(header::COOKIE).iter().flat_map(|value| value.as_bytes().to_vec());
        let cookies: Vec<u8> = cookies.take(LONGEST_COOKIE + 1).collect();
        if cookies.len() > LONGEST_COOKIE {
            return None;
        }
        let key = Key { commune, path: visit.path.clone(), lang: visit.lang, cookies };
        let written = app.db.written();
        let kept = self.0.lock().expect("no panic while held").get(&key).cloned();
        let age = |page: &Page| visit.now - page.at;
        Some(match kept {
            Some(page)
                if page.written == written && age(&page) >= Duration::zero() && age(&page) < BELIEVED =>
            {
                Look::Found(page.answer(&visit.headers))
            }
            _ => Look::Empty(Place { key, written, at: visit.now, headers: visit.headers.clone() }),
        })
    }

    /// Keeps a page that came out well, and answers with it. Files to save pass through.
    pub(super) async fn put(&self, place: Place, response: Response) -> Response {
        let good =
            response.status() == StatusCode::OK && !response.headers().contains_key(header::SET_COOKIE);
        let kind = response.headers().get(header::CONTENT_TYPE);
        let kind = kind.filter(|kind| good && kind.as_bytes().starts_with(b"text/html"));
        let Some(content_type) = kind.cloned() else { return response };
        let (parts, body) = response.into_parts();
        let Ok(plain) = axum::body::to_bytes(body, usize::MAX).await else {
            return crate::Error::internal("a body that cannot be read").into_response();
        };
        if plain.len() > LONGEST_PAGE {
            return Response::from_parts(parts, Body::from(plain));
        }
        let etag = format!("W/\"{}\"", &blake3::hash(&plain).to_hex()[..20]);
        let page = Arc::new(Page {
            content_type,
            etag: HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("W/\"\"")),
            plain,
            packed: OnceLock::new(),
            written: place.written,
            at: place.at,
        });
        let answer = page.answer(&place.headers);
        let mut pages = self.0.lock().expect("no panic while held");
        if pages.len() >= MOST_PAGES {
            pages.clear();
        }
        pages.insert(place.key, page);
        answer
    }
}

impl Page {
    fn answer(&self, asked: &HeaderMap) -> Response {
        let same = asked.get_all(header::IF_NONE_MATCH).iter().any(|seen| seen == self.etag);
        let mut response = if same {
            StatusCode::NOT_MODIFIED.into_response()
        } else if accepts_gzip(asked) {
            let mut response =
                Body::from(self.packed.get_or_init(|| pack(&self.plain)).clone()).into_response();
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response
        } else {
            Body::from(self.plain.clone()).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.content_type.clone());
        headers.insert(header::ETAG, self.etag.clone());
        // The browser may keep it, and asks each time whether it still holds: a few bytes on a weak signal.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("cookie, accept-encoding"));
        response
    }
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next() == Some("gzip")
            && !words.any(|word| word.starts_with("q=0") && word.trim_end_matches(['0', '.']) == "q=")
    })
}

fn pack(plain: &[u8]) -> Bytes {
    let mut packer = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::default());
    let packed = packer.write_all(plain).and_then(|()| packer.finish());
    packed.map_or_else(|_| Bytes::new(), Bytes::from)
}

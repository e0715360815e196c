//! What a form has just done, said once on the page to which it leads: a short-lived cookie with a key of the
//! locales, never a text, and the address that takes it back.

use super::{cookie, see_other};
use crate::Message;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderValue, header};
use serde::{Deserialize, Serialize};

const NAME: &str = "nhan";

/// A note for the next page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    key: String,
    args: Vec<(String, crate::i18n::Arg)>,
    /// Where a POST takes it back.
    pub undo: Option<String>,
}

impl Note {
    pub fn new(message: impl Into<Message>) -> Note {
        let message = message.into();
        let args = message.args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Note { key: message.key.into_owned(), args, undo: None }
    }

    pub fn undo(mut self, path: impl Into<String>) -> Note {
        self.undo = Some(path.into());
        self
    }

    /// The redirect (303) that carries the note.
    pub fn see_other(&self, location: &str) -> Response {
        self.on(see_other(location))
    }

    /// The answer that carries the note, where a script leads on.
    pub fn on(&self, mut response: Response) -> Response {
        let text = serde_json::to_vec(self).unwrap_or_default();
        let line =
            format!("{NAME}={}; Path=/; Max-Age=60; SameSite=Lax; HttpOnly", URL_SAFE_NO_PAD.encode(text));
        if let Ok(value) = HeaderValue::from_str(&line) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }

    /// The note that this request carries, for a page that a person will see.
    pub fn of(headers: &HeaderMap) -> Option<Note> {
        if !seen(headers) {
            return None;
        }
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cookie(headers, NAME)?).ok()?).ok()
    }

    /// The sentence; nothing when the key is not ours, since a cookie may hold anything.
    pub fn text(&self, t: crate::T) -> Option<String> {
        let known = ["count", "name", "code", "total", "done", "number", "day"];
        let args = self.args.iter().filter_map(|(name, value)| {
            known.iter().find(|known| **known == name.as_str()).map(|name| (*name, value.clone()))
        });
        t.has(&self.key).then(|| t.a(&self.key, &args.collect::<Vec<_>>()))
    }
}

/// A page has shown the note: the cookie goes. Redirects and assets leave it.
pub(super) fn clear(headers: &HeaderMap, response: &mut Response) {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if page && seen(headers) && cookie(headers, NAME).is_some() {
        let line = HeaderValue::from_static("nhan=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly");
        response.headers_mut().append(header::SET_COOKIE, line);
    }
}

/// Whether a person opens this page. What a script fetches ahead (the worker keeps the first pages of the application) neither shows
/// the note nor takes it away. A browser that does not say what it fetches opens a page.
fn seen(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-mode").is_none_or(|mode| mode == "navigate")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;

    #[test]
    fn a_note_travels_in_a_cookie() {
        let note = Note::new(Message::new("x-saved").with("count", 3)).undo("/hoan-tac/1");
        let response = note.see_other("/lam-viec");
        let line = response.headers()[header::SET_COOKIE].to_str().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, line.split(';').next().unwrap().parse().unwrap());
        assert_eq!(Note::of(&headers), Some(note));
        headers.insert(header::COOKIE, "nhan=%%%".parse().unwrap());
        assert_eq!(Note::of(&headers), None);
    }
    #[test]
    fn what_a_script_fetches_ahead_leaves_the_note_for_the_person() {
        let mut headers = HeaderMap::new();
        let line = Note::new(Message::new("x-saved")).see_other("/").headers()[header::SET_COOKIE].clone();
        headers.insert(header::COOKIE, line.to_str().unwrap().split(';').next().unwrap().parse().unwrap());
        for (mode, shown) in [("cors", false), ("navigate", true)] {
            headers.insert("sec-fetch-mode", mode.parse().unwrap());
            let mut page = axum::response::Html("<p>").into_response();
            clear(&headers, &mut page);
            assert_eq!(Note::of(&headers).is_some(), shown, "{mode}");
            assert_eq!(page.headers().contains_key(header::SET_COOKIE), shown, "{mode}");
        }
    }
}

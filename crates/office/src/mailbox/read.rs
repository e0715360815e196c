//! A letter as it stands in the mailbox, taken apart. Whatever is sent, this ends, and what it gives is short and clean.

use super::automatic::{Own, judged};
use super::model::{Automatic, Problem};
use chrono::{DateTime, Utc};
use mail_parser::{Address, Message, MessageParser, MimeHeaders as _, PartType};

/// Characters of a letter's own words that are kept.
const TEXT_MAX: usize = 20_000;
const SUBJECT_MAX: usize = 500;
const NAME_MAX: usize = 200;
/// Files of one letter, as the desk takes them.
pub(super) const FILES_MAX: usize = 20;
/// Letters within letters, and parts within parts, beyond which nothing is taken out.
const LETTERS_MAX: usize = 20;
const PARTS_MAX: usize = 100;

/// What a letter says of itself.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Parsed {
    pub message_id: String,
    pub from_address: String,
    pub from_name: String,
    pub subject: String,
    pub sent_at: Option<DateTime<Utc>>,
    pub text: String,
    pub automatic: Option<Automatic>,
    pub problem: Option<Problem>,
    pub files: Vec<Piece>,
}

/// Something attached.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    pub name: String,
    pub bytes: Vec<u8>,
    pub problem: Option<Problem>,
}

/// One line without what no table and no page keeps.
fn line(text: &str, most: usize) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    let words: String = text.chars().map(visible).collect();
    vntext::clean(words.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
        .chars()
        .take(most)
        .collect()
}

/// Lines, likewise.
fn lines(text: &str) -> String {
    let kept: String = text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let mut out = String::new();
    let mut blank = 0;
    for one in kept.lines().map(str::trim_end) {
        blank = if one.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            out.push_str(one);
            out.push('\n');
        }
    }
    out.trim().chars().take(TEXT_MAX).collect()
}

/// The last part of a path of any system, without what hides a name.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = line(last, 150);
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    name.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect()
}

/// By what a letter is known in any mailbox: its own name with who sent it, when and what about. A letter without a name has
/// none before it was read.
pub(super) fn key(header: &[u8]) -> Option<String> {
    let head = parsed(header)?;
    let id = head.message_id()?.trim().to_owned();
    if id.is_empty() {
        return None;
    }
    let (_, from) = sender(&head);
    let parts = [id, from, head.header_raw("Date").unwrap_or_default().trim().to_owned()];
    let subject = head.header_raw("Subject").unwrap_or_default().split_whitespace().collect::<String>();
    Some(digest(&[parts.join("\n"), subject].join("\n").into_bytes()))
}

/// The key of a letter that has no name of its own: all of it but the heads that mailboxes add.
pub(super) fn key_of_whole(whole: &[u8]) -> String {
    let body = whole.windows(4).position(|four| four == b"\r\n\r\n").map_or(whole, |at| &whole[at..]);
    let head = parsed(whole);
    let told = head.as_ref().map(|head| {
        let (_, from) = sender(head);
        let raw = |name: &str| head.header_raw(name).unwrap_or_default().trim().to_owned();
        [from, raw("Date"), raw("Subject")].join("\n")
    });
    let mut all = told.unwrap_or_default().into_bytes();
    all.extend_from_slice(body);
    digest(&all)
}

fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..40].to_owned()
}

fn parsed(bytes: &[u8]) -> Option<Message<'_>> {
    MessageParser::default().parse(bytes)
}

/// Name and address.
fn sender(message: &Message<'_>) -> (String, String) {
    let first = |addresses: &Address<'_>| {
        let one = addresses.first()?;
        let address = one.address.as_deref().unwrap_or_default();
        Some((
            line(one.name.as_deref().unwrap_or_default(), NAME_MAX),
            line(address, NAME_MAX).to_lowercase(),
        ))
    };
    message.from().and_then(first).unwrap_or_default()
}

/// Only the head: of what is too large, or too deep to be taken apart.
pub(super) fn head(header: &[u8], own: &Own, problem: Problem) -> Parsed {
    let end = header.windows(4).position(|four| four == b"\r\n\r\n").map_or(header.len(), |at| at + 4);
    let found = parsed(&header[..end]).map(|message| told(&message, own));
    Parsed { problem: Some(problem), ..found.unwrap_or_default() }
}

/// So often a word stands in bytes, in any letters.
fn times(bytes: &[u8], word: &[u8], most: usize) -> bool {
    bytes.windows(word.len()).filter(|window| window.eq_ignore_ascii_case(word)).take(most + 1).count() > most
}

pub(super) fn whole(bytes: &[u8], own: &Own) -> Parsed {
    // Counted before anything is taken apart: what is nested deeper than this is no letter.
    if times(bytes, b"message/rfc822", LETTERS_MAX) || times(bytes, b"multipart/", PARTS_MAX) {
        return head(bytes, own, Problem::Nested);
    }
    let Some(message) = parsed(bytes) else {
        return Parsed { problem: Some(Problem::Unreadable), ..head(bytes, own, Problem::Unreadable) };
    };
    let mut found = told(&message, own);
    found.text = lines(&message.body_text(0).unwrap_or_default());
    found.files = files(&message);
    if found.problem.is_none() && [&found.subject, &found.text].iter().any(|text| text.contains('\u{fffd}')) {
        found.problem = Some(Problem::Garbled);
    }
    found
}

fn told(message: &Message<'_>, own: &Own) -> Parsed {
    let heads: Vec<(String, String)> =
        message.headers_raw().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let (from_name, from_address) = sender(message);
    let sent = message.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0));
    // A date that no calendar has, or of another century, is none.
    let sent = sent.filter(|at| (1990..2200).contains(&chrono::Datelike::year(at)));
    Parsed {
        message_id: line(message.message_id().unwrap_or_default(), NAME_MAX),
        automatic: judged(&heads, &from_address, own),
        subject: line(message.subject().unwrap_or_default(), SUBJECT_MAX),
        sent_at: sent,
        from_name,
        from_address,
        ..Parsed::default()
    }
}

/// What is attached, also to letters that are attached. Pictures that the words themselves show are ornament.
fn files(message: &Message<'_>) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut open = vec![message];
    while let Some(message) = open.pop() {
        let page: String = message.html_bodies().filter_map(|part| part.text_contents()).collect();
        for part in message.attachments() {
            let bytes: &[u8] = match &part.body {
                PartType::Message(inner) => {
                    open.push(inner);
                    continue;
                }
                PartType::Multipart(_) => continue,
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes,
                PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
            };
            let shown = part.content_id().is_some_and(|id| page.contains(&format!("cid:{id}")));
            let picture = part.content_type().is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("image"));
            if shown && picture {
                continue;
            }
            let name = file_name(part.attachment_name().unwrap_or_default());
            let full = all.len() >= FILES_MAX;
            let problem = if full {
                Some(Problem::TooMany)
            } else {
                (part.is_encoding_problem || bytes.is_empty()).then_some(Problem::Damaged)
            };
            all.push(Piece {
                name,
                bytes: if problem.is_some() { Vec::new() } else { bytes.to_vec() },
                problem,
            });
            if all.len() > FILES_MAX {
                return all;
            }
        }
    }
    all
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;

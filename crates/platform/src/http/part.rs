//! Parts of a file (RFC 9110, one range).

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};

/// A recording or a film, whole or the one part that a player asks for: phones of Apple play nothing else.
pub fn part(headers: &HeaderMap, media_type: &str, bytes: Vec<u8>) -> Response {
    let asked = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let about = [(header::CONTENT_TYPE, media_type.to_owned()), (header::ACCEPT_RANGES, "bytes".to_owned())];
    let Some((from, to)) = asked.and_then(|range| range_of(range, bytes.len())) else {
        return (about, bytes).into_response();
    };
    let range = [(header::CONTENT_RANGE, format!("bytes {from}-{to}/{}", bytes.len()))];
    (StatusCode::PARTIAL_CONTENT, about, range, bytes[from..=to].to_vec()).into_response()
}

fn range_of(text: &str, length: usize) -> Option<(usize, usize)> {
    let (from, to) = text.strip_prefix("bytes=")?.split_once('-')?;
    let last = length.checked_sub(1)?;
    let (from, to) = match (from.parse::<usize>().ok(), to.parse::<usize>().ok()) {
        (Some(from), to) => (from, to.unwrap_or(last).min(last)),
        (None, Some(end)) => (length.saturating_sub(end), last),
        (None, None) => return None,
    };
    (from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::range_of;

    #[test]
    fn parts_are_what_players_ask_for() {
        for (asked, part) in [
            ("bytes=0-", Some((0, 99))),
            ("bytes=10-19", Some((10, 19))),
            ("bytes=90-500", Some((90, 99))),
            ("bytes=-5", Some((95, 99))),
            ("bytes=100-", None),
            ("bytes=7-3", None),
            ("lines=1-2", None),
            ("bytes=-", None),
        ] {
            assert_eq!(range_of(asked, 100), part, "{asked}");
        }
        assert_eq!(range_of("bytes=0-", 0), None);
    }
}

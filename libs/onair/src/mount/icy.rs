//! Titles between the bytes of a stream, as Shoutcast's players expect them (`Icy-MetaData: 1`).

use super::Listener;
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// Bytes of sound between two titles: the value of the header `icy-metaint`.
pub const META_INTERVAL: usize = 16_000;
/// A title is at most 255 units of 16 bytes.
const LONGEST: usize = 255 * 16;

/// A listener whose player asked for titles. Answer with the header `icy-metaint: 16000`.
pub struct IcyStream {
    inner: Listener,
    /// Bytes of sound until the next title.
    left: usize,
    sent: Option<Arc<String>>,
}

impl IcyStream {
    /// Puts the titles of the listener's outlet into its stream.
    pub fn new(inner: Listener) -> IcyStream {
        IcyStream { inner, left: META_INTERVAL, sent: None }
    }

    fn title(&mut self) -> Vec<u8> {
        let now = self.inner.outlet().title();
        if self.sent.as_ref() == Some(&now) {
            return vec![0];
        }
        let block = title_block(&now);
        self.sent = Some(now);
        block
    }
}

impl Stream for IcyStream {
    type Item = Bytes;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let Some(chunk) = ready!(Pin::new(&mut self.inner).poll_next(context)) else {
            return Poll::Ready(None);
        };
        if chunk.len() < self.left {
            self.left -= chunk.len();
            return Poll::Ready(Some(chunk));
        }
        let mut out = BytesMut::with_capacity(chunk.len() + 64);
        let mut rest = &chunk[..];
        while rest.len() >= self.left {
            let (before, after) = rest.split_at(self.left);
            out.extend_from_slice(before);
            out.extend_from_slice(&self.title());
            (rest, self.left) = (after, META_INTERVAL);
        }
        out.extend_from_slice(rest);
        self.left -= rest.len();
        Poll::Ready(Some(out.freeze()))
    }
}

/// A length byte and `StreamTitle='…';`, filled up with zeros. Quotes and control characters would end the title early.
fn title_block(title: &str) -> Vec<u8> {
    let clean: String =
        title.chars().map(|c| if c == '\'' { '’' } else { c }).filter(|c| !c.is_control()).collect();
    let mut end = clean.len().min(LONGEST - "StreamTitle='';".len());
    while !clean.is_char_boundary(end) {
        end -= 1;
    }
    let text = format!("StreamTitle='{}';", &clean[..end]);
    let units = text.len().div_ceil(16);
    let mut block = vec![u8::try_from(units).unwrap_or(u8::MAX)];
    block.extend_from_slice(text.as_bytes());
    block.resize(1 + units * 16, 0);
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mount::{Outlet, OutletSettings};
    use crate::relay::IcyStrip;
    use futures_util::{FutureExt, StreamExt};

    #[test]
    fn titles_stand_where_players_look_for_them() {
        let outlet = Outlet::new(OutletSettings::default(), Bytes::new());
        outlet.set_title("Bản tin 5 giờ 'sáng'");
        let mut stream = IcyStream::new(outlet.listen());
        let (mut raw, mut titles, mut sound) = (Vec::new(), Vec::new(), Vec::new());
        for number in 0..20u8 {
            outlet.push(Bytes::from(vec![number; 3_333]), 1_000);
            raw.extend_from_slice(&stream.next().now_or_never().unwrap().unwrap());
            if number == 12 {
                outlet.set_title(&"ă".repeat(5_000));
            }
        }
        let mut strip = IcyStrip::new(Some(META_INTERVAL));
        for piece in raw.chunks(777) {
            titles.extend(strip.push(piece, &mut sound));
        }
        let wanted: Vec<u8> = (0..20u8).flat_map(|number| vec![number; 3_333]).collect();
        assert_eq!(sound, wanted, "not a byte of sound is lost or added");
        assert_eq!(titles[0], "Bản tin 5 giờ ’sáng’");
        assert_eq!(titles.len(), 2, "a title is said once");
        assert!(titles[1].starts_with("ăăă") && titles[1].len() < LONGEST);
    }
}

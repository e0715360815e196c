/// Takes the titles out of a stream of Shoutcast or Icecast.
pub struct IcyStrip {
    interval: Option<usize>,
    /// Bytes of sound until the next title.
    left: usize,
    /// The title that is being read, and how many bytes of it are missing.
    title: Option<(Vec<u8>, usize)>,
}

impl IcyStrip {
    /// `interval` is the header `icy-metaint`; without it (or with zero) everything is sound.
    pub fn new(interval: Option<usize>) -> IcyStrip {
        let interval = interval.filter(|interval| *interval > 0);
        IcyStrip { interval, left: interval.unwrap_or(0), title: None }
    }

    /// Appends the sound in these bytes to `sound`, and gives the titles that ended in them (as UTF-8, what is not is replaced).
    pub fn push(&mut self, mut bytes: &[u8], sound: &mut Vec<u8>) -> Vec<String> {
        let Some(interval) = self.interval else {
            sound.extend_from_slice(bytes);
            return Vec::new();
        };
        let mut titles = Vec::new();
        while !bytes.is_empty() {
            if let Some((mut title, missing)) = self.title.take() {
                let (now, rest) = bytes.split_at(missing.min(bytes.len()));
                title.extend_from_slice(now);
                bytes = rest;
                if now.len() < missing {
                    self.title = Some((title, missing - now.len()));
                } else {
                    titles.extend(title_of(&title));
                    self.left = interval;
                }
            } else if self.left == 0 {
                self.title = Some((Vec::new(), usize::from(bytes[0]) * 16));
                bytes = &bytes[1..];
                if self.title.as_ref().is_some_and(|(_, missing)| *missing == 0) {
                    (self.title, self.left) = (None, interval);
                }
            } else {
                let (now, rest) = bytes.split_at(self.left.min(bytes.len()));
                sound.extend_from_slice(now);
                self.left -= now.len();
                bytes = rest;
            }
        }
        titles
    }
}

fn title_of(block: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(block);
    let (_, after) = text.split_once("StreamTitle='")?;
    let (title, _) = after.split_once("';")?;
    Some(title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_an_interval_all_is_sound() {
        for interval in [None, Some(0)] {
            let mut sound = Vec::new();
            assert!(IcyStrip::new(interval).push(b"abc", &mut sound).is_empty());
            assert_eq!(sound, b"abc");
        }
    }

    proptest! {
        /// However the network cuts it, the same sound and the same titles come out.
        #[test]
        fn cuts_do_not_matter(bytes in prop::collection::vec(prop_oneof![Just(0u8), 0u8..4, any::<u8>()], 0..600),
                              interval in 1usize..50, cut in 1usize..40) {
            let (mut whole, mut pieces) = (Vec::new(), Vec::new());
            let titles = IcyStrip::new(Some(interval)).push(&bytes, &mut whole);
            let mut strip = IcyStrip::new(Some(interval));
            let cut: Vec<String> = bytes.chunks(cut).flat_map(|piece| strip.push(piece, &mut pieces)).collect();
            prop_assert_eq!(whole, pieces);
            prop_assert_eq!(titles, cut);
        }
    }
}

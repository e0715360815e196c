//! What left the loudspeaker, as intervals.

use speakerlink::How;

/// A pause that one does not call one.
const GAP: i64 = 1_000_000;
/// So long an interval may be before it is told in parts.
const PART: i64 = 5 * 60 * 1_000_000;

/// Something that was heard, in moments of the programme (microseconds).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub from: i64,
    pub to: i64,
    pub how: How,
    pub clip: Option<String>,
}

impl Span {
    fn sounds(&self) -> bool {
        self.to > self.from
    }
}

/// Puts pieces together.
#[derive(Default)]
pub struct Recorder(Option<Span>);

impl Recorder {
    /// A piece was heard. Gives what is over by that, or has become long.
    pub fn heard(&mut self, piece: Span) -> Option<Span> {
        let Some(open) = &mut self.0 else {
            self.0 = Some(piece);
            return None;
        };
        let same = open.how == piece.how && open.clip == piece.clip;
        let follows = piece.from >= open.from && piece.from - open.to <= GAP;
        if !same || !follows {
            return self.0.replace(piece).filter(Span::sounds);
        }
        open.to = open.to.max(piece.to);
        if open.to - open.from < PART {
            return None;
        }
        let rest = Span { from: open.to, ..open.clone() };
        self.0.replace(rest)
    }

    /// Nothing is heard at this moment.
    pub fn silent(&mut self, at: i64) -> Option<Span> {
        self.0.take_if(|open| at - open.to > GAP || at < open.from).filter(Span::sounds)
    }

    /// No more comes.
    pub fn end(&mut self) -> Option<Span> {
        self.0.take().filter(Span::sounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: i64, to: i64, clip: Option<&str>) -> Span {
        let how = if clip.is_some() { How::Stored } else { How::Stream };
        Span { from: from * 1_000, to: to * 1_000, how, clip: clip.map(str::to_owned) }
    }

    #[test]
    fn pieces_become_one_and_a_pause_of_more_than_a_second_parts_them() {
        let mut recorder = Recorder::default();
        assert_eq!(recorder.heard(span(0, 20, None)), None);
        assert_eq!(recorder.heard(span(20, 40, None)), None);
        assert_eq!(recorder.silent(900_000), None);
        assert_eq!(recorder.heard(span(1_000, 1_020, None)), None);
        assert_eq!(recorder.heard(span(3_000, 3_020, None)), Some(span(0, 1_020, None)));
        assert_eq!(recorder.silent(4_100_000), Some(span(3_000, 3_020, None)));
        assert_eq!(recorder.end(), None);
    }

    #[test]
    fn another_source_is_another_interval() {
        let mut recorder = Recorder::default();
        recorder.heard(span(0, 20, None));
        assert_eq!(recorder.heard(span(20, 40, Some("a"))), Some(span(0, 20, None)));
        assert_eq!(recorder.heard(span(40, 60, Some("b"))), Some(span(20, 40, Some("a"))));
        assert_eq!(recorder.end(), Some(span(40, 60, Some("b"))));
    }

    #[test]
    fn what_goes_on_is_told_every_five_minutes() {
        let (mut recorder, mut told) = (Recorder::default(), Vec::new());
        for second in 0..700 {
            told.extend(recorder.heard(span(second * 1_000, second * 1_000 + 1_000, None)));
        }
        told.extend(recorder.end());
        assert_eq!(
            told,
            [span(0, 300_000, None), span(300_000, 600_000, None), span(600_000, 700_000, None)]
        );
    }
}

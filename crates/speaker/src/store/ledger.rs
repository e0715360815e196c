//! What was played and the broker has not taken yet: a line for each, so that a memory card is not worn out by writing all of them again and again.

use speakerlink::Played;
use std::collections::VecDeque;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// More than a month of a line that is cut.
const MOST: usize = 10_000;
/// The file is written anew when it has so many lines more than are needed.
const WASTE: usize = 500;

pub struct Ledger {
    path: PathBuf,
    waiting: VecDeque<Played>,
    lines: usize,
}

impl Ledger {
    pub fn open(path: &Path) -> io::Result<Ledger> {
        let text = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(fault) => return Err(fault),
        };
        let lines = || text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        // A line that was cut off with the current is the last one, and not whole.
        let waiting = lines().filter_map(|line| speakerlink::read(line).ok()).collect();
        Ok(Ledger { path: path.to_owned(), waiting, lines: lines().count() })
    }

    pub fn first(&self) -> Option<Played> {
        self.waiting.front().cloned()
    }

    pub fn note(&mut self, played: Played) -> io::Result<()> {
        let mut line = speakerlink::write(&played);
        self.waiting.push_back(played);
        while self.waiting.len() > MOST {
            self.waiting.pop_front();
        }
        if self.lines >= MOST + WASTE {
            return self.anew();
        }
        // In front as well: what is left of a broken line stays alone.
        line.insert(0, b'\n');
        line.push(b'\n');
        self.lines += 1;
        OpenOptions::new().create(true).append(true).open(&self.path)?.write_all(&line)
    }

    pub fn taken(&mut self, id: &str) -> io::Result<()> {
        self.waiting.retain(|played| played.id != id);
        let waste = self.lines - self.waiting.len().min(self.lines);
        if self.waiting.is_empty() || waste >= WASTE { self.anew() } else { Ok(()) }
    }

    fn anew(&mut self) -> io::Result<()> {
        let mut text = Vec::new();
        for played in &self.waiting {
            text.extend(speakerlink::write(played));
            text.push(b'\n');
        }
        super::write(&self.path, &text)?;
        self.lines = self.waiting.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use speakerlink::How;

    fn played(number: i64) -> Played {
        Played { id: number.to_string(), from: number, to: number + 1, how: How::Stream, clip: None }
    }

    #[test]
    fn what_the_broker_did_not_take_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("played.jsonl");
        let mut ledger = Ledger::open(&path).unwrap();
        (0..3).for_each(|number| ledger.note(played(number)).unwrap());
        ledger.taken("0").unwrap();
        // The current goes away in the middle of a line.
        let mut text = std::fs::read(&path).unwrap();
        text.extend(b"{\"id\":\"hal");
        std::fs::write(&path, text).unwrap();
        let mut ledger = Ledger::open(&path).unwrap();
        ledger.note(played(9)).unwrap();
        let mut ledger = Ledger::open(&path).unwrap();
        for number in [0, 1, 2, 9] {
            assert_eq!(ledger.first(), Some(played(number)), "0 may come twice");
            ledger.taken(&number.to_string()).unwrap();
        }
        assert_eq!((ledger.first(), std::fs::read(&path).unwrap()), (None, Vec::new()));
    }

    #[test]
    fn the_oldest_goes_when_there_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("played.jsonl");
        let mut ledger = Ledger::open(&path).unwrap();
        (0..MOST as i64 + 600).for_each(|number| ledger.note(played(number)).unwrap());
        let again = Ledger::open(&path).unwrap();
        assert!(again.lines <= MOST + WASTE && ledger.waiting.len() == MOST);
        assert_eq!(ledger.first(), Some(played(600)));
    }
}

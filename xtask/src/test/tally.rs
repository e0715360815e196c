//! Counts what the test programs report, and makes the closing line.

use std::fmt::Write;

/// Passed and failed, part by part.
#[derive(Debug, Default, PartialEq)]
pub struct Tally {
    parts: Vec<(String, usize, usize)>,
}

impl Tally {
    /// A part that could not even run.
    pub fn fault(part: &str) -> Tally {
        Tally::of(part, 0, 1)
    }

    pub fn of(part: &str, passed: usize, failed: usize) -> Tally {
        Tally { parts: vec![(part.to_owned(), passed, failed)] }
    }

    /// Adds another tally under one name.
    pub fn add(&mut self, part: &str, other: Tally) {
        let (passed, failed) = other.sum();
        match self.parts.iter_mut().find(|(name, ..)| name == part) {
            Some((_, p, f)) => (*p, *f) = (*p + passed, *f + failed),
            None => self.parts.push((part.to_owned(), passed, failed)),
        }
    }

    /// Adds what one line of output counts, if it counts anything.
    pub fn read(&mut self, part: &str, line: &str) {
        if let Some((passed, failed)) = counts(line) {
            self.add(part, Tally::of(part, passed, failed));
        }
    }

    fn sum(&self) -> (usize, usize) {
        self.parts.iter().fold((0, 0), |(passed, failed), (_, p, f)| (passed + p, failed + f))
    }

    /// Nothing ran at all.
    pub fn is_empty(&self) -> bool {
        self.sum() == (0, 0)
    }

    /// Nothing failed.
    pub fn good(&self) -> bool {
        self.sum().1 == 0
    }

    pub fn table(&self) -> String {
        self.parts.iter().fold(String::new(), |mut table, (part, passed, failed)| {
            let _ = writeln!(table, "{part:<16}{passed:>6} passed {failed:>6} failed");
            table
        })
    }

    /// `N passed, N failed`
    pub fn closing_line(&self) -> String {
        let (passed, failed) = self.sum();
        format!("{passed} passed, {failed} failed")
    }
}

/// Passed and failed of a line that sums up: cargo test, nextest, our own reporter of journeys.
/// An indented line of cargo is the output of a failed test that nextest shows: not a sum of its own.
/// What was ignored or did not run is not passed: it counts as failed, except where a filter left it out.
fn counts(line: &str) -> Option<(usize, usize)> {
    let (rest, separator) = if let Some(rest) = line.strip_prefix("test result: ") {
        (rest.split_once(". ")?.1, "; ")
    } else if let Some(rest) = line.trim_start().strip_prefix("Summary [") {
        (rest.split_once(": ")?.1, ", ")
    } else {
        (line.strip_prefix("journeys: ")?, ", ")
    };
    let (mut passed, mut failed) = (0, 0);
    for piece in rest.split(separator) {
        let Some((number, word)) = piece.split_once(' ') else { continue };
        let Ok(number) = number.parse::<usize>() else { continue };
        match word.split(' ').next().unwrap_or_default() {
            "passed" => passed += number,
            "failed" | "timed" | "exec" | "ignored" => failed += number,
            _ => {} // filtered out, skipped by the filter, measured
        }
    }
    Some((passed, failed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_program_is_understood() {
        assert_eq!(
            counts(
                "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.1s"
            ),
            Some((12, 0))
        );
        assert_eq!(
            counts("     Summary [   0.012s] 3 tests run: 2 passed (1 slow), 1 failed, 4 skipped"),
            Some((2, 1))
        );
        assert_eq!(
            counts("Summary [   9.012s] 3 tests run: 1 passed, 1 failed, 1 timed out, 0 skipped"),
            Some((1, 2))
        );
        assert_eq!(counts("journeys: 8 passed, 2 failed"), Some((8, 2)));
        assert_eq!(counts("running 3 tests"), None);
        assert_eq!(counts("    test result: FAILED. 0 passed; 1 failed; 0 ignored"), None);
    }

    #[test]
    fn an_ignored_test_is_not_a_passed_one() {
        assert_eq!(counts("test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured"), Some((1, 1)));
    }

    #[test]
    fn parts_are_summed() {
        let mut tally = Tally::default();
        tally.read("crates", "test result: ok. 2 passed; 0 failed; 0 ignored");
        tally.read("crates", "test result: FAILED. 3 passed; 1 failed; 0 ignored");
        tally.add("journeys", Tally::of("journeys", 5, 0));
        assert_eq!(tally.closing_line(), "10 passed, 1 failed");
        assert!(!tally.good());
        assert_eq!(tally.table().lines().count(), 2);
    }
}

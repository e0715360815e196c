//! Reads the parameter files of `data/demo`. They are compiled in, so a fault in one is a fault of the build and stops the
//! generator with the name of the column.

use chrono::NaiveDate;

/// A CSV text without quoting: comment lines start with `#`, the first other line names the columns.
pub(crate) struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<&'static str>>,
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    columns: &'a [&'static str],
    cells: &'a [&'static str],
}

impl Table {
    pub fn read(text: &'static str) -> Self {
        let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let columns: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
        Table { columns, rows: lines.map(|line| line.split(',').collect()).collect() }
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { columns: &self.columns, cells })
    }
}

impl Row<'_> {
    pub fn text(&self, column: &str) -> &'static str {
        let at = self.columns.iter().position(|c| *c == column);
        at.and_then(|at| self.cells.get(at))
            .copied()
            .unwrap_or_else(|| panic!("data/demo: no column {column}"))
    }

    pub fn number<N: std::str::FromStr>(&self, column: &str) -> N {
        let text = self.text(column);
        text.parse().unwrap_or_else(|_| panic!("data/demo: {column} is {text:?}"))
    }

    /// `None` when the cell is empty.
    pub fn date(&self, column: &str) -> Option<NaiveDate> {
        Some(self.text(column))
            .filter(|t| !t.is_empty())
            .map(|t| t.parse().unwrap_or_else(|_| panic!("data/demo: {column} is {t:?}")))
    }

    /// `word*weight;word`, weight 1 when left out.
    pub fn weighted(&self, column: &str) -> Vec<(&'static str, u32)> {
        self.text(column).split(';').map(weighted_word).collect()
    }
}

fn weighted_word(word: &'static str) -> (&'static str, u32) {
    match word.split_once('*') {
        Some((word, weight)) => {
            (word, weight.parse().unwrap_or_else(|_| panic!("data/demo: weight {weight:?}")))
        }
        None => (word, 1),
    }
}

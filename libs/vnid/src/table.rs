use thiserror::Error;

/// A line of a table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {what}")]
pub struct TableProblem {
    /// Line of the text, counted from 1.
    pub line: usize,
    /// What is wrong with it, in English, for the person who keeps the table.
    pub what: &'static str,
}

/// Rows of exactly three columns after the header; `#` starts a remark line; no quoting.
pub(crate) fn rows<'a>(
    csv: &'a str,
    header: &'static str,
) -> Result<Vec<(usize, [&'a str; 3])>, TableProblem> {
    let mut lines = csv
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim_start_matches('\u{feff}').trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    match lines.next() {
        Some((_, found)) if found == header => {}
        Some((line, _)) => return Err(TableProblem { line, what: "the header is not the expected one" }),
        None => return Err(TableProblem { line: 1, what: "the table is empty" }),
    }
    lines
        .map(|(line, text)| {
            let mut cells = text.split(',').map(str::trim);
            match (cells.next(), cells.next(), cells.next(), cells.next()) {
                (Some(a), Some(b), Some(c), None) => Ok((line, [a, b, c])),
                _ => Err(TableProblem { line, what: "three columns are needed" }),
            }
        })
        .collect()
}

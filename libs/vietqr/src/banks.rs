use std::collections::BTreeMap;
use std::sync::LazyLock;
use thiserror::Error;

/// A bank or wallet that takes part in VietQR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bank {
    /// Six digits.
    pub bin: String,
    /// The short name by which people know it.
    pub name: String,
    /// The name before it, which still stands on older signs.
    pub former_name: Option<String>,
}

/// The table of banks. It says who a BIN is, not whether a bank still exists.
#[derive(Clone, Debug, Default)]
pub struct Banks(BTreeMap<String, Bank>);

/// A line of the table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {what}")]
pub struct TableProblem {
    /// Line of the text, counted from 1.
    pub line: usize,
    /// What is wrong with it, in English, for the person who keeps the table.
    pub what: &'static str,
}

static BUILT_IN: LazyLock<Banks> = LazyLock::new(|| {
    // The text is part of this crate and a test reads it, so the empty table is never seen.
    Banks::from_csv(include_str!("../data/banks.csv")).unwrap_or_default()
});

impl Banks {
    /// The table that comes with this crate; its file names the source.
    pub fn built_in() -> &'static Banks {
        &BUILT_IN
    }

    /// Reads a table with the columns `bin,name,former_name`; lines that start with `#` are remarks, there is
    /// no quoting.
    pub fn from_csv(csv: &str) -> Result<Banks, TableProblem> {
        let lines = csv.trim_start_matches('\u{feff}').lines().enumerate();
        let mut lines = lines
            .map(|(at, line)| (at + 1, line.trim()))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        match lines.next() {
            Some((_, "bin,name,former_name")) => {}
            Some((line, _)) => return Err(TableProblem { line, what: "the header is not the expected one" }),
            None => return Err(TableProblem { line: 1, what: "the table is empty" }),
        }
        let mut banks = BTreeMap::new();
        for (line, text) in lines {
            let fault = |what| Err(TableProblem { line, what });
            let cells: Vec<&str> = text.split(',').map(str::trim).collect();
            let [bin, name, former_name] = cells[..] else { return fault("three columns are needed") };
            if !crate::encode::is_bin(bin) {
                return fault("the BIN is not six digits");
            }
            if name.is_empty() {
                return fault("the name is missing");
            }
            let former_name = Some(former_name.to_owned()).filter(|name| !name.is_empty());
            let bank = Bank { bin: bin.to_owned(), name: name.to_owned(), former_name };
            if banks.insert(bin.to_owned(), bank).is_some() {
                return fault("the BIN stands twice");
            }
        }
        Ok(Banks(banks))
    }

    /// The bank of six digits.
    pub fn find(&self, bin: &str) -> Option<&Bank> {
        self.0.get(bin)
    }

    /// All banks, by BIN.
    pub fn iter(&self) -> impl Iterator<Item = &Bank> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_is_whole() {
        let banks = Banks::built_in();
        assert_eq!(banks.iter().count(), 58);
        // One table in public gives the BIN of VietinBank to Techcombank and BIDV.
        for (bin, name) in [
            ("970405", "Agribank"),
            ("970407", "Techcombank"),
            ("970415", "VietinBank"),
            ("970418", "BIDV"),
            ("970436", "Vietcombank"),
            ("970446", "Co-op Bank"),
            ("971025", "MoMo"),
        ] {
            assert_eq!(banks.find(bin).unwrap().name, name);
        }
        let renamed = banks.find("970449").unwrap();
        assert_eq!((&*renamed.name, renamed.former_name.as_deref()), ("LPBank", Some("LienVietPostBank")));
        assert_eq!(banks.find("000000"), None);
    }

    #[test]
    fn a_faulty_table_names_the_line() {
        let line = |csv: &str| Banks::from_csv(csv).unwrap_err().line;
        assert_eq!(line(""), 1);
        assert_eq!(line("# x\nbin,name\n"), 2);
        let row = |row: &str| line(&format!("bin,name,former_name\n970405,Agribank,\n{row}\n"));
        for bad in ["97040,A,", "97040x,A,", "970406,,", "970406,A", "970406,A,B,C", "970405,B,"] {
            assert_eq!(row(bad), 3, "{bad}");
        }
    }
}

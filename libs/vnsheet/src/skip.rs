//! Rows of a list that are no data.

use crate::grid::{Cell, Grid, GridRow};
use crate::heading::Heading;
use crate::mapping::Mapping;
use crate::schema::{Kind, Schema};
use std::collections::HashSet;
use vntext::fold;

/// Why a row is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// No mapped column is filled.
    Blank,
    /// The heading again, as at the top of each printed page.
    RepeatedHeader,
    /// The numbers of the columns: (1) (2) (3).
    ColumnNumbers,
    /// A sum.
    Subtotal,
    /// The heading of a group: "Thôn 3", alone in its row.
    GroupTitle,
    /// Below the list: place and date, who made it, who signs.
    Signature,
}

impl SkipReason {
    /// A stable key for translation, as `subtotal`.
    pub fn key(self) -> &'static str {
        match self {
            SkipReason::Blank => "blank",
            SkipReason::RepeatedHeader => "repeated_header",
            SkipReason::ColumnNumbers => "column_numbers",
            SkipReason::Subtotal => "subtotal",
            SkipReason::GroupTitle => "group_title",
            SkipReason::Signature => "signature",
        }
    }
}

pub(crate) enum Skip {
    No,
    Yes(SkipReason),
}

/// How the first text of a row of sums begins, folded.
const SUMS: &[&str] = &["tong cong", "tong so", "tong", "cong", "luy ke", "trong do"];
/// How the rows below a list begin, folded.
const SIGNATURES: &[&str] = &[
    "nguoi lap",
    "nguoi thong ke",
    "nguoi tong hop",
    "can bo",
    "truong thon",
    "truong ban",
    "chu tich",
    "pho chu tich",
    "tm ubnd",
    "t m ubnd",
    "uy ban nhan dan",
    "thu truong",
    "xac nhan",
    "ky ten",
    "ky ghi ro",
    "noi nhan",
    "ke toan",
];
/// A row with so many filled fields is data, also below a signature.
const PLENTY: usize = 3;

pub(crate) struct Skipper {
    mapped: Vec<u16>,
    names: Vec<u16>,
    headings: Vec<(u16, Heading)>,
    /// Rows with a block joined over three columns or more.
    wide: HashSet<u32>,
    signed: bool,
    data_seen: bool,
}

impl Skipper {
    pub(crate) fn new(grid: &Grid, schema: &Schema, mapping: &Mapping) -> Self {
        let used = mapping.columns.iter().filter(|c| c.field.is_some() || c.mark.is_some());
        let mapped = used.map(|c| c.column).collect();
        let is_name = |key: &str| schema.index(key).is_some_and(|i| schema.fields[i].kind == Kind::Name);
        let names = mapping.columns.iter().filter(|c| c.field.as_deref().is_some_and(is_name));
        let names = names.map(|c| c.column).collect();
        let last = |text: &str| Heading::new(text.rsplit(" / ").next().unwrap_or(text));
        let headings = mapping.columns.iter().map(|c| (c.column, last(&c.heading))).collect();
        let wide = grid.merges.iter().filter(|m| m.last_column >= m.first_column.saturating_add(2));
        let wide = wide.map(|m| m.first_row).collect();
        Skipper { mapped, names, headings, wide, signed: false, data_seen: false }
    }

    pub(crate) fn judge(&mut self, row: &GridRow) -> Skip {
        let filled = |c: &&u16| row.cells.get(**c as usize).is_some_and(|cell| !cell.is_blank());
        let fields = self.mapped.iter().filter(filled).count();
        let named = self.names.iter().filter(filled).count() > 0;
        if let Some(reason) = self.reason(row, fields, named) {
            self.signed |= reason == SkipReason::Signature;
            return Skip::Yes(reason);
        }
        self.signed = false;
        self.data_seen = true;
        Skip::No
    }

    fn reason(&self, row: &GridRow, fields: usize, named: bool) -> Option<SkipReason> {
        let texts: Vec<&Cell> = row.cells.iter().filter(|c| !c.is_blank()).collect();
        let first = texts.iter().find_map(|c| if let Cell::Text(t) = c { Some(t.as_str()) } else { None });
        // Most rows begin like data; only the others are looked at closely.
        let begins = first.map(|t| fold(&t.chars().take(40).collect::<String>())).unwrap_or_default();
        if begins_with(&begins, SUMS) && self.is_sum(row, &begins) {
            return Some(SkipReason::Subtotal);
        }
        if fields < PLENTY && self.data_seen && (begins_with(&begins, SIGNATURES) || place_and_date(&texts)) {
            return Some(SkipReason::Signature);
        }
        if fields < PLENTY && self.signed {
            return Some(SkipReason::Signature);
        }
        if fields >= 2 && self.repeats_header(row) {
            return Some(SkipReason::RepeatedHeader);
        }
        if !self.data_seen && column_numbers(&texts) {
            return Some(SkipReason::ColumnNumbers);
        }
        if self.is_group_title(row, &texts, named) {
            return Some(SkipReason::GroupTitle);
        }
        (fields == 0).then_some(SkipReason::Blank)
    }

    /// A sum has no name, or its label stands where the name would.
    fn is_sum(&self, row: &GridRow, begins: &str) -> bool {
        let name = self.names.iter().find_map(|c| match row.cells.get(*c as usize) {
            Some(Cell::Text(text)) if !text.trim().is_empty() => Some(fold(text)),
            _ => None,
        });
        match name {
            None => true,
            // "Tống Văn An" folds to "tong van an": a person. A label says how many, or stands alone.
            Some(name) => {
                let label = begins.starts_with(&name) || name.starts_with(begins);
                let sure = ["tong cong", "tong so", "cong", "luy ke", "trong do"];
                let few =
                    row.cells.iter().filter(|c| matches!(c, Cell::Text(t) if !t.trim().is_empty())).count()
                        <= 1;
                label && few && (begins_with(&name, &sure) || name == "tong")
            }
        }
    }

    fn repeats_header(&self, row: &GridRow) -> bool {
        let mut same = 0;
        let mut filled = 0;
        for (column, heading) in &self.headings {
            let Some(Cell::Text(text)) = row.cells.get(*column as usize) else { continue };
            if text.trim().is_empty() {
                continue;
            }
            filled += 1;
            // Cheap test first: data rarely has the length of its heading.
            same += usize::from(text.len() < 120 && Heading::new(text).same(heading));
            if filled >= 3 && same == 0 {
                return false;
            }
        }
        same >= 2 && same * 2 >= filled
    }

    /// One text alone, outside the columns of names or merged over several columns.
    fn is_group_title(&self, row: &GridRow, texts: &[&Cell], named: bool) -> bool {
        let [Cell::Text(_)] = texts else {
            // A roman number or a letter beside it: "II | Thôn 3".
            return matches!(texts, [number, Cell::Text(_)] if self.mapped.len() > 2 && is_ordinal(number));
        };
        self.mapped.len() > 1 && (self.wide.contains(&row.number) || !named)
    }
}

fn begins_with(folded: &str, list: &[&str]) -> bool {
    list.iter()
        .any(|start| folded.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// "Gia Phú, ngày 12 tháng 5 năm 2024".
fn place_and_date(texts: &[&Cell]) -> bool {
    texts.len() <= 2
        && texts.iter().any(|c| match c {
            Cell::Text(text) if text.len() < 200 => {
                let folded = fold(text);
                folded.contains("ngay") && folded.contains("thang") && folded.contains("nam")
            }
            _ => false,
        })
}

fn column_numbers(texts: &[&Cell]) -> bool {
    let number = |cell: &Cell| match cell {
        Cell::Number(n) => Some(*n),
        Cell::Text(text) => text.trim().trim_matches(['(', ')', '[', ']']).parse().ok(),
        _ => None,
    };
    let numbers: Vec<f64> = texts.iter().filter_map(|c| number(c)).collect();
    numbers.len() >= 3 && numbers.len() + 2 >= texts.len() && numbers.windows(2).all(|w| w[1] == w[0] + 1.0)
}

fn is_ordinal(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => {
            let text = text.trim().trim_end_matches('.');
            !text.is_empty() && text.len() <= 5 && text.chars().all(|c| "IVXABCDE".contains(c))
        }
        _ => false,
    }
}

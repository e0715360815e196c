use super::Read;
use crate::grid::Cell;
use crate::schema::{Choice, Field};
use crate::value::{ProblemKind, Value};
use std::collections::HashMap;
use vntext::{clean, fold};

/// The spellings of a field's values: first as written, then without marks where that stays clear.
#[derive(Default)]
pub(crate) struct Lookup {
    exact: HashMap<String, usize>,
    /// `None` where two values fold alike.
    folded: HashMap<String, Option<usize>>,
}

impl Lookup {
    pub(crate) fn new(field: &Field) -> Self {
        let mut lookup = Lookup::default();
        for (index, choice) in field.choices().iter().enumerate() {
            for label in choice.labels.iter().chain([&choice.value]) {
                lookup.exact.entry(clean(label).to_lowercase()).or_insert(index);
                let known = lookup.folded.entry(fold(label)).or_insert(Some(index));
                if known.is_some_and(|k| k != index) {
                    *known = None;
                }
            }
        }
        lookup
    }

    pub(crate) fn find(&self, text: &str, list: &[Choice]) -> Read {
        // Spellings as they are listed are the common case and need no folding.
        let index = self.exact.get(&text.to_lowercase()).copied();
        let index = index.or_else(|| self.folded.get(&fold(text)).copied().flatten());
        let choice = index.and_then(|i| list.get(i)).ok_or(ProblemKind::ChoiceUnknown)?;
        Ok((Value::Choice(choice.value.clone()), None))
    }
}

const YES: &[&str] = &["x", "co", "c", "v", "1", "true", "dung", "yes", "y", "da co"];
const NO: &[&str] = &["khong", "k", "ko", "0", "false", "sai", "no", "n", "chua", "chua co"];

pub(crate) fn yes_no(text: &str) -> Read {
    let folded = fold(text);
    if YES.contains(&folded.as_str()) || matches!(text, "✓" | "✔" | "☑" | "√" | "+") {
        Ok((Value::YesNo(true), None))
    } else if NO.contains(&folded.as_str()) || matches!(text, "-" | "–" | "☐" | "✗") {
        Ok((Value::YesNo(false), None))
    } else {
        Err(ProblemKind::YesNoUnknown)
    }
}

/// Whether a cell in a column of marks is marked: `None` when it holds something else.
pub(crate) fn is_mark(cell: &Cell, label: &str) -> Option<bool> {
    match cell {
        Cell::Empty => Some(false),
        Cell::Bool(value) => Some(*value),
        Cell::Number(n) => match *n {
            1.0 => Some(true),
            0.0 => Some(false),
            _ => None,
        },
        Cell::Text(text) => {
            let text = clean(text);
            match yes_no(&text) {
                _ if text.is_empty() => Some(false),
                Ok((Value::YesNo(value), _)) => Some(value),
                _ => (fold(&text) == fold(label)).then_some(true),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Kind;

    #[test]
    fn spellings_and_collisions() {
        let list = vec![
            Choice::new("muong", &["Mường"]),
            Choice::new("other", &["Mương"]),
            Choice::new("tay", &["Tày"]),
        ];
        let field = Field::new("ethnic", Kind::Choice(list.clone()), &["Dân tộc"]);
        let lookup = Lookup::new(&field);
        let find = |text| lookup.find(text, &list).map(|(v, _)| v);
        assert_eq!(find("TÀY"), Ok(Value::Choice("tay".into())));
        assert_eq!(find("tay"), Ok(Value::Choice("tay".into())));
        assert_eq!(find("mường"), Ok(Value::Choice("muong".into())));
        assert_eq!(find("Kinh"), Err(ProblemKind::ChoiceUnknown));
    }

    #[test]
    fn marks() {
        let mark = |text: &str| is_mark(&Cell::Text(text.into()), "Nữ");
        assert_eq!(mark("x"), Some(true));
        assert_eq!(mark("X "), Some(true));
        assert_eq!(mark("nữ"), Some(true));
        assert_eq!(mark(" "), Some(false));
        assert_eq!(mark("?"), None);
        assert_eq!(is_mark(&Cell::Number(1.0), "Nữ"), Some(true));
    }
}

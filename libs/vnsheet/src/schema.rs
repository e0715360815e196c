use serde::{Deserialize, Serialize};

/// What a caller wants from a sheet: the fields of one row. May be written in code or kept in a data file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// The fields; rows are read in this order.
    pub fields: Vec<Field>,
}

/// One field of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// The caller's name for it.
    pub key: String,
    /// Headings that mean this field. The first is the one we write; case, marks, spaces, punctuation and
    /// the usual abbreviations need no spelling of their own.
    pub labels: Vec<String>,
    /// How a cell is read.
    pub kind: Kind,
    /// An empty cell is a problem.
    #[serde(default)]
    pub required: bool,
    /// An empty cell means "as in the row above": a household number that stands on its first row only.
    #[serde(default)]
    pub fill_down: bool,
    /// Most characters of a text; `None` leaves it to the limits of the file.
    #[serde(default)]
    pub max_chars: Option<usize>,
    /// A cell to show in the empty form.
    #[serde(default)]
    pub example: Option<String>,
}

/// How the cells of a field are read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// Any text, cleaned.
    Text,
    /// A person's name; one typed in capitals is written as names are.
    Name,
    /// A day. Of old people sometimes only the year, or month and year, is known.
    Date,
    /// A year.
    Year,
    /// A whole number.
    Whole,
    /// A number that may have decimals.
    Decimal,
    /// A mark, `có` or `không`.
    YesNo,
    /// One of a list.
    Choice(Vec<Choice>),
    /// The 12 digits of a person (or the 9 of the old card), kept as text.
    PersonalNumber,
    /// A phone number, kept as text.
    Phone,
}

/// One value of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The caller's name for it.
    pub value: String,
    /// Spellings; the first is the one we write. A column with such a heading and a mark in its cells
    /// ("Nam | Nữ") gives this value too.
    pub labels: Vec<String>,
}

impl Schema {
    /// A schema of these fields.
    pub fn new(fields: impl IntoIterator<Item = Field>) -> Self {
        Schema { fields: fields.into_iter().collect() }
    }

    /// The place of a field among [`Schema::fields`].
    pub fn index(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.key == key)
    }
}

impl Field {
    /// A field of this kind.
    pub fn new(key: &str, kind: Kind, labels: &[&str]) -> Self {
        Field {
            key: key.to_owned(),
            labels: labels.iter().map(|l| (*l).to_owned()).collect(),
            kind,
            required: false,
            fill_down: false,
            max_chars: None,
            example: None,
        }
    }

    /// An empty cell is a problem.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// An empty cell means "as in the row above".
    pub fn fill_down(mut self) -> Self {
        self.fill_down = true;
        self
    }

    /// Most characters of a text.
    pub fn max_chars(mut self, max: usize) -> Self {
        self.max_chars = Some(max);
        self
    }

    /// A cell to show in the empty form.
    pub fn example(mut self, text: &str) -> Self {
        self.example = Some(text.to_owned());
        self
    }

    /// The heading that we write.
    pub fn heading(&self) -> &str {
        self.labels.first().unwrap_or(&self.key)
    }

    pub(crate) fn choices(&self) -> &[Choice] {
        if let Kind::Choice(choices) = &self.kind { choices } else { &[] }
    }
}

impl Choice {
    /// A value and its spellings.
    pub fn new(value: &str, labels: &[&str]) -> Self {
        Choice { value: value.to_owned(), labels: labels.iter().map(|l| (*l).to_owned()).collect() }
    }

    /// The spelling that we write.
    pub fn label(&self) -> &str {
        self.labels.first().unwrap_or(&self.value)
    }
}

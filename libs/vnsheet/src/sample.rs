use crate::schema::{Field, Kind, Schema};
use crate::write::{Column, SheetSpec, WriteProblem, shown, tab_name, table};
use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook};

/// The words of an empty form; the library has none of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleText {
    /// Name of the tab to fill in.
    pub sheet: String,
    /// A line above the table.
    pub title: Option<String>,
    /// How to fill it in, line by line.
    pub notes: Vec<String>,
    /// Name of the tab that lists what a cell may hold.
    pub allowed: String,
    /// Put behind the heading of a required field, as " (*)".
    pub required_mark: String,
}

/// Rows below the heading that offer their choices as a list.
const ROWS_WITH_LISTS: u32 = 5000;

/// An empty form: headings, one row of examples, and a second sheet with the values that each choice allows,
/// offered as lists in the cells.
pub fn sample(schema: &Schema, text: &SampleText) -> Result<Vec<u8>, WriteProblem> {
    let mut spec = SheetSpec::of(schema, &text.sheet, Vec::new());
    spec.title.clone_from(&text.title);
    spec.notes.clone_from(&text.notes);
    for (column, field) in spec.columns.iter_mut().zip(&schema.fields) {
        column.width = Some(width(column, field));
        if field.required {
            column.heading.push_str(&text.required_mark);
        }
    }
    let mut workbook = Workbook::new();
    let heading = table(workbook.add_worksheet(), &spec)?;
    let lists = allowed_values(&mut workbook, schema, &tab_name(&text.allowed))?;
    let sheet = workbook.worksheet_from_index(0)?;
    let example = Format::new().set_italic().set_num_format("@");
    for (c, field) in (0u16..).zip(&schema.fields) {
        if let Some(text) = &field.example {
            sheet.write_string_with_format(heading + 1, c, shown(text), &example)?;
        }
    }
    for (column, range) in lists {
        // A warning would stop spellings that are read all the same: the list only offers.
        let list = DataValidation::new()
            .allow_list_formula(Formula::new(range))
            .ignore_blank(true)
            .show_error_message(false);
        sheet.add_data_validation(heading + 1, column, heading + ROWS_WITH_LISTS, column, &list)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// Fills the second sheet, a column for each field with choices; returns where each list stands.
fn allowed_values(
    workbook: &mut Workbook,
    schema: &Schema,
    name: &str,
) -> Result<Vec<(u16, String)>, WriteProblem> {
    let with_choices = (0u16..).zip(&schema.fields).filter(|(_, f)| !f.choices().is_empty());
    let with_choices: Vec<(u16, &Field)> = with_choices.collect();
    if with_choices.is_empty() {
        return Ok(Vec::new());
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    let bold = Format::new().set_bold();
    let mut lists = Vec::new();
    for (c, (column, field)) in (0u16..).zip(with_choices) {
        sheet.write_string_with_format(0, c, shown(field.heading()), &bold)?;
        let labels: Vec<&str> = field.choices().iter().map(|choice| choice.label()).collect();
        let longest = labels.iter().map(|l| l.chars().count()).max().unwrap_or(0);
        sheet.set_column_width(c, longest.clamp(10, 50) as f64 + 2.0)?;
        for (r, label) in (1u32..).zip(&labels) {
            sheet.write_string(r, c, shown(label))?;
        }
        let letters = crate::grid::column_letters(c);
        let quoted = name.replace('\'', "''");
        lists.push((column, format!("='{quoted}'!${letters}$2:${letters}${}", labels.len() + 1)));
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(lists)
}

fn width(column: &Column, field: &Field) -> f64 {
    let usual = match field.kind {
        Kind::Name => 28,
        Kind::Text => 24,
        Kind::PersonalNumber => 16,
        _ => 12,
    };
    let heading = column.heading.split(' ').map(|w| w.chars().count()).max().unwrap_or(0) + 4;
    usual.max(heading).max(field.example.as_ref().map_or(0, |e| e.chars().count() + 2)).min(50) as f64
}

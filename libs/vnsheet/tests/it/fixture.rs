use rust_xlsxwriter::{Workbook, Worksheet};
use vnsheet::{Choice, Field, Grid, Kind, Limits, Mapping, Row, RowRead, Schema, SkipReason, rows};

/// The fields of a list of residents.
pub fn residents() -> Schema {
    let sex = vec![Choice::new("male", &["Nam"]), Choice::new("female", &["Nữ"])];
    let ethnic = ["Kinh", "Tày", "Mông", "Dao", "Giáy", "Mường"].map(|name| Choice::new(name, &[name]));
    Schema::new([
        Field::new("household", Kind::Text, &["Số hộ", "STT hộ", "Số sổ hộ khẩu", "Mã hộ"]).fill_down(),
        Field::new("name", Kind::Name, &["Họ và tên", "Họ tên thành viên"]).required().max_chars(100),
        Field::new("birth", Kind::Date, &["Ngày sinh", "Ngày tháng năm sinh", "Năm sinh"]),
        Field::new("sex", Kind::Choice(sex), &["Giới tính", "Nam/Nữ"]),
        Field::new("ethnic", Kind::Choice(ethnic.into()), &["Dân tộc"]),
        Field::new(
            "number",
            Kind::PersonalNumber,
            &["Số CCCD", "CMND/CCCD", "Số định danh cá nhân", "Số ĐDCN"],
        ),
        Field::new("relation", Kind::Text, &["Quan hệ với chủ hộ"]),
        Field::new("phone", Kind::Phone, &["Số điện thoại", "Điện thoại"]),
        Field::new("insured", Kind::YesNo, &["Thẻ BHYT", "Bảo hiểm y tế"]),
        Field::new("children", Kind::Whole, &["Số con"]),
        Field::new("area", Kind::Decimal, &["Diện tích (m2)"]),
    ])
}

/// A file with one sheet.
pub fn file(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

/// A file with one sheet of texts, from the first row.
pub fn texts(lines: &[&[&str]]) -> Vec<u8> {
    file(|sheet| {
        for (r, line) in (0..).zip(lines) {
            for (c, text) in (0..).zip(*line) {
                if !text.is_empty() {
                    sheet.write_string(r, c, *text).unwrap();
                }
            }
        }
    })
}

pub struct Sheet {
    pub schema: Schema,
    pub grid: Grid,
    pub mapping: Mapping,
}

pub fn open(bytes: &[u8]) -> Sheet {
    let schema = residents();
    let mut book = vnsheet::Workbook::open(bytes, &Limits::default()).unwrap();
    let (_, grid, mapping) = book.best_sheet(&schema).unwrap().expect("a heading");
    Sheet { schema, grid, mapping }
}

impl Sheet {
    pub fn rows(&self) -> Vec<RowRead> {
        rows(&self.grid, &self.schema, &self.mapping).collect()
    }

    pub fn data(&self) -> Vec<Row> {
        let rows = self.rows().into_iter();
        rows.filter_map(|r| if let RowRead::Data(row) = r { Some(row) } else { None }).collect()
    }

    pub fn skipped(&self) -> Vec<SkipReason> {
        let rows = self.rows().into_iter();
        rows.filter_map(|r| if let RowRead::Skipped { reason, .. } = r { Some(reason) } else { None })
            .collect()
    }

    /// A row as short text, to compare at a glance: values or the keys of problems.
    pub fn shown(&self, row: &Row, keys: &[&str]) -> String {
        let cells = keys.iter().map(|key| {
            let cell = &row.cells[self.schema.index(key).unwrap()];
            match &cell.result {
                Ok(value) => plain(value),
                Err(problem) => format!("!{}", problem.kind.key()),
            }
        });
        cells.collect::<Vec<_>>().join("|")
    }

    pub fn all_shown(&self, keys: &[&str]) -> Vec<String> {
        self.data().iter().map(|row| self.shown(row, keys)).collect()
    }

    pub fn field_of(&self, column: u16) -> Option<&str> {
        self.mapping.columns.iter().find(|c| c.column == column)?.field.as_deref()
    }
}

fn plain(value: &vnsheet::Value) -> String {
    use vnsheet::Value as V;
    match value {
        V::Empty => String::new(),
        V::Text(t) | V::Choice(t) | V::PersonalNumber(t) | V::Phone(t) => t.clone(),
        V::Date(day) => day.to_string(),
        V::Month(y, m) => format!("{y}-{m:02}"),
        V::Year(y) => y.to_string(),
        V::Whole(n) => n.to_string(),
        V::Decimal(n) => n.to_string(),
        V::YesNo(yes) => yes.to_string(),
    }
}

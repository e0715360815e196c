//! The columns of a list of people. What they mean stands here; under which headings they go stands in
//! `data/import-headings/`, so that a spelling needs no new program.

use crate::lists::Lists;
use platform::{Ctx, Error, Result};
use serde::Deserialize;
use std::collections::HashMap;
use vnsheet::{Choice, Field, Kind, Schema};

/// To what a column belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// Tells which rows are one household, or nothing that is kept.
    Key,
    Household,
    Person,
    /// A list in one cell, see [`super::extra`].
    Extra,
}

/// One column.
pub(crate) struct Spec {
    /// Its name in code: that of [`crate::person::RawPerson`] or [`crate::household::RawHousehold`].
    pub key: &'static str,
    /// Its name in forms.
    pub form: &'static str,
    pub of: Of,
    shape: Shape,
}

#[derive(Clone, Copy)]
enum Shape {
    Text,
    /// A list of words, as long as it is.
    Words,
    Name,
    Sex,
    Poverty,
    Date,
    Number,
    Phone,
    YesNo,
}

const fn spec(key: &'static str, form: &'static str, of: Of, shape: Shape) -> Spec {
    Spec { key, form, of, shape }
}

/// All columns, in the order in which we write them.
pub(crate) const SPECS: [Spec; 33] = [
    spec("row_no", "stt", Of::Key, Shape::Text),
    spec("household_no", "so-thu-tu-ho", Of::Key, Shape::Text),
    spec("book_no", "so-so", Of::Household, Shape::Text),
    spec("head_name", "ten-chu-ho", Of::Key, Shape::Text),
    spec("full_name", "ho-ten", Of::Person, Shape::Name),
    spec("relation", "quan-he", Of::Person, Shape::Text),
    spec("sex", "gioi-tinh", Of::Person, Shape::Sex),
    spec("birth", "ngay-sinh", Of::Person, Shape::Date),
    spec("personal_no", "so-dinh-danh", Of::Person, Shape::Number),
    spec("previous_no", "so-cu", Of::Person, Shape::Number),
    spec("ethnic", "dan-toc", Of::Person, Shape::Text),
    spec("religion", "ton-giao", Of::Person, Shape::Text),
    spec("village", "thon", Of::Household, Shape::Text),
    spec("address", "dia-chi", Of::Household, Shape::Text),
    spec("residence", "cu-tru", Of::Person, Shape::Text),
    spec("phone", "dien-thoai", Of::Person, Shape::Phone),
    spec("smartphone", "dien-thoai-thong-minh", Of::Person, Shape::YesNo),
    spec("payment_account", "tai-khoan", Of::Person, Shape::YesNo),
    spec("insurance_no", "so-bhyt", Of::Person, Shape::Text),
    spec("insurance_until", "bhyt-den-ngay", Of::Person, Shape::Date),
    spec("education", "hoc-van", Of::Person, Shape::Text),
    spec("occupation", "nghe-nghiep", Of::Person, Shape::Text),
    spec("disability", "khuyet-tat", Of::Person, Shape::Text),
    spec("meritorious", "nguoi-co-cong", Of::Person, Shape::Text),
    spec("tax_no", "ma-so-thue", Of::Person, Shape::Text),
    spec("poverty", "ho-ngheo", Of::Household, Shape::Poverty),
    spec("household_residence", "loai-ho", Of::Household, Shape::Text),
    spec("fibre", "cap-quang", Of::Household, Shape::YesNo),
    spec("water", "nuoc-sach", Of::Household, Shape::YesNo),
    spec("electric", "dien", Of::Household, Shape::YesNo),
    spec("skills", "ky-nang", Of::Extra, Shape::Words),
    spec("crops", "cay-trong", Of::Extra, Shape::Words),
    spec("herds", "vat-nuoi", Of::Extra, Shape::Words),
];

/// Nothing in a list of people is longer, in characters.
const TEXT_MAX: usize = 200;

/// The column with this name in code or in forms.
pub(crate) fn find(name: &str) -> Option<&'static Spec> {
    SPECS.iter().find(|spec| spec.key == name || spec.form == name)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Headings {
    field: Vec<Heading>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Heading {
    key: String,
    labels: Vec<String>,
}

/// The schema with the headings in force today.
///
/// # Errors
/// Internal when the file of headings names an unknown column or leaves one out.
pub(crate) fn load(ctx: &Ctx) -> Result<Schema> {
    let headings = ctx.app.law.in_force::<Headings>("import-headings", ctx.today())?.content;
    build(&headings).map_err(|wrong| Error::internal(format!("import-headings: {wrong}")))
}

fn build(headings: &Headings) -> Result<Schema, String> {
    let mut labels: HashMap<String, Vec<String>> = HashMap::new();
    for heading in &headings.field {
        if find(&heading.key).is_none_or(|spec| spec.key != heading.key) || heading.labels.is_empty() {
            return Err(format!("{} is no column, or has no label", heading.key));
        }
        labels.entry(heading.key.clone()).or_default().extend(heading.labels.iter().cloned());
    }
    let fields = SPECS.iter().map(|spec| match labels.remove(spec.key) {
        Some(labels) => Ok(spec.field(labels)),
        None => Err(format!("{} is missing", spec.key)),
    });
    Ok(Schema { fields: fields.collect::<Result<Vec<_>, String>>()? })
}

impl Spec {
    fn field(&self, labels: Vec<String>) -> Field {
        let kind = match self.shape {
            Shape::Text | Shape::Words => Kind::Text,
            Shape::Name => Kind::Name,
            Shape::Sex => Kind::Choice(vec![
                Choice::new("male", &["Nam", "Trai", "Ông", "Anh"]),
                Choice::new("female", &["Nữ", "Gái", "Bà", "Chị", "Nu"]),
            ]),
            Shape::Poverty => Kind::Choice(vec![
                Choice::new("poor", &["Hộ nghèo", "Nghèo", "HN"]),
                Choice::new("near_poor", &["Hộ cận nghèo", "Cận nghèo", "HCN", "CN"]),
                Choice::new(
                    "none",
                    &[
                        "Không",
                        "Không nghèo",
                        "Không thuộc diện",
                        "Hộ trung bình",
                        "Trung bình",
                        "Khá",
                        "Hộ khá",
                        "Bình thường",
                        "0",
                    ],
                ),
            ]),
            Shape::Date => Kind::Date,
            Shape::Number => Kind::PersonalNumber,
            Shape::Phone => Kind::Phone,
            Shape::YesNo => Kind::YesNo,
        };
        let mut field = Field { labels, ..Field::new(self.key, kind, &[]) };
        field.required = self.key == "full_name";
        field.max_chars = matches!(self.shape, Shape::Text | Shape::Name).then_some(TEXT_MAX);
        field
    }
}

/// The schema of the empty form: lists of words are offered in the cells.
pub(crate) fn with_lists(schema: &Schema, lists: &Lists, villages: &[String]) -> Schema {
    let mut schema = schema.clone();
    for field in &mut schema.fields {
        let list = match field.key.as_str() {
            "relation" => &lists.relation,
            "ethnic" => &lists.ethnic,
            "religion" => &lists.religion,
            "education" => &lists.education,
            "disability" => &lists.disability,
            "meritorious" => &lists.meritorious,
            "village" => {
                field.kind = Kind::Choice(villages.iter().map(|name| Choice::new(name, &[name])).collect());
                continue;
            }
            _ => continue,
        };
        field.kind =
            Kind::Choice(list.items().iter().map(|item| Choice::new(&item.code, &[&item.vi])).collect());
    }
    schema
}

#[cfg(test)]
pub(super) fn built_in() -> Schema {
    let text = include_str!("../../../../data/import-headings/2026-01-01.toml");
    build(&toml::from_str(text).expect("TOML")).expect("all columns")
}

#[cfg(test)]
mod tests {
    use super::*;
    use vnsheet::{Cell, Grid, GridRow, find_header};

    fn mapped(headings: &[&str]) -> Vec<Option<String>> {
        let cells = headings.iter().map(|text| Cell::Text((*text).to_owned())).collect();
        let grid = Grid { rows: vec![GridRow { number: 1, cells }], merges: Vec::new(), date_1904: false };
        let mapping = find_header(&grid, &built_in()).expect("a heading");
        (0..headings.len())
            .map(|at| {
                mapping.columns.iter().find(|c| usize::from(c.column) == at).and_then(|c| c.field.clone())
            })
            .collect()
    }

    #[test]
    fn usual_headings_are_known() {
        let lists = [
            "STT=row_no|STT hộ=household_no|Họ và tên=full_name|Quan hệ với chủ hộ=relation|Giới tính=sex|\
             Ngày sinh=birth|CCCD=personal_no|Dân tộc=ethnic|Thôn=village|SĐT=phone",
            "TT=row_no|HỌ TÊN CHỦ HỘ=head_name|HỌ TÊN=full_name|QH VỚI CHỦ HỘ=relation|NTNS=birth|\
             SỐ ĐDCN=personal_no|SỐ CMND=previous_no|THẺ BHYT=insurance_no|HẠN THẺ BHYT=insurance_until",
            "Số hộ khẩu=book_no|Họ, chữ đệm và tên khai sinh=full_name|Nam/Nữ=sex|Năm sinh=birth|\
             Số điện thoại=phone|Điện thoại thông minh=smartphone|Nghề nghiệp=occupation|\
             Trình độ học vấn=education|Địa chỉ=address",
        ];
        for list in lists {
            let (headings, fields): (Vec<&str>, Vec<&str>) =
                list.split('|').map(|pair| pair.split_once('=').unwrap()).unzip();
            let wanted: Vec<Option<String>> = fields.iter().map(|field| Some((*field).to_owned())).collect();
            assert_eq!(mapped(&headings), wanted, "{headings:?}");
        }
    }

    #[test]
    fn every_own_heading_is_found_again() {
        let schema = built_in();
        let headings: Vec<&str> = schema.fields.iter().map(Field::heading).collect();
        let wanted: Vec<Option<String>> = schema.fields.iter().map(|field| Some(field.key.clone())).collect();
        assert_eq!(mapped(&headings), wanted);
    }
}

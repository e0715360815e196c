use super::*;
use crate::household::{Poverty, Residence as HouseResidence, State as HouseState};
use crate::import::row::Outcome;
use crate::import::{group, read, schema};
use crate::person::{Membership, RawPerson, State};
use proptest::prelude::*;
use std::sync::LazyLock;
use units::{Kind, Unit};
use vnsheet::{Cell, Grid, GridRow, find_header};

const HEADINGS: [&str; 10] = [
    "STT hộ",
    "Họ và tên",
    "Quan hệ với chủ hộ",
    "Giới tính",
    "Ngày sinh",
    "Số CCCD",
    "Dân tộc",
    "Thôn",
    "SĐT",
    "Hộ nghèo",
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 10).unwrap()
}

fn village(id: u128, name: &str) -> Unit {
    Unit {
        id: Uuid::from_u128(id),
        kind: Kind::Village,
        code: String::new(),
        name: name.into(),
        sort_key: name.into(),
        slug: units::slug_of(name),
        parent_id: None,
        valid_from: NaiveDate::MIN,
        valid_to: NaiveDate::MAX,
        note: String::new(),
        revision: 1,
    }
}

/// Read once: random cases are many.
static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../../data/code-lists/2026-01-01.toml")).expect("TOML")
});
static SCHEMA: LazyLock<vnsheet::Schema> = LazyLock::new(schema::built_in);

fn villages() -> Villages {
    Villages::of(vec![village(1, "Thôn Đông Căm"), village(6, "Thôn 06")])
}

/// Reads a table as if it stood in a sheet whose heading is row 1.
fn table(headings: &[&str], rows: &[&[&str]]) -> Vec<Line> {
    let row = |number: u32, cells: &[&str]| {
        let cells = cells
            .iter()
            .map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) });
        GridRow { number, cells: cells.collect() }
    };
    let mut all = vec![row(1, headings)];
    all.extend((2u32..).zip(rows).map(|(number, cells)| row(number, cells)));
    let grid = Grid { rows: all, merges: Vec::new(), date_1904: false };
    let schema = &*SCHEMA;
    let mapping = find_header(&grid, schema).expect("a heading");
    read::lines_of(&grid, schema, &mapping)
}

fn judge(mut lines: Vec<Line>, known: &Known) -> Checked {
    let (lists, villages) = (&*LISTS, villages());
    let keys = group::keys(&mut lines, lists);
    let ground = Ground { lists, villages: &villages, today: today(), village: "", ethnic: "" };
    check(&lines, &keys, &ground, known)
}

fn judged(rows: &[&[&str]]) -> Checked {
    judge(table(&HEADINGS, rows), &Known::default())
}

/// What is wrong in a row, as (column, sentence).
fn wrong(checked: &Checked, at: usize) -> Vec<(String, String)> {
    checked.rows[at]
        .verdict
        .wrong
        .iter()
        .map(|problem| (problem.field.clone(), problem.key.clone()))
        .collect()
}

fn only(field: &str, key: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), key.to_owned())]
}

const HEAD_ROW: [&str; 10] = [
    "1",
    "LÒ VĂN MẪU",
    "Chủ hộ",
    "Nam",
    "12/05/1980",
    "010080000017",
    "Tày",
    "Thôn Đông Căm",
    "0912345678",
    "x",
];
const WIFE_ROW: [&str; 10] = ["", "Vàng Thị Ví Dụ", "Vợ", "Nữ", "1982", "", "tay", "", "", ""];

/// The head's row with other cells.
fn head(cells: &[(usize, &'static str)]) -> [&'static str; 10] {
    let mut row = HEAD_ROW;
    for (at, text) in cells {
        row[*at] = text;
    }
    row
}

#[test]
fn a_household_is_read_as_people_write_it() {
    let checked = judged(&[&HEAD_ROW, &WIFE_ROW]);
    assert_eq!(wrong(&checked, 0), vec![]);
    assert_eq!(wrong(&checked, 1), vec![]);
    let person = checked.rows[0].person.as_ref().unwrap();
    assert_eq!(person.facts.full_name, "Lò Văn Mẫu");
    assert_eq!(person.facts.phone.as_deref(), Some("+84912345678"));
    assert_eq!(checked.rows[1].person.as_ref().unwrap().relation, "spouse");
    assert_eq!(checked.houses.len(), 1);
    let facts = checked.houses[0].facts.as_ref().unwrap();
    assert_eq!((facts.village_id, facts.poverty), (Uuid::from_u128(1), Poverty::Poor));
    let counts = checked.counts();
    assert_eq!((counts.new_households, counts.new_people, counts.faulty), (1, 2, 0));
}

#[test]
fn decomposed_letters_become_whole_ones() {
    let name = "Nguye\u{302}\u{303}n Va\u{306}n Mẫu";
    let checked = judged(&[&head(&[(1, name)])]);
    assert_eq!(checked.rows[0].person.as_ref().unwrap().facts.full_name, "Nguyễn Văn Mẫu");
}

#[test]
fn names_with_script_or_pictures_are_refused_at_the_cell() {
    for (name, key) in [
        ("<b>Lò Văn Mẫu</b>", "registry-name-markup"),
        ("Lò Văn 😀", "registry-name-symbol"),
        ("Lò Văn 2", "registry-name-digit"),
    ] {
        let checked = judged(&[&head(&[(1, name)]), &WIFE_ROW]);
        assert_eq!(wrong(&checked, 0), only("full_name", key), "{name}");
    }
}

#[test]
fn a_cell_of_ten_thousand_characters_is_refused() {
    let long: &'static str = Box::leak("a ".repeat(5_000).into_boxed_str());
    let checked = judged(&[&head(&[(1, long)]), &WIFE_ROW]);
    assert_eq!(wrong(&checked, 0), only("full_name", "registry-import-cell-too-long"));
    assert!(checked.rows[0].verdict.wrong[0].args.values().all(|arg| format!("{arg:?}").len() < 100));
}

#[test]
fn a_birth_in_the_future_or_on_no_day_is_refused() {
    for (birth, key) in [
        ("01/01/2090", "registry-birth-in-future"),
        ("2090", "registry-birth-in-future"),
        ("31/02/1980", "registry-import-cell-date-impossible"),
        ("12/31/1980", "registry-import-cell-date-month-first"),
        ("01/01/80", "registry-import-cell-date-short-year"),
        ("hôm qua", "registry-import-cell-date-form"),
    ] {
        let checked = judged(&[&head(&[(4, birth), (5, "")]), &WIFE_ROW]);
        assert_eq!(wrong(&checked, 0), only("birth", key), "{birth}");
    }
}

#[test]
fn a_number_that_contradicts_birth_or_sex_is_refused() {
    let checked = judged(&[&head(&[(4, "12/05/1981")])]);
    assert_eq!(wrong(&checked, 0), only("personal_no", "registry-number-birth"));
    let checked = judged(&[&head(&[(3, "Nữ")])]);
    assert_eq!(wrong(&checked, 0), only("personal_no", "registry-number-sex"));
    let checked = judged(&[&head(&[(5, "1.0080E+11")])]);
    assert_eq!(wrong(&checked, 0), only("personal_no", "registry-import-cell-personal-number-rounded"));
}

#[test]
fn two_people_with_one_number_point_at_each_other() {
    let other = head(&[(0, "2"), (1, "Lò Văn Thử")]);
    let checked = judged(&[&HEAD_ROW, &other]);
    for (at, row) in [(0, 3), (1, 2)] {
        let problem = &checked.rows[at].verdict.wrong[0];
        assert_eq!(
            (problem.field.as_str(), problem.key.as_str()),
            ("personal_no", "registry-import-number-in-row")
        );
        assert_eq!(problem.args["row"], platform::i18n::Arg::from(row));
    }
}

#[test]
fn a_household_needs_one_head() {
    let checked = judged(&[&head(&[(2, "Con")]), &WIFE_ROW]);
    assert_eq!(wrong(&checked, 0), only("relation", "registry-import-no-head"));
    assert_eq!(wrong(&checked, 1), vec![]);
    assert_eq!(checked.counts().waiting, 1);
    let mut second = WIFE_ROW;
    (second[0], second[2]) = ("1", "Chủ hộ");
    second[7] = "Thôn Đông Căm";
    let checked = judged(&[&HEAD_ROW, &second]);
    assert_eq!(wrong(&checked, 1), only("relation", "registry-import-two-heads"));
}

#[test]
fn unknown_villages_relations_and_marks_are_named() {
    let checked = judged(&[&head(&[(7, "Thôn Không Có")])]);
    assert_eq!(wrong(&checked, 0), only("village", "registry-village-unknown"));
    let checked = judged(&[&head(&[(7, "")])]);
    assert_eq!(wrong(&checked, 0), only("village", "registry-village-empty"));
    let checked =
        judged(&[&HEAD_ROW, &["", "Vàng Thị Thử", "hàng xóm của bác", "Nữ", "1982", "", "Tày", "", "", ""]]);
    assert_eq!(wrong(&checked, 1), only("relation", "registry-word-unknown"));
    let checked = judged(&[&head(&[(3, "x"), (5, "")])]);
    assert_eq!(wrong(&checked, 0), only("sex", "registry-import-cell-choice-unknown"));
}

#[test]
fn columns_of_marks_say_the_sex() {
    let headings = ["STT hộ", "Họ và tên", "Quan hệ", "Nam", "Nữ", "Năm sinh", "Dân tộc", "Thôn"];
    let rows: [&[&str]; 2] = [
        &["1", "Lò Văn Mẫu", "Chủ hộ", "x", "", "1980", "Tày", "6"],
        &["", "Lò Thị Thử", "Con", "x", "x", "2010", "Tày", ""],
    ];
    let checked = judge(table(&headings, &rows), &Known::default());
    assert_eq!(wrong(&checked, 0), vec![]);
    assert_eq!(wrong(&checked, 1), only("sex", "registry-import-cell-two-marks"));
}

#[test]
fn titles_of_groups_name_the_village() {
    let headings = ["STT hộ", "Họ và tên", "Quan hệ", "Giới tính", "Năm sinh", "Dân tộc"];
    let rows: [&[&str]; 4] = [
        &["Thôn Đông Căm"],
        &["1", "Lò Văn Mẫu", "Chủ hộ", "Nam", "1980", "Tày"],
        &["II. Thôn 06"],
        &["1", "Lò Văn Thử", "Chủ hộ", "Nam", "1981", "Tày"],
    ];
    let checked = judge(table(&headings, &rows), &Known::default());
    let homes: Vec<Uuid> = checked
        .houses
        .iter()
        .filter_map(|house| house.facts.as_ref())
        .map(|facts| facts.village_id)
        .collect();
    assert_eq!(homes, [Uuid::from_u128(1), Uuid::from_u128(6)]);
}

/// A registry with the household of [`HEAD_ROW`].
fn registry() -> Known {
    let checked = judged(&[&HEAD_ROW]);
    let new = checked.rows[0].person.clone().unwrap();
    let (id, home) = (Uuid::from_u128(100), Uuid::from_u128(200));
    let place = Membership {
        household_id: home,
        village_id: Uuid::from_u128(1),
        relation: new.relation,
        residence: new.residence,
    };
    let person = Person {
        id,
        code: "N-0000-000".into(),
        facts: new.facts,
        place,
        state: State::Present,
        died_on: None,
        left_on: None,
        merged_into: None,
        revision: 1,
    };
    let facts = HouseholdFacts { head_person_id: Some(id), ..checked.houses[0].facts.clone().unwrap() };
    assert_eq!(facts.residence, HouseResidence::Permanent);
    let household = Household {
        id: home,
        code: "H-0000-000".into(),
        facts,
        size: 1,
        state: HouseState::Active,
        ended_on: None,
        end_reason: String::new(),
        revision: 1,
    };
    let name = (vntext::fold(&person.facts.full_name), person.facts.birth_date);
    Known {
        by_number: HashMap::from([(person.facts.personal_no.clone().unwrap(), 0)]),
        by_name: HashMap::from([(name, vec![0])]),
        people: vec![person],
        households: HashMap::from([(home, household)]),
        books: HashMap::new(),
        extra: KnownExtra::default(),
    }
}

#[test]
fn people_of_the_registry_are_matched_and_not_doubled() {
    let known = registry();
    let checked = judge(table(&HEADINGS, &[&HEAD_ROW, &WIFE_ROW]), &known);
    assert_eq!(checked.rows[0].verdict.outcome, Outcome::Same);
    assert_eq!(checked.rows[1].verdict.outcome, Outcome::New);
    assert_eq!(checked.houses[0].existing, Some(Uuid::from_u128(200)));
    assert_eq!(
        (checked.counts().new_households, checked.counts().new_people, checked.counts().same),
        (0, 1, 1)
    );
    // Without number: by name, birth date and village; the year alone is not less than the registry knows.
    let checked = judge(table(&HEADINGS, &[&head(&[(5, "")])]), &known);
    assert_eq!(checked.rows[0].verdict.outcome, Outcome::Same);
    let checked = judge(table(&HEADINGS, &[&head(&[(4, "1980")])]), &known);
    assert_eq!(checked.rows[0].verdict.outcome, Outcome::Same);
}

#[test]
fn what_the_file_says_differently_is_shown() {
    let checked = judge(table(&HEADINGS, &[&head(&[(8, "0987654321"), (9, "Hộ cận nghèo")])]), &registry());
    assert_eq!(checked.rows[0].verdict.outcome, Outcome::Changed);
    assert_eq!(checked.rows[0].verdict.differs, ["phone", "poverty"]);
    assert!(checked.houses[0].changed);
}

#[test]
fn the_registry_objects_to_numbers_and_heads_of_others() {
    let checked = judge(table(&HEADINGS, &[&head(&[(1, "Giàng A Thử"), (4, "12/05/1990")])]), &registry());
    assert!(wrong(&checked, 0).contains(&("personal_no".into(), "registry-import-number-of-other".into())));
    let second = head(&[(1, "Giàng A Thử"), (4, "1990"), (5, ""), (0, "")]);
    let row = head(&[(2, "Con")]);
    let checked = judge(table(&HEADINGS, &[&row, &second]), &registry());
    assert!(wrong(&checked, 0).contains(&("relation".into(), "registry-import-head-differs".into())));
}

#[test]
fn a_row_typed_anew_is_read_like_a_cell() {
    let schema = &*SCHEMA;
    let texts =
        [("full_name", "LÒ VĂN MẪU"), ("birth", "1/2/1990"), ("personal_no", "10090000123"), ("sex", "nam")];
    let texts = texts.into_iter().map(|(key, text)| (key.to_owned(), text.to_owned())).collect();
    let line = read::typed(7, &texts, schema);
    assert_eq!(line.row, 7);
    assert_eq!(line.text("full_name"), "Lò Văn Mẫu");
    assert_eq!(line.text("birth"), "01/02/1990");
    assert_eq!(line.text("personal_no"), "010090000123");
    assert_eq!(line.text("sex"), "Nam");
}

proptest! {
    /// Whatever stands in the cells: no panic, every row is judged, and what is right may be stored.
    #[test]
    fn any_cells_may_come(rows in proptest::collection::vec(proptest::collection::vec("\\PC{0,14}|[0-9]{9,12}|Chủ hộ|Nam|1980", 10), 1..8)) {
        let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
        let lines = table(&HEADINGS, &cells);
        let count = lines.len();
        let checked = judge(lines, &registry());
        prop_assert_eq!(checked.rows.len(), count);
        let in_houses: usize = checked.houses.iter().map(|house| house.rows.len()).sum();
        prop_assert_eq!(in_houses, count);
        let counts = checked.counts();
        prop_assert_eq!(counts.new_people + counts.same + counts.changed + counts.faulty + counts.waiting, count as u64);
        for row in &checked.rows {
            prop_assert!(!row.verdict.is_right() || row.person.is_some());
        }
    }

    /// What the check lets in, it lets in again: reading its own words changes nothing.
    #[test]
    fn right_people_stay_right(year in 1930i32..2020, month in 1u32..13, day in 1u32..29, male: bool) {
        let sex = if male { "Nam" } else { "Nữ" };
        let birth = format!("{day:02}/{month:02}/{year}");
        let row = ["1", "Lò Văn Mẫu", "Chủ hộ", sex, &birth, "", "Tày", "6", "", ""];
        let checked = judged(&[&row]);
        prop_assert_eq!(wrong(&checked, 0), vec![]);
        let person = checked.rows[0].person.clone().unwrap();
        let place = Membership { household_id: Uuid::nil(), village_id: Uuid::nil(), relation: person.relation.clone(), residence: person.residence };
        let again = crate::person::NewPerson::check(&RawPerson::of(&person.facts, &place), &LISTS, today()).unwrap();
        prop_assert_eq!(again.facts, person.facts);
    }
}

//! Times the reading of a list of 10,000 people with 20 columns:
//! `cargo run --release -p vnsheet --example speed`.

#![allow(clippy::print_stdout)] // a program for the terminal

use std::time::Instant;
use vnsheet::{Choice, Field, Kind, Limits, Remark, RowRead, Schema, SheetSpec, Value, Workbook};
use vnsheet::{annotate, find_header, rows, write_table};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sex = vec![Choice::new("m", &["Nam"]), Choice::new("f", &["Nữ"])];
    let mut fields = vec![
        Field::new("name", Kind::Name, &["Họ và tên"]).required(),
        Field::new("birth", Kind::Date, &["Ngày sinh"]),
        Field::new("sex", Kind::Choice(sex), &["Giới tính"]),
        Field::new("number", Kind::PersonalNumber, &["Số CCCD"]),
        Field::new("phone", Kind::Phone, &["Số điện thoại"]),
        Field::new("insured", Kind::YesNo, &["Thẻ BHYT"]),
        Field::new("children", Kind::Whole, &["Số con"]),
    ];
    let others = [
        "Nghề nghiệp",
        "Học vấn",
        "Nơi sinh",
        "Quê quán",
        "Tôn giáo",
        "Chỗ ở",
        "Kỹ năng",
        "Hội viên",
        "Ghi chú",
        "Cây trồng",
        "Vật nuôi",
        "Nguồn nước",
        "Nhà ở",
    ];
    fields.extend(others.map(|heading| Field::new(heading, Kind::Text, &[heading])));
    let schema = Schema::new(fields);
    let people = (0..10_000i64).map(|n| {
        let mut row = vec![
            Value::Text(format!("Nguyễn Thị Mẫu {n}")),
            Value::Date(
                chrono::NaiveDate::from_ymd_opt(1950, 1, 1).expect("a day") + chrono::TimeDelta::days(n),
            ),
            Value::Choice(if n % 2 == 0 { "m" } else { "f" }.into()),
            Value::PersonalNumber(format!("010{n:09}")),
            Value::Phone(format!("09{n:08}")),
            Value::YesNo(n % 3 == 0),
            Value::Whole(n % 5),
        ];
        row.extend(others.iter().map(|heading| Value::Text(format!("{heading} {}", n % 97))));
        row
    });
    let spec = SheetSpec::of(&schema, "Dân cư", people.collect());
    let start = Instant::now();
    let bytes = write_table(&spec)?;
    println!("write    {:>7.1?}  {} kB", start.elapsed(), bytes.len() / 1024);
    for _ in 0..3 {
        let start = Instant::now();
        let mut book = Workbook::open(&bytes, &Limits::default())?;
        let opened = start.elapsed();
        let grid = book.grid(0)?;
        let read = start.elapsed();
        let mapping = find_header(&grid, &schema).ok_or("no heading")?;
        let mapped = start.elapsed();
        let right = rows(&grid, &schema, &mapping)
            .filter(|r| matches!(r, RowRead::Data(row) if row.is_right()))
            .count();
        let typed = start.elapsed();
        println!(
            "open {opened:.1?}, cells {:.1?}, heading {:.1?}, typed {:.1?}: total {typed:.1?}, {right} rows right",
            read - opened,
            mapped - read,
            typed - mapped
        );
    }
    let start = Instant::now();
    let remarks: Vec<Remark> = (2..502).map(|row| Remark { row, text: "Cần sửa".into() }).collect();
    let marked = annotate(&bytes, &Limits::default(), 0, 1, "Cần sửa", &remarks)?;
    println!("annotate {:>7.1?}  {} kB", start.elapsed(), marked.len() / 1024);
    Ok(())
}

//! `sandinh tool …`: small answers that need no data.
#![allow(clippy::print_stdout)] // the answers of the commands

use crate::cli::Tool;
use chrono::NaiveDate;
use platform::{Error, Result};
use serde_json::json;
use std::process::ExitCode;
use vncal::{Limit, OfficeHours, WorkCalendar};

pub fn run(tool: Tool) -> Result<ExitCode> {
    match tool {
        Tool::Lunar { day } => lunar(day),
        Tool::Workdays { received, days, cutoff } => {
            let csv = platform::law::Law::open("".into()).undated("holidays/vn.csv")?;
            let calendar = WorkCalendar::from_csv(&csv).map_err(Error::internal)?;
            let due = calendar.deadline(received, Limit::Days(days), &OfficeHours::standard(), Some(cutoff));
            println!("{}", due.format("%Y-%m-%dT%H:%M"));
            Ok(ExitCode::SUCCESS)
        }
        Tool::Id { number } => id(&number),
    }
}

fn lunar(day: NaiveDate) -> Result<ExitCode> {
    let lunar = vncal::lunar(day).ok_or_else(|| Error::internal("the calendar knows 1900 to 2100"))?;
    let leap = if lunar.leap { " nhuận" } else { "" };
    println!("{}/{}{leap} năm {} ({})", lunar.day, lunar.month, vncal::year_name(lunar.year), lunar.year);
    Ok(ExitCode::SUCCESS)
}

fn id(text: &str) -> Result<ExitCode> {
    let number = match vnid::PersonalNumber::parse(text) {
        Ok(number) => number,
        Err(problem) => {
            println!("{}", json!({ "valid": false, "problem": problem.to_string() }));
            return Ok(ExitCode::FAILURE);
        }
    };
    let warnings: Vec<String> = number.warnings().iter().map(|w| format!("{w:?}")).collect();
    let answer = json!({
        "valid": true,
        "birth_place": number.birth_place_name(),
        "birth_year": number.birth_year(),
        "sex": format!("{:?}", number.sex()).to_lowercase(),
        "warnings": warnings,
    });
    println!("{answer}");
    Ok(ExitCode::SUCCESS)
}

pub fn openapi() -> Result<ExitCode> {
    let document = platform::openapi::document(&sandinh::areas());
    println!("{}", document.to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}

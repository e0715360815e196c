//! `sandinh tool …`: small answers that need no data.
#![allow(clippy::print_stdout)] // the answers of the commands

use crate::cli::{Tool, Vietqr};
use chrono::NaiveDate;
use platform::{Error, Kind, Result};
use serde_json::json;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
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
        Tool::Vietqr { what: Vietqr::Encode { bin, account, amount, note } } => {
            let mut transfer = vietqr::Transfer::to_account(bin, account);
            transfer.purpose = note;
            if let Some(amount) = amount {
                transfer = transfer.with_amount(amount);
            }
            println!("{}", transfer.encode().map_err(wrong)?);
            Ok(ExitCode::SUCCESS)
        }
        Tool::Vietqr { what: Vietqr::Decode { payload } } => decode(&payload),
        Tool::Edxml { file } => edxml(&file),
    }
}

/// Runs on an official's own computer, and says where.
pub async fn sign_agent(options: signagent::Options) -> Result<ExitCode> {
    signagent::run(options, |address| println!("http://{address}")).await?;
    Ok(ExitCode::SUCCESS)
}

/// Sounds until it is stopped.
pub async fn speaker(options: speaker::Options) -> Result<ExitCode> {
    let t = platform::T(platform::Lang::Vi);
    let ending = speaker::run(options, |message| println!("{}", message.text(t))).await?;
    Ok(ExitCode::from(ending.code()))
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

/// What was typed is wrong; the detail says how.
fn wrong(problem: vietqr::EncodeProblem) -> Error {
    Error { detail: Some(problem.to_string()), ..Error::new(Kind::Invalid) }
}

fn decode(text: &str) -> Result<ExitCode> {
    let payload = match vietqr::decode(text) {
        Ok(payload) => payload,
        Err(problem) => {
            println!("{}", json!({ "valid": false, "problem": problem.to_string() }));
            return Ok(ExitCode::FAILURE);
        }
    };
    let answer = match payload.kind {
        vietqr::Kind::Transfer(transfer) => json!({
            "valid": true,
            "kind": "transfer",
            "bin": transfer.bin,
            "bank": vietqr::Banks::built_in().find(&transfer.bin).map(|bank| bank.name.as_str()),
            "account": transfer.account,
            "target": format!("{:?}", transfer.target).to_lowercase(),
            "mode": format!("{:?}", transfer.mode).to_lowercase(),
            "amount": transfer.amount,
            "bill": transfer.bill,
            "purpose": transfer.purpose,
            "merchant_name": transfer.merchant_name,
            "merchant_city": transfer.merchant_city,
        }),
        vietqr::Kind::NapasService { service } => {
            json!({ "valid": true, "kind": "napas-service", "service": service })
        }
        vietqr::Kind::VnPay => json!({ "valid": true, "kind": "vnpay" }),
        vietqr::Kind::Other => json!({ "valid": true, "kind": "other" }),
    };
    println!("{answer}");
    Ok(ExitCode::SUCCESS)
}

fn edxml(file: &Path) -> Result<ExitCode> {
    let opened = File::open(file)
        .map_err(|error| Error { detail: Some(error.to_string()), ..Error::new(Kind::NotFound) })?;
    let package = match edxml::read(BufReader::new(opened), &edxml::Limits::default()) {
        Ok(package) => package,
        Err(problem) => {
            let place = (!problem.place.is_empty()).then_some(&problem.place);
            let answer = json!({
                "valid": false,
                "problem": problem.fault.code(),
                "text": problem.to_string(),
                "line": problem.line,
                "place": place,
            });
            println!("{answer}");
            return Ok(ExitCode::FAILURE);
        }
    };
    // What a receiver may take all the same.
    let warnings: Vec<_> = edxml::check(&package)
        .iter()
        .map(|problem| json!({ "problem": problem.fault.code(), "place": problem.place }))
        .collect();
    println!("{}", json!({ "valid": true, "package": package, "warnings": warnings }));
    Ok(ExitCode::SUCCESS)
}

pub fn openapi() -> Result<ExitCode> {
    let document = platform::openapi::document(&sandinh::areas());
    println!("{}", document.to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}

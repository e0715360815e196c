//! The commands and their options, as `sandinh --help` shows them.

use chrono::{NaiveDate, NaiveDateTime};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Sân Đình: nền tảng số của xã.
#[derive(Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// Where the data stands.
#[derive(Args, Clone)]
pub struct Place {
    /// Folder of database, files, keys and settings
    #[arg(long, global = true, default_value = "sandinh-data")]
    pub data: PathBuf,
    /// PostgreSQL instead of the SQLite file in the folder: postgres://user@host/database
    #[arg(long, global = true)]
    pub database_url: Option<String>,
}

#[derive(Subcommand)]
pub enum Command {
    /// The demo commune (Gia Phú, invented people), ready to click
    Demo {
        #[arg(long)]
        data: Option<PathBuf>,
        #[arg(long)]
        database_url: Option<String>,
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
    /// A real, empty commune with its first administrator
    Init {
        #[command(flatten)]
        place: Place,
        /// Name of the commune, e.g. "Xã Gia Phú"
        #[arg(long)]
        name: String,
        /// Code of the commune in the national list, e.g. 02923
        #[arg(long)]
        code: String,
        /// Sign-in name of the administrator
        #[arg(long, default_value = "quan-tri")]
        admin: String,
    },
    /// Serve
    Serve {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        listen: Option<SocketAddr>,
    },
    /// Print the commune's figures
    Figures {
        #[command(flatten)]
        place: Place,
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
        /// yyyy-mm-dd; today if left out
        #[arg(long)]
        as_of: Option<NaiveDate>,
    },
    /// Read rows in
    Import {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        what: Import,
    },
    /// Write rows out
    Export {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        what: Export,
    },
    /// Small tools that need no data
    Tool {
        #[command(subcommand)]
        tool: Tool,
    },
    /// Write everything into one checked file, while the server runs
    Backup {
        #[command(flatten)]
        place: Place,
        dest: PathBuf,
    },
    /// Read a backup into an empty place
    Restore {
        #[command(flatten)]
        place: Place,
        src: PathBuf,
        /// Only check the backup; write nothing
        #[arg(long)]
        check: bool,
    },
    /// The append-only record
    Audit {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        what: Audit,
    },
    /// Check the installation and say what to mend
    Doctor {
        #[command(flatten)]
        place: Place,
    },
    /// Bring the database up to date
    Migrate {
        #[command(flatten)]
        place: Place,
    },
    /// On an official's own computer: sign with its USB token what the commune's page hands over
    SignAgent(signagent::Options),
    /// On a small box with a sound card: be a loudspeaker of the commune's radio
    Speaker(speaker::Options),
    /// Print the description of the JSON API (OpenAPI 3.1)
    Openapi,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Table,
    Csv,
    Json,
}

#[derive(Subcommand)]
pub enum Import {
    /// Households and people from an Excel file
    Households {
        file: PathBuf,
        /// Say what would happen; write nothing
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Subcommand)]
pub enum Export {
    /// Households and people as an Excel file
    Households { file: PathBuf },
}

#[derive(Subcommand)]
pub enum Audit {
    /// Walk the whole chain and compare every hash
    Verify,
}

#[derive(Subcommand)]
pub enum Tool {
    /// The lunar date of a day
    Lunar { day: NaiveDate },
    /// When something received then is due
    Workdays {
        /// yyyy-mm-ddThh:mm
        #[arg(value_parser = moment)]
        received: NaiveDateTime,
        #[arg(long)]
        days: u16,
        /// What comes after this time counts from the next working day
        #[arg(long, default_value = "15:00", value_parser = time)]
        cutoff: chrono::NaiveTime,
    },
    /// What a personal number says
    Id { number: String },
    /// What is in a package that agencies exchange (edXML), or why it cannot be read
    Edxml { file: PathBuf },
    /// The text behind the QR code of a bank transfer (VietQR)
    Vietqr {
        #[command(subcommand)]
        what: Vietqr,
    },
}

#[derive(Subcommand)]
pub enum Vietqr {
    /// Write it, to be drawn as a QR code
    Encode {
        /// Six digits of the payee's bank
        #[arg(long)]
        bin: String,
        #[arg(long)]
        account: String,
        /// Whole đồng; the payer types it if left out
        #[arg(long)]
        amount: Option<u64>,
        /// Message to the payee; its diacritics are taken off
        #[arg(long)]
        note: Option<String>,
    },
    /// Say what a scanned one holds
    Decode { payload: String },
}

fn moment(text: &str) -> Result<NaiveDateTime, chrono::ParseError> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
}

fn time(text: &str) -> Result<chrono::NaiveTime, chrono::ParseError> {
    chrono::NaiveTime::parse_from_str(text, "%H:%M")
}

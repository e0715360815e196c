//! Signing keys of the demo's leaders, of an authority that exists only here, under a password that the pages tell.

use crate::{Commune, Role};
use chrono::NaiveDate;
use pades::Key;
use pades::practice::{Authority, Holder};
use platform::{App, Error, Result};

const PASSWORD: &str = "sandinh";

/// A key file, and what is in it.
pub struct SigningKey {
    pub login: String,
    pub file: Vec<u8>,
    pub opened: Key,
}

/// The keys, made before any transaction. The data folder learns of their authority.
pub fn make(app: &App, demo: &Commune) -> Result<Vec<SigningKey>> {
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).ok_or_else(|| Error::internal("no such day"));
    let (from, until) = (day(2020)?, day(2045)?);
    let authority = Authority::new("Sân Đình – cơ quan chứng thực của bản dùng thử", from, until);
    let authority = authority.map_err(Error::internal)?;
    believe(app, &authority)?;
    let leads = |role: &Role| matches!(role, Role::Chairman | Role::ViceChairman);
    let leaders = demo.staff.iter().filter(|one| leads(&one.role));
    let key = |one: &crate::StaffAccount| {
        let name = &demo.person(one.person).name;
        let who = Holder { name, organisation: "UBND xã Gia Phú (bản dùng thử)", from, until };
        let file = authority.key_file(&who, None, PASSWORD).map_err(Error::internal)?;
        let opened = Key::from_pkcs12(&file, PASSWORD).map_err(Error::internal)?;
        Ok(SigningKey { login: one.login.clone(), file, opened })
    };
    leaders.map(key).collect()
}

/// As a commune's own list of authorities would stand.
fn believe(app: &App, authority: &Authority) -> Result<()> {
    let folder = app.config.law_folder().join("signing-authorities");
    std::fs::create_dir_all(&folder)?;
    let text = format!(
        "# Invented, for the demo.\n[[authority]]\nname = \"demo\"\npem = \"\"\"\n{}\"\"\"\n",
        authority.pem()
    );
    Ok(std::fs::write(folder.join("2020-01-02.toml"), text)?)
}

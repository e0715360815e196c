//! What pages of lists share: the query of an address, the villages of a scope, names of accounts.

use crate::show::sheet::Format;
use chrono::NaiveDate;
use platform::access::Scope;
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;
use units::Unit;
use vnsheet::Value;

/// Lines on one page of a list.
pub(crate) const LINES: i64 = 50;

/// The parameters of an address.
pub(crate) type Query = axum::extract::Query<Asked>;

#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Asked(HashMap<String, String>);

impl Asked {
    pub fn of(pairs: impl IntoIterator<Item = (&'static str, String)>) -> Asked {
        Asked(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// The chosen village; one that the reader may not see is unknown.
    pub fn village<'a>(&self, villages: &'a [Unit]) -> Result<Option<&'a Unit>> {
        let Some(id) = self.some("thon") else { return Ok(None) };
        villages.iter().find(|unit| unit.id.to_string() == id).map(Some).ok_or_else(Error::not_found)
    }

    pub fn format(&self) -> Option<Format> {
        Format::parse(self.text("dinh-dang"))
    }
}

/// The villages that a scope covers, in Vietnamese order.
pub(crate) async fn villages(ctx: &Ctx, scope: &Scope) -> Result<Vec<Unit>> {
    let mut list = units::village_list(ctx, ctx.today()).await?;
    list.retain(|unit| scope.covers("village", unit.id));
    Ok(list)
}

/// The villages as lines of a choice, after "all".
pub(crate) fn village_options(ctx: &Ctx, villages: &[Unit]) -> Vec<(String, String)> {
    let all = (String::new(), ctx.t().t("registry-all-villages"));
    std::iter::once(all).chain(villages.iter().map(|unit| (unit.id.to_string(), unit.name.clone()))).collect()
}

/// The name of a village in a list; `""` for the whole commune.
pub(crate) fn village_name(villages: &[Unit], id: Option<Uuid>) -> String {
    let found = id.and_then(|id| villages.iter().find(|unit| unit.id == id));
    found.map_or_else(String::new, |unit| unit.name.clone())
}

/// Address and village in one line; many addresses name the village themselves.
pub(crate) fn address_line(address: &str, village: &str) -> String {
    if address.is_empty() || village.is_empty() || vntext::fold(address).contains(&vntext::fold(village)) {
        return if address.is_empty() { village.to_owned() } else { address.to_owned() };
    }
    format!("{address}, {village}")
}

/// The names of accounts, where the area that knows them is there.
pub(crate) async fn account_names(ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    match ctx.app.offers::<audit::AccountNames>().next() {
        Some(audit::AccountNames(names)) if !ids.is_empty() => names(ctx, ids).await,
        _ => Ok(HashMap::new()),
    }
}

pub(crate) fn date_or_empty(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::Empty, Value::Date)
}

pub(crate) fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

/// A cursor as it stands in an address: keys hold marks that an address may not.
pub(crate) fn cursor(after: &crate::page::After) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let encode = |byte: u8| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    after.text().bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::address_line;

    #[test]
    fn a_village_is_named_once() {
        assert_eq!(address_line("Tổ 4", "Thôn 13"), "Tổ 4, Thôn 13");
        assert_eq!(address_line("Tổ 4, Thôn 13, xã Gia Phú", "Thôn 13"), "Tổ 4, Thôn 13, xã Gia Phú");
        assert_eq!(address_line("", "Thôn 13"), "Thôn 13");
    }
}

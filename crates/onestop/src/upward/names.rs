//! `data/province-api`: how the system is spoken to; `keys/province-api.toml`: which one, and as whom.

use crate::procedure::model::Channel;
use http::Uri;
use platform::call;
use platform::{Ctx, Error, Result};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Names {
    /// Seconds that it may take to answer.
    patience: u64,
    /// Channels whose dossiers are made there; what came otherwise is there already.
    creates: Vec<String>,
    paths: HashMap<String, String>,
    send: HashMap<String, String>,
    read: HashMap<String, String>,
    errors: HashMap<String, Vec<String>>,
    channels: HashMap<String, i64>,
    paper_kinds: HashMap<String, i64>,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

fn of<'m, V>(map: &'m HashMap<String, V>, word: &str) -> Result<&'m V> {
    map.get(word).ok_or_else(|| Error::internal(format!("province-api: {word} is missing")))
}

impl Names {
    pub fn load(ctx: &Ctx) -> Result<Arc<Names>> {
        Ok(ctx.app.law.in_force::<Names>("province-api", ctx.today())?.content)
    }

    pub fn creates(&self, channel: Channel) -> bool {
        self.creates.iter().any(|known| known == channel.code())
    }

    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.patience)
    }

    pub fn path(&self, word: &str) -> Result<&str> {
        of(&self.paths, word).map(String::as_str)
    }

    /// The member that is sent.
    pub fn send(&self, word: &str) -> Result<&str> {
        of(&self.send, word).map(String::as_str)
    }

    /// A file of before this member was known does not name it.
    pub fn sends(&self, word: &str) -> bool {
        self.send.contains_key(word)
    }

    /// The member of an answer, as text.
    pub fn read(&self, word: &str, body: &[u8]) -> Result<Option<String>> {
        let member = of(&self.read, word)?;
        let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        Ok(match body.get(member) {
            Some(serde_json::Value::String(text)) => Some(text.clone()),
            Some(serde_json::Value::Number(number)) => Some(number.to_string()),
            _ => None,
        })
    }

    pub fn means(&self, what: &str, error: &str) -> bool {
        self.errors.get(what).is_some_and(|words| words.iter().any(|word| word == error))
    }

    pub fn channel(&self, code: &str) -> Result<i64> {
        of(&self.channels, code).copied()
    }

    pub fn paper_kind(&self, code: &str) -> Result<i64> {
        of(&self.paper_kinds, code).copied()
    }
}

/// The commune's account there. The file stands among the keys, which are in no dump.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Account {
    pub address: String,
    pub user: String,
    pub password: String,
    /// The commune's code there.
    pub agency: String,
}

impl Account {
    /// `None` where the province gives the commune no account.
    pub fn load(ctx: &Ctx) -> Result<Option<Account>> {
        let path = ctx.app.config.data.join("keys/province-api.toml");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // Without the content: it holds a password.
        let account: Account =
            toml::from_str(&text).map_err(|_| Error::internal("keys/province-api.toml cannot be read"))?;
        call::address(ctx, "address", &account.address)
            .map_err(|_| Error::internal("keys/province-api.toml: address"))?;
        Ok(Some(account))
    }

    pub fn at(&self, path: &str) -> Result<Uri> {
        format!("{}{path}", self.address.trim_end_matches('/')).parse().map_err(Error::internal)
    }
}

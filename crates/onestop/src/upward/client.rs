//! The calls themselves: a token that is renewed when it ends, JSON there and back.

use super::names::{Account, Names};
use axum::body::Bytes;
use chrono::{DateTime, Duration, Utc};
use http::{Method, Request, header};
use http_body_util::Full;
use platform::call::{self, Answer, Silence};
use platform::{Ctx, Error, Result, Uuid};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Tokens by commune, until they end.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<HashMap<Uuid, (String, DateTime<Utc>)>>);

/// Why a call did not do its work.
#[derive(Debug)]
pub(super) enum Failed {
    /// The line is cut or the system is down: later.
    Later(String),
    /// It says no: a person looks at it.
    Refused(String),
    /// Our own fault.
    Ours(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed::Ours(error)
    }
}

impl From<Silence> for Failed {
    fn from(silence: Silence) -> Failed {
        Failed::Later(silence.0)
    }
}

pub(super) struct Client<'c> {
    pub ctx: &'c Ctx,
    pub account: &'c Account,
    pub names: Arc<Names>,
}

/// A JSON object whose members are called as the province calls them.
pub(super) struct Said<'n>(&'n Names, Map<String, Value>);

impl<'n> Said<'n> {
    pub fn new(names: &'n Names) -> Said<'n> {
        Said(names, Map::new())
    }

    pub fn with(mut self, word: &str, value: impl Into<Value>) -> Result<Said<'n>> {
        self.1.insert(self.0.send(word)?.to_owned(), value.into());
        Ok(self)
    }

    pub fn value(self) -> Value {
        Value::Object(self.1)
    }
}

impl Client<'_> {
    /// Sends JSON to the address of a step.
    pub async fn json(&self, step: &str, body: &Value) -> Result<Answer, Failed> {
        let bytes = serde_json::to_vec(body).map_err(Error::from)?;
        self.send(step, "application/json", Bytes::from(bytes)).await
    }

    /// Sends a file; its id there.
    pub async fn file(&self, name: &str, media_type: &str, bytes: &[u8]) -> Result<String, Failed> {
        let boundary = format!("sandinh-{}", platform::ids::new_secret());
        let member = self.names.send("file")?;
        let plain: String = vntext::fold(name).replace(['"', '\r', '\n'], "");
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{member}\"; filename=\"{plain}\"\r\n\
             Content-Type: {media_type}\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, format!("\r\n--{boundary}--\r\n").as_bytes()].concat();
        let kind = format!("multipart/form-data; boundary={boundary}");
        let answer = self.send("file", &kind, Bytes::from(body)).await?;
        let id = self.names.read("file", &answer.body)?;
        id.ok_or_else(|| Failed::Refused("file: no id in the answer".to_owned()))
    }

    async fn send(&self, step: &str, kind: &str, body: Bytes) -> Result<Answer, Failed> {
        for fresh in [false, true] {
            let token = self.token(fresh).await?;
            let request = self.request(step, kind)?.header(header::AUTHORIZATION, format!("Bearer {token}"));
            let request = request.body(Full::new(body.clone())).map_err(Error::internal)?;
            let answer = call::call(request, self.names.patience()).await?;
            let error = self.names.read("error", &answer.body)?.unwrap_or_default();
            let expired = answer.status == 401 || self.names.means("expired", &error);
            if expired && !fresh {
                continue;
            }
            return self.judged(step, answer, &error);
        }
        Err(Failed::Refused(format!("{step}: 401")))
    }

    fn judged(&self, step: &str, answer: Answer, error: &str) -> Result<Answer, Failed> {
        match answer.status {
            200..300 => Ok(answer),
            // An earlier try arrived, its answer did not.
            _ if step == "create" && self.names.means("duplicate", error) => Ok(answer),
            408 | 425 | 429 | 500.. => Err(Failed::Later(format!("{step}: {}", answer.status))),
            status => {
                let word: String = error
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric() || "_-".contains(*c))
                    .take(40)
                    .collect();
                Err(Failed::Refused(format!("{step}: {status} {word}").trim_end().to_owned()))
            }
        }
    }

    fn request(&self, step: &str, kind: &str) -> Result<http::request::Builder> {
        let uri = self.account.at(self.names.path(step)?)?;
        Ok(Request::builder().method(Method::POST).uri(uri).header(header::CONTENT_TYPE, kind))
    }

    /// The token that still holds, or a new one.
    async fn token(&self, fresh: bool) -> Result<String, Failed> {
        let tokens =
            self.ctx.app.offers::<Tokens>().next().ok_or_else(|| Error::internal("no place for tokens"))?;
        let now = self.ctx.app.clock.now();
        let known = tokens.0.lock().expect("no panic while held").get(&self.ctx.commune).cloned();
        if let Some((token, _)) = known.filter(|(_, until)| !fresh && *until > now) {
            return Ok(token);
        }
        let said = Said::new(&self.names)
            .with("user", self.account.user.as_str())?
            .with("password", self.account.password.as_str())?;
        let body = serde_json::to_vec(&said.value()).map_err(Error::from)?;
        let request = self.request("token", "application/json")?.body(Full::new(Bytes::from(body)));
        let answer = call::call(request.map_err(Error::internal)?, self.names.patience()).await?;
        let answer = self.judged("token", answer, "")?;
        let token = self.names.read("token", &answer.body)?;
        let token = token.ok_or_else(|| Failed::Refused("token: none in the answer".to_owned()))?;
        let seconds = self.names.read("lifetime", &answer.body)?.and_then(|text| text.parse::<i64>().ok());
        // A little less than it says: clocks differ.
        let until = now + Duration::seconds((seconds.unwrap_or(300) - 30).clamp(0, 86_400));
        let mut kept = tokens.0.lock().expect("no panic while held");
        kept.insert(self.ctx.commune, (token.clone(), until));
        Ok(token)
    }
}

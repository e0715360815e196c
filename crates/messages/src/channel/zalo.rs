//! The commune's Zalo Official Account. Its answers come with HTTP 200 also when they say no; the number `error` says what.
//! The access token ends after about a day; a refresh token gives the next one, and a new refresh token with it.

use super::model::{Bulletin, Channel, Failed, Handed, Problem};
use super::settings::{self, Ways, Zalo};
use axum::body::Bytes;
use chrono::{DateTime, Duration, Utc};
use http::{Method, Request, header};
use http_body_util::Full;
use platform::call::{self, Answer};
use platform::{Ctx, Error, Result, Uuid};
use serde::Deserialize;
use serde_json::json;

/// A text of the account may be so long, in characters.
const TEXT_MAX: usize = 2_000;

/// One after the other: a refresh token works once.
#[derive(Default)]
pub(crate) struct Turn(tokio::sync::Mutex<()>);

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    error: i64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    data: serde_json::Value,
}

#[derive(Deserialize)]
struct Token {
    access_token: Option<String>,
    refresh_token: Option<String>,
    /// A number, or a number in quotes.
    #[serde(default)]
    expires_in: serde_json::Value,
    #[serde(default)]
    error: i64,
    #[serde(default)]
    error_name: String,
}

pub(super) async fn send(ctx: &Ctx, ways: &Ways, bulletin: &Bulletin, to: Uuid) -> Result<Handed, Failed> {
    let contact = super::own::contact(ctx, to, Channel::Zalo).await?;
    let user = contact.and_then(|contact| contact.address).ok_or(Failed::NoAddress)?;
    let link = format!("{}{}", ctx.app.config.base_url(), bulletin.read_path());
    text(ctx, ways, &user, &words(bulletin, &link)).await
}

/// Title, words and address; the words are cut where all of it would be too long.
fn words(bulletin: &Bulletin, link: &str) -> String {
    let room = TEXT_MAX.saturating_sub(bulletin.title.chars().count() + link.chars().count() + 5);
    let mut body: String = bulletin.body.chars().take(room).collect();
    if body.len() < bulletin.body.len() {
        body.push('…');
    }
    format!("{}\n{body}\n{link}", bulletin.title)
}

pub(super) async fn text(ctx: &Ctx, ways: &Ways, user: &str, words: &str) -> Result<Handed, Failed> {
    let body = json!({ "recipient": { "user_id": user }, "message": { "text": words } });
    let bytes = Bytes::from(serde_json::to_vec(&body).map_err(Error::from)?);
    for fresh in [false, true] {
        let token = token(ctx, ways, fresh).await?;
        let request = Request::builder()
            .method(Method::POST)
            .uri(call::address(ctx, "zalo", &ways.zalo.message)?)
            .header(header::CONTENT_TYPE, "application/json")
            .header("access_token", token);
        let request = request.body(Full::new(bytes.clone())).map_err(Error::internal)?;
        let answer = call::call(request, ways.patience()).await?;
        let said = read::<Said>(&answer)?;
        if ways.zalo.expired.contains(&said.error) && !fresh {
            continue;
        }
        return judged(ways, &said);
    }
    Err(Failed::Refused(Problem::new("channel-problem-zalo-token", "")))
}

/// An answer in JSON; anything else is a busy or broken server.
fn read<A: for<'de> Deserialize<'de>>(answer: &Answer) -> Result<A, Failed> {
    if answer.status == 429 || answer.status >= 500 {
        return Err(Failed::Later(Problem::new("channel-problem-busy", answer.status)));
    }
    serde_json::from_slice(&answer.body)
        .map_err(|_| Failed::Refused(Problem::new("channel-problem-answer", answer.status)))
}

fn judged(ways: &Ways, said: &Said) -> Result<Handed, Failed> {
    let detail = format!("{} {}", said.error, said.message);
    match said.error {
        0 => {
            let id = &said.data["message_id"];
            let external = id.as_str().map(str::to_owned).or_else(|| id.as_i64().map(|id| id.to_string()));
            Ok(Handed { external })
        }
        n if ways.zalo.busy.contains(&n) => Err(Failed::Later(Problem::new("channel-problem-busy", detail))),
        n if ways.zalo.expired.contains(&n) => {
            Err(Failed::Refused(Problem::new("channel-problem-zalo-token", detail)))
        }
        n if ways.zalo.not_following.contains(&n) => {
            Err(Failed::Refused(Problem::new("channel-problem-zalo-not-following", detail)))
        }
        n if ways.zalo.silent.contains(&n) => {
            Err(Failed::Refused(Problem::new("channel-problem-zalo-silent", detail)))
        }
        _ => Err(Failed::Refused(Problem::new("channel-problem-refused", detail))),
    }
}

/// The token that still holds, or a new one; the new refresh token is kept before anything else is done.
async fn token(ctx: &Ctx, ways: &Ways, fresh: bool) -> Result<String, Failed> {
    let turn = ctx.app.offers::<Turn>().next().ok_or_else(|| Error::internal("no turn of Zalo's tokens"))?;
    let _mine = turn.0.lock().await;
    let off = || Failed::Refused(Problem::new("channel-problem-off", ""));
    let mut zalo = settings::read::<Zalo>(ctx, &ctx.app.db, Channel::Zalo).await?.ok_or_else(off)?;
    let now = ctx.app.clock.now();
    if !fresh && !zalo.access_token.is_empty() && zalo.access_until.is_some_and(|until| until > now) {
        return Ok(zalo.access_token);
    }
    let form: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("refresh_token", &zalo.refresh_token)
        .append_pair("app_id", &zalo.app_id)
        .append_pair("grant_type", "refresh_token")
        .finish();
    let request = Request::builder()
        .method(Method::POST)
        .uri(call::address(ctx, "zalo", &ways.zalo.token)?)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("secret_key", zalo.secret.as_str());
    let request = request.body(Full::new(Bytes::from(form))).map_err(Error::internal)?;
    let answer = call::call(request, ways.patience()).await?;
    let said = read::<Token>(&answer)?;
    let (Some(access), Some(refresh)) = (said.access_token, said.refresh_token) else {
        let detail = format!("{} {}", said.error, said.error_name);
        return Err(Failed::Refused(Problem::new("channel-problem-zalo-token", detail)));
    };
    zalo.access_until = Some(until(now, &said.expires_in));
    zalo.access_token = access;
    zalo.refresh_token = refresh;
    let tx = ctx.begin().await?;
    settings::write(ctx, &tx, Channel::Zalo, &zalo).await?;
    tx.commit().await?;
    Ok(zalo.access_token)
}

/// A little less than it says: clocks differ.
fn until(now: DateTime<Utc>, seconds: &serde_json::Value) -> DateTime<Utc> {
    let seconds = seconds.as_i64().or_else(|| seconds.as_str()?.parse().ok()).unwrap_or(3_600);
    now + Duration::seconds((seconds - 60).clamp(0, 30 * 86_400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_keeps_its_address() {
        let bulletin = Bulletin {
            id: Uuid::nil(),
            sort: crate::channel::Sort::Notice,
            title: "Họp thôn".into(),
            body: "ộ".repeat(3_000),
            link: String::new(),
            sent_by: None,
            sent_at: DateTime::UNIX_EPOCH,
            people: 1,
        };
        let words = words(&bulletin, "https://xa.example/1");
        assert!(words.chars().count() <= TEXT_MAX && words.ends_with("…\nhttps://xa.example/1"));
    }

    #[test]
    fn a_lifetime_may_stand_in_quotes() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(until(now, &json!("90000")), now + Duration::seconds(89_940));
        assert_eq!(until(now, &json!(3600)), now + Duration::seconds(3_540));
        assert_eq!(until(now, &json!(null)), now + Duration::seconds(3_540));
    }
}

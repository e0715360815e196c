//! What goes out to Facebook: posts of the commune's page, answers under comments, messages. Its answers say what is wrong in an object `error` with a number.

use super::model::{Bulletin, Channel, Failed, Handed, Problem};
use super::settings::{self, Facebook, Ways};
use axum::body::Bytes;
use http::{Method, Request, header};
use http_body_util::Full;
use platform::call;
use platform::{Ctx, Error, Result};
use serde::Deserialize;

#[derive(Deserialize)]
struct Said {
    id: Option<String>,
    /// Of a message of Messenger.
    message_id: Option<String>,
    /// What of the page is told to which app.
    #[serde(default)]
    data: Vec<Subscribed>,
    error: Option<Wrong>,
}

#[derive(Deserialize)]
struct Subscribed {
    #[serde(default)]
    subscribed_fields: Vec<String>,
}

#[derive(Deserialize)]
struct Wrong {
    #[serde(default)]
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    is_transient: bool,
}

pub(super) async fn send(ctx: &Ctx, ways: &Ways, bulletin: &Bulletin) -> Result<Handed, Failed> {
    let page = page(ctx).await?;
    let words = format!("{}\n\n{}", bulletin.title, bulletin.body);
    let form: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("message", &words)
        .append_pair("access_token", &page.token)
        .finish();
    let answer = ask(ctx, ways, Method::POST, &format!("{}/feed", page.page), form).await?;
    Ok(Handed { external: answer.id })
}

/// An answer under a comment, which everybody reads.
pub(super) async fn comment(ctx: &Ctx, ways: &Ways, about: &str, words: &str) -> Result<Handed, Failed> {
    let page = page(ctx).await?;
    let form: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("message", words)
        .append_pair("access_token", &page.token)
        .finish();
    let answer = ask(ctx, ways, Method::POST, &format!("{}/comments", segment(about)), form).await?;
    Ok(Handed { external: answer.id })
}

/// A message to somebody who wrote to the page, or who commented.
pub(super) async fn message(
    ctx: &Ctx,
    ways: &Ways,
    recipient: &serde_json::Value,
    words: &str,
) -> Result<Handed, Failed> {
    let page = page(ctx).await?;
    let form: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("recipient", &recipient.to_string())
        .append_pair("messaging_type", "RESPONSE")
        .append_pair("message", &serde_json::json!({ "text": words }).to_string())
        .append_pair("access_token", &page.token)
        .finish();
    let answer = ask(ctx, ways, Method::POST, &format!("{}/messages", page.page), form).await?;
    Ok(Handed { external: answer.message_id })
}

/// The notices that we need: of comments, and of messages.
const NEEDED: [&str; 2] = ["feed", "messages"];

/// Asks whether the page tells our app of comments and messages; those it does not tell of.
pub(super) async fn unheard(ctx: &Ctx, ways: &Ways) -> Result<Vec<&'static str>, Failed> {
    let page = page(ctx).await?;
    let query: String =
        form_urlencoded::Serializer::new(String::new()).append_pair("access_token", &page.token).finish();
    let path = format!("{}/subscribed_apps?{query}", page.page);
    let answer = ask(ctx, ways, Method::GET, &path, String::new()).await?;
    let told =
        |field: &&str| answer.data.iter().any(|app| app.subscribed_fields.iter().any(|one| one == field));
    Ok(NEEDED.into_iter().filter(|field| !told(field)).collect())
}

async fn page(ctx: &Ctx) -> Result<Facebook, Failed> {
    let off = || Failed::Refused(Problem::new("channel-problem-off", ""));
    settings::read::<Facebook>(ctx, &ctx.app.db, Channel::Facebook).await?.ok_or_else(off)
}

/// A number of Facebook's as a part of an address: what does not belong into one falls away.
fn segment(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')).collect()
}

/// Asks the page for its own name: nothing is posted.
pub(super) async fn test(ctx: &Ctx, ways: &Ways) -> Result<Handed, Failed> {
    let page = page(ctx).await?;
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("fields", "id,name")
        .append_pair("access_token", &page.token)
        .finish();
    ask(ctx, ways, Method::GET, &format!("{}?{query}", page.page), String::new()).await?;
    Ok(Handed::default())
}

async fn ask(ctx: &Ctx, ways: &Ways, method: Method, path: &str, form: String) -> Result<Said, Failed> {
    let address = format!("{}/{path}", ways.facebook.address.trim_end_matches('/'));
    let request = Request::builder()
        .method(method)
        .uri(call::address(ctx, "facebook", &address)?)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let request = request.body(Full::new(Bytes::from(form))).map_err(Error::internal)?;
    let answer = call::call(request, ways.patience()).await?;
    let said: Option<Said> = serde_json::from_slice(&answer.body).ok();
    match (answer.status, said) {
        (_, Some(Said { error: Some(wrong), .. })) => Err(judged(ways, &wrong)),
        (429 | 500.., _) => Err(Failed::Later(Problem::new("channel-problem-busy", answer.status))),
        (200..300, Some(said)) => Ok(said),
        _ => Err(Failed::Refused(Problem::new("channel-problem-answer", answer.status))),
    }
}

fn judged(ways: &Ways, wrong: &Wrong) -> Failed {
    let detail = format!("{} {}", wrong.code, wrong.message);
    if wrong.is_transient || ways.facebook.busy.contains(&wrong.code) {
        Failed::Later(Problem::new("channel-problem-busy", detail))
    } else if ways.facebook.window.contains(&wrong.code) {
        Failed::Refused(Problem::new("channel-problem-window", detail))
    } else if ways.facebook.token.contains(&wrong.code) {
        Failed::Refused(Problem::new("channel-problem-facebook-token", detail))
    } else {
        Failed::Refused(Problem::new("channel-problem-refused", detail))
    }
}

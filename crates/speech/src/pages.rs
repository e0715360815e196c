//! The dictionary: what the commune's own words sound like, and a place to try it.

use crate::{PATH, record, store, voice, words};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header};
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Result, Tx, Uuid};
use ui::back::{self, Back};
use ui::{FieldErrors, Shell};

/// Letters that are tried at once: some twenty seconds.
const TRY_MAX: usize = 300;

struct Line {
    id: Uuid,
    written: String,
    said: String,
    key: String,
}

#[derive(Template)]
#[template(path = "speech-words.html")]
struct WordsPage {
    shell: Shell,
    ready: bool,
    command: String,
    lines: Vec<Line>,
    shipped: Vec<(String, String)>,
    tried: String,
    said: String,
    address: String,
    written: String,
    read: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

/// What is tried.
#[derive(serde::Deserialize, Default)]
pub(crate) struct Trying {
    #[serde(default, rename = "thu")]
    text: String,
}

impl Trying {
    fn text(&self) -> String {
        vntext::clean(&self.text).chars().take(TRY_MAX).collect()
    }
}

pub(crate) async fn list(ctx: Ctx, Query(trying): Query<Trying>) -> Result<Response> {
    Ok(html(page(&ctx, &trying.text(), Back::default()).await?))
}

async fn page(ctx: &Ctx, tried: &str, back: Back) -> Result<String> {
    let line = |one: store::Word| Line {
        id: one.id,
        written: one.written,
        said: one.said,
        key: ctx.new_id().to_string(),
    };
    let shipped = words::shipped(ctx)?;
    ui::render(&WordsPage {
        shell: Shell::of(ctx, "speech-menu").await?,
        ready: voice::ready(ctx),
        command: voice::command(ctx)[0].clone(),
        lines: store::words(ctx, &ctx.app.db).await?.into_iter().map(line).collect(),
        shipped: shipped.words.iter().map(|(written, said)| (written.clone(), said.clone())).collect(),
        said: words::lexicon(ctx).await?.speak(tried),
        address: format!("{PATH}/nghe?{}", serde_html(tried)),
        tried: tried.to_owned(),
        written: back.text("tu").to_owned(),
        read: back.text("doc-la").to_owned(),
        key: back::key(ctx),
        errors: back.errors,
        wrong: back.wrong,
    })
}

/// `thu=…` as it stands in an address.
fn serde_html(text: &str) -> String {
    let bytes = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    });
    format!("thu={}", bytes.collect::<String>())
}

/// What is tried, heard at once.
pub(crate) async fn listen(ctx: Ctx, headers: HeaderMap, Query(trying): Query<Trying>) -> Result<Response> {
    if !voice::ready(&ctx) || trying.text().is_empty() {
        return Err(Error::not_found());
    }
    let bytes = record::sample(&ctx, &trying.text()).await?;
    let answer = platform::http::part(&headers, "audio/mpeg", bytes);
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}

pub(crate) async fn keep(ctx: Ctx, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        words::keep(&ctx, tx, sent.text("tu"), sent.text("doc-la")).await?;
        Ok((PATH.to_owned(), Note::new("speech-kept")))
    };
    back::act(&ctx, &sent, rule, async |back| page(&ctx, "", back).await).await
}

pub(crate) async fn remove(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    store::words(&ctx, &ctx.app.db).await?.iter().find(|one| one.id == id).ok_or_else(Error::not_found)?;
    let rule = async |tx: &Tx| {
        words::remove(&ctx, tx, id).await?;
        Ok((PATH.to_owned(), Note::new("speech-removed")))
    };
    back::act(&ctx, &sent, rule, async |back| page(&ctx, "", back).await).await
}

//! Whose warnings are taken: the administrator keeps the list.

use super::super::PATH;
use super::{seal, store, take};
use askama::Template;
use audit::Entry;
use axum::extract::Path;
use axum::response::Response;
use cap::Trusted;
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;
use ui::back::{self, Back};
use ui::{FieldErrors, Shell};

const HERE: &str = "/lam-viec/thong-bao-khan/nguon";
const SHOWN: i64 = 30;

struct Line {
    id: String,
    name: String,
    about: String,
    key: String,
}

struct Came {
    what: String,
    about: String,
    url: String,
}

#[derive(Template)]
#[template(path = "cap-senders.html")]
struct SendersPage {
    shell: Shell,
    lines: Vec<Line>,
    came: Vec<Came>,
    feed: String,
    entrance: String,
    /// Our own certificate, for those who take our warnings.
    own: String,
    typed_name: String,
    certificate: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(in super::super) async fn page(ctx: Ctx) -> Result<Response> {
    Ok(html(drawn(&ctx, Back::default()).await?))
}

async fn drawn(ctx: &Ctx, back: Back) -> Result<String> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "emergency-cap").await?;
    let line = |one: store::Sender| Line {
        id: one.id.to_string(),
        about: format!("{} · {}", fingerprint(&one.certificate), t.moment(one.added_at)),
        name: one.name,
        key: back::key(ctx),
    };
    let came = |(one, title): (store::Received, Option<String>)| Came {
        what: title.unwrap_or_else(|| one.cap_id.clone()),
        about: format!(
            "{} · {}{}",
            t.moment(one.at),
            t.t(&format!("emergency-cap-done-{}", one.done)),
            if one.why.is_empty() {
                String::new()
            } else {
                format!(" · {}", t.t(&format!("emergency-cap-why-{}", one.why)))
            }
        ),
        url: one.emergency_id.map(|id| format!("{PATH}/{id}")).unwrap_or_default(),
    };
    let base = ctx.app.config.base_url();
    ui::render(&SendersPage {
        lines: store::senders(ctx, &ctx.app.db).await?.into_iter().map(line).collect(),
        came: take::last(ctx, SHOWN).await?.into_iter().map(came).collect(),
        feed: format!("{base}/thong-bao-khan/cap.xml"),
        entrance: format!("{base}/api/v1/emergencies/cap"),
        own: pem(&seal::key(ctx)?.1),
        typed_name: back.or("ten", ""),
        certificate: back.or("chung-thu", ""),
        key: back::key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        shell: shell.crumb(t.t("emergency-menu"), PATH).crumb(t.t("emergency-cap"), ""),
    })
}

/// The first bytes of the hash of a certificate, as people compare them.
fn fingerprint(hexadecimal: &str) -> String {
    let bytes = hex::decode(hexadecimal).unwrap_or_default();
    let hash = sha2_of(&bytes);
    hash.chunks(4)
        .take(4)
        .map(|part| part.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
        .to_uppercase()
}

fn sha2_of(bytes: &[u8]) -> Vec<char> {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    hex::encode(digest).chars().collect()
}

fn pem(der: &[u8]) -> String {
    use base64::Engine;
    let text = base64::prelude::BASE64_STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap_or_default()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// DER of a certificate in PEM.
fn read(text: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    let begin = text.split("-----BEGIN CERTIFICATE-----").nth(1)?;
    let body: String = begin.split("-----END").next()?.split_whitespace().collect();
    base64::prelude::BASE64_STANDARD.decode(body).ok()
}

async fn insert(ctx: &Ctx, tx: &Tx, sent: &Form) -> Result<()> {
    let name = said::needed("ten", sent.text("ten"), "emergency-cap-name-empty", 120)?;
    let wrong = || Error::field("chung-thu", "emergency-cap-certificate-wrong");
    let der = read(sent.text("chung-thu")).ok_or_else(wrong)?;
    Trusted::signer(&der).map_err(|_| wrong())?;
    let (id, text) = (ctx.new_id(), hex::encode(&der));
    if store::senders(ctx, tx).await?.iter().any(|one| one.certificate == text) {
        return Err(Error::field("chung-thu", "emergency-cap-known"));
    }
    store::sender_insert(ctx, tx, id, &name, &text).await?;
    let detail = json!({ "name": name });
    audit::record(ctx, tx, Entry { action: "emergency.sender-add", kind: "emergency", id, detail }).await
}

pub(in super::super) async fn add(ctx: Ctx, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        insert(&ctx, tx, &sent).await?;
        Ok((HERE.to_owned(), Note::new("emergency-cap-added")))
    };
    back::act(&ctx, &sent, rule, async |back| drawn(&ctx, back).await).await
}

pub(in super::super) async fn remove(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        store::sender_remove(&ctx, tx, id).await?;
        audit::record(
            &ctx,
            tx,
            Entry { action: "emergency.sender-remove", kind: "emergency", id, detail: json!({}) },
        )
        .await?;
        Ok((HERE.to_owned(), Note::new("emergency-cap-removed")))
    };
    back::act(&ctx, &sent, rule, async |back| drawn(&ctx, back).await).await
}

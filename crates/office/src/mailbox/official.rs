//! The address of each official in the common official mail: confirmed by a code that was sent there, so that the figure counts
//! people who do use it, and not lines in a list.

use super::model::Ways;
use super::{OWN, store};
use askama::Template;
use audit::Entry;
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use figures::Shown;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::jobs::{self, Job, Work};
use platform::{Ctx, Error, Kind, Message, Result, Tx, Uuid, ids, said};
use serde_json::{Value, json};
use ui::{FieldErrors, Shell};

pub(super) const JOB: &str = "office.mailbox-code";
const CODE_LETTERS: usize = 8;

#[derive(Template)]
#[template(path = "mailbox-own.html")]
struct OwnPage {
    shell: Shell,
    address: String,
    /// The address that a code was sent to.
    asked: String,
    typed: String,
    domains: String,
    mail: bool,
    keys: [String; 2],
    errors: FieldErrors,
    wrong: String,
}

async fn page(ctx: &Ctx) -> Result<OwnPage> {
    let me = ctx.account()?;
    let ways = Ways::load(ctx)?;
    let code = store::code(ctx, &ctx.app.db, me).await?;
    let fresh = |at| at > ctx.now - Duration::hours(ways.code_hours);
    Ok(OwnPage {
        shell: Shell::of(ctx, "office-official").await?,
        address: store::official(ctx, &ctx.app.db, me).await?.unwrap_or_default(),
        asked: code.filter(|code| fresh(code.at)).map(|code| code.address).unwrap_or_default(),
        typed: String::new(),
        domains: ways.domains(),
        mail: ctx.app.config.mail.is_some(),
        keys: [ctx.new_id().to_string(), ctx.new_id().to_string()],
        errors: FieldErrors::default(),
        wrong: String::new(),
    })
}

pub(super) async fn show(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx).await?)?))
}

async fn again(ctx: &Ctx, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let mut page = page(ctx).await?;
    page.typed = sent.text("dia-chi-thu").to_owned();
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

/// Sends a code to the address.
pub(super) async fn ask(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = asked(&ctx, &tx, sent.text("dia-chi-thu")).await;
    match settle(&ctx, key, tx, done.map(|()| (OWN.to_owned(), Note::new("office-official-sent")))).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &sent, error).await,
    }
}

async fn asked(ctx: &Ctx, tx: &Tx, address: &str) -> Result<()> {
    if ctx.app.config.mail.is_none() {
        return Err(Error::conflict("office-mailbox-no-server"));
    }
    let address = said::needed("dia-chi-thu", address, "office-mailbox-address-wrong", 200)?.to_lowercase();
    let ways = Ways::load(ctx)?;
    if address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c))
        || !ways.official(&address)
    {
        let text = Message::new("office-official-domain").with("name", ways.domains());
        return Err(Error::field("dia-chi-thu", text));
    }
    let code: String =
        ids::new_secret().chars().filter(char::is_ascii_alphanumeric).take(CODE_LETTERS).collect();
    let code = code.to_uppercase();
    store::code_write(ctx, tx, &address, &hash(&code)).await?;
    // The code itself stands in the job only, until the letter is gone.
    let payload = json!({ "to": address, "code": code });
    jobs::enqueue(ctx, tx, Work::new(JOB, payload)).await?;
    let id = ctx.account()?;
    audit::record(
        ctx,
        tx,
        Entry { action: "mailbox.own", kind: "account", id, detail: json!({ "asked": true }) },
    )
    .await
}

fn hash(code: &str) -> String {
    blake3::hash(code.as_bytes()).to_hex().to_string()
}

pub(super) async fn job(ctx: Ctx, job: Job) -> Result<Value> {
    let Some(server) = ctx.app.config.mail.clone() else { return Ok(Value::Null) };
    let text = |name: &str| job.payload[name].as_str().unwrap_or_default().to_owned();
    let t = ctx.t();
    let body = t.s("office-official-letter", "code", text("code").as_str());
    let link = format!("{}{OWN}", ctx.app.config.base_url());
    messages::deliver(&server, &text("to"), &t.t("office-official-subject"), &body, &link).await?;
    Ok(Value::Null)
}

/// The code that came.
pub(super) async fn confirm(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    match told(&ctx, &tx, sent.text("ma")).await {
        // A wrong code is counted, so what was written stays.
        Ok(false) => {
            tx.commit().await?;
            again(&ctx, &sent, Error::field("ma", "office-official-code-wrong")).await
        }
        Ok(true) => settle(&ctx, key, tx, Ok((OWN.to_owned(), Note::new("office-official-kept")))).await?,
        Err(error) => {
            tx.rollback().await?;
            again(&ctx, &sent, error).await
        }
    }
}

async fn told(ctx: &Ctx, tx: &Tx, typed: &str) -> Result<bool> {
    let me = ctx.account()?;
    let ways = Ways::load(ctx)?;
    let code =
        store::code(ctx, tx, me).await?.filter(|code| code.at > ctx.now - Duration::hours(ways.code_hours));
    let code = code.filter(|code| code.tries < ways.code_tries);
    let code = code.ok_or_else(|| Error::conflict("office-official-code-over"))?;
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    if hash(&typed) != code.code_hash {
        store::code_tried(ctx, tx).await?;
        return Ok(false);
    }
    store::code_delete(ctx, tx).await?;
    confirmed(ctx, tx, me, &code.address).await?;
    Ok(true)
}

/// Somebody has this address from today on.
///
/// # Errors
/// When it is not of the common official mail.
pub async fn confirmed(ctx: &Ctx, tx: &Tx, account: Uuid, address: &str) -> Result<()> {
    if !Ways::load(ctx)?.official(address) {
        return Err(Error::invalid("office-official-domain"));
    }
    store::official_keep(ctx, tx, account, Some(address)).await?;
    let detail = json!({ "confirmed": true });
    audit::record(ctx, tx, Entry { action: "mailbox.own", kind: "account", id: account, detail }).await
}

/// The officials behind the figure.
pub(crate) async fn shown(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let names = identity::account_names(ctx, ids).await?;
    let mut shown = Vec::new();
    for id in ids {
        let Some(title) = names.get(id).cloned() else { continue };
        // Which address it is, is theirs; that there is one is what is counted.
        let has = store::official(ctx, &ctx.app.db, *id).await?.is_some();
        let subtitle = ctx.t().t(if has { "office-official-has" } else { "office-official-has-none" });
        shown.push(Shown { id: *id, title, subtitle, url: String::new() });
    }
    Ok(shown)
}

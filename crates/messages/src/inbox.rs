//! The inbox: rows of one account, newest first.

use crate::mail;
use chrono::{DateTime, Utc};
use platform::access::Place;
use platform::db::insert_many;
use platform::i18n::Arg;
use platform::jobs::{Work, enqueue};
use platform::remember::remember;
use platform::{Ctx, Message, Result, Run, T, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use serde_json::{Value, json};

/// What is told to somebody.
#[derive(Debug, Clone)]
pub struct Letter {
    pub to: Uuid,
    /// A key of the locales with its arguments; no personal data beyond what the reader may see.
    pub text: Message,
    /// The path of the page that it is about.
    pub link: String,
}

/// A letter as it stands in the inbox.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Row {
    pub id: Uuid,
    pub account_id: Uuid,
    text: String,
    args: Value,
    pub link: String,
    pub created_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
    pub mailed_at: Option<DateTime<Utc>>,
}

/// Arguments that letters may carry.
const ARGS: [&str; 8] = ["count", "name", "code", "total", "done", "number", "day", "village"];

impl Row {
    pub fn text(&self, t: T) -> String {
        let args = ARGS.iter().filter_map(|name| match self.args.get(*name)? {
            Value::Number(number) => Some((*name, Arg::Number(number.as_i64()?))),
            Value::String(text) => Some((*name, Arg::Text(text.clone()))),
            _ => None,
        });
        t.a(&self.text, &args.collect::<Vec<_>>())
    }
}

const COLUMNS: &str = "id, account_id, text, args, link, created_at, read_at, mailed_at";

/// Puts a letter into an inbox and queues the e-mail and the notice on the phone's screen, where there are such.
pub async fn send(ctx: &Ctx, tx: &Tx, letter: Letter) -> Result<Uuid> {
    let to = letter.to;
    let id = put(ctx, tx, letter).await?;
    crate::channel::letter::wanted(ctx, tx, to, id).await?;
    if ctx.app.config.mail.is_some() {
        enqueue(ctx, tx, Work::new(mail::JOB, json!({ "message": id })).once(id.to_string())).await?;
    }
    Ok(id)
}

/// Puts letters into inboxes and nothing more.
pub(crate) async fn put_many(ctx: &Ctx, tx: &Tx, letters: Vec<Letter>) -> Result<()> {
    const WRITTEN: [&str; 7] = ["commune_id", "id", "account_id", "text", "args", "link", "created_at"];
    let row = |letter: Letter| -> Vec<sea_orm::Value> {
        vec![
            ctx.commune.into(),
            ctx.new_id().into(),
            letter.to.into(),
            letter.text.key.as_ref().into(),
            args(&letter).into(),
            letter.link.as_str().into(),
            ctx.now.into(),
        ]
    };
    insert_many(tx, "message", &WRITTEN, letters.into_iter().map(row), "").await?;
    Ok(())
}

fn args(letter: &Letter) -> Value {
    let args = letter.text.args.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
    Value::Object(args.collect())
}

/// Puts a letter into an inbox and nothing more.
async fn put(ctx: &Ctx, tx: &Tx, letter: Letter) -> Result<Uuid> {
    let id = ctx.new_id();
    sql("INSERT INTO message (commune_id, id, account_id, text, args, link, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(ctx.commune)
        .bind(id)
        .bind(letter.to)
        .bind(letter.text.key.as_ref())
        .bind(args(&letter))
        .bind(letter.link)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(id)
}

/// The same letter to everybody who holds a role for a place today; how many they are.
pub async fn send_to_role(
    ctx: &Ctx,
    tx: &Tx,
    role: &str,
    place: &Place,
    text: &Message,
    link: &str,
) -> Result<usize> {
    let holders = identity::holders(ctx, role, place, ctx.today()).await?;
    for to in &holders {
        send(ctx, tx, Letter { to: *to, text: text.clone(), link: link.to_owned() }).await?;
    }
    Ok(holders.len())
}

/// Takes letters back that nobody has opened and no mail server has got. How many those were.
pub async fn take_back(ctx: &Ctx, tx: &Tx, letters: &[Uuid]) -> Result<u64> {
    let mut gone = 0;
    for some in letters.chunks(500) {
        let these = sql("DELETE FROM message WHERE commune_id = ").arg(ctx.commune);
        let these = these.push(" AND read_at IS NULL AND mailed_at IS NULL AND id IN (");
        gone += these.args(some.iter().copied()).push(")").run(tx).await?;
    }
    Ok(gone)
}

pub(crate) async fn list(ctx: &Ctx, account: Uuid, before: Option<Uuid>, limit: i64) -> Result<Vec<Row>> {
    let these = sql(format!("SELECT {COLUMNS} FROM message WHERE commune_id = ")).arg(ctx.commune);
    let these = these.push(" AND account_id = ").arg(account);
    let these = match before {
        Some(id) => these.push(" AND id < ").arg(id),
        None => these,
    };
    these.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Row> {
    sql(format!("SELECT {COLUMNS} FROM message WHERE commune_id = $1 AND id = $2"))
        .bind(ctx.commune)
        .bind(id)
        .one(on)
        .await
}

/// Letters of the reader that were not opened yet: asked for by every page.
pub(crate) async fn unread(ctx: &Ctx) -> Result<u64> {
    let Some(account) = ctx.account_or_none() else { return Ok(0) };
    let these =
        sql("SELECT COUNT(*) FROM message WHERE commune_id = $1 AND account_id = $2 AND read_at IS NULL");
    let count = these.bind(ctx.commune).bind(account).count(&ctx.app.db);
    Ok(remember(ctx, "messages.unread", account.to_string(), count).await?.unsigned_abs())
}

/// Marks one letter, or all, of the account as read.
pub(crate) async fn mark_read(ctx: &Ctx, tx: &Tx, account: Uuid, one: Option<Uuid>) -> Result<u64> {
    let these =
        sql("UPDATE message SET read_at = ").arg(ctx.now).push(" WHERE commune_id = ").arg(ctx.commune);
    let these = these.push(" AND account_id = ").arg(account).push(" AND read_at IS NULL");
    match one {
        Some(id) => these.push(" AND id = ").arg(id).run(tx).await,
        None => these.run(tx).await,
    }
}

pub(crate) async fn mark_mailed(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("UPDATE message SET mailed_at = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

//! Who may be exchanged with, and what people do about what does not go by itself.

use super::model::{In, Net, Office, Peer, Sent, Taken, Way};
use super::{folder, queue, send, store, take};
use audit::{Entry, keys};
use platform::jobs::{self, Work};
use platform::{Ctx, Error, Result, Tx, Uuid, call, ids, said};
use serde_json::{Value, json};

/// Peers at once.
const MOST: usize = 200;
/// The key file that secrets are sealed with.
const KEY: &str = "exchange";

impl Peer {
    /// What packages are signed with, both ways.
    pub(super) fn secret(&self, ctx: &Ctx) -> Result<Vec<u8>> {
        keys::open(&ctx.app.config.data, KEY, self.id, &self.secret)
    }
}

/// What an administrator says of a peer.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub code: String,
    pub name: String,
    pub way: String,
    pub address: String,
    /// Empty to have one made.
    pub secret: String,
    /// Empty: that of the State.
    pub net: String,
    pub own_code: String,
    pub own_name: String,
}

/// As codes look: opaque, but for what would break an id.
fn code(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b".-_".contains(&b);
    if text.is_empty() || text.len() > 35 || !text.bytes().all(plain) {
        return Err(Error::field(field, "office-exchange-code-wrong"));
    }
    Ok(text.to_owned())
}

pub(super) async fn office(ctx: &Ctx, tx: &Tx, one: Office) -> Result<()> {
    let one = Office {
        code: code("ma-co-quan", &one.code)?,
        name: said::needed("ten-co-quan", &one.name, "office-exchange-name-empty", 200)?,
        in_charge: one.in_charge.trim().to_owned(),
    };
    said::short("cap-tren", &one.in_charge, 200)?;
    store::office_keep(ctx, tx, &one).await?;
    let detail = json!({ "code": one.code });
    audit::record(
        ctx,
        tx,
        Entry { action: "exchange.keep", kind: "exchange_office", id: ctx.commune, detail },
    )
    .await
}

/// Exchanges with somebody from now on. The secret is given back to be shown once.
///
/// # Errors
/// At the field.
pub(super) async fn insert(ctx: &Ctx, tx: &Tx, said: &Said) -> Result<(Peer, String)> {
    let way = Way::parse(&said.way).ok_or_else(|| Error::field("cach", "error-choose"))?;
    let code = code("ma", &said.code)?;
    let name = said::needed("ten", &said.name, "office-exchange-name-empty", 200)?;
    let address = match way {
        Way::Https => call::address(ctx, "dia-chi", &said.address)?.to_string(),
        Way::Folder if folder::is_name(said.address.trim()) => said.address.trim().to_owned(),
        Way::Folder => return Err(Error::field("dia-chi", "office-exchange-folder-wrong")),
    };
    let secret = match said.secret.trim() {
        "" => ids::new_secret(),
        text if text.len() >= 20 && text.len() <= 200 => text.to_owned(),
        _ => return Err(Error::field("khoa-chung", "office-exchange-secret-short")),
    };
    let net = match said.net.as_str() {
        "" => Net::State,
        code => Net::parse(code).ok_or_else(|| Error::field("mang", "error-choose"))?,
    };
    let own_code = match said.own_code.trim() {
        "" => String::new(),
        own => self::code("ma-minh", own)?,
    };
    said::short("ten-minh", &said.own_name, 200)?;
    let known = store::peers(ctx, tx).await?;
    if known
        .iter()
        .any(|peer| peer.code == code && (peer.net == net || way == Way::Https && peer.way == Way::Https))
    {
        return Err(Error::field("ma", "office-exchange-code-known"));
    }
    if known.len() >= MOST {
        return Err(Error::invalid("office-exchange-too-many"));
    }
    let id = ctx.new_id();
    let sealed = keys::seal(&ctx.app.config.data, KEY, id, secret.as_bytes())?;
    let own_name = said.own_name.trim().to_owned();
    let peer =
        Peer { id, code, name, way, address, secret: sealed, made_at: ctx.now, net, own_code, own_name };
    store::peer_insert(ctx, tx, &peer).await?;
    let detail = json!({ "code": peer.code, "way": peer.way, "net": peer.net });
    audit::record(ctx, tx, Entry { action: "exchange.keep", kind: "exchange_peer", id, detail }).await?;
    Ok((peer, secret))
}

/// No more with this one; what waits for it is looked at by a person.
pub(super) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    if !store::peer_end(ctx, tx, id).await? {
        return Err(Error::not_found());
    }
    store::out_orphan(ctx, tx, id, "office-exchange-no-peer").await?;
    let detail = json!({ "ended": true });
    audit::record(ctx, tx, Entry { action: "exchange.keep", kind: "exchange_peer", id, detail }).await
}

/// Sends again what waits or was refused, by the way that there is now.
///
/// # Errors
/// `Conflict` when it was sent, or still has no way.
pub(super) async fn again(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let mut row = store::out(ctx, tx, id).await?;
    if row.state == Sent::Gone {
        return Err(Error::conflict("office-exchange-sent-already"));
    }
    let office = store::office(ctx, tx).await?;
    queue::addressed(ctx, tx, office.as_ref(), &mut row).await?;
    if row.state == Sent::Refused {
        return Err(Error::conflict(platform::Message::new(row.problem)));
    }
    row.next_at = ctx.now;
    store::out_update(ctx, tx, &row).await?;
    let work = Work::new(send::JOB, Value::Null).once(format!("{id}-{}", ctx.new_id()));
    jobs::enqueue(ctx, tx, work).await?;
    let detail = json!({ "again": true });
    audit::record(ctx, tx, Entry { action: "exchange.answer", kind: "exchange", id, detail }).await
}

/// Answers a request to give a document back or to change it.
///
/// # Errors
/// Without a reason for a no; `Conflict` when it was answered before.
pub(super) async fn answer(ctx: &Ctx, tx: &Tx, id: Uuid, agreed: bool, note: &str) -> Result<In> {
    let one = store::in_one(ctx, tx, id).await?;
    let note = match agreed {
        true => note.trim().to_owned(),
        false => said::needed("ly-do", note, "office-exchange-reason-empty", 500)?,
    };
    said::short("ly-do", &note, 500)?;
    let state = if agreed { Taken::Agreed } else { Taken::Declined };
    if !store::in_answer(ctx, tx, id, state, &note).await? {
        return Err(Error::conflict("office-exchange-answered"));
    }
    take::answered(ctx, tx, &one, agreed, &note).await?;
    let detail = json!({ "agreed": agreed });
    audit::record(ctx, tx, Entry { action: "exchange.answer", kind: "exchange", id, detail }).await?;
    Ok(one)
}

//! Which mailboxes are read, and how. What an administrator types is tried before it is kept; a password is locked with a key
//! file and never shown again.

use super::look::tried;
use super::model::{Mailbox, Security, Trouble};
use super::store;
use super::wire::{Place, certificates};
use audit::{Entry, keys};
use chrono::{Duration, NaiveDate};
use platform::http::Form;
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;

/// The key file that passwords are locked with.
const KEY: &str = "mailbox";
const MOST: usize = 20;
/// A mailbox of ten years is not read from its beginning by mistake.
const BACK_DAYS: i64 = 366;

pub(super) fn place(ctx: &Ctx, one: &Mailbox) -> Result<Place> {
    let password = keys::open(&ctx.app.config.data, KEY, one.id, &one.sealed)?;
    Ok(Place {
        host: one.host.clone(),
        port: u16::try_from(one.port).map_err(Error::internal)?,
        security: one.security,
        login: one.login.clone(),
        password: String::from_utf8(password).map_err(Error::internal)?,
        trust: one.trust.clone(),
    })
}

/// The form as it was typed; the password is not given back.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub name: String,
    pub address: String,
    pub host: String,
    pub port: String,
    pub security: String,
    pub login: String,
    password: String,
    pub trust: String,
    pub folder: String,
    pub moves: bool,
    pub done_folder: String,
    pub receipts: bool,
    pub since: String,
}

impl Typed {
    pub fn new(ctx: &Ctx) -> Typed {
        Typed {
            port: "993".into(),
            security: Security::Tls.code().into(),
            folder: "INBOX".into(),
            done_folder: ctx.t().t("office-mailbox-done-name"),
            moves: true,
            since: vntext::date(ctx.today()),
            ..Typed::default()
        }
    }

    pub fn of(one: &Mailbox) -> Typed {
        Typed {
            name: one.name.clone(),
            address: one.address.clone(),
            host: one.host.clone(),
            port: one.port.to_string(),
            security: one.security.code().into(),
            login: one.login.clone(),
            password: String::new(),
            trust: one.trust.clone(),
            folder: one.folder.clone(),
            moves: !one.done_folder.is_empty(),
            done_folder: one.done_folder.clone(),
            receipts: one.receipts,
            since: vntext::date(one.since),
        }
    }

    /// What is done with letters that were taken, as the form says it.
    pub fn then(&self) -> &'static str {
        if self.moves { "chuyen" } else { "danh-dau" }
    }

    pub fn sent(sent: &Form) -> Typed {
        let text = |name: &str| sent.text(name).trim().to_owned();
        Typed {
            name: text("ten"),
            address: text("dia-chi-thu"),
            host: text("may-chu"),
            port: text("cong"),
            security: text("bao-mat"),
            login: text("dang-nhap"),
            // Blanks may belong to it.
            password: sent.text("mat-khau").to_owned(),
            trust: text("chung-thu"),
            folder: text("thu-muc"),
            moves: sent.text("da-lay") == "chuyen",
            done_folder: text("thu-muc-xong"),
            receipts: sent.ticked("xac-nhan"),
            since: text("tu-ngay"),
        }
    }
}

/// What was typed, as a mailbox and the way to it.
pub(super) struct Checked {
    pub mailbox: Mailbox,
    pub place: Place,
    /// It is another place than before: letters are counted from the beginning.
    anew: bool,
}

fn host(text: &str) -> Result<String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b".-:".contains(&b);
    if text.is_empty() || text.len() > 253 || !text.bytes().all(plain) {
        return Err(Error::field("may-chu", "office-mailbox-host-wrong"));
    }
    Ok(text.to_ascii_lowercase())
}

fn address(text: &str) -> Result<String> {
    let plausible = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !plausible
        || text.len() > 200
        || text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '<')
    {
        return Err(Error::field("dia-chi-thu", "office-mailbox-address-wrong"));
    }
    Ok(text.to_lowercase())
}

fn folder(field: &'static str, text: &str) -> Result<String> {
    let name = said::needed(field, text, "office-mailbox-folder-empty", 100)?;
    if name.contains(char::is_control) {
        return Err(Error::field(field, "office-mailbox-folder-empty"));
    }
    Ok(name)
}

fn since(ctx: &Ctx, text: &str) -> Result<NaiveDate> {
    let day = vntext::date_parse(text).map_err(|_| Error::field("tu-ngay", "error-date"))?;
    if day > ctx.today() || day < ctx.today() - Duration::days(BACK_DAYS) {
        return Err(Error::field("tu-ngay", "office-mailbox-since-wrong"));
    }
    Ok(day)
}

/// What was typed, or the one that is kept. It never goes to another server than the one that it was typed for.
fn password(ctx: &Ctx, typed: &Typed, known: Option<&Mailbox>) -> Result<String> {
    Ok(match (typed.password.as_str(), known) {
        ("", Some(one)) if !one.sealed.is_empty() => place(ctx, one)?.password,
        ("", _) => return Err(Error::field("mat-khau", "office-mailbox-password-empty")),
        (text, _) if text.len() > 500 || text.contains(char::is_control) => {
            return Err(Error::field("mat-khau", "office-mailbox-password-wrong"));
        }
        (text, _) => text.to_owned(),
    })
}

/// # Errors
/// At the field.
pub(super) fn checked(ctx: &Ctx, typed: &Typed, known: Option<&Mailbox>) -> Result<Checked> {
    let security = Security::parse(&typed.security).ok_or_else(|| Error::field("bao-mat", "error-choose"))?;
    let host = host(&typed.host)?;
    let port: u16 = typed
        .port
        .parse()
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| Error::field("cong", "office-mailbox-port-wrong"))?;
    if security == Security::Open && !["localhost", "127.0.0.1", "::1"].contains(&host.as_str()) {
        return Err(Error::field("bao-mat", "office-mailbox-open-wrong"));
    }
    let login = said::needed("dang-nhap", &typed.login, "office-mailbox-login-empty", 200)?;
    if !typed.trust.is_empty() && (typed.trust.len() > 20_000 || certificates(&typed.trust).is_none()) {
        return Err(Error::field("chung-thu", "office-mailbox-trust-wrong"));
    }
    let folder_in = folder("thu-muc", &typed.folder)?;
    let done_folder = if typed.moves { folder("thu-muc-xong", &typed.done_folder)? } else { String::new() };
    if done_folder == folder_in {
        return Err(Error::field("thu-muc-xong", "office-mailbox-folder-same"));
    }
    let same = |one: &&Mailbox| one.host == host && one.port == i64::from(port) && one.login == login;
    let password = password(ctx, typed, known.filter(same))?;
    let id = known.map_or_else(|| ctx.new_id(), |one| one.id);
    let sealed = keys::seal(&ctx.app.config.data, KEY, id, password.as_bytes())?;
    let from = since(ctx, &typed.since);
    // A mailbox that is read for long keeps its day.
    let from = match known {
        Some(one) if typed.since == vntext::date(one.since) => one.since,
        _ => from?,
    };
    let anew = known.filter(same).is_none_or(|one| one.folder != folder_in || one.since != from);
    let place = Place {
        host: host.clone(),
        port,
        security,
        login: login.clone(),
        password,
        trust: typed.trust.clone(),
    };
    let mailbox = Mailbox {
        id,
        name: said::needed("ten", &typed.name, "office-mailbox-name-empty", 100)?,
        address: address(&typed.address)?,
        host,
        port: i64::from(port),
        security,
        login,
        sealed,
        trust: typed.trust.clone(),
        folder: folder_in,
        done_folder,
        receipts: typed.receipts,
        since: from,
        uid_validity: 0,
        last_uid: 0,
        looked_at: None,
        failed_since: None,
        problem: String::new(),
        tries: 0,
        next_at: ctx.now,
        revision: known.map_or(1, |one| one.revision),
    };
    Ok(Checked { mailbox, place, anew })
}

/// Tries it. The outcome stands in the record, without the words of the server.
pub(super) async fn attempt(ctx: &Ctx, checked: &Checked) -> Result<Result<(), Trouble>> {
    let one = &checked.mailbox;
    let outcome = tried(&checked.place, &one.folder, &one.done_folder).await;
    let tx = ctx.begin().await?;
    let detail = json!({ "well": outcome.is_ok() });
    audit::record(ctx, &tx, Entry { action: "mailbox.try", kind: "mailbox", id: one.id, detail }).await?;
    tx.commit().await?;
    Ok(outcome)
}

pub(super) async fn keep(ctx: &Ctx, tx: &Tx, checked: &Checked, known: bool) -> Result<()> {
    let one = &checked.mailbox;
    if known {
        if !store::mailbox_update(ctx, tx, one, checked.anew).await? {
            return Err(Error::conflict("office-moved-on"));
        }
    } else {
        if store::mailboxes(ctx, tx).await?.len() >= MOST {
            return Err(Error::invalid("office-mailbox-too-many"));
        }
        store::mailbox_insert(ctx, tx, one).await?;
    }
    let detail = json!({ "host": one.host, "folder": one.folder, "receipts": one.receipts });
    audit::record(ctx, tx, Entry { action: "mailbox.keep", kind: "mailbox", id: one.id, detail }).await
}

/// It is read no more; what came stays in the list.
pub(super) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    if !store::mailbox_end(ctx, tx, id).await? {
        return Err(Error::not_found());
    }
    let detail = json!({ "ended": true });
    audit::record(ctx, tx, Entry { action: "mailbox.keep", kind: "mailbox", id, detail }).await
}

//! Looking into the mailboxes: each letter that came is fetched, judged and written down whole or not at all, and only then
//! marked on the server. Whatever breaks off in between is done again, and it is one letter.

use super::automatic::Own;
use super::judge::{Judged, judged};
use super::model::{Letter, Mailbox, Problem, State, Trouble, Ways, What};
use super::read::{self, Parsed};
use super::store::{self, NewAttachment};
use super::wire::{self, Open};
use super::{PATH, settings};
use crate::incoming::TextState;
use audit::Entry;
use chrono::Duration;
use platform::access::Place;
use platform::files::{self, Prepared};
use platform::jobs::Job;
use platform::{Ctx, Error, Message, Result, Tx};
use serde_json::{Value, json};

pub(super) const JOB: &str = "office.mailbox-look";
/// How often a mailbox is looked into by itself.
pub(super) const PERIOD: std::time::Duration = std::time::Duration::from_secs(300);
/// Letters of one round; the next goes on.
const AT_ONCE: usize = 200;

/// Why a round ended early.
enum Halt {
    /// The mailbox cannot be read now.
    Away(Trouble),
    Ours(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Halt {
        Halt::Ours(error)
    }
}

impl From<Trouble> for Halt {
    fn from(trouble: Trouble) -> Halt {
        Halt::Away(trouble)
    }
}

pub(super) async fn job(ctx: Ctx, job: Job) -> Result<Value> {
    let asked = job.payload["now"] == true;
    let mailboxes = store::mailboxes(&ctx, &ctx.app.db).await?;
    let own = own(&ctx, &mailboxes);
    let (mut fetched, mut away) = (0, 0);
    for one in &mailboxes {
        // The demo's has no password, and nothing behind it.
        let due = asked || one.next_at <= ctx.app.clock.now();
        if !due || one.sealed.is_empty() {
            continue;
        }
        match round(&ctx, &job, one, &own).await {
            Ok(count) => {
                fetched += count;
                looked(&ctx, one, None).await?;
            }
            Err(Halt::Away(trouble)) => {
                away += 1;
                looked(&ctx, one, Some(&trouble)).await?;
            }
            Err(Halt::Ours(error)) => return Err(error),
        }
    }
    Ok(json!({ "fetched": fetched, "away": away, "link": PATH }))
}

/// Who we are: no letter of ours is a letter to us.
pub(super) fn own(ctx: &Ctx, mailboxes: &[Mailbox]) -> Own {
    let mut addresses: Vec<String> =
        mailboxes.iter().flat_map(|one| [one.address.to_lowercase(), one.login.to_lowercase()]).collect();
    addresses.extend(ctx.app.config.mail.as_ref().map(|mail| bare(&mail.from)));
    addresses.retain(|address| address.contains('@'));
    Own { mark: format!("sandinh-{}", ctx.commune), addresses }
}

/// `UBND xã <xa@giaphu.example>` as `xa@giaphu.example`.
fn bare(address: &str) -> String {
    let inner = address.rsplit_once('<').map_or(address, |(_, rest)| rest.trim_end_matches('>'));
    inner.trim().to_lowercase()
}

async fn looked(ctx: &Ctx, one: &Mailbox, trouble: Option<&Trouble>) -> Result<()> {
    let now = ctx.app.clock.now();
    let next = now + trouble.map_or(Duration::zero(), |_| pause(one.tries));
    let tx = ctx.begin().await?;
    store::mailbox_looked(ctx, &tx, one, trouble, next).await?;
    tx.commit().await
}

/// 5, 10, 20 … minutes, at most two hours: for as long as the server is away.
fn pause(tries: i64) -> Duration {
    Duration::minutes(5 << tries.clamp(0, 5)).min(Duration::hours(2))
}

async fn round(ctx: &Ctx, job: &Job, one: &Mailbox, own: &Own) -> Result<i64, Halt> {
    let mut open = wire::open(&settings::place(ctx, one)?).await?;
    let done = letters(ctx, job, one, own, &mut open).await;
    if done.is_ok() {
        open.close().await;
    }
    done
}

async fn letters(ctx: &Ctx, job: &Job, one: &Mailbox, own: &Own, open: &mut Open) -> Result<i64, Halt> {
    let validity = open.select(&one.folder).await?;
    if !one.done_folder.is_empty() {
        // Nobody may have tried the mailbox before it was saved, and somebody may have deleted the folder since.
        open.ensure(&one.done_folder).await?;
    }
    let mut after = one.last_uid;
    if validity != one.uid_validity {
        after = 0;
        let tx = ctx.begin().await?;
        store::mailbox_renumber(ctx, &tx, one.id, validity).await?;
        tx.commit().await?;
    }
    for left in store::unmarked(ctx, one.id, validity).await? {
        mark(ctx, open, one, left.id, left.uid).await?;
    }
    let mut found = open.find(after, one.since).await?;
    found.truncate(AT_ONCE);
    let (total, mut fetched) = (found.len() as i64, 0);
    for (done, uid) in found.into_iter().enumerate() {
        job.progress(ctx, done as i64, total).await?;
        let at = Ctx { now: ctx.app.clock.now(), ..ctx.clone() };
        fetched += i64::from(letter(&at, one, own, open, validity, uid).await?);
    }
    Ok(fetched)
}

async fn mark(ctx: &Ctx, open: &mut Open, one: &Mailbox, id: platform::Uuid, uid: i64) -> Result<(), Halt> {
    open.take(uid, &one.done_folder).await?;
    let tx = ctx.begin().await?;
    store::mark(ctx, &tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// True when it is a new one.
async fn letter(
    ctx: &Ctx,
    one: &Mailbox,
    own: &Own,
    open: &mut Open,
    validity: i64,
    uid: i64,
) -> Result<bool, Halt> {
    let Some(head) = open.head(uid).await? else {
        passed(ctx, one, validity, uid).await?;
        return Ok(false);
    };
    let mut key = read::key(&head.header);
    if let Some(known) = &key
        && let Some(known) = store::letter_of_key(ctx, &ctx.app.db, known).await?
    {
        if known.problem != Some(Problem::Large) {
            open.take(uid, &one.done_folder).await?;
        }
        passed(ctx, one, validity, uid).await?;
        return Ok(false);
    }
    let largest = Ways::load(ctx)?.largest_mb << 20;
    let whole = if head.size > largest { None } else { open.body(uid).await? };
    let (mine, names) = (own.clone(), key.is_none());
    let work = move || match whole {
        Some(bytes) => {
            let key = names.then(|| read::key_of_whole(&bytes));
            (read::whole(&bytes, &mine), Some(bytes), key)
        }
        None => {
            let key = names.then(|| read::key_of_whole(&head.header));
            (read::head(&head.header, &mine, Problem::Large), None, key)
        }
    };
    let (mut parsed, bytes, own_key) = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
    key = key.or(own_key);
    let Some(files) = judged(ctx, &mut parsed).await? else {
        secret(ctx, one, open, validity, uid).await?;
        return Ok(false);
    };
    let fresh = Fresh { mailbox: one, validity, uid, key: key.unwrap_or_default(), parsed, files, bytes };
    let kept = keep(ctx, fresh).await?;
    match kept {
        Some(letter) if letter.problem == Some(Problem::Large) => Ok(true),
        Some(letter) => mark(ctx, open, one, letter.id, uid).await.map(|()| true),
        None => {
            open.take(uid, &one.done_folder).await?;
            Ok(false)
        }
    }
}

async fn passed(ctx: &Ctx, one: &Mailbox, validity: i64, uid: i64) -> Result<()> {
    let tx = ctx.begin().await?;
    store::mailbox_passed(ctx, &tx, one.id, validity, uid).await?;
    tx.commit().await
}

/// It stays where it is, with a flag. The clerks learn that there is one, and nothing of what stands in it.
async fn secret(ctx: &Ctx, one: &Mailbox, open: &mut Open, validity: i64, uid: i64) -> Result<(), Halt> {
    open.refuse(uid).await?;
    let tx = ctx.begin().await?;
    store::mailbox_passed(ctx, &tx, one.id, validity, uid).await?;
    let text = Message::new("office-mailbox-secret-told").with("name", one.name.as_str());
    let commune = Place::new("commune", ctx.commune);
    messages::send_to_role(ctx, &tx, "clerk", &commune, &text, PATH).await?;
    let detail = json!({ "why": "secrecy stamp" });
    audit::record(ctx, &tx, Entry { action: "mailbox.secret", kind: "mailbox", id: one.id, detail }).await?;
    tx.commit().await?;
    Ok(())
}

/// A letter that was judged, with all of it.
struct Fresh<'a> {
    mailbox: &'a Mailbox,
    validity: i64,
    uid: i64,
    key: String,
    parsed: Parsed,
    files: Vec<Judged>,
    bytes: Option<Vec<u8>>,
}

/// Nothing when it was there already.
async fn keep(ctx: &Ctx, fresh: Fresh<'_>) -> Result<Option<Letter>> {
    let mut one = row(ctx, &fresh);
    one.state = one.undecided();
    let original = fresh.bytes.map(|bytes| {
        let name = format!("thu-{}.eml", &one.key[..8.min(one.key.len())]);
        Prepared { name, media_type: "message/rfc822", bytes, size: None }
    });
    let (files, original) = written(ctx, fresh.files, original).await?;
    let tx = ctx.begin().await?;
    store::mailbox_passed(ctx, &tx, one.mailbox_id, one.uid_validity, one.uid).await?;
    if !store::letter_insert(ctx, &tx, &one).await? {
        tx.commit().await?;
        return Ok(None);
    }
    if let Some(original) = &original {
        let file = files::keep(ctx, &tx, original, OWNER, one.id).await?;
        store::letter_file(ctx, &tx, one.id, file).await?;
    }
    for judged in &files {
        attach(ctx, &tx, &one, judged).await?;
    }
    let detail = json!({ "state": one.state, "documents": one.documents, "problem": one.problem });
    audit::record(ctx, &tx, Entry { action: "mailbox.fetch", kind: "mail_letter", id: one.id, detail })
        .await?;
    tx.commit().await?;
    Ok(Some(one))
}

/// What files of letters belong to.
pub(super) const OWNER: &str = "mail_letter";

/// The bytes are on the disk before the transaction begins.
async fn written(
    ctx: &Ctx,
    files: Vec<Judged>,
    original: Option<Prepared>,
) -> Result<(Vec<Judged>, Option<Prepared>)> {
    let folder = ctx.app.config.files_folder();
    let work = move || {
        let kept = files.iter().filter_map(|one| one.file.as_ref().ok().map(|new| &new.file));
        for file in kept.chain(original.as_ref()) {
            files::write_bytes(&folder, &file.bytes)?;
        }
        Ok((files, original))
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

async fn attach(ctx: &Ctx, tx: &Tx, letter: &Letter, judged: &Judged) -> Result<()> {
    let line = match &judged.file {
        Ok(new) => NewAttachment {
            name: &judged.name,
            file: Some(files::keep(ctx, tx, &new.file, OWNER, letter.id).await?),
            problem: None,
            text_state: new.words.state,
            text: &new.words.text,
            pages: new.words.pages,
        },
        Err(problem) => NewAttachment {
            name: &judged.name,
            file: None,
            problem: Some(*problem),
            text_state: TextState::None,
            text: "",
            pages: None,
        },
    };
    store::attachment_insert(ctx, tx, letter.id, &line).await
}

fn row(ctx: &Ctx, fresh: &Fresh<'_>) -> Letter {
    let parsed = &fresh.parsed;
    Letter {
        id: ctx.new_id(),
        mailbox_id: fresh.mailbox.id,
        uid_validity: fresh.validity,
        uid: fresh.uid,
        key: fresh.key.clone(),
        message_id: parsed.message_id.clone(),
        from_address: parsed.from_address.clone(),
        from_name: parsed.from_name.clone(),
        subject: parsed.subject.clone(),
        sent_at: parsed.sent_at,
        came_at: ctx.now,
        text: parsed.text.clone(),
        state: State::Plain,
        automatic: parsed.automatic,
        problem: parsed.problem,
        // What could not be read as a document is looked at by the clerk all the same.
        documents: fresh.files.len() as i64 + i64::from(parsed.problem == Some(Problem::Large)),
        file_id: None,
        reason: String::new(),
        incoming_id: None,
        decided_by: None,
        decided_at: None,
        revision: 1,
    }
}

/// Tries a place without keeping anything: the folder is there, and that for taken letters is made.
pub(super) async fn tried(place: &wire::Place, folder: &str, done: &str) -> Result<(), Trouble> {
    let mut open = wire::open(place).await?;
    open.select(folder).await?;
    if done == folder {
        return Err(Trouble::new(What::Folder, done));
    }
    if !done.is_empty() {
        open.ensure(done).await?;
    }
    open.close().await;
    Ok(())
}

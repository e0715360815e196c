//! Letters as if they had been fetched: for the demo, which has no mail server.

use super::look::OWNER;
use super::model::{Automatic, Letter, Mailbox, Problem, Security};
use super::store::{self, NewAttachment};
use crate::incoming::{NewFile, TextState};
use chrono::{DateTime, Duration, Utc};
use platform::files::{self, Prepared};
use platform::{Ctx, Result, Tx, Uuid};

/// A letter of an invented sender.
pub struct Planted {
    pub from_name: String,
    pub from_address: String,
    pub subject: String,
    pub text: String,
    /// It came from a list, and is not answered.
    pub list: bool,
    pub files: Vec<NewFile>,
    /// The name of a file that was not taken, an archive.
    pub archive: Option<String>,
    pub original: Vec<u8>,
}

/// A mailbox that was looked into at `at`; nothing is ever fetched from it.
pub async fn mailbox(ctx: &Ctx, tx: &Tx, name: &str, address: &str) -> Result<Uuid> {
    let one = Mailbox {
        id: ctx.new_id(),
        name: name.to_owned(),
        address: address.to_owned(),
        host: "imap.giaphu.example".to_owned(),
        port: 993,
        security: Security::Tls,
        login: address.to_owned(),
        sealed: String::new(),
        trust: String::new(),
        folder: "INBOX".to_owned(),
        done_folder: "Đã tiếp nhận".to_owned(),
        receipts: false,
        since: ctx.today(),
        uid_validity: 0,
        last_uid: 0,
        looked_at: None,
        failed_since: None,
        problem: String::new(),
        tries: 0,
        next_at: ctx.now,
        revision: 1,
    };
    store::mailbox_insert(ctx, tx, &one).await?;
    let asleep = ctx.now + Duration::days(36_500);
    store::mailbox_looked(ctx, tx, &one, None, asleep).await?;
    Ok(one.id)
}

pub async fn plant(ctx: &Ctx, tx: &Tx, mailbox: Uuid, at: DateTime<Utc>, planted: Planted) -> Result<Uuid> {
    let id = ctx.new_id();
    let mut one = Letter {
        id,
        mailbox_id: mailbox,
        uid_validity: 1,
        uid: 0,
        key: format!("planted-{id}"),
        message_id: format!("{id}@giaphu.example"),
        from_address: planted.from_address,
        from_name: planted.from_name,
        subject: planted.subject,
        sent_at: Some(at),
        came_at: at,
        text: planted.text,
        state: super::State::Plain,
        automatic: planted.list.then_some(Automatic::List),
        problem: None,
        documents: (planted.files.len() + usize::from(planted.archive.is_some())) as i64,
        file_id: None,
        reason: String::new(),
        incoming_id: None,
        decided_by: None,
        decided_at: None,
        revision: 1,
    };
    one.state = one.undecided();
    store::letter_insert(ctx, tx, &one).await?;
    let name = format!("thu-{}.eml", one.uid);
    let original = Prepared { name, media_type: "message/rfc822", bytes: planted.original, size: None };
    let original = files::keep(ctx, tx, &original, OWNER, id).await?;
    store::letter_file(ctx, tx, id, original).await?;
    store::mark(ctx, tx, id).await?;
    for new in &planted.files {
        let line = NewAttachment {
            name: &new.file.name,
            file: Some(files::keep(ctx, tx, &new.file, OWNER, id).await?),
            problem: None,
            text_state: new.words.state,
            text: &new.words.text,
            pages: new.words.pages,
        };
        store::attachment_insert(ctx, tx, id, &line).await?;
    }
    if let Some(name) = &planted.archive {
        let (problem, text_state) = (Some(Problem::Archive), TextState::None);
        let line = NewAttachment { name, file: None, problem, text_state, text: "", pages: None };
        store::attachment_insert(ctx, tx, id, &line).await?;
    }
    Ok(id)
}

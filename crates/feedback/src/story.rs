//! What happened to a report, as a page tells it.

use crate::model::{Event, Kept, Part, Report};
use crate::store;
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;

/// A picture or a voice note on a page.
pub struct Shown {
    pub url: String,
    pub small: String,
    pub words: String,
    pub sound: bool,
    pub hidden: bool,
    pub id: String,
}

/// One line.
pub struct Told {
    pub what: String,
    pub words: String,
    pub who: String,
    pub at: String,
    pub inner: bool,
    pub files: Vec<Shown>,
}

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Everybody,
    Sender,
    Office,
}

impl Reader {
    pub fn reads(self, event: &Event) -> bool {
        self == Reader::Office || event.public
    }

    /// A voice tells who speaks; what an officer hid is not for everybody.
    pub fn sees(self, file: &Kept) -> bool {
        self != Reader::Everybody || !(file.sound || file.hidden)
    }
}

pub fn shown(ctx: &Ctx, file: &Kept, base: &str, tail: &str) -> Shown {
    let t = ctx.t();
    let url = format!("{base}/anh/{}{tail}", file.id);
    let join = if tail.is_empty() { '?' } else { '&' };
    let words = if file.sound { t.t("feedback-voice") } else { t.t(file.part.text_key()) };
    Shown {
        small: format!("{url}{join}nho=1"),
        url,
        words,
        sound: file.sound,
        hidden: file.hidden,
        id: file.id.to_string(),
    }
}

/// The story, the newest first; files stand with what they came with.
pub async fn told(ctx: &Ctx, one: &Report, reader: Reader, base: &str, tail: &str) -> Result<Vec<Told>> {
    let t = ctx.t();
    let events = store::events(ctx, &ctx.app.db, one.id).await?;
    let files = store::files(ctx, &ctx.app.db, &[one.id]).await?;
    let mut ids: Vec<Uuid> = events.iter().filter_map(|event| event.by_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = match reader {
        Reader::Office if !ids.is_empty() => identity::account_names(ctx, &ids).await?,
        _ => HashMap::new(),
    };
    // Whoever sent it stays unnamed also in the office's story: the contact has its own, recorded click.
    let name = |id: Option<Uuid>| id.filter(|_| id != one.account_id).and_then(|id| names.get(&id).cloned());
    let lines = events.iter().rev().filter(|event| reader.reads(event)).map(|event| Told {
        what: match event.body_name.as_str() {
            "" => t.t(event.what.text_key()),
            body => format!("{}: {body}", t.t(event.what.text_key())),
        },
        words: event.words.clone(),
        who: name(event.by_id).unwrap_or_default(),
        at: t.moment(event.at),
        inner: !event.public,
        files: files
            .iter()
            .filter(|file| file.event_id == event.id && file.part != Part::Sent && reader.sees(file))
            .map(|file| shown(ctx, file, base, tail))
            .collect(),
    });
    Ok(lines.collect())
}

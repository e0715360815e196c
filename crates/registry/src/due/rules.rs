//! Marking who was invited, and taking it back.

use super::store::notice::{self, Line};
use super::store::{self, Ask, Person};
use audit::Entry;
use platform::{Ctx, Error, Result, Tx, Uuid};
use serde_json::json;

/// The most people that one press of a button invites or prints.
pub(crate) const AT_ONCE: usize = 300;

/// How an invitation reached people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Print,
    Spoken,
    /// Into the inbox of the person, or of a parent.
    Sent,
    /// The village head was asked to tell.
    ByHead,
}

impl How {
    pub fn code(self) -> &'static str {
        match self {
            How::Print => "print",
            How::Spoken => "spoken",
            How::Sent => "sent",
            How::ByHead => "by_head",
        }
    }

    /// What a form may say; only a sending writes the others.
    pub fn parse(code: &str) -> How {
        if code == "print" { How::Print } else { How::Spoken }
    }

    pub fn text_key(code: &str) -> &'static str {
        match code {
            "print" => "registry-due-how-print",
            "sent" => "registry-due-how-sent",
            "by_head" => "registry-due-how-head",
            _ => "registry-due-how-spoken",
        }
    }
}

/// The chosen people who are due, inside the reader's places.
///
/// # Errors
/// At `id` when nobody was chosen, or more than can be invited at once.
pub(crate) async fn chosen(ctx: &Ctx, ask: &Ask<'_>) -> Result<Vec<Person>> {
    if ask.ids.as_ref().is_some_and(|ids| ids.is_empty() || ids.len() > AT_ONCE) {
        return Err(Error::invalid("registry-due-choose"));
    }
    let people = store::list(ctx, ask, None, AT_ONCE).await?;
    if people.is_empty() { Err(Error::invalid("registry-due-choose")) } else { Ok(people) }
}

/// Notes that these people were invited, or told where a village head had been asked to. Answers with the batch, by
/// which it can be taken back, and how many are new.
pub(crate) async fn invite(
    ctx: &Ctx,
    tx: &Tx,
    ask: &Ask<'_>,
    people: &[Person],
    how: How,
) -> Result<(Uuid, u64)> {
    let batch = ctx.new_id();
    let new: Vec<Line> = people.iter().map(|person| Line { person, how, to: None }).collect();
    let new = notice::put(ctx, tx, ask.rule, &new, batch).await?;
    let told = notice::tell(ctx, tx, ask.rule, people, batch).await?;
    let detail = json!({ "rule": ask.rule.code, "how": how.code(), "count": new, "told": told });
    audit::record(ctx, tx, Entry { action: "due.send", kind: "due_notice", id: batch, detail }).await?;
    Ok((batch, new + told))
}

/// Takes back what one's own press of the button noted, with the letters of it that nobody has opened. Whom a village
/// head has told meanwhile stays told.
///
/// # Errors
/// Not found when there is nothing (any more), or it was somebody else's.
pub(crate) async fn take_back(ctx: &Ctx, tx: &Tx, batch: Uuid) -> Result<u64> {
    let gone = notice::take_back(ctx, tx, batch).await? + notice::untell(ctx, tx, batch).await?;
    if gone == 0 {
        return Err(Error::not_found());
    }
    let letters = notice::letters(ctx, tx, batch).await?;
    let letters = messages::take_back(ctx, tx, &letters).await?;
    let detail = json!({ "count": gone, "letters": letters });
    audit::record(ctx, tx, Entry { action: "due.take_back", kind: "due_notice", id: batch, detail }).await?;
    Ok(gone)
}

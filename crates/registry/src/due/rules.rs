//! Marking who was invited, and taking it back.

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
}

impl How {
    pub fn code(self) -> &'static str {
        match self {
            How::Print => "print",
            How::Spoken => "spoken",
        }
    }

    pub fn parse(code: &str) -> How {
        if code == "print" { How::Print } else { How::Spoken }
    }

    pub fn text_key(code: &str) -> &'static str {
        if code == "print" { "registry-due-how-print" } else { "registry-due-how-spoken" }
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

/// Notes that these people were invited. Answers with the batch, by which it can be taken back, and how many are new.
pub(crate) async fn invite(
    ctx: &Ctx,
    tx: &Tx,
    ask: &Ask<'_>,
    people: &[Person],
    how: How,
) -> Result<(Uuid, u64)> {
    let batch = ctx.new_id();
    let new = store::put(ctx, tx, ask.rule, people, how.code(), batch).await?;
    let detail = json!({ "rule": ask.rule.code, "how": how.code(), "count": new });
    audit::record(ctx, tx, Entry { action: "due.send", kind: "due_notice", id: batch, detail }).await?;
    Ok((batch, new))
}

/// Takes back what one's own press of the button noted.
///
/// # Errors
/// Not found when there is nothing (any more), or it was somebody else's.
pub(crate) async fn take_back(ctx: &Ctx, tx: &Tx, batch: Uuid) -> Result<u64> {
    let gone = store::take_back(ctx, tx, batch).await?;
    if gone == 0 {
        return Err(Error::not_found());
    }
    let detail = json!({ "count": gone });
    audit::record(ctx, tx, Entry { action: "due.take_back", kind: "due_notice", id: batch, detail }).await?;
    Ok(gone)
}

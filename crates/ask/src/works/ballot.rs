//! The ballot.
//!
//! What it must be: one for each household, secret, found again by its voter, counted again by anybody. How it stays secret:
//!
//! - The roll says *that* a household has voted, not when and not what. The ballots of a round are not rows: while it runs they are
//!   one text, sorted by codes, sealed under a key file that no dump holds (`ask_box`). There is no id, no time and no order that
//!   could be laid beside the roll, and no row version (`xmin`) or place in the table of a single ballot: each vote writes the
//!   one row anew. Every ballot adds the same length, whatever was chosen, so neither does the length tell.
//! - The code of a ballot is random and stands in the form before it is sent: whoever loses the answer on a weak line has it already.
//!   It is kept with the ballot alone. The audit entry, the idempotency key and the address to which it leads are the same whatever
//!   was chosen, and the form is not kept in the browser.
//! - Nobody is shown a number before the end. After it the ballots are written out by their codes, with a hash over the list that
//!   also stands in the audit chain; the box goes.
//!
//! What remains, and is said: a code proves to others what was chosen, to whoever its voter shows it; who can read the machine's
//! files and its key before and after one ballot sees the difference; and the log of acts knows when somebody voted.

use super::model::{Ballot, Way, WorkState};
use super::{rules, store};
use crate::matter::{Kind, Matter, record};
use crate::who::Me;
use audit::keys;
use platform::{Ctx, Error, Message, Result, Run, Tx, Uuid};
use serde_json::json;

/// Letters and digits that nobody confuses on paper.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LETTERS: usize = 10;
const KEY: &str = "ask-box";
/// Longer than the longest list of picks.
const PADDED: usize = 32;

/// A code for a ballot: `ABCDE-FGHJK`.
pub fn code() -> String {
    let mut bytes = [0u8; LETTERS];
    rand::Rng::fill(&mut rand::rng(), &mut bytes[..]);
    let letters: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
    format!("{}-{}", &letters[..LETTERS / 2], &letters[LETTERS / 2..])
}

/// A code as somebody typed it, in its one form.
pub(super) fn typed(text: &str) -> Option<String> {
    let letters: String =
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let right = letters.len() == LETTERS && letters.bytes().all(|letter| ALPHABET.contains(&letter));
    (right && text.len() <= 20).then(|| format!("{}-{}", &letters[..LETTERS / 2], &letters[LETTERS / 2..]))
}

/// The works that were ticked: at least one, at most so many, each on the ballot.
pub(super) async fn checked(ctx: &Ctx, on: &impl Run, round: &Matter, picks: &[i64]) -> Result<Vec<i64>> {
    let mut picks = picks.to_vec();
    picks.sort_unstable();
    picks.dedup();
    let works = store::works(ctx, on, round.id).await?;
    let known = |pick: &i64| works.iter().any(|one| one.position == *pick && one.state == WorkState::In);
    if picks.is_empty() || !picks.iter().all(known) {
        return Err(Error::field("chon", "ask-pick-one"));
    }
    if i64::try_from(picks.len()).is_ok_and(|count| count > round.picks) {
        return Err(Error::field("chon", Message::new("ask-pick-fewer").with("count", round.picks)));
    }
    Ok(picks)
}

/// The reader votes for their household.
///
/// # Errors
/// At `chon` without or with too many choices; `Conflict` for who may not, twice, before the first or after the last day.
pub async fn cast(ctx: &Ctx, tx: &Tx, round: &Matter, code: &str, picks: &[i64]) -> Result<()> {
    let me: Me = crate::who::needed(ctx).await?;
    if round.kind != Kind::Works {
        return Err(Error::not_found());
    }
    let code = typed(code).ok_or_else(|| Error::conflict("ask-code-wrong"))?;
    if let Some(why) = rules::hindrance(ctx, round, &me).await? {
        return Err(Error::conflict(why));
    }
    let picks = checked(ctx, tx, round, picks).await?;
    // From here on the round is held: two members of one household come one after the other.
    if !crate::matter::store::give(ctx, tx, round.id).await? {
        return Err(Error::conflict("ask-not-open"));
    }
    if !store::strike(ctx, tx, round.id, me.household, Way::Online).await? {
        return Err(Error::conflict("ask-voted-already"));
    }
    put(ctx, tx, round.id, Ballot::new(code, &picks)).await?;
    record(ctx, tx, "ask.vote", round.id, json!({})).await
}

async fn put(ctx: &Ctx, tx: &Tx, round: Uuid, ballot: Ballot) -> Result<()> {
    let mut all = opened(ctx, tx, round).await?;
    if all.iter().any(|known| known.code == ballot.code) {
        return Err(Error::conflict("ask-code-wrong"));
    }
    all.push(ballot);
    all.sort();
    let padded = |one: &Ballot| format!("{} {:<PADDED$}\n", one.code, one.picks);
    let text: String = all.iter().map(padded).collect();
    let sealed = keys::seal(&ctx.app.config.data, KEY, round, text.as_bytes())?;
    store::write_box(ctx, tx, round, &sealed).await
}

/// The ballots in the box, for the count and for the next one.
pub(super) async fn opened(ctx: &Ctx, on: &impl Run, round: Uuid) -> Result<Vec<Ballot>> {
    let Some(sealed) = store::open_box(ctx, on, round).await? else { return Ok(Vec::new()) };
    let text = keys::open(&ctx.app.config.data, KEY, round, &sealed)?;
    let text = String::from_utf8(text).map_err(Error::internal)?;
    let ballot = |line: &str| {
        let (code, picks) = line.split_once(' ')?;
        Some(Ballot { code: code.to_owned(), picks: picks.trim_end().to_owned() })
    };
    text.lines()
        .map(|line| ballot(line).ok_or_else(|| Error::internal("a ballot that cannot be read")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_typed() {
        let one = code();
        assert_eq!(one.len(), 11);
        assert_ne!(one, code());
        assert_eq!(typed(&one.to_lowercase().replace('-', " ")), Some(one));
        assert_eq!(typed("ABCDE-FGH1K"), None);
        assert_eq!(typed("<script>"), None);
        assert_eq!(typed(""), None);
    }
}

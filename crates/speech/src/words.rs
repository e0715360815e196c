//! How words are said: the file of the law folder, and the commune's own words before it.

use crate::record;
use crate::store;
use audit::Entry;
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;
use std::sync::Arc;
use vnspeech::Lexicon;

const WORD_MAX: usize = 80;
const SAID_MAX: usize = 200;
/// A dictionary is read whole for each text.
const WORDS_MOST: usize = 2_000;

/// What is shipped, or stands in the law folder.
pub(crate) fn shipped(ctx: &Ctx) -> Result<Arc<Lexicon>> {
    Ok(ctx.app.law.in_force("speech", ctx.today())?.content)
}

/// As texts are said in this commune.
///
/// # Errors
/// A file of the law folder that cannot be read.
pub async fn lexicon(ctx: &Ctx) -> Result<Lexicon> {
    let own = store::words(ctx, &ctx.app.db).await?;
    Ok(shipped(ctx)?.as_ref().clone().with(own.into_iter().map(|one| (one.written, one.said))))
}

/// Keeps how a word is said; one that is there already is said otherwise from now on. What was read with it is read again.
///
/// # Errors
/// At the field.
pub(crate) async fn keep(ctx: &Ctx, tx: &Tx, written: &str, said: &str) -> Result<Uuid> {
    let (written, said) = (vntext::clean(written), vntext::clean(said));
    let written = said::needed("tu", &written, "speech-word-empty", WORD_MAX)?;
    let said = said::needed("doc-la", &said, "speech-said-empty", SAID_MAX)?;
    if said.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(Error::field("doc-la", "speech-said-digits"));
    }
    let all = store::words(ctx, tx).await?;
    let known = all.iter().find(|one| one.written == written);
    if known.is_none() && all.len() >= WORDS_MOST {
        return Err(Error::field("tu", "speech-words-full"));
    }
    let id = known.map_or_else(|| ctx.new_id(), |one| one.id);
    store::put_word(ctx, tx, id, &written, &said).await?;
    let detail = json!({ "written": written, "said": said });
    audit::record(ctx, tx, Entry { action: "speech.keep", kind: "speech-word", id, detail }).await?;
    record::renew(ctx, tx, &written).await?;
    Ok(id)
}

/// The word is said as it was before.
///
/// # Errors
/// Not found.
pub(crate) async fn remove(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let all = store::words(ctx, tx).await?;
    let one = all.into_iter().find(|one| one.id == id).ok_or_else(Error::not_found)?;
    store::remove_word(ctx, tx, id).await?;
    let detail = json!({ "written": one.written, "said": one.said });
    audit::record(ctx, tx, Entry { action: "speech.remove", kind: "speech-word", id, detail }).await?;
    record::renew(ctx, tx, &one.written).await
}

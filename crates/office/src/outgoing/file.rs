//! How a document is found by words. Its whole text stands in the index of long texts, which only the list asks: it then shows
//! what the reader may see. In the commune's one search stands what everybody of the staff may read, once it is handed out.

use super::kinds::Kinds;
use super::model::{Document, State};
use platform::search::text::{self, Text};
use platform::search::{self, Entry};
use platform::{Ctx, Lang, Result, Tx, Uuid};

const KIND: &str = "outgoing";
const FOUND_MAX: usize = 300;

/// Files it anew, after it was written.
pub(super) async fn put(ctx: &Ctx, tx: &Tx, one: &Document) -> Result<()> {
    let chosen = Kinds::chosen(ctx, one.kinds_from, &one.issuer, &one.kind)?;
    let closed = chosen.as_ref().is_none_or(|chosen| chosen.issuer().closed);
    let name = chosen.map(|chosen| chosen.kind().named(Lang::Vi).to_owned()).unwrap_or_default();
    let title = format!("{name} {}", one.full_number());
    let words =
        format!("{title} {} {} {} {}", one.subject, one.content.to, one.content.body, one.signer_name);
    text::put(ctx, tx, &Text { id: one.id, kind: KIND, text: &words, places: &[] }).await?;
    if closed || !matches!(one.state, State::Issued | State::Recalled | State::Replaced) {
        return Ok(());
    }
    let entry = Entry {
        id: one.id,
        kind: KIND,
        title: title.trim().to_owned(),
        subtitle: one.subject.clone(),
        url: one.path(),
        words: one.signer_name.clone(),
        places: Vec::new(),
    };
    search::put(ctx, tx, &[entry]).await
}

/// The ids that these words find, at most some hundreds; the list narrows them to what the reader may see.
pub(super) async fn find(ctx: &Ctx, question: &str) -> Result<Vec<Uuid>> {
    text::find(ctx, &ctx.scope, question, KIND, FOUND_MAX).await
}

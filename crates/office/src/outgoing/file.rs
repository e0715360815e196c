//! How a document is found by words. What everybody of the staff may read is filed in the commune's one search; what is not
//! yet handed out, and what a closed issuer writes, only here: under words that nobody types, so that no other search meets them.

use super::kinds::Kinds;
use super::model::{Document, State};
use platform::search::{self, Entry};
use platform::{Ctx, Lang, Result, Tx, Uuid};

const OPEN: &str = "outgoing";
const CLOSED: &str = "outgoingclosed";
const FOUND_MAX: usize = 300;

/// Files it anew, after it was written.
pub(super) async fn put(ctx: &Ctx, tx: &Tx, one: &Document) -> Result<()> {
    let chosen = Kinds::chosen(ctx, one.kinds_from, &one.issuer, &one.kind)?;
    let closed = chosen.as_ref().is_none_or(|chosen| chosen.issuer().closed);
    let name = chosen.map(|chosen| chosen.kind().named(Lang::Vi).to_owned()).unwrap_or_default();
    let title = format!("{name} {}", one.full_number());
    let subtitle = one.subject.clone();
    let words = format!("{} {} {}", one.content.to, one.content.body, one.signer_name);
    let handed_out = matches!(one.state, State::Issued | State::Recalled | State::Replaced);
    let entry = if handed_out && !closed {
        Entry {
            id: one.id,
            kind: OPEN,
            title: title.trim().to_owned(),
            subtitle,
            url: one.path(),
            words,
            places: Vec::new(),
        }
    } else {
        let words = apart(&format!("{title} {subtitle} {words}"));
        let (title, subtitle, url) = (String::new(), String::new(), one.path());
        Entry { id: one.id, kind: CLOSED, title, subtitle, url, words, places: Vec::new() }
    };
    search::put(ctx, tx, &[entry]).await
}

/// Each word with letters before it that begin no word of the language.
fn apart(text: &str) -> String {
    vntext::fold(text)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| format!("zq{word}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The ids that these words find; the list narrows them to what the reader may see.
pub(super) async fn find(ctx: &Ctx, question: &str) -> Result<Vec<Uuid>> {
    let open = search::find(ctx, &ctx.scope, question, Some(OPEN), FOUND_MAX).await?;
    let closed = search::find(ctx, &ctx.scope, &apart(question), Some(CLOSED), FOUND_MAX).await?;
    Ok(open.hits.into_iter().chain(closed.hits).map(|hit| hit.id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_closed_paper_is_a_word_that_people_type() {
        assert_eq!(apart("Nghị quyết  05-NQ/ĐU"), "zqnghi zqquyet zq05 zqnq zqdu");
        assert_eq!(apart(""), "");
    }
}

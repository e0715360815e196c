//! An article as it is read over the loudspeakers: sentences for the ear, with short forms, dates, hours and measures said in full.

use super::model::Article;
use super::text;
use platform::{Ctx, Result};

/// What is read of an article: title, summary, text and source, a paragraph on each line, as they are written.
pub(super) fn paragraphs(one: &Article) -> Vec<String> {
    let content = &one.content;
    let mut parts = vec![content.title.clone(), content.summary.clone()];
    parts.extend(text::plain(&content.body).lines().map(str::to_owned));
    if !content.source.is_empty() {
        parts.push(format!("Theo {}", content.source));
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.into_iter().map(|part| sentence(&part)).collect()
}

/// The script for an announcer: numbers stay in digits.
///
/// # Errors
/// A file of the law folder that cannot be read.
pub async fn script(ctx: &Ctx, one: &Article) -> Result<String> {
    let lexicon = speech::lexicon(ctx).await?;
    let said = paragraphs(one).into_iter().map(|part| lexicon.script(&part));
    Ok(said.collect::<Vec<_>>().join("\n\n"))
}

/// A sentence ends with a full stop, so that whoever reads takes breath.
fn sentence(text: &str) -> String {
    let text = text.trim().trim_end_matches([';', ':', ',']);
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends() {
        assert_eq!(sentence("Bà con chú ý:"), "Bà con chú ý.");
        assert_eq!(sentence("Mấy giờ họp?"), "Mấy giờ họp?");
    }
}

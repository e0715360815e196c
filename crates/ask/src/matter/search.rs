//! What is asked, in the searches.

use super::model::Matter;
use platform::access::Place;
use platform::search;
use platform::{Ctx, Lang, Result, T, Tx};

const KIND: &str = "ask";
/// So much of the text is searched beside the title.
const WORDS_MAX: usize = 500;

pub(super) async fn put(ctx: &Ctx, tx: &Tx, one: &Matter) -> Result<()> {
    let entry = search::Entry {
        id: one.id,
        kind: KIND,
        title: one.title.clone(),
        subtitle: T(Lang::Vi).t(one.kind.text_key()),
        url: one.path(),
        words: one.about.chars().take(WORDS_MAX).collect(),
        places: vec![Place::new("public", ctx.commune)],
    };
    search::put(ctx, tx, &[entry]).await
}

pub(super) async fn remove(ctx: &Ctx, tx: &Tx, one: &Matter) -> Result<()> {
    search::remove(ctx, tx, &[one.id]).await
}

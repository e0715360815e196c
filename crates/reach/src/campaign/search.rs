//! Running campaigns in the search.

use super::model::Campaign;
use crate::law::Terms;
use platform::access::Place;
use platform::search;
use platform::{Ctx, Lang, Result, Tx};

const KIND: &str = "reach";

pub(super) async fn put(ctx: &Ctx, tx: &Tx, one: &Campaign) -> Result<()> {
    let terms = Terms::now(ctx)?;
    let entry = search::Entry {
        id: one.id,
        kind: KIND,
        title: one.title.clone(),
        subtitle: terms.topic(&one.topic, Lang::Vi).to_owned(),
        url: one.path(),
        words: one.say.chars().take(500).collect(),
        places: vec![Place::new("public", ctx.commune)],
    };
    search::put(ctx, tx, &[entry]).await
}

pub(super) async fn remove(ctx: &Ctx, tx: &Tx, one: &Campaign) -> Result<()> {
    search::remove(ctx, tx, &[one.id]).await
}

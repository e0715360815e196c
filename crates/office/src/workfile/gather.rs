//! Files that fill themselves: a task opens one with the document that it came from, an answer to that document joins it.

use super::model::{Item, Kind};
use super::rules::{Naming, item, opened, put};
use super::store;
use super::terms::Terms;
use crate::incoming::Incoming;
use crate::outgoing::Document;
use crate::task::Task;
use platform::{Ctx, Result, Tx, Uuid};

/// Somebody was charged with a task: it joins the open file of its source or of the task above it, or opens one that `keeper` keeps.
/// `siblings` are the tasks beside it and above it.
pub(crate) async fn given(ctx: &Ctx, tx: &Tx, task: &Task, siblings: &[Uuid], keeper: Uuid) -> Result<()> {
    let file = match store::open_with(ctx, tx, Kind::Task, siblings).await?.into_iter().next() {
        Some(file) => file,
        None => {
            let terms = Terms::load(ctx)?;
            let term = terms.heading(&terms.tasks).map(|one| one.term.clone()).unwrap_or_default();
            let name = Naming { title: task.title.clone(), heading: terms.tasks.clone(), term };
            opened(ctx, tx, &name, keeper).await?
        }
    };
    let one = Item {
        title: task.title.clone(),
        symbol: task.code.clone(),
        dated: Some(ctx.today()),
        ..item(ctx, &file, Kind::Task, task.id)?
    };
    put(ctx, tx, &file, one).await
}

/// A task came from a document: the document stands in the files of the task.
pub(crate) async fn directed(ctx: &Ctx, tx: &Tx, task: Uuid, document: &Incoming) -> Result<()> {
    for file in store::open_with(ctx, tx, Kind::Task, &[task]).await? {
        let one = Item {
            title: document.title().to_owned(),
            symbol: document.facts.symbol(),
            author: document.facts.sender_name.clone(),
            dated: document.facts.issued_on,
            pages: document.facts.page_count,
            ..item(ctx, &file, Kind::Incoming, document.id)?
        };
        put(ctx, tx, &file, one).await?;
    }
    Ok(())
}

/// An answer is drafted: it stands in the open files that hold what it answers.
pub(crate) async fn answered(ctx: &Ctx, tx: &Tx, draft: &Document) -> Result<()> {
    let Some(document) = draft.reply_to else { return Ok(()) };
    for file in store::open_with(ctx, tx, Kind::Incoming, &[document]).await? {
        let one = Item { title: draft.subject.clone(), ..item(ctx, &file, Kind::Outgoing, draft.id)? };
        put(ctx, tx, &file, one).await?;
    }
    Ok(())
}

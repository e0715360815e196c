//! Files that fill themselves: a task opens one with the document that it came from, an answer to that document joins it.

use super::model::{Item, Kind, WorkFile};
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
            let name = Naming { title: task.title.clone(), ..of_tasks(ctx)? };
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

/// Opens a file for a document, under the heading of tasks; the reader keeps it.
pub async fn opened_for(ctx: &Ctx, tx: &Tx, title: &str, document: &Incoming) -> Result<()> {
    let name = Naming { title: title.to_owned(), ..of_tasks(ctx)? };
    let file = opened(ctx, tx, &name, ctx.account()?).await?;
    put(ctx, tx, &file, holding(ctx, &file, document)?).await
}

/// The heading of files that open by themselves, with its term.
fn of_tasks(ctx: &Ctx) -> Result<Naming> {
    let terms = Terms::load(ctx)?;
    let term = terms.heading(&terms.tasks).map(|one| one.term.clone()).unwrap_or_default();
    Ok(Naming { title: String::new(), heading: terms.tasks.clone(), term })
}

fn holding(ctx: &Ctx, file: &WorkFile, document: &Incoming) -> Result<Item> {
    Ok(Item {
        title: document.title().to_owned(),
        symbol: document.facts.symbol(),
        author: document.facts.sender_name.clone(),
        dated: document.facts.issued_on,
        pages: document.facts.page_count,
        ..item(ctx, file, Kind::Incoming, document.id)?
    })
}

/// A task came from a document: the document stands in the files of the task.
pub(crate) async fn directed(ctx: &Ctx, tx: &Tx, task: Uuid, document: &Incoming) -> Result<()> {
    for file in store::open_with(ctx, tx, Kind::Task, &[task]).await? {
        let one = holding(ctx, &file, document)?;
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

//! What the things in a file are called by now, and where they are read. A reader sees of a file what they may see elsewhere.

use super::model::{Item, Kind};
use crate::{incoming, outgoing, task};
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;

/// Brings the items up to date that the reader may see, and says where each of these is read, by its object.
pub(super) async fn read(ctx: &Ctx, items: &mut [Item]) -> Result<HashMap<Uuid, String>> {
    let ids = |kind: Kind| -> Vec<Uuid> {
        items.iter().filter(|one| one.kind == kind).map(|one| one.object_id).collect()
    };
    let mut known: HashMap<Uuid, Known> = HashMap::new();
    known.extend(incoming_ones(ctx, ids(Kind::Incoming)).await?);
    known.extend(outgoing_ones(ctx, ids(Kind::Outgoing)).await?);
    known.extend(tasks(ctx, ids(Kind::Task)).await?);
    let mut urls = HashMap::new();
    for item in items {
        if item.kind == Kind::File {
            let url = format!("{}/{}/tep/{}", super::PATH, item.file_id, item.id);
            urls.insert(item.object_id, url);
        }
        let Some(one) = known.remove(&item.object_id) else { continue };
        urls.insert(item.object_id, one.url);
        (item.title, item.symbol, item.author, item.dated) = (one.title, one.symbol, one.author, one.dated);
        item.pages = one.pages.or(item.pages);
    }
    Ok(urls)
}

struct Known {
    title: String,
    symbol: String,
    author: String,
    dated: Option<chrono::NaiveDate>,
    pages: Option<i64>,
    url: String,
}

async fn incoming_ones(ctx: &Ctx, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Known)>> {
    let within = Ctx { scope: ctx.scope_of("incoming.show"), ..ctx.clone() };
    let known = |one: incoming::Incoming| {
        let known = Known {
            title: one.title().to_owned(),
            symbol: one.facts.symbol(),
            author: one.facts.sender_name.clone(),
            dated: one.facts.issued_on,
            pages: one.facts.page_count,
            url: one.path(),
        };
        (one.id, known)
    };
    Ok(incoming::by_ids(&within, ids).await?.into_iter().map(known).collect())
}

async fn outgoing_ones(ctx: &Ctx, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Known)>> {
    if !ctx.may("outgoing.list") {
        return Ok(Vec::new());
    }
    let known = |one: outgoing::Document| {
        let known = Known {
            title: one.subject.clone(),
            symbol: one.full_number(),
            author: String::new(),
            dated: one.numbered_at.map(platform::clock::local_date),
            pages: None,
            url: one.path(),
        };
        (one.id, known)
    };
    Ok(outgoing::by_ids(ctx, ids).await?.into_iter().map(known).collect())
}

async fn tasks(ctx: &Ctx, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Known)>> {
    let known = |one: task::Task| {
        let known = Known {
            title: one.title.clone(),
            symbol: one.code.clone(),
            author: String::new(),
            dated: Some(platform::clock::local_date(one.assigned_at)),
            pages: None,
            url: one.path(),
        };
        (one.id, known)
    };
    Ok(task::by_ids(ctx, &ids).await?.into_iter().map(known).collect())
}

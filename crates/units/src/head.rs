//! The head and foot of public pages, from the commune's dated facts. Law asks for the name of the office, the person
//! responsible and the telephone on every public page, so they are kept at hand for a few seconds.

use crate::{Kind, facts, list};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use ui::{Commune, CommuneHead};

/// How long a changed head may still show the old one.
const KEPT: chrono::Duration = chrono::Duration::seconds(10);

/// The heads last read, by commune.
#[derive(Default)]
pub(crate) struct Heads(Mutex<HashMap<Uuid, (DateTime<Utc>, Commune)>>);

pub(crate) fn offer() -> CommuneHead {
    CommuneHead(|ctx| Box::pin(head(ctx)))
}

async fn head(ctx: &Ctx) -> Result<Commune> {
    let heads = ctx.app.offers::<Heads>().next();
    if let Some(heads) = heads {
        let known = heads.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, head)) =
            known.get(&ctx.commune).filter(|(at, _)| ctx.now - *at < KEPT && *at <= ctx.now)
        {
            let _ = at;
            return Ok(head.clone());
        }
    }
    let head = read(ctx).await?;
    if let Some(heads) = heads {
        let mut known = heads.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(ctx.commune, (ctx.now, head.clone()));
    }
    Ok(head)
}

async fn read(ctx: &Ctx) -> Result<Commune> {
    let Some(commune) = list(ctx, Kind::Commune, ctx.today()).await?.into_iter().next() else {
        return Ok(Commune::default());
    };
    let all = facts(ctx, commune.id, ctx.today()).await?;
    let text = |key: &str| {
        let found = all.iter().find(|fact| fact.key == key).and_then(|fact| fact.value_text.clone());
        found.unwrap_or_default()
    };
    Ok(Commune {
        name: commune.name.clone(),
        office: text("office"),
        emblem: None,
        responsible: text("responsible"),
        phone: text("phone"),
        email: text("email"),
        address: text("address"),
    })
}

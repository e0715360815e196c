//! Everything that the registry holds of one person, for the person.

use crate::{duplicate, marriage, person};
use audit::Entry;
use platform::{Ctx, Result, Uuid};
use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;

pub type Read<'a> = Pin<Box<dyn Future<Output = Result<Value>> + Send + 'a>>;

/// What another area holds of a person and hands out with the copy: dossiers, lessons, visits. It is offered under the name that
/// it has in the copy.
pub struct AlsoHeld {
    pub name: &'static str,
    pub read: for<'a> fn(&'a Ctx, Uuid) -> Read<'a>,
}

pub type Lines<'a> = Pin<Box<dyn Future<Output = Result<Vec<String>>> + Send + 'a>>;

/// What another area keeps of a person who is made nameless here, in the reader's words: which thing, until when, why.
pub struct Stays(pub for<'a> fn(&'a Ctx, Uuid) -> Lines<'a>);

/// All that stays elsewhere.
pub(crate) async fn stays(ctx: &Ctx, id: Uuid) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for one in ctx.app.offers::<Stays>() {
        lines.extend((one.0)(ctx, id).await?);
    }
    Ok(lines)
}

/// How many looks are handed out with the copy; the page of looks has the rest.
const VIEWS: i64 = 1000;

/// A copy as JSON: the row, its versions, places, skills, events, grounds, merged rows, and who looked. Recorded as a
/// look at every field, before it is handed out.
pub async fn export(ctx: &Ctx, id: Uuid) -> Result<Value> {
    let person = person::get(ctx, id).await?;
    let mut copy = json!({
        "made_at": ctx.now,
        "person": person,
        "versions": person::history(ctx, id).await?,
        "places": person::places(ctx, id).await?,
        "skills": person::skills(ctx, id).await?,
        "events": person::events_of_person(ctx, &ctx.app.db, id).await?,
        "marriages": marriage::of_person(ctx, &ctx.app.db, id).await?,
        "grounds": super::consent_list(ctx, id).await?,
        "merged_rows": duplicate::merged_into(ctx, id).await?,
        "declaration": declared(ctx)?,
        "views": audit::views_of(ctx, id, None, VIEWS).await?,
    });
    for held in ctx.app.offers::<AlsoHeld>() {
        copy[held.name] = (held.read)(ctx, id).await?;
    }
    let tx = ctx.begin().await?;
    let declaration = super::load(ctx)?;
    let fields: Vec<&str> = declaration.fields.iter().map(|field| field.name.as_str()).collect();
    audit::viewed(ctx, &tx, &[id], "request", &fields).await?;
    audit::record(ctx, &tx, Entry { action: "personal.export", kind: "person", id, detail: json!({}) })
        .await?;
    tx.commit().await?;
    Ok(copy)
}

fn declared(ctx: &Ctx) -> Result<Vec<Value>> {
    let declaration = super::load(ctx)?;
    let fields = declaration.fields.iter();
    Ok(fields
        .map(|f| json!({ "field": f.name, "purpose": f.purpose, "basis": f.basis, "note": f.note }))
        .collect())
}

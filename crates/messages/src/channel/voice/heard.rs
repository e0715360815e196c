//! Taking in what a firm tells: once, whatever the order and however often it is told.

use super::model::{Heard, Told};
use super::{EVENT, queue, store};
use platform::jobs::{self, Work};
use platform::{Ctx, Result, Tx, Uuid, events};
use serde_json::{Value, json};

/// Longer words are cut: no firm's own form takes more.
const BODY_MAX: usize = 8_000;
const NAME_MAX: usize = 100;
const PICTURES_MOST: usize = 6;

/// Takes it in; the line when something is new to us.
///
/// # Errors
/// Only when the database says no: a notice that was seen before is no error.
pub async fn take(ctx: &Ctx, tx: &Tx, heard: Heard, told: Told) -> Result<Option<Uuid>> {
    if heard.person.is_empty() || heard.external.is_empty() {
        return Ok(None);
    }
    let heard = bounded(heard);
    let line = match store::by_number(ctx, tx, heard.channel, &heard.external).await? {
        Some(known) => match told {
            Told::Said => false,
            Told::Changed(at) => store::write_changed(ctx, tx, known.id, &heard.body, at).await?,
            Told::Gone(at) => store::write_gone(ctx, tx, known.talk_id, known.id, at).await?,
        }
        .then_some((known.talk_id, known.id)),
        None => fresh(ctx, tx, &heard, told).await?,
    };
    let Some((talk, line)) = line else { return Ok(None) };
    events::publish(ctx, tx, EVENT, json!({ "talk": talk, "line": line })).await?;
    Ok(Some(line))
}

fn bounded(mut heard: Heard) -> Heard {
    let cut = |text: &str, most: usize| -> String {
        let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
        kept.take(most).collect::<String>().trim().to_owned()
    };
    heard.body = cut(&heard.body, BODY_MAX);
    heard.name = cut(&heard.name, NAME_MAX);
    heard.pictures.truncate(PICTURES_MOST);
    heard
}

/// Something that we had not heard of. What was taken back before we heard it is kept as taken back, so that the words do not
/// come in by a notice that is late.
async fn fresh(ctx: &Ctx, tx: &Tx, heard: &Heard, told: Told) -> Result<Option<(Uuid, Uuid)>> {
    let talk = store::talk_of(ctx, tx, heard).await?;
    let Some(line) = store::insert_heard(ctx, tx, talk.id, heard).await? else { return Ok(None) };
    match told {
        Told::Said => {}
        Told::Changed(at) => {
            store::write_changed(ctx, tx, line, &heard.body, at).await?;
        }
        Told::Gone(at) => {
            store::write_gone(ctx, tx, talk.id, line, at).await?;
            return Ok(None);
        }
    }
    store::write_last(ctx, tx, talk.id, heard.said_at, &heard.name).await?;
    for url in &heard.pictures {
        store::insert_picture(ctx, tx, talk.id, line, url).await?;
    }
    if !heard.pictures.is_empty() {
        jobs::enqueue(ctx, tx, Work::new(queue::JOB, Value::Null).once(line.to_string())).await?;
    }
    Ok(Some((talk.id, line)))
}

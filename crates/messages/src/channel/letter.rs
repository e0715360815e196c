//! A letter of the inbox on the phone's screen: by web push, for whoever wants to be told of their own matters that way.

use super::model::{Channel, Failed, Problem, Sort};
use super::settings::Ways;
use super::{choice, push};
use crate::inbox;
use platform::jobs::{Job, Work, enqueue};
use platform::{Ctx, Error, Kind, Result, Tx, Uuid, sql};
use serde_json::{Value, json};

pub(super) const JOB: &str = "messages.letter";

/// Queues it where the reader has a browser that takes notices.
pub(crate) async fn wanted(ctx: &Ctx, tx: &Tx, to: Uuid, letter: Uuid) -> Result<()> {
    let browsers = sql("SELECT COUNT(*) FROM push_subscription WHERE commune_id = $1 AND account_id = $2");
    if browsers.bind(ctx.commune).bind(to).count(tx).await? == 0 {
        return Ok(());
    }
    enqueue(ctx, tx, Work::new(JOB, json!({ "message": letter })).once(letter.to_string())).await?;
    Ok(())
}

/// Hands it over once; in the reader's quiet hours it waits for their end. One that was read meanwhile disturbs nobody.
pub(super) async fn job(ctx: Ctx, job: Job) -> Result<Value> {
    let id: Uuid = serde_json::from_value(job.payload["message"].clone())?;
    let row = match inbox::find(&ctx, &ctx.app.db, id).await {
        // Taken back before its turn came.
        Err(error) if error.is(Kind::NotFound) => return Ok(json!({ "sent": false })),
        other => other?,
    };
    let unwanted = choice::unwanted(&ctx, &ctx.app.db, &[row.account_id], Sort::Matter).await?;
    if row.read_at.is_some() || unwanted.contains(&(row.account_id, Channel::Push)) {
        return Ok(json!({ "sent": false }));
    }
    let ways = Ways::load(&ctx)?;
    let quiet = choice::quiet(&ctx, &ways, &[row.account_id]).await?;
    let now = ctx.app.clock.now();
    if let Some(until) = quiet.get(&row.account_id).and_then(|quiet| quiet.until(now)) {
        let tx = ctx.begin().await?;
        let again = Work::new(JOB, job.payload.clone()).once(format!("{id} {until}")).after(until - now);
        enqueue(&ctx, &tx, again).await?;
        tx.commit().await?;
        return Ok(json!({ "sent": false, "waits_until": until }));
    }
    let t = ctx.t();
    let payload = json!({
        "title": t.t("mail-subject"),
        "body": row.text(t),
        "url": format!("/lam-viec/hop-thu/{id}"),
        "tag": id,
    });
    match push::to_all(&ctx, &ways, row.account_id, &payload).await {
        Ok(_) => Ok(json!({ "sent": true })),
        Err(Failed::NoAddress | Failed::Refused(_)) => Ok(json!({ "sent": false })),
        Err(Failed::Later(why)) => Err(Error::internal(Problem::words(t, why.stored()))),
        Err(Failed::Ours(error)) => Err(error),
    }
}

//! Documents that came from another agency's system or by mail: whoever sent them learns what becomes of them here, and may take
//! them back.

use super::model::{Channel, Happened, Incoming, State};
use super::{rules, store};
use crate::exchange::{self, Step};
use crate::mailbox;
use platform::{Ctx, Result, Tx, Uuid};

/// Tells the sender. Only a refusal says why: other words are for this house.
pub(super) async fn told(ctx: &Ctx, tx: &Tx, one: &Incoming, what: Happened, words: &str) -> Result<()> {
    let step = match what {
        Happened::Registered => Step::Received,
        Happened::Directed => Step::Assigned,
        Happened::Reopened => Step::Working,
        Happened::Done => Step::Done,
        Happened::Refused => Step::Refused,
        Happened::Arrived | Happened::Corrected | Happened::Noted | Happened::Recalled => return Ok(()),
    };
    tell(ctx, tx, one, step, if step == Step::Refused { words } else { "" }).await
}

async fn tell(ctx: &Ctx, tx: &Tx, one: &Incoming, step: Step, note: &str) -> Result<()> {
    match (&one.external_id, one.channel) {
        (Some(external), Channel::Edxml) => {
            exchange::status(ctx, tx, &one.sender_code, external, step, note).await
        }
        (Some(_), Channel::Mail) => mailbox::told(ctx, tx, one, step, note).await,
        _ => Ok(()),
    }
}

/// Whoever was charged with it has begun.
pub(crate) async fn begun(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let one = store::find(&whole(ctx), tx, id).await?;
    tell(ctx, tx, &one, Step::Working, "").await
}

/// The sender took it back, and somebody here agreed. Nothing to do where it never came into the book's reach.
pub(crate) async fn recalled(ctx: &Ctx, tx: &Tx, sender: &str, external: &str, why: &str) -> Result<()> {
    let ctx = whole(ctx);
    let Some(one) = store::by_external(&ctx, tx, sender, external).await? else { return Ok(()) };
    let from = [State::Arrived, State::Registered, State::Directed, State::Done];
    if from.contains(&one.state) {
        rules::moved(&ctx, tx, one.id, &from, State::Recalled, Happened::Recalled, why).await?;
    }
    Ok(())
}

/// It bears a secrecy stamp and goes out again: so does the package in which it came. The digests of files that nothing else
/// needs.
pub(super) async fn forgotten(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Vec<String>> {
    let one = store::find(ctx, tx, id).await?;
    match (&one.external_id, one.channel) {
        (Some(external), Channel::Edxml) => exchange::forget(ctx, tx, &one.sender_code, external).await,
        _ => Ok(Vec::new()),
    }
}

fn whole(ctx: &Ctx) -> Ctx {
    Ctx { scope: Ctx::system(&ctx.app, ctx.commune, ctx.action).scope, ..ctx.clone() }
}

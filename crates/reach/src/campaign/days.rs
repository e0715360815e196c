//! What the program does by itself: campaigns end after their last day, households that are no more leave the roll on their day, those
//! that came later are counted, heads of villages that lag behind are reminded once a week, words beside visits are forgotten.

use super::model::{Campaign, State};
use super::{rules, store};
use crate::law::Terms;
use crate::{roll, who};
use chrono::Duration;
use platform::access::Place;
use platform::jobs::{Every, Job, Worker};
use platform::{Ctx, Message, Result, Tx};
use serde_json::{Value, json};

const JOB: &str = "reach.days";
const BATCH: i64 = 100;

pub(crate) fn worker() -> Worker {
    Worker::new(JOB, job)
}

pub(crate) fn every() -> Every {
    Every { kind: JOB, period: std::time::Duration::from_secs(3_600) }
}

async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let (mut ended, mut gone, mut reminded) = (0, 0, 0);
    let terms = Terms::now(&ctx)?;
    for one in store::running(&ctx, BATCH).await? {
        // Households are looked at before the transaction: it holds the one writer.
        let here = roll::here(&ctx, &one).await?;
        let left = roll::left(&ctx, &one, &here).await?;
        let tx = ctx.begin().await?;
        let now = store::hold(&ctx, &tx, one.id).await?;
        if now.state == State::Running {
            gone += roll::leave(&ctx, &tx, one.id, &left.gone).await?;
            store::set_later(&ctx, &tx, one.id, left.later).await?;
            if now.until_on < ctx.today() {
                rules::end(&ctx, &tx, now.clone(), now.revision).await?;
                ended += 1;
            } else if due(&now, &terms, ctx.today()) {
                reminded += remind(&ctx, &tx, &now).await?;
                store::set_reminded(&ctx, &tx, one.id, ctx.today()).await?;
            }
        }
        tx.commit().await?;
    }
    let tx = ctx.begin().await?;
    let before = ctx.today() - Duration::days(terms.keep_words_days);
    let forgotten = roll::forget(&ctx, &tx, before).await?;
    tx.commit().await?;
    Ok(json!({ "ended": ended, "gone": gone, "reminded": reminded, "forgotten": forgotten }))
}

/// A week has passed since the start, or since heads were last reminded.
fn due(one: &Campaign, terms: &Terms, today: chrono::NaiveDate) -> bool {
    let last = one.reminded_on.or(one.started_on);
    last.is_some_and(|last| (today - last).num_days() >= terms.remind_days)
}

/// Tells the heads whose villages are behind what could be expected by now; how many villages those are.
async fn remind(ctx: &Ctx, tx: &Tx, one: &Campaign) -> Result<usize> {
    let expected = one.expected(ctx.today());
    let counts = roll::counts(&who::whole(ctx), &[one.id]).await?;
    let mut told = 0;
    for count in counts.iter().filter(|count| count.reached * 100 < count.homes * expected) {
        let text = Message::new("reach-letter-behind")
            .with("name", one.title.as_str())
            .with("count", count.homes - count.reached)
            .with("day", ctx.t().date(one.until_on));
        let place = Place::new("village", count.village_id);
        let link = one.village_path(count.village_id);
        messages::send_to_role(ctx, tx, "village_head", &place, &text, &link).await?;
        told += 1;
    }
    rules::record(ctx, tx, "reach.remind", one.id, json!({ "villages": told, "expected": expected })).await?;
    Ok(told)
}

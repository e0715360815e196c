//! What is answered to senders: written down in the caller's transaction, sent afterwards. A letter of a program is never
//! answered, and nobody gets more confirmations in a day than a person would send.

use super::automatic::MARK;
use super::model::{Answer, Answering, Letter, Sent, Ways};
use super::{look, store};
use crate::exchange::Step;
use crate::incoming::Incoming;
use chrono::Duration;
use platform::jobs::{self, Job, Work};
use platform::{Ctx, Error, Kind, Lang, Message, Result, Tx};
use serde_json::{Value, json};

pub(super) const JOB: &str = "office.mailbox-answer";
/// So long nobody else sends what is in hand.
const LEASE: Duration = Duration::minutes(10);
/// Tries over some two days.
const TRIES: i64 = 50;

/// Something became of a document that came by mail: the sender is told when it was sent back, and of its number where the
/// mailbox does so.
pub(crate) async fn told(ctx: &Ctx, tx: &Tx, one: &Incoming, step: Step, words: &str) -> Result<()> {
    let Some(key) = &one.external_id else { return Ok(()) };
    let Some(letter) = store::letter_of_key(ctx, tx, key).await? else { return Ok(()) };
    match step {
        Step::Refused if letter.automatic.is_none() => {
            write(ctx, tx, &letter, Answering::Refused, words).await
        }
        Step::Received => {
            let mailbox = store::mailbox(ctx, tx, letter.mailbox_id).await?;
            if !mailbox.receipts || letter.automatic.is_some() {
                return Ok(());
            }
            let text = Message::new("office-mailbox-receipt-number")
                .with("number", one.arrival_number.unwrap_or_default())
                .with("day", vntext::date(ctx.today()));
            write(ctx, tx, &letter, Answering::Receipt, &text.text(vietnamese(ctx).t())).await
        }
        _ => Ok(()),
    }
}

/// Senders read Vietnamese, whatever the clerk reads.
fn vietnamese(ctx: &Ctx) -> Ctx {
    Ctx { lang: Lang::Vi, ..ctx.clone() }
}

pub(super) async fn write(ctx: &Ctx, tx: &Tx, letter: &Letter, what: Answering, words: &str) -> Result<()> {
    if letter.automatic.is_some() {
        return Err(Error::internal("a letter of a program is never answered"));
    }
    let speaking = vietnamese(ctx);
    let t = speaking.t();
    let key = match what {
        Answering::Refused => "office-mailbox-answer-refused-text",
        Answering::Receipt => "office-mailbox-answer-receipt-text",
    };
    let unit = units::list(ctx, units::Kind::Commune, ctx.today()).await?.into_iter().next();
    let commune = unit.map_or_else(|| t.t("office-mailbox"), |unit| format!("UBND {}", unit.name));
    let text =
        Message::new(key).with("subject", letter.subject.as_str()).with("words", words).with("name", commune);
    let mut one = Answer {
        id: ctx.new_id(),
        letter_id: letter.id,
        what,
        to_address: letter.from_address.clone(),
        subject: format!("Re: {}", letter.subject),
        body: text.text(t),
        state: Sent::Waiting,
        tries: 0,
        next_at: ctx.now,
        problem: String::new(),
        at: ctx.now,
        sent_at: None,
    };
    if let Some(why) = held(ctx, tx, &one).await? {
        (one.state, one.problem) = (Sent::Held, why.to_owned());
    }
    store::answer_insert(ctx, tx, &one).await?;
    if one.state == Sent::Waiting {
        jobs::enqueue(ctx, tx, Work::new(JOB, Value::Null).once(one.id.to_string())).await?;
    }
    Ok(())
}

/// Why it does not go by itself.
async fn held(ctx: &Ctx, tx: &Tx, one: &Answer) -> Result<Option<&'static str>> {
    if ctx.app.config.mail.is_none() {
        return Ok(Some("office-mailbox-no-server"));
    }
    if one.what == Answering::Receipt {
        let since = ctx.now - Duration::hours(24);
        let sent = store::receipts_since(ctx, tx, &one.to_address, since).await?;
        if sent >= Ways::load(ctx)?.receipts_per_day {
            return Ok(Some("office-mailbox-burst"));
        }
    }
    Ok(None)
}

pub(super) async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let Some(server) = ctx.app.config.mail.clone() else { return Ok(Value::Null) };
    let mailboxes = store::mailboxes(&ctx, &ctx.app.db).await?;
    let own = look::own(&ctx, &mailboxes);
    let mut sent = 0;
    for mut one in store::answers_due(&ctx, ctx.app.clock.now()).await? {
        let tx = ctx.begin().await?;
        let mine = store::answer_claim(&ctx, &tx, &one, ctx.app.clock.now() + LEASE).await?;
        tx.commit().await?;
        if !mine {
            continue;
        }
        let letter = store::letter(&ctx, &ctx.app.db, one.letter_id).await?;
        let mailbox = mailboxes.iter().find(|mailbox| mailbox.id == letter.mailbox_id);
        let mail = messages::Answer {
            id: one.id,
            to: &one.to_address,
            reply_to: mailbox.map(|mailbox| mailbox.address.as_str()).unwrap_or_default(),
            subject: &one.subject,
            text: &one.body,
            in_reply_to: &letter.message_id,
            heads: &[("Auto-Submitted", "auto-replied"), ("Precedence", "bulk"), (MARK, own.mark.as_str())],
        };
        let now = ctx.app.clock.now();
        match messages::answer(&server, &mail).await {
            Ok(_) => (one.state, one.sent_at, one.problem) = (Sent::Gone, Some(now), String::new()),
            Err(error) if error.is(Kind::Invalid) || one.tries >= TRIES => {
                (one.state, one.problem) = (Sent::Failed, error.message.key.into_owned());
            }
            Err(error) => {
                one.next_at = now + Duration::minutes(1 << one.tries.clamp(0, 6)).min(Duration::hours(1));
                one.problem = error.message.key.into_owned();
            }
        }
        sent += i64::from(one.state == Sent::Gone);
        let tx = ctx.begin().await?;
        store::answer_note(&ctx, &tx, &one).await?;
        tx.commit().await?;
    }
    Ok(json!({ "sent": sent }))
}

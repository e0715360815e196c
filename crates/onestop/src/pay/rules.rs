//! What is owed, and money coming in.

use super::matching::{self, Match, Open};
use super::statement::Line;
use super::store::{self, Method, Payment};
use super::taken::{self as taken_store, Kept};
use crate::dossier::{self, Dossier, Queue};
use crate::fee;
use crate::procedure::pinned;
use audit::Entry;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, numbers};
use serde_json::json;

/// What a dossier costs and what was paid, in đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// Sums that are known; fees that the province sets and nobody filled in are not in it.
    pub due: i64,
    pub paid: i64,
}

impl Owed {
    pub fn left(self) -> i64 {
        (self.due - self.paid).max(0)
    }
}

pub async fn owed(ctx: &Ctx, on: &impl Run, one: &Dossier) -> Result<Owed> {
    let procedure = pinned(ctx, on, &one.procedure_digest).await?;
    let due = fee::due(&procedure, &one.answers).iter().filter_map(|due| due.sum).sum();
    let paid = store::paid(ctx, on, one.id).await?.iter().map(|payment| payment.amount).sum();
    Ok(Owed { due, paid })
}

/// Cash at the counter: all that is owed, with a receipt of the next number of the year.
///
/// # Errors
/// `Conflict` when nothing is owed any more.
pub async fn cash(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Uuid> {
    let one = dossier::find(ctx, tx, id).await?;
    let left = owed(ctx, tx, &one).await?.left();
    if left == 0 {
        return Err(Error::conflict("onestop-pay-nothing"));
    }
    let payment = ctx.new_id();
    let row = Payment {
        id: payment,
        dossier_id: Some(id),
        method: Method::Cash,
        amount: left,
        reference: format!("cash:{payment}"),
        note: String::new(),
        paid_on: ctx.today(),
        receipt_no: Some(receipt_no(ctx, tx).await?),
        problem: String::new(),
        account_id: ctx.account_or_none(),
        recorded_at: ctx.now,
    };
    store::insert(ctx, tx, &row).await?;
    dossier::paid(ctx, tx, id, Some(revision), left).await?;
    Ok(payment)
}

async fn receipt_no(ctx: &Ctx, tx: &Tx) -> Result<i64> {
    let year = ctx.today().format("%Y").to_string();
    numbers::next(tx, ctx.commune, "fee-receipt", &year).await
}

/// What became of a statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    pub matched: usize,
    /// Listed, because they fit no dossier exactly.
    pub nowhere: usize,
    /// Known from an earlier file.
    pub known: usize,
}

/// Takes the lines of a statement over, and keeps what became of each. The same file again books nothing.
pub(crate) async fn take_statement(ctx: &Ctx, tx: &Tx, lines: &[Line]) -> Result<(Uuid, Taken)> {
    let mut taken = Taken::default();
    let mut open = open(ctx, tx, lines).await?;
    let mut kept = Vec::with_capacity(lines.len());
    for line in lines {
        let known = store::by_reference(ctx, tx, &line.reference).await?;
        let (payment, is_known) = match known {
            Some(payment) => (payment, true),
            None => (book(ctx, tx, line, &mut open).await?, false),
        };
        match (is_known, payment.problem.is_empty()) {
            (true, _) => taken.known += 1,
            (false, true) => taken.matched += 1,
            (false, false) => taken.nowhere += 1,
        }
        kept.push(Kept { line_no: i64::from(line.row), payment_id: payment.id, known: is_known });
    }
    let id = ctx.new_id();
    taken_store::insert(ctx, tx, id, taken, &kept).await?;
    let detail = json!({ "lines": lines.len(), "matched": taken.matched, "nowhere": taken.nowhere });
    audit::record(ctx, tx, Entry { action: "payment.statement", kind: "statement", id, detail }).await?;
    Ok((id, taken))
}

/// Money that a payment service told of, by the same rules.
pub(super) async fn take_notice(ctx: &Ctx, tx: &Tx, line: &Line, other_account: bool) -> Result<Payment> {
    let lines = std::slice::from_ref(line);
    let payment = if other_account {
        let row = payment(ctx, line, None, "other-account");
        store::insert(ctx, tx, &row).await?;
        row
    } else {
        let mut open = open(ctx, tx, lines).await?;
        book(ctx, tx, line, &mut open).await?
    };
    let detail = json!({ "amount": payment.amount, "problem": payment.problem });
    let entry = Entry { action: "payment.notice", kind: "payment", id: payment.id, detail };
    audit::record(ctx, tx, entry).await?;
    Ok(payment)
}

/// Books a line to the dossier that it is for, or lists it.
async fn book(ctx: &Ctx, tx: &Tx, line: &Line, open: &mut [Open]) -> Result<Payment> {
    match matching::find(&line.note, line.amount, open) {
        Match::Dossier(id) => {
            let mut row = payment(ctx, line, Some(id), "");
            row.receipt_no = Some(receipt_no(ctx, tx).await?);
            store::insert(ctx, tx, &row).await?;
            dossier::paid(ctx, tx, id, None, line.amount).await?;
            open.iter_mut().filter(|one| one.id == id).for_each(|one| one.owed = 0);
            Ok(row)
        }
        Match::Nowhere(why, about) => {
            let row = payment(ctx, line, about, why);
            store::insert(ctx, tx, &row).await?;
            Ok(row)
        }
    }
}

fn payment(ctx: &Ctx, line: &Line, dossier_id: Option<Uuid>, problem: &str) -> Payment {
    Payment {
        id: ctx.new_id(),
        dossier_id,
        method: Method::Transfer,
        amount: line.amount,
        reference: line.reference.clone(),
        note: line.note.chars().take(500).collect(),
        paid_on: line.on,
        receipt_no: None,
        problem: problem.to_owned(),
        account_id: ctx.account_or_none(),
        recorded_at: ctx.now,
    }
}

/// The dossiers that messages name: by the codes of ours that stand in them.
async fn open(ctx: &Ctx, tx: &Tx, lines: &[Line]) -> Result<Vec<Open>> {
    let running = [Queue::OneStop, Queue::Specialist, Queue::Leader, Queue::Citizen];
    let mut found = Vec::new();
    for one in dossier::in_queues(ctx, tx, &running).await? {
        let code = matching::compact(&one.code);
        if lines.iter().any(|line| matching::compact(&line.note).contains(&code)) {
            let owed = owed(ctx, tx, &one).await?.left();
            found.push(Open { id: one.id, code: one.code, owed });
        }
    }
    Ok(found)
}

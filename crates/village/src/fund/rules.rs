//! Opening a fund, setting a contribution, taking money, spending it, taking an entry back.

use super::model::{Due, Entry, Fund, Kind, Per, Standing};
use super::store;
use crate::place::Home;
use audit::Entry as Record;
use chrono::{Datelike, Duration, NaiveDate};
use platform::files::{self, Prepared};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, numbers, said};
use serde_json::{Value, json};
use units::Unit;

const NAME_MAX: usize = 100;
const WORDS_MAX: usize = 500;
/// No village has more; a slip of the finger is caught.
const MOST: i64 = 100_000_000_000;
/// An entry may be written so many days late.
const LATE_DAYS: i64 = 366;

async fn record(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid, detail: Value) -> Result<()> {
    audit::record(ctx, tx, Record { action, kind: "village_fund", id, detail }).await
}

pub async fn open(ctx: &Ctx, tx: &Tx, village: &Unit, name: &str, purpose: &str) -> Result<Fund> {
    let name = said::needed("ten", name, "village-fund-name-empty", NAME_MAX)?;
    said::short("muc-dich", purpose, WORDS_MAX)?;
    let known = store::list(ctx, tx, village.id).await?;
    if known.iter().any(|fund| vntext::fold(&fund.name) == vntext::fold(&name)) {
        return Err(Error::field("ten", "village-fund-name-known"));
    }
    let one = Fund {
        id: ctx.new_id(),
        village_id: village.id,
        name,
        purpose: purpose.trim().to_owned(),
        opened_on: ctx.today(),
        balance: 0,
    };
    store::insert(ctx, tx, &one).await?;
    record(ctx, tx, "village_fund.open", one.id, json!({})).await?;
    Ok(one)
}

/// A contribution to be set.
#[derive(Debug, Default)]
pub struct Setting {
    pub title: String,
    pub per: Option<Per>,
    pub amount: Option<i64>,
    pub due_on: Option<NaiveDate>,
    pub why: String,
}

fn positive(field: &'static str, amount: Option<i64>) -> Result<i64> {
    amount.filter(|sum| (1..=MOST).contains(sum)).ok_or_else(|| Error::field(field, "village-amount-wrong"))
}

pub async fn set_due(ctx: &Ctx, tx: &Tx, fund: &Fund, set: Setting) -> Result<Due> {
    let one = Due {
        id: ctx.new_id(),
        fund_id: fund.id,
        title: said::needed("ten", &set.title, "village-due-title-empty", NAME_MAX)?,
        per: set.per.ok_or_else(|| Error::field("theo", "error-choose"))?,
        amount: positive("so-tien", set.amount)?,
        due_on: set.due_on.ok_or_else(|| Error::field("han", "error-date"))?,
        why: said::needed("can-cu", &set.why, "village-due-why-empty", WORDS_MAX)?,
    };
    store::insert_due(ctx, tx, &one).await?;
    let detail = json!({ "due": one.id, "amount": one.amount, "per": one.per.code() });
    record(ctx, tx, "village_fund.due", fund.id, detail).await?;
    Ok(one)
}

/// A household need not pay, or must again when there is no reason any more.
pub async fn exempt(ctx: &Ctx, tx: &Tx, due: &Due, home: &Home, reason: Option<&str>) -> Result<()> {
    match reason {
        Some(reason) => {
            let reason = said::needed("ly-do", reason, "village-exempt-reason-empty", WORDS_MAX)?;
            store::set_exempt(ctx, tx, due.id, home.id, &reason).await?;
        }
        None if store::drop_exempt(ctx, tx, due.id, home.id).await? == 0 => return Err(Error::not_found()),
        None => {}
    }
    let detail = json!({ "due": due.id, "household": home.id, "exempt": reason.is_some() });
    record(ctx, tx, "village_fund.exempt", due.fund_id, detail).await
}

/// How all households stand with a contribution.
pub async fn standings(ctx: &Ctx, due: &Due, homes: &[Home]) -> Result<Vec<Standing>> {
    let (paid, exempt) =
        (store::paid(ctx, &ctx.app.db, due.id).await?, store::exempt(ctx, &ctx.app.db, due.id).await?);
    Ok(due.standings(homes, &paid, &exempt))
}

fn checked_day(ctx: &Ctx, day: Option<NaiveDate>) -> Result<NaiveDate> {
    let day = day.unwrap_or_else(|| ctx.today());
    if day > ctx.today() || day < ctx.today() - Duration::days(LATE_DAYS) {
        return Err(Error::field("ngay", "village-day-wrong"));
    }
    Ok(day)
}

/// The next number of the village's book: `PT26-0001`.
async fn code(ctx: &Ctx, tx: &Tx, village: &Unit, letters: &str) -> Result<String> {
    let year = ctx.today().year();
    let book = format!("village-{letters}:{}", village.id);
    let number = numbers::next(tx, ctx.commune, &book, &year.to_string()).await?;
    Ok(format!("{letters}{:02}-{number:04}", year % 100))
}

/// Money that comes in.
#[derive(Debug, Default)]
pub struct Taking {
    pub home: Option<Home>,
    /// Who gives it when it is no household.
    pub payer: String,
    pub due: Option<Due>,
    pub amount: Option<i64>,
    pub words: String,
    pub day: Option<NaiveDate>,
}

/// Takes money and writes the receipt.
///
/// # Errors
/// At the field what is missing; `Conflict` when the household has paid that contribution already.
pub async fn take(ctx: &Ctx, tx: &Tx, village: &Unit, fund: &Fund, taken: Taking) -> Result<Entry> {
    let amount = positive("so-tien", taken.amount)?;
    let day = checked_day(ctx, taken.day)?;
    let payer = match &taken.home {
        Some(home) => home.name.clone(),
        None => said::needed("nguoi-nop", &taken.payer, "village-payer-empty", NAME_MAX)?,
    };
    store::add(ctx, tx, fund.id, amount).await?;
    if let (Some(home), Some(due)) = (&taken.home, &taken.due) {
        let left = due.of(home) - store::paid(ctx, tx, due.id).await?.get(&home.id).copied().unwrap_or(0);
        if store::exempt(ctx, tx, due.id).await?.contains_key(&home.id) {
            return Err(Error::conflict("village-due-exempt"));
        }
        if left <= 0 {
            return Err(Error::conflict("village-due-paid"));
        }
        if amount > left {
            return Err(Error::field(
                "so-tien",
                Message::new("village-due-more").with("total", ctx.t().number(left)),
            ));
        }
    }
    let words = match &taken.due {
        Some(due) if taken.words.trim().is_empty() => due.title.clone(),
        _ => said::needed("noi-dung", &taken.words, "village-words-empty", WORDS_MAX)?,
    };
    let entry = Entry {
        due_id: taken.due.map(|due| due.id),
        household_id: taken.home.map(|home| home.id),
        payer,
        ..line(ctx, fund, Kind::Income, code(ctx, tx, village, "PT").await?, words, amount, day)
    };
    written(ctx, tx, village, &entry, "village_fund.take").await?;
    Ok(entry)
}

fn line(
    ctx: &Ctx,
    fund: &Fund,
    kind: Kind,
    code: String,
    words: String,
    amount: i64,
    day: NaiveDate,
) -> Entry {
    Entry {
        id: ctx.new_id(),
        fund_id: fund.id,
        due_id: None,
        household_id: None,
        kind,
        code,
        payer: String::new(),
        words,
        amount,
        day,
        approver: String::new(),
        below: String::new(),
        file_id: None,
        reverses_id: None,
        reversed: false,
        by_id: ctx.account_or_none(),
        at: ctx.now,
    }
}

async fn written(ctx: &Ctx, tx: &Tx, village: &Unit, entry: &Entry, action: &'static str) -> Result<()> {
    store::insert_entry(ctx, tx, village.id, entry).await?;
    let detail = json!({ "entry": entry.id, "code": entry.code, "amount": entry.amount });
    record(ctx, tx, action, entry.fund_id, detail).await
}

/// Money that goes out.
#[derive(Default)]
pub struct Spending {
    pub amount: Option<i64>,
    pub words: String,
    /// Who receives it.
    pub payee: String,
    pub approver: String,
    pub day: Option<NaiveDate>,
    /// Why the fund is overspent.
    pub below: String,
    pub voucher: Option<Prepared>,
}

/// Spends money of a fund.
///
/// # Errors
/// At the field what is missing; at the amount when more is spent than is there and nobody says why.
pub async fn spend(ctx: &Ctx, tx: &Tx, village: &Unit, fund: &Fund, spent: Spending) -> Result<Entry> {
    let amount = positive("so-tien", spent.amount)?;
    let day = checked_day(ctx, spent.day)?;
    let words = said::needed("noi-dung", &spent.words, "village-words-empty", WORDS_MAX)?;
    let approver = said::needed("nguoi-duyet", &spent.approver, "village-approver-empty", NAME_MAX)?;
    said::short("nguoi-nhan", &spent.payee, NAME_MAX)?;
    said::short("vi-sao", &spent.below, WORDS_MAX)?;
    let left = store::add(ctx, tx, fund.id, -amount).await?;
    if left < 0 && spent.below.trim().is_empty() {
        let there = ctx.t().number(left + amount);
        return Err(Error::field("vi-sao", Message::new("village-below-empty").with("total", there)));
    }
    let mut entry = line(ctx, fund, Kind::Expense, code(ctx, tx, village, "PC").await?, words, -amount, day);
    entry.file_id = match &spent.voucher {
        Some(file) => Some(files::keep(ctx, tx, file, "village_fund", entry.id).await?),
        None => None,
    };
    entry.approver = approver;
    entry.payer = spent.payee.trim().to_owned();
    entry.below = if left < 0 { spent.below.trim().to_owned() } else { String::new() };
    written(ctx, tx, village, &entry, "village_fund.spend").await?;
    Ok(entry)
}

/// Takes an entry back by another one; both stay in the book.
///
/// # Errors
/// `Conflict` when it was taken back already, or is itself such an entry, or the money is spent and nobody says why.
pub async fn reverse(
    ctx: &Ctx,
    tx: &Tx,
    village: &Unit,
    fund: &Fund,
    id: Uuid,
    reason: &str,
) -> Result<Entry> {
    let reason = said::needed("ly-do", reason, "village-reverse-reason-empty", WORDS_MAX)?;
    let old = store::entry(ctx, tx, fund.id, id).await?;
    if old.reverses_id.is_some() || !store::mark_reversed(ctx, tx, id).await? {
        return Err(Error::conflict("village-reversed-already"));
    }
    let left = store::add(ctx, tx, fund.id, -old.amount).await?;
    let code = code(ctx, tx, village, "DC").await?;
    let entry = Entry {
        due_id: old.due_id,
        household_id: old.household_id,
        payer: old.payer.clone(),
        reverses_id: Some(old.id),
        below: if left < 0 { reason.clone() } else { String::new() },
        ..line(ctx, fund, old.kind, code, reason, -old.amount, ctx.today())
    };
    written(ctx, tx, village, &entry, "village_fund.reverse").await?;
    Ok(entry)
}

//! One entry as a sheet of paper: the receipt of who paid, the voucher of what was spent; and a resident's own receipts.

use super::model::{Entry, Kind, money};
use super::{found, path, rules, store};
use crate::back::{self, key};
use crate::book::{self, Tab};
use crate::place;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, html};
use platform::{Ctx, Message, Result, Tx, Uuid};
use ui::{Html, Shell, Status};

type OfEntry = Path<(Uuid, Uuid, Uuid)>;

#[derive(Template)]
#[template(path = "fund-receipt.html")]
struct ReceiptPage {
    shell: Shell,
    village: String,
    title: String,
    code: String,
    facts: Vec<(String, String)>,
    day: String,
    badge: Option<Html>,
    /// The entry that takes it back, or that it takes back.
    other: Option<(String, String)>,
    picture: String,
    income: bool,
    /// Where a POST takes it back; `""` when it cannot be.
    reverse: String,
    next: String,
    key: String,
}

pub(super) async fn show(ctx: Ctx, Path((village, id, entry)): OfEntry) -> Result<Response> {
    let (village, fund) = found(&ctx, village, id).await?;
    let one = store::entry(&ctx, &ctx.app.db, fund.id, entry).await?;
    let t = ctx.t();
    let own = path(village.id, fund.id);
    let other = match (&one.reverses_id, one.reversed) {
        (Some(old), _) => Some(store::entry(&ctx, &ctx.app.db, fund.id, *old).await?),
        (None, true) => store::reversal(&ctx, fund.id, &one).await?,
        (None, false) => None,
    };
    let shell = book::inner(&ctx, &village, Tab::Funds, &one.code).await?;
    let title = match (one.reverses_id.is_some(), one.kind) {
        (true, _) => "village-sheet-reversal",
        (_, Kind::Income) => "village-sheet-income",
        (_, Kind::Expense) => "village-sheet-expense",
    };
    let keeps = book::keeps(&ctx, village.id) && !one.reversed && one.reverses_id.is_none();
    Ok(html(ui::render(&ReceiptPage {
        title: t.t(title),
        facts: facts(&ctx, &fund.name, &one),
        day: t.date(one.day),
        badge: one.reversed.then(|| Status::Off.badge(&t.t("village-entry-reversed"))),
        other: other.map(|other| (format!("{own}/phieu/{}", other.id), other.code)),
        picture: one.file_id.map(|_| format!("{own}/phieu/{}/anh", one.id)).unwrap_or_default(),
        income: one.kind == Kind::Income,
        reverse: if keeps { format!("{own}/phieu/{}/huy", one.id) } else { String::new() },
        next: one.due_id.map(|due| format!("{own}/dong-gop/{due}")).unwrap_or(own),
        key: key(&ctx),
        village: village.name,
        code: one.code,
        shell,
    })?))
}

fn facts(ctx: &Ctx, fund: &str, one: &Entry) -> Vec<(String, String)> {
    let t = ctx.t();
    let who = if one.kind == Kind::Income { "village-payer" } else { "village-payee" };
    let facts = [
        (t.t(who), one.payer.clone()),
        (t.t("village-words"), one.words.clone()),
        (t.t("village-amount"), money(t, one.amount.abs())),
        (t.t("village-fund"), fund.to_owned()),
        (t.t("village-approver"), one.approver.clone()),
        (t.t("village-note"), one.below.clone()),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

pub(super) async fn voucher(ctx: Ctx, Path((village, id, entry)): OfEntry) -> Result<Response> {
    let (_, fund) = found(&ctx, village, id).await?;
    let one = store::entry(&ctx, &ctx.app.db, fund.id, entry).await?;
    back::shown(&ctx, one.file_id).await
}

pub(super) async fn reverse(ctx: Ctx, Path((village, id, entry)): OfEntry, sent: Form) -> Result<Response> {
    let (village, fund) = found(&ctx, village, id).await?;
    let rule = async |tx: &Tx| {
        let done = rules::reverse(&ctx, tx, &village, &fund, entry, sent.text("ly-do")).await?;
        let said = Message::new("village-reversed").with("code", done.code.as_str());
        Ok((format!("{}/phieu/{}", path(village.id, fund.id), done.id), Note::new(said)))
    };
    book::press(&ctx, &sent, rule).await
}

struct Own {
    code: String,
    village: String,
    words: String,
    day: String,
    sum: String,
    badge: Option<Html>,
}

struct Owed {
    title: String,
    line: String,
}

#[derive(Template)]
#[template(path = "fund-own.html")]
struct OwnPage {
    shell: Shell,
    receipts: Vec<Own>,
    owed: Vec<Owed>,
}

/// What the reader's own household has paid, and has still to pay.
pub(super) async fn own(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let read = place::whole(&ctx);
    let (mut receipts, mut owed, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    for person in registry::person::get_many(&read, &ctx.scope.ids("person")).await? {
        let household = person.place.household_id;
        if seen.contains(&household) {
            continue;
        }
        seen.push(household);
        let village = units::find(&read, person.place.village_id).await?;
        for one in store::of_household(&read, household).await? {
            receipts.push(Own {
                village: village.name.clone(),
                day: t.date(one.day),
                sum: money(t, one.amount),
                badge: one.reversed.then(|| Status::Off.badge(&t.t("village-entry-reversed"))),
                code: one.code,
                words: one.words,
            });
        }
        let homes = place::homes(&read, village.id).await?;
        let home: Vec<_> = homes.into_iter().filter(|home| home.id == household).collect();
        for fund in store::list(&read, &ctx.app.db, village.id).await? {
            for due in store::dues_of(&read, fund.id).await? {
                let standing = rules::standings(&read, &due, &home).await?;
                for one in standing.iter().filter(|one| !one.settled()) {
                    let until = t.s("village-due-until", "day", &t.date(due.due_on));
                    owed.push(Owed {
                        title: due.title.clone(),
                        line: format!("{} · {until}", money(t, one.left())),
                    });
                }
            }
        }
    }
    let shell = Shell::public(&ctx, "village-own-menu").await?.crumb(t.t("village-own-menu"), "");
    Ok(html(ui::render(&OwnPage { shell, receipts, owed })?))
}

//! Pages of fees: what came in, what fits nowhere, the statement, cash, the receipt, the code for a transfer.

use super::matching::purpose;
use super::rules::{self, owed};
use super::statement;
use super::store::{self, Method, Payment};
use crate::dossier::{self, Dossier};
use crate::form::view::money;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Message, Result, Tx, Uuid};
use serde::Deserialize;
use ui::{FieldErrors, Html, Shell};
use vietqr::Transfer;

const SHOWN: i64 = 100;

/// Where fees are paid to: `law/fee-account/…` of the commune. None is built in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Account {
    bin: String,
    pub number: String,
    name: String,
}

/// Whether fees may be transferred: the commune has named its account.
pub(crate) fn takes_transfers(ctx: &Ctx) -> Result<bool> {
    Ok(account(ctx)?.is_some())
}

pub(super) fn account(ctx: &Ctx) -> Result<Option<std::sync::Arc<Account>>> {
    // No file: the commune takes cash only.
    if ctx.app.law.text("fee-account", "toml", ctx.today()).is_err() {
        return Ok(None);
    }
    Ok(Some(ctx.app.law.in_force::<Account>("fee-account", ctx.today())?.content))
}

/// How a dossier is paid by telephone.
pub(crate) struct PayBox {
    pub qr: Html,
    pub sum: String,
    pub account: String,
    pub name: String,
    pub purpose: String,
}

/// The VietQR code of what is owed; `None` when nothing is, or the commune has no account.
pub(crate) async fn qr(ctx: &Ctx, one: &Dossier) -> Result<Option<PayBox>> {
    let left = owed(ctx, &ctx.app.db, one).await?.left();
    let Some(account) = account(ctx)?.filter(|_| left > 0) else { return Ok(None) };
    let text = purpose(&one.code);
    let transfer = Transfer::to_account(&account.bin, &account.number)
        .with_amount(left.unsigned_abs())
        .with_purpose(text.clone());
    let payload = transfer.encode().map_err(|wrong| Error::internal(format!("fee-account: {wrong}")))?;
    let t = ctx.t();
    let bank = vietqr::Banks::built_in().find(&account.bin).map(|bank| bank.name.clone()).unwrap_or_default();
    Ok(Some(PayBox {
        qr: ui::qr::svg(&payload, &t.s("onestop-pay-qr", "code", &one.code))?,
        sum: money(t, left),
        account: format!("{} {bank}", account.number).trim().to_owned(),
        name: account.name.clone(),
        purpose: text,
    }))
}

struct Line {
    url: String,
    title: String,
    line: String,
    sum: String,
    receipt: String,
}

#[derive(Template)]
#[template(path = "payments.html")]
struct ListPage {
    shell: Shell,
    nowhere: Vec<Line>,
    paid: Vec<Line>,
    may_upload: bool,
    has_account: bool,
    key: String,
    errors: FieldErrors,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, FieldErrors::default()).await?)?))
}

async fn page(ctx: &Ctx, errors: FieldErrors) -> Result<ListPage> {
    let shell = Shell::of(ctx, "onestop-menu-fees").await?;
    Ok(ListPage {
        nowhere: lines(ctx, store::list(ctx, true, SHOWN).await?).await?,
        paid: lines(ctx, store::list(ctx, false, SHOWN).await?).await?,
        may_upload: ctx.may("payment.statement"),
        has_account: account(ctx)?.is_some(),
        key: ctx.new_id().to_string(),
        errors,
        shell,
    })
}

async fn lines(ctx: &Ctx, found: Vec<Payment>) -> Result<Vec<Line>> {
    let t = ctx.t();
    let mut lines = Vec::new();
    for one in found {
        let about = match one.dossier_id {
            Some(id) => Some(dossier::find(&crate::whole(ctx), &ctx.app.db, id).await?),
            None => None,
        };
        let title =
            about.as_ref().map_or_else(|| t.t("onestop-pay-nobody-known"), |about| about.code.clone());
        let mut line = format!("{} · {}", t.date(one.paid_on), t.t(one.method.text_key()));
        if !one.problem.is_empty() {
            line = format!("{line} · {}", t.t(&format!("onestop-pay-{}", one.problem)));
        }
        if !one.note.is_empty() {
            line = format!("{line} · {}", one.note);
        }
        let receipt =
            one.receipt_no.map(|_| format!("/lam-viec/thu-phi/{}/bien-lai", one.id)).unwrap_or_default();
        let url = about.map(|about| about.path()).unwrap_or_default();
        lines.push(Line { url, title, line, sum: money(t, one.amount), receipt });
    }
    Ok(lines)
}

pub(super) async fn upload(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = take(&ctx, &tx, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if error.kind == Kind::Invalid => {
            let page = page(&ctx, FieldErrors::from_error(&error, ctx.t())).await?;
            Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn take(ctx: &Ctx, tx: &Tx, sent: &Form) -> Result<(String, Note)> {
    let file = sent.uploads.first().ok_or_else(|| Error::field("tep", "onestop-file-none"))?;
    let lines = statement::read(ctx, &file.bytes)?;
    let (_, taken) = rules::take_statement(ctx, tx, &lines).await?;
    let note = Message::new("onestop-statement-taken")
        .with("count", taken.matched)
        .with("total", taken.nowhere)
        .with("done", taken.known);
    Ok(("/lam-viec/thu-phi".to_owned(), Note::new(note)))
}

pub(super) async fn take_cash(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.revision() {
        Ok(revision) => rules::cash(&ctx, &tx, id, revision).await,
        Err(error) => Err(error),
    };
    let done = done.map(|id| (format!("/lam-viec/thu-phi/{id}/bien-lai"), Note::new("onestop-pay-taken")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => crate::desk::again(&ctx, id, error).await,
    }
}

/// The receipt of money, ready for the printer.
pub(super) async fn receipt(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, id).await?;
    let (Some(number), Some(dossier)) = (one.receipt_no, one.dossier_id) else {
        return Err(Error::not_found());
    };
    let dossier = dossier::find(&crate::whole(&ctx), &ctx.app.db, dossier).await?;
    let method = ctx.t().t(Method::text_key(one.method));
    crate::paperwork::money_receipt(&ctx, &dossier, number, one.amount, method, one.paid_on).await
}

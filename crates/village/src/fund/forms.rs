//! Forms of the fund book.

use super::model::{Per, money};
use super::rules::{self, Setting, Spending, Taking};
use super::{Due, Fund, found, path, store};
use crate::back::{self, Back, act, again, key};
use crate::book::{self, Tab};
use crate::place::{self, Home};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::form::{FormPage, Input, Look};
use ui::{FieldErrors, Shell};
use units::Unit;

/// Runs a rule behind a drawn form, and draws it again when something is wrong.
async fn run<R>(ctx: &Ctx, sent: &Form, rule: R, form: FormPage) -> Result<Response>
where
    R: AsyncFnOnce(&Tx) -> Result<(String, Note)>,
{
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await;
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => form.again(ctx, sent, error),
    }
}

async fn open_page(ctx: &Ctx, village: &Unit) -> Result<FormPage> {
    let t = ctx.t();
    let list = book::path(village.id, Tab::Funds);
    let shell = book::inner(ctx, village, Tab::Funds, "village-fund-new").await?;
    let mut form = FormPage::new(ctx, shell, format!("{list}/moi"), list);
    form.inputs = vec![
        Input::new(Look::Text, "ten", t.t("village-fund-name")).help(t.t("village-fund-name-help")),
        Input::new(Look::Area, "muc-dich", t.t("village-fund-purpose")).optional(),
    ];
    Ok(form)
}

pub(super) async fn open_form(ctx: Ctx, Path(village): Path<Uuid>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    open_page(&ctx, &village).await?.answer()
}

pub(super) async fn open(ctx: Ctx, Path(village): Path<Uuid>, sent: Form) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let form = open_page(&ctx, &village).await?;
    let rule = async |tx: &Tx| {
        let fund = rules::open(&ctx, tx, &village, sent.text("ten"), sent.text("muc-dich")).await?;
        Ok((path(village.id, fund.id), Note::new("village-fund-opened")))
    };
    run(&ctx, &sent, rule, form).await
}

async fn due_page(ctx: &Ctx, village: &Unit, fund: &Fund) -> Result<FormPage> {
    let t = ctx.t();
    let own = path(village.id, fund.id);
    let shell = book::inner(ctx, village, Tab::Funds, "village-due-new").await?;
    let mut form = FormPage::new(ctx, shell, format!("{own}/dong-gop"), own);
    form.lead = t.t("village-due-lead");
    let per = Per::ALL.iter().map(|per| (per.code().to_owned(), t.t(per.text_key()))).collect();
    form.inputs = vec![
        Input::new(Look::Text, "ten", t.t("village-due-title")).help(t.t("village-due-title-help")),
        Input::new(Look::Number, "so-tien", t.t("village-amount-dong")),
        Input::new(Look::Radios, "theo", t.t("village-due-by")).among(per).value(Per::Household.code()),
        Input::new(Look::Date, "han", t.t("village-due-day")),
        Input::new(Look::Area, "can-cu", t.t("village-due-why")).help(t.t("village-due-why-help")),
    ];
    Ok(form)
}

pub(super) async fn due_form(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let (village, fund) = found(&ctx, village, id).await?;
    due_page(&ctx, &village, &fund).await?.answer()
}

pub(super) async fn set_due(
    ctx: Ctx,
    Path((village, id)): Path<(Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let (village, fund) = found(&ctx, village, id).await?;
    let form = due_page(&ctx, &village, &fund).await?;
    let rule = async |tx: &Tx| {
        let set = Setting {
            title: sent.text("ten").to_owned(),
            per: Per::parse(sent.text("theo")),
            amount: sent.whole("so-tien")?,
            due_on: sent.date("han")?,
            why: sent.text("can-cu").to_owned(),
        };
        let due = rules::set_due(&ctx, tx, &fund, set).await?;
        Ok((format!("{}/dong-gop/{}", path(village.id, fund.id), due.id), Note::new("village-due-set")))
    };
    run(&ctx, &sent, rule, form).await
}

struct Choice {
    url: String,
    name: String,
    address: String,
}

#[derive(Template)]
#[template(path = "take-pick.html")]
struct PickPage {
    shell: Shell,
    path: String,
    q: String,
    homes: Vec<Choice>,
    other: String,
    fund: String,
}

/// First the household, then the money.
pub(super) async fn take_form(
    ctx: Ctx,
    Path((village, id)): Path<(Uuid, Uuid)>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let (village, fund) = found(&ctx, village, id).await?;
    let text = |name: &str| asked.get(name).map_or("", String::as_str);
    if asked.contains_key("ho") {
        let (home, due) = meant(&ctx, &village, &fund, text("ho"), text("khoan")).await?;
        return take_page(&ctx, &village, &fund, home.as_ref(), due.as_ref()).await?.answer();
    }
    let own = format!("{}/thu", path(village.id, fund.id));
    let choice =
        |home: Home| Choice { url: format!("{own}?ho={}", home.id), name: home.name, address: home.address };
    let homes = place::named(place::homes(&ctx, village.id).await?, text("q"));
    Ok(html(ui::render(&PickPage {
        shell: book::inner(&ctx, &village, Tab::Funds, "village-take").await?,
        homes: homes.into_iter().map(choice).collect(),
        other: format!("{own}?ho="),
        q: text("q").to_owned(),
        path: own,
        fund: fund.name,
    })?))
}

/// The household and the contribution that an address or a form names.
async fn meant(
    ctx: &Ctx,
    village: &Unit,
    fund: &Fund,
    home: &str,
    due: &str,
) -> Result<(Option<Home>, Option<Due>)> {
    let home = match home {
        "" => None,
        id => {
            let homes = place::homes(ctx, village.id).await?;
            Some(homes.into_iter().find(|one| one.id.to_string() == id).ok_or_else(Error::not_found)?)
        }
    };
    let due = match due {
        "" => None,
        id => {
            let id = id.parse().map_err(|_| Error::field("khoan", "error-choose"))?;
            Some(store::due(ctx, &ctx.app.db, fund.id, id).await?)
        }
    };
    Ok((home, due))
}

async fn take_page(
    ctx: &Ctx,
    village: &Unit,
    fund: &Fund,
    home: Option<&Home>,
    due: Option<&Due>,
) -> Result<FormPage> {
    let t = ctx.t();
    let own = path(village.id, fund.id);
    let shell = book::inner(ctx, village, Tab::Funds, "village-take").await?;
    let id = home.map(|home| home.id.to_string()).unwrap_or_default();
    let mut form = FormPage::new(ctx, shell, format!("{own}/thu?ho={id}"), own);
    form.lead = match home {
        Some(home) => t.s("village-take-from", "name", &home.name),
        None => t.t("village-take-other"),
    };
    if home.is_none() {
        form.inputs.push(Input::new(Look::Text, "nguoi-nop", t.t("village-payer")));
    }
    let dues = if home.is_some() { store::dues_of(ctx, fund.id).await? } else { Vec::new() };
    if !dues.is_empty() {
        let one = |due: Due| (due.id.to_string(), due.title);
        form.inputs.push(
            Input::new(Look::Select, "khoan", t.t("village-due"))
                .among(dues.into_iter().map(one).collect())
                .empty(t.t("village-due-none"))
                .value(due.map(|due| due.id.to_string()).unwrap_or_default())
                .optional(),
        );
    }
    let left = match (home, due) {
        (Some(home), Some(due)) => {
            due.of(home) - store::paid(ctx, &ctx.app.db, due.id).await?.get(&home.id).copied().unwrap_or(0)
        }
        _ => 0,
    };
    let amount = if left > 0 { t.number(left) } else { String::new() };
    form.inputs.extend([
        Input::new(Look::Number, "so-tien", t.t("village-amount-dong")).value(amount),
        Input::new(Look::Text, "noi-dung", t.t("village-words"))
            .help(t.t("village-words-take-help"))
            .value(due.map(|due| due.title.clone()).unwrap_or_default())
            .optional(),
        Input::new(Look::Date, "ngay", t.t("village-day")).value(t.date(ctx.today())),
    ]);
    form.submit = t.t("village-take-send");
    form.icon = "receipt-text";
    Ok(form)
}

pub(super) async fn take(
    ctx: Ctx,
    Path((village, id)): Path<(Uuid, Uuid)>,
    Query(asked): Query<HashMap<String, String>>,
    sent: Form,
) -> Result<Response> {
    let (village, fund) = found(&ctx, village, id).await?;
    let home = asked.get("ho").map_or("", String::as_str);
    let (home, due) = meant(&ctx, &village, &fund, home, sent.text("khoan")).await?;
    let form = take_page(&ctx, &village, &fund, home.as_ref(), due.as_ref()).await?;
    let rule = async |tx: &Tx| {
        let taken = Taking {
            home,
            due,
            payer: sent.text("nguoi-nop").to_owned(),
            amount: sent.whole("so-tien")?,
            words: sent.text("noi-dung").to_owned(),
            day: sent.date("ngay")?,
        };
        let entry = rules::take(&ctx, tx, &village, &fund, taken).await?;
        let said = Message::new("village-taken").with("code", entry.code.as_str());
        Ok((format!("{}/phieu/{}", path(village.id, fund.id), entry.id), Note::new(said)))
    };
    run(&ctx, &sent, rule, form).await
}

#[derive(Template)]
#[template(path = "fund-spend.html")]
struct SpendPage {
    shell: Shell,
    action: String,
    back: String,
    balance: String,
    amount: String,
    words: String,
    payee: String,
    approver: String,
    day: String,
    below: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn spend_form(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let (village, fund) = found(&ctx, village, id).await?;
    Ok(html(spend_page(&ctx, &village, &fund, Back::default()).await?))
}

async fn spend_page(ctx: &Ctx, village: &Unit, fund: &Fund, back: Back) -> Result<String> {
    let own = path(village.id, fund.id);
    ui::render(&SpendPage {
        shell: book::inner(ctx, village, Tab::Funds, "village-spend").await?,
        action: format!("{own}/chi"),
        balance: money(ctx.t(), fund.balance),
        amount: back.or("so-tien", ""),
        words: back.or("noi-dung", ""),
        payee: back.or("nguoi-nhan", ""),
        approver: back.or("nguoi-duyet", ""),
        day: back.or("ngay", &ctx.t().date(ctx.today())),
        below: back.or("vi-sao", ""),
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        back: own,
    })
}

pub(super) async fn spend(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let (village, fund) = found(&ctx, village, id).await?;
    let draw = async |back: Back| spend_page(&ctx, &village, &fund, back).await;
    let text = |name: &str| sent.text(name).to_owned();
    let read = async {
        Ok(Spending {
            amount: sent.whole("so-tien")?,
            words: text("noi-dung"),
            payee: text("nguoi-nhan"),
            approver: text("nguoi-duyet"),
            day: sent.date("ngay")?,
            below: text("vi-sao"),
            voucher: back::picture(&ctx, &sent, "anh").await?,
        })
    };
    let spent: Spending = match read.await {
        Ok(spent) => spent,
        Err(error) => return again(&ctx, &sent, error, draw).await,
    };
    let rule = async |tx: &Tx| {
        let entry = rules::spend(&ctx, tx, &village, &fund, spent).await?;
        let said = Message::new("village-spent").with("code", entry.code.as_str());
        Ok((format!("{}/phieu/{}", path(village.id, fund.id), entry.id), Note::new(said)))
    };
    act(&ctx, &sent, rule, draw).await
}

type OfHome = Path<(Uuid, Uuid, Uuid, Uuid)>;

async fn exempt_page(ctx: &Ctx, at: (Uuid, Uuid, Uuid, Uuid)) -> Result<(FormPage, Due, Home, String)> {
    let (village, fund) = found(ctx, at.0, at.1).await?;
    let (home, due) = meant(ctx, &village, &fund, &at.3.to_string(), &at.2.to_string()).await?;
    let (home, due) = home.zip(due).ok_or_else(Error::not_found)?;
    let t = ctx.t();
    let list = format!("{}/dong-gop/{}", path(village.id, fund.id), due.id);
    let shell = book::inner(ctx, &village, Tab::Funds, "village-exempt").await?;
    let mut form = FormPage::new(ctx, shell, format!("{list}/mien/{}", home.id), list.clone());
    form.lead = format!("{} · {}", home.name, due.title);
    let known = store::exempt(ctx, &ctx.app.db, due.id).await?;
    let reason = known.get(&home.id).cloned().unwrap_or_default();
    let mut reason = Input::new(Look::Area, "ly-do", t.t("village-exempt-reason")).value(reason);
    if !reason.value.is_empty() {
        reason = reason.help(t.t("village-exempt-end-help")).optional();
    }
    form.inputs = vec![reason];
    Ok((form, due, home, list))
}

pub(super) async fn exempt_form(ctx: Ctx, Path(at): OfHome) -> Result<Response> {
    exempt_page(&ctx, at).await?.0.answer()
}

/// An empty reason ends an exemption that was there.
pub(super) async fn exempt(ctx: Ctx, Path(at): OfHome, sent: Form) -> Result<Response> {
    let (form, due, home, list) = exempt_page(&ctx, at).await?;
    let there = form.inputs.iter().any(|input| !input.value.is_empty());
    let rule = async |tx: &Tx| {
        let reason = Some(sent.text("ly-do")).filter(|reason| !(there && reason.trim().is_empty()));
        rules::exempt(&ctx, tx, &due, &home, reason).await?;
        let said = if reason.is_some() { "village-exempted" } else { "village-exempt-ended" };
        Ok((list, Note::new(said)))
    };
    run(&ctx, &sent, rule, form).await
}

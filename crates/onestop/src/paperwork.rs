//! The forms of Circular 03/2025/TT-VPCP about one dossier, ready for the printer: 01 receipt and appointment, 02 request
//! for papers, 03 refusal, 04 apology, 05 notice of stopping, 06 control sheet. Form 07, the register, is a list.

use crate::dossier::{self, Dossier, Event, Happened};
use crate::procedure::{Procedure, pinned};
use crate::story;
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Error, Result, T};
use ui::{Html, Shell};

/// A line "name: value" of a form.
type Fact = (String, String);

#[derive(Template)]
#[template(path = "paperwork.html")]
struct Sheet {
    shell: Shell,
    back: String,
    number: &'static str,
    title: String,
    code: String,
    day: String,
    to: String,
    facts: Vec<Fact>,
    list_title: String,
    list: Vec<String>,
    /// The control sheet: when, what, who, note.
    rows: Vec<[String; 4]>,
    words: Vec<String>,
    qr: Option<Html>,
    track: String,
    signer: String,
}

impl Sheet {
    async fn new(ctx: &Ctx, one: &Dossier, number: &'static str, back: String) -> Result<Sheet> {
        let t = ctx.t();
        let title = t.t(&format!("onestop-form-{number}"));
        let shell = Shell::of(ctx, &title).await?;
        Ok(Sheet {
            shell,
            back,
            number,
            title,
            code: one.code.clone(),
            day: t.date(ctx.today()),
            to: one.applicant_name.clone(),
            facts: Vec::new(),
            list_title: String::new(),
            list: Vec::new(),
            rows: Vec::new(),
            words: Vec::new(),
            qr: None,
            track: String::new(),
            signer: t.t("onestop-sign-desk"),
        })
    }
}

/// The address behind the QR of a receipt: where anybody follows it who knows the last digits.
pub(crate) fn track_url(ctx: &Ctx, code: &str) -> String {
    format!("{}/ho-so/{code}", ctx.app.config.base_url())
}

/// Form 01.
pub(crate) async fn receipt(ctx: &Ctx, one: &Dossier) -> Result<Response> {
    let procedure = pinned(ctx, &ctx.app.db, &one.procedure_digest).await?;
    let back = if ctx.may("dossier.list") { one.path() } else { one.own_path() };
    let mut sheet = Sheet::new(ctx, one, "01", back).await?;
    let t = ctx.t();
    sheet.facts = about(ctx, one, &procedure);
    let moment = |at: Option<_>| at.map(|at| t.moment(at)).unwrap_or_default();
    sheet.facts.push((t.t("onestop-submitted-at"), t.moment(one.submitted_at)));
    if one.received_at.is_some() {
        sheet.facts.push((t.t("onestop-received-at"), moment(one.received_at)));
        sheet.facts.push((t.t("onestop-due-at"), moment(one.due_at)));
    } else {
        sheet.words.push(t.t("onestop-receipt-waits"));
    }
    sheet.facts.push((t.t("onestop-channel"), t.t(one.channel.text_key())));
    for (name, sum) in crate::fee::lines(ctx, &procedure, &one.answers) {
        sheet.facts.push((name, sum));
    }
    sheet.list_title = t.t("onestop-papers-given");
    let given = dossier::papers(ctx, &ctx.app.db, one.id).await?;
    for paper in &procedure.papers {
        let pages = given.iter().filter(|row| row.paper_key == paper.key).count();
        if pages > 0 {
            let pages = t.n("onestop-pages", "count", i64::try_from(pages).unwrap_or(0));
            sheet.list.push(format!("{} ({pages})", paper.name.of(ctx.lang)));
        }
    }
    for sister in crate::linked::sisters(ctx, &ctx.app.db, one).await? {
        let due = if sister.due.is_empty() { String::new() } else { format!("; {}", sister.due) };
        sheet.facts.push((t.t("onestop-linked-with"), format!("{} ({}{due})", sister.name, sister.code)));
    }
    sheet.track = track_url(ctx, &one.code);
    sheet.qr = Some(ui::qr::svg(&sheet.track, &t.s("onestop-receipt-qr", "code", &one.code))?);
    sheet.words.push(t.t("onestop-receipt-track"));
    Ok(html(ui::render(&sheet)?))
}

fn about(ctx: &Ctx, one: &Dossier, procedure: &Procedure) -> Vec<Fact> {
    let t = ctx.t();
    let mut facts = vec![
        (t.t("onestop-procedure"), procedure.name.of(ctx.lang).to_owned()),
        (t.t("onestop-applicant-name"), one.applicant_name.clone()),
    ];
    if !one.applicant_phone.is_empty() {
        facts.push((t.t("onestop-phone"), one.applicant_phone.clone()));
    }
    if one.subject != one.applicant_name {
        facts.push((t.t("onestop-subject"), one.subject.clone()));
    }
    facts
}

/// One of the forms of a dossier, from what happened last.
///
/// # Errors
/// Not found while nothing of the kind happened.
pub(crate) async fn sheet(ctx: &Ctx, one: &Dossier, number: &str) -> Result<Response> {
    let procedure = pinned(ctx, &ctx.app.db, &one.procedure_digest).await?;
    let events = dossier::events(ctx, &ctx.app.db, one.id).await?;
    let last =
        |kind: Happened| events.iter().rev().find(|event| event.kind == kind).ok_or_else(Error::not_found);
    match number {
        "01" => receipt(ctx, one).await,
        "02" => request(ctx, one, &procedure, last(Happened::Asked)?).await,
        "03" => with_reason(ctx, one, &procedure, "03", last(Happened::NotReceived)?).await,
        "04" => apology(ctx, one, &procedure, last(Happened::Extended)?, &events).await,
        "05" => with_reason(ctx, one, &procedure, "05", last(Happened::Stopped)?).await,
        "06" => control(ctx, one, &procedure, &events).await,
        _ => Err(Error::not_found()),
    }
}

/// The receipt of a fee: no form of the circular, with a number book of its own.
pub(crate) async fn money_receipt(
    ctx: &Ctx,
    one: &Dossier,
    number: i64,
    dong: i64,
    method: String,
    on: chrono::NaiveDate,
) -> Result<Response> {
    let procedure = pinned(ctx, &ctx.app.db, &one.procedure_digest).await?;
    let mut sheet = Sheet::new(ctx, one, "bien-lai", one.path()).await?;
    let t = ctx.t();
    sheet.facts = about(ctx, one, &procedure);
    sheet.facts.push((t.t("onestop-receipt-no"), format!("{number:06}/{}", on.format("%Y"))));
    sheet.facts.push((t.t("onestop-pay-sum"), crate::form::view::money(t, dong)));
    sheet.facts.push((t.t("onestop-pay-how"), method));
    sheet.facts.push((t.t("onestop-pay-on"), t.date(on)));
    sheet.signer = t.t("onestop-sign-cashier");
    Ok(html(ui::render(&sheet)?))
}

/// The forms that there are by now: number and title.
pub(crate) fn there(t: T, events: &[Event]) -> Vec<(String, String)> {
    let happened = |kind: Happened| events.iter().any(|event| event.kind == kind);
    let all = [
        ("01", true),
        ("02", happened(Happened::Asked)),
        ("03", happened(Happened::NotReceived)),
        ("04", happened(Happened::Extended)),
        ("05", happened(Happened::Stopped)),
        ("06", true),
    ];
    all.iter()
        .filter(|(_, there)| *there)
        .map(|(n, _)| ((*n).to_owned(), t.t(&format!("onestop-form-{n}"))))
        .collect()
}

/// Form 02: reasons, what to give, by when, on which ground.
async fn request(ctx: &Ctx, one: &Dossier, procedure: &Procedure, event: &Event) -> Result<Response> {
    let mut sheet = Sheet::new(ctx, one, "02", one.path()).await?;
    let t = ctx.t();
    sheet.facts = about(ctx, one, procedure);
    sheet.list_title = t.t("onestop-ask-list");
    let marks = event.marks().into_iter();
    sheet.list = marks.map(|(key, why)| format!("{}: {why}", story::label(ctx, procedure, &key))).collect();
    if !event.note.is_empty() {
        sheet.words.push(event.note.clone());
    }
    let until = dossier::DeskRules::load(ctx)?.answer_until(event.at);
    sheet.words.push(t.s("onestop-ask-until", "day", &t.date(platform::clock::local_date(until))));
    grounds(ctx, procedure, &mut sheet);
    Ok(html(ui::render(&sheet)?))
}

/// Forms 03 and 05: a reason in words.
async fn with_reason(
    ctx: &Ctx,
    one: &Dossier,
    procedure: &Procedure,
    number: &'static str,
    event: &Event,
) -> Result<Response> {
    let mut sheet = Sheet::new(ctx, one, number, one.path()).await?;
    sheet.facts = about(ctx, one, procedure);
    sheet.facts.push((ctx.t().t("onestop-reason"), event.note.clone()));
    grounds(ctx, procedure, &mut sheet);
    sheet.words.push(ctx.t().t("onestop-may-complain"));
    Ok(html(ui::render(&sheet)?))
}

/// Form 04: the old day, the reason, the new one.
async fn apology(
    ctx: &Ctx,
    one: &Dossier,
    procedure: &Procedure,
    event: &Event,
    events: &[Event],
) -> Result<Response> {
    let mut sheet = Sheet::new(ctx, one, "04", one.path()).await?;
    let t = ctx.t();
    let old = events.iter().rev().filter(|other| other.id < event.id).find_map(|other| other.due_at);
    sheet.facts = about(ctx, one, procedure);
    sheet.facts.push((t.t("onestop-due-old"), old.map(|due| t.moment(due)).unwrap_or_default()));
    sheet.facts.push((t.t("onestop-reason"), event.note.clone()));
    sheet.facts.push((t.t("onestop-due-new"), event.due_at.map(|due| t.moment(due)).unwrap_or_default()));
    sheet.words.push(t.t("onestop-apology"));
    sheet.signer = t.t("onestop-sign-leader");
    Ok(html(ui::render(&sheet)?))
}

/// Form 06: every hand-over with its time, as it was written.
async fn control(ctx: &Ctx, one: &Dossier, procedure: &Procedure, events: &[Event]) -> Result<Response> {
    let mut sheet = Sheet::new(ctx, one, "06", one.path()).await?;
    sheet.facts = about(ctx, one, procedure);
    let told = story::told(ctx, procedure, events, false).await?;
    sheet.rows = told.into_iter().rev().map(|one| [one.at, one.what, one.who, one.note]).collect();
    Ok(html(ui::render(&sheet)?))
}

fn grounds(ctx: &Ctx, procedure: &Procedure, sheet: &mut Sheet) {
    if let Some(law) = procedure.legal.first() {
        sheet.words.push(ctx.t().s("onestop-ground", "law", &law.text));
    }
}

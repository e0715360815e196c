//! The page of a document: what it says, where it stands, what happened, and what the reader may do with it.

use super::list::kind_name;
use super::model::{Delivery, Document, State};
use super::pass::{May, may};
use super::{PATH, sheet, signature, store, trail};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::http::{Form, download, html};
use platform::{Ctx, Error, Kind, Result, Uuid, files};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell, Status};

/// Versions that the page names.
const VERSIONS: i64 = 20;

/// Something that happened.
struct Line {
    who: String,
    what: String,
    at: String,
    note: String,
    version: i64,
}

struct Saved {
    serial: i64,
    who: String,
    at: String,
    /// Where it is compared with the one before it.
    compare: String,
}

struct Recipient {
    name: String,
    code: String,
    badge: Html,
    note: String,
    at: String,
    /// Where the clerk says that it was handed over.
    hand_over: String,
    key: String,
}

#[derive(Template)]
#[template(path = "outgoing-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    kind: String,
    number: String,
    subject: String,
    badge: Html,
    facts: Vec<(String, String)>,
    links: Vec<(String, String)>,
    to: Vec<String>,
    grounds: Vec<String>,
    body: Vec<String>,
    receivers: Vec<String>,
    events: Vec<Line>,
    versions: Vec<Saved>,
    recipients: Vec<Recipient>,
    card: Option<crate::workfile::Card>,
    may: May,
    reason: String,
    has_key: bool,
    /// Signing with a token; empty while there is no number.
    usb: Html,
    /// The demo tells the password of its keys.
    demo: bool,
    keys: [String; 10],
    revision: i64,
    typed: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    Ok((signing::usb_policy(), html(ui::render(&page(&ctx, one).await?)?)).into_response())
}

/// The page with what went wrong on it. Errors that no form can mend are given back.
pub(super) async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let mut page = page(ctx, one).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    let typed = ["y-kien", "ly-do", "ly-do-thu-hoi"].iter().find_map(|name| sent.some(name));
    page.typed = typed.unwrap_or_default().to_owned();
    Ok((error.kind.status(), signing::usb_policy(), html(ui::render(&page)?)).into_response())
}

async fn page(ctx: &Ctx, one: Document) -> Result<ShowPage> {
    let t = ctx.t();
    let kind = kind_name(ctx, &one)?;
    let shell = Shell::of(ctx, &kind).await?.crumb(t.t("office-outgoing"), PATH);
    let shell = shell.crumb(if one.number.is_some() { one.full_number() } else { kind.clone() }, "");
    let events = trail::events(ctx, one.id).await?;
    let versions = trail::versions(ctx, one.id, VERSIONS).await?;
    let rows = trail::recipients(ctx, &ctx.app.db, one.id).await?;
    let ids =
        events.iter().filter_map(|event| event.account_id).chain(versions.iter().map(|one| one.account_id));
    let ids: Vec<Uuid> = ids.chain([one.drafted_by]).collect();
    let names = identity::account_names(ctx, &ids).await?;
    let name = |id: &Uuid| names.get(id).cloned().unwrap_or_default();
    let may = may(ctx, &one);
    let lines = events.iter().rev().map(|event| Line {
        who: event.account_id.as_ref().map(name).unwrap_or_default(),
        what: t.t(event.happened.text_key()),
        at: t.moment(event.at),
        note: event.note.clone(),
        version: event.version,
    });
    let saved = versions.iter().map(|version| Saved {
        serial: version.serial,
        who: name(&version.account_id),
        at: t.moment(version.at),
        compare: if version.serial > 1 {
            format!("{}/so-sanh?truoc={}&sau={}", one.path(), version.serial - 1, version.serial)
        } else {
            String::new()
        },
    });
    let text = |text: &str| text.lines().map(str::to_owned).collect::<Vec<String>>();
    Ok(ShowPage {
        path: one.path(),
        number: one.full_number(),
        badge: one.badge().badge(&t.t(one.stand())),
        facts: facts(ctx, &one, &names),
        links: links(ctx, &one).await?,
        to: text(&one.content.to),
        grounds: text(&one.content.grounds),
        body: text(&one.content.body),
        receivers: text(&one.content.receivers),
        events: lines.collect(),
        versions: saved.collect(),
        recipients: rows.iter().map(|row| recipient(ctx, &one, row)).collect(),
        card: crate::workfile::card(ctx, "outgoing", one.id).await?,
        reason: one.recall_reason.clone(),
        has_key: (may.sign || may.seal)
            && ctx.may("signature.key")
            && signing::own(ctx, &ctx.app.db).await?.is_some(),
        usb: if may.give_back { signature::usb(ctx, &one, &kind).await? } else { Html(String::new()) },
        demo: ctx.app.config.demo,
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
        revision: one.revision,
        typed: String::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        subject: one.subject,
        may,
        kind,
        shell,
    })
}

fn facts(ctx: &Ctx, one: &Document, names: &HashMap<Uuid, String>) -> Vec<(String, String)> {
    let t = ctx.t();
    let moment = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| t.moment(at)).unwrap_or_default();
    let urgency = match one.content.urgency {
        0 => String::new(),
        degree => t.t(&format!("office-outgoing-urgency-{degree}")),
    };
    let all = [
        ("office-outgoing-drafter", names.get(&one.drafted_by).cloned().unwrap_or_default()),
        ("office-outgoing-signer", t.t(&identity::role::text_key(&one.signer_role))),
        ("office-outgoing-approved-by", one.signer_name.clone()),
        ("office-outgoing-urgency", urgency),
        ("office-outgoing-numbered-at", moment(one.numbered_at)),
        ("office-outgoing-issued-at", moment(one.issued_at)),
        ("office-outgoing-recalled-at", moment(one.recalled_at)),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (t.t(key), value)).collect()
}

/// Documents to which this one is tied, as far as the reader may see them.
async fn links(ctx: &Ctx, one: &Document) -> Result<Vec<(String, String)>> {
    let t = ctx.t();
    let mut all = Vec::new();
    for (key, id) in
        [("office-outgoing-replaces", one.replaces), ("office-outgoing-replaced-by", one.replaced_by)]
    {
        let Some(id) = id else { continue };
        match store::find(ctx, &ctx.app.db, id).await {
            Ok(other) => {
                let name = if other.number.is_some() { other.full_number() } else { other.subject.clone() };
                all.push((t.s(key, "name", &name), other.path()));
            }
            Err(error) if error.is(Kind::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    if let Some(meeting) = crate::meeting::of_minutes(ctx, one.id).await? {
        all.push((t.s("office-meeting-minutes-of", "name", &meeting.title), meeting.path()));
    }
    if let Some(incoming) = one.reply_to {
        all.push((t.t("office-outgoing-replies"), format!("/lam-viec/van-ban-den/{incoming}")));
        let others = store::replies(ctx, incoming).await?;
        for other in others.iter().filter(|other| other.id != one.id) {
            all.push((t.s("office-outgoing-replies-too", "name", &other.subject), other.path()));
        }
    }
    Ok(all)
}

fn recipient(ctx: &Ctx, one: &Document, row: &super::model::Recipient) -> Recipient {
    let status = match row.delivery {
        Delivery::Waiting | Delivery::ByHand => Status::Waiting,
        Delivery::Refused | Delivery::Failed | Delivery::Kept => Status::Late,
        Delivery::Recalled | Delivery::Replaced => Status::Off,
        _ => Status::Done,
    };
    let by_hand = row.delivery == Delivery::ByHand && one.state == State::Issued && ctx.may("outgoing.issue");
    Recipient {
        name: row.name.clone(),
        code: row.code.clone(),
        badge: status.badge(&ctx.t().t(row.delivery.text_key())),
        note: row.note.clone(),
        at: ctx.t().moment(row.at),
        hand_over: if by_hand { format!("{}/da-giao/{}", one.path(), row.serial) } else { String::new() },
        key: ctx.new_id().to_string(),
    }
}

/// The paper as it will look, or the file as it was issued.
pub(super) async fn preview(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let bytes = match one.file_id {
        Some(file) => files::read(&ctx, &files::find(&ctx, &ctx.app.db, file).await?).await?,
        None => sheet::pdf(&ctx, &one).await?,
    };
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, bytes).into_response())
}

/// The same as a Word file.
pub(super) async fn docx(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let answer = download(&format!("{}.docx", one.file_stem()), media, sheet::docx(&ctx, &one).await?);
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}

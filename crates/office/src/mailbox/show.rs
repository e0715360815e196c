//! A letter: who wrote it, its words, what is attached and what that says of itself, and what may be done with it. Opening one
//! stands in the record.

use super::model::{Attachment, Letter, Sent, State, Trouble};
use super::{PATH, look, store};
use crate::books::Books;
use crate::incoming;
use askama::Template;
use audit::Entry;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::files;
use platform::http::{Form, html};
use platform::{Ctx, Error, Kind, Result, Uuid};
use serde_json::json;
use ui::{FieldErrors, Html, Shell};

struct Paper {
    name: String,
    /// `""` for what stands in the letter only.
    url: String,
    about: String,
    problem: String,
}

struct Told {
    what: String,
    state: String,
    at: String,
    body: String,
}

#[derive(Template)]
#[template(path = "mailbox-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    facts: Vec<(String, String)>,
    text: String,
    papers: Vec<Paper>,
    proposed: Vec<(String, String)>,
    notes: Vec<String>,
    reason: String,
    incoming: String,
    answers: Vec<Told>,
    original: bool,
    may_take: bool,
    may_decide: bool,
    may_answer: bool,
    may_reopen: bool,
    may_forget: bool,
    keys: [String; 5],
    revision: i64,
    typed: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::letter(&ctx, &ctx.app.db, id).await?;
    let page = page(&ctx, &one).await?;
    opened(&ctx, &one, json!({})).await?;
    Ok(html(ui::render(&page)?))
}

pub(super) async fn opened(ctx: &Ctx, one: &Letter, detail: serde_json::Value) -> Result<()> {
    let tx = ctx.begin().await?;
    audit::record(ctx, &tx, Entry { action: "mailbox.read", kind: "mail_letter", id: one.id, detail })
        .await?;
    tx.commit().await
}

async fn page(ctx: &Ctx, one: &Letter) -> Result<ShowPage> {
    let t = ctx.t();
    let title = if one.subject.is_empty() { t.t("office-mailbox-untitled") } else { one.subject.clone() };
    let shell = Shell::of(ctx, &title).await?.crumb(t.t("office-mailbox"), PATH).crumb(title.clone(), "");
    let attachments = store::attachments(ctx, &ctx.app.db, one.id).await?;
    let decides = ctx.may("mailbox.decide");
    let able = attachments.iter().any(|file| file.file_id.is_some());
    let mut notes: Vec<String> = Vec::new();
    notes.extend(one.problem.map(|problem| t.t(problem.text_key())));
    notes.extend(
        one.automatic.map(|why| format!("{} {}", t.t(why.text_key()), t.t("office-mailbox-automatic-note"))),
    );
    let key = || ctx.new_id().to_string();
    Ok(ShowPage {
        badge: one.state.status().badge(&t.t(one.state.text_key())),
        facts: facts(ctx, one).await?,
        text: one.text.clone(),
        proposed: proposed(ctx, &attachments)?,
        papers: papers(ctx, one, &attachments).await?,
        notes,
        reason: one.reason.clone(),
        incoming: one.incoming_id.map(|id| format!("/lam-viec/van-ban-den/{id}")).unwrap_or_default(),
        answers: answers(ctx, one).await?,
        original: one.file_id.is_some(),
        may_take: decides && one.open() && able,
        may_decide: decides && one.open(),
        may_answer: decides && one.open() && one.automatic.is_none(),
        may_reopen: decides && one.state == State::Aside,
        may_forget: decides && (one.open() || one.state == State::Aside),
        keys: [key(), key(), key(), key(), key()],
        revision: one.revision,
        path: one.path(),
        typed: String::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
    })
}

async fn facts(ctx: &Ctx, one: &Letter) -> Result<Vec<(String, String)>> {
    let t = ctx.t();
    let mailbox = store::mailbox(ctx, &ctx.app.db, one.mailbox_id).await?;
    let by: Vec<Uuid> = one.decided_by.into_iter().collect();
    let names = if by.is_empty() { Default::default() } else { identity::account_names(ctx, &by).await? };
    let sent = one.sent_at.map_or_else(|| t.t("office-mailbox-undated"), |at| t.moment(at));
    let decided = one.decided_at.map(|at| {
        let who = one.decided_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
        format!("{} · {who}", t.moment(at))
    });
    let all = [
        ("office-mailbox-from", one.sender()),
        ("office-mailbox-sent", sent),
        ("office-mailbox-came", t.moment(one.came_at)),
        ("office-mailbox-box", mailbox.name),
        ("office-mailbox-decided-at", decided.unwrap_or_default()),
    ];
    Ok(all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (t.t(key), value)).collect())
}

/// What the first file with words says of the document.
fn proposed(ctx: &Ctx, attachments: &[Attachment]) -> Result<Vec<(String, String)>> {
    let Some(main) = attachments.iter().find(|one| one.file_id.is_some() && !one.text.is_empty()) else {
        return Ok(Vec::new());
    };
    let t = ctx.t();
    let facts = incoming::proposed(&main.text, &*Books::load(ctx)?);
    let all = [
        ("office-symbol", facts.symbol()),
        ("office-issued-on", facts.issued_on.map(vntext::date).unwrap_or_default()),
        ("office-kind", facts.kind),
        ("office-sender", facts.sender_name),
        ("office-subject", facts.subject),
        ("office-due-on", facts.due_on.map(vntext::date).unwrap_or_default()),
    ];
    Ok(all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (t.t(key), value)).collect())
}

async fn papers(ctx: &Ctx, one: &Letter, attachments: &[Attachment]) -> Result<Vec<Paper>> {
    let t = ctx.t();
    let mut papers = Vec::new();
    for file in attachments {
        let name = if file.name.is_empty() { t.t("office-mailbox-nameless") } else { file.name.clone() };
        let mut paper = Paper { name, url: String::new(), about: String::new(), problem: String::new() };
        if let Some(id) = file.file_id {
            let kept = files::find(ctx, &ctx.app.db, id).await?;
            paper.url = format!("{}/tep/{}", one.path(), file.id);
            paper.about = format!("{} kB", t.number((kept.byte_count + 1023) / 1024));
        }
        paper.problem = file.problem.map(|problem| t.t(problem.text_key())).unwrap_or_default();
        papers.push(paper);
    }
    Ok(papers)
}

async fn answers(ctx: &Ctx, one: &Letter) -> Result<Vec<Told>> {
    let t = ctx.t();
    let told = |answer: super::model::Answer| {
        let why = match answer.problem.as_str() {
            "" => String::new(),
            key if t.has(key) => format!(": {}", t.t(key)),
            other => format!(": {}", Trouble::words(t, other)),
        };
        let why = if answer.state == Sent::Gone { String::new() } else { why };
        Told {
            what: t.t(answer.what.text_key()),
            state: format!("{}{why}", t.t(answer.state.text_key())),
            at: t.moment(answer.sent_at.unwrap_or(answer.at)),
            body: answer.body,
        }
    };
    Ok(store::answers_of(ctx, one.id).await?.into_iter().map(told).collect())
}

/// An attachment of a letter.
pub(super) async fn file(ctx: Ctx, Path((id, file)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let one = store::letter(&ctx, &ctx.app.db, id).await?;
    let all = store::attachments(&ctx, &ctx.app.db, one.id).await?;
    let line = all.into_iter().find(|line| line.id == file).ok_or_else(Error::not_found)?;
    let found = files::find(&ctx, &ctx.app.db, line.file_id.ok_or_else(Error::not_found)?).await?;
    let bytes = files::read(&ctx, &found).await?;
    opened(&ctx, &one, json!({ "file": line.id })).await?;
    Ok(platform::http::file(&found.name, &found.media_type, bytes))
}

/// The letter as it came.
pub(super) async fn original(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::letter(&ctx, &ctx.app.db, id).await?;
    let found = files::find(&ctx, &ctx.app.db, one.file_id.ok_or_else(Error::not_found)?).await?;
    let bytes = files::read(&ctx, &found).await?;
    opened(&ctx, &one, json!({ "original": look::OWNER })).await?;
    Ok(platform::http::file(&found.name, &found.media_type, bytes))
}

/// The page with what was wrong.
pub(super) async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let mut page = page(ctx, &store::letter(ctx, &ctx.app.db, id).await?).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    page.typed = sent.some("ly-do").unwrap_or(sent.text("tra-loi")).to_owned();
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

//! The page of a document: what it is, its files, who was charged with it, what happened.

use super::model::{Incoming, State, TextState};
use super::store;
use crate::books::Books;
use crate::story::{Happening, Told, told};
use crate::task::{self, DirectForm};
use crate::{outgoing, workfile};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::files;
use platform::http::{Form, html};
use platform::{Ctx, Error, Kind, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

/// A file as a page shows it.
pub(crate) struct Paper {
    pub name: String,
    pub url: String,
    pub about: String,
}

#[derive(Template)]
#[template(path = "incoming-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    stamp: String,
    facts: Vec<(String, String)>,
    papers: Vec<Paper>,
    words: String,
    tasks: Vec<task::Line>,
    direct: Option<DirectForm>,
    may_register: bool,
    may_refuse: bool,
    may_finish: bool,
    may_reopen: bool,
    registered: bool,
    /// Where an answer to it is drafted; `""` for who drafts none.
    reply: String,
    /// Answers that were drafted, as far as the reader may see them.
    replies: Vec<(String, String)>,
    card: Option<workfile::Card>,
    reason: String,
    story: Vec<Told>,
    keys: [String; 3],
    typed: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    Ok(html(ui::render(&page(&ctx, one).await?)?))
}

async fn page(ctx: &Ctx, one: Incoming) -> Result<ShowPage> {
    let t = ctx.t();
    let title = if one.title().is_empty() { t.t("office-untitled") } else { one.title().to_owned() };
    let shell = Shell::of(ctx, &title).await?;
    let list = if ctx.may("incoming.list") { "/lam-viec/van-ban-den" } else { "/lam-viec/nhiem-vu" };
    let shell = shell.crumb(t.t("office-incoming-menu"), list).crumb(one.facts.symbol(), "");
    let whole = ctx.may("incoming.list");
    let direct = if ctx.may("task.assign") && matches!(one.state, State::Registered | State::Directed) {
        Some(DirectForm::of(ctx, &one.facts.subject, one.facts.due_on).await?)
    } else {
        None
    };
    Ok(ShowPage {
        badge: one.badge().badge(&t.t(one.state.text_key())),
        stamp: Books::load(ctx)?.stamp(one.facts.urgency).unwrap_or_default().to_owned(),
        facts: facts(ctx, &one).await?,
        papers: papers(ctx, &one).await?,
        words: if whole { store::text(ctx, &ctx.app.db, one.id).await? } else { String::new() },
        tasks: task::of_source(ctx, task::Source::Incoming, one.id).await?,
        direct,
        may_register: ctx.may("incoming.register") && one.state == State::Arrived,
        may_refuse: ctx.may("incoming.register") && one.state == State::Arrived,
        may_finish: ctx.may("incoming.finish") && matches!(one.state, State::Registered | State::Directed),
        may_reopen: ctx.may("incoming.finish") && one.state == State::Done,
        registered: ctx.may("incoming.register") && one.arrival_number.is_some(),
        reply: reply(ctx, &one),
        replies: outgoing::answers(ctx, one.id).await?,
        card: workfile::card(ctx, "incoming", one.id).await?,
        reason: one.reason.clone(),
        story: story(ctx, one.id).await?,
        path: one.path(),
        keys: [ctx.new_id().to_string(), ctx.new_id().to_string(), ctx.new_id().to_string()],
        typed: String::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
    })
}

/// Where the reader drafts an answer to a document that stands in the book.
pub(crate) fn reply(ctx: &Ctx, one: &Incoming) -> String {
    let able = ctx.may("outgoing.draft") && one.arrival_number.is_some();
    if able { format!("/lam-viec/van-ban-di/soan?tra-loi={}", one.id) } else { String::new() }
}

/// What stands in the book, as name and value; what is not known is left out.
async fn facts(ctx: &Ctx, one: &Incoming) -> Result<Vec<(String, String)>> {
    let t = ctx.t();
    let books = Books::load(ctx)?;
    let by: Vec<Uuid> = one.registered_by.into_iter().collect();
    let names = if by.is_empty() { HashMap::new() } else { identity::account_names(ctx, &by).await? };
    let facts = &one.facts;
    let day = |day: Option<chrono::NaiveDate>| day.map(vntext::date).unwrap_or_default();
    let number = one.arrival_number.map(|number| {
        let book = one.book.as_deref().and_then(|code| books.book(code)).map(|book| book.name.of(ctx.lang));
        format!("{number} ({})", book.unwrap_or_default())
    });
    let signer = [facts.signer_position.as_str(), facts.signer_name.as_str()];
    let signer: Vec<&str> = signer.into_iter().filter(|part| !part.is_empty()).collect();
    let all = [
        ("office-arrival-number", number.unwrap_or_default()),
        ("office-symbol", facts.symbol()),
        ("office-issued-on", day(facts.issued_on)),
        ("office-kind", facts.kind.clone()),
        ("office-sender", facts.sender_name.clone()),
        ("office-sender-code", one.sender_code.clone()),
        ("office-signer", signer.join(", ")),
        ("office-due-on", day(facts.due_on)),
        ("office-pages", facts.page_count.map(|pages| t.number(pages)).unwrap_or_default()),
        ("office-channel", t.t(one.channel.text_key())),
        ("office-arrived-at", t.moment(one.arrived_at)),
        ("office-ended-at", one.ended_at.map(|at| t.moment(at)).unwrap_or_default()),
        ("office-registered-at", one.registered_at.map(|at| t.moment(at)).unwrap_or_default()),
        (
            "office-registered-by",
            one.registered_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        ),
    ];
    Ok(all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (t.t(key), value)).collect())
}

/// The files of a document with their addresses.
pub(crate) async fn papers(ctx: &Ctx, one: &Incoming) -> Result<Vec<Paper>> {
    let t = ctx.t();
    let mut papers = Vec::new();
    for line in store::files(ctx, &ctx.app.db, one.id).await? {
        let file = files::find(ctx, &ctx.app.db, line.file_id).await?;
        let size = format!("{} kB", t.number((file.byte_count + 1023) / 1024));
        let read =
            if line.text_state == TextState::Read { String::new() } else { t.t(line.text_state.text_key()) };
        let about: Vec<String> = [size, read].into_iter().filter(|part| !part.is_empty()).collect();
        papers.push(Paper {
            name: file.name,
            url: format!("{}/tep/{}", one.path(), line.id),
            about: about.join(" · "),
        });
    }
    Ok(papers)
}

async fn story(ctx: &Ctx, id: Uuid) -> Result<Vec<Told>> {
    let happening = |one: super::model::Event| Happening {
        what: one.what.text_key(),
        words: one.words,
        by: one.by_id,
        at: one.at,
    };
    told(ctx, store::events(ctx, &ctx.app.db, id).await?.into_iter().map(happening).collect()).await
}

/// A file of a document that the reader may see. The look stands in the record: documents name people.
pub(crate) async fn file(ctx: Ctx, Path((id, file)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let lines = store::files(&ctx, &ctx.app.db, one.id).await?;
    let line = lines.into_iter().find(|line| line.id == file).ok_or_else(Error::not_found)?;
    let found = files::find(&ctx, &ctx.app.db, line.file_id).await?;
    let bytes = files::read(&ctx, &found).await?;
    let tx = ctx.begin().await?;
    let detail = serde_json::json!({ "file": line.id });
    audit::record(&ctx, &tx, audit::Entry { action: "incoming.read", kind: "incoming", id, detail }).await?;
    tx.commit().await?;
    Ok(platform::http::file(&found.name, &found.media_type, bytes))
}

/// The page with what was wrong.
pub(crate) async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let mut page = page(ctx, store::find(ctx, &ctx.app.db, id).await?).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    page.typed = sent.some("ly-do").unwrap_or(sent.text("ghi-chu")).to_owned();
    if let Some(direct) = &mut page.direct {
        direct.typed(sent);
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

//! The book's form: what was proposed from the text, as the clerk mends it; later corrections by the same form.

use super::model::{Facts, Incoming, TextState};
use super::rules::{self, Registering};
use super::show::{self, Paper};
use super::store;
use crate::books::Books;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Message, Result, Uuid};
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "incoming-register.html")]
struct RegisterPage {
    shell: Shell,
    path: String,
    /// It stands in the book: only its facts are mended.
    registered: bool,
    papers: Vec<Paper>,
    reading: bool,
    books: Vec<(String, String)>,
    book: String,
    kinds: Vec<(String, String)>,
    urgencies: Vec<(String, String)>,
    typed: Typed,
    key: String,
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

/// The fields as texts.
#[derive(Default)]
struct Typed {
    sender: String,
    number: String,
    notation: String,
    issued: String,
    kind: String,
    subject: String,
    signer: String,
    position: String,
    urgency: String,
    due: String,
    pages: String,
}

impl Typed {
    fn of(facts: Facts) -> Typed {
        let day = |day: Option<chrono::NaiveDate>| day.map(vntext::date).unwrap_or_default();
        Typed {
            issued: day(facts.issued_on),
            due: day(facts.due_on),
            pages: facts.page_count.map(|pages| pages.to_string()).unwrap_or_default(),
            urgency: facts.urgency.to_string(),
            sender: facts.sender_name,
            number: facts.number,
            notation: facts.notation,
            kind: facts.kind,
            subject: facts.subject,
            signer: facts.signer_name,
            position: facts.signer_position,
        }
    }

    fn sent(form: &Form) -> Typed {
        let text = |name: &str| form.text(name).to_owned();
        Typed {
            sender: text("noi-gui"),
            number: text("so"),
            notation: text("ky-hieu"),
            issued: text("ngay-van-ban"),
            kind: text("loai"),
            subject: text("trich-yeu"),
            signer: text("nguoi-ky"),
            position: text("chuc-vu"),
            urgency: text("do-khan"),
            due: text("han"),
            pages: text("so-trang"),
        }
    }
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let typed = Typed::of(one.facts.clone());
    Ok(html(ui::render(&page(&ctx, one, typed).await?)?))
}

async fn page(ctx: &Ctx, one: Incoming, typed: Typed) -> Result<RegisterPage> {
    let t = ctx.t();
    let books = Books::load(ctx)?;
    let registered = one.arrival_number.is_some();
    let title = if registered { "office-incoming-correct" } else { "office-incoming-register" };
    let shell = Shell::of(ctx, title).await?;
    let shell = shell.crumb(t.t("office-incoming-menu"), "/lam-viec/van-ban-den").crumb(t.t(title), "");
    let files = store::files(ctx, &ctx.app.db, one.id).await?;
    let mut urgencies = vec![("0".to_owned(), t.t("office-urgency-none"))];
    urgencies.extend(books.urgencies().map(|(level, stamp)| (level.to_string(), stamp.to_owned())));
    Ok(RegisterPage {
        path: one.path(),
        registered,
        reading: files.iter().any(|file| file.text_state == TextState::Waiting),
        papers: show::papers(ctx, &one).await?,
        book: one.book.clone().or_else(|| Some(books.incoming.first()?.code.clone())).unwrap_or_default(),
        books: books
            .incoming
            .iter()
            .map(|book| (book.code.clone(), book.name.of(ctx.lang).to_owned()))
            .collect(),
        kinds: kinds(&books, &typed.kind),
        urgencies,
        typed,
        key: ctx.new_id().to_string(),
        revision: one.revision,
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
    })
}

/// The kinds to choose from, and what the document calls itself where that is none of them.
fn kinds(books: &Books, typed: &str) -> Vec<(String, String)> {
    let mut kinds = books.kinds();
    if !typed.is_empty() && !kinds.contains(&typed) {
        kinds.push(typed);
    }
    kinds.into_iter().map(|kind| (kind.to_owned(), kind.to_owned())).collect()
}

/// The facts as the form sent them.
fn facts(sent: &Form) -> Result<Facts> {
    Ok(Facts {
        sender_name: sent.text("noi-gui").to_owned(),
        number: sent.text("so").to_owned(),
        notation: sent.text("ky-hieu").to_owned(),
        issued_on: sent.date("ngay-van-ban")?,
        kind: sent.text("loai").to_owned(),
        subject: sent.text("trich-yeu").to_owned(),
        signer_name: sent.text("nguoi-ky").to_owned(),
        signer_position: sent.text("chuc-vu").to_owned(),
        urgency: sent.whole("do-khan")?.unwrap_or(0),
        due_on: sent.date("han")?,
        page_count: sent.whole("so-trang")?,
    })
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let read = sent.revision().and_then(|revision| Ok((revision, facts(&sent)?)));
    let (revision, facts) = match read {
        Ok(read) => read,
        Err(error) => return again(&ctx, id, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = if sent.text("sua") == "1" {
        rules::correct(&ctx, &tx, id, revision, &facts).await.map(|one| (one, "office-incoming-corrected"))
    } else {
        let book = sent.text("so-van-ban").to_owned();
        let sent = Registering { revision, book, facts, again: sent.ticked("trung") };
        rules::register(&ctx, &tx, id, sent).await.map(|one| (one, "office-incoming-registered"))
    };
    let done = done.map(|(one, text)| {
        (one.path(), Note::new(Message::new(text).with("number", one.arrival_number.unwrap_or_default())))
    });
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}

async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let mut page = page(ctx, one, Typed::sent(sent)).await?;
    if let Some(book) = sent.some("so-van-ban") {
        page.book = book.to_owned();
    }
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

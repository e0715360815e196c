//! The page of a file: what it holds, where it stands, what happened, and what the reader may do now.

use super::model::{Item, Kind, State, WorkFile};
use super::rules::{self, may};
use super::terms::Terms;
use super::{PATH, contents, store};
use crate::story::{Happening, Told, told};
use crate::task;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::clock::local_date;
use platform::files;
use platform::http::{Form, html};
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

/// Something that the file holds.
struct Line {
    id: String,
    title: String,
    /// `""` for what the reader may not open, and for paper.
    url: String,
    /// Everything else in one line.
    about: String,
    symbol: String,
    author: String,
    day: String,
    pages: String,
    key: String,
}

#[derive(Template)]
#[template(path = "workfile-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    code: String,
    badge: Html,
    facts: Vec<(String, String)>,
    note: String,
    lines: Vec<Line>,
    /// How many things the reader may not see; whoever keeps the file reads at least what each is called.
    hidden: String,
    papers: bool,
    /// It was destroyed.
    gone: bool,
    keep: bool,
    reopen: bool,
    people: Vec<(String, String)>,
    story: Vec<Told>,
    keys: [String; 5],
    revision: i64,
    typed: HashMap<String, String>,
    errors: FieldErrors,
    wrong: String,
}

impl ShowPage {
    fn typed(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    Ok(html(ui::render(&page(&ctx, one).await?)?))
}

async fn page(ctx: &Ctx, one: WorkFile) -> Result<ShowPage> {
    let t = ctx.t();
    let shell =
        Shell::of(ctx, &one.title).await?.crumb(t.t("office-workfile-menu"), PATH).crumb(&one.code, "");
    let mut items = store::items(ctx, &ctx.app.db, one.id).await?;
    let gone = one.state == State::Destroyed;
    if gone {
        items.clear();
    }
    let urls = contents::read(ctx, &mut items).await?;
    let whole = ctx.account_or_none() == Some(one.keeper_id);
    let open = |item: &Item| whole || item.kind == Kind::Paper || urls.contains_key(&item.object_id);
    let hidden = items.iter().filter(|item| !open(item)).count();
    let lines = items.iter().filter(|item| open(item)).map(|item| line(ctx, item, &urls));
    let may = may(ctx, &one);
    let people = if may.keep { task::staff(ctx).await? } else { Vec::new() };
    Ok(ShowPage {
        path: one.path(),
        badge: one.badge().badge(&t.t(one.state.text_key())),
        facts: facts(ctx, &one, &items).await?,
        lines: lines.collect(),
        hidden: if hidden == 0 { String::new() } else { t.n("office-workfile-hidden", "count", hidden) },
        gone,
        papers: items.iter().any(|item| item.kind == Kind::Paper),
        keep: may.keep,
        reopen: may.reopen,
        people: people
            .into_iter()
            .map(|one| (one.id.to_string(), format!("{} ({})", one.name, one.role)))
            .collect(),
        story: story(ctx, one.id).await?,
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
        revision: one.revision,
        typed: HashMap::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        note: one.note,
        code: one.code,
        shell,
    })
}

fn line(ctx: &Ctx, item: &Item, urls: &HashMap<Uuid, String>) -> Line {
    let t = ctx.t();
    let author = if item.kind == Kind::Paper {
        [item.author.as_str(), item.place.as_str()]
    } else {
        [&item.author, ""]
    };
    let joined = |parts: &[&str]| {
        let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    };
    let (kind, author) = (t.t(item.kind.text_key()), joined(&author));
    let day = item.dated.map(|day| t.date(day)).unwrap_or_default();
    let sheets = item.pages.map(|pages| t.n("office-workfile-sheets", "count", pages)).unwrap_or_default();
    Line {
        id: item.id.to_string(),
        title: item.title.clone(),
        url: urls.get(&item.object_id).cloned().unwrap_or_default(),
        about: joined(&[&kind, &item.symbol, &day, &author, &sheets]),
        symbol: item.symbol.clone(),
        author,
        day,
        pages: item.pages.map(|pages| t.number(pages)).unwrap_or_default(),
        key: ctx.new_id().to_string(),
    }
}

async fn facts(ctx: &Ctx, one: &WorkFile, items: &[Item]) -> Result<Vec<(String, String)>> {
    let (t, terms) = (ctx.t(), Terms::load(ctx)?);
    let names = identity::account_names(ctx, &[one.keeper_id]).await?;
    let day = |at: chrono::DateTime<chrono::Utc>| t.date(local_date(at));
    let heading = terms.heading(&one.heading).map_or(one.heading.as_str(), |found| found.name.of(ctx.lang));
    let term = terms.term(&one.term).map_or(one.term.as_str(), |found| found.name.of(ctx.lang));
    let pages: i64 = items.iter().filter_map(|item| item.pages).sum();
    let all = [
        ("office-workfile-keeper", names.get(&one.keeper_id).cloned().unwrap_or_default()),
        ("office-workfile-heading", heading.to_owned()),
        ("office-workfile-opened", day(one.opened_at)),
        ("office-workfile-closed", one.closed_at.map(day).unwrap_or_default()),
        ("office-workfile-term", term.to_owned()),
        (
            "office-workfile-until",
            terms.until(&one.term, one.closed_at).map(|day| t.date(day)).unwrap_or_default(),
        ),
        (
            "office-workfile-hand-over-by",
            one.closed_at
                .filter(|_| one.state == State::Closed)
                .map(|at| t.date(terms.hand_over_by(at)))
                .unwrap_or_default(),
        ),
        ("office-workfile-items", t.number(items.len() as i64)),
        ("office-workfile-pages", if pages == 0 { String::new() } else { t.number(pages) }),
    ];
    Ok(all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (t.t(key), value)).collect())
}

async fn story(ctx: &Ctx, id: Uuid) -> Result<Vec<Told>> {
    let happening = |one: super::model::Event| Happening {
        what: one.what.text_key(),
        words: one.words,
        by: one.by_id,
        at: one.at,
    };
    told(ctx, store::events(ctx, id).await?.into_iter().map(happening).collect()).await
}

/// A file of its own. The look stands in the record, as with documents.
pub(super) async fn file(ctx: Ctx, Path((id, item)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let items = store::items(&ctx, &ctx.app.db, one.id).await?;
    let item = items.into_iter().find(|known| known.id == item && known.kind == Kind::File);
    let item = item.ok_or_else(Error::not_found)?;
    let found = files::find(&ctx, &ctx.app.db, item.object_id).await?;
    let bytes = files::read(&ctx, &found).await?;
    let tx = ctx.begin().await?;
    let detail = serde_json::json!({ "item": item.id });
    let entry = audit::Entry { action: "workfile.read", kind: rules::SEARCHED, id, detail };
    audit::record(&ctx, &tx, entry).await?;
    tx.commit().await?;
    Ok(platform::http::file(&found.name, &found.media_type, bytes))
}

/// The page with what was wrong.
pub(super) async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    use platform::Kind;
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge) {
        return Err(error);
    }
    let mut page = page(ctx, store::find(ctx, &ctx.app.db, id).await?).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    page.typed = sent.pairs().iter().cloned().collect();
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

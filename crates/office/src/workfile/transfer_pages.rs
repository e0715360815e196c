//! What should go to the archive, the lists that were made, and one of them: on paper, as a file, received.

use super::list::{sheet, until};
use super::model::{Moving, Transfer, WorkFile};
use super::store;
use super::terms::Terms;
use super::transfer::{self, PATH};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::clock::local_date;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use registry::sheet::Format;
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

const LISTS: i64 = 50;

struct Line {
    id: String,
    url: String,
    code: String,
    title: String,
    keeper: String,
    closed: String,
    /// Until when it should be handed over, or is kept.
    until: String,
    late: bool,
    chosen: bool,
}

struct Made {
    url: String,
    code: String,
    line: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "transfer-list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    made: Vec<Made>,
    months: String,
    note: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, None, None).await?)?))
}

async fn page(ctx: &Ctx, sent: Option<&Form>, error: Option<&Error>) -> Result<ListPage> {
    let (t, terms) = (ctx.t(), Terms::load(ctx)?);
    let files = store::to_transfer(ctx, &ctx.app.db, transfer::MOST as i64).await?;
    let chosen: Vec<&str> = sent.map(|sent| sent.all("ho-so").collect()).unwrap_or_default();
    let names = keepers(ctx, &files).await?;
    let line = |one: &WorkFile| {
        let by = one.closed_at.map(|at| terms.hand_over_by(at));
        Line {
            until: by.map(|day| t.date(day)).unwrap_or_default(),
            late: by.is_some_and(|day| day < ctx.today()),
            // All of them, as long as nobody chose.
            chosen: sent.is_none() || chosen.contains(&one.id.to_string().as_str()),
            ..of(ctx, one, &names)
        }
    };
    let made = transfer::all(ctx, LISTS).await?;
    let made = made.into_iter().map(|one| Made {
        url: one.path(),
        line: [t.moment(one.made_at), one.note.clone()].join(" · ").trim_end_matches(" · ").to_owned(),
        badge: one.badge().badge(&t.t(one.state.text_key())),
        code: one.code,
    });
    let wrong = error.filter(|error| error.fields.is_empty()).map(|error| error.message.text(t));
    Ok(ListPage {
        shell: Shell::of(ctx, "office-transfer-menu").await?,
        lines: files.iter().map(line).collect(),
        made: made.collect(),
        months: t.number(i64::from(terms.hand_over_months)),
        note: sent.map(|sent| sent.text("ghi-chu").to_owned()).unwrap_or_default(),
        key: ctx.new_id().to_string(),
        errors: error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong.unwrap_or_default(),
    })
}

async fn keepers(ctx: &Ctx, files: &[WorkFile]) -> Result<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = files.iter().map(|one| one.keeper_id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() { Ok(HashMap::new()) } else { identity::account_names(ctx, &ids).await }
}

fn of(ctx: &Ctx, one: &WorkFile, names: &HashMap<Uuid, String>) -> Line {
    Line {
        id: one.id.to_string(),
        url: one.path(),
        code: one.code.clone(),
        title: one.title.clone(),
        keeper: names.get(&one.keeper_id).cloned().unwrap_or_default(),
        closed: one.closed_at.map(|at| ctx.t().date(local_date(at))).unwrap_or_default(),
        until: String::new(),
        late: false,
        chosen: false,
    }
}

pub(super) async fn make(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let ids: Vec<Uuid> = sent.all("ho-so").filter_map(|id| id.parse().ok()).collect();
    let done = transfer::make(&ctx, &tx, ids, sent.text("ghi-chu")).await;
    let done = done.map(|one| (one.path(), Note::new("office-transfer-made")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            let page = page(&ctx, Some(&sent), Some(&error)).await?;
            Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "transfer-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    facts: Vec<(String, String)>,
    lines: Vec<Line>,
    open: bool,
    keys: [String; 2],
    revision: i64,
}

pub(super) async fn show(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let one = transfer::find(&ctx, &ctx.app.db, id).await?;
    let files = transfer::files(&ctx, id).await?;
    if let Some(format) = query.get("dinh-dang").and_then(|text| Format::parse(text)) {
        return sheet(&ctx, &files).await?.answer(&ctx, &format);
    }
    Ok(html(ui::render(&shown(&ctx, one, &files).await?)?))
}

async fn shown(ctx: &Ctx, one: Transfer, files: &[WorkFile]) -> Result<ShowPage> {
    let (t, terms) = (ctx.t(), Terms::load(ctx)?);
    let title = t.s("office-transfer-title", "code", &one.code);
    let shell = Shell::of(ctx, &title).await?.crumb(t.t("office-transfer-menu"), PATH).crumb(&one.code, "");
    let ids: Vec<Uuid> = [Some(one.made_by), one.ended_by].into_iter().flatten().collect();
    let people = identity::account_names(ctx, &ids).await?;
    let by = |at, id: Option<Uuid>| {
        let who = id.and_then(|id| people.get(&id).cloned()).unwrap_or_default();
        format!("{} · {who}", t.moment(at))
    };
    let facts = [
        ("office-transfer-made-at", by(one.made_at, Some(one.made_by))),
        ("office-transfer-ended-at", one.ended_at.map(|at| by(at, one.ended_by)).unwrap_or_default()),
        ("office-transfer-files", t.number(files.len() as i64)),
        ("office-transfer-note", one.note.clone()),
    ];
    let names = keepers(ctx, files).await?;
    Ok(ShowPage {
        path: one.path(),
        badge: one.badge().badge(&t.t(one.state.text_key())),
        facts: facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| (t.t(key), value))
            .collect(),
        lines: files
            .iter()
            .map(|file| Line { until: until(ctx, &terms, file), ..of(ctx, file, &names) })
            .collect(),
        open: one.state == Moving::Made,
        keys: [ctx.new_id().to_string(), ctx.new_id().to_string()],
        revision: one.revision,
        shell,
    })
}

pub(super) async fn receive(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    ended(ctx, id, sent, true).await
}

pub(super) async fn undo(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    ended(ctx, id, sent, false).await
}

async fn ended(ctx: Ctx, id: Uuid, sent: Form, received: bool) -> Result<Response> {
    let revision = sent.revision()?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let (done, note) = if received {
        (transfer::receive(&ctx, &tx, id, revision).await, "office-transfer-received")
    } else {
        (transfer::undo(&ctx, &tx, id, revision).await, "office-transfer-dropped")
    };
    settle(&ctx, key, tx, done.map(|one| (one.path(), Note::new(note)))).await?
}

//! Requests for those who answer: a business its own, an officer all others too.

use super::model::{Request, State};
use super::{WORK, public, rules, store};
use crate::place::store as places;
use crate::place::{Contact, Place, phone_shown};
use askama::Template;
use audit::Entry;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use std::collections::HashMap;
use ui::table::{Cell, Column, Empty, Filter, Kind as Look, Row, Table};
use ui::{FieldErrors, Html, Shell};

const SHOWN: usize = 40;

#[derive(Template)]
#[template(path = "request-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim()).to_owned();
    let state = State::parse(&text("xem"));
    let mut rows = store::list(&ctx, state, text("sau").parse().ok(), SHOWN as i64 + 1).await?;
    let next = (rows.len() > SHOWN).then(|| rows[SHOWN - 1].id.to_string());
    rows.truncate(SHOWN);
    let names = names(&ctx, &rows).await?;
    let t = ctx.t();
    let shell = Shell::of(&ctx, "tourism-requests").await?;
    let mut table = Table::new(&shell, "tourism-requests", t.t("tourism-requests"));
    table.columns = vec![
        Column::new("noi", t.t("tourism-place"), Look::Name),
        Column::new("ngay", t.t("tourism-ask-days"), Look::Date),
        Column::new("nguoi", t.t("tourism-ask-people"), Look::Number),
        Column::new("gui", t.t("tourism-asked-at"), Look::Date),
        Column::new("trang-thai", t.t("tourism-state"), Look::Badge),
    ];
    let states = State::ALL.iter().map(|one| (one.code().to_owned(), t.t(one.text_key())));
    let states = [(String::new(), t.t("tourism-every"))].into_iter().chain(states).collect();
    table.filters = vec![Filter::choice("xem", t.t("tourism-state"), text("xem"), states)];
    table.rows = rows.iter().map(|one| row(&ctx, &names, one)).collect();
    let count = store::count(&ctx, state).await?;
    (table.count, table.capped, table.next) = (u64::try_from(count).ok(), count >= 1000, next);
    table.empty = Empty {
        title: t.t("tourism-requests-none"),
        text: t.t("tourism-requests-none-how"),
        ..Empty::default()
    };
    Ok(html(ui::render(&ListPage { shell, table })?))
}

async fn names(ctx: &Ctx, rows: &[Request]) -> Result<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = rows.iter().map(|one| one.place_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names = HashMap::new();
    for place in ids {
        names.insert(place, places::find(ctx, &ctx.app.db, place).await?.content.name);
    }
    Ok(names)
}

fn row(ctx: &Ctx, names: &HashMap<Uuid, String>, one: &Request) -> Row {
    let t = ctx.t();
    Row {
        id: one.id.to_string(),
        url: Some(one.work_path()),
        cells: vec![
            Cell::text(names.get(&one.place_id).cloned().unwrap_or_default()).under(&one.code),
            Cell::text(t.date(one.from_on)),
            Cell::number(t, one.people),
            Cell::text(t.moment(one.asked_at)),
            Cell::badge(one.state.status(), &t.t(one.state.text_key())),
        ],
    }
}

#[derive(Template)]
#[template(path = "request-work.html")]
struct ShowPage {
    shell: Shell,
    one: Request,
    place: Place,
    badge: Html,
    masked: String,
    facts: Vec<(String, String)>,
    /// For a hand-over by telephone: whom to call at the place.
    contact: Contact,
    by_business: bool,
    answered: String,
    keys: [String; 2],
    typed: String,
    errors: FieldErrors,
    wrong: String,
}

async fn page(ctx: &Ctx, id: Uuid) -> Result<ShowPage> {
    let t = ctx.t();
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let place = places::find(ctx, &ctx.app.db, one.place_id).await?;
    let shell = Shell::of(ctx, "tourism-request").await?.crumb(t.t("tourism-requests"), WORK);
    Ok(ShowPage {
        shell: shell.crumb(&one.code, ""),
        badge: one.state.status().badge(&t.t(one.state.text_key())),
        masked: one.masked(),
        facts: public::facts(ctx, &one),
        contact: places::contact(ctx, &ctx.app.db, place.id).await?.unwrap_or_default(),
        by_business: one.organisation_id.is_some(),
        answered: one.answered_at.map(|at| t.moment(at)).unwrap_or_default(),
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
        typed: String::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        place,
        one,
    })
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, id).await?)?))
}

pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = async {
        let close = sent.text("lam") == "dong";
        let one = rules::answer(&ctx, &tx, id, sent.revision()?, sent.text("tra-loi"), close).await?;
        Ok((one.work_path(), Note::new(if close { "tourism-closed" } else { "tourism-answered" })))
    };
    let done = done.await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}

async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let mut page = page(ctx, id).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    sent.text("tra-loi").clone_into(&mut page.typed);
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

#[derive(Template)]
#[template(path = "request-reveal.html")]
struct RevealPage {
    shell: Shell,
    value: String,
}

/// Who asked and how to reach them: opened by a click that is recorded.
pub(super) async fn reveal(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let tx = ctx.begin().await?;
    let detail = serde_json::json!({});
    let entry = Entry { action: "tourism.ask-contact", kind: "tourism_request", id, detail };
    audit::record(&ctx, &tx, entry).await?;
    tx.commit().await?;
    let parts = [one.name, phone_shown(&one.phone), one.email];
    let value = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let shell = Shell::of(&ctx, "tourism-request").await?;
    Ok(html(ui::render(&RevealPage { shell, value })?))
}

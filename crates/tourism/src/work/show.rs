//! A place on the work side: how it stands, what may be done with it, what happened.

use crate::WORK;
use crate::place::store;
use crate::place::{Contact, Kind, May, Place, State, img, may, within};
use crate::public::{days, lunar};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, html};
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};
use units::place::Ground;

/// Next years of a festival.
const TURNS: i32 = 3;

struct Line {
    who: String,
    what: String,
    at: String,
    note: String,
}

struct Turn {
    year: i32,
    days: String,
    lunar: String,
    off: String,
    key: String,
}

#[derive(Template)]
#[template(path = "place-work.html")]
struct ShowPage {
    shell: Shell,
    one: Place,
    path: String,
    badge: Html,
    kind: String,
    village: String,
    cover: Html,
    public: String,
    preview: String,
    facts: Vec<(String, String)>,
    contact: Contact,
    contact_there: bool,
    consent: String,
    turns: Vec<Turn>,
    missing: Vec<String>,
    lines: Vec<Line>,
    may: May,
    keys: [String; 6],
    revision: i64,
    typed: HashMap<String, String>,
    errors: FieldErrors,
    wrong: String,
}

impl ShowPage {
    /// As it was typed, else as it is kept.
    fn typed(&self, name: &str, kept: &str) -> String {
        self.typed.get(name).cloned().unwrap_or_else(|| kept.to_owned())
    }

    fn edit_path(&self) -> String {
        format!("{}/soan", self.path)
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, id).await?)?))
}

async fn page(ctx: &Ctx, id: Uuid) -> Result<ShowPage> {
    let one = within(ctx, &ctx.app.db, id).await?;
    let t = ctx.t();
    let events = store::events(ctx, id).await?;
    let mut people: Vec<Uuid> = events.iter().filter_map(|one| one.account_id).collect();
    people.extend([one.drafted_by, one.approved_by].into_iter().flatten());
    let names = identity::account_names(ctx, &people).await?;
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let line = |event: crate::place::Event| Line {
        who: name(event.account_id),
        what: t.t(event.happened.text_key()),
        at: t.moment(event.at),
        note: event.note,
    };
    let contact = store::contact(ctx, &ctx.app.db, id).await?;
    let published = one.state == State::Published;
    let ground = Ground::load(ctx).await?;
    let facts = [
        (t.t("tourism-writer"), name(one.drafted_by)),
        (t.t("tourism-approved-by"), name(one.approved_by)),
        (t.t("tourism-changed"), t.moment(one.updated_at)),
        (t.t("tourism-views"), t.number(one.views)),
        (t.t("tourism-version"), t.number(one.version)),
    ];
    let shell = Shell::of(ctx, "tourism-menu").await?.titled(&one.content.name);
    Ok(ShowPage {
        shell: shell.crumb(t.t("tourism-menu"), WORK).crumb(&one.content.name, ""),
        path: one.work_path(),
        badge: one.state.status().badge(&t.t(one.state.text_key())),
        kind: t.t(one.kind.text_key()),
        village: ground.name(one.content.village),
        cover: one.cover_id.map_or_else(|| Html(String::new()), |id| img(id, "", None, "20rem", "lazy", "")),
        public: if published { one.path() } else { String::new() },
        preview: if published {
            String::new()
        } else {
            format!("{}{}", ctx.app.config.base_url(), one.preview_path())
        },
        facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        consent: consent(ctx, id).await?,
        contact_there: contact.is_some(),
        contact: contact.unwrap_or_default(),
        turns: turns(ctx, &one).await?,
        missing: missing(ctx, &one).await?,
        lines: events.into_iter().map(line).collect(),
        may: may(ctx, &one),
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
        revision: one.revision,
        typed: HashMap::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        one,
    })
}

async fn consent(ctx: &Ctx, id: Uuid) -> Result<String> {
    let t = ctx.t();
    let all = store::consents(ctx, &ctx.app.db, id).await?;
    let Some(last) = all.into_iter().next() else { return Ok(String::new()) };
    let args = [("day", t.date(last.given_on).into()), ("how", last.how.into())];
    let given = t.a("tourism-consent-given", &args);
    Ok(match last.withdrawn_on {
        Some(day) => format!("{given} {}", t.s("tourism-consent-withdrawn", "day", &t.date(day))),
        None => given,
    })
}

async fn turns(ctx: &Ctx, one: &Place) -> Result<Vec<Turn>> {
    let Some(dates) = one.content.dates.filter(|_| one.kind == Kind::Festival) else { return Ok(Vec::new()) };
    let skips = store::skips(ctx).await?;
    let turn = |turn: crate::dates::Turn| Turn {
        year: turn.year,
        days: days(ctx, &turn),
        lunar: turn.lunar().map(|date| lunar(ctx, date)).unwrap_or_default(),
        off: skips
            .iter()
            .find(|skip| skip.place_id == one.id && skip.year == i64::from(turn.year))
            .map(|skip| skip.reason.clone())
            .unwrap_or_default(),
        key: ctx.new_id().to_string(),
    };
    Ok(dates.turns(ctx.today(), TURNS).into_iter().map(turn).collect())
}

/// What a good page would have and this one has not yet.
async fn missing(ctx: &Ctx, one: &Place) -> Result<Vec<String>> {
    let pictures = store::pictures(ctx, &ctx.app.db, one.id).await?;
    let content = &one.content;
    let all = [
        (content.summary.is_empty() || content.body.is_empty(), "tourism-missing-text"),
        (one.kind == Kind::Festival && content.dates.is_none(), "tourism-missing-dates"),
        (pictures.is_empty(), "tourism-missing-picture"),
        (pictures.iter().any(|picture| picture.alt.is_empty()), "tourism-missing-alt"),
        (content.point().is_none(), "tourism-missing-point"),
        (!content.is_english(), "tourism-missing-english"),
    ];
    Ok(all.into_iter().filter(|(is, _)| *is).map(|(_, key)| ctx.t().t(key)).collect())
}

/// The page again with what is wrong.
pub(super) async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, platform::Kind::Invalid | platform::Kind::Conflict) {
        return Err(error);
    }
    let mut page = page(ctx, id).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    page.typed = sent.pairs().iter().cloned().collect();
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

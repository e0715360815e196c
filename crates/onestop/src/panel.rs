//! What others show and hand out of a person's dossiers: a panel on the card, for those who work on dossiers, and the
//! person's own copy of everything.

use crate::dossier;
use crate::procedure::catalogue;
use crate::resident::here;
use crate::story;
use askama::Template;
use platform::{Ctx, Result, Uuid};
use registry::personal::AlsoHeld;
use registry::{Drawn, PersonPanel};
use serde_json::{Value, json};
use ui::Html;

const SHOWN: i64 = 10;
/// Dossiers in a copy; nobody has more.
const COPIED: i64 = 1_000;

struct Line {
    url: String,
    name: String,
    code: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "panel.html")]
struct Panel {
    title: String,
    lines: Vec<Line>,
    /// Where a dossier for this person begins.
    begin: Option<(String, String)>,
}

pub(crate) fn panel() -> PersonPanel {
    PersonPanel { order: 50, draw }
}

/// At the counter, or from the village for somebody who agrees.
fn begin(ctx: &Ctx, person: Uuid) -> Option<(&'static str, String)> {
    if ctx.may("dossier.counter") {
        return Some(("onestop-begin-for", format!("/lam-viec/quay?cho={person}")));
    }
    let village = !ctx.scope_of("dossier.draft").ids("village").is_empty();
    village.then(|| ("onestop-begin-help", format!("/thu-tuc?cho={person}")))
}

/// For somebody who died or moved away nothing is begun.
async fn is_here(ctx: &Ctx, person: Uuid) -> Result<bool> {
    let found = registry::person::get_many(&crate::whole(ctx), &[person]).await?;
    Ok(found.into_iter().any(|person| here(person).is_ok()))
}

/// The person's dossiers, whole, for the copy that the person may ask for.
pub(crate) fn copy() -> AlsoHeld {
    AlsoHeld { name: "dossiers", read: |ctx, person| Box::pin(held(ctx, person)) }
}

async fn held(ctx: &Ctx, person: Uuid) -> Result<Value> {
    let mut all = Vec::new();
    for one in dossier::of_person(ctx, person, COPIED).await? {
        let events = dossier::events(ctx, &ctx.app.db, one.id).await?;
        let events =
            events.iter().map(|event| json!({ "at": event.at, "kind": event.kind, "note": event.note }));
        let said = crate::complaint::of_dossier(ctx, &ctx.app.db, one.id).await?;
        let said = said.iter().map(|said| {
            json!({ "kind": said.kind, "text": said.body, "sent_at": said.sent_at, "answer": said.answer,
                    "ended_at": said.ended_at })
        });
        all.push(json!({
            "complaints": said.collect::<Vec<_>>(), "code": one.code, "procedure": one.procedure_code, "channel": one.channel, "status": one.status,
            "submitted_at": one.submitted_at, "ended_at": one.ended_at, "answers": one.answers,
            "events": events.collect::<Vec<_>>(),
        }));
    }
    Ok(Value::Array(all))
}

fn draw(ctx: &Ctx, person: Uuid) -> Drawn<'_> {
    Box::pin(drawn(ctx, person))
}

async fn drawn(ctx: &Ctx, person: Uuid) -> Result<Option<Html>> {
    let begin = match begin(ctx, person) {
        Some(begin) if is_here(ctx, person).await? => Some(begin),
        _ => None,
    };
    let found =
        if ctx.may("dossier.show") { dossier::of_person(ctx, person, SHOWN).await? } else { Vec::new() };
    if found.is_empty() && begin.is_none() {
        return Ok(None);
    }
    let catalogue = catalogue(ctx).await?;
    let lines = found.iter().map(|one| {
        let known = catalogue.all.get(&one.procedure_code);
        let name = known.map_or(one.procedure_code.as_str(), |known| known.procedure.name.of(ctx.lang));
        Line { url: one.path(), name: name.to_owned(), code: one.code.clone(), badge: story::badge(ctx, one) }
    });
    let t = ctx.t();
    let begin = begin.map(|(key, url)| (t.t(key), url));
    let panel = Panel { title: t.t("onestop-menu-list"), lines: lines.collect(), begin };
    Ok(Some(Html(ui::render(&panel)?)))
}

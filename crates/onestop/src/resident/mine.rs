//! My dossiers: what I began, what runs, what is done.

use crate::dossier::{self, Dossier, Status};
use crate::procedure::pinned;
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use ui::{Html, Shell};

const SHOWN: i64 = 50;

struct Line {
    url: String,
    name: String,
    subject: String,
    line: String,
    badge: Html,
    /// The applicant must do something.
    urgent: bool,
}

struct Begun {
    url: String,
    name: String,
    /// Who applies, as far as it was typed.
    applicant: String,
    saved: String,
}

#[derive(Template)]
#[template(path = "mine.html")]
struct MinePage {
    shell: Shell,
    begun: Vec<Begun>,
    lines: Vec<Line>,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let shell = Shell::public(&ctx, "onestop-menu-mine").await?;
    let mut begun = Vec::new();
    let drafts = dossier::drafts(&ctx).await?;
    let ids: Vec<_> = drafts.iter().map(|draft| draft.id).collect();
    let inner = crate::linked::mains_of(&ctx, &ctx.app.db, &ids).await?;
    // What was added to another application is reached from there.
    for draft in drafts.into_iter().filter(|draft| !inner.contains_key(&draft.id)) {
        let procedure = draft.procedure(&ctx).await?;
        let (url, saved) = (draft.path(), t.moment(draft.updated_at));
        let applicant =
            draft.answers.get("applicant_name").and_then(|name| name.as_str()).unwrap_or_default();
        let (applicant, name) = (applicant.to_owned(), procedure.name.of(ctx.lang).to_owned());
        begun.push(Begun { url, name, applicant, saved });
    }
    let mut lines = Vec::new();
    for one in dossier::mine(&ctx, SHOWN).await? {
        let procedure = pinned(&ctx, &ctx.app.db, &one.procedure_digest).await?;
        lines.push(Line {
            url: one.own_path(),
            name: procedure.name.of(ctx.lang).to_owned(),
            line: line(&ctx, &one),
            badge: one.status.badge().badge(&t.t(one.status.text_key())),
            urgent: matches!(one.status, Status::Supplement | Status::Payment),
            subject: one.subject,
        });
    }
    Ok(html(ui::render(&MinePage { shell, begun, lines })?))
}

fn line(ctx: &Ctx, one: &Dossier) -> String {
    let t = ctx.t();
    let day = |at| t.date(platform::clock::local_date(at));
    match (one.status, one.due_at) {
        (Status::Received | Status::Processing, Some(due)) => {
            format!("{} · {}", one.code, t.s("onestop-due-on", "day", &t.moment(due)))
        }
        _ => format!("{} · {}", one.code, day(one.submitted_at)),
    }
}

//! Several reports given to somebody else at once: first it is shown which, then to whom and why.

use super::PATH;
use crate::handle;
use crate::model::Report;
use crate::store;
use askama::Template;
use axum::response::Response;
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use ui::back::{self, Back};
use ui::{FieldErrors, Shell};

const MOST: usize = 100;

#[derive(Template)]
#[template(path = "work-many.html")]
struct ManyPage {
    shell: Shell,
    reports: Vec<(String, String, String)>,
    people: Vec<(String, String)>,
    to: String,
    reason: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

fn ids(sent: &Form) -> Vec<Uuid> {
    sent.all("id").filter_map(|id| id.parse().ok()).take(MOST).collect()
}

/// Those that were picked and are still open to the reader.
async fn picked(ctx: &Ctx, sent: &Form) -> Result<Vec<Report>> {
    let found = store::by_ids(ctx, &ids(sent)).await?;
    let open: Vec<Report> = found.into_iter().filter(|one| one.open).collect();
    if open.is_empty() { Err(Error::invalid("feedback-picked-none")) } else { Ok(open) }
}

/// Everybody to whom each of them may be given.
async fn people(ctx: &Ctx, reports: &[Report]) -> Result<Vec<(Uuid, String)>> {
    let mut both: Option<Vec<(Uuid, String)>> = None;
    for one in reports {
        let able = handle::candidates(ctx, one).await?;
        both = Some(match both {
            None => able,
            Some(known) => {
                known.into_iter().filter(|(id, _)| able.iter().any(|(other, _)| other == id)).collect()
            }
        });
    }
    Ok(both.unwrap_or_default())
}

async fn drawn(ctx: &Ctx, sent: &Form, back: Back) -> Result<String> {
    let t = ctx.t();
    let reports = picked(ctx, sent).await?;
    let shell = Shell::of(ctx, "feedback-pass-many").await?;
    let shell = shell.crumb(t.t("feedback-work"), PATH).crumb(t.t("feedback-pass-many"), "");
    let people = people(ctx, &reports).await?;
    ui::render(&ManyPage {
        reports: reports.iter().map(|one| (one.id.to_string(), one.code.clone(), one.short(90))).collect(),
        people: people.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        to: back.or("ai", ""),
        reason: back.or("ly-do", ""),
        key: back::key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        shell,
    })
}

pub(super) async fn ask(ctx: Ctx, sent: Form) -> Result<Response> {
    Ok(html(drawn(&ctx, &sent, Back::default()).await?))
}

/// All of them, or none.
pub(super) async fn pass(ctx: Ctx, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        let to = sent.id("ai")?.ok_or_else(|| Error::field("ai", "error-choose"))?;
        let ids = ids(&sent);
        for id in &ids {
            let one = store::worked(&ctx, tx, *id).await?;
            handle::pass(&ctx, tx, *id, one.revision, Some(to), "", sent.text("ly-do")).await?;
        }
        let note = Message::new("feedback-passed-many").with("count", ids.len());
        Ok((PATH.to_owned(), Note::new(note)))
    };
    back::act(&ctx, &sent, rule, async |back| drawn(&ctx, &sent, back).await).await
}

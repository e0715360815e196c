//! What the card of a person shows of the one-stop desk: their dossiers, for those who work on dossiers.

use crate::dossier;
use crate::procedure::catalogue;
use crate::story;
use askama::Template;
use platform::{Ctx, Result, Uuid};
use registry::{Drawn, PersonPanel};
use ui::Html;

const SHOWN: i64 = 10;

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
}

pub(crate) fn panel() -> PersonPanel {
    PersonPanel { order: 50, draw }
}

fn draw(ctx: &Ctx, person: Uuid) -> Drawn<'_> {
    Box::pin(drawn(ctx, person))
}

async fn drawn(ctx: &Ctx, person: Uuid) -> Result<Option<Html>> {
    if !ctx.may("dossier.show") {
        return Ok(None);
    }
    let found = dossier::of_person(ctx, person, SHOWN).await?;
    if found.is_empty() {
        return Ok(None);
    }
    let catalogue = catalogue(ctx).await?;
    let lines = found.iter().map(|one| {
        let known = catalogue.all.get(&one.procedure_code);
        let name = known.map_or(one.procedure_code.as_str(), |known| known.procedure.name.of(ctx.lang));
        Line { url: one.path(), name: name.to_owned(), code: one.code.clone(), badge: story::badge(ctx, one) }
    });
    let panel = Panel { title: ctx.t().t("onestop-menu-list"), lines: lines.collect() };
    Ok(Some(Html(ui::render(&panel)?)))
}

//! Everything once more before it is sent.

use super::steps::{Step, before, labels, steps, word};
use crate::dossier::{self, Draft};
use crate::form;
use crate::linked::Panel;
use crate::procedure::Procedure;
use askama::Template;
use platform::{Ctx, Result};
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "draft-review.html")]
pub(super) struct ReviewPage {
    shell: Shell,
    path: String,
    labels: Vec<String>,
    here: usize,
    parts: Vec<ReviewPart>,
    papers: Vec<String>,
    papers_url: String,
    fees: Vec<(String, String)>,
    key: String,
    throw_key: String,
    back: String,
    saved: String,
    /// Who it is for, and why the reader may file; `""` for the reader.
    behalf: String,
    /// That the person agreed is to be said.
    for_other: bool,
    pub(super) linked: Panel,
    pub(super) errors: FieldErrors,
    /// Errors with the address of the step where they are mended.
    pub(super) wrong: Vec<(String, String)>,
}

struct ReviewPart {
    title: String,
    url: String,
    lines: Vec<form::view::Line>,
}

impl ReviewPart {
    fn lines(&self) -> &[form::view::Line] {
        &self.lines
    }
}

/// Everything once more, with its fees, and the button that sends it.
pub(super) async fn review(ctx: &Ctx, draft: &Draft, procedure: &Procedure) -> Result<ReviewPage> {
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::public(ctx, name).await?;
    let shell = shell.crumb(ctx.t().t("onestop-menu-mine"), "/ho-so-cua-toi").crumb(name, "");
    let steps = steps(procedure, &draft.answers);
    let mut parts = Vec::new();
    if let Some(form) = &procedure.form {
        let shown = form.sections.iter().enumerate().filter(|(_, section)| section.shown(&draft.answers));
        for ((at, _), part) in shown.zip(form::summary(ctx, form, &draft.answers)?) {
            let url = format!("{}?phan={at}", draft.path());
            parts.push(ReviewPart { title: part.title, url, lines: part.lines });
        }
    }
    let given = dossier::papers(ctx, &ctx.app.db, draft.id).await?;
    let t = ctx.t();
    let papers = procedure.papers.iter().filter_map(|paper| {
        let pages = given.iter().filter(|row| row.paper_key == paper.key).count();
        let pages = i64::try_from(pages).unwrap_or(0);
        (pages > 0).then(|| format!("{} ({})", paper.name.of(ctx.lang), t.n("onestop-pages", "count", pages)))
    });
    let whom = crate::behalf::of_draft(ctx, draft).await?;
    let behalf = whom.as_ref().filter(|whom| !whom.own()).map(|whom| {
        let ground = t.t(whom.ground.text_key());
        t.a("onestop-behalf-for", &[("name", whom.name.as_str().into()), ("ground", ground.into())])
    });
    Ok(ReviewPage {
        path: draft.path(),
        labels: labels(ctx, procedure, &steps),
        here: steps.len(),
        parts,
        papers: papers.collect(),
        papers_url: format!("{}?phan=giay", draft.path()),
        fees: crate::fee::lines(ctx, procedure, &draft.answers),
        key: ctx.new_id().to_string(),
        throw_key: ctx.new_id().to_string(),
        back: before(procedure, &draft.answers, Step::Review)
            .map_or_else(|| draft.path(), |step| format!("{}?phan={}", draft.path(), word(step))),
        saved: t.moment(draft.updated_at),
        behalf: behalf.unwrap_or_default(),
        for_other: whom.is_none_or(|whom| whom.consent),
        linked: crate::linked::panel(ctx, draft, procedure).await?,
        errors: FieldErrors::default(),
        wrong: Vec::new(),
        shell,
    })
}

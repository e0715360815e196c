//! The papers of a draft: what is needed, what is there, one upload for each.

use super::steps::{Step, labels, steps};
use crate::dossier::{self, Draft, asked_papers};
use crate::procedure::Procedure;
use askama::Template;
use platform::{Ctx, Result, Uuid};
use ui::{FieldErrors, Shell};

struct PaperBox {
    key: String,
    /// The name of the upload, and the key of its form.
    field: String,
    form_key: String,
    name: String,
    note: String,
    required: bool,
    pages: Vec<Page>,
    error: String,
}

impl PaperBox {
    fn pages(&self) -> &[Page] {
        &self.pages
    }
}

struct Page {
    id: Uuid,
    name: String,
    url: String,
    key: String,
}

#[derive(Template)]
#[template(path = "draft-papers.html")]
pub(super) struct PapersPage {
    shell: Shell,
    path: String,
    labels: Vec<String>,
    here: usize,
    boxes: Vec<PaperBox>,
    back: String,
    next: String,
    saved: String,
    errors: FieldErrors,
}

pub(super) async fn papers_page(
    ctx: &Ctx,
    draft: &Draft,
    procedure: &Procedure,
    back: String,
    saved: String,
    errors: FieldErrors,
) -> Result<PapersPage> {
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::public(ctx, name).await?;
    let shell = shell.crumb(ctx.t().t("onestop-menu-mine"), "/ho-so-cua-toi").crumb(name, "");
    let steps = steps(procedure, &draft.answers);
    let given = dossier::papers(ctx, &ctx.app.db, draft.id).await?;
    let mut boxes = Vec::new();
    for (paper, required) in asked_papers(procedure, &draft.answers, draft.person_id.is_some()) {
        let mut pages = Vec::new();
        for row in given.iter().filter(|row| row.paper_key == paper.key) {
            let file = platform::files::find(ctx, &ctx.app.db, row.file_id).await?;
            pages.push(Page {
                id: row.id,
                name: file.name,
                url: format!("{}/giay/{}", draft.path(), row.id),
                key: ctx.new_id().to_string(),
            });
        }
        boxes.push(PaperBox {
            error: errors.at(&format!("giay-{}", paper.key)).to_owned(),
            field: format!("tep-{}", paper.key),
            form_key: ctx.new_id().to_string(),
            key: paper.key.clone(),
            name: paper.name.of(ctx.lang).to_owned(),
            note: paper.note.as_ref().map(|note| note.of(ctx.lang).to_owned()).unwrap_or_default(),
            required,
            pages,
        });
    }
    Ok(PapersPage {
        path: draft.path(),
        labels: labels(ctx, procedure, &steps),
        here: steps.iter().position(|step| *step == Step::Papers).map_or(1, |at| at + 1),
        boxes,
        back,
        next: format!("{}?phan=xem-lai", draft.path()),
        saved,
        errors,
        shell,
    })
}

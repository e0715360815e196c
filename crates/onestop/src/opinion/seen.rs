//! What somebody who was asked sees of the dossier: what it is about, and what the asker shared, behind its mask.

use super::model::Opinion;
use super::policy::Policy;
use crate::dossier::{self, Dossier};
use crate::form::view::Part;
use crate::procedure::{Procedure, pinned};
use crate::story::{self, FileLine};
use platform::{Ctx, Result};
use std::sync::Arc;

pub(super) struct Seen {
    pub dossier: Dossier,
    pub procedure: Arc<Procedure>,
    pub parts: Vec<Part>,
    pub papers: Vec<FileLine>,
}

pub(super) async fn seen(ctx: &Ctx, opinion: &Opinion) -> Result<Seen> {
    let one = dossier::find(&crate::whole(ctx), &ctx.app.db, opinion.dossier_id).await?;
    let procedure = pinned(ctx, &ctx.app.db, &one.procedure_digest).await?;
    let policy = Policy::load(ctx)?;
    let mut parts = story::answers(ctx, &procedure, &one)?;
    for part in &mut parts {
        part.lines.retain(|line| opinion.shared.fields.contains(&line.key) && !line.value.is_empty());
        for line in &mut part.lines {
            line.value = policy.masked(&line.key, &line.value);
        }
    }
    parts.retain(|part| !part.lines.is_empty());
    let mut rows = dossier::papers(ctx, &ctx.app.db, one.id).await?;
    rows.retain(|row| opinion.shared.papers.contains(&row.id));
    let papers = story::file_lines(ctx, &procedure, &rows, &opinion.path()).await?;
    Ok(Seen { dossier: one, procedure, parts, papers })
}

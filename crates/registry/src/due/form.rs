//! The form that somebody who is due needs: the registry knows the code of a procedure, the area that keeps procedures
//! knows whether a form of it can be begun, and by whom.

use super::model::Rule;
use platform::{Ctx, Result, Uuid};
use std::future::Future;
use std::pin::Pin;

pub type FoundForm<'a> = Pin<Box<dyn Future<Output = Result<Option<DueForm>>> + Send + 'a>>;

/// Finds the form of a procedure by its code; `None` when there is none in force. The area that has forms offers it
/// (`Area::offer(registry::DueForms(…))`).
pub struct DueForms(pub for<'a> fn(&'a Ctx, &'a str) -> FoundForm<'a>);

/// Where a form is begun. Both addresses go on with the id of the person, and hold nothing else of them.
#[derive(Debug, Clone)]
pub struct DueForm {
    /// By the reader, for somebody who is due; nothing for readers who may not.
    pub by_reader: Option<String>,
    /// By the one who is invited.
    pub by_invited: Option<String>,
    /// People of the reader's household for whom the reader may begin it in their place.
    pub by_family: Vec<Uuid>,
}

impl DueForm {
    pub(super) fn begin(&self, person: Uuid) -> Option<String> {
        self.by_reader.as_ref().map(|start| format!("{start}{person}"))
    }

    pub(super) fn invited(&self, person: Uuid) -> Option<String> {
        self.by_invited.as_ref().map(|start| format!("{start}{person}"))
    }
}

/// The form of a list, where its procedure is in force.
pub(super) async fn of_list(ctx: &Ctx, rule: &Rule) -> Result<Option<DueForm>> {
    let Some(code) = rule.procedure.as_deref() else { return Ok(None) };
    match ctx.app.offers::<DueForms>().next() {
        Some(forms) => (forms.0)(ctx, code).await,
        None => Ok(None),
    }
}

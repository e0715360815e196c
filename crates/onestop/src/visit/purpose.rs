//! For what somebody comes: a procedure that the commune handles, or anything else.

use crate::procedure::model::Kind;
use crate::procedure::{Procedure, catalogue};
use platform::{Ctx, Error, Result};

/// The word of an appointment for no procedure.
pub(super) const OTHER: &str = "khac";

#[derive(Debug, Clone)]
pub(super) struct Purpose {
    pub code: String,
    pub name: String,
    /// The field of the procedure; `""` for anything else.
    pub field: String,
    /// What is to be brought.
    pub papers: Vec<String>,
}

/// One comes to the desk for it.
fn at_desk(procedure: &Procedure) -> bool {
    procedure.kind == Kind::Appointment || procedure.has_dossiers()
}

/// Where an appointment for a procedure is booked; `""` when nobody comes to the desk for it.
pub(crate) fn door(procedure: &Procedure) -> String {
    if at_desk(procedure) { format!("/thu-tuc/{}/hen", procedure.code) } else { String::new() }
}

/// # Errors
/// Not found, also for what another office does.
pub(super) async fn get(ctx: &Ctx, code: &str) -> Result<Purpose> {
    if code == OTHER {
        return Ok(Purpose {
            code: OTHER.to_owned(),
            name: ctx.t().t("onestop-visit-other"),
            field: String::new(),
            papers: Vec::new(),
        });
    }
    let catalogue = catalogue(ctx).await?;
    let procedure = &catalogue.get(code)?.procedure;
    if !at_desk(procedure) {
        return Err(Error::not_found());
    }
    Ok(Purpose {
        code: procedure.code.clone(),
        name: procedure.name.of(ctx.lang).to_owned(),
        field: procedure.field.clone(),
        papers: procedure.papers.iter().map(|paper| paper.name.of(ctx.lang).to_owned()).collect(),
    })
}

/// The same for an appointment that stands, whatever became of the procedure since.
pub(super) async fn of(ctx: &Ctx, code: &str) -> Purpose {
    let gone =
        || Purpose { code: code.to_owned(), name: code.to_owned(), field: String::new(), papers: Vec::new() };
    get(ctx, code).await.unwrap_or_else(|_| gone())
}

//! For whom the reader may begin a form, as JSON.

use super::Ground;
use super::rules::{self, whom};
use crate::procedure::catalogue;
use axum::Json;
use axum::extract::Path;
use platform::http::Problem;
use platform::{Ctx, Error, Result, Uuid};

/// Somebody for whom a form may be begun.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Applicant {
    person: Uuid,
    /// The name; left out for the reader.
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    /// own, parent (of a minor), or agreed (somebody of the household who agrees).
    #[schema(value_type = String)]
    ground: Ground,
    /// The person has to agree before the dossier is sent.
    consent: bool,
}

/// For whom of the own household the reader may begin a draft of this procedure: themselves first. Send `person` with
/// `POST /api/v1/drafts`.
#[utoipa::path(get, path = "/api/v1/procedures/{code}/applicants", tag = "onestop", security(("token" = [])), params(("code" = String, Path)),
    responses((status = 200, body = Vec<Applicant>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn list(ctx: Ctx, Path(code): Path<String>) -> Result<Json<Vec<Applicant>>> {
    let procedure = catalogue(&ctx).await?.get(&code)?.procedure.clone();
    if !procedure.by_phone() || !procedure.alone() {
        return Err(Error::not_found());
    }
    let mut all = Vec::new();
    if !ctx.scope.ids("person").is_empty() {
        let own = whom(&ctx, &code, None).await?;
        all.push(Applicant {
            person: own.person,
            name: String::new(),
            ground: own.ground,
            consent: own.consent,
        });
    }
    let members = rules::members(&ctx, &code).await?;
    let others = members.into_iter().filter_map(|member| {
        let (ground, consent) = member.ground?;
        Some(Applicant { person: member.person.id, name: member.person.facts.full_name, ground, consent })
    });
    all.extend(others);
    let shown: Vec<Uuid> = all.iter().filter(|one| !one.name.is_empty()).map(|one| one.person).collect();
    let tx = ctx.begin().await?;
    audit::viewed(&ctx, &tx, &shown, "procedure", &["full_name"]).await?;
    tx.commit().await?;
    Ok(Json(all))
}

//! The same child, marriage or death is not registered twice; what looks alike is shown before it is received.

use super::model::{Dossier, Status};
use super::store;
use crate::form::model::Answers;
use crate::procedure::model::{Effect, Procedure};
use chrono::NaiveDate;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, search, sql};
use serde_json::Value;

/// Something that may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    pub title: String,
    pub line: String,
    pub url: String,
}

/// What names the registered thing: the folded values of the fields that may occur only once together. `None` where
/// the procedure has none, or one is not answered.
fn fingerprint(ctx: &Ctx, procedure: &Procedure, answers: &Answers) -> Result<Option<String>> {
    if procedure.unique.is_empty() {
        return Ok(None);
    }
    let mut whole = String::new();
    for key in &procedure.unique {
        let text = match answers.get(key) {
            Some(Value::String(text)) => vntext::fold(text),
            Some(other) => other.to_string(),
            None => return Ok(None),
        };
        whole.push_str(&text);
        whole.push('\n');
    }
    audit::keyed_hash(ctx, &whole).map(Some)
}

/// Claims it for this dossier.
///
/// # Errors
/// `Conflict` with the code of the other dossier.
pub(super) async fn claim(ctx: &Ctx, tx: &Tx, procedure: &Procedure, dossier: &Dossier) -> Result<()> {
    let Some(fingerprint) = fingerprint(ctx, procedure, &dossier.answers)? else { return Ok(()) };
    let fresh = sql("INSERT INTO dossier_once (commune_id, procedure_code, fingerprint, dossier_id) \
                     VALUES ($1, $2, $3, $4) ON CONFLICT (commune_id, procedure_code, fingerprint) DO NOTHING")
    .bind(ctx.commune)
    .bind(dossier.procedure_code.as_str())
    .bind(fingerprint.as_str())
    .bind(dossier.id)
    .run(tx)
    .await?;
    if fresh == 1 {
        return Ok(());
    }
    let other: Option<Uuid> =
        sql("SELECT dossier_id FROM dossier_once WHERE commune_id = $1 AND procedure_code = $2 AND fingerprint = $3")
            .bind(ctx.commune)
            .bind(dossier.procedure_code.as_str())
            .bind(fingerprint)
            .scalar(tx)
            .await?;
    match other {
        Some(other) if other != dossier.id => {
            let other = store::find(&crate::whole(ctx), tx, other).await?;
            Err(Error::conflict(Message::new("onestop-once").with("code", other.code)))
        }
        _ => Ok(()),
    }
}

/// Gives it free: the dossier ended without a result, or its answers are about to change.
pub(super) async fn release(ctx: &Ctx, tx: &Tx, dossier: Uuid) -> Result<()> {
    sql("DELETE FROM dossier_once WHERE commune_id = $1 AND dossier_id = $2")
        .bind(ctx.commune)
        .bind(dossier)
        .run(tx)
        .await?;
    Ok(())
}

/// Other dossiers about the same name, and people of the registry who have the child's name and day of birth.
pub async fn twins(ctx: &Ctx, procedure: &Procedure, dossier: &Dossier) -> Result<Vec<Twin>> {
    let mut found = Vec::new();
    let t = ctx.t();
    if !procedure.unique.is_empty() && !dossier.subject.is_empty() {
        let hits = search::find(ctx, &crate::whole(ctx).scope, &dossier.subject, Some("dossier"), 10).await?;
        for id in hits.hits.into_iter().map(|hit| hit.id).filter(|id| *id != dossier.id) {
            let other = store::find(&crate::whole(ctx), &ctx.app.db, id).await?;
            let dead = matches!(other.status, Status::NotReceived | Status::Withdrawn | Status::Stopped);
            if other.procedure_code == dossier.procedure_code && !dead {
                let line = format!("{} · {}", other.subject, t.t(other.status.text_key()));
                found.push(Twin { title: other.code.clone(), line, url: other.path() });
            }
        }
    }
    let text = |key: &str| dossier.answers.get(key).and_then(Value::as_str);
    let child = (text("child_name"), text("child_birth").and_then(|day| day.parse::<NaiveDate>().ok()));
    if let (Some(Effect::Birth), (Some(name), Some(birth))) = (procedure.effect, child) {
        for person in registry::person::alike(&crate::whole(ctx), name, birth).await? {
            found.push(Twin {
                title: person.facts.full_name.clone(),
                line: t.s("onestop-twin-person", "day", &t.date(person.facts.birth_date)),
                url: registry::person_path(person.id),
            });
        }
    }
    Ok(found)
}

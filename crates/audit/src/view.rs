//! Who looked at whose personal data: law 91/2025 gives the person the right to know.

use crate::chain::record;
use crate::entry::Entry;
use chrono::{DateTime, Utc};
use platform::db::insert_many;
use platform::{Ctx, Result, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use serde_json::json;

/// More people than this in one look are told in the chain by number and hash, to keep the entry small.
const NAMED_IN_CHAIN: usize = 100;

/// One look at one person's data.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct View {
    pub at: DateTime<Utc>,
    pub id: Uuid,
    /// `None`: the program itself, in a job.
    pub account_id: Option<Uuid>,
    /// A key of the purposes declared for the fields.
    pub purpose: String,
    /// Names of the fields, with commas between.
    pub fields: String,
}

/// Records that personal data is about to be shown. One call for each request; commit before the answer goes out.
pub async fn viewed(ctx: &Ctx, tx: &Tx, people: &[Uuid], purpose: &str, fields: &[&str]) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let look = ctx.new_id();
    let names = fields.join(",");
    let columns = ["commune_id", "person_id", "at", "id", "account_id", "purpose", "fields"];
    let mut unique = people.to_vec();
    unique.sort_unstable();
    unique.dedup();
    let rows = unique.iter().map(|person| {
        vec![
            ctx.commune.into(),
            (*person).into(),
            ctx.now.into(),
            look.into(),
            ctx.account_or_none().into(),
            purpose.into(),
            names.as_str().into(),
        ]
    });
    insert_many(tx, "personal_view", &columns, rows, "").await?;
    let mut detail = json!({ "purpose": purpose, "fields": fields, "count": unique.len() });
    if unique.len() <= NAMED_IN_CHAIN {
        detail["people"] = json!(unique);
    } else {
        let mut hasher = blake3::Hasher::new();
        for person in &unique {
            hasher.update(person.as_bytes());
        }
        detail["digest"] = json!(hasher.finalize().to_hex().to_string());
    }
    record(ctx, tx, Entry { action: "personal.view", kind: "personal_view", id: look, detail }).await
}

/// Who looked at a person's data, newest first; `before` is the last line of the page before.
pub async fn views_of(
    ctx: &Ctx,
    person: Uuid,
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<View>> {
    let mut query = sql("SELECT at, id, account_id, purpose, fields FROM personal_view WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND person_id = ")
        .arg(person);
    if let Some((at, id)) = before {
        query = query.push(" AND (at, id) < (").arg(at).push(", ").arg(id).push(")");
    }
    query.push(" ORDER BY at DESC, id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

//! A person as they stood, with all versions: kept where a rule may be taken back.

use super::model::{Facts, Membership, Person, Version};
use super::store::{self, PLACES, VERSIONS};
use crate::version::Line;
use platform::{Ctx, Result, Tx, Uuid, sql};
use serde::{Deserialize, Serialize};

/// What stands of a person in the row and in the versions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub person: Person,
    pub facts: Vec<Version<Facts>>,
    pub places: Vec<Version<Membership>>,
}

impl Snapshot {
    pub async fn take(ctx: &Ctx, tx: &Tx, person: Person) -> Result<Snapshot> {
        let facts = store::versions(ctx, tx, person.id).await?;
        let places = store::places(ctx, tx, person.id).await?;
        Ok(Snapshot { person, facts, places })
    }

    /// Puts everything back over a row that stands at `revision`; the revision goes on counting.
    ///
    /// # Errors
    /// `Conflict` when the row is at another revision; at the number when somebody else has it now.
    pub async fn restore(&self, ctx: &Ctx, tx: &Tx, revision: i64) -> Result<()> {
        super::rules::number_free(ctx, tx, self.person.id, self.person.facts.personal_no.as_deref()).await?;
        super::rules::write(ctx, tx, &Person { revision, ..self.person.clone() }).await?;
        rewrite(ctx, tx, self.person.id, &self.facts, &self.places).await?;
        super::refile(ctx, tx, &self.person).await
    }
}

/// Replaces all versions of a person.
pub(crate) async fn rewrite(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    facts: &[Version<Facts>],
    places: &[Version<Membership>],
) -> Result<()> {
    for table in ["person_version", "membership_version"] {
        sql(format!("DELETE FROM {table} WHERE commune_id = $1 AND id = $2"))
            .bind(ctx.commune)
            .bind(id)
            .run(tx)
            .await?;
    }
    let facts: Vec<Line> = facts.iter().map(|v| Line::of(id, v, Facts::values)).collect();
    let places: Vec<Line> = places.iter().map(|v| Line::of(id, v, Membership::values)).collect();
    VERSIONS.insert_many(ctx, tx, facts).await?;
    PLACES.insert_many(ctx, tx, places).await
}

//! A household as it stood, with all versions: kept where a rule may be taken back.

use super::model::{FACTS, Facts, Household};
use super::rules::refresh;
use super::store::{self, VERSIONS};
use crate::person::{self, Version};
use crate::version::Line;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub id: Uuid,
    pub facts: Facts,
    pub versions: Vec<Version<Facts>>,
}

impl Snapshot {
    pub async fn take(ctx: &Ctx, tx: &Tx, household: &Household) -> Result<Snapshot> {
        let versions = versions(ctx, tx, household.id).await?;
        Ok(Snapshot { id: household.id, facts: household.facts.clone(), versions })
    }

    /// Puts everything back over a row that stands at `revision`; its people are the caller's.
    ///
    /// # Errors
    /// `Conflict` when the row is at another revision.
    pub async fn restore(&self, ctx: &Ctx, tx: &Tx, revision: i64) -> Result<()> {
        if store::update(ctx, tx, self.id, revision, &self.facts).await? == 0 {
            return Err(person::changed_meanwhile());
        }
        sql("DELETE FROM household_version WHERE commune_id = $1 AND id = $2")
            .bind(ctx.commune)
            .bind(self.id)
            .run(tx)
            .await?;
        let lines = self.versions.iter().map(|version| Line::of(self.id, version, Facts::values)).collect();
        VERSIONS.insert_many(ctx, tx, lines).await?;
        refresh(ctx, tx, self.id).await
    }
}

/// What a household was, oldest first.
pub(super) async fn versions(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Vec<Version<Facts>>> {
    let columns = FACTS.join(", ");
    sql(format!("SELECT valid_from, valid_to, source, {columns} FROM household_version WHERE commune_id = $1 AND id = $2 \
                 ORDER BY valid_from"))
        .bind(ctx.commune)
        .bind(id)
        .all(on)
        .await
}

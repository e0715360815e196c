//! A household that ended by mistake is there again.

use super::model::State;
use super::rules::refresh;
use super::store::{self, VERSIONS};
use platform::access::{Place, Scope};
use platform::{Ctx, Result, Tx, Uuid, sql};

/// Opens a household again if it has ended, and counts its people anew.
pub(crate) async fn reopen(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let whole = Scope::new(vec![Place::new("commune", ctx.commune)]);
    if store::find(ctx, tx, &whole, id).await?.state == State::Ended {
        sql("UPDATE household SET state = $3, ended_on = NULL, end_reason = '', revision = revision + 1 \
             WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(State::Active)
        .run(tx)
        .await?;
        VERSIONS.reopen(ctx, tx, id).await?;
        crate::code::restore(ctx, tx, id).await?;
    }
    refresh(ctx, tx, id).await
}

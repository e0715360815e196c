//! A device that says nothing for two minutes is told of, once.

use super::model::{Happened, Speaker, Standing};
use super::store;
use platform::access::Place as Where;
use platform::{Ctx, Message, Result};

/// Looks at every cluster of the commune.
///
/// # Errors
/// Only the database's.
pub(crate) async fn look(ctx: &Ctx) -> Result<()> {
    let fresh = |one: &Speaker| one.silent_at.is_none() && one.standing(ctx) == Standing::Silent;
    let silent: Vec<Speaker> = store::own(ctx, &ctx.app.db).await?.into_iter().filter(fresh).collect();
    if silent.is_empty() {
        return Ok(());
    }
    let tx = ctx.begin().await?;
    for one in &silent {
        let since = one.heard_at.unwrap_or(ctx.now);
        store::silent(ctx, &tx, one.id, since).await?;
        store::event(ctx, &tx, one.id, Happened::Silent, "").await?;
    }
    let text = match &silent[..] {
        [one] => Message::new("broadcast-told-speaker").with("name", one.name.as_str()),
        many => Message::new("broadcast-told-speakers").with("count", many.len()),
    };
    let url = format!("{}/loa?xem=silent", crate::WORK);
    let commune = Where::new("commune", ctx.commune);
    messages::send_to_role(ctx, &tx, "radio_officer", &commune, &text, &url).await?;
    tx.commit().await
}

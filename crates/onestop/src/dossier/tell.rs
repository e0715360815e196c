//! Telling the applicant, at every step that concerns them.

use super::event::Happened;
use super::model::Dossier;
use messages::Letter;
use platform::{Ctx, Message, Result, Tx};

/// A letter to the applicant's account and to whoever filed for them.
pub(super) async fn told(ctx: &Ctx, tx: &Tx, dossier: &Dossier, what: Happened) -> Result<()> {
    if !what.public() {
        return Ok(());
    }
    let mut to: Vec<_> = dossier.applicant_account_id.into_iter().chain(dossier.filed_by).collect();
    to.dedup();
    for account in to.into_iter().filter(|account| ctx.account_or_none() != Some(*account)) {
        let day =
            dossier.due_at.map(|due| ctx.t().date(platform::clock::local_date(due))).unwrap_or_default();
        let text = Message::new(key(what)).with("code", dossier.code.as_str()).with("day", day);
        messages::send(ctx, tx, Letter { to: account, text, link: dossier.own_path() }).await?;
    }
    Ok(())
}

fn key(what: Happened) -> &'static str {
    match what {
        Happened::Received => "onestop-told-received",
        Happened::NotReceived => "onestop-told-not-received",
        Happened::Asked => "onestop-told-asked",
        Happened::Extended => "onestop-told-extended",
        Happened::Stopped => "onestop-told-stopped",
        Happened::Processed => "onestop-told-processed",
        Happened::Returned => "onestop-told-returned",
        Happened::Paid => "onestop-told-paid",
        Happened::Issued => "onestop-told-issued",
        Happened::Revoked => "onestop-told-revoked",
        _ => "onestop-told-moved",
    }
}

//! E-mail through the commune's own server.

use super::model::{Bulletin, Failed, Handed, Problem};
use crate::mail::deliver;
use platform::{Ctx, Kind, Uuid};

pub(super) async fn send(ctx: &Ctx, bulletin: &Bulletin, to: Uuid) -> Result<Handed, Failed> {
    let Some(settings) = ctx.app.config.mail.clone() else {
        return Err(Failed::Refused(Problem::new("channel-problem-off", "")));
    };
    let account = identity::account_find(ctx, to).await?;
    let address = account.email.ok_or(Failed::NoAddress)?;
    let link = format!("{}{}", ctx.app.config.base_url(), bulletin.read_path());
    match deliver(&settings, &address, &bulletin.title, &bulletin.body, &link).await {
        Ok(_) => Ok(Handed::default()),
        Err(error) if error.is(Kind::Invalid) => {
            Err(Failed::Refused(Problem::new("channel-problem-mail", error.detail.unwrap_or_default())))
        }
        Err(error) => {
            Err(Failed::Later(Problem::new("channel-problem-away", error.detail.unwrap_or_default())))
        }
    }
}

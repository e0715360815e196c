//! E-mail: a letter of the inbox, sent by the commune's mail server.

use crate::inbox;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message as Mail};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use platform::config::{self, MailSecurity};
use platform::jobs::Job;
use platform::{Ctx, Error, Kind, Result, Uuid};
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) const JOB: &str = "messages.mail";
const PATIENCE: Duration = Duration::from_secs(20);

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// The account has no address, or there is no mail server: the inbox is enough.
    NotNeeded,
}

/// Sends one letter. A letter that was sent is not sent again when the job runs twice, unless the program died between
/// the server's answer and our note of it.
pub(crate) async fn job(ctx: Ctx, job: Job) -> Result<Value> {
    let id: Uuid = serde_json::from_value(job.payload["message"].clone())?;
    let row = inbox::find(&ctx, &ctx.app.db, id).await?;
    if row.mailed_at.is_some() {
        return Ok(json!({ "sent": false }));
    }
    let account = identity::account_find(&ctx, row.account_id).await?;
    let (Some(settings), Some(address)) = (ctx.app.config.mail.clone(), account.email) else {
        return Ok(json!({ "sent": false }));
    };
    let body = format!("{}\n\n{}{}\n", row.text(ctx.t()), ctx.app.config.base_url(), row.link);
    let outcome = deliver(&settings, &address, &ctx.t().t("mail-subject"), body).await?;
    let tx = ctx.begin().await?;
    inbox::mark_mailed(&ctx, &tx, id).await?;
    tx.commit().await?;
    Ok(json!({ "sent": outcome == Outcome::Sent }))
}

/// Hands one plain-text mail to the server.
///
/// # Errors
/// `Invalid` when address or server say no for good: trying again would not help. Otherwise `Internal`, and the job is
/// tried again.
pub async fn deliver(settings: &config::Mail, to: &str, subject: &str, body: String) -> Result<Outcome> {
    let mailbox = |address: &str| -> Result<Mailbox> {
        address.parse().map_err(|_| Error::invalid("mail-address-wrong"))
    };
    let mail = Mail::builder()
        .from(mailbox(&settings.from)?)
        .to(mailbox(to)?)
        .subject(subject)
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map_err(Error::internal)?;
    let transport = transport(settings)?;
    match transport.send(mail).await {
        Ok(_) => Ok(Outcome::Sent),
        Err(error) if error.is_permanent() => {
            Err(Error { detail: Some(error.to_string()), ..Error::invalid("mail-refused") })
        }
        Err(error) => Err(Error { message: "mail-server-away".into(), detail: Some(error.to_string()), ..Error::new(Kind::Internal) }),
    }
}

fn transport(settings: &config::Mail) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    let parameters = || TlsParameters::new(settings.host.clone()).map_err(Error::internal);
    let tls = match settings.security {
        MailSecurity::None => Tls::None,
        MailSecurity::Starttls => Tls::Required(parameters()?),
        MailSecurity::Tls => Tls::Wrapper(parameters()?),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
        .port(settings.port)
        .tls(tls)
        .timeout(Some(PATIENCE));
    if let Some(user) = &settings.user {
        let password = match &settings.password_file {
            Some(file) => std::fs::read_to_string(file)?.trim().to_owned(),
            None => std::env::var("SANDINH_MAIL_PASSWORD").unwrap_or_default(),
        };
        builder = builder.credentials(Credentials::new(user.clone(), password));
    }
    Ok(builder.build())
}

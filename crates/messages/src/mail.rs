//! E-mail: a letter of the inbox, sent by the commune's mail server.

use crate::inbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message as Mail, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use platform::config::{self, MailSecurity};
use platform::jobs::Job;
use platform::{Ctx, Error, Kind, Result, Uuid};
use serde_json::{Value, json};
use std::time::Duration;
use ui::Html;

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
    let row = match inbox::find(&ctx, &ctx.app.db, id).await {
        // Taken back before its turn came.
        Err(error) if error.is(Kind::NotFound) => return Ok(json!({ "sent": false })),
        other => other?,
    };
    if row.mailed_at.is_some() {
        return Ok(json!({ "sent": false }));
    }
    let account = identity::account_find(&ctx, row.account_id).await?;
    let (Some(settings), Some(address)) = (ctx.app.config.mail.clone(), account.email) else {
        return Ok(json!({ "sent": false }));
    };
    if !crate::channel::wants_mail(&ctx, row.account_id).await? {
        return Ok(json!({ "sent": false }));
    }
    let link = format!("{}{}", ctx.app.config.base_url(), row.link);
    let outcome = deliver(&settings, &address, &ctx.t().t("mail-subject"), &row.text(ctx.t()), &link).await?;
    let tx = ctx.begin().await?;
    inbox::mark_mailed(&ctx, &tx, id).await?;
    tx.commit().await?;
    Ok(json!({ "sent": outcome == Outcome::Sent }))
}

/// Hands one mail to the server: the text and its link, plain and as simple HTML.
///
/// # Errors
/// `Invalid` when address or server say no for good: trying again would not help. Otherwise `Internal`, and the job is
/// tried again.
pub async fn deliver(
    settings: &config::Mail,
    to: &str,
    subject: &str,
    text: &str,
    link: &str,
) -> Result<Outcome> {
    let (safe, url) = (Html::text(text), Html::text(link));
    let plain = format!("{text}\n\n{link}\n");
    let html =
        format!("<!DOCTYPE html><html><body><p>{safe}</p><p><a href=\"{url}\">{url}</a></p></body></html>");
    let mail = Mail::builder()
        .from(mailbox(&settings.from)?)
        .to(mailbox(to)?)
        // One line: a line break in a subject could begin another header.
        .subject(subject.split_whitespace().collect::<Vec<_>>().join(" "))
        .multipart(MultiPart::alternative_plain_html(plain, html))
        .map_err(Error::internal)?;
    handed(settings, mail).await
}

/// An answer to somebody outside, in plain words.
pub struct Answer<'a> {
    /// Its name: sent twice, it is the same letter.
    pub id: Uuid,
    pub to: &'a str,
    /// Where an answer to it goes; `""` for the sender.
    pub reply_to: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    /// The name of the letter that it answers; `""` when it had none.
    pub in_reply_to: &'a str,
    /// Further heads, as a letter of a program needs them.
    pub heads: &'a [(&'static str, &'a str)],
}

/// Hands an answer to the server.
///
/// # Errors
/// As [`deliver`].
pub async fn answer(settings: &config::Mail, answer: &Answer<'_>) -> Result<Outcome> {
    let from = mailbox(&settings.from)?;
    let host = from.email.domain().to_owned();
    let mut mail = Mail::builder()
        .from(from)
        .to(mailbox(answer.to)?)
        .message_id(Some(format!("<{}@{host}>", answer.id)))
        .subject(answer.subject.split_whitespace().collect::<Vec<_>>().join(" "));
    if !answer.reply_to.is_empty() {
        mail = mail.reply_to(mailbox(answer.reply_to)?);
    }
    if !answer.in_reply_to.is_empty() {
        let named = format!("<{}>", answer.in_reply_to.trim_matches(['<', '>']));
        mail = mail.in_reply_to(named.clone()).references(named);
    }
    for (name, value) in answer.heads {
        let name = HeaderName::new_from_ascii((*name).to_owned()).map_err(Error::internal)?;
        mail = mail.raw_header(HeaderValue::new(name, (*value).to_owned()));
    }
    let mail = mail.header(ContentType::TEXT_PLAIN).body(answer.text.to_owned()).map_err(Error::internal)?;
    handed(settings, mail).await
}

fn mailbox(address: &str) -> Result<Mailbox> {
    address.parse().map_err(|_| Error::invalid("mail-address-wrong"))
}

async fn handed(settings: &config::Mail, mail: Mail) -> Result<Outcome> {
    let transport = transport(settings)?;
    match transport.send(mail).await {
        Ok(_) => Ok(Outcome::Sent),
        Err(error) if error.is_permanent() => {
            Err(Error { detail: Some(error.to_string()), ..Error::invalid("mail-refused") })
        }
        Err(error) => Err(Error {
            message: "mail-server-away".into(),
            detail: Some(error.to_string()),
            ..Error::new(Kind::Internal)
        }),
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

//! The letters: that it is really they who asked, and that something is new. What a report says stands in none of them.

use super::{rules, store};
use messages::Answer;
use platform::jobs::Job;
use platform::{Ctx, Kind, Lang, Result, T, Uuid};
use serde_json::{Value, json};

pub(super) const JOB: &str = "feedback.follow";

pub(super) async fn job(ctx: Ctx, job: Job) -> Result<Value> {
    let id: Uuid = serde_json::from_value(job.payload["follow"].clone())?;
    let first = job.payload["first"] == json!(true);
    let one = match store::find(&ctx, &ctx.app.db, id).await {
        // They do not follow any more.
        Err(error) if error.is(Kind::NotFound) => return Ok(json!({ "sent": false })),
        other => other?,
    };
    let Some(settings) = ctx.app.config.mail.clone() else { return Ok(json!({ "sent": false })) };
    if first == one.confirmed_at.is_some() {
        return Ok(json!({ "sent": false }));
    }
    let report = crate::store::find(&ctx, &ctx.app.db, one.report_id).await?;
    let t = T(Lang::parse(&one.lang).unwrap_or(Lang::Vi));
    let base = ctx.app.config.base_url();
    let link = format!("{base}/theo-doi-phan-anh/{}", rules::token(&ctx, id)?);
    let (subject, text) = if first {
        let subject = t.s("feedback-follow-first-subject", "code", &report.code);
        (
            subject,
            format!(
                "{}\n\n{link}\n\n{}",
                t.s("feedback-follow-first", "code", &report.code),
                t.t("feedback-follow-not-you")
            ),
        )
    } else {
        let subject = t.s("feedback-follow-news-subject", "code", &report.code);
        let state = t.t(report.state.text_key());
        let words =
            t.a("feedback-follow-news", &[("code", report.code.as_str().into()), ("name", state.into())]);
        (subject, format!("{words}\n{base}{}\n\n{}\n{link}", report.path(), t.t("feedback-follow-stop")))
    };
    let leave = format!("<{link}>");
    let heads: &[(&'static str, &str)] = if first { &[] } else { &[("List-Unsubscribe", &leave)] };
    let answer = Answer {
        id: job.id,
        to: &one.email,
        reply_to: "",
        subject: &subject,
        text: &text,
        in_reply_to: "",
        heads,
    };
    messages::answer(&settings, &answer).await?;
    Ok(json!({ "sent": true }))
}

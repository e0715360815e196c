//! A payment service tells of money that came in: signed, believed for five minutes, booked once, matched as a line of the
//! bank's statement is. `docs/payment-webhook.md` says it to whoever connects one.

use super::matching::compact;
use super::statement::{Line, day};
use super::store::{self, Payment};
use super::{pages, rules};
use axum::Json;
use axum::body::Bytes;
use platform::http::Problem;
use platform::sign::{self, Doubt};
use platform::{Ctx, Error, Kind, Result, Tx};
use utoipa::OpenApi;

/// A notice is a few hundred bytes.
const BODY_MAX: usize = 64 << 10;

/// The names of the two headers: ours, and those of a service that signs the same way.
const HEADERS: [(&str, &str); 2] =
    [("x-sandinh-timestamp", "x-sandinh-signature"), ("x-sepay-timestamp", "x-sepay-signature")];

/// Money that came in, as services write it. Members that are not named here are passed over.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentNotice {
    /// The service's own number, text or digits.
    #[serde(default)]
    #[schema(value_type = String)]
    id: serde_json::Value,
    /// `2026-03-10 14:02:37` or with a `T`.
    #[serde(alias = "transactionDateTime", alias = "when")]
    transaction_date: String,
    /// Where the money is; another account than the commune's is listed, not matched.
    #[serde(default)]
    account_number: String,
    /// What the payer's bank sent along.
    #[serde(default, alias = "description")]
    content: String,
    /// in or out; out is passed over.
    #[serde(default)]
    transfer_type: String,
    /// Whole đồng.
    #[serde(alias = "amount")]
    transfer_amount: i64,
    /// The bank's number: the same as in its statement.
    #[serde(default, alias = "reference")]
    reference_code: Option<String>,
}

/// What became of a notice; a second sending gets the same.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct NoticeAnswer {
    success: bool,
    /// matched, listed (somebody looks at it) or ignored (nothing came in).
    outcome: &'static str,
    /// Why it is listed: nobody, paid, small, large, several, other-account.
    #[serde(skip_serializing_if = "String::is_empty")]
    problem: String,
}

impl NoticeAnswer {
    fn of(payment: &Payment) -> NoticeAnswer {
        let outcome = if payment.problem.is_empty() { "matched" } else { "listed" };
        NoticeAnswer { success: true, outcome, problem: payment.problem.clone() }
    }
}

#[derive(OpenApi)]
#[openapi(paths(notice))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// Takes a notice of money that came in. Signed: `X-Sandinh-Timestamp` (seconds) and `X-Sandinh-Signature`, which is
/// `sha256=` and the HMAC-SHA256 of timestamp, a point and the body.
#[utoipa::path(post, path = "/api/v1/payments/notice", tag = "onestop", request_body = PaymentNotice,
    responses((status = 200, body = NoticeAnswer),
        (status = 401, description = "The signature is wrong, or the moment too far away", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The commune takes no notices", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn notice(ctx: Ctx, body: Bytes) -> Result<Json<NoticeAnswer>> {
    if body.len() > BODY_MAX {
        return Err(Error::new(Kind::TooLarge));
    }
    believed(&ctx, &body)?;
    let notice: PaymentNotice = serde_json::from_slice(&body).map_err(|wrong| {
        let error = Error::invalid("onestop-notice-body");
        Error { detail: Some(format!("line {} column {}", wrong.line(), wrong.column())), ..error }
    })?;
    let incoming = notice.transfer_type.is_empty() || notice.transfer_type == "in";
    if !incoming || notice.transfer_amount <= 0 {
        return Ok(Json(NoticeAnswer { success: true, outcome: "ignored", problem: String::new() }));
    }
    let line = line(&notice)?;
    let other = pages::account(&ctx)?.is_some_and(|own| {
        !notice.account_number.is_empty() && compact(&own.number) != compact(&notice.account_number)
    });
    let tx = ctx.begin().await?;
    match book(&crate::whole(&ctx), &tx, &line, other).await {
        Ok(payment) => {
            tx.commit().await?;
            Ok(Json(NoticeAnswer::of(&payment)))
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

async fn book(ctx: &Ctx, tx: &Tx, line: &Line, other_account: bool) -> Result<Payment> {
    match store::by_reference(ctx, tx, &line.reference).await? {
        Some(known) => Ok(known),
        None => rules::take_notice(ctx, tx, line, other_account).await,
    }
}

/// The signature is the service's, and not old.
fn believed(ctx: &Ctx, body: &[u8]) -> Result<()> {
    let secret = secret(ctx)?.ok_or_else(Error::not_found)?;
    let header = |name: &str| ctx.headers.get(name).and_then(|value| value.to_str().ok());
    let given = HEADERS.iter().find_map(|(moment, signature)| Some((header(moment)?, header(signature)?)));
    let refused = |key: &'static str| Error { message: key.into(), ..Error::new(Kind::SignIn) };
    let (moment, signature) = given.ok_or_else(|| refused("onestop-notice-unsigned"))?;
    sign::verify(secret.as_bytes(), moment, signature, body, ctx.now).map_err(|doubt| match doubt {
        Doubt::Signature => refused("onestop-notice-signature"),
        Doubt::Moment => refused("onestop-notice-moment"),
    })
}

/// `keys/payment-notice-COMMUNE.txt`, `keys/payment-notice.txt` or the environment. Files of this folder are in no dump.
fn secret(ctx: &Ctx) -> Result<Option<String>> {
    let folder = ctx.app.config.data.join("keys");
    for name in [format!("payment-notice-{}.txt", ctx.commune), "payment-notice.txt".to_owned()] {
        match std::fs::read_to_string(folder.join(name)) {
            Ok(text) => return Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(std::env::var("SANDINH_PAYMENT_SECRET").ok().filter(|text| !text.is_empty()))
}

fn line(notice: &PaymentNotice) -> Result<Line> {
    let on = day(&notice.transaction_date);
    let on = on.ok_or_else(|| Error::field("transactionDate", "error-date"))?;
    let id = match &notice.id {
        serde_json::Value::String(text) => text.trim().to_owned(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let bank = notice.reference_code.as_deref().unwrap_or_default().trim();
    let reference = match (bank, id.as_str()) {
        ("", "") => return Err(Error::field("referenceCode", "onestop-notice-no-reference")),
        ("", id) => format!("notice:{id}"),
        (bank, _) => format!("bank:{bank}"),
    };
    if reference.chars().count() > 200 {
        return Err(Error::field("referenceCode", "onestop-notice-no-reference"));
    }
    Ok(Line { row: 0, on, amount: notice.transfer_amount, note: notice.content.clone(), reference })
}

//! So many reports from one address or account in an hour, and so many wrong codes.

use crate::kinds::Kinds;
use platform::http::Throttle;
use platform::{Ctx, Error, Result};
use std::sync::OnceLock;

const HOUR: u32 = 3_600;

/// The buckets of this program.
#[derive(Default)]
pub struct Gates {
    anonymous: OnceLock<Throttle<String>>,
    proven: OnceLock<Throttle<String>>,
    signed_in: OnceLock<Throttle<String>>,
    codes: OnceLock<Throttle<String>>,
}

fn gates(ctx: &Ctx) -> Result<&Gates> {
    ctx.app.offers::<Gates>().next().ok_or_else(|| Error::internal("no gates of feedback"))
}

/// Where the request comes from: address and browser, never kept as such.
pub fn address(ctx: &Ctx) -> String {
    let browser =
        ctx.headers.get(http::header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    format!("{} {browser}", ctx.ip.map(|ip| ip.to_string()).unwrap_or_default())
}

/// Counts one more report. A whole village may stand behind one address of the mobile network: whose browser did the sum of
/// [`platform::proof`] has a wider measure there.
///
/// # Errors
/// `TooMany` with the seconds to wait.
pub fn sending(ctx: &Ctx, proven: bool) -> Result<()> {
    let kinds = Kinds::load(ctx)?;
    let gates = gates(ctx)?;
    let tried = match ctx.account_or_none() {
        Some(account) => {
            let gate = gates.signed_in.get_or_init(|| Throttle::new(kinds.signed_in_per_hour, HOUR));
            gate.check(&account.to_string(), ctx.now)
        }
        // The office's own machine is a desk where many report.
        None if ctx.ip.is_some_and(|ip| ip.is_loopback()) => Ok(()),
        None => {
            let gate = match proven {
                true => gates.proven.get_or_init(|| Throttle::new(kinds.proven_per_hour, HOUR)),
                false => gates.anonymous.get_or_init(|| Throttle::new(kinds.anonymous_per_hour, HOUR)),
            };
            let ip = ctx.ip.map(|ip| ip.to_string()).unwrap_or_default();
            gate.check(&format!("{} {ip}", ctx.commune), ctx.now)
        }
    };
    tried.map_err(|wait| Error::too_many("feedback-too-many", wait))
}

/// Counts a follow code that was wrong.
pub fn wrong_code(ctx: &Ctx, report: &str) -> Result<()> {
    let gate = gates(ctx)?.codes.get_or_init(|| Throttle::per_minute(6));
    let ip = ctx.ip.map(|ip| ip.to_string()).unwrap_or_default();
    gate.check(&format!("{report} {ip}"), ctx.now).map_err(|wait| Error::too_many("error-too-many", wait))
}

//! What Zalo tells of our account: messages that arrived or were seen, people who write or leave. Each notice is signed:
//! SHA-256 over the application's id, the notice as it was sent, its time and the account's secret.

use super::model::Channel;
use super::settings::{self, Zalo};
use super::zalo::{Event, happened};
use axum::body::Bytes;
use http::StatusCode;
use platform::{Ctx, Error, Kind, Result};
use ring::digest::{SHA256, digest};

const BODY_MAX: usize = 64 << 10;

fn text(value: &serde_json::Value) -> String {
    value.as_str().map(str::to_owned).unwrap_or_else(|| value.to_string())
}

fn signature(app: &str, body: &[u8], at: &str, secret: &str) -> String {
    let whole = [app.as_bytes(), body, at.as_bytes(), secret.as_bytes()].concat();
    hex::encode(digest(&SHA256, &whole))
}

pub(super) async fn zalo(ctx: Ctx, body: Bytes) -> Result<StatusCode> {
    if body.len() > BODY_MAX {
        return Err(Error::new(Kind::TooLarge));
    }
    let zalo = settings::read::<Zalo>(&ctx, &ctx.app.db, Channel::Zalo).await?;
    let zalo = zalo.filter(|zalo| !zalo.event_secret.is_empty()).ok_or_else(Error::not_found)?;
    let event: Event = serde_json::from_slice(&body).map_err(|_| Error::invalid("channel-event-wrong"))?;
    let given = ctx.headers.get("x-zevent-signature").and_then(|value| value.to_str().ok());
    let given = given.unwrap_or_default().trim_start_matches("mac=").trim();
    let made = signature(&zalo.app_id, &body, &text(&event.timestamp), &zalo.event_secret);
    // In constant time: the hashes of both are compared.
    let same = blake3::hash(given.as_bytes()) == blake3::hash(made.as_bytes());
    if !same || text(&event.app_id) != zalo.app_id {
        return Err(Error { message: "channel-event-signature".into(), ..Error::forbidden() });
    }
    happened(&ctx, &event).await?;
    Ok(StatusCode::OK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_covers_every_part() {
        let made = signature("1", b"{}", "2", "s");
        assert_eq!(made, hex::encode(digest(&SHA256, b"1{}2s")));
        for other in [
            signature("2", b"{}", "2", "s"),
            signature("1", b"{ }", "2", "s"),
            signature("1", b"{}", "2", "t"),
        ] {
            assert_ne!(made, other);
        }
    }
}

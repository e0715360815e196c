//! Who may come in at our broker, and what each may write and read: a device its own topics, this program all.

use crate::speaker::{self, Speaker};
use mqtt5::broker::auth::{AuthProvider, AuthResult};
use mqtt5::packet::connect::ConnectPacket;
use mqtt5::protocol::v5::reason_codes::ReasonCode;
use platform::{App, Ctx, Kind, Result, Uuid};
use speakerlink::Topic;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;

type Soon<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The name of this program at the broker. No device has it: theirs are numbers.
pub(super) const STATION: &str = "station";

pub(super) struct Door {
    pub app: App,
    /// What this program says to come in; new at each start.
    pub secret: String,
}

/// A device and the commune that has it.
pub(super) async fn find(app: &App, device: Uuid) -> Result<Option<(Ctx, Speaker)>> {
    for commune in super::communes(app).await? {
        let ctx = Ctx::system(app, commune, "broadcast.link");
        match speaker::store::find(&ctx, &app.db, device).await {
            Ok(one) => return Ok(Some((ctx, one))),
            Err(error) if error.is(Kind::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

impl Door {
    async fn opens(&self, connect: &ConnectPacket) -> Result<bool> {
        let name = connect.username.as_deref().unwrap_or_default();
        let password = connect.password.as_deref().unwrap_or_default();
        if name == STATION {
            return Ok(blake3::hash(password) == blake3::hash(self.secret.as_bytes()));
        }
        // Under its own name only: nobody can push another device off the line, and one whose token is withdrawn can be found.
        let (Ok(device), Ok(token)) = (name.parse(), std::str::from_utf8(password)) else { return Ok(false) };
        if connect.client_id != name {
            return Ok(false);
        }
        let found = find(&self.app, device).await?;
        Ok(found.is_some_and(|(ctx, one)| speaker::signs_in(&ctx, &one, token)))
    }
}

impl AuthProvider for Door {
    fn authenticate<'a>(
        &'a self,
        connect: &'a ConnectPacket,
        address: SocketAddr,
    ) -> Soon<'a, mqtt5::Result<AuthResult>> {
        Box::pin(async move {
            let name = connect.username.as_deref().unwrap_or_default();
            Ok(match self.opens(connect).await {
                Ok(true) => AuthResult::success_with_user(name),
                Ok(false) => {
                    tracing::warn!(%address, "somebody at the broker for loudspeakers has no token, or a wrong one");
                    AuthResult::fail(ReasonCode::BadUsernameOrPassword)
                }
                Err(error) => {
                    tracing::error!(%error, "the broker for loudspeakers cannot look who comes");
                    AuthResult::fail(ReasonCode::ServerUnavailable)
                }
            })
        })
    }

    fn authorize_publish<'a>(&'a self, _: &str, user: Option<&'a str>, topic: &'a str) -> Soon<'a, bool> {
        let own = |device: &str, kind: Topic| user == Some(device) && kind.from_device();
        let may = user == Some(STATION) || Topic::read(topic).is_some_and(|(device, kind)| own(device, kind));
        Box::pin(async move { may })
    }

    fn authorize_subscribe<'a>(&'a self, _: &str, user: Option<&'a str>, filter: &'a str) -> Soon<'a, bool> {
        let may = user == Some(STATION) || user.is_some_and(|device| Topic::may_read(device, filter));
        Box::pin(async move { may })
    }
}

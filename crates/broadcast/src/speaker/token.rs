//! What a device signs in with, and the file that it is set up with.

use super::model::{Happened, Kind, Speaker};
use super::{rules, store};
use audit::Entry;
use onair::clip::ClipKey;
use platform::config::Mqtt;
use platform::{App, Ctx, Error, Result, Tx, Uuid, ids, sql};
use serde_json::json;
use std::net::SocketAddr;

/// The key file under which tokens lie sealed, and of which each commune's station has its own key.
const KEY: &str = "radio";

/// The key with which this commune signs what devices keep.
pub(super) fn station_key(ctx: &Ctx) -> Result<ClipKey> {
    let key = audit::keys::load(&ctx.app.config.data, KEY)?;
    Ok(ClipKey::new(*blake3::keyed_hash(&key, ctx.commune.as_bytes()).as_bytes()))
}

/// A new token; an old one is worth nothing any more.
pub(super) fn make(ctx: &Ctx, one: &mut Speaker) -> Result<()> {
    let secret = ids::new_secret();
    one.token_hash = ids::secret_hash(&secret);
    one.token = audit::keys::seal(&ctx.app.config.data, KEY, one.id, secret.as_bytes())?;
    Ok(())
}

/// Whether this token opens for a cluster in service.
pub(crate) fn signs_in(ctx: &Ctx, one: &Speaker, token: &str) -> bool {
    one.kind == Kind::Own
        && one.in_service(ctx.today())
        && !one.token_hash.is_empty()
        && ids::secret_hash(token) == one.token_hash
}

/// The device's token was seen by others: a new one.
///
/// # Errors
/// `Conflict` when somebody else was first, or for a cluster that does not answer to us.
pub(crate) async fn renew(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Speaker> {
    let mut one = rules::taken(ctx, tx, id, revision).await?;
    if one.kind != Kind::Own {
        return Err(Error::conflict("broadcast-speaker-not-ours"));
    }
    make(ctx, &mut one)?;
    rules::written(store::update(ctx, tx, &one).await?)?;
    // Whoever is on the line with the old one is put off it.
    store::settings_sent(ctx, tx, id, -1).await?;
    store::event(ctx, tx, id, Happened::Token, "").await?;
    audit::record(
        ctx,
        tx,
        Entry { action: "broadcast.speaker-token", kind: "broadcast", id, detail: json!({}) },
    )
    .await?;
    crate::link::ring(ctx, tx);
    Ok(one)
}

/// The file for `sandinh speaker`. That it was taken is recorded: it holds the token.
///
/// # Errors
/// Not found for a cluster without a token.
pub(crate) async fn config_file(ctx: &Ctx, id: Uuid) -> Result<(Speaker, String)> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    if one.token.is_empty() || one.kind != Kind::Own {
        return Err(Error::not_found());
    }
    let token = audit::keys::open(&ctx.app.config.data, KEY, id, &one.token)?;
    let token = String::from_utf8(token).map_err(Error::internal)?;
    let tx = ctx.begin().await?;
    audit::record(
        ctx,
        &tx,
        Entry { action: "broadcast.speaker-config", kind: "broadcast", id, detail: json!({}) },
    )
    .await?;
    tx.commit().await?;
    let t = ctx.t();
    let mut lines = vec![
        format!("# {}", t.s("broadcast-speaker-file", "name", &one.name)),
        format!("# {}", t.t("broadcast-speaker-file-secret")),
        format!("site = {:?}", ctx.app.config.base_url()),
        format!("device = \"{id}\""),
        format!("token = {token:?}"),
        format!("station_key = \"{}\"", hex::encode(station_key(ctx)?.public())),
    ];
    if let Some(mqtt) = public_broker(ctx) {
        lines.push(format!("mqtt = {mqtt:?}"));
    }
    lines.push(String::new());
    Ok((one, lines.join("\n")))
}

/// How devices reach the broker; nothing where none is set.
fn public_broker(ctx: &Ctx) -> Option<String> {
    match &ctx.app.config.mqtt {
        Mqtt::Off => None,
        Mqtt::Other(other) => Some(other.public.clone().unwrap_or_else(|| other.url.clone())),
        Mqtt::Own(own) => Some(own.public.clone().unwrap_or_else(|| {
            let (scheme, port) = match (&own.tls, crate::link::listens(&ctx.app)) {
                (Some(_), at) => ("mqtts", at.map_or(own.listen.port(), |at| at.port())),
                (None, at) => ("mqtt", at.map_or(own.listen.port(), |at| at.port())),
            };
            let url = ctx.app.config.base_url();
            let host = url.split("//").nth(1).unwrap_or_default();
            let host = host.split('/').next().unwrap_or_default();
            let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
            format!("{scheme}://{host}:{port}")
        })),
    }
}

/// What a device signs in with.
#[derive(Debug, Clone)]
pub struct Device {
    pub id: String,
    pub token: String,
    /// Of the village in which it stands.
    pub village_code: String,
}

/// Every device of every commune with its token: for the demo, which plays them. No route leads here.
///
/// # Errors
/// Only the database's.
pub async fn devices(app: &App) -> Result<Vec<Device>> {
    let mut all = Vec::new();
    let communes: Vec<Uuid> = sql("SELECT id FROM commune ORDER BY id").column(&app.db).await?;
    for commune in communes {
        let ctx = Ctx::system(app, commune, "broadcast.devices");
        let villages = units::village_list(&ctx, ctx.today()).await?;
        for one in store::own(&ctx, &app.db).await? {
            let token = audit::keys::open(&app.config.data, KEY, one.id, &one.token)?;
            let token = String::from_utf8(token).map_err(Error::internal)?;
            let code = villages.iter().find(|unit| unit.id == one.unit_id).map(|unit| unit.code.clone());
            all.push(Device { id: one.id.to_string(), token, village_code: code.unwrap_or_default() });
        }
    }
    Ok(all)
}

/// Where the broker within this program listens.
pub fn broker(app: &App) -> Option<SocketAddr> {
    crate::link::listens(app)
}

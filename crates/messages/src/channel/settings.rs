//! How channels are spoken to (`data/channels`), and how the commune is known to each (locked in the database).

use super::model::{Channel, Problem};
use super::push;
use audit::keys;
use chrono::{DateTime, Utc};
use platform::{Ctx, Error, Result, Run, Tx, sql};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::sync::Arc;
use std::time::Duration;

/// The key file that locks what others gave us.
const KEY: &str = "channel";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ways {
    patience: u64,
    pub tries: i64,
    /// Machines from which pictures may be fetched, and the bytes that one may have.
    pub picture_hosts: Vec<String>,
    pub picture_bytes: usize,
    /// When nobody is disturbed who did not say otherwise: "21:30".
    pub quiet_begins: String,
    pub quiet_ends: String,
    pub zalo: ZaloWays,
    pub facebook: FacebookWays,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ZaloWays {
    pub message: String,
    pub token: String,
    pub expired: Vec<i64>,
    pub busy: Vec<i64>,
    pub not_following: Vec<i64>,
    pub silent: Vec<i64>,
    /// So long after somebody's last word the account may write to them.
    pub window_hours: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FacebookWays {
    pub address: String,
    pub busy: Vec<i64>,
    pub token: Vec<i64>,
    /// Errors that say that its time for answers is over.
    pub window: Vec<i64>,
    pub window_hours: i64,
    /// So long after a comment its writer may be written to.
    pub private_days: i64,
}

impl Ways {
    pub fn load(ctx: &Ctx) -> Result<Arc<Ways>> {
        Ok(ctx.app.law.in_force("channels", ctx.today())?.content)
    }

    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.patience)
    }
}

/// The commune's Zalo Official Account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Zalo {
    pub app_id: String,
    /// The application's secret, for new tokens.
    pub secret: String,
    /// The account's secret, with which its events are signed; `""` when no events come.
    pub event_secret: String,
    pub refresh_token: String,
    pub access_token: String,
    pub access_until: Option<DateTime<Utc>>,
}

/// The commune's Facebook page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Facebook {
    pub page: String,
    pub token: String,
    /// With which its notices are signed; `""` when none come.
    #[serde(default)]
    pub app_secret: String,
    /// What Facebook repeats when it asks whether the address is ours.
    #[serde(default)]
    pub verify: String,
}

/// How a channel stands, without what is locked.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Standing {
    pub channel: Channel,
    pub worked_at: Option<DateTime<Utc>>,
    pub failed_at: Option<DateTime<Utc>>,
    pub problem: String,
}

pub(super) async fn standings(ctx: &Ctx) -> Result<Vec<Standing>> {
    sql("SELECT channel, worked_at, failed_at, problem FROM channel_setting WHERE commune_id = $1 AND sealed <> '' /* all rows */")
        .bind(ctx.commune)
        .all(&ctx.app.db)
        .await
}

/// The channels through which a message can go now, beside the inbox. Push needs no account anywhere.
pub async fn ready(ctx: &Ctx) -> Result<Vec<Channel>> {
    let set = standings(ctx).await?;
    let there = |channel: &Channel| match channel {
        Channel::App => false,
        Channel::Push => true,
        Channel::Email => ctx.app.config.mail.is_some(),
        Channel::Zalo | Channel::Facebook => set.iter().any(|one| one.channel == *channel),
    };
    Ok(Channel::ALL.iter().copied().filter(there).collect())
}

/// What is kept for a channel.
///
/// # Errors
/// When the key file of this installation is another one.
pub(super) async fn read<S: DeserializeOwned>(
    ctx: &Ctx,
    on: &impl Run,
    channel: Channel,
) -> Result<Option<S>> {
    let sealed: Option<String> =
        sql("SELECT sealed FROM channel_setting WHERE commune_id = $1 AND channel = $2 AND sealed <> ''")
            .bind(ctx.commune)
            .bind(channel)
            .scalar(on)
            .await?;
    let Some(sealed) = sealed else { return Ok(None) };
    let plain = keys::open(&ctx.app.config.data, KEY, ctx.commune, &sealed)?;
    Ok(Some(
        serde_json::from_slice(&plain).map_err(|_| Error::internal("a channel's setting cannot be read"))?,
    ))
}

/// Keeps it, in place of what was there.
pub(super) async fn write<S: Serialize>(ctx: &Ctx, tx: &Tx, channel: Channel, setting: &S) -> Result<()> {
    let sealed = keys::seal(&ctx.app.config.data, KEY, ctx.commune, &serde_json::to_vec(setting)?)?;
    sql("INSERT INTO channel_setting (commune_id, channel, sealed, set_by, set_at, problem) VALUES ($1, $2, $3, $4, $5, '') \
         ON CONFLICT (commune_id, channel) DO UPDATE SET sealed = $3, set_by = $4, set_at = $5")
    .bind(ctx.commune)
    .bind(channel)
    .bind(sealed)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn drop(ctx: &Ctx, tx: &Tx, channel: Channel) -> Result<()> {
    sql("DELETE FROM channel_setting WHERE commune_id = $1 AND channel = $2")
        .bind(ctx.commune)
        .bind(channel)
        .run(tx)
        .await?;
    Ok(())
}

/// Notes at the channel what came of a try: the page of the administrator shows the last failure.
pub(super) async fn note(ctx: &Ctx, tx: &Tx, channel: Channel, problem: Option<&Problem>) -> Result<()> {
    let now = ctx.app.clock.now();
    let query = sql(
        "INSERT INTO channel_setting (commune_id, channel, sealed, set_at, problem, worked_at, failed_at) \
                     VALUES ($1, $2, '', $3, $4, $5, $6) ON CONFLICT (commune_id, channel) DO UPDATE SET problem = $4, \
                     worked_at = COALESCE($5, channel_setting.worked_at), failed_at = COALESCE($6, channel_setting.failed_at)",
    );
    query
        .bind(ctx.commune)
        .bind(channel)
        .bind(now)
        .bind(problem.map(Problem::stored).unwrap_or_default())
        .bind(problem.is_none().then_some(now))
        .bind(problem.is_some().then_some(now))
        .run(tx)
        .await?;
    Ok(())
}

/// The last failure of every channel, also of those that need no setting.
pub(super) async fn noted(ctx: &Ctx) -> Result<Vec<Standing>> {
    sql("SELECT channel, worked_at, failed_at, problem FROM channel_setting WHERE commune_id = $1 /* all rows */")
        .bind(ctx.commune)
        .all(&ctx.app.db)
        .await
}

/// When a firm was last heard, and when somebody last pretended to be it.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Ear {
    pub channel: Channel,
    pub heard_at: Option<DateTime<Utc>>,
    pub refused_at: Option<DateTime<Utc>>,
}

pub(super) async fn ears(ctx: &Ctx, on: &impl Run) -> Result<Vec<Ear>> {
    sql("SELECT channel, heard_at, refused_at FROM channel_heard WHERE commune_id = $1 /* all rows */")
        .bind(ctx.commune)
        .all(on)
        .await
}

/// Notes that something was heard, or turned away; once a minute at most, so that nobody can make us write without end.
pub(super) async fn heard(ctx: &Ctx, channel: Channel, believed: bool) -> Result<()> {
    let known = ears(ctx, &ctx.app.db).await?.into_iter().find(|ear| ear.channel == channel);
    let last = known.and_then(|ear| if believed { ear.heard_at } else { ear.refused_at });
    if last.is_some_and(|last| ctx.now - last < chrono::Duration::minutes(1)) {
        return Ok(());
    }
    let tx = ctx.begin().await?;
    sql("INSERT INTO channel_heard (commune_id, channel, heard_at, refused_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (commune_id, channel) DO UPDATE SET heard_at = COALESCE($3, channel_heard.heard_at), \
         refused_at = COALESCE($4, channel_heard.refused_at)")
    .bind(ctx.commune)
    .bind(channel)
    .bind(believed.then_some(ctx.now))
    .bind((!believed).then_some(ctx.now))
    .run(&tx)
    .await?;
    tx.commit().await
}

/// The commune's key of push messages, made the first time it is asked for.
pub(super) async fn push_key(ctx: &Ctx) -> Result<push::Key> {
    if let Some(key) = read::<push::Key>(ctx, &ctx.app.db, Channel::Push).await? {
        return Ok(key);
    }
    let tx = ctx.begin().await?;
    let key = match read::<push::Key>(ctx, &tx, Channel::Push).await? {
        Some(key) => key,
        None => {
            let key = push::Key::make()?;
            write(ctx, &tx, Channel::Push, &key).await?;
            key
        }
    };
    tx.commit().await?;
    Ok(key)
}

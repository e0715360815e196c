//! Emptying the queue: in order for each dossier, one after the other, until the line is cut.

use super::client::{Client, Failed, Said};
use super::names::{Account, Names};
use super::store::{self, Call, Kind};
use crate::dossier::{self, Dossier, PaperRow};
use crate::procedure::pinned;
use chrono::Duration;
use platform::jobs::Job;
use platform::{Ctx, Result, Uuid, files};
use serde_json::{Value, json};
use std::collections::HashSet;

pub(super) const JOB: &str = "onestop.province-send";

/// Things that are looked at in one round.
const AT_ONCE: i64 = 200;
/// So long nobody else takes what is in hand.
const LEASE: Duration = Duration::minutes(10);

pub(super) async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let Some(account) = Account::load(&ctx)? else { return Ok(Value::Null) };
    let ctx = crate::whole(&ctx);
    let client = Client { ctx: &ctx, account: &account, names: Names::load(&ctx)? };
    let mut sent = 0;
    // Nothing of a dossier goes before what came earlier.
    let mut waits: HashSet<Uuid> = HashSet::new();
    for call in store::waiting(&ctx, AT_ONCE).await? {
        let now = ctx.app.clock.now();
        if waits.contains(&call.dossier_id) || call.next_at > now || !claimed(&ctx, &call).await? {
            waits.insert(call.dossier_id);
            continue;
        }
        let (state, problem, next) = match tell(&client, &call).await {
            Ok(()) => ("sent", String::new(), now),
            Err(Failed::Later(why)) => ("waiting", why, now + pause(call.tries)),
            Err(Failed::Refused(why)) => ("refused", why, now),
            Err(Failed::Ours(error)) => return Err(error),
        };
        let tx = ctx.begin().await?;
        store::tried(&ctx, &tx, call.id, state, &problem, next).await?;
        tx.commit().await?;
        if state == "waiting" {
            // The others would fare no better.
            break;
        }
        if state == "sent" {
            sent += 1;
        } else {
            waits.insert(call.dossier_id);
        }
    }
    Ok(json!({ "sent": sent }))
}

async fn claimed(ctx: &Ctx, call: &Call) -> Result<bool> {
    let tx = ctx.begin().await?;
    let mine = store::claim(ctx, &tx, call, ctx.app.clock.now() + LEASE).await?;
    tx.commit().await?;
    Ok(mine)
}

/// 1, 2, 4 … minutes, at most an hour: for as long as the line is cut.
fn pause(tries: i64) -> Duration {
    Duration::minutes(1 << tries.clamp(0, 6)).min(Duration::hours(1))
}

async fn tell(client: &Client<'_>, call: &Call) -> Result<(), Failed> {
    let ctx = client.ctx;
    let one = dossier::find(ctx, &ctx.app.db, call.dossier_id).await?;
    let code = code(client, call, &one).await?;
    let names = &*client.names;
    let procedure = pinned(ctx, &ctx.app.db, &one.procedure_digest).await?;
    let step = procedure.step(&call.step).map(|step| step.name.of(platform::Lang::Vi)).unwrap_or_default();
    let said = Said::new(names).with("code", code.as_str())?.with("at", call.at.to_rfc3339())?;
    let said = said.with("status", call.status.number())?;
    let mut files = Vec::new();
    match call.kind {
        Kind::Create => {
            files = dossier::papers(ctx, &ctx.app.db, one.id).await?;
            let papers = sent(client, &one, &files).await?;
            let said = said
                .with("agency", client.account.agency.as_str())?
                .with("procedure", one.procedure_code.as_str())?
                .with("applicant", one.applicant_name.as_str())?
                .with("applicant-kind", 0)?
                .with("number", one.applicant_number.as_str())?
                .with("phone", one.applicant_phone.as_str())?
                .with("channel", names.channel(one.channel.code())?)?
                .with("received", one.received_at.map(|at| at.to_rfc3339()))?
                .with("due", call.due_at.map(|at| at.to_rfc3339()))?
                .with("papers", papers)?;
            client.json("create", &said.value()).await?;
        }
        Kind::Progress => {
            client.json("progress", &said.with("step", step)?.value()).await?;
        }
        Kind::Status => {
            let said = said.with("reason", call.reason.as_str())?;
            let mut said = said.with("due", call.due_at.map(|at| at.to_rfc3339()))?;
            files = results(client, call).await?;
            if !files.is_empty() {
                said = said.with("results", sent(client, &one, &files).await?)?;
            }
            client.json("status", &said.value()).await?;
        }
    }
    let tx = ctx.begin().await?;
    store::keep_code(ctx, &tx, &code, call).await?;
    for file in &files {
        store::file_told(ctx, &tx, one.id, file.id).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What the office returns and the province has not: it goes with the status that ends the dossier.
async fn results(client: &Client<'_>, call: &Call) -> Result<Vec<PaperRow>> {
    let ctx = client.ctx;
    if !call.status.ended() || !client.names.sends("results") {
        return Ok(Vec::new());
    }
    let told = store::files_told(ctx, call.dossier_id).await?;
    let all = dossier::results(ctx, &ctx.app.db, call.dossier_id).await?;
    Ok(all.into_iter().filter(|row| !told.contains(&row.id)).collect())
}

/// The dossier's code there: asked for once, and kept before it is used, so that a second try makes no second dossier.
async fn code(client: &Client<'_>, call: &Call, one: &Dossier) -> Result<String, Failed> {
    let ctx = client.ctx;
    if let Some(code) = store::code(ctx, one.id).await? {
        return Ok(code);
    }
    if one.channel == crate::procedure::model::Channel::ProvincialSystem {
        return Ok(one.code.clone());
    }
    let said = Said::new(&client.names).with("agency", client.account.agency.as_str())?;
    let said = said.with("procedure", one.procedure_code.as_str())?.value();
    let answer = client.json("code", &said).await?;
    let code = dossier::typed(&client.names.read("code", &answer.body)?.unwrap_or_default());
    if code.is_empty() {
        return Err(Failed::Refused("code: none in the answer".to_owned()));
    }
    let tx = ctx.begin().await?;
    store::keep_code(ctx, &tx, &code, call).await?;
    tx.commit().await?;
    Ok(code)
}

/// Files as they stand in what names them; each is sent before, once.
async fn sent(client: &Client<'_>, one: &Dossier, rows: &[PaperRow]) -> Result<Vec<Value>, Failed> {
    let ctx = client.ctx;
    let procedure = pinned(ctx, &ctx.app.db, &one.procedure_digest).await?;
    let mut sent = Vec::new();
    for row in rows {
        let file = files::find(ctx, &ctx.app.db, row.file_id).await?;
        let id = match store::file(ctx, one.id, row.id).await? {
            Some(id) => id,
            None => {
                let bytes = files::read(ctx, &file).await?;
                let id = client.file(&file.name, &file.media_type, &bytes).await?;
                let tx = ctx.begin().await?;
                store::keep_file(ctx, &tx, one.id, row.id, &id).await?;
                tx.commit().await?;
                id
            }
        };
        let paper = procedure.paper(&row.paper_key);
        let name = paper.map_or(file.name.as_str(), |paper| paper.name.of(platform::Lang::Vi));
        let kind = paper.map_or("electronic", |paper| paper.kind.code());
        let said = Said::new(&client.names).with("paper-name", name)?.with("paper-file", id)?;
        sent.push(said.with("paper-kind", client.names.paper_kind(kind)?)?.value());
    }
    Ok(sent)
}

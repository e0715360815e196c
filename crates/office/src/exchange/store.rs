//! SQL of the exchange.

use super::model::{In, Office, Out, Peer, Sent, Standing, Taken};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const PEER: &str = "SELECT id, code, name, way, address, secret, made_at, net, own_code, own_name FROM exchange_peer WHERE commune_id = ";
const OUT: &str = "SELECT id, peer_id, code, what, document_id, serial, external_id, item, state, tries, next_at, problem, at, \
                   sent_at, standing, standing_at, standing_note FROM exchange_out WHERE commune_id = ";
const IN: &str = "SELECT id, code, key, what, external_id, number, promulgated, subject, state, problem, note, concerns, at, \
                  file_id, net FROM exchange_in WHERE commune_id = ";

pub(super) async fn office(ctx: &Ctx, on: &impl Run) -> Result<Option<Office>> {
    // One row a commune.
    sql("SELECT code, name, in_charge FROM exchange_office WHERE commune_id = $1 /* all rows */")
        .bind(ctx.commune)
        .first(on)
        .await
}

pub(super) async fn office_keep(ctx: &Ctx, tx: &Tx, one: &Office) -> Result<()> {
    sql("INSERT INTO exchange_office (commune_id, code, name, in_charge, changed_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id) DO UPDATE SET code = excluded.code, name = excluded.name, \
         in_charge = excluded.in_charge, changed_at = excluded.changed_at")
        .bind(ctx.commune)
        .bind(one.code.as_str())
        .bind(one.name.as_str())
        .bind(one.in_charge.as_str())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// Peers that have not ended, in the order in which they came.
pub(super) async fn peers(ctx: &Ctx, on: &impl Run) -> Result<Vec<Peer>> {
    sql(PEER).arg(ctx.commune).push(" AND ended_at IS NULL ORDER BY id /* all rows */").all(on).await
}

pub(super) async fn peer_insert(ctx: &Ctx, tx: &Tx, one: &Peer) -> Result<()> {
    sql("INSERT INTO exchange_peer (commune_id, id, code, name, way, address, secret, account_id, made_at, ended_at, net, \
         own_code, own_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10, $11, $12)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.code.as_str())
    .bind(one.name.as_str())
    .bind(one.way)
    .bind(one.address.as_str())
    .bind(one.secret.as_str())
    .bind(ctx.account_or_none())
    .bind(one.made_at)
    .bind(one.net)
    .bind(one.own_code.as_str())
    .bind(one.own_name.as_str())
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn peer_end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let ended =
        sql("UPDATE exchange_peer SET ended_at = $3 WHERE commune_id = $1 AND id = $2 AND ended_at IS NULL")
            .bind(ctx.commune)
            .bind(id)
            .bind(ctx.now)
            .run(tx)
            .await?;
    Ok(ended == 1)
}

pub(super) async fn out_insert(ctx: &Ctx, tx: &Tx, one: &Out) -> Result<()> {
    sql("INSERT INTO exchange_out (commune_id, id, peer_id, code, what, document_id, serial, external_id, item, state, tries, \
         next_at, problem, at, sent_at, standing, standing_at, standing_note) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $13, NULL, NULL, NULL, '')")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.peer_id)
    .bind(one.code.as_str())
    .bind(one.what)
    .bind(one.document_id)
    .bind(one.serial)
    .bind(one.external_id.as_str())
    .bind(serde_json::to_value(&one.item)?)
    .bind(one.state)
    .bind(one.next_at)
    .bind(one.problem.as_str())
    .bind(one.at)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn out(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Out> {
    sql(OUT).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// The oldest that wait for a peer.
pub(super) async fn out_of_peer(ctx: &Ctx, on: &impl Run, peer: Uuid, most: i64) -> Result<Vec<Out>> {
    let query =
        sql(OUT).arg(ctx.commune).push(" AND peer_id = ").arg(peer).push(" AND state = ").arg(Sent::Waiting);
    query.push(" ORDER BY id LIMIT ").arg(most).all(on).await
}

/// Nothing goes to a peer any more: what waits for it waits for a person.
pub(super) async fn out_orphan(ctx: &Ctx, tx: &Tx, peer: Uuid, problem: &str) -> Result<()> {
    sql("UPDATE exchange_out SET state = $3, problem = $4 WHERE commune_id = $1 AND peer_id = $2 AND state = $5")
        .bind(ctx.commune)
        .bind(peer)
        .bind(Sent::Refused)
        .bind(problem)
        .bind(Sent::Waiting)
        .run(tx)
        .await?;
    Ok(())
}

/// The oldest in a state.
pub(super) async fn out_list(ctx: &Ctx, on: &impl Run, state: Sent, most: i64) -> Result<Vec<Out>> {
    sql(OUT)
        .arg(ctx.commune)
        .push(" AND state = ")
        .arg(state)
        .push(" ORDER BY id LIMIT ")
        .arg(most)
        .all(on)
        .await
}

/// The newest in a state.
pub(super) async fn out_last(ctx: &Ctx, on: &impl Run, state: Sent, most: i64) -> Result<Vec<Out>> {
    sql(OUT)
        .arg(ctx.commune)
        .push(" AND state = ")
        .arg(state)
        .push(" ORDER BY id DESC LIMIT ")
        .arg(most)
        .all(on)
        .await
}

pub(super) async fn out_of_document(ctx: &Ctx, on: &impl Run, document: Uuid) -> Result<Vec<Out>> {
    sql(OUT)
        .arg(ctx.commune)
        .push(" AND document_id = ")
        .arg(document)
        .push(" ORDER BY id LIMIT 500")
        .all(on)
        .await
}

/// What went to an agency under this id, the newest first.
pub(super) async fn out_of_external(
    ctx: &Ctx,
    on: &impl Run,
    external: &str,
    code: &str,
) -> Result<Vec<Out>> {
    let query =
        sql(OUT).arg(ctx.commune).push(" AND external_id = ").arg(external).push(" AND code = ").arg(code);
    query.push(" ORDER BY id DESC LIMIT 100").all(on).await
}

/// Takes one in hand until `lease`, unless somebody else did.
pub(super) async fn out_claim(ctx: &Ctx, tx: &Tx, one: &Out, lease: DateTime<Utc>) -> Result<bool> {
    let claimed = sql("UPDATE exchange_out SET tries = tries + 1, next_at = $5 \
                       WHERE commune_id = $1 AND id = $2 AND state = $3 AND tries = $4")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(Sent::Waiting)
    .bind(one.tries)
    .bind(lease)
    .run(tx)
    .await?;
    Ok(claimed == 1)
}

/// Writes state, problem, next try, way and id.
pub(super) async fn out_update(ctx: &Ctx, tx: &Tx, one: &Out) -> Result<()> {
    sql("UPDATE exchange_out SET state = $3, problem = $4, next_at = $5, sent_at = $6, peer_id = $7, external_id = $8 \
         WHERE commune_id = $1 AND id = $2")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.state)
    .bind(one.problem.as_str())
    .bind(one.next_at)
    .bind(one.sent_at)
    .bind(one.peer_id)
    .bind(one.external_id.as_str())
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn out_stands(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    what: Standing,
    at: DateTime<Utc>,
    note: &str,
) -> Result<()> {
    sql("UPDATE exchange_out SET standing = $3, standing_at = $4, standing_note = $5 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(what)
        .bind(at)
        .bind(note)
        .run(tx)
        .await?;
    Ok(())
}

/// False if it was there before.
pub(super) async fn in_insert(ctx: &Ctx, tx: &Tx, one: &In) -> Result<bool> {
    let added = sql(
        "INSERT INTO exchange_in (commune_id, id, code, key, what, external_id, number, promulgated, subject, state, problem, \
         note, concerns, at, file_id, net) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
         ON CONFLICT (commune_id, code, key) DO NOTHING",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.code.as_str())
    .bind(one.key.as_str())
    .bind(one.what)
    .bind(one.external_id.as_str())
    .bind(one.number.as_str())
    .bind(one.promulgated)
    .bind(one.subject.as_str())
    .bind(one.state)
    .bind(one.problem.as_str())
    .bind(one.note.as_str())
    .bind(one.concerns.clone())
    .bind(one.at)
    .bind(one.file_id)
    .bind(one.net)
    .run(tx)
    .await?;
    Ok(added == 1)
}

pub(super) async fn in_one(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<In> {
    sql(IN).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// What came from an agency under this id and was taken, the oldest first.
pub(super) async fn in_of_external(ctx: &Ctx, on: &impl Run, code: &str, external: &str) -> Result<Vec<In>> {
    let query =
        sql(IN).arg(ctx.commune).push(" AND code = ").arg(code).push(" AND external_id = ").arg(external);
    query.push(" AND state <> ").arg(Taken::Refused).push(" ORDER BY id LIMIT 100").all(on).await
}

/// The newest in a state.
pub(super) async fn in_list(ctx: &Ctx, on: &impl Run, state: Taken, most: i64) -> Result<Vec<In>> {
    sql(IN)
        .arg(ctx.commune)
        .push(" AND state = ")
        .arg(state)
        .push(" ORDER BY id DESC LIMIT ")
        .arg(most)
        .all(on)
        .await
}

/// Answers what was asked, once.
pub(super) async fn in_answer(ctx: &Ctx, tx: &Tx, id: Uuid, state: Taken, note: &str) -> Result<bool> {
    let answered =
        sql("UPDATE exchange_in SET state = $3, note = $4 WHERE commune_id = $1 AND id = $2 AND state = $5")
            .bind(ctx.commune)
            .bind(id)
            .bind(state)
            .bind(note)
            .bind(Taken::Asked)
            .run(tx)
            .await?;
    Ok(answered == 1)
}

pub(super) async fn in_delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM exchange_in WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

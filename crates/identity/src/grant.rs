//! Roles given for places, from a day to a day.

use crate::account::store as account_store;
use crate::role;
use audit::Entry;
use chrono::NaiveDate;
use platform::access::{Grant, Place};
use platform::db::Sql;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, clock, events, sql};
use sea_orm::FromQueryResult;
use serde_json::json;

/// A role as the administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct GrantRow {
    pub id: Uuid,
    pub account_id: Uuid,
    pub role: String,
    pub place_kind: String,
    pub place_id: Uuid,
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_to: NaiveDate,
}

impl GrantRow {
    pub fn on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && day <= self.valid_to
    }
}

/// A role to be given.
#[derive(Debug, Clone)]
pub struct NewGrant {
    pub account_id: Uuid,
    pub role: String,
    pub place: Place,
    pub valid_from: NaiveDate,
    /// The last day; `None` until taken back.
    pub valid_to: Option<NaiveDate>,
}

/// Whoever held a role for the whole commune on a day, each once: a derived table for figures. Put it after FROM with an alias; `$1` is
/// the commune, `$2` the day. Column: id, the account.
pub const STAFF_ON: &str = "(SELECT DISTINCT g.account_id AS id FROM account_grant g WHERE g.commune_id = $1 \
                            AND g.place_kind = 'commune' AND g.valid_from <= $2 AND g.valid_to >= $2)";

/// Accounts of residents that were signed in to within the twelve months before a day: a derived table for figures, as [`STAFF_ON`].
/// A resident is who holds no other role on the day. `passkey`: there was a passkey by then.
pub const RESIDENTS_ON: &str = "(SELECT a.id AS id, NULL AS unit_id, (EXISTS (SELECT 1 FROM account_use u \
    WHERE u.commune_id = $1 AND u.account_id = a.id AND u.first_on <= $2 AND u.counts_until > $2)) AS in_use, \
    (EXISTS (SELECT 1 FROM passkey k WHERE k.commune_id = $1 AND k.account_id = a.id AND k.created_on <= $2 \
    AND (k.removed_on IS NULL OR k.removed_on > $2))) AS passkey FROM account a WHERE a.commune_id = $1 \
    AND NOT EXISTS (SELECT 1 FROM account_grant g WHERE g.commune_id = $1 AND g.account_id = a.id \
    AND g.role <> 'resident' AND g.valid_from <= $2 AND g.valid_to >= $2))";

const SELECT: &str = "SELECT id, account_id, role, place_kind, place_id, valid_from, valid_to FROM account_grant \
                      WHERE commune_id = ";

fn select(ctx: &Ctx) -> Sql {
    sql(SELECT).arg(ctx.commune)
}

/// All roles of an account, the ended ones too.
pub async fn grant_list(ctx: &Ctx, account: Uuid) -> Result<Vec<GrantRow>> {
    let these = select(ctx).push(" AND account_id = ").arg(account);
    these.push(" ORDER BY valid_to DESC, role, id").all(&ctx.app.db).await
}

/// The accounts that hold a role for a place on a day: whom to tell about a village.
pub async fn holders(ctx: &Ctx, role: &str, place: &Place, day: NaiveDate) -> Result<Vec<Uuid>> {
    sql("SELECT g.account_id FROM account_grant g JOIN account a ON a.commune_id = g.commune_id AND a.id = g.account_id \
         WHERE g.commune_id = $1 AND g.place_kind = $2 AND g.place_id = $3 AND g.role = $4 AND g.valid_from <= $5 \
         AND g.valid_to >= $5 AND a.state = 'active' ORDER BY a.sort_key, a.id")
        .bind(ctx.commune)
        .bind(place.kind.as_str())
        .bind(place.id)
        .bind(role)
        .bind(day)
        .column(&ctx.app.db)
        .await
}

/// The accounts that hold a role for any place of its kind on a day.
pub async fn holders_anywhere(ctx: &Ctx, role: &str, day: NaiveDate) -> Result<Vec<Uuid>> {
    sql("SELECT DISTINCT g.account_id, a.sort_key FROM account_grant g JOIN account a \
         ON a.commune_id = g.commune_id AND a.id = g.account_id WHERE g.commune_id = $1 AND g.role = $2 \
         AND g.valid_from <= $3 AND g.valid_to >= $3 AND a.state = 'active' ORDER BY a.sort_key, g.account_id")
    .bind(ctx.commune)
    .bind(role)
    .bind(day)
    .column(&ctx.app.db)
    .await
}

/// Everybody who holds a role for a place of a kind on a day, with the place.
pub async fn holders_with_places(ctx: &Ctx, role: &str, kind: &str, day: NaiveDate) -> Result<Vec<Holder>> {
    sql("SELECT g.place_id, g.account_id FROM account_grant g JOIN account a \
         ON a.commune_id = g.commune_id AND a.id = g.account_id WHERE g.commune_id = $1 AND g.role = $2 \
         AND g.place_kind = $3 AND g.valid_from <= $4 AND g.valid_to >= $4 AND a.state = 'active' \
         ORDER BY a.sort_key, a.id")
    .bind(ctx.commune)
    .bind(role)
    .bind(kind)
    .bind(day)
    .all(&ctx.app.db)
    .await
}

/// An account that holds a role for a place.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Holder {
    pub place_id: Uuid,
    pub account_id: Uuid,
}

/// The same for many places of one kind at once.
pub async fn holders_of_many(
    ctx: &Ctx,
    role: &str,
    kind: &str,
    places: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<Holder>> {
    let mut found = Vec::new();
    for some in places.chunks(500) {
        let these = sql("SELECT g.place_id, g.account_id FROM account_grant g JOIN account a \
                         ON a.commune_id = g.commune_id AND a.id = g.account_id WHERE g.commune_id = ")
        .arg(ctx.commune)
        .push(" AND g.place_kind = ")
        .arg(kind)
        .push(" AND g.place_id IN (")
        .args(some.iter().copied());
        let these = these.push(") AND g.role = ").arg(role).push(" AND g.valid_from <= ").arg(day);
        let these = these.push(" AND g.valid_to >= ").arg(day).push(" AND a.state = 'active' ");
        let rows: Vec<Holder> = these.push("ORDER BY a.sort_key, a.id").all(&ctx.app.db).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// What the policies are asked about: the roles in force on a day.
pub(crate) async fn in_force(
    ctx_commune: Uuid,
    on: &impl Run,
    account: Uuid,
    day: NaiveDate,
) -> Result<Vec<Grant>> {
    let rows: Vec<GrantRow> = sql(SELECT)
        .arg(ctx_commune)
        .push(" AND account_id = ")
        .arg(account)
        .push(" AND valid_from <= ")
        .arg(day)
        .push(" AND valid_to >= ")
        .arg(day)
        .all(on)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Grant { role: row.role, place: Place::new(&row.place_kind, row.place_id) })
        .collect())
}

/// Gives a role. The place must be of the role's kind; a village must exist on the first day. Whether an organisation
/// or person exists is for the area that owns it, which offers the form.
pub async fn grant_insert(ctx: &Ctx, tx: &Tx, new: NewGrant) -> Result<Uuid> {
    let role = role::find(&new.role).ok_or_else(|| Error::field("vai-tro", "error-choose"))?;
    if role.place_kind != new.place.kind || (role.place_kind == "commune" && new.place.id != ctx.commune) {
        return Err(Error::field("noi", "grant-wrong-place"));
    }
    if role.place_kind == "village" {
        let village = units::find_in(ctx, tx, new.place.id)
            .await
            .map_err(|_| Error::field("noi", "grant-wrong-place"))?;
        if village.kind != units::Kind::Village {
            return Err(Error::field("noi", "grant-wrong-place"));
        }
    }
    let last = new.valid_to.unwrap_or_else(clock::forever);
    if last < new.valid_from {
        return Err(Error::field("den-ngay", "grant-ends-before"));
    }
    account_store::find_on(ctx, tx, new.account_id).await?;
    let id = ctx.new_id();
    insert(ctx, tx, id, &new, last).await?;
    crate::account_forget_after(ctx, tx, new.account_id);
    let told = json!({ "account": new.account_id, "role": new.role, "place": new.place });
    events::publish(ctx, tx, "identity.grant.created", told).await?;
    let detail = json!({ "account": new.account_id, "role": new.role, "place": new.place, "from": new.valid_from, "to": last });
    audit::record(ctx, tx, Entry { action: "grant.insert", kind: "grant", id, detail }).await?;
    Ok(id)
}

async fn insert(ctx: &Ctx, tx: &Tx, id: Uuid, new: &NewGrant, last: NaiveDate) -> Result<()> {
    sql("INSERT INTO account_grant (commune_id, id, account_id, role, place_kind, place_id, valid_from, valid_to, \
         granted_by, granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(ctx.commune)
        .bind(id)
        .bind(new.account_id)
        .bind(new.role.as_str())
        .bind(new.place.kind.as_str())
        .bind(new.place.id)
        .bind(new.valid_from)
        .bind(last)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// Takes a role back: yesterday was its last day. A role that never began is taken out.
pub async fn grant_end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let row: GrantRow = select(ctx).push(" AND id = ").arg(id).one(tx).await?;
    keep_an_admin(ctx, tx, row.account_id, Some(id)).await?;
    let last = ctx.today().pred_opt().unwrap_or(ctx.today());
    let statement = if row.valid_from > last {
        sql("DELETE FROM account_grant WHERE commune_id = ").arg(ctx.commune).push(" AND id = ").arg(id)
    } else {
        let start = sql("UPDATE account_grant SET valid_to = ")
            .arg(last)
            .push(" WHERE commune_id = ")
            .arg(ctx.commune);
        start.push(" AND id = ").arg(id)
    };
    statement.run(tx).await?;
    crate::account_forget_after(ctx, tx, row.account_id);
    let detail = json!({ "account": row.account_id, "role": row.role });
    audit::record(ctx, tx, Entry { action: "grant.end", kind: "grant", id, detail }).await
}

/// Refuses what would leave the commune without an active administrator: locking `account`, or ending its grant `only`.
pub(crate) async fn keep_an_admin(ctx: &Ctx, tx: &Tx, account: Uuid, only: Option<Uuid>) -> Result<()> {
    let today = ctx.today();
    let rows: Vec<GrantRow> =
        sql("SELECT g.id, g.account_id, g.role, g.place_kind, g.place_id, g.valid_from, g.valid_to \
         FROM account_grant g JOIN account a ON a.commune_id = g.commune_id AND a.id = g.account_id \
         WHERE g.commune_id = $1 AND g.role = 'admin' AND a.state = 'active'")
        .bind(ctx.commune)
        .all(tx)
        .await?;
    let in_force: Vec<&GrantRow> = rows.iter().filter(|row| row.on(today)).collect();
    let goes = |row: &&&GrantRow| row.account_id == account && only.is_none_or(|id| row.id == id);
    let going = in_force.iter().filter(goes).count();
    if going > 0 && going == in_force.len() { Err(Error::invalid("grant-last-admin")) } else { Ok(()) }
}

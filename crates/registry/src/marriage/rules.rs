//! A marriage is recorded once, nobody has two at a time, and a divorce or a death ends it.

use super::model::{Ended, Marriage, NewMarriage, Side};
use super::{standing, store};
use crate::person::{self, Person, Sex, State};
use crate::version::not_in_future;
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, events, said};
use serde_json::json;

const NAME_MAX: usize = 100;
const NUMBER_MAX: usize = 50;

/// Records a marriage; who is of the registry must be inside the scope.
///
/// # Errors
/// At `chong` and `vo`: of the wrong sex, gone, married already; at `ngay-ket-hon` and `so-giay`.
pub async fn insert(ctx: &Ctx, tx: &Tx, new: &NewMarriage) -> Result<Uuid> {
    if new.on_date > ctx.today() {
        return Err(Error::field("ngay-ket-hon", "registry-date-in-future"));
    }
    let (husband_id, husband_name) = side(ctx, tx, new, "chong").await?;
    let (wife_id, wife_name) = side(ctx, tx, new, "vo").await?;
    if husband_id.is_none() && wife_id.is_none() {
        return Err(Error::field("chong", "registry-marriage-nobody"));
    }
    let one = Marriage {
        id: ctx.new_id(),
        husband_id,
        husband_name,
        wife_id,
        wife_name,
        on_date: new.on_date,
        act_number: short("so-giay", &new.act_number, NUMBER_MAX)?,
        ended_on: None,
        ended_reason: None,
        source: new.source.clone(),
        ended_source: String::new(),
    };
    store::insert(ctx, tx, &one).await?;
    let detail = json!({ "husband": husband_id, "wife": wife_id, "on": one.on_date });
    events::publish(
        ctx,
        tx,
        "registry.person.married",
        json!({ "id": one.id, "husband": husband_id, "wife": wife_id }),
    )
    .await?;
    audit::record(ctx, tx, Entry { action: "marriage.insert", kind: "marriage", id: one.id, detail }).await?;
    Ok(one.id)
}

async fn side(ctx: &Ctx, tx: &Tx, new: &NewMarriage, field: &'static str) -> Result<(Option<Uuid>, String)> {
    let (side, sex) = if field == "chong" { (&new.husband, Sex::Male) } else { (&new.wife, Sex::Female) };
    match side {
        Side::Elsewhere(name) => {
            let name = short(field, name, NAME_MAX)?;
            if name.is_empty() {
                Err(Error::field(field, "registry-marriage-name"))
            } else {
                Ok((None, name))
            }
        }
        Side::Here(id) => {
            let person = person::find_in(ctx, tx, &ctx.scope, *id).await?;
            free(ctx, tx, &person, sex, new.on_date, field).await?;
            Ok((Some(*id), person.facts.full_name))
        }
    }
}

fn short(field: &'static str, text: &str, limit: usize) -> Result<String> {
    let text = vntext::clean(text);
    said::short(field, &text, limit)?;
    Ok(text)
}

/// Whether a person could marry on a day, by what the registry knows.
async fn free(
    ctx: &Ctx,
    tx: &Tx,
    person: &Person,
    sex: Sex,
    on: NaiveDate,
    field: &'static str,
) -> Result<()> {
    if person.state != State::Present {
        return Err(Error::field(field, "registry-person-not-present"));
    }
    if person.facts.sex != sex {
        return Err(Error::field(field, "registry-marriage-sex"));
    }
    if on < person.facts.birth_date {
        return Err(Error::field("ngay-ket-hon", "registry-date-before-birth"));
    }
    let others = store::of_person(ctx, tx, person.id).await?;
    let Some(other) = others.iter().find(|one| one.ended_on.is_none_or(|end| end > on)) else {
        return Ok(());
    };
    let message = match other.ended_on {
        None => Message::new("registry-marriage-stands"),
        Some(end) => Message::new("registry-marriage-overlaps").with("end", vntext::date(end)),
    };
    let message = message
        .with("name", person.facts.full_name.as_str())
        .with("spouse", other.spouse_of(person.id).1)
        .with("day", vntext::date(other.on_date));
    Err(Error::field(field, message))
}

/// The marriage of a person inside the scope.
pub(super) async fn find(ctx: &Ctx, tx: &Tx, person: Uuid, id: Uuid) -> Result<Marriage> {
    person::find_in(ctx, tx, &ctx.scope, person).await?;
    let all = store::of_person(ctx, tx, person).await?;
    all.into_iter().find(|one| one.id == id).ok_or_else(Error::not_found)
}

/// A divorce, or the death of somebody who lived elsewhere. `person` is the one of the two who is inside the scope.
///
/// # Errors
/// At `tu-ngay` for an impossible day; `Conflict` when it has ended already.
pub async fn end(
    ctx: &Ctx,
    tx: &Tx,
    person: Uuid,
    id: Uuid,
    reason: Ended,
    on: NaiveDate,
    source: &str,
) -> Result<()> {
    let one = find(ctx, tx, person, id).await?;
    not_in_future(ctx, on)?;
    if on < one.on_date {
        return Err(Error::field("tu-ngay", "registry-marriage-end-before"));
    }
    if store::end(ctx, tx, id, on, reason, source).await? == 0 {
        return Err(Error::conflict("registry-marriage-over"));
    }
    let detail = json!({ "husband": one.husband_id, "wife": one.wife_id, "on": on, "reason": reason.code() });
    audit::record(ctx, tx, Entry { action: "marriage.end", kind: "marriage", id, detail }).await
}

/// It was recorded by mistake: the row goes, the record of it stays.
pub async fn remove(ctx: &Ctx, tx: &Tx, person: Uuid, id: Uuid) -> Result<()> {
    let one = find(ctx, tx, person, id).await?;
    store::delete(ctx, tx, id).await?;
    let detail = json!({ "husband": one.husband_id, "wife": one.wife_id, "on": one.on_date });
    audit::record(ctx, tx, Entry { action: "marriage.delete", kind: "marriage", id, detail }).await
}

/// Death ends what stands.
pub(crate) async fn died(ctx: &Ctx, tx: &Tx, person: Uuid, on: NaiveDate) -> Result<()> {
    store::end_by_death(ctx, tx, person, on).await
}

/// Two rows of one person cannot bring two standing marriages together.
///
/// # Errors
/// At `giu-lai`.
pub(crate) async fn not_both(ctx: &Ctx, tx: &Tx, kept: Uuid, dropped: Uuid) -> Result<()> {
    let both = standing(ctx, tx, kept).await?.is_some() && standing(ctx, tx, dropped).await?.is_some();
    if both { Err(Error::field("giu-lai", "registry-merge-married")) } else { Ok(()) }
}

//! Making a person nameless. Counts of past days stay right: sex, birth year, people, places and days are kept; names,
//! numbers and free texts go, from the versions and every copy too.

use crate::person::{self, Person, State};
use crate::{code, duplicate};
use audit::Entry;
use chrono::{Datelike, Months, NaiveDate};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, events, search, sql};
use serde_json::json;

/// What stands in the place of a name.
const NAMELESS: &str = "(đã xóa)";

/// Erases the personal data of somebody who has died or left.
///
/// # Errors
/// `Invalid` while the law asks for keeping: for residents, and for some years after.
pub async fn erase(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, reason: &str) -> Result<()> {
    let person = person::find_in(ctx, tx, &ctx.scope, id).await?;
    if person.revision != revision {
        return Err(person::changed_meanwhile());
    }
    allowed(ctx, &person)?;
    let mut ids = duplicate::dropped_for(ctx, tx, id).await?;
    ids.push(id);
    for id in &ids {
        facts(ctx, tx, *id, person.facts.birth_date).await?;
        texts(ctx, tx, *id).await?;
        code::retire(ctx, tx, *id).await?;
    }
    search::remove(ctx, tx, &ids).await?;
    events::publish(ctx, tx, "registry.person.erased", json!({ "id": id, "rows": ids })).await?;
    let reason = audit::keyed_hash(ctx, reason)?;
    let detail = json!({ "rows": ids, "reason_hash": reason });
    audit::record(ctx, tx, Entry { action: "personal.erase", kind: "person", id, detail }).await
}

fn allowed(ctx: &Ctx, person: &Person) -> Result<()> {
    let gone = match person.state {
        State::Died | State::Left => person.died_on.or(person.left_on),
        State::Present => return Err(Error::invalid("registry-erase-present")),
        State::Merged | State::Erased => return Err(Error::invalid("registry-erase-not-a-row")),
    };
    let years = super::load(ctx)?.keep_years;
    let until = gone.and_then(|day| day.checked_add_months(Months::new(12 * years)));
    match until.filter(|until| ctx.today() < *until) {
        Some(until) => {
            Err(Error::invalid(Message::new("registry-erase-kept").with("day", vntext::date(until))))
        }
        None => Ok(()),
    }
}

/// The row and its versions: `state` too, so that nobody takes it for a person again.
async fn facts(ctx: &Ctx, tx: &Tx, id: Uuid, birth: NaiveDate) -> Result<()> {
    let year = NaiveDate::from_ymd_opt(birth.year(), 1, 1).unwrap_or(birth);
    let blank = "full_name = $3, birth_date = $4, birth_precision = 'year', personal_no = NULL, previous_no = NULL, \
                 tax_no = NULL, religion = NULL, phone = NULL, insurance_no = NULL, occupation = '', disability = NULL, \
                 meritorious = NULL";
    let run =
        async |text: String| sql(text).bind(ctx.commune).bind(id).bind(NAMELESS).bind(year).run(tx).await;
    run(format!("UPDATE person SET {blank}, name_folded = '', sort_key = '', state = 'erased', revision = revision + 1 \
                 WHERE commune_id = $1 AND id = $2")).await?;
    run(format!("UPDATE person_version SET {blank}, source = '' WHERE commune_id = $1 AND id = $2")).await?;
    Ok(())
}

/// Free texts and copies in other tables.
async fn texts(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    for text in [
        "UPDATE membership_version SET source = '' WHERE commune_id = $1 AND id = $2",
        "UPDATE life_event SET note = '', source = '' WHERE commune_id = $1 AND person_id = $2",
        "UPDATE consent SET evidence = '' WHERE commune_id = $1 AND person_id = $2",
        "UPDATE person_skill SET evidence = '' WHERE commune_id = $1 AND person_id = $2",
        "UPDATE import_row SET raw = '{}', problems = '[]' WHERE commune_id = $1 AND person_id = $2",
        "UPDATE change_proposal SET diff = '{}', reason = '', answer = '', before = NULL WHERE commune_id = $1 AND object_id = $2",
        "UPDATE change_proposal SET before = NULL WHERE commune_id = $1 AND object_id IN \
         (SELECT household_id FROM membership_version WHERE commune_id = $1 AND id = $2)",
        "UPDATE merge_log SET before = '{}' WHERE commune_id = $1 AND kept_id = $2",
        "UPDATE merge_log SET before = '{}' WHERE commune_id = $1 AND dropped_id = $2",
        "UPDATE organisation SET representative = '', representative_id = NULL WHERE commune_id = $1 AND representative_id = $2",
        "UPDATE organisation_version SET representative = '', representative_id = NULL WHERE commune_id = $1 AND representative_id = $2",
        "UPDATE team_member SET name = '', person_id = NULL WHERE commune_id = $1 AND person_id = $2",
        "UPDATE marriage SET husband_name = '', act_number = '', source = '', ended_source = '' \
         WHERE commune_id = $1 AND husband_id = $2",
        "UPDATE marriage SET wife_name = '', act_number = '', source = '', ended_source = '' \
         WHERE commune_id = $1 AND wife_id = $2",
        "DELETE FROM duplicate_candidate WHERE commune_id = $1 AND first_id = $2",
        "DELETE FROM duplicate_candidate WHERE commune_id = $1 AND second_id = $2",
    ] {
        sql(text).bind(ctx.commune).bind(id).run(tx).await?;
    }
    Ok(())
}

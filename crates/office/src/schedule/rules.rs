//! Keeping the leaders' week and publishing it.

use super::model::{Entry, monday};
use super::store;
use crate::secrecy;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use platform::{Ctx, Error, Result, Tx, Uuid, clock, said};
use serde_json::json;

const WHAT_MAX: usize = 500;
const LINE_MAX: usize = 300;

/// What somebody typed.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    pub day: Option<NaiveDate>,
    /// `HH:MM`
    pub from: String,
    pub until: String,
    pub what: String,
    pub place: String,
    pub chair: String,
    pub attendees: String,
}

/// Puts an entry in, or changes the one of `id` and `revision`.
///
/// # Errors
/// At the field what is missing or wrong; `Conflict` when somebody else changed it.
pub(crate) async fn keep(ctx: &Ctx, tx: &Tx, id: Option<(Uuid, i64)>, sent: &Typed) -> Result<Entry> {
    let what = said::needed("noi-dung", &sent.what, "office-schedule-what-empty", WHAT_MAX)?;
    secrecy::refuse_marked(ctx, "noi-dung", "", &what)?;
    for (field, text) in
        [("dia-diem", &sent.place), ("chu-tri", &sent.chair), ("thanh-phan", &sent.attendees)]
    {
        said::short(field, text, LINE_MAX)?;
    }
    let day = sent.day.ok_or_else(|| Error::field("ngay", "error-date"))?;
    let starts_at = moment("gio", day, &sent.from)?;
    let ends_at =
        if sent.until.trim().is_empty() { None } else { Some(moment("den-gio", day, &sent.until)?) };
    if ends_at.is_some_and(|end| end <= starts_at) {
        return Err(Error::field("den-gio", "office-schedule-until-early"));
    }
    let entry = Entry {
        id: id.map_or_else(|| ctx.new_id(), |(id, _)| id),
        starts_at,
        ends_at,
        what,
        place: sent.place.trim().to_owned(),
        chair: sent.chair.trim().to_owned(),
        attendees: sent.attendees.trim().to_owned(),
        changed_at: ctx.now,
        cancelled_at: None,
        revision: id.map_or(1, |(_, revision)| revision),
    };
    if id.is_some() {
        store::find(ctx, tx, entry.id).await?;
        if !store::update(ctx, tx, &entry).await? {
            return Err(Error::conflict("office-moved-on"));
        }
    } else {
        store::insert(ctx, tx, &entry).await?;
    }
    recorded(ctx, tx, "schedule.keep", entry.id).await?;
    Ok(entry)
}

fn moment(field: &'static str, day: NaiveDate, text: &str) -> Result<DateTime<Utc>> {
    let text = text.trim().replace(['h', 'H'], ":");
    let text = if text.ends_with(':') { format!("{text}00") } else { text };
    let time =
        NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| Error::field(field, "office-schedule-time"))?;
    let local = clock::vietnam().from_local_datetime(&day.and_time(time)).single();
    Ok(local.ok_or_else(|| Error::field(field, "office-schedule-time"))?.to_utc())
}

/// Calls an entry off, or puts it back.
pub(crate) async fn cancel(ctx: &Ctx, tx: &Tx, id: Uuid, off: bool) -> Result<Entry> {
    let entry = store::find(ctx, tx, id).await?;
    store::write_cancelled(ctx, tx, id, off.then_some(ctx.now)).await?;
    recorded(ctx, tx, if off { "schedule.cancel" } else { "schedule.restore" }, id).await?;
    Ok(entry)
}

/// Lets everybody read the week of a day.
pub(crate) async fn publish(ctx: &Ctx, tx: &Tx, day: NaiveDate) -> Result<()> {
    store::publish(ctx, tx, monday(day)).await?;
    let detail = json!({ "monday": monday(day).to_string() });
    let entry = audit::Entry { action: "schedule.publish", kind: "schedule", id: ctx.commune, detail };
    audit::record(ctx, tx, entry).await
}

async fn recorded(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid) -> Result<()> {
    audit::record(ctx, tx, audit::Entry { action, kind: "schedule", id, detail: json!({}) }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        let day = "2026-03-10".parse().unwrap();
        for text in ["7:30", "07:30", "7h30", " 7H30 "] {
            assert_eq!(moment("gio", day, text).unwrap().to_rfc3339(), "2026-03-10T00:30:00+00:00", "{text}");
        }
        assert_eq!(moment("gio", day, "14h").unwrap().to_rfc3339(), "2026-03-10T07:00:00+00:00");
        for text in ["", "25:00", "sáng", "7.30"] {
            assert!(moment("gio", day, text).is_err(), "{text}");
        }
    }
}

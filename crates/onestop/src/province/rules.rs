//! Taking a file in, saying what its columns mean, taking over what differs: one transaction each.

use super::compare::{Differs, Ground};
use super::headings::{self, Headings, REQUIRED};
use super::model::{Counts, Fate, Line, Plan, Row, Take, day_over};
use super::{read, store};
use crate::dossier::{self, Filing, Told};
use crate::form::model::Answers;
use crate::procedure::model::Channel;
use crate::procedure::pin;
use audit::Entry;
use chrono::{DateTime, NaiveDate, Utc};
use platform::files::{self, Prepared};
use platform::{Ctx, Error, Kind, Result, Run, Tx, Uuid, clock};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// A file that was read, before it is kept.
pub(super) struct Opened {
    file: Prepared,
    plan: Plan,
    rows: Vec<Row>,
    day: Option<NaiveDate>,
}

/// Reads an upload; `known` finds what a person said of its headings before.
///
/// # Errors
/// At `tep`, when it is no table of dossiers, whatever its name says.
pub(super) async fn open(ctx: &Ctx, name: &str, bytes: Vec<u8>) -> Result<Opened> {
    let headings = Headings::load(ctx)?;
    let (mut plan, day) = read::propose(&bytes, &headings)?;
    let said = store::fields(ctx, &ctx.app.db, &headings::name(&plan.mapping)).await?;
    let mut rows = Vec::new();
    if let Some(said) = said {
        let columns: Vec<(u16, String)> =
            plan.mapping.columns.iter().map(|one| (one.column, one.heading.clone())).collect();
        for (column, heading) in columns {
            plan.mapping.assign(column, said.get(&heading).map(String::as_str));
        }
        rows = read::rows(&bytes, &headings, &plan)?;
    }
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(120).collect();
    let file = Prepared { name, media_type: read::media_type(&bytes), bytes, size: None };
    Ok(Opened { file, plan, rows, day })
}

/// Keeps the file. Where the headings are known it is compared at once.
pub(super) async fn upload(ctx: &Ctx, tx: &Tx, opened: Opened) -> Result<Take> {
    let id = ctx.new_id();
    let file_id = files::keep(ctx, tx, &opened.file, "province_take", id).await?;
    let digest = files::find(ctx, tx, file_id).await?.digest;
    // The same bytes tell of the same moment, whenever they come.
    let as_of = match store::same_file(ctx, tx, &digest).await? {
        Some(first) => first.as_of,
        None => opened.day.map_or(ctx.now, |day| day_over(day).min(ctx.now)),
    };
    let mut take = Take {
        id,
        file_id,
        file_name: opened.file.name,
        digest,
        plan: opened.plan,
        mapped: !opened.rows.is_empty(),
        as_of,
        counts: Counts::default(),
        applied: 0,
        account_id: ctx.account_or_none(),
        uploaded_at: ctx.now,
    };
    if take.mapped {
        take.counts = Counts::of(&lines(ctx, tx, &take, opened.rows).await?);
    }
    store::insert(ctx, tx, &take).await?;
    let detail = json!({ "digest": take.digest, "mapped": take.mapped });
    audit::record(ctx, tx, Entry { action: "province.upload", kind: "province_take", id, detail }).await?;
    Ok(take)
}

/// The bytes of a file that was kept.
pub(super) async fn bytes(ctx: &Ctx, take: &Take) -> Result<Vec<u8>> {
    let file = files::find(ctx, &ctx.app.db, take.file_id).await?;
    files::read(ctx, &file).await
}

/// The rows of a file, as its columns are understood.
pub(super) async fn rows(ctx: &Ctx, take: &Take) -> Result<Vec<Row>> {
    read::rows(&bytes(ctx, take).await?, &*Headings::load(ctx)?, &take.plan)
}

/// Every row beside what stands here now.
pub(super) async fn lines(ctx: &Ctx, on: &impl Run, take: &Take, rows: Vec<Row>) -> Result<Vec<Line>> {
    let ground = Ground::load(ctx, on, &rows).await?;
    Ok(rows.into_iter().map(|row| ground.line(take, row)).collect())
}

/// What a person says of the columns.
pub(super) struct Said {
    pub columns: Vec<(u16, Option<String>)>,
    pub as_of: Option<NaiveDate>,
}

/// Takes what was said and compares.
///
/// # Errors
/// At the column or the day.
pub(super) async fn map(ctx: &Ctx, tx: &Tx, mut take: Take, bytes: &[u8], said: &Said) -> Result<Take> {
    let all = Headings::load(ctx)?;
    let mut used: HashSet<&str> = HashSet::new();
    for (column, field) in &said.columns {
        let field = field.as_deref();
        if let Some(key) = field
            && (!all.keys().any(|known| known == key) || !used.insert(key))
        {
            return Err(Error::field(format!("cot-{column}"), "onestop-province-column-twice"));
        }
        take.plan.mapping.assign(*column, field);
    }
    if REQUIRED.iter().any(|key| take.plan.mapping.columns_of(key).next().is_none()) {
        return Err(Error::invalid("onestop-province-column-missing"));
    }
    let day = said.as_of.ok_or_else(|| Error::field("tinh-den", "error-date"))?;
    if day > ctx.today() {
        return Err(Error::field("tinh-den", "onestop-province-future"));
    }
    if day != clock::local_date(take.as_of) {
        take.as_of = day_over(day).min(take.uploaded_at);
    }
    take.mapped = true;
    let rows = read::rows(bytes, &all, &take.plan)?;
    take.counts = Counts::of(&lines(ctx, tx, &take, rows).await?);
    store::update(ctx, tx, &take).await?;
    let columns = take.plan.mapping.columns.iter();
    let fields: HashMap<String, String> =
        columns.filter_map(|one| Some((one.heading.clone(), one.field.clone()?))).collect();
    store::keep_fields(ctx, tx, &headings::name(&take.plan.mapping), &fields).await?;
    let detail = json!({ "fields": fields, "as_of": take.as_of });
    let entry = Entry { action: "province.map", kind: "province_take", id: take.id, detail };
    audit::record(ctx, tx, entry).await?;
    Ok(take)
}

/// What was taken over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Applied {
    pub new: usize,
    pub changed: usize,
    /// Ticked, but it moved on meanwhile or is registered otherwise.
    pub left: usize,
}

/// Takes over the rows that were ticked, as far as they still stand as they were shown.
pub(super) async fn apply(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    rows: Vec<Row>,
    tickets: &HashSet<String>,
) -> Result<Applied> {
    let mut take = store::find(ctx, tx, id).await?;
    let ground = Ground::load(ctx, tx, &rows).await?;
    let mut applied = Applied::default();
    for row in rows {
        let line = ground.line(&take, row);
        if !line.is_open() || !tickets.contains(&line.ticket()) {
            continue;
        }
        let done = match &line.ours {
            None => take_in(ctx, tx, &ground, &line).await.map(|one| (one, Fate::New)),
            Some(ours) => {
                let told = told(ctx, &ground, &line);
                dossier::catch_up(ctx, tx, ours.id, ours.revision, &told)
                    .await
                    .map(|one| (one.id, Fate::Changed))
            }
        };
        let (dossier, fate) = match done {
            Ok(done) => done,
            // Registered by another dossier: the others go on.
            Err(error) if error.is(Kind::Conflict) => continue,
            Err(error) => return Err(error),
        };
        store::keep_known(ctx, tx, id, dossier, &line).await?;
        *(if fate == Fate::New { &mut applied.new } else { &mut applied.changed }) += 1;
    }
    applied.left = tickets.len().saturating_sub(applied.new + applied.changed);
    take.applied += i64::try_from(applied.new + applied.changed).unwrap_or(0);
    store::update(ctx, tx, &take).await?;
    let detail = json!({ "new": applied.new, "changed": applied.changed, "left": applied.left });
    audit::record(ctx, tx, Entry { action: "province.apply", kind: "province_take", id, detail }).await?;
    Ok(applied)
}

/// A dossier that is new here.
async fn take_in(ctx: &Ctx, tx: &Tx, ground: &Ground, line: &Line) -> Result<Uuid> {
    let in_force = ground.catalogue.get(&line.procedure)?;
    pin(ctx, tx, in_force).await?;
    let person = match line.row.person_number.as_str() {
        number if number.len() == 12 => registry::person::by_number(ctx, number).await?.map(|one| one.id),
        _ => None,
    };
    let filing = Filing {
        id: ctx.new_id(),
        procedure: in_force.procedure.clone(),
        digest: in_force.digest.clone(),
        channel: Channel::ProvincialSystem,
        answers: answers(&line.row),
        person,
        filed_by: None,
    };
    Ok(dossier::take_over(ctx, tx, filing, &line.row.code, &told(ctx, ground, line)).await?.id)
}

fn answers(row: &Row) -> Answers {
    let all = [
        ("applicant_name", &row.applicant),
        ("applicant_number", &row.person_number),
        ("applicant_phone", &row.phone),
        ("applicant_address", &row.address),
        ("request", &row.request),
    ];
    let filled = all.into_iter().filter(|(_, text)| !text.is_empty());
    filled.map(|(key, text)| (key.to_owned(), Value::String(text.clone()))).collect()
}

fn told(ctx: &Ctx, ground: &Ground, line: &Line) -> Told {
    let status = line.row.status.unwrap_or(dossier::Status::New);
    let moment = |when: Option<super::model::When>| -> Option<DateTime<Utc>> {
        when.map(|when| when.at(clock::start_of_day).min(line.at))
    };
    Told {
        status,
        due: line.due,
        holder: ground.office.holder(&line.row.receiver),
        received: moment(line.row.received),
        ended: moment(line.row.ended),
        at: line.at,
        note: note(ctx, line, status),
    }
}

/// "Đang xử lý → Đã xử lý xong; hẹn trả 10/03/2026 17:00". No names: the applicant reads it too.
fn note(ctx: &Ctx, line: &Line, status: dossier::Status) -> String {
    let t = ctx.t();
    let word = |status: dossier::Status| t.t(status.text_key());
    let mut note = match &line.ours {
        Some(ours) if ours.status != status => format!("{} → {}", word(ours.status), word(status)),
        _ => word(status),
    };
    let due = line.ours.is_none() || line.differs().contains(&Differs::Due);
    if let Some(moment) = line.due.filter(|_| due) {
        note = format!("{note}; {}", t.s("onestop-due-on", "day", &t.moment(moment)));
    }
    note
}

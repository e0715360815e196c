//! Each row of a file beside what stands here.

use super::model::{Fate, Known, Line, Row, Take, When, day_over};
use super::read::national;
use super::store;
use crate::dossier::{self, DeskRules, Dossier, Status};
use crate::procedure::model::StepRole;
use crate::procedure::{Catalogue, catalogue};
use chrono::{DateTime, Duration, Utc};
use platform::access::Place;
use platform::{Ctx, Message, Result, Run, Uuid, clock};
use std::collections::HashMap;
use std::sync::Arc;

/// Codes in one question.
const AT_ONCE: usize = 500;

/// Whose names are known.
pub(super) struct Office {
    names: HashMap<Uuid, String>,
    /// Folded name; `None` where two have it.
    by_name: HashMap<String, Option<Uuid>>,
}

impl Office {
    async fn load(ctx: &Ctx) -> Result<Office> {
        let mut ids = Vec::new();
        for role in StepRole::ALL.iter().flat_map(|role| role.accounts()) {
            let place = Place::new("commune", ctx.commune);
            ids.extend(identity::holders(ctx, role, &place, ctx.today()).await?);
        }
        ids.sort_unstable();
        ids.dedup();
        let names = identity::account_names(ctx, &ids).await?;
        let mut by_name: HashMap<String, Option<Uuid>> = HashMap::new();
        for (id, name) in &names {
            by_name.entry(vntext::fold(name)).and_modify(|twice| *twice = None).or_insert(Some(*id));
        }
        Ok(Office { names, by_name })
    }

    pub fn holder(&self, name: &str) -> Option<Uuid> {
        self.by_name.get(&vntext::fold(name)).copied().flatten()
    }
}

/// What rows are compared with.
pub(super) struct Ground {
    pub office: Office,
    pub desk: DeskRules,
    pub catalogue: Arc<Catalogue>,
    ours: HashMap<Uuid, Dossier>,
    by_code: HashMap<String, Uuid>,
    known: HashMap<String, Known>,
    moved: HashMap<Uuid, DateTime<Utc>>,
}

impl Ground {
    pub async fn load(ctx: &Ctx, on: &impl Run, rows: &[Row]) -> Result<Ground> {
        let mut ground = Ground {
            office: Office::load(ctx).await?,
            desk: DeskRules::load(ctx)?,
            catalogue: catalogue(ctx).await?,
            ours: HashMap::new(),
            by_code: HashMap::new(),
            known: HashMap::new(),
            moved: HashMap::new(),
        };
        for some in rows.chunks(AT_ONCE) {
            let codes: Vec<&str> = some.iter().map(|row| row.code.as_str()).collect();
            let known = store::known(ctx, on, &codes).await?;
            let linked: Vec<Uuid> = known.iter().map(|one| one.dossier_id).collect();
            let mut found = dossier::by_ids(ctx, on, &linked).await?;
            found.extend(dossier::by_codes(ctx, on, &codes).await?);
            let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
            ground.moved.extend(dossier::moved(ctx, on, &ids).await?);
            ground.by_code.extend(found.iter().map(|one| (one.code.clone(), one.id)));
            ground.by_code.extend(known.iter().map(|one| (one.code.clone(), one.dossier_id)));
            ground.known.extend(known.into_iter().map(|one| (one.code.clone(), one)));
            ground.ours.extend(found.into_iter().map(|one| (one.id, one)));
        }
        let holders: Vec<Uuid> = ground.ours.values().filter_map(|one| one.holder_id).collect();
        ground.office.names.extend(identity::account_names(ctx, &holders).await?);
        Ok(ground)
    }

    /// When a row is of: its own moment, or that of the file.
    fn at(&self, take: &Take, row: &Row) -> DateTime<Utc> {
        let own = row.updated.map(|when| when.at(day_over));
        own.map_or(take.as_of, |own| own.min(take.uploaded_at))
    }

    /// A promised day is over when the office closes.
    fn due(&self, when: When) -> DateTime<Utc> {
        when.at(|day| self.desk.closes_on(day).unwrap_or(clock::start_of_day(day) + Duration::hours(17)))
    }

    pub fn line(&self, take: &Take, row: Row) -> Line {
        let ours = self.by_code.get(&row.code).and_then(|id| self.ours.get(id)).cloned();
        let known = self.known.get(&row.code);
        let held = ours.as_ref().and_then(|one| self.office.names.get(&one.holder_id?)).cloned();
        let our_receiver = held.or_else(|| known.map(|one| one.receiver.clone())).unwrap_or_default();
        let mut line = Line {
            fate: Fate::Wrong,
            at: self.at(take, &row),
            due: row.due.map(|when| self.due(when)),
            procedure: String::new(),
            ours,
            our_receiver,
            row,
        };
        if line.row.wrong.is_empty() {
            match self.judge(&line, known) {
                Ok((fate, procedure)) => {
                    line.fate = fate;
                    line.procedure = procedure;
                }
                Err(why) => line.row.wrong.push(why),
            }
        }
        line
    }

    fn judge(&self, line: &Line, known: Option<&Known>) -> Result<(Fate, String), Message> {
        let procedure = self.procedure(&line.row);
        let Some(ours) = &line.ours else {
            let procedure = procedure?;
            if line.row.applicant.is_empty() {
                return Err("onestop-province-no-applicant".into());
            }
            return Ok((Fate::New, procedure));
        };
        if procedure.as_ref().is_ok_and(|theirs| *theirs != ours.procedure_code) {
            return Err(
                Message::new("onestop-province-other-procedure").with("code", ours.procedure_code.as_str())
            );
        }
        if line.differs().is_empty() {
            return Ok((Fate::Same, String::new()));
        }
        let newer = line.is_news(known)
            && known.is_none_or(|one| line.at > one.told_at)
            && self.moved.get(&ours.id).is_none_or(|moved| line.at > *moved)
            && (line.row.updated.is_some() || line.row.status.map(rank) >= Some(rank(ours.status)));
        Ok((if newer { Fate::Changed } else { Fate::Older }, String::new()))
    }

    /// The procedure of a row, by its national code, our own code, or its name.
    fn procedure(&self, row: &Row) -> Result<String, Message> {
        let named = if row.procedure.is_empty() { &row.procedure_name } else { &row.procedure };
        let all = &self.catalogue.all;
        let found = national(named).and_then(|code| all.get(code)).or_else(|| all.get(named.as_str()));
        let name = vntext::fold(&row.procedure_name);
        let name = name.strip_prefix("thu tuc ").unwrap_or(&name);
        let by_name =
            || all.values().find(|one| vntext::fold(one.procedure.name.of(platform::Lang::Vi)) == name);
        let found = match found {
            None if row.procedure.is_empty() && !name.is_empty() => by_name(),
            found => found,
        };
        match found {
            None => Err(Message::new("onestop-province-unknown-procedure").with("text", named.as_str())),
            Some(one) if !one.procedure.has_dossiers() => {
                Err(Message::new("onestop-province-no-dossiers").with("text", one.procedure.code.as_str()))
            }
            Some(one) => Ok(one.procedure.code.clone()),
        }
    }
}

/// How far a dossier has come: without a moment of its own a row never turns one back.
fn rank(status: Status) -> u8 {
    match status {
        Status::New => 0,
        Status::Received => 1,
        Status::Processing | Status::Supplement | Status::Payment => 2,
        Status::NotReceived | Status::Withdrawn | Status::Stopped | Status::Processed => 3,
        Status::Returned => 4,
    }
}

/// What may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Differs {
    Status,
    Due,
    Receiver,
}

impl Line {
    /// What the file says otherwise than we do; what it does not say does not differ.
    pub fn differs(&self) -> Vec<Differs> {
        let Some(ours) = &self.ours else { return Vec::new() };
        let mut found = Vec::new();
        if self.row.status.is_some_and(|status| status != ours.status) {
            found.push(Differs::Status);
        }
        if !self.same_due(ours.due_at) {
            found.push(Differs::Due);
        }
        if !self.same_receiver(&self.our_receiver) {
            found.push(Differs::Receiver);
        }
        found
    }

    fn same_due(&self, other: Option<DateTime<Utc>>) -> bool {
        let (Some(when), Some(due)) = (self.row.due, self.due) else { return true };
        match other {
            None => false,
            Some(other) if when.time.is_none() => clock::local_date(other) == when.day,
            Some(other) => other.timestamp() / 60 == due.timestamp() / 60,
        }
    }

    fn same_receiver(&self, other: &str) -> bool {
        self.row.receiver.is_empty() || vntext::fold(&self.row.receiver) == vntext::fold(other)
    }

    /// It says something else than the province said last time.
    fn is_news(&self, known: Option<&Known>) -> bool {
        known.is_none_or(|one| {
            self.row.status != Some(one.status)
                || !self.same_due(one.due_at)
                || !self.same_receiver(&one.receiver)
        })
    }
}

//! What one may complain of and until when it is answered: `data/complaints`.

use super::model::Kind;
use crate::dossier::{DeskRules, Dossier};
use crate::form::model::Words;
use crate::procedure::model::Unit;
use chrono::{DateTime, Days, Utc};
use platform::{Ctx, Error, Result};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    within_days: u64,
    kind: Vec<Term>,
    /// Where a denunciation goes instead.
    pub denounce: Words,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    code: Kind,
    value: u16,
    unit: Unit,
}

impl Policy {
    pub fn load(ctx: &Ctx) -> Result<Arc<Policy>> {
        Ok(ctx.app.law.in_force("complaints", ctx.today())?.content)
    }

    /// What may be complained of.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.kind.iter().map(|term| term.code)
    }

    /// When the answer is due.
    pub fn due(&self, desk: &DeskRules, kind: Kind, sent: DateTime<Utc>) -> Result<DateTime<Utc>> {
        let term = self.kind.iter().find(|term| term.code == kind);
        let term = term.ok_or_else(|| Error::field("loai", "error-choose"))?;
        Ok(desk.ends(sent, term.value, term.unit))
    }

    /// A dossier that ended long ago is past complaining.
    pub fn in_time(&self, one: &Dossier, now: DateTime<Utc>) -> bool {
        let until = one.ended_at.and_then(|ended| ended.checked_add_days(Days::new(self.within_days)));
        until.is_none_or(|until| now <= until)
    }
}

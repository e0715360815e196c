//! The criteria of the smart village, `data/smart-village`, and how a village stands.

use chrono::NaiveDate;
use platform::{Ctx, Lang, Result, Uuid};
use sea_orm::FromQueryResult;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Live {
    DigitalTeam,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub code: String,
    vi: String,
    en: String,
    pub live: Option<Live>,
    /// False: its text could not be read, so nobody can say that it is met.
    #[serde(default = "yes")]
    pub known: bool,
    pub verified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    set: String,
    set_en: String,
    pub criterion: Vec<Criterion>,
}

fn said<'a>(lang: Lang, vi: &'a str, en: &'a str) -> &'a str {
    if lang == Lang::Vi { vi } else { en }
}

impl Set {
    pub fn load(ctx: &Ctx) -> Result<Arc<Set>> {
        Ok(ctx.app.law.in_force("smart-village", ctx.today())?.content)
    }

    pub fn name(&self, lang: Lang) -> &str {
        said(lang, &self.set, &self.set_en)
    }

    /// One that somebody ticks: its text is known and no row says it.
    pub fn ticked(&self, code: &str) -> Option<&Criterion> {
        self.criterion.iter().find(|one| one.code == code && one.known && one.live.is_none())
    }
}

impl Criterion {
    pub fn name(&self, lang: Lang) -> &str {
        said(lang, &self.vi, &self.en)
    }
}

/// What somebody said of a criterion.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Said {
    pub village_id: Uuid,
    pub code: String,
    pub id: Uuid,
    pub met: bool,
    pub note: String,
    pub day: NaiveDate,
    pub file_id: Option<Uuid>,
}

/// How a village stands with one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Met,
    Missing,
    /// Nobody said anything yet.
    Open,
    /// Its text is not known.
    Unknown,
}

impl Standing {
    pub fn look(self) -> (ui::Status, &'static str) {
        match self {
            Standing::Met => (ui::Status::Done, "village-smart-met"),
            Standing::Missing => (ui::Status::Late, "village-smart-missing"),
            Standing::Open => (ui::Status::Waiting, "village-smart-open"),
            Standing::Unknown => (ui::Status::Off, "village-smart-unknown"),
        }
    }
}

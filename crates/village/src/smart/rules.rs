//! Saying how a village stands, and naming pilots.

use super::model::{Live, Said, Set, Standing};
use super::store;
use crate::place;
use audit::Entry;
use chrono::NaiveDate;
use platform::files::{self, Prepared};
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;
use std::collections::HashSet;
use units::{FactValue, NewFact, Unit};

const NOTE_MAX: usize = 500;
/// The dated fact of a village, which the figure `smart_village_pilots` counts.
const PILOT: &str = "smart_village_pilot";

/// What somebody says.
#[derive(Default)]
pub struct Saying {
    pub met: bool,
    pub note: String,
    pub day: Option<NaiveDate>,
    pub evidence: Option<Prepared>,
}

/// Says how the village stands with a criterion that no row decides.
pub async fn say(ctx: &Ctx, tx: &Tx, village: &Unit, code: &str, saying: Saying) -> Result<Said> {
    let set = Set::load(ctx)?;
    let criterion = set.ticked(code).ok_or_else(Error::not_found)?;
    let note = said::needed("bang-chung", &saying.note, "village-smart-note-empty", NOTE_MAX)?;
    let day = saying.day.unwrap_or_else(|| ctx.today());
    if day > ctx.today() {
        return Err(Error::field("ngay", "village-smart-day"));
    }
    let id = ctx.new_id();
    let file_id = match &saying.evidence {
        Some(file) => Some(files::keep(ctx, tx, file, "village_criterion", id).await?),
        None => None,
    };
    let one = Said {
        village_id: village.id,
        code: criterion.code.clone(),
        id,
        met: saying.met,
        note,
        day,
        file_id,
    };
    store::insert(ctx, tx, &one).await?;
    let detail = json!({ "code": one.code, "met": one.met, "day": day });
    audit::record(ctx, tx, Entry { action: "village_smart.say", kind: "unit", id: village.id, detail })
        .await?;
    Ok(one)
}

/// Names a village a pilot from a day on, or no pilot any more.
pub async fn pilot(
    ctx: &Ctx,
    tx: &Tx,
    village: &Unit,
    on: bool,
    from: Option<NaiveDate>,
    source: &str,
) -> Result<()> {
    let source = said::needed("can-cu", source, "village-pilot-source-empty", NOTE_MAX)?;
    let fact = NewFact {
        unit_id: village.id,
        key: PILOT.to_owned(),
        value: FactValue::Yes(on),
        valid_from: from.unwrap_or_else(|| ctx.today()),
        source,
    };
    units::fact_set(ctx, tx, fact).await?;
    figures::touch_all(ctx, tx);
    let detail = json!({ "pilot": on });
    audit::record(ctx, tx, Entry { action: "village_smart.pilot", kind: "unit", id: village.id, detail })
        .await
}

/// What stands behind the criteria of some villages today.
pub struct Behind {
    teams: HashSet<Uuid>,
    pub said: Vec<Said>,
    pub pilots: HashSet<Uuid>,
}

impl Behind {
    pub async fn load(ctx: &Ctx, villages: &[Uuid]) -> Result<Behind> {
        let whole = place::whole(ctx);
        let kind = Some(registry::team::Kind::DigitalTeam);
        let teams = registry::team::list(&whole, kind, None, 500).await?.rows;
        let alive = |team: &registry::team::Team| team.ended_on.is_none_or(|end| end > ctx.today());
        let pilots = units::facts_of_kind(ctx, units::Kind::Village, PILOT, ctx.today()).await?;
        Ok(Behind {
            teams: teams.into_iter().filter(alive).filter_map(|team| team.village_id).collect(),
            said: store::said(ctx, villages).await?,
            pilots: pilots.into_iter().filter(units::Fact::yes).map(|fact| fact.unit_id).collect(),
        })
    }

    /// The newest word on a criterion.
    pub fn newest(&self, village: Uuid, code: &str) -> Option<&Said> {
        self.said.iter().find(|one| one.village_id == village && one.code == code)
    }

    pub fn standing(&self, village: Uuid, criterion: &super::model::Criterion) -> Standing {
        match criterion.live {
            _ if !criterion.known => Standing::Unknown,
            Some(Live::DigitalTeam) if self.teams.contains(&village) => Standing::Met,
            Some(Live::DigitalTeam) => Standing::Missing,
            None => match self.newest(village, &criterion.code) {
                Some(said) if said.met => Standing::Met,
                Some(_) => Standing::Missing,
                None => Standing::Open,
            },
        }
    }
}

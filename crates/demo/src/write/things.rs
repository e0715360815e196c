//! Organisations, assets, boards and teams, through the registry's rules.

use super::Ids;
use super::registry::Keys;
use crate::{Asset, AssetKind, Commune, Condition, Organisation, OrganisationKind};
use platform::{Ctx, Error, Result, Tx};
use registry::team::{Member, PlanLine, TeamFacts};
use registry::{asset, organisation, team};

const SOURCE: &str = "Dữ liệu minh hoạ";

pub async fn write(ctx: &Ctx, tx: &Tx, demo: &Commune, ids: &Ids, keys: &Keys) -> Result<()> {
    for one in &demo.organisations {
        match (organisation_kind(one.kind), team_kind(one)) {
            (Some(kind), _) => write_organisation(ctx, tx, demo, ids, keys, one, kind).await?,
            (None, Some(kind)) => write_team(ctx, tx, demo, ids, keys, one, kind).await?,
            (None, None) => return Err(Error::internal(format!("{} is of no kind", one.slug))),
        }
    }
    for one in &demo.assets {
        let facts = asset_facts(one, ids).check().map_err(Error::fields)?;
        let id = asset::insert(ctx, tx, facts, one.from, SOURCE).await?;
        if let Some(day) = one.to {
            asset::end(ctx, tx, id, 1, day, "").await?;
        }
    }
    Ok(())
}

async fn write_organisation(
    ctx: &Ctx,
    tx: &Tx,
    demo: &Commune,
    ids: &Ids,
    keys: &Keys,
    one: &Organisation,
    kind: organisation::Kind,
) -> Result<()> {
    let facts = organisation::Facts {
        kind,
        name: one.name.clone(),
        village_id: one.village.map(|key| ids.villages[&key]),
        address: one.household.map(|key| demo.household(key).address.clone()).unwrap_or_default(),
        trade: one.trade_vi.unwrap_or_default().to_owned(),
        tax_no: one.tax_code.clone(),
        phone: None,
        representative: one.representative.map(|key| demo.person(key).name.clone()).unwrap_or_default(),
        representative_id: one.representative.map(|key| keys.person(key)),
        licence_no: String::new(),
        founded_on: Some(one.from),
    };
    let facts = facts.check().map_err(Error::fields)?;
    let id = organisation::insert(ctx, tx, facts, one.from, SOURCE).await?;
    match one.to {
        Some(day) => organisation::end(ctx, tx, id, 1, day, "").await,
        None => Ok(()),
    }
}

async fn write_team(
    ctx: &Ctx,
    tx: &Tx,
    demo: &Commune,
    ids: &Ids,
    keys: &Keys,
    one: &Organisation,
    kind: team::Kind,
) -> Result<()> {
    let facts = TeamFacts {
        kind,
        name: one.name.clone(),
        village_id: one.village.map(|key| ids.villages[&key]),
        decision_no: one.decision.as_ref().map(|decision| decision.number.clone()).unwrap_or_default(),
        founded_on: one.from,
    };
    let id = team::insert(ctx, tx, &facts).await?;
    let members: Vec<Member> = one
        .members
        .iter()
        .map(|seat| Member {
            person_id: Some(keys.person(seat.person)),
            name: demo.person(seat.person).name.clone(),
            title: seat.role_vi.clone(),
            duty: String::new(),
            since: seat.from,
            until: seat.to.and_then(|day| day.pred_opt()),
        })
        .collect();
    team::members_set(ctx, tx, id, 1, &members).await?;
    let lines: Vec<PlanLine> = one
        .work_plan
        .iter()
        .map(|line| PlanLine {
            task: line.text_vi.to_owned(),
            who: String::new(),
            due_on: Some(line.due),
            done_on: line.done,
        })
        .collect();
    team::plan_set(ctx, tx, id, 2, &lines).await?;
    match one.to {
        Some(day) => team::end(ctx, tx, id, 3, day).await,
        None => Ok(()),
    }
}

fn organisation_kind(kind: OrganisationKind) -> Option<organisation::Kind> {
    use OrganisationKind as K;
    Some(match kind {
        K::Cooperative => organisation::Kind::Cooperative,
        K::HouseholdBusiness => organisation::Kind::HouseholdBusiness,
        K::Enterprise => organisation::Kind::Enterprise,
        K::School => organisation::Kind::School,
        K::PartyCommittee => organisation::Kind::PartyOffice,
        K::PeoplesCommittee | K::PeoplesCouncil => organisation::Kind::StateOffice,
        K::Association => organisation::Kind::Association,
        K::HealthStation | K::Market => organisation::Kind::Other,
        K::SteeringBoard | K::MobilisationTeam | K::DigitalTeam => return None,
    })
}

fn team_kind(one: &Organisation) -> Option<team::Kind> {
    match one.kind {
        OrganisationKind::SteeringBoard if one.slug.contains("cho-4-0") => Some(team::Kind::MarketBoard),
        OrganisationKind::SteeringBoard => Some(team::Kind::SteeringBoard),
        OrganisationKind::MobilisationTeam => Some(team::Kind::MobilisationTeam),
        OrganisationKind::DigitalTeam => Some(team::Kind::DigitalTeam),
        _ => None,
    }
}

fn asset_facts(one: &Asset, ids: &Ids) -> asset::Facts {
    let says = |name: &str| one.attributes.iter().any(|(key, value)| *key == name && value == "yes");
    let kind = match one.kind {
        AssetKind::Computer => asset::Kind::Computer,
        AssetKind::LocalNetwork => asset::Kind::LocalNetwork,
        AssetKind::InternetLine => asset::Kind::InternetLine,
        AssetKind::MeetingRoom => asset::Kind::MeetingRoom,
        AssetKind::CultureHouse => asset::Kind::CultureHouse,
        AssetKind::Road => asset::Kind::Road,
        AssetKind::Camera => asset::Kind::Camera,
        AssetKind::Loudspeaker => asset::Kind::Loudspeaker,
        AssetKind::RelayStation => asset::Kind::RelayStation,
    };
    asset::Facts {
        kind,
        name: one.name.clone(),
        village_id: one.village.map(|key| ids.villages[&key]),
        organisation_id: None,
        place: String::new(),
        latitude: one.place.map(|(_, lat)| lat as f64 / 1e6),
        longitude: one.place.map(|(lon, _)| lon as f64 / 1e6),
        quantity: 1,
        condition: match one.condition {
            Condition::Good => asset::Condition::Good,
            Condition::Worn => asset::Condition::Fair,
            Condition::Broken => asset::Condition::Broken,
        },
        connected: ["broadband", "online_meetings", "connected_to_commune"].into_iter().any(says),
        in_use_since: Some(one.from),
        serial_no: String::new(),
    }
}

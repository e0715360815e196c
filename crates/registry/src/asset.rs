//! Computers, network lines, meeting rooms, culture houses, roads, cameras, loudspeakers, relay stations: what there
//! is, how old, in what condition, and what is missing against the norm.

pub(crate) mod api;
pub(crate) mod pages;

use crate::code;
use crate::page::{After, Count, Page};
use crate::person::Version;
use crate::thing::{self, Actions, Thing};
use crate::version::{How, Table};
use chrono::{Datelike, NaiveDate};
use platform::choice;
use platform::db::{FromQueryResult, Value};
use platform::{Ctx, Error, FieldError, Lang, Message, Result, Tx, Uuid, sql};
use serde::{Deserialize, Serialize};

pub use crate::thing::Filter;

choice! {
    Kind, "registry-asset", {
        Computer = "computer", LocalNetwork = "local_network", InternetLine = "internet_line",
        MeetingRoom = "meeting_room", CultureHouse = "culture_house", Road = "road", Camera = "camera",
        Loudspeaker = "loudspeaker", RelayStation = "relay_station", Other = "other",
    }
}

choice! {
    Condition, "registry-condition", { Good = "good", Fair = "fair", Poor = "poor", Broken = "broken" }
}

/// What is recorded of an asset and may change.
#[derive(Debug, Clone, PartialEq, FromQueryResult, Serialize, Deserialize)]
pub struct Facts {
    pub kind: Kind,
    pub name: String,
    /// `None`: of the whole commune.
    pub village_id: Option<Uuid>,
    /// Who has it.
    pub organisation_id: Option<Uuid>,
    /// Where it stands, in words.
    pub place: String,
    /// Degrees, WGS 84.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub quantity: i64,
    pub condition: Condition,
    /// On broadband (computer, meeting room), or joined to the commune's centre (camera, loudspeaker).
    pub connected: bool,
    pub in_use_since: Option<NaiveDate>,
    pub serial_no: String,
}

pub type Asset = Thing<Facts>;

const COLUMNS: [&str; 12] = [
    "kind",
    "name",
    "village_id",
    "organisation_id",
    "place",
    "latitude",
    "longitude",
    "quantity",
    "condition",
    "connected",
    "in_use_since",
    "serial_no",
];

impl thing::Facts for Facts {
    const KIND: code::Kind = code::ASSET;
    const VERSIONS: Table = Table { name: "asset_version", columns: &COLUMNS };
    const OWNER: &'static str = "organisation_id";
    const ACTIONS: Actions = Actions {
        insert: "asset.insert",
        update: "asset.update",
        end: "asset.end",
        changed: "registry.asset.changed",
        path: "/lam-viec/tai-san",
    };

    fn values(&self) -> Vec<Value> {
        vec![
            self.kind.into(),
            self.name.as_str().into(),
            self.village_id.into(),
            self.organisation_id.into(),
            self.place.as_str().into(),
            self.latitude.into(),
            self.longitude.into(),
            self.quantity.into(),
            self.condition.into(),
            self.connected.into(),
            self.in_use_since.into(),
            self.serial_no.as_str().into(),
        ]
    }

    fn sort_key(&self) -> String {
        vntext::sort_key(&self.name)
    }

    fn village(&self) -> Option<Uuid> {
        self.village_id
    }

    fn found_by(&self) -> (String, String, String) {
        (self.name.clone(), self.place.clone(), self.serial_no.clone())
    }

    fn owner(&self) -> Option<Uuid> {
        self.organisation_id
    }
}

impl Facts {
    /// Tidies the texts and checks what can be checked.
    pub fn check(mut self) -> Result<Facts, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong =
            |field: &'static str, message: Message| errors.push(FieldError { field: field.into(), message });
        for text in [&mut self.name, &mut self.place, &mut self.serial_no] {
            *text = vntext::clean(text);
        }
        if self.name.is_empty() {
            wrong("ten", "registry-asset-name-empty".into());
        }
        for (field, text) in [("ten", &self.name), ("vi-tri", &self.place), ("so-may", &self.serial_no)] {
            if text.chars().count() > 200 {
                wrong(field, Message::new("error-too-long").with("limit", 200));
            }
        }
        if !(1..=100_000).contains(&self.quantity) {
            wrong("so-luong", "registry-asset-quantity".into());
        }
        let on_earth =
            self.latitude.is_none_or(|d| d.abs() <= 90.0) && self.longitude.is_none_or(|d| d.abs() <= 180.0);
        if !on_earth || self.latitude.is_some() != self.longitude.is_some() {
            wrong("toa-do", "registry-asset-position".into());
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }

    /// Full years in use on a day.
    pub fn age_on(&self, day: NaiveDate) -> Option<i64> {
        self.in_use_since.map(|since| i64::from(day.years_since(since).unwrap_or(0)))
    }
}

pub async fn get(ctx: &Ctx, id: Uuid) -> Result<Asset> {
    thing::find(ctx, &ctx.app.db, id).await
}

/// A page of assets by name.
pub async fn list(ctx: &Ctx, filter: &Filter, after: Option<&After>, limit: i64) -> Result<Page<Asset>> {
    thing::list(ctx, filter, after, limit).await
}

pub async fn count(ctx: &Ctx, filter: &Filter) -> Result<Count> {
    thing::count::<Facts>(ctx, filter).await
}

pub async fn history(ctx: &Ctx, id: Uuid) -> Result<Vec<Version<Facts>>> {
    thing::history(ctx, id).await
}

pub async fn insert(ctx: &Ctx, tx: &Tx, facts: Facts, on: NaiveDate, source: &str) -> Result<Uuid> {
    thing::insert(ctx, tx, facts.check().map_err(Error::fields)?, on, source).await
}

pub async fn update(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, facts: Facts, how: &How) -> Result<Asset> {
    thing::update(ctx, tx, id, revision, facts.check().map_err(Error::fields)?, how).await
}

pub async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, on: NaiveDate, reason: &str) -> Result<()> {
    thing::end::<Facts>(ctx, tx, id, revision, on, reason).await
}

/// A norm of `data/asset-norms`: so many of a kind for each commune or village, and how old they may be.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    pub kind: Kind,
    pub per: Per,
    pub quantity: i64,
    pub max_age_years: i64,
    /// True while nobody has compared it with a text in force.
    #[serde(default)]
    pub unverified: bool,
    vi: String,
    en: String,
}

impl Norm {
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    Commune,
    Village,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Norms {
    norm: Vec<Norm>,
}

/// What is there against a norm, in one village or in the whole commune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    pub kind: Kind,
    /// `None`: the whole commune.
    pub village_id: Option<Uuid>,
    pub wanted: i64,
    /// Usable: neither broken nor too old.
    pub usable: i64,
    pub broken: i64,
    pub too_old: i64,
}

impl Gap {
    pub fn missing(&self) -> i64 {
        (self.wanted - self.usable).max(0)
    }
}

#[derive(FromQueryResult)]
struct Stock {
    village_id: Option<Uuid>,
    broken: i64,
    too_old: i64,
    total: i64,
}

/// The norms in force today; before the first file, those of the first file.
pub fn norms(ctx: &Ctx) -> Result<Vec<Norm>> {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    Ok(ctx.app.law.in_force::<Norms>("asset-norms", ctx.today().max(first))?.content.norm.clone())
}

/// What is missing today, for every norm; villages in their order.
pub async fn gaps(ctx: &Ctx) -> Result<Vec<Gap>> {
    let villages = units::village_list(ctx, ctx.today()).await?;
    let mut gaps = Vec::new();
    for norm in norms(ctx)? {
        let limit =
            ctx.today().with_year(ctx.today().year() - i32::try_from(norm.max_age_years).unwrap_or(100));
        let stock = stock(ctx, norm.kind, limit.unwrap_or(NaiveDate::MIN)).await?;
        let places: Vec<Option<Uuid>> = match norm.per {
            Per::Commune => vec![None],
            Per::Village => {
                villages.iter().filter(|v| ctx.scope.covers("village", v.id)).map(|v| Some(v.id)).collect()
            }
        };
        for village_id in places {
            let here = stock.iter().filter(|s| norm.per == Per::Commune || s.village_id == village_id);
            let mut gap =
                Gap { kind: norm.kind, village_id, wanted: norm.quantity, usable: 0, broken: 0, too_old: 0 };
            for stock in here {
                gap.broken += stock.broken;
                gap.too_old += stock.too_old;
                gap.usable += stock.total - stock.broken - stock.too_old;
            }
            gaps.push(gap);
        }
    }
    Ok(gaps)
}

async fn stock(ctx: &Ctx, kind: Kind, limit: NaiveDate) -> Result<Vec<Stock>> {
    sql("SELECT village_id, CAST(SUM(quantity) AS BIGINT) AS total, \
         CAST(SUM(CASE WHEN condition = 'broken' THEN quantity ELSE 0 END) AS BIGINT) AS broken, \
         CAST(SUM(CASE WHEN condition <> 'broken' AND in_use_since < $3 THEN quantity ELSE 0 END) AS BIGINT) AS too_old \
         FROM asset WHERE commune_id = $1 AND kind = $2 AND state = 'active' GROUP BY village_id")
        .bind(ctx.commune)
        .bind(kind)
        .bind(limit)
        .all(&ctx.app.db)
        .await
}

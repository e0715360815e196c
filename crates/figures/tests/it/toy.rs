//! Villages with notes: enough to count.

use chrono::NaiveDate;
use figures::{Base, Figure, FigureSet, Kind, Shown};
use futures_util::future::BoxFuture;
use http::HeaderMap;
use platform::access::{Actor, Grant, Place, Via};
use platform::app::{App, Authenticator};
use platform::db::{Migration, insert_many};
use platform::http::cookie;
use platform::{Area, Ctx, Lang, Result, Uuid, i18n, sql};
use std::sync::Arc;
use testkit::TestApp;
use units::{FactValue, NewFact, NewUnit};

pub const COMMUNE: Uuid = Uuid::from_u128(1);
/// The account of whoever signs in.
pub const ACCOUNT: Uuid = Uuid::from_u128(7);

const MIGRATIONS: &[Migration] = &[Migration {
    version: 9060,
    name: "toy",
    text: "CREATE TABLE note (commune_id UUID NOT NULL, id UUID NOT NULL, village_id UUID, kind TEXT, good BOOLEAN, \
           valid_from DATE NOT NULL, valid_to DATE NOT NULL, PRIMARY KEY (commune_id, id));\n",
}];

const NOTE_ON: &str = "(SELECT n.id AS id, n.village_id AS unit_id, n.kind AS kind, n.good AS good FROM note n \
                       WHERE n.commune_id = $1 AND n.valid_from <= $2 AND n.valid_to >= $2)";

const VI: &str = "
figure-notes = Số phiếu
figure-notes-how = Đếm các phiếu.
figure-kinds = Số loại
figure-kinds-how = Đếm các loại.
figure-good-pct = Phiếu tốt
figure-good-pct-how = Phiếu tốt trên tất cả.
figure-any-bad = Có phiếu xấu
figure-any-bad-how = Có hay không.
figure-area-km2 = Diện tích
figure-area-km2-how = Theo hồ sơ.
figure-density = Mật độ
figure-density-how = Phiếu trên diện tích.
figure-gap = Chênh lệch
figure-gap-how = Phiếu bớt loại.
figure-unit-note = phiếu
figure-unit-kind = loại
figure-unit-km2 = km²
figure-unit-note-per-km2 = phiếu/km²
toy-group = Phiếu
";

fn set() -> FigureSet {
    for lang in Lang::ALL {
        i18n::load("toy-figures", lang, VI);
    }
    let base = "toy.note";
    let figures = vec![
        Figure::new("notes", "note", Kind::Count { base, only: "TRUE" }).headline(),
        Figure::new("kinds", "kind", Kind::Distinct { base, column: "kind", only: "TRUE" }),
        Figure::new("good_pct", "percent", Kind::Share { base, whole: "kind IS NOT NULL", part: "good" }),
        Figure::new("any_bad", "boolean", Kind::Exists { base, only: "NOT good" }),
        Figure::new("area_km2", "km2", Kind::Attribute { fact: "area_km2" }),
        Figure::new("density", "note/km2", Kind::Ratio { over: "notes", under: "area_km2" }),
        Figure::new("gap", "note", Kind::Difference { from: "notes", less: "kinds" }),
    ];
    let show: figures::Show = |_, ids| {
        Box::pin(async move {
            let shown = |id: &Uuid| Shown {
                id: *id,
                title: format!("Phiếu {id}"),
                subtitle: String::new(),
                url: String::new(),
            };
            Ok(ids.iter().map(shown).collect())
        })
    };
    FigureSet {
        area: "toy",
        bases: vec![Base { name: base, on: NOTE_ON.into(), now: None, show: Some(show) }],
        figures: figures.into_iter().map(|figure| figure.group("toy-group")).collect(),
    }
}

/// Signs in whoever the cookie `as` names: a role, and the village for a village head.
struct ByCookie;

impl Authenticator for ByCookie {
    fn actor<'a>(&'a self, _: &'a App, headers: &'a HeaderMap) -> BoxFuture<'a, Result<Option<Arc<Actor>>>> {
        let role = cookie(headers, "as");
        let village = cookie(headers, "village").and_then(|id| id.parse().ok());
        Box::pin(async move { Ok(role.map(|role| Arc::new(actor(&role, village)))) })
    }

    fn commune<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>> {
        Box::pin(async { Ok(COMMUNE) })
    }
}

fn actor(role: &str, village: Option<Uuid>) -> Actor {
    let place = village.map_or(Place::new("commune", COMMUNE), |id| Place::new("village", id));
    Actor {
        account_id: ACCOUNT,
        commune_id: COMMUNE,
        name: "Thử".into(),
        grants: vec![Grant { role: role.into(), place }],
        second_factor: false,
        via: Via::Session(Uuid::nil()),
    }
}

pub struct World {
    pub test: TestApp,
    pub first: Uuid,
    pub second: Uuid,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl World {
    /// A commune of two villages, 42.24 km², with notes since 2024:
    ///
    /// ```text
    /// first: a good, a good, b bad, – (no kind)    second: a bad, c unknown (until 2025)    commune: b good
    /// ```
    pub async fn start() -> World {
        let areas = vec![
            platform::area(),
            ui::area(),
            units::area(),
            audit::area(),
            figures::area(),
            Area::new("toy").migrations(MIGRATIONS).offer(set()),
        ];
        let test = TestApp::with(areas, Box::new(ByCookie)).await;
        let ctx = Ctx::system(&test.app, COMMUNE, "toy");
        let tx = ctx.begin().await.unwrap();
        sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, 'Xã Thử', NULL, $2)")
            .bind(COMMUNE)
            .bind(ctx.now)
            .run(&tx)
            .await
            .unwrap();
        let unit = |kind, name: &str, parent_id| NewUnit {
            kind,
            code: String::new(),
            name: name.into(),
            parent_id,
            valid_from: day("2020-01-01"),
            note: String::new(),
            source: "thử".into(),
        };
        let commune = units::insert(&ctx, &tx, unit(units::Kind::Commune, "Xã Thử", None)).await.unwrap().id;
        let first =
            units::insert(&ctx, &tx, unit(units::Kind::Village, "Thôn Bến", Some(commune))).await.unwrap().id;
        let second =
            units::insert(&ctx, &tx, unit(units::Kind::Village, "Thôn Ải", Some(commune))).await.unwrap().id;
        let fact = NewFact {
            unit_id: commune,
            key: "area_km2".into(),
            value: FactValue::Number(42.24),
            valid_from: day("2025-01-01"),
            source: "thử".into(),
        };
        units::fact_set(&ctx, &tx, fact).await.unwrap();
        let square = |x: f64| {
            format!("{{\"type\":\"Polygon\",\"coordinates\":[[[{x},22],[{x},22.1],[104.1,22.1],[{x},22]]]}}")
        };
        units::boundary_set(&ctx, &tx, first, &square(104.0)).await.unwrap();
        units::boundary_set(&ctx, &tx, second, &square(104.2)).await.unwrap();
        tx.commit().await.unwrap();
        let world = World { test, first, second };
        let (one, two) = (Some(world.first), Some(world.second));
        for (village, kind, good, until) in [
            (one, Some("a"), Some(true), "9999-12-31"),
            (one, Some("a"), Some(true), "9999-12-31"),
            (one, Some("b"), Some(false), "9999-12-31"),
            (one, None, Some(true), "9999-12-31"),
            (two, Some("a"), Some(false), "9999-12-31"),
            (two, Some("c"), None, "2025-12-31"),
            (None, Some("b"), Some(true), "9999-12-31"),
        ] {
            world.note(village, kind, good, until, true).await;
        }
        world
    }

    pub async fn note(
        &self,
        village: Option<Uuid>,
        kind: Option<&str>,
        good: Option<bool>,
        until: &str,
        touch: bool,
    ) {
        let ctx = self.ctx();
        let tx = ctx.begin().await.unwrap();
        let row = vec![
            COMMUNE.into(),
            ctx.new_id().into(),
            village.into(),
            kind.into(),
            good.into(),
            day("2024-01-01").into(),
            day(until).into(),
        ];
        let columns = ["commune_id", "id", "village_id", "kind", "good", "valid_from", "valid_to"];
        insert_many(&tx, "note", &columns, [row], "").await.unwrap();
        if touch {
            figures::touch(&ctx, &tx, "toy.note");
        }
        tx.commit().await.unwrap();
    }

    pub fn ctx(&self) -> Ctx {
        Ctx::system(&self.test.app, COMMUNE, "toy")
    }

    /// The context of somebody with a role, for an action.
    pub fn ctx_as(&self, role: &str, village: Option<Uuid>, action: &'static str) -> Ctx {
        let mut ctx = self.ctx();
        ctx.actor = Some(Arc::new(actor(role, village)));
        ctx.scope = ctx.scope_of(action);
        ctx.action = action;
        ctx
    }
}

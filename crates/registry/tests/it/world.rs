//! A commune of two villages, and the people who work in it.

use chrono::NaiveDate;
use futures_util::future::BoxFuture;
use http::HeaderMap;
use platform::access::{Actor, Grant, Place, Scope, Via};
use platform::app::{Authenticator, Builder};
use platform::clock::Clock;
use platform::config::{Config, Tls};
use platform::db::Location;
use platform::{App, Ctx, Error, Result, Uuid, sql};
use registry::household::{self, RawHousehold};
use registry::person::{NewPerson, RawPerson};
use registry::{Villages, lists};
use std::sync::Arc;
use units::{Kind, NewUnit};

pub const COMMUNE: Uuid = Uuid::from_u128(1);
pub const OFFICER: Uuid = Uuid::from_u128(71);

pub struct World {
    pub app: App,
    pub clock: Clock,
    pub dong_cam: Uuid,
    pub soi_co: Uuid,
    _data: tempfile::TempDir,
}

struct Nobody;

impl Authenticator for Nobody {
    fn actor<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Option<Arc<Actor>>>> {
        Box::pin(async { Ok(None) })
    }

    fn commune<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>> {
        Box::pin(async { Ok(COMMUNE) })
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl World {
    /// An empty commune on 10 March 2026.
    pub async fn start() -> World {
        let data = tempfile::tempdir().unwrap();
        let clock = Clock::fake("2026-03-10T02:00:00Z".parse().unwrap());
        let config = Config {
            data: data.path().to_owned(),
            database: Location::File(data.path().join("sandinh.db")),
            listen: ([127, 0, 0, 1], 0).into(),
            demo: false,
            tls: Tls::Off,
            mail: None,
            behind_proxy: false,
            public_url: None,
            voice: None,
            mqtt: platform::config::Mqtt::Off,
        };
        let areas = vec![
            platform::area(),
            audit::area(),
            units::area(),
            identity::area(),
            messages::area(),
            registry::area(),
        ];
        let error_page = |ctx: &Ctx, error: &Error| error.message.text(ctx.t());
        let builder =
            Builder { config, clock: clock.clone(), areas, authenticator: Box::new(Nobody), error_page };
        let app = builder.start().await.unwrap();
        let mut world = World { app, clock, dong_cam: Uuid::nil(), soi_co: Uuid::nil(), _data: data };
        world.settle().await;
        world
    }

    async fn settle(&mut self) {
        let ctx = self.system();
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
        let province = units::insert(&ctx, &tx, unit(Kind::Province, "Tỉnh Thử", None)).await.unwrap();
        let commune =
            units::insert(&ctx, &tx, unit(Kind::Commune, "Xã Thử", Some(province.id))).await.unwrap();
        self.dong_cam = units::insert(&ctx, &tx, unit(Kind::Village, "Thôn Đông Căm", Some(commune.id)))
            .await
            .unwrap()
            .id;
        self.soi_co =
            units::insert(&ctx, &tx, unit(Kind::Village, "Thôn Soi Cờ", Some(commune.id))).await.unwrap().id;
        tx.commit().await.unwrap();
    }

    pub fn system(&self) -> Ctx {
        Ctx::system(&self.app, COMMUNE, "test")
    }

    /// The officer of the commune.
    pub fn officer(&self) -> Ctx {
        self.who(OFFICER, "registry_officer", Place::new("commune", COMMUNE))
    }

    /// The head of a village.
    pub fn head_of(&self, village: Uuid) -> Ctx {
        self.who(Uuid::from_u128(72), "village_head", Place::new("village", village))
    }

    pub fn who(&self, account_id: Uuid, role: &str, place: Place) -> Ctx {
        let actor = Actor {
            account_id,
            commune_id: COMMUNE,
            name: "Thử".into(),
            grants: vec![Grant { role: role.into(), place: place.clone() }],
            second_factor: true,
            via: Via::Session(Uuid::nil()),
        };
        Ctx { actor: Some(Arc::new(actor)), scope: Scope::new(vec![place]), ..self.system() }
    }

    /// A household of a village since 2021 with these people; the first is the head.
    pub async fn household(&self, village: Uuid, people: &[RawPerson]) -> Uuid {
        let ctx = self.officer();
        let villages = Villages::load(&ctx).await.unwrap();
        let raw =
            RawHousehold {
                village: village.to_string(), address: "Tổ 2".into(), ..RawHousehold::default()
            };
        let members = people.iter().map(|raw| checked(&ctx, raw)).collect();
        let tx = ctx.begin().await.unwrap();
        let facts = raw.check(&villages).unwrap();
        let id = household::insert(&ctx, &tx, facts, members, day("2021-01-01"), "thử").await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A couple with a child in Đông Căm: (household, husband, wife, child).
    pub async fn family(&self) -> (Uuid, Uuid, Uuid, Uuid) {
        let people = [
            raw("Lý Văn Páo", "Nam", "02/01/1990", "head"),
            raw("Chảo Tả Mẩy", "Nữ", "1992", "spouse"),
            raw("Lý Thị Lan", "Nữ", "15/09/2015", "child"),
        ];
        let home = self.household(self.dong_cam, &people).await;
        let members = registry::person::members(&self.officer(), home).await.unwrap();
        (home, members[0].id, members[1].id, members[2].id)
    }

    pub async fn person(&self, id: Uuid) -> registry::person::Person {
        registry::person::get(&self.officer(), id).await.unwrap()
    }

    pub async fn home(&self, id: Uuid) -> household::Household {
        household::get(&self.officer(), id).await.unwrap()
    }

    /// How many people a view counts on a day.
    pub async fn people_on(&self, on: &str) -> i64 {
        sql(format!("SELECT COUNT(*) FROM {} p /* all rows */", registry::views::PERSON_ON))
            .bind(COMMUNE)
            .bind(day(on))
            .count(&self.app.db)
            .await
            .unwrap()
    }
}

pub fn raw(name: &str, sex: &str, birth: &str, relation: &str) -> RawPerson {
    RawPerson {
        full_name: name.into(),
        sex: sex.into(),
        birth: birth.into(),
        ethnic: "Dao".into(),
        relation: relation.into(),
        ..RawPerson::default()
    }
}

pub fn checked(ctx: &Ctx, raw: &RawPerson) -> NewPerson {
    NewPerson::check(raw, &lists::load(ctx).unwrap(), ctx.today()).unwrap()
}

//! A commune whose readers sign in by a cookie: the tests of due lists, labels, villages and things.

use crate::world::{COMMUNE, checked, day, raw};
use futures_util::future::BoxFuture;
use http::HeaderMap;
use platform::access::{Actor, Grant, Place, Scope, Via};
use platform::app::Authenticator;
use platform::{App, Ctx, Result, Uuid, sql};
use registry::household::{self, RawHousehold};
use registry::person::RawPerson;
use registry::{Villages, organisation};
use std::sync::Arc;
use testkit::{Client, TestApp};
use units::{Kind, NewUnit};

/// The cookie says who it is: `who=officer`, `who=village_head:ID`.
struct ByCookie;

impl Authenticator for ByCookie {
    fn actor<'a>(&'a self, _: &'a App, headers: &'a HeaderMap) -> BoxFuture<'a, Result<Option<Arc<Actor>>>> {
        let who = platform::http::cookie(headers, "who");
        Box::pin(async move { Ok(who.map(|who| Arc::new(actor(&who)))) })
    }

    fn commune<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>> {
        Box::pin(async { Ok(COMMUNE) })
    }
}

fn actor(who: &str) -> Actor {
    let (role, place) = match who.split_once(':') {
        Some((role, village)) => (role, Place::new("village", village.parse().unwrap())),
        None => (who, Place::new("commune", COMMUNE)),
    };
    Actor {
        account_id: Uuid::from_u128(71),
        commune_id: COMMUNE,
        name: "Thử".into(),
        grants: vec![Grant { role: role.into(), place }],
        second_factor: true,
        via: Via::Session(Uuid::nil()),
    }
}

/// A commune of two villages with their boundaries.
pub struct Commune {
    pub app: TestApp,
    pub dong_cam: Uuid,
    pub soi_co: Uuid,
}

impl Commune {
    pub async fn start() -> Commune {
        ui::load();
        let areas = vec![
            platform::area(),
            audit::area(),
            units::area(),
            identity::area(),
            messages::area(),
            registry::area(),
        ];
        let app = TestApp::with(areas, Box::new(ByCookie)).await;
        let ctx = Ctx::system(&app.app, COMMUNE, "test");
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
        let dong_cam = units::insert(&ctx, &tx, unit(Kind::Village, "Thôn Đông Căm", Some(commune.id)))
            .await
            .unwrap()
            .id;
        let soi_co =
            units::insert(&ctx, &tx, unit(Kind::Village, "Thôn Soi Cờ", Some(commune.id))).await.unwrap().id;
        for (village, west) in [(dong_cam, 104.0), (soi_co, 104.1)] {
            let east = west + 0.1;
            let shape = format!(
                r#"{{"type":"Polygon","coordinates":[[[{west},22.3],[{east},22.3],[{east},22.4],[{west},22.4],[{west},22.3]]]}}"#
            );
            units::boundary_set(&ctx, &tx, village, &shape).await.unwrap();
        }
        tx.commit().await.unwrap();
        Commune { app, dong_cam, soi_co }
    }

    pub fn ctx(&self) -> Ctx {
        let scope = Scope::new(vec![Place::new("commune", COMMUNE)]);
        Ctx {
            actor: Some(Arc::new(actor("registry_officer"))),
            scope,
            ..Ctx::system(&self.app.app, COMMUNE, "test")
        }
    }

    pub fn officer(&self) -> Client {
        self.app.with_cookie("who=registry_officer")
    }

    pub fn head(&self, village: Uuid) -> Client {
        self.app.with_cookie(&format!("who=village_head:{village}"))
    }

    pub async fn household(&self, village: Uuid, people: &[RawPerson]) -> Uuid {
        let ctx = self.ctx();
        let villages = Villages::load(&ctx).await.unwrap();
        let facts =
            RawHousehold {
                village: village.to_string(), address: "Tổ 2".into(), ..RawHousehold::default()
            }
            .check(&villages)
            .unwrap();
        let members = people.iter().map(|raw| checked(&ctx, raw)).collect();
        let tx = ctx.begin().await.unwrap();
        let id = household::insert(&ctx, &tx, facts, members, day("2010-01-01"), "thử").await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn id_of(&self, name: &str) -> Uuid {
        let found = sql("SELECT id FROM person WHERE commune_id = $1 AND full_name = $2 /* all rows */")
            .bind(COMMUNE)
            .bind(name);
        found.scalar::<Uuid>(&self.app.app.db).await.unwrap().unwrap()
    }

    /// Two families: in Đông Căm somebody of 14 in March (born on a 1st and on a 31st), in Soi Cờ one of 14 in March
    /// and one born on 29 February 2012.
    pub async fn people(&self) {
        let child = |name: &str, birth: &str| raw(name, "Nữ", birth, "child");
        self.household(
            self.dong_cam,
            &[
                raw("Lý Văn Páo", "Nam", "02/01/1990", "head"),
                child("Lý Thị Đầu", "01/03/2012"),
                child("Lý Thị Cuối", "31/03/2012"),
                child("Lý Thị Sau", "01/04/2012"),
            ],
        )
        .await;
        self.household(
            self.soi_co,
            &[
                raw("Tẩn A Sử", "Nam", "05/05/1985", "head"),
                child("Tẩn Thị Giữa", "15/03/2012"),
                child("Tẩn Thị Nhuận", "29/02/2012"),
            ],
        )
        .await;
    }

    pub async fn cooperative(&self) -> Uuid {
        let ctx = self.ctx();
        let tx = ctx.begin().await.unwrap();
        let facts = organisation::Facts {
            kind: organisation::Kind::Cooperative,
            name: "HTX Quế Soi Cờ".into(),
            village_id: Some(self.soi_co),
            address: String::new(),
            trade: "Quế".into(),
            tax_no: None,
            phone: None,
            representative: "Tẩn A Sử".into(),
            representative_id: None,
            licence_no: String::new(),
            founded_on: None,
        };
        let id = organisation::insert(&ctx, &tx, facts, day("2024-01-01"), "thử").await.unwrap();
        tx.commit().await.unwrap();
        id
    }
}

/// The address in both languages.
pub fn both(path: &str) -> [String; 2] {
    let join = if path.contains('?') { '&' } else { '?' };
    [format!("{path}{join}lang=vi"), format!("{path}{join}lang=en")]
}

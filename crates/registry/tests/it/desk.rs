//! The registry over HTTP, as persons: an officer, two village heads, a resident.

use futures_util::future::BoxFuture;
use http::HeaderMap;
use platform::access::{Actor, Grant, Place, Via};
use platform::app::Authenticator;
use platform::{App, Ctx, Result, Uuid, sql};
use registry::Villages;
use registry::household::RawHousehold;
use registry::person::{NewPerson, RawPerson};
use std::sync::Arc;
use testkit::{Client, TestApp};
use units::{Kind, NewUnit};

pub const COMMUNE: Uuid = Uuid::from_u128(0x01);

/// Who sends a request stands in its cookie: role, kind of place, place, number of the account.
struct Cast;

impl Authenticator for Cast {
    fn actor<'a>(&'a self, _: &'a App, headers: &'a HeaderMap) -> BoxFuture<'a, Result<Option<Arc<Actor>>>> {
        let who = platform::http::cookie(headers, "vai").unwrap_or_default().to_owned();
        Box::pin(async move {
            let parts: Vec<&str> = who.split('.').collect();
            let [role, kind, place, account] = parts.as_slice() else { return Ok(None) };
            Ok(Some(Arc::new(Actor {
                account_id: Uuid::from_u128(account.parse().unwrap()),
                commune_id: COMMUNE,
                name: "Thử".into(),
                grants: vec![Grant { role: (*role).into(), place: Place::new(kind, place.parse().unwrap()) }],
                second_factor: true,
                via: Via::Session(Uuid::nil()),
            })))
        })
    }

    fn commune<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>> {
        Box::pin(async { Ok(COMMUNE) })
    }
}

pub struct Desk {
    pub test: TestApp,
    pub dong_cam: Uuid,
    pub soi_co: Uuid,
}

impl Desk {
    pub async fn start() -> Desk {
        let areas = vec![
            platform::area(),
            ui::area(),
            audit::area(),
            units::area(),
            identity::area(),
            messages::area(),
            registry::area(),
        ];
        let test = TestApp::with(areas, Box::new(Cast)).await;
        let ctx = Ctx::system(&test.app, COMMUNE, "test");
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
            valid_from: "2020-01-01".parse().unwrap(),
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
        tx.commit().await.unwrap();
        Desk { test, dong_cam, soi_co }
    }

    pub fn ctx(&self) -> Ctx {
        Ctx::system(&self.test.app, COMMUNE, "test")
    }

    fn browser(&self, role: &str, kind: &str, place: Uuid, account: u32) -> Client {
        self.test.with_cookie(&format!("vai={role}.{kind}.{place}.{account}"))
    }

    pub fn officer(&self) -> Client {
        self.browser("registry_officer", "commune", COMMUNE, 1)
    }

    pub fn other_officer(&self) -> Client {
        self.browser("registry_officer", "commune", COMMUNE, 2)
    }

    pub fn clerk(&self) -> Client {
        self.browser("clerk", "commune", COMMUNE, 3)
    }

    pub fn head_of(&self, village: Uuid) -> Client {
        self.browser("village_head", "village", village, 4)
    }

    pub fn resident(&self, person: Uuid) -> Client {
        self.browser("resident", "person", person, 5)
    }

    /// A household with a head and a child; their ids.
    pub async fn household(&self, village: Uuid, head: &str) -> (Uuid, Uuid, Uuid) {
        let ctx = self.ctx();
        let villages = Villages::load(&ctx).await.unwrap();
        let raw = RawHousehold {
            village: village.to_string(),
            address: "Xóm Giữa".into(),
            book_no: "12".into(),
            ..RawHousehold::default()
        };
        let facts = raw.check(&villages).unwrap();
        let lists = registry::lists::load(&ctx).unwrap();
        let person = |name: &str, birth: &str, relation: &str, number: &str| {
            let raw = RawPerson {
                full_name: name.into(),
                sex: "Nữ".into(),
                birth: birth.into(),
                ethnic: "Tày".into(),
                relation: relation.into(),
                personal_no: number.into(),
                phone: if relation == "head" { "0912345678".into() } else { String::new() },
                ..RawPerson::default()
            };
            NewPerson::check(&raw, &lists, ctx.today()).unwrap()
        };
        let number = if village == self.dong_cam { "010190000123" } else { "" };
        let members =
            vec![person(head, "02/03/1990", "head", number), person("Lò Thị Út", "05/06/2015", "child", "")];
        let tx = ctx.begin().await.unwrap();
        let id = registry::household::insert(&ctx, &tx, facts, members, "2021-05-01".parse().unwrap(), "thử")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let people = registry::person::members(&ctx, id).await.unwrap();
        (id, people[0].id, people[1].id)
    }
}

/// The fields of a form as they stand on its page, with some typed over.
pub fn typed<'a>(
    page: &testkit::Answer,
    keep: &[&'a str],
    over: &[(&'a str, &str)],
) -> Vec<(&'a str, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for name in keep.iter().chain(&["khoa", "phien-ban", "ban-dau"]) {
        let value = page.field(name).replace("&#34;", "\"").replace("&quot;", "\"");
        fields.push((name, value));
    }
    fields.extend(over.iter().map(|(name, value)| (*name, (*value).to_owned())));
    fields
}

//! The village Đông Căm with four households, of which one has an account; Soi Cờ beside it.

use identity::{NewAccount, NewGrant};
use platform::Uuid;
use platform::access::Place;
use registry::person::{NewPerson, RawPerson};
use registry::{household, lists, person};
use std::io::Cursor;
use testkit::{Answer, Cast, Client, TestApp};

pub const HEADS: [&str; 4] = ["Sùng A Thử", "Vàng Thị Thử", "Lò Văn Thử", "Đặng Thị Thử"];

pub struct World {
    pub app: TestApp,
    pub cast: Cast,
    pub head: Client,
    pub second_head: Client,
    pub officer: Client,
    pub auditor: Client,
    /// The head of the first household.
    pub resident: Client,
    pub homes: Vec<Uuid>,
    /// The book of Đông Căm, and its page.
    pub book: String,
    pub page: String,
}

impl World {
    pub async fn start() -> World {
        let (app, mut cast) = TestApp::start().await;
        let village = cast.home.villages[0];
        let mut homes = Vec::new();
        for name in HEADS {
            homes.push(home(&app, &cast, village, name).await);
        }
        let account = resident(&app, &cast, homes[0]).await;
        cast.home.accounts.insert("villager".to_owned(), account);
        let unit = units::find(&app.ctx(&cast.home), village).await.unwrap();
        World {
            head: app.sign_in(&cast.home, "village_head").await,
            second_head: app.sign_in(&cast.home, "village_head_2").await,
            officer: app.sign_in(&cast.home, "editor").await,
            auditor: app.sign_in(&cast.home, "auditor").await,
            resident: app.sign_in(&cast.home, "villager").await,
            book: format!("/lam-viec/so-thon/{village}"),
            page: format!("/thon/{}", unit.slug),
            homes,
            app,
            cast,
        }
    }

    /// A key that no form has used.
    pub fn fresh(&self) -> String {
        platform::ids::new_id(self.app.clock.now()).to_string()
    }

    /// A page of the book of Đông Căm.
    pub fn at(&self, rest: &str) -> String {
        format!("{}{rest}", self.book)
    }

    /// Sends a form to a page of the book.
    pub async fn send(&self, who: &Client, rest: &str, typed: &[(&str, &str)]) -> Answer {
        let key = self.fresh();
        let mut fields = vec![("khoa", key.as_str())];
        fields.extend(typed);
        who.post(&self.at(rest), &fields).await
    }

    /// Some days pass; sessions are opened anew.
    pub async fn later(&mut self, days: i64) {
        self.app.clock.advance(chrono::Duration::days(days));
        self.head = self.app.sign_in(&self.cast.home, "village_head").await;
        self.resident = self.app.sign_in(&self.cast.home, "villager").await;
    }
}

async fn home(app: &TestApp, cast: &Cast, village: Uuid, name: &str) -> Uuid {
    let ctx = app.ctx(&cast.home);
    let raw = RawPerson {
        full_name: name.into(),
        sex: "male".into(),
        birth: "05/06/1980".into(),
        ethnic: "dao".into(),
        relation: lists::HEAD.into(),
        ..RawPerson::default()
    };
    let head = NewPerson::check(&raw, &lists::load(&ctx).unwrap(), ctx.today()).unwrap();
    let villages = registry::Villages::load(&ctx).await.unwrap();
    let place = household::RawHousehold { village: village.to_string(), ..Default::default() };
    let tx = ctx.begin().await.unwrap();
    let facts = place.check(&villages).unwrap();
    let id = household::insert(&ctx, &tx, facts, vec![head], ctx.today(), "test").await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn resident(app: &TestApp, cast: &Cast, home: Uuid) -> Uuid {
    let ctx = app.ctx(&cast.home);
    let person = person::members(&ctx, home).await.unwrap()[0].id;
    let tx = ctx.begin().await.unwrap();
    let new = NewAccount { login: "villager".into(), display_name: HEADS[0].into(), ..NewAccount::default() };
    let account = identity::account_insert(&ctx, &tx, new, None).await.unwrap();
    let grant = NewGrant {
        account_id: account.id,
        role: "resident".into(),
        place: Place::new("person", person),
        valid_from: ctx.today(),
        valid_to: None,
    };
    identity::grant_insert(&ctx, &tx, grant).await.unwrap();
    tx.commit().await.unwrap();
    account.id
}

/// A photograph of one colour.
pub fn photo() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(640, 480, image::Rgb([90, 120, 60]))
        .write_to(&mut out, image::ImageFormat::Jpeg)
        .unwrap();
    out.into_inner()
}

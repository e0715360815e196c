//! Đông Căm with four households, of which the first two heads have accounts; a household of Soi Cờ beside it.

use identity::{NewAccount, NewGrant};
use platform::Uuid;
use platform::access::Place;
use registry::person::{NewPerson, RawPerson};
use registry::{household, lists, person};
use testkit::{Answer, Cast, Client, TestApp};

pub const WORK: &str = "/lam-viec/van-dong";
pub const HEADS: [&str; 4] = ["Sùng A Thử", "Vàng Thị Thử", "Lò Văn Thử", "Đặng Thị Thử"];

pub struct World {
    pub app: TestApp,
    pub cast: Cast,
    /// Four of Đông Căm, one of Soi Cờ.
    pub homes: Vec<Uuid>,
}

/// What is different about a household.
#[derive(Clone, Copy, Default)]
pub struct Kind {
    pub poor: bool,
    pub fibre: bool,
    pub phone: bool,
}

impl World {
    pub async fn start() -> World {
        let (app, mut cast) = TestApp::start().await;
        let (dong_cam, soi_co) = (cast.home.villages[0], cast.home.villages[1]);
        let kinds = [
            Kind { poor: true, ..Kind::default() },
            Kind { fibre: true, ..Kind::default() },
            Kind { phone: true, ..Kind::default() },
            Kind { phone: true, fibre: true, ..Kind::default() },
        ];
        let mut homes = Vec::new();
        for (name, kind) in HEADS.into_iter().zip(kinds) {
            homes.push(home(&app, &cast, dong_cam, name, kind).await);
        }
        homes.push(home(&app, &cast, soi_co, "Phàn Văn Thử", Kind::default()).await);
        for (n, home) in homes.iter().take(2).enumerate() {
            let head = person::members(&app.ctx(&cast.home), *home).await.unwrap()[0].id;
            let login = format!("resident-{n}");
            let account = account(&app, &cast, &login, Some(head)).await;
            cast.home.accounts.insert(login, account);
        }
        let nobody = account(&app, &cast, "nobody", None).await;
        cast.home.accounts.insert("nobody".to_owned(), nobody);
        World { app, cast, homes }
    }

    pub async fn who(&self, login: &str) -> Client {
        self.app.sign_in(&self.cast.home, login).await
    }

    pub fn visitor(&self) -> Client {
        self.app.visitor().header("host", "giaphu.example")
    }

    /// A key that no form has used.
    pub fn fresh(&self) -> String {
        platform::ids::new_id(self.app.clock.now()).to_string()
    }

    pub async fn send(&self, who: &Client, path: &str, typed: &[(&str, &str)]) -> Answer {
        let key = self.fresh();
        let mut fields = vec![("khoa", key.as_str())];
        fields.extend(typed);
        who.post(path, &fields).await
    }

    pub fn day(&self, days: i64) -> String {
        vntext::date(self.app.ctx(&self.cast.home).today() + chrono::Duration::days(days))
    }

    pub async fn later(&self, days: i64) {
        self.app.clock.advance(chrono::Duration::days(days));
        self.app.run_jobs().await;
    }

    /// Adds a household to Đông Căm.
    pub async fn arrive(&self, name: &str) -> Uuid {
        home(&self.app, &self.cast, self.cast.home.villages[0], name, Kind::default()).await
    }

    /// A draft of a campaign of ten days for a goal of 80 per cent; its page.
    pub async fn draft(&self, who: &Client, more: &[(&str, &str)]) -> String {
        let until = self.day(9);
        let mut typed = more.to_vec();
        typed.extend([
            ("tieu-de", "Mỗi hộ một tài khoản VNeID"),
            ("chu-de", "vneid"),
            ("noi-dung", "Ra nhà văn hóa thôn cài VNeID."),
            ("doi-tuong", "all"),
            ("muc-tieu", "80"),
            ("den-ngay", &*until),
        ]);
        self.send(who, &format!("{WORK}/moi"), &typed).await.is(303).location()
    }

    /// Presses a button of a page that carries the revision.
    pub async fn press(&self, who: &Client, page: &str, button: &str, more: &[(&str, &str)]) -> Answer {
        let action = format!("{page}/{button}");
        let revision = who.get(page).await.ok().field_of(&action, "phien-ban");
        let mut typed = vec![("phien-ban", revision.as_str())];
        typed.extend(more);
        self.send(who, &action, &typed).await
    }

    /// A running campaign; its page on the work side.
    pub async fn running(&self, who: &Client, more: &[(&str, &str)]) -> String {
        let page = self.draft(who, more).await;
        self.press(who, &page, "bat-dau", &[]).await.is(303);
        page
    }

    /// The page of Đông Căm in a campaign.
    pub fn village(&self, page: &str) -> String {
        format!("{page}/thon/{}", self.cast.home.villages[0])
    }

    /// Notes one of the households.
    pub async fn note(&self, who: &Client, page: &str, home: usize, more: &[(&str, &str)]) -> Answer {
        let path = format!("{}/ho/{}", self.village(page), self.homes[home]);
        self.send(who, &path, more).await
    }
}

async fn home(app: &TestApp, cast: &Cast, village: Uuid, name: &str, kind: Kind) -> Uuid {
    let ctx = app.ctx(&cast.home);
    let yes = |yes: bool| if yes { "1" } else { "" }.to_owned();
    let raw = RawPerson {
        full_name: name.into(),
        sex: "male".into(),
        birth: "05/06/1980".into(),
        ethnic: "dao".into(),
        relation: lists::HEAD.into(),
        smartphone: yes(kind.phone),
        ..RawPerson::default()
    };
    let head = NewPerson::check(&raw, &lists::load(&ctx).unwrap(), ctx.today()).unwrap();
    let villages = registry::Villages::load(&ctx).await.unwrap();
    let place = household::RawHousehold {
        village: village.to_string(),
        poverty: if kind.poor { "poor".into() } else { String::new() },
        fibre: yes(kind.fibre),
        ..Default::default()
    };
    let tx = ctx.begin().await.unwrap();
    let facts = place.check(&villages).unwrap();
    let id = household::insert(&ctx, &tx, facts, vec![head], ctx.today(), "test").await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn account(app: &TestApp, cast: &Cast, login: &str, person: Option<Uuid>) -> Uuid {
    let ctx = app.ctx(&cast.home);
    let tx = ctx.begin().await.unwrap();
    let new =
        NewAccount { login: login.into(), display_name: format!("Bà con {login}"), ..NewAccount::default() };
    let account = identity::account_insert(&ctx, &tx, new, None).await.unwrap();
    if let Some(person) = person {
        let grant = NewGrant {
            account_id: account.id,
            role: "resident".into(),
            place: Place::new("person", person),
            valid_from: ctx.today(),
            valid_to: None,
        };
        identity::grant_insert(&ctx, &tx, grant).await.unwrap();
    }
    tx.commit().await.unwrap();
    account.id
}

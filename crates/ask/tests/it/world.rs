//! Đông Căm with four households, each with a head who has an account; in the first a grown-up son and a child have one as well.
//! A household of Soi Cờ beside it.

use identity::{NewAccount, NewGrant};
use platform::Uuid;
use platform::access::Place;
use registry::person::{NewPerson, RawPerson};
use registry::{household, lists, person};
use testkit::{Answer, Cast, Client, TestApp};

pub const WORK: &str = "/lam-viec/hoi-dan";

pub struct World {
    pub app: TestApp,
    pub cast: Cast,
    pub homes: Vec<Uuid>,
}

impl World {
    pub async fn start() -> World {
        let (app, mut cast) = TestApp::start().await;
        let (dong_cam, soi_co) = (cast.home.villages[0], cast.home.villages[1]);
        let mut homes = Vec::new();
        for (n, name) in ["Sùng A Thử", "Vàng Thị Thử", "Lò Văn Thử", "Đặng Thị Thử"].into_iter().enumerate()
        {
            let others = if n == 0 {
                vec![("Sùng A Lớn", "05/06/2000"), ("Sùng A Bé", "05/06/2014")]
            } else {
                vec![]
            };
            homes.push(home(&app, &cast, dong_cam, name, &others).await);
        }
        homes.push(home(&app, &cast, soi_co, "Phàn Văn Thử", &[]).await);
        for (n, home) in homes.iter().enumerate() {
            let members = person::members(&app.ctx(&cast.home), *home).await.unwrap();
            for (k, member) in members.iter().enumerate() {
                let login = if k == 0 { format!("head-{n}") } else { format!("member-{n}-{k}") };
                let account = account(&app, &cast, &login, Some(member.id)).await;
                cast.home.accounts.insert(login, account);
            }
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

    /// Publishes what stands at a page of the work side.
    pub async fn publish(&self, who: &Client, page: &str) -> Answer {
        let shown = who.get(page).await;
        let revision = shown.field_of(&format!("{page}/dang"), "phien-ban");
        self.send(who, &format!("{page}/dang"), &[("phien-ban", &revision)]).await
    }

    /// The same, with its reason.
    pub async fn cancel(&self, who: &Client, page: &str, why: &str) -> Answer {
        let shown = who.get(page).await;
        let revision = shown.field_of(&format!("{page}/huy"), "phien-ban");
        self.send(who, &format!("{page}/huy"), &[("phien-ban", &revision), ("ly-do", why)]).await
    }
}

fn raw(name: &str, birth: &str, relation: &str) -> RawPerson {
    RawPerson {
        full_name: name.into(),
        sex: "male".into(),
        birth: birth.into(),
        ethnic: "dao".into(),
        relation: relation.into(),
        ..RawPerson::default()
    }
}

async fn home(app: &TestApp, cast: &Cast, village: Uuid, name: &str, others: &[(&str, &str)]) -> Uuid {
    let ctx = app.ctx(&cast.home);
    let words = lists::load(&ctx).unwrap();
    let mut all = vec![raw(name, "05/06/1975", lists::HEAD)];
    all.extend(others.iter().map(|(name, birth)| raw(name, birth, "child")));
    let people = all.iter().map(|raw| NewPerson::check(raw, &words, ctx.today()).unwrap()).collect();
    let villages = registry::Villages::load(&ctx).await.unwrap();
    let place = household::RawHousehold { village: village.to_string(), ..Default::default() };
    let tx = ctx.begin().await.unwrap();
    let facts = place.check(&villages).unwrap();
    let id = household::insert(&ctx, &tx, facts, people, ctx.today(), "test").await.unwrap();
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

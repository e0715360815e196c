//! The people of the tests: two communes, their villages, one account for each role.

use crate::{Client, TestApp};
use chrono::NaiveDate;
use identity::{NewAccount, NewGrant, role};
use platform::access::Place;
use platform::{Ctx, Tx, Uuid, sql};
use std::collections::BTreeMap;
use units::{Kind, NewUnit};

/// A commune of the tests.
pub struct TestCommune {
    pub id: Uuid,
    pub unit: Uuid,
    /// "Đông Căm" and "Soi Cờ"; in the other commune "Làng Mới".
    pub villages: Vec<Uuid>,
    /// Account ids by sign-in name: the role's code, and `village_head_2` for the second village.
    pub accounts: BTreeMap<String, Uuid>,
}

/// Gia Phú and its neighbour.
pub struct Cast {
    pub home: TestCommune,
    pub other: TestCommune,
}

impl TestApp {
    /// All areas, with the cast.
    pub async fn start() -> (TestApp, Cast) {
        TestApp::start_with(|_| ()).await
    }

    /// The same, with a server for sending mail.
    pub async fn start_posting(mail: Option<platform::config::Mail>) -> (TestApp, Cast) {
        TestApp::start_with(|config| config.mail = mail).await
    }

    /// The same, with other settings.
    pub async fn start_with(set: impl FnOnce(&mut platform::config::Config)) -> (TestApp, Cast) {
        let test = TestApp::with_settings(sandinh::areas(), sandinh::authenticator(), set).await;
        let home = commune(&test, "Xã Gia Phú", "02923", &["Đông Căm", "Soi Cờ"], "giaphu.example").await;
        let other = commune(&test, "Xã Bên Cạnh", "02924", &["Làng Mới"], "bencanh.example").await;
        (test, Cast { home, other })
    }

    /// Somebody of the cast, signed in with the second factor done: `app.sign_in(&cast.home, "registry_officer")`.
    pub async fn sign_in(&self, commune: &TestCommune, who: &str) -> Client {
        let account =
            commune.accounts.get(who).unwrap_or_else(|| panic!("nobody in the cast is called {who}"));
        let cookie = identity::open_session(&self.app, commune.id, *account, true).await.expect("a session");
        self.with_cookie(&format!("{}={cookie}", identity::COOKIE))
    }

    /// The context of background work in a commune, for setting a scene through the rules.
    pub fn ctx(&self, commune: &TestCommune) -> Ctx {
        Ctx::system(&self.app, commune.id, "test")
    }
}

async fn commune(test: &TestApp, name: &str, code: &str, villages: &[&str], host: &str) -> TestCommune {
    let id = platform::ids::new_id(test.clock.now());
    let ctx = Ctx::system(&test.app, id, "test");
    let tx = ctx.begin().await.expect("a transaction");
    sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(name)
        .bind(host)
        .bind(ctx.now)
        .run(&tx)
        .await
        .expect("a commune");
    let unit = insert_unit(&ctx, &tx, Kind::Commune, name, code, None).await;
    let mut ids = Vec::new();
    for (n, village) in villages.iter().enumerate() {
        ids.push(insert_unit(&ctx, &tx, Kind::Village, village, &format!("{:02}", n + 1), Some(unit)).await);
    }
    let mut accounts = BTreeMap::new();
    for role in role::ROLES {
        let place = match role.place_kind {
            "commune" => Place::new("commune", id),
            "village" => Place::new("village", ids[0]),
            kind => Place::new(kind, platform::ids::new_id(ctx.now)),
        };
        accounts.insert(role.code.to_owned(), account(&ctx, &tx, role.code, role.code, place).await);
    }
    if let Some(second) = ids.get(1) {
        let place = Place::new("village", *second);
        accounts.insert(
            "village_head_2".to_owned(),
            account(&ctx, &tx, "village_head_2", "village_head", place).await,
        );
    }
    tx.commit().await.expect("the cast stands");
    TestCommune { id, unit, villages: ids, accounts }
}

async fn insert_unit(
    ctx: &Ctx,
    tx: &Tx,
    kind: Kind,
    name: &str,
    code: &str,
    parent_id: Option<Uuid>,
) -> Uuid {
    let new = NewUnit {
        kind,
        code: code.to_owned(),
        name: name.to_owned(),
        parent_id,
        valid_from: long_ago(),
        note: String::new(),
        source: "test".to_owned(),
    };
    units::insert(ctx, tx, new).await.expect("a unit").id
}

async fn account(ctx: &Ctx, tx: &Tx, login: &str, role: &str, place: Place) -> Uuid {
    let new =
        NewAccount {
            login: login.to_owned(), display_name: format!("Thử {login}"), ..NewAccount::default()
        };
    let account = identity::account_insert(ctx, tx, new, None).await.expect("an account");
    let grant = NewGrant {
        account_id: account.id,
        role: role.to_owned(),
        place,
        valid_from: long_ago(),
        valid_to: None,
    };
    identity::grant_insert(ctx, tx, grant).await.expect("a grant");
    account.id
}

fn long_ago() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date")
}

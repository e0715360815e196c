use identity::{
    Account, NewAccount, NewGrant, Opened, SignIn, account_insert, grant_insert, hash_password, open_session,
};
use platform::access::{Actor, Place};
use platform::app::Authenticator;
use platform::{Area, Ctx, Uuid, sql};
use std::sync::Arc;
use testkit::{Client, TestApp};

/// Good enough for the rules, and nobody's.
pub const PASSWORD: &str = "lúa chín vàng đồng";

/// An app of the ground floor with one commune.
pub struct Cast {
    pub test: TestApp,
    pub commune: Uuid,
}

pub fn areas() -> Vec<Area> {
    vec![platform::area(), ui::area(), audit::area(), units::area(), identity::area()]
}

pub async fn start() -> Cast {
    let test = TestApp::with(areas(), Box::new(SignIn)).await;
    let commune = commune(&test, "Xã Gia Phú", Some("giaphu.example")).await;
    Cast { test, commune }
}

pub async fn commune(test: &TestApp, name: &str, host: Option<&str>) -> Uuid {
    let id = platform::ids::new_id(test.app.clock.now());
    let tx = test.app.db.begin().await.unwrap();
    sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(name)
        .bind(host.map(str::to_owned))
        .bind(test.app.clock.now())
        .run(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

impl Cast {
    /// Work at this moment of the fake clock.
    pub fn ctx(&self) -> Ctx {
        Ctx::system(&self.test.app, self.commune, "test.run")
    }

    pub fn wait(&self, seconds: i64) {
        self.test.clock.advance(chrono::Duration::seconds(seconds));
    }

    pub async fn account(&self, login: &str) -> Account {
        let ctx = self.ctx();
        let hash = hash_password(&ctx, PASSWORD, login).await.unwrap();
        let tx = ctx.begin().await.unwrap();
        let new =
            NewAccount {
                login: login.into(), display_name: "Lò Thị Mẫu".into(), ..NewAccount::default()
            };
        let account = account_insert(&ctx, &tx, new, Some(&hash)).await.unwrap();
        tx.commit().await.unwrap();
        account
    }

    pub async fn with_role(&self, login: &str, role: &str) -> Account {
        let account = self.account(login).await;
        self.give(account.id, role, Place::new("commune", self.commune)).await;
        account
    }

    pub async fn give(&self, account_id: Uuid, role: &str, place: Place) -> Uuid {
        let ctx = self.ctx();
        let tx = ctx.begin().await.unwrap();
        let new = NewGrant { account_id, role: role.into(), place, valid_from: ctx.today(), valid_to: None };
        let id = grant_insert(&ctx, &tx, new).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn sign_in(&self, login: &str, password: &str) -> platform::Result<Opened> {
        identity::sign_in(&self.ctx(), login, password, "Mozilla/5.0 (Linux; Android 13) Chrome/120.0").await
    }

    /// A browser signed in without a password.
    pub async fn browser(&self, account: Uuid, second_factor: bool) -> Client {
        let value = open_session(&self.test.app, self.commune, account, second_factor).await.unwrap();
        self.test.with_cookie(&format!("{}={value}", identity::COOKIE))
    }

    /// Who a cookie or token makes of a request.
    pub async fn actor(&self, name: &str, value: &str) -> platform::Result<Option<Arc<Actor>>> {
        let mut headers = http::HeaderMap::new();
        headers.insert(http::HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        SignIn.actor(&self.test.app, &headers).await
    }

    pub async fn cookie_actor(&self, value: &str) -> Option<Arc<Actor>> {
        self.actor("cookie", &format!("phien={value}")).await.unwrap()
    }

    /// The context of somebody with this cookie.
    pub async fn as_cookie(&self, value: &str) -> Ctx {
        Ctx { actor: Some(self.cookie_actor(value).await.expect("a good cookie")), ..self.ctx() }
    }
}

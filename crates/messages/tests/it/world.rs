//! A commune with an administrator and a village head, and a mail server of the test.

use identity::{NewAccount, NewGrant, SignIn};
use platform::access::Place;
use platform::app::Builder;
use platform::clock::Clock;
use platform::config::{Config, Mail, MailSecurity, Tls};
use platform::jobs::{self, JobRow};
use platform::{App, Ctx, Uuid, sql};
use testkit::TestDatabase;

pub const COMMUNE: Uuid = Uuid::from_u128(1);

pub struct World {
    pub app: App,
    pub clock: Clock,
    pub admin: Uuid,
    pub head: Uuid,
    database: TestDatabase,
    _data: tempfile::TempDir,
}

/// A server on this machine at a port.
pub fn mail_at(port: u16) -> Mail {
    Mail {
        host: "127.0.0.1".into(),
        port,
        from: "Xã Thử <xa@thu.example>".into(),
        user: None,
        password_file: None,
        security: MailSecurity::None,
    }
}

impl World {
    pub async fn start(mail: Option<Mail>) -> World {
        let data = tempfile::tempdir().unwrap();
        let database = TestDatabase::make(data.path()).await;
        let clock = Clock::fake(testkit::START.parse().unwrap());
        let config = Config {
            data: data.path().to_owned(),
            database: database.location.clone(),
            listen: ([127, 0, 0, 1], 0).into(),
            demo: false,
            tls: Tls::Off,
            mail,
            behind_proxy: false,
            public_url: Some("https://xa.example".into()),
            voice: None,
            mqtt: platform::config::Mqtt::Off,
        };
        let areas = vec![
            platform::area(),
            ui::area(),
            units::area(),
            audit::area(),
            identity::area(),
            messages::area(),
            crate::work::toy(),
        ];
        let authenticator = Box::new(SignIn);
        let builder =
            Builder { config, clock: clock.clone(), areas, authenticator, error_page: sandinh::error_page() };
        let app = builder.start().await.unwrap();
        let (admin, head) = people(&app).await;
        World { app, clock, admin, head, database, _data: data }
    }

    pub fn ctx(&self) -> Ctx {
        Ctx::system(&self.app, COMMUNE, "test")
    }

    /// The browser of somebody who is signed in.
    pub async fn browser(&self, account: Uuid) -> testkit::Client {
        let session = identity::open_session(&self.app, COMMUNE, account, true).await.unwrap();
        testkit::Client::of(&self.app).cookie(&format!("{}={session}", identity::COOKIE))
    }

    pub async fn run_jobs(&self) {
        jobs::run_all_due(&self.app).await.unwrap();
    }

    /// The newest mail job.
    pub async fn mail_job(&self) -> JobRow {
        let id = sql(
            "SELECT id FROM job WHERE commune_id = $1 AND kind = 'messages.mail' ORDER BY id DESC LIMIT 1",
        );
        let id: Uuid = id.bind(COMMUNE).scalar(&self.app.db).await.unwrap().unwrap();
        jobs::find(&self.ctx(), &self.app.db, id).await.unwrap()
    }

    pub async fn end(self) {
        assert_eq!(platform::i18n::missing(), Vec::<String>::new(), "texts are missing");
        self.app.db.close().await;
        self.database.remove().await;
    }
}

async fn people(app: &App) -> (Uuid, Uuid) {
    let ctx = Ctx::system(app, COMMUNE, "test");
    let tx = ctx.begin().await.unwrap();
    let commune = sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, 'Xã Thử', NULL, $2)");
    commune.bind(COMMUNE).bind(ctx.now).run(&tx).await.unwrap();
    let account = |login: &str, email: &str| NewAccount {
        login: login.into(),
        display_name: login.into(),
        email: (!email.is_empty()).then(|| email.into()),
        phone: None,
        must_change_password: false,
    };
    let admin = identity::account_insert(&ctx, &tx, account("quan-tri", "quan.tri@thu.example"), None)
        .await
        .unwrap()
        .id;
    let head = identity::account_insert(&ctx, &tx, account("truong-thon", ""), None).await.unwrap().id;
    let grant = NewGrant {
        account_id: admin,
        role: "admin".into(),
        place: Place::new("commune", COMMUNE),
        valid_from: ctx.today(),
        valid_to: None,
    };
    identity::grant_insert(&ctx, &tx, grant).await.unwrap();
    tx.commit().await.unwrap();
    (admin, head)
}

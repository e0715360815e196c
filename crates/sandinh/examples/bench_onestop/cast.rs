//! The demo commune, its office, and residents with accounts of their own.

use identity::{NewAccount, NewGrant};
use platform::access::{Actor, Grant, Place, Scope, Via};
use platform::{App, Ctx, Uuid, sql};
use sea_orm::FromQueryResult;
use std::path::Path;
use std::sync::Arc;
use testkit::Client;

pub const CLIENTS: usize = 64;
pub const BIRTH: &str = "1.001193";
pub const EXTRACT: &str = "2.000635";

pub struct World {
    pub app: App,
    pub commune: Uuid,
    pub desk: Client,
    pub specialist: Client,
    pub leader: Client,
    pub residents: Vec<Arc<Resident>>,
}

pub struct Resident {
    pub person: Known,
    pub account: Uuid,
    pub phone: Client,
}

/// Who stands in the registry.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Known {
    pub id: Uuid,
    pub full_name: String,
    pub personal_no: String,
}

impl World {
    pub async fn start(folder: &Path, database_url: Option<&str>) -> Arc<World> {
        let app = crate::place::open(folder, database_url).await;
        let commune = demo::write::write(&app).await.expect("the demo");
        let [desk, specialist, leader] = office(&app, commune).await;
        let mut world = World { app, commune, desk, specialist, leader, residents: Vec::new() };
        for (n, person) in world.people(CLIENTS).await.into_iter().enumerate() {
            let resident = world.resident(n, person).await;
            world.residents.push(Arc::new(resident));
        }
        Arc::new(world)
    }

    pub fn ctx(&self) -> Ctx {
        Ctx::system(&self.app, self.commune, "bench")
    }

    /// What a rule is given when this resident asks.
    pub fn ctx_of(&self, resident: &Resident) -> Ctx {
        let place = Place::new("person", resident.person.id);
        let actor = Actor {
            account_id: resident.account,
            commune_id: self.commune,
            name: resident.person.full_name.clone(),
            grants: vec![Grant { role: "resident".into(), place: place.clone() }],
            second_factor: false,
            via: Via::Session(Uuid::nil()),
        };
        Ctx { actor: Some(Arc::new(actor)), scope: Scope::new(vec![place]), ..self.ctx() }
    }

    pub fn key(&self) -> String {
        platform::ids::new_id(self.app.clock.now()).to_string()
    }

    /// Grown people of the registry with a number.
    pub async fn people(&self, limit: usize) -> Vec<Known> {
        sql("SELECT id, full_name, personal_no FROM person WHERE commune_id = $1 AND state = 'present' \
             AND personal_no IS NOT NULL AND birth_date < '1999-01-01' ORDER BY sort_key, id LIMIT $2")
        .bind(self.commune)
        .bind(i64::try_from(limit).expect("few"))
        .all(&self.app.db)
        .await
        .expect("people")
    }

    async fn resident(&self, n: usize, person: Known) -> Resident {
        let ctx = self.ctx();
        let tx = ctx.begin().await.expect("a transaction");
        let new = NewAccount {
            login: format!("thu.{n}"),
            display_name: person.full_name.clone(),
            ..NewAccount::default()
        };
        let account = identity::account_insert(&ctx, &tx, new, None).await.expect("an account").id;
        let grant = NewGrant {
            account_id: account,
            role: "resident".into(),
            place: Place::new("person", person.id),
            valid_from: ctx.today(),
            valid_to: None,
        };
        identity::grant_insert(&ctx, &tx, grant).await.expect("a role");
        tx.commit().await.expect("it stands");
        Resident { person, account, phone: session(&self.app, self.commune, account).await }
    }
}

async fn office(app: &App, commune: Uuid) -> [Client; 3] {
    let ctx = Ctx::system(app, commune, "bench");
    let staff = demo::generate(demo::DEMO_SEED).staff;
    let mut clients = Vec::new();
    for role in [demo::Role::OneStopOfficer, demo::Role::RegistryOfficer, demo::Role::Chairman] {
        let one = staff.iter().find(|one| one.role == role).expect("the office");
        let account = identity::account_by_login(&ctx, &one.login).await.expect("read").expect("an account");
        clients.push(session(app, commune, account.id).await);
    }
    clients.try_into().unwrap_or_else(|_| panic!("three of them"))
}

async fn session(app: &App, commune: Uuid, account: Uuid) -> Client {
    let value = identity::open_session(app, commune, account, true).await.expect("a session");
    Client::of(app).cookie(&format!("{}={value}", identity::COOKIE))
}

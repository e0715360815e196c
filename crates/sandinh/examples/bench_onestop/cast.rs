//! The demo commune, its office, and residents with accounts of their own.

pub use crate::measure::people::Known;

use crate::measure::people;
use platform::access::{Actor, Grant, Place, Scope, Via};
use platform::{App, Ctx, Uuid};
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

impl World {
    pub async fn start(folder: &Path, database_url: Option<&str>) -> Arc<World> {
        let app = crate::place::open(folder, database_url).await;
        let commune = demo::write::write(&app).await.expect("the demo");
        let roles = [demo::Role::OneStopOfficer, demo::Role::RegistryOfficer, demo::Role::Chairman];
        let [desk, specialist, leader] = roles.map(|role| people::official(&app, commune, role));
        let (desk, specialist, leader) = (desk.await, specialist.await, leader.await);
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
        people::grown(&self.app, self.commune, limit).await
    }

    async fn resident(&self, n: usize, person: Known) -> Resident {
        let login = format!("thu.{n}");
        let (account, phone) =
            people::resident(&self.app, self.commune, login, &person.full_name, person.id).await;
        Resident { person, account, phone }
    }
}

//! Accounts and roles. Nobody has a password: the demo is entered by one-click links. Leaders get their key to sign with.

use super::Ids;
use super::keys::SigningKey;
use super::registry::Keys;
use crate::day::ymd;
use crate::{Commune, Role, StaffAccount};
use identity::{NewAccount, NewGrant};
use platform::access::Place;
use platform::{Ctx, Result, Tx};

pub async fn write(
    ctx: &Ctx,
    tx: &Tx,
    demo: &Commune,
    ids: &Ids,
    keys: &Keys,
    signing: &[SigningKey],
) -> Result<()> {
    for one in &demo.staff {
        let new = NewAccount {
            login: one.login.clone(),
            display_name: demo.person(one.person).name.clone(),
            email: None,
            phone: None,
            must_change_password: false,
        };
        let account = identity::account_insert(ctx, tx, new, None).await?;
        for key in signing.iter().filter(|key| key.login == one.login) {
            ::signing::keep_for(ctx, tx, account.id, &key.file, &key.opened).await?;
        }
        for (role, place) in grants(ctx, one, ids, keys) {
            let grant = NewGrant {
                account_id: account.id,
                role: role.to_owned(),
                place,
                valid_from: one.from,
                valid_to: None,
            };
            let person = Some(grant.place.id).filter(|_| grant.place.kind == "person");
            let id = identity::grant_insert(ctx, tx, grant).await?;
            if let Some(person) = person {
                registry::link::keep(ctx, tx, account.id, person, id).await?;
            }
        }
        if !matches!(one.role, Role::VillageHead | Role::Resident) {
            // Since the summer of 2022 everybody in the office uses the common mail.
            let then = Ctx { now: platform::clock::start_of_day(ymd(2022, 6, 1)), ..ctx.clone() };
            let address = format!("{}@giaphu.example", one.login);
            office::mailbox::confirmed(&then, tx, account.id, &address).await?;
        }
    }
    Ok(())
}

fn grants(ctx: &Ctx, one: &StaffAccount, ids: &Ids, keys: &Keys) -> Vec<(&'static str, Place)> {
    let commune = Place::new("commune", ctx.commune);
    let role = match one.role {
        Role::Chairman => "chairman",
        Role::ViceChairman => "vice_chairman",
        Role::PartySecretary => "secretary",
        Role::OneStopOfficer => "onestop_officer",
        Role::RegistryOfficer => "registry_officer",
        Role::Clerk => "clerk",
        Role::RadioOfficer => "radio_officer",
        Role::MarketManager => "market_manager",
        Role::DigitalOfficer => "admin",
        Role::Auditor => "auditor",
        Role::VillageHead => {
            let village = one.village.and_then(|key| ids.villages.get(&key));
            return village.map(|id| ("village_head", Place::new("village", *id))).into_iter().collect();
        }
        Role::Resident => return vec![("resident", Place::new("person", keys.person(one.person)))],
    };
    vec![(role, commune)]
}

//! Reach (chiến dịch tuyên truyền, vận động): what the commune tells its households, and which of them each campaign has reached, by
//! village and by the way it took, and which not.
//!
//! A campaign has a roll: the households that it is for, frozen on the day of its start ([`campaign`]). That one was reached is a row of
//! household, channel and day ([`roll`]). What other areas know comes by events: who came to a meeting of the village, who
//! opened a message.

mod api;
pub mod campaign;
mod card;
mod desk;
mod figures;
mod law;
mod public;
pub mod roll;
mod who;

pub use roll::{Channel, Noting, Outcome};

use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 480,
        name: "reach_campaign",
        text: include_str!("../migrations/0480_reach_campaign.sql"),
    },
    Migration { version: 481, name: "reach_home", text: include_str!("../migrations/0481_reach_home.sql") },
    Migration { version: 482, name: "reach_way", text: include_str!("../migrations/0482_reach_way.sql") },
];

// All texts of the area.
const VI: &str = concat!(include_str!("../locales/vi.ftl"), include_str!("../locales/desk.vi.ftl"));
const EN: &str = concat!(include_str!("../locales/en.ftl"), include_str!("../locales/desk.en.ftl"));

/// What this area hands to the binary.
pub fn area() -> Area {
    let area = Area::new("reach")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(desk::routes())
        .routes(public::routes())
        .routes(api::routes())
        .openapi(api::paths)
        .worker(campaign::worker())
        .every(campaign::every())
        .offer(figures::set())
        .offer(public::village_panel())
        .offer(card::panel())
        .offer(card::copy())
        .offer(desk::waits())
        .offer(ui::AccountEntry {
            text: "reach-public",
            line: "reach-public-line",
            url: "/van-dong",
            icon: "megaphone",
            action: "reach.own",
        })
        .offer(ui::MenuEntry {
            text: "reach-menu",
            url: campaign::model::WORK,
            icon: "megaphone",
            action: "reach.show",
            group: "registry-menu-group",
            order: 137,
        });
    roll::told::handlers().into_iter().fold(area, Area::on)
}

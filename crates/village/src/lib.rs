//! Villages (thôn): the site that everybody reads, as panels on the registry's page of each village, and the book that its
//! head keeps on the work side: notices, meetings with attendance and votes, the fund, the smart-village criteria.

mod back;
mod book;
pub mod fund;
pub mod meeting;
mod notice;
mod place;
mod public;
pub mod smart;

pub use notice::{Notice, Writing, publish as publish_notice};
pub use place::{Home, homes};

use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 450,
        name: "village_notice",
        text: include_str!("../migrations/0450_village_notice.sql"),
    },
    Migration {
        version: 451,
        name: "village_fund",
        text: include_str!("../migrations/0451_village_fund.sql"),
    },
    Migration {
        version: 452,
        name: "village_meeting",
        text: include_str!("../migrations/0452_village_meeting.sql"),
    },
    Migration {
        version: 453,
        name: "village_smart",
        text: include_str!("../migrations/0453_village_smart.sql"),
    },
];

// All texts of the area.
const VI: &str = concat!(
    include_str!("../locales/vi.ftl"),
    include_str!("../locales/fund.vi.ftl"),
    include_str!("../locales/meeting.vi.ftl"),
    include_str!("../locales/smart.vi.ftl")
);
const EN: &str = concat!(
    include_str!("../locales/en.ftl"),
    include_str!("../locales/fund.en.ftl"),
    include_str!("../locales/meeting.en.ftl"),
    include_str!("../locales/smart.en.ftl")
);

/// What this area hands to the binary.
pub fn area() -> Area {
    let area = Area::new("village")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(book::routes())
        .routes(notice::routes())
        .routes(fund::routes())
        .routes(meeting::routes())
        .routes(smart::routes())
        .worker(notice::worker())
        .every(notice::every())
        .offer(book::menu())
        .offer(meeting::gatherings())
        .offer(fund::menu());
    public::panels().into_iter().fold(area, Area::offer)
}

//! The office (văn bản và điều hành): documents come in and go out by the book, directives reach the people who carry
//! them out, and other agencies are told what became of what they sent.

mod once;
mod outgoing;
mod secrecy;

use platform::Area;
use platform::db::Migration;

pub const MIGRATIONS: &[Migration] = &[outgoing::MIGRATION];

// All texts of the area.
const VI: &str = concat!(include_str!("../locales/vi.ftl"), include_str!("../locales/outgoing.vi.ftl"));
const EN: &str = concat!(include_str!("../locales/en.ftl"), include_str!("../locales/outgoing.en.ftl"));

/// What this area hands to the binary.
pub fn area() -> Area {
    let area = Area::new("office")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(outgoing::routes())
        .routes(outgoing::api_routes())
        .openapi(outgoing::paths)
        .offer(outgoing::waits());
    outgoing::menu().into_iter().fold(area, Area::offer)
}

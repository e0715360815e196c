//! The design system: how Sân Đình looks and speaks. Base pages, components, the one table, charts, the map of
//! villages, and the built front end inside the binary. It knows no area; areas fill its shapes.
//!
//! Start with `README.md` beside this crate: it shows a whole page.

extern crate self as ui; // templates say `ui::icon(…)`, here as in every other crate

pub mod appearance;
mod area;
pub mod assets;
pub mod back;
pub mod chart;
mod design;
mod errors;
pub mod form;
mod frame;
mod html;
mod install;
pub mod map;
pub mod markdown;
pub mod qr;
mod shell;
pub mod table;

pub use appearance::{Appearance, Theme};
pub use area::{area, error_page};
pub use assets::asset;
pub use chart::{Bar, BarChart, LineChart, Multiple, Part, Share, SmallMultiples};
pub use design::design_page;
pub use errors::{ErrorPage, FieldErrors};
pub use frame::{
    AccountEntry, Alarms, CommuneHead, Door, Finds, HomeTiles, InboxCount, MenuEntry, Named, RoleWord, Spot,
    Spots, Tile, Waiting, Waits, doors,
};
pub use html::{Html, icon, icon_large, initials, same, stars, step_mark, whole};
pub use map::VillageMap;
pub use shell::{Alarm, Commune, Crumb, Flash, NavItem, Shell, Status, UserChip};
pub use table::{BulkAction, Cell, Column, Empty, Filter, Kind, Row, Table};

use platform::{Error, Lang, Result, i18n};

/// The texts of the design system itself, and those of the page `/thiet-ke`.
pub const LOCALES: [(&str, Lang, &str); 4] = [
    ("ui", Lang::Vi, include_str!("../locales/vi.ftl")),
    ("ui", Lang::En, include_str!("../locales/en.ftl")),
    ("ui-design", Lang::Vi, include_str!("../locales/design.vi.ftl")),
    ("ui-design", Lang::En, include_str!("../locales/design.en.ftl")),
];

/// Makes the texts of this crate known: once when the program starts, and in every test. Twice does no harm.
pub fn load() {
    for (name, lang, source) in LOCALES {
        i18n::load(name, lang, source);
    }
}

/// Renders a template into the text of a page.
pub fn render(template: &impl askama::Template) -> Result<String> {
    template.render().map_err(Error::internal)
}

//! The design system: how Sân Đình looks and speaks. Base pages, components, the one table, charts, the map of
//! villages, and the built front end inside the binary. It knows no area; areas fill its shapes.
//!
//! Start with `README.md` beside this crate: it shows a whole page.

extern crate self as ui; // templates say `ui::icon(…)`, here as in every other crate

mod area;
pub mod appearance;
pub mod assets;
pub mod chart;
mod design;
mod errors;
mod frame;
mod html;
pub mod map;
mod shell;
pub mod table;

pub use area::{area, error_page};
pub use appearance::{Appearance, Theme};
pub use assets::asset;
pub use chart::{Bar, BarChart, LineChart, Multiple, Part, Share, SmallMultiples};
pub use design::design_page;
pub use errors::{ErrorPage, FieldErrors};
pub use html::{Html, icon, icon_large, initials, stars, step_mark, whole};
pub use map::VillageMap;
pub use frame::{CommuneHead, Door, HomeTiles, InboxCount, MenuEntry, RoleWord, Tile, Waiting, Waits, doors};
pub use shell::{Commune, Crumb, Flash, NavItem, Shell, Status, UserChip};
pub use table::{BulkAction, Cell, Column, Empty, Filter, Kind, Row, Table};

use platform::{Error, Lang, Result, i18n};

/// The texts of the design system itself; `load` is called once when the program starts (and by every test).
pub const LOCALES: [(Lang, &str); 2] =
    [(Lang::Vi, include_str!("../locales/vi.ftl")), (Lang::En, include_str!("../locales/en.ftl"))];

/// Makes the texts of this crate known.
pub fn load() {
    for (lang, source) in LOCALES {
        i18n::load("ui", lang, source);
    }
}

/// Renders a template into the text of a page.
pub fn render(template: &impl askama::Template) -> Result<String> {
    template.render().map_err(Error::internal)
}

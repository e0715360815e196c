//! Live figures: each area says what it counts, this crate computes it from the rows, by commune and village, as of any
//! day, and opens it to the rows behind it. It knows no area above.
//!
//! An area offers a [`FigureSet`]: bases (a derived table of what was true on a day) and figures (a predicate over a
//! base). All predicates of one base are answered by one query; the list of rows uses the same predicate. Values are
//! exact fractions, rounded half up only when they are written. What was reported is kept in `figure_frozen`.

mod api;
mod cache;
mod count;
mod exact;
mod export;
mod frozen;
mod model;
mod open;
mod pages;
mod rows;
mod tiles;
mod value;

pub use cache::{touch, touch_all};
pub use exact::Exact;
pub use export::{csv, json, table};
pub use frozen::{Frozen, freeze, frozen, periods};
pub use model::{Base, Basis, Figure, FigureSet, Kind, Show, Shown};
pub use rows::{Rows, Which, rows};
pub use value::{UnitValue, Value, all, one};

use platform::area::{get, post};
use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 60, name: "figures", text: include_str!("../migrations/0060_figures.sql") }];

pub fn area() -> Area {
    Area::new("figures")
        .migrations(MIGRATIONS)
        .locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
        .policies(include_str!("../access.cedar"))
        .routes(vec![
            get("/so-lieu", "figure.list", pages::list).kept(),
            get("/so-lieu/{key}", "figure.show", pages::show).kept(),
            get("/so-lieu/{key}/lich-su", "figure.show", pages::history).on_phone(),
            get("/lam-viec/so-lieu/{key}/dong", "figure.rows", pages::rows),
            get("/lam-viec/so-lieu-da-chot", "figure.frozen", pages::frozen),
            post("/lam-viec/so-lieu-da-chot", "figure.freeze", pages::freeze),
            get("/api/v1/figures", "figure.list", api::list),
            get("/api/v1/figures/{key}", "figure.show", api::show),
        ])
        .openapi(api::document)
        .offer(cache::Cache::default())
        .offer(open::COMMUNE)
        .offer(open::VILLAGES)
        .offer(ui::Door {
            text: "figures-door",
            line: "figures-door-line",
            url: "/so-lieu",
            icon: "chart-column",
            order: 30,
        })
        .offer(ui::HomeTiles(|ctx| Box::pin(tiles::headlines(ctx))))
        .offer(ui::Named(|ctx| Box::pin(tiles::named(ctx))))
        .offer(ui::MenuEntry {
            text: "figures-frozen",
            url: "/lam-viec/so-lieu-da-chot",
            icon: "lock",
            action: "figure.frozen",
            group: "figures-menu-group",
            order: 600,
        })
}

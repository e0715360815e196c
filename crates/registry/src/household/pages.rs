//! Pages of households: list, card, forms.

mod card;
mod edit;
pub(crate) mod fields;
mod holdings;
mod list;
mod moves;
pub(crate) mod story;

use crate::find::household_path;
use crate::household::{self, Household};
use platform::area::{get, post};
use platform::{Ctx, Result, Route, Uuid};
use ui::Shell;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/ho", "household.list", list::list),
        get("/lam-viec/ho/moi", "household.insert", edit::new_form),
        post("/lam-viec/ho/moi", "household.insert", edit::new_save),
        get("/lam-viec/ho/{id}", "household.show", card::show),
        get("/lam-viec/ho/{id}/sua", "household.update", edit::form),
        post("/lam-viec/ho/{id}/sua", "household.update", edit::save),
        get("/lam-viec/ho/{id}/cay-con", "household.holding", holdings::form),
        post("/lam-viec/ho/{id}/cay-con", "household.holding", holdings::save),
        get("/lam-viec/ho/{id}/chu-ho", "household.head", moves::head_form),
        post("/lam-viec/ho/{id}/chu-ho", "household.head", moves::head_save),
        get("/lam-viec/ho/{id}/tach", "household.split", moves::split_form),
        post("/lam-viec/ho/{id}/tach", "household.split", moves::split_save),
        get("/lam-viec/ho/{id}/nhap", "household.merge", moves::merge_form),
        post("/lam-viec/ho/{id}/nhap", "household.merge", moves::merge_save),
        get("/lam-viec/ho/{id}/chuyen-di", "household.move_out", moves::out_form),
        post("/lam-viec/ho/{id}/chuyen-di", "household.move_out", moves::out_save),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-menu-households",
        url: "/lam-viec/ho",
        icon: "house",
        action: "household.list",
        group: "registry-menu-group",
        order: 100,
    }
}

/// The household of a form and the frame of its page.
pub(crate) async fn of(ctx: &Ctx, id: Uuid, title: &str) -> Result<(Household, Shell)> {
    let household = household::get(ctx, id).await?;
    let t = ctx.t();
    let shell = Shell::of(ctx, title).await?.crumb(t.t("registry-households"), "/lam-viec/ho");
    let head = household::get_many(ctx, &[id]).await?.pop().and_then(|row| row.head_name);
    let name =
        head.map_or_else(|| household.code.clone(), |head| t.s("registry-household-of", "name", &head));
    let shell = shell.crumb(name, &household_path(id)).crumb(t.t(title), "");
    Ok((household, shell))
}

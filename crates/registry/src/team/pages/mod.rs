//! Pages of boards and teams: list, card with members and work plan, forms.

mod card;
mod form;
mod list;
mod parts;

use super::Team;
use platform::area::{get, post};
use platform::{Ctx, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/ban-to", "team.list", list::show),
        get("/lam-viec/ban-to/moi", "team.insert", form::new_form),
        post("/lam-viec/ban-to/moi", "team.insert", form::new_save),
        get("/lam-viec/ban-to/{id}", "team.show", card::show),
        get("/lam-viec/ban-to/{id}/sua", "team.update", form::edit_form),
        post("/lam-viec/ban-to/{id}/sua", "team.update", form::edit_save),
        get("/lam-viec/ban-to/{id}/thanh-vien", "team.update", parts::members_form),
        post("/lam-viec/ban-to/{id}/thanh-vien", "team.update", parts::members_save),
        get("/lam-viec/ban-to/{id}/ke-hoach", "team.update", parts::plan_form),
        post("/lam-viec/ban-to/{id}/ke-hoach", "team.update", parts::plan_save),
        post("/lam-viec/ban-to/{id}/xong", "team.update", parts::line_done),
        get("/lam-viec/ban-to/{id}/giai-the", "team.end", form::end_form),
        post("/lam-viec/ban-to/{id}/giai-the", "team.end", form::end),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-team-list",
        url: "/lam-viec/ban-to",
        icon: "users",
        action: "team.list",
        group: "registry-menu-group",
        order: 130,
    }
}

fn may_write(ctx: &Ctx, team: &Team, action: &'static str) -> bool {
    let scope = ctx.scope_of(action);
    team.ended_on.is_none()
        && (scope.whole() || team.village_id.is_some_and(|id| scope.covers("village", id)))
}

//! Pages of people: list, card, forms.

mod card;
pub(crate) mod edit;
pub(crate) mod fields;
mod list;
mod moves;
mod new;
mod skills;
pub(crate) mod story;

use crate::find::person_path;
use crate::person::{self, Person};
use platform::area::{get, post};
use platform::{Ctx, Result, Route, Uuid};
use ui::Shell;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/nguoi", "person.list", list::list),
        get("/lam-viec/nguoi/moi", "person.insert", new::form),
        post("/lam-viec/nguoi/moi", "person.insert", new::save),
        get("/lam-viec/nguoi/{id}", "person.show", card::show),
        get("/lam-viec/nguoi/{id}/sua", "person.update", edit::form),
        post("/lam-viec/nguoi/{id}/sua", "person.update", edit::save),
        get("/lam-viec/ho/{id}/them-nguoi", "person.insert", edit::arrival_form),
        post("/lam-viec/ho/{id}/them-nguoi", "person.insert", edit::arrival_save),
        get("/lam-viec/ho/{id}/khai-sinh", "person.insert", edit::birth_form),
        post("/lam-viec/ho/{id}/khai-sinh", "person.insert", edit::birth_save),
        get("/lam-viec/nguoi/{id}/ky-nang", "person.skill", skills::form),
        post("/lam-viec/nguoi/{id}/ky-nang", "person.skill", skills::save),
        get("/lam-viec/nguoi/{id}/khai-tu", "person.leave", moves::death_form),
        post("/lam-viec/nguoi/{id}/khai-tu", "person.leave", moves::death_save),
        get("/lam-viec/nguoi/{id}/chuyen-di", "person.leave", moves::out_form),
        post("/lam-viec/nguoi/{id}/chuyen-di", "person.leave", moves::out_save),
        get("/lam-viec/nguoi/{id}/chuyen-ho", "person.move", moves::move_form),
        post("/lam-viec/nguoi/{id}/chuyen-ho", "person.move", moves::move_save),
        get("/lam-viec/nguoi/{id}/tro-ve", "person.come_back", moves::back_form),
        post("/lam-viec/nguoi/{id}/tro-ve", "person.come_back", moves::back_save),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-menu-people",
        url: "/lam-viec/nguoi",
        icon: "users",
        action: "person.list",
        group: "registry-menu-group",
        order: 110,
    }
}

/// The person of a form and the frame of its page.
pub(crate) async fn of(ctx: &Ctx, id: Uuid, title: &str) -> Result<(Person, Shell)> {
    let person = person::get(ctx, id).await?;
    let t = ctx.t();
    let shell = Shell::of(ctx, title).await?.crumb(t.t("registry-people"), "/lam-viec/nguoi");
    let shell = shell.crumb(&person.facts.full_name, &person_path(id)).crumb(t.t(title), "");
    Ok((person, shell))
}

//! The resident's side: filling in, sending, following, answering. A member of a village's team does the same for somebody
//! who agreed.

mod answer;
mod draft;
mod files;
mod invited;
mod mine;
mod papers;
mod review;
mod send;
mod show;
mod steps;
mod whole;

pub(crate) use answer::prepared as answer_pages;
pub(crate) use draft::{SHOWN, fresh, here};
pub(crate) use files::{FOR_APPLICANT, FOR_OFFICE, prepared, shown};
pub(crate) use invited::forms;

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/thu-tuc/{code}/lam", "dossier.draft", draft::begin_form),
        post("/thu-tuc/{code}/lam", "dossier.draft", draft::begin),
        get("/thu-tuc/{code}/tren-may", "dossier.draft", whole::page),
        post("/thu-tuc/{code}/tren-may", "dossier.draft", whole::begin),
        get("/thu-tuc/{code}/moi/{person}", "dossier.invited", invited::open),
        get("/ho-so-cua-toi", "dossier.mine", mine::list).on_phone(),
        get("/ho-so-cua-toi/nhap/{id}", "dossier.draft", draft::form),
        post("/ho-so-cua-toi/nhap/{id}", "dossier.draft", draft::save),
        post("/ho-so-cua-toi/nhap/{id}/giay", "dossier.draft", files::add),
        post("/ho-so-cua-toi/nhap/{id}/giay/{paper}/bo", "dossier.draft", files::drop),
        get("/ho-so-cua-toi/nhap/{id}/giay/{paper}", "dossier.draft", files::draft_file),
        post("/ho-so-cua-toi/nhap/{id}/nop", "dossier.draft", send::submit),
        post("/ho-so-cua-toi/nhap/{id}/bo", "dossier.draft", send::throw_away),
        get("/ho-so-cua-toi/{id}", "dossier.mine", show::show).on_phone(),
        get("/ho-so-cua-toi/{id}/giay/{paper}", "dossier.mine", files::own_file),
        get("/ho-so-cua-toi/{id}/giay-tiep-nhan", "dossier.mine", show::receipt).on_phone(),
        get("/ho-so-cua-toi/{id}/bo-sung", "dossier.mine", answer::form),
        post("/ho-so-cua-toi/{id}/bo-sung", "dossier.mine", answer::send),
        post("/ho-so-cua-toi/{id}/rut", "dossier.mine", show::withdraw),
        post("/ho-so-cua-toi/{id}/danh-gia", "dossier.mine", show::rate),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "onestop-menu-mine",
        url: "/ho-so-cua-toi",
        icon: "file-text",
        action: "dossier.mine",
        group: "",
        order: 2,
    }
}

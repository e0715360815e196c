//! The public side: reporting, the list with its map, one report with its story, and what its sender does there.

mod act;
mod check;
mod form;
mod list;
mod mine;
mod show;

use platform::Route;
use platform::area::{get, post};

pub(crate) use list::{LAYER, pin};
pub(crate) use show::{again, allowed_file, own_address};

pub fn routes() -> Vec<Route> {
    vec![
        get("/phan-anh", "feedback.show", list::list).on_phone(),
        get("/phan-anh/moi", "feedback.send", form::form).on_phone(),
        post("/phan-anh/moi", "feedback.send", form::send),
        get("/phan-anh/gan-day", "feedback.show", check::near),
        get("/phan-anh/cua-toi", "feedback.mine", mine::list).on_phone(),
        get("/phan-anh/{code}", "feedback.show", show::show).on_phone(),
        get("/phan-anh/{code}/anh/{picture}", "feedback.show", show::picture),
        post("/phan-anh/{code}/xem-lai", "feedback.follow", check::answer),
        post("/phan-anh/{code}/cung-thay", "feedback.follow", act::support),
        post("/phan-anh/{code}/bo-sung", "feedback.follow", act::supply),
        post("/phan-anh/{code}/danh-gia", "feedback.follow", act::rate),
        post("/phan-anh/{code}/mo-lai", "feedback.follow", act::reopen),
        post("/phan-anh/{code}/da-sua", "feedback.follow", act::fixed),
    ]
}

pub fn door() -> ui::Door {
    ui::Door {
        text: "feedback-door",
        line: "feedback-door-line",
        url: "/phan-anh",
        icon: "megaphone",
        order: 14,
    }
}

pub fn account_entry() -> ui::AccountEntry {
    ui::AccountEntry {
        text: "feedback-mine",
        line: "feedback-mine-line",
        url: "/phan-anh/cua-toi",
        icon: "megaphone",
        action: "feedback.mine",
    }
}

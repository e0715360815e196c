//! Notices of a village: written by its head, in the inboxes of those who live there, on the village's page and on paper.

mod pages;
mod rules;
mod store;

pub(crate) use pages::{Line, lines};
pub(crate) use rules::withdraw;
pub use rules::{Writing, publish};
pub(crate) use rules::{every, worker};
pub(crate) use store::shown;

use chrono::{DateTime, NaiveDate, Utc};
use platform::area::{get, post};
use platform::{Route, Uuid, choice};
use sea_orm::FromQueryResult;

choice! {
    State, "village-notice-state", { Planned = "planned", Out = "out", TakenBack = "taken_back" }
}

/// A notice as it stands now.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Notice {
    pub id: Uuid,
    pub village_id: Uuid,
    pub title: String,
    pub body: String,
    pub from_on: NaiveDate,
    pub until_on: NaiveDate,
    pub file_id: Option<Uuid>,
    pub meeting_id: Option<Uuid>,
    pub state: State,
    pub told: i64,
    pub by_id: Option<Uuid>,
    pub at: DateTime<Utc>,
    pub revision: i64,
}

impl Notice {
    /// Everybody may read it on this day.
    pub fn shows(&self, day: NaiveDate) -> bool {
        self.state == State::Out && self.until_on >= day
    }

    pub fn badge(&self, day: NaiveDate) -> (ui::Status, &'static str) {
        match self.state {
            State::Planned => (ui::Status::Waiting, State::Planned.text_key()),
            State::Out if self.until_on < day => (ui::Status::Off, "village-notice-over"),
            State::Out => (ui::Status::Active, State::Out.text_key()),
            State::TakenBack => (ui::Status::Off, State::TakenBack.text_key()),
        }
    }
}

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/so-thon/{village}/thong-bao", "village_book.show", pages::list),
        get("/lam-viec/so-thon/{village}/thong-bao/moi", "village_book.keep", pages::form),
        post("/lam-viec/so-thon/{village}/thong-bao/moi", "village_book.keep", pages::create),
        get("/lam-viec/so-thon/{village}/thong-bao/{id}/in", "village_book.show", pages::sheet),
        post("/lam-viec/so-thon/{village}/thong-bao/{id}/go", "village_book.keep", pages::take_back),
        get("/thon/{slug}/thong-bao", "village_site.show", pages::public_list).on_phone(),
        get("/thon/{slug}/thong-bao/{id}", "village_site.show", pages::public).on_phone(),
        get("/thon/{slug}/thong-bao/{id}/anh", "village_site.show", pages::picture),
    ]
}

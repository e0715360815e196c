//! Dossiers: from the first answer to the returned result.

mod applicant;
mod bulk;
mod clock;
mod code;
mod draft;
mod event;
pub(crate) mod machine;
pub mod model;
mod once;
mod paper;
pub(crate) mod rules;
mod store;
mod submit;
mod sync;
mod tell;

pub(crate) use applicant::marks_of;
pub use applicant::{answer, rate, withdraw};
pub use bulk::insert_many;
pub use clock::{DeskRules, Light};
pub(crate) use code::typed;
pub use draft::{
    Draft, draft_drop, draft_find, draft_for, draft_of, draft_open, draft_page_drop, draft_pages_add,
    draft_save, drafts,
};
pub(crate) use event::moved;
pub use event::{Event, Happened, events};
pub use machine::{Act, offered};
pub use model::{Dossier, Queue, Status};
pub use once::{Twin, twins};
pub use paper::{ACCEPT, Given, PaperRow, paper_add, paper_drop, papers, results};
pub(crate) use paper::{given, one as paper_one};
pub use rules::{Doing, act, attach, recorded};
pub(crate) use rules::{issued, noted, paid, revoked};
pub use store::{Filter, Sorted, by_code, count, find, list, mine, of_person};
pub(crate) use store::{by_codes, by_ids, in_queues};
pub use submit::{Filing, asked_papers, insert, lacking, submit};
pub(crate) use sync::{Told, catch_up, take_over};

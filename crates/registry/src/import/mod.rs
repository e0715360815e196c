//! Households and people from the Excel files that communes have, and back into one.
//!
//! Upload, say what the columns mean, see what every row would do, then write all or what is right. Reading
//! (`read`), grouping (`group`) and judging (`check`) are pure; `job` does the work, `write` alone writes into the
//! registry.

mod batch;
mod check;
mod direct;
mod extra;
mod group;
mod job;
mod pages;
mod read;
mod row;
mod rules;
pub(crate) mod schema;
mod store;
mod undo;
mod write;

pub use batch::{Batch, Mode, State};
pub use direct::{Fault, Report, import_file};
pub use row::{Counts, Outcome, Problem, Verdict};
pub(crate) use schema::SPECS;

use platform::area::{Route, get, post};
use platform::jobs::Worker;

pub(crate) fn routes() -> Vec<Route> {
    use pages::{columns, mend, result, start, transfer};
    vec![
        get("/lam-viec/nhap", "import.list", start::list),
        post("/lam-viec/nhap", "import.insert", start::upload),
        get("/lam-viec/nhap/mau", "import.list", transfer::sample),
        get("/lam-viec/nhap/{id}", "import.show", result::show),
        get("/lam-viec/nhap/{id}/cot", "import.insert", columns::show),
        post("/lam-viec/nhap/{id}/cot", "import.insert", columns::save),
        get("/lam-viec/nhap/{id}/tien-do", "import.show", result::progress),
        get("/lam-viec/nhap/{id}/tep", "import.show", transfer::annotated),
        post("/lam-viec/nhap/{id}/ghi", "import.commit", result::commit),
        post("/lam-viec/nhap/{id}/huy", "import.cancel", result::cancel),
        post("/lam-viec/nhap/{id}/hoan-tac", "import.cancel", result::undo),
        get("/lam-viec/nhap/{id}/dong/{row}", "import.mend", mend::show),
        post("/lam-viec/nhap/{id}/dong/{row}", "import.mend", mend::save),
        post("/lam-viec/nhap/{id}/dong/{row}/bo", "import.mend", mend::drop),
        get("/lam-viec/xuat", "household.export", transfer::export_form),
        post("/lam-viec/xuat", "household.export", transfer::export),
    ]
}

pub(crate) fn workers() -> Vec<Worker> {
    vec![Worker::new(rules::CHECK, job::check), Worker::new(rules::COMMIT, job::commit)]
}

/// In the menu of whoever may import.
pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-import-menu",
        url: "/lam-viec/nhap",
        icon: "file-spreadsheet",
        action: "import.list",
        group: "registry-menu-group",
        order: 160,
    }
}

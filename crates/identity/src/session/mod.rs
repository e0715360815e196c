//! Browsers that are signed in.

mod rules;
pub(crate) mod store;

pub(crate) use rules::delete_all;
pub use rules::{
    COOKIE, Opened, browser, open_session, session_delete, session_delete_others, session_end, session_list,
};
pub(crate) use rules::{clearing_cookie, idle_since, insert, last_moment, proved, set_cookie, this};
pub use store::SessionRow;

//! Accounts: who may sign in.

mod model;
mod password;
mod rules;
pub(crate) mod store;

pub(crate) use model::login_folded;
pub use model::{Account, AccountChange, NewAccount, State};
pub use password::{password_change, reset_link_make, reset_link_use};
pub(crate) use password::{reset_owner, split_link};
pub(crate) use rules::forget_after as account_forget_after;
pub use rules::{account_insert, account_lock, account_unlock, account_update, hash_password};
pub(crate) use store::used as account_use;
pub use store::{account_by_login, account_find, account_list, account_names, accounts_active};

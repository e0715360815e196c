//! Accounts, sign-in, second factor, sessions, roles with places, API tokens.
//!
//! A person signs in with name and password ([`sign_in`]), then with a code where the account has a second factor
//! ([`sign_in_code`]). The session's cookie holds the commune and a secret; the database holds its hash. [`SignIn`]
//! turns cookie or token into the platform's `Actor`: the roles in force today, each for a place. What a role may do
//! is written in the policies of the areas, never here.
//!
//! While a new password is due no role works; while a role demands the second factor and the session lacks it, that
//! role does not work. In both cases the person's own pages stay open, where it can be mended.

mod account;
mod api;
mod authenticator;
mod code;
mod factor;
mod grant;
mod hasher;
mod live;
mod pages;
mod passkey;
mod password;
mod provider;
pub mod role;
mod routes;
mod seal;
mod session;
mod sign_in;
mod sweep;
mod token;
mod tries;

pub(crate) use account::account_forget_after;
pub use account::{
    Account, AccountChange, NewAccount, State, account_by_login, account_find, account_insert, account_list,
    account_lock, account_names, account_unlock, account_update, accounts_active, hash_password,
    password_change, reset_link_make, reset_link_use,
};
pub use authenticator::{SignIn, actor_by_link};
pub use factor::{
    Confirmed, Pending, code_now, factor_begin, factor_confirm, factor_delete, factor_pending,
    recovery_codes_count, recovery_codes_make,
};
pub use grant::{
    GrantRow, Holder, NewGrant, RESIDENTS_ON, STAFF_ON, grant_end, grant_insert, grant_list, holders,
    holders_anywhere, holders_of_many, holders_with_places,
};
pub use hasher::Hashed;
pub use passkey::{PasskeyRow, passkey_delete, passkey_list, passkey_rename};
pub use password::MIN_LENGTH;
pub use provider::{
    IdentityRow, NumberVouched, Provider, RawProvider, identity_delete, identity_list, provider_find,
    provider_insert, provider_list, provider_set_active, provider_update,
};
pub use session::{
    COOKIE, Opened, SessionRow, browser, open_session, session_delete, session_delete_others, session_list,
};
pub use sign_in::{proof_wanted, prove_again, sign_in, sign_in_code};
pub use token::{TokenRow, token_delete, token_insert, token_list, token_scopes};

use platform::jobs::{Every, Worker};
use platform::{Area, db::Migration};
use std::time::Duration;

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 40, name: "identity", text: include_str!("../migrations/0040_identity.sql") },
    Migration {
        version: 41,
        name: "identity_passkey",
        text: include_str!("../migrations/0041_identity_passkey.sql"),
    },
    Migration {
        version: 42,
        name: "identity_provider",
        text: include_str!("../migrations/0042_identity_provider.sql"),
    },
];

const SWEEP: &str = "identity.sweep";
const DAY: Duration = Duration::from_secs(24 * 3600);

pub fn area() -> Area {
    Area::new("identity")
        .migrations(MIGRATIONS)
        .locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
        .policies(include_str!("access.cedar"))
        .routes(routes::all())
        .openapi(api::openapi)
        .worker(Worker::new(SWEEP, sweep::sweep))
        .every(Every { kind: SWEEP, period: DAY })
        .offer(live::Live::default())
        .offer(ui::MenuEntry {
            text: "accounts-title",
            url: "/lam-viec/tai-khoan",
            icon: "users",
            action: "account.list",
            group: "audit-menu-system",
            order: 900,
        })
        .offer(ui::MenuEntry {
            text: "providers-title",
            url: "/lam-viec/dich-vu-dang-nhap",
            icon: "log-in",
            action: "provider.list",
            group: "audit-menu-system",
            order: 905,
        })
        .offer(ui::RoleWord(role::main_word))
        .offer(audit::AccountNames(|ctx, ids| Box::pin(account_names(ctx, ids))))
}

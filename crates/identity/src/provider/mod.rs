//! Sign-in by another service (OpenID Connect): VNeID or a province's account service, once the commune has registered there.
//!
//! The person goes to the service and comes back with a code; we exchange it for a signed statement and judge that: who
//! signed, for whom, when, and whether it answers this very question ([`talk`]). What we asked waits in memory, works
//! once and for ten minutes, and only in the browser that set out ([`depart`]). Each service has a return address of its
//! own, so that the answer of one is never taken to another. A service that is down or talks nonsense leaves the other
//! ways in as they are.
//!
//! The service is the first factor only: codes and passkeys are asked for as after a password.

pub(crate) mod arrive;
pub(crate) mod depart;
mod model;
mod rules;
pub(crate) mod store;
pub(crate) mod talk;

pub use model::{Provider, RawProvider};
pub use rules::{identity_delete, provider_insert, provider_set_active, provider_update};
pub use store::{IdentityRow, identity_list, provider_find, provider_list};

use futures_util::future::BoxFuture;
use platform::{Ctx, Result, Tx, Uuid};

/// What a higher area does when a service vouches for the personal number of an account: offered by the registry, which
/// alone knows people. Called in the transaction of the sign-in; the number is not kept here.
pub struct NumberVouched(
    /// Account, number, and whether the administrator trusts the service to link them without an officer.
    pub for<'a> fn(&'a Ctx, &'a Tx, Uuid, &'a str, bool) -> BoxFuture<'a, Result<()>>,
);

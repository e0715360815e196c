//! Passkeys (WebAuthn): a key in the person's phone, computer or token, opened by finger, face or PIN.
//!
//! The device proves that it holds the key and that it has just checked the person, so a passkey counts as both
//! factors. Nothing is typed, and a page at another address gets nothing: the browser gives a key only to the address
//! it was made for ([`address`]). The question that the device answers is kept in memory ([`ceremony`]): it works once,
//! for some minutes, and a restart costs a second press. The wait after wrong passwords does not bind a passkey, for
//! nobody guesses a signature; who attacks a password must not shut out its owner.

pub(crate) mod address;
pub(crate) mod ceremony;
mod rules;
pub(crate) mod store;

pub(crate) use rules::{add_begin, add_finish, delete_all, enter_begin, enter_finish};
pub use rules::{passkey_delete, passkey_rename};
pub use store::{PasskeyRow, passkey_list};

//! Which account is which person.
//!
//! An officer who has the card in the hand links them at the counter: the account is found by its login, or by a short
//! code on the resident's phone. From home the resident sends the text of the card's QR; that is a request and no
//! proof, for the text stands on every photograph of the card and anybody may have copied it, so an officer confirms it
//! with one press. The answer is the same whether the person is in the registry or not: else any account could ask who
//! lives here. A sign-in service that vouches for the number makes a request too, or a link where the administrator
//! has said so of that service.
//!
//! One account is one person and the other way round. Nobody links the own account: an officer who could would read data
//! without a recorded look.

mod model;
pub(crate) mod pages;
mod rules;
mod store;

pub use model::{Link, State, Way};
pub use rules::{
    ask_by_card, code_make, confirm, keep, link_at_counter, of_account, of_person, refuse, undo, waiting,
};

pub(crate) use rules::vouched;

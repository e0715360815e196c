//! Places for visitors, as writers, leaders, heads of villages, businesses and visitors meet them.

mod bad_input;
mod places;
mod public;
mod requests;
mod world;

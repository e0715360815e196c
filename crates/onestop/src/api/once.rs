//! A request that was sent twice is done once.

pub(super) use platform::once::api::{Begun, begin, id_of, key, settle};

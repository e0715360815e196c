//! Loudspeakers that answer to a vendor's system only, as most that exist: the plan and the sound go out as files, the vendor's log comes back. Plan, approval and
//! report stay here.

mod log;
mod package;

pub(crate) use log::{Read, keep, read};
pub(crate) use package::package;

//! Letters, mail and the pages of background work, as people meet them.

mod inbox;
mod mail;
mod work;
mod world;

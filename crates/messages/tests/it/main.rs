//! Letters, mail and the pages of background work, as people meet them.

mod cap;
mod channel;
mod emergency;
mod inbox;
mod mail;
mod many;
mod stand_in;
mod work;
mod world;

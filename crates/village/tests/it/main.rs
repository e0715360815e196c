//! The village's site and its head's book, over HTTP as named persons of the test commune.

mod funds;
mod meetings;
mod notices;
mod smart;
mod world;

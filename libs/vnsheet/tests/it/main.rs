//! Files as communes have them, made here; no real person is in any.

mod annotated;
mod bad_files;
mod cells;
mod fixture;
mod properties;
mod shapes;
mod written;

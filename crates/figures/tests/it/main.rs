//! Figures of a toy area, on the engine that `SANDINH_TEST_ENGINE` names.

mod frozen;
mod pages;
mod toy;
mod values;

//! The record as its readers may trust it.

mod chain;
mod support;
mod view;

//! The one-stop service over HTTP, as the people of the test commune meet it.

mod api;
mod api_draft;
mod bad_input;
mod builder;
mod complaint;
mod counter;
mod deadline;
mod journey;
mod keep;
mod linked;
mod lists;
mod marriage;
mod opinion;
mod outward;
mod pages;
mod pay;
mod province;
mod quality;
mod queue;
mod result;
mod retention;
mod stranger;
mod upward;
mod visit;
mod webhook;
mod world;

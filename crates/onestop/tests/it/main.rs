//! The one-stop service over HTTP, as the people of the test commune meet it.

mod api;
mod bad_input;
mod builder;
mod counter;
mod deadline;
mod journey;
mod keep;
mod outward;
mod marriage;
mod pages;
mod pay;
mod province;
mod quality;
mod queue;
mod visit;
mod webhook;
mod stranger;
mod world;

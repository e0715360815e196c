//! The one-stop service over HTTP, as the people of the test commune meet it.

mod api;
mod bad_input;
mod counter;
mod deadline;
mod journey;
mod keep;
mod outward;
mod pages;
mod pay;
mod province;
mod quality;
mod upward;
mod webhook;
mod world;

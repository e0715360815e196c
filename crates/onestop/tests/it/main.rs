//! The one-stop service over HTTP, as the people of the test commune meet it.

mod api;
mod api_draft;
mod bad_input;
mod builder;
mod counter;
mod deadline;
mod invited;
mod journey;
mod keep;
mod lists;
mod marriage;
mod outward;
mod pages;
mod pay;
mod province;
mod quality;
mod queue;
mod result;
mod stranger;
mod upward;
mod visit;
mod webhook;
mod world;

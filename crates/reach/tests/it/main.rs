//! Campaigns and the households that they reach, as people over HTTP.

mod campaigns;
mod days;
mod lists;
mod others;
mod residents;
mod visits;
mod world;

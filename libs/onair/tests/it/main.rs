mod audio;
mod ear;
mod plan;
mod station;

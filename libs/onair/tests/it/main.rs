mod audio;
mod ear;
mod hour;
mod plan;
mod station;

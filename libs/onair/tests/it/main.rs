mod audio;
mod ear;
mod hour;
mod plan;
mod push;
mod relay;
mod station;

//! The radio as those who make it, leaders and listeners meet it. What is heard is judged by its samples, decoded by ffmpeg.

mod air;
mod bad_input;
mod device;
mod plan;
mod programmes;
mod report;
mod speakers;
mod world;

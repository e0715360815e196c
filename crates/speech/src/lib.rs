//! Reading aloud (đọc to): how words are said, the voice, and recordings of the texts of other areas.
//!
//! An area hands in a text with [`want`]; a job reads it and keeps it as MP3; the area shows it with [`recordings`] and gives it
//! out with [`heard`], by its own rule of who may hear it. The voice is a program of the machine (espeak-ng, or the command in
//! `sandinh.toml`); without one everything else works, and the page says what is missing.

mod api;
mod mp3;
mod pages;
mod record;
mod store;
mod voice;
mod wave;
mod words;

pub use record::{RECORDED, Recording, Script, State, heard, recordings, script, want};
pub use voice::ready;
pub use words::lexicon;

use platform::area::{get, post};
use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 500, name: "speech", text: include_str!("../migrations/0500_speech.sql") }];

const PATH: &str = "/lam-viec/cach-doc";

/// What this area hands to the binary.
pub fn area() -> Area {
    Area::new("speech")
        .migrations(MIGRATIONS)
        .locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
        .policies(include_str!("../access.cedar"))
        .routes(vec![
            get("/lam-viec/cach-doc", "speech.words", pages::list),
            post("/lam-viec/cach-doc", "speech.words", pages::keep),
            post("/lam-viec/cach-doc/{id}/bo", "speech.words", pages::remove),
            get("/lam-viec/cach-doc/nghe", "speech.words", pages::listen),
            get("/api/v1/speech/words", "speech.words", api::list),
            post("/api/v1/speech/words", "speech.words", api::keep),
            post("/api/v1/speech/say", "speech.words", api::say),
        ])
        .openapi(api::paths)
        .worker(record::worker())
        .worker(record::again())
        .offer(ui::MenuEntry {
            text: "speech-menu",
            url: PATH,
            icon: "volume-2",
            action: "speech.words",
            group: "news-menu-group",
            order: 25,
        })
}

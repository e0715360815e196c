//! The last sign of life of a station, in a file of the data folder: a database is not written to once a second for it.

use onair::Moment;
use platform::{App, Uuid};
use std::path::PathBuf;

fn place(app: &App, commune: Uuid) -> PathBuf {
    app.config.data.join("radio").join(format!("{commune}.beat"))
}

/// When the station was last alive; nothing when it never was.
pub(super) fn last(app: &App, commune: Uuid) -> Option<Moment> {
    let text = std::fs::read_to_string(place(app, commune)).ok()?;
    text.trim().parse().ok().map(Moment::from_micros)
}

/// Keeps it. What cannot be written is told in the program's own log: the station plays on.
pub(super) fn keep(app: &App, commune: Uuid, at: Moment) {
    let place = place(app, commune);
    let write = || {
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&place, at.micros().to_string())
    };
    if let Err(error) = write() {
        tracing::warn!(%error, "the station's sign of life cannot be kept");
    }
}

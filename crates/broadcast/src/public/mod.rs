//! What everybody hears and reads: the station on air, its programme, what can be heard again.

mod feed;
mod front;
mod stream;

pub(crate) use front::{Now, now, panel};
pub(crate) use stream::answer_mp3;

use platform::Route;
use platform::area::get;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/truyen-thanh", "broadcast.listen", front::show).on_phone(),
        get("/truyen-thanh/lich.ics", "broadcast.listen", feed::calendar),
        get("/truyen-thanh/podcast.xml", "broadcast.listen", feed::podcast),
        get("/truyen-thanh/nghe/{id}", "broadcast.listen", front::hear),
        get("/truyen-thanh/phat/{mount}", "broadcast.listen", stream::listen),
    ]
}

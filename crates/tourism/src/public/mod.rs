//! What everybody reads: the front with its filters and map, one place, the calendar of festivals.

mod feed;
mod front;
mod picture;
mod show;
pub(crate) mod views;
mod words;

pub(crate) use front::{LAYER, panel};
pub(crate) use words::{days, lunar};

use crate::place::store::{self, Filter};
use platform::Route;
use platform::area::{get, post};
use ui::{Spot, Spots};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/du-lich", "tourism.read", front::show).kept(),
        get("/du-lich/le-hoi.ics", "tourism.read", feed::festivals),
        get("/du-lich/{slug}", "tourism.read", show::show).kept(),
        get("/du-lich/anh/{id}/{part}", "tourism.read", picture::show),
        get("/du-lich/xem-truoc/{id}/{key}", "tourism.read", show::preview),
        post("/du-lich/da-xem/{id}", "tourism.read", views::tell),
    ]
}

const MOST: i64 = 2_000;

/// Pages that search engines shall know, besides the front, which is a door of the home page.
pub(crate) fn spots() -> Spots {
    Spots(|ctx| {
        Box::pin(async move {
            let before = Spot { path: crate::before::PATH.to_owned(), changed: String::new(), english: true };
            let spot = |one: crate::place::Brief| Spot {
                path: one.path(),
                changed: one.updated_at.to_rfc3339(),
                english: one.content.is_english(),
            };
            let places = store::public(ctx, &Filter::published(), None, MOST).await?;
            Ok([before].into_iter().chain(places.into_iter().map(spot)).collect())
        })
    })
}

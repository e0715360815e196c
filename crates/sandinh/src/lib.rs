//! The one list of areas, and how the program is put together from them.

use platform::http::ErrorPage;
use platform::{Area, Ctx, Error};

/// Every area, from the ground up.
pub fn areas() -> Vec<Area> {
    vec![platform::area()]
}

/// How errors are drawn.
pub fn error_page() -> ErrorPage {
    plain_error
}

fn plain_error(ctx: &Ctx, error: &Error) -> String {
    error.message.text(ctx.t())
}

//! The one list of areas, and how the program is put together from them.

use platform::Area;
use platform::app::Authenticator;
use platform::http::ErrorPage;

/// Every area, from the ground up.
pub fn areas() -> Vec<Area> {
    vec![
        platform::area(),
        command_line(),
        ui::area(),
        units::area(),
        audit::area(),
        identity::area(),
        messages::area(),
        figures::area(),
        registry::area(),
        onestop::area(),
        portal::area(),
        signing::area(),
        signagent::area(),
        speaker::area(),
        office::area(),
        feedback::area(),
        village::area(),
        ask::area(),
        tourism::area(),
        reach::area(),
        speech::area(),
        broadcast::area(),
    ]
}

/// Who sends a request.
pub fn authenticator() -> Box<dyn Authenticator> {
    Box::new(identity::SignIn)
}

/// How errors are drawn.
pub fn error_page() -> ErrorPage {
    ui::error_page
}

/// The sentences of the command line.
fn command_line() -> Area {
    Area::new("sandinh").locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
}

//! The office over HTTP, as the people of the test commune meet it.

mod desk;
mod incoming;
mod outgoing;
mod outgoing_api;
mod outgoing_issue;
mod outgoing_numbers;
mod task;
mod world;

use platform::{Lang, T, i18n};

#[test]
fn the_area_says_its_name_in_both_languages() {
    let area = office::area();
    assert_eq!(area.name, "office");
    for (lang, source) in area.locales {
        i18n::load(area.name, *lang, source);
    }
    for lang in Lang::ALL {
        assert!(T(lang).has("office-title"), "{}", lang.code());
    }
}

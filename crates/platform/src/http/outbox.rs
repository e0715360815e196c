//! A script that sends a kept form itself (`web/src/outbox`) cannot see where a redirect leads without following it, which
//! would use up the note of the next page. With `X-Outbox` it is told the place instead: 204 and `X-Outbox-Location`.

use axum::response::Response;
use http::{HeaderMap, StatusCode, header};

pub(super) fn tell(asked: &HeaderMap, response: &mut Response) {
    if !asked.contains_key("x-outbox") || response.status() != StatusCode::SEE_OTHER {
        return;
    }
    if let Some(place) = response.headers_mut().remove(header::LOCATION) {
        response.headers_mut().insert("x-outbox-location", place);
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::see_other;

    #[test]
    fn a_script_is_told_where_to_go_and_a_form_is_led_there() {
        let mut asked = HeaderMap::new();
        let mut led = see_other("/ho-so-cua-toi");
        tell(&asked, &mut led);
        assert_eq!(led.status(), StatusCode::SEE_OTHER);
        asked.insert("x-outbox", "1".parse().unwrap());
        tell(&asked, &mut led);
        assert_eq!(led.status(), StatusCode::NO_CONTENT);
        assert_eq!(led.headers()["x-outbox-location"], "/ho-so-cua-toi");
        assert!(!led.headers().contains_key(header::LOCATION));
    }
}

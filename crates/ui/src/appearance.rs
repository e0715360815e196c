//! Theme and large print: two cookies, set by plain links so that they work without a script.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the phone says.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn parse(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Auto,
        }
    }
}

/// How this browser wants its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Appearance {
    pub theme: Theme,
    pub large_print: bool,
}

impl Appearance {
    /// Reads the cookies `theme` and `size`.
    pub fn from_headers(headers: &HeaderMap) -> Appearance {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut found = Appearance::default();
        for (name, value) in
            cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
        {
            match name {
                "theme" => found.theme = Theme::parse(value),
                "size" => found.large_print = value == "large",
                _ => {}
            }
        }
        found
    }
}

#[derive(serde::Deserialize)]
pub struct Choice {
    theme: Option<String>,
    size: Option<String>,
    /// Where to go back: a path of ours.
    #[serde(default)]
    ve: String,
}

/// The handler of `GET /giao-dien?theme=dark&ve=/path` (or `size=large|normal`): keeps the choice, leads back.
pub async fn choose(Query(choice): Query<Choice>) -> Response {
    let own =
        choice.ve.starts_with('/') && !choice.ve.starts_with("//") && !choice.ve.contains(['\\', '\r', '\n']);
    let back =
        HeaderValue::from_str(if own { &choice.ve } else { "/" }).unwrap_or(HeaderValue::from_static("/"));
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response();
    let theme = choice.theme.map(|name| format!("theme={}", Theme::parse(&name).name()));
    let size = choice.size.map(|size| format!("size={}", if size == "large" { "large" } else { "normal" }));
    for cookie in [theme, size].into_iter().flatten() {
        let line = format!("{cookie}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
        if let Ok(value) = HeaderValue::from_str(&line) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

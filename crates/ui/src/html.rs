use crate::assets;
use std::fmt::{self, Display};

/// Text that is HTML already: templates do not escape it. Make it only from escaped parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Html(pub String);

impl Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl askama::filters::HtmlSafe for Html {}

impl Html {
    /// Escapes a text.
    pub fn text(text: impl Display) -> Html {
        let mut out = String::new();
        for letter in text.to_string().chars() {
            match letter {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                other => out.push(other),
            }
        }
        Html(out)
    }
}

/// An icon of the sprite. It says nothing to a screen reader: a word always stands beside it.
pub fn icon(name: &str) -> Html {
    icon_as(name, "icon")
}

/// The same, for doors and empty places.
pub fn icon_large(name: &str) -> Html {
    icon_as(name, "icon icon-large")
}

fn icon_as(name: &str, class: &str) -> Html {
    debug_assert!(assets::has_icon(name), "web/icons.txt does not name the icon {name:?}");
    let sprite = assets::asset("icons.svg");
    Html(format!("<svg class=\"{class}\" aria-hidden=\"true\"><use href=\"{sprite}#{name}\"/></svg>"))
}

/// OCOP stars: `given` of five in gold, with the word for those who do not see them.
pub fn stars(given: u8, words: &str) -> Html {
    let mut out = String::from("<span class=\"stars\">");
    for place in 1..=5 {
        let class = if place <= given { "icon is-on" } else { "icon" };
        out.push_str(&icon_as("star", class).0);
    }
    out.push_str(&format!("<span class=\"visually-hidden\">{}</span></span>", Html::text(words)));
    Html(out)
}

/// The letters of a person's sign: the last two words of a Vietnamese name, "Lò Thị Mai" → "TM".
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.iter().skip(words.len().saturating_sub(2)).filter_map(|word| word.chars().next()).collect()
}

/// A whole number as the language writes it, whatever integer a template holds: 9.993 or 9,993.
pub fn whole(t: &platform::T, value: impl Display) -> String {
    let text = value.to_string();
    text.parse().map_or(text, |value| t.number(value))
}

/// The attribute of one step: done, here, or still to come. Both count from 1.
pub fn step_mark(step: impl Display, here: impl Display) -> Html {
    let whole = |text: String| text.parse::<usize>().unwrap_or(0);
    let (step, here) = (whole(step.to_string()), whole(here.to_string()));
    let mark = match step.cmp(&here) {
        std::cmp::Ordering::Less => " class=\"done\"",
        std::cmp::Ordering::Equal => " aria-current=\"step\"",
        std::cmp::Ordering::Greater => "",
    };
    Html(mark.to_owned())
}

/// True when two values read alike, whatever types a template holds them in.
pub fn same(one: impl Display, other: impl Display) -> bool {
    one.to_string() == other.to_string()
}

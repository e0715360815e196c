//! WCAG 2.2 contrast of every pair of tokens that stands on one another, in both themes, from `web/styles/tokens.css`.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../../../web/styles/tokens.css");
const AA: f64 = 4.5;
const AAA: f64 = 7.0;
const SHAPE: f64 = 3.0; // borders of controls, marks, the focus ring

/// Text (or mark) on ground, and what is asked of it.
const PAIRS: [(&str, &str, f64); 40] = [
    ("ink", "paper", AAA),
    ("ink", "surface", AAA),
    ("ink", "sunken", AAA),
    ("ink-soft", "paper", AAA),
    ("ink-soft", "surface", AAA),
    ("ink-soft", "sunken", AA),
    ("leaf", "paper", AA),
    ("leaf", "surface", AA),
    ("leaf", "sunken", AA),
    ("leaf", "leaf-soft", AA),
    ("leaf-deep", "paper", AA),
    ("leaf-deep", "surface", AA),
    ("on-leaf", "leaf", AA),
    ("on-leaf", "leaf-deep", AA),
    ("leaf-ink", "leaf-soft", AAA),
    ("ink", "leaf-soft", AAA),
    ("ink-soft", "leaf-soft", AA),
    ("clay", "paper", AA),
    ("clay", "surface", AA),
    ("on-clay", "clay", AA),
    ("on-clay", "clay-deep", AA),
    ("clay-ink", "clay-soft", AAA),
    ("gold-ink", "gold-soft", AAA),
    ("on-deep", "deep", AAA),
    ("on-deep-soft", "deep", AAA),
    ("on-class-low", "class-1", AA),
    ("on-class-low", "class-2", AA),
    ("on-class-low", "class-3", AA),
    ("on-class-high", "class-4", AA),
    ("on-class-high", "class-5", AA),
    ("on-class-low", "class-none", AA),
    ("line-strong", "paper", SHAPE),
    ("line-strong", "surface", SHAPE),
    ("line-strong", "sunken", SHAPE),
    ("leaf", "paper", SHAPE),
    ("clay", "clay-soft", SHAPE),
    ("gold", "surface", 2.0), // stars: their outline and words carry the meaning
    ("leaf", "class-none", SHAPE),
    ("ink", "leaf", 1.5), // the target line crosses the bar and stands out on both sides of it
    ("clay", "sunken", SHAPE),
];

/// The tokens of one block: light, dark as the phone says, dark as chosen.
fn blocks() -> Vec<BTreeMap<String, String>> {
    let mut blocks = vec![BTreeMap::new()];
    for line in TOKENS.lines().map(str::trim) {
        if line.starts_with(":root") {
            blocks.push(BTreeMap::new());
        }
        if let Some((name, value)) = line.strip_prefix("--").and_then(|line| line.split_once(": ")) {
            let value = value.split(';').next().unwrap_or_default();
            blocks.last_mut().expect("one at least").insert(name.to_owned(), value.to_owned());
        }
    }
    blocks.split_off(1)
}

fn luminance(colour: &str) -> f64 {
    let part = |from: usize| {
        let value =
            f64::from(u8::from_str_radix(&colour[from..from + 2], 16).expect("a colour as #rrggbb")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_of_colours_is_readable_in_both_themes() {
    let blocks = blocks();
    let mut weak = Vec::new();
    for (theme, block) in [("light", &blocks[0]), ("dark", &blocks[1])] {
        for (text, ground, least) in PAIRS {
            let found = contrast(&block[text], &block[ground]);
            if found < least {
                weak.push(format!("{theme}: {text} on {ground} is {found:.2}, {least} is asked"));
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn dark_is_the_same_whether_chosen_or_asked_by_the_phone() {
    let blocks = blocks();
    assert_eq!(blocks.len(), 3);
    assert_eq!(blocks[1], blocks[2]);
}

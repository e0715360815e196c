//! The demo commune against the article, against itself and against the rules of real numbers.

mod counts;
mod history;
mod map;
mod numbers;
mod people;

use std::sync::LazyLock;

/// The commune that the demo shows; made once for all tests.
static COMMUNE: LazyLock<demo::Commune> = LazyLock::new(|| demo::generate(demo::DEMO_SEED));

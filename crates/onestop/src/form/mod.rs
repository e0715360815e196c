//! Electronic forms: what they are, whether answers are right, how they are drawn, what is known beforehand.

pub mod check;
pub mod model;
mod prefill;
mod read;
pub mod view;

pub use check::{problems, problems_of};
pub use model::{Answers, Field, Form, Section, Widget};
pub use prefill::{Known, known_of};
pub use read::read;
pub use view::{inputs, shown_value, summary};

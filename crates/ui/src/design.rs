use crate::Status;
use crate::{Shell, render};
use askama::Template;
use platform::Result;
#[derive(Template)]
#[template(path = "design.html")]
struct Page { shell: Shell }
pub fn design_page(shell: Shell) -> Result<String> { render(&Page { shell }) }

//! What the JSON interfaces of several nouns share.

use super::how::SOURCE_MAX;
use crate::version::How;
use chrono::NaiveDate;
use platform::{Error, Message, Result};

/// Since when something is different, or that it was written wrongly.
#[derive(Debug, Clone, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// The first day on which it is so; leave it out for a correction of what was written wrongly.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// The paper or minutes behind it.
    #[serde(default)]
    pub source: String,
}

impl Since {
    /// # Errors
    /// At `since.source` when it is too long.
    pub(crate) fn how(&self) -> Result<How> {
        let source = vntext::clean(&self.source);
        if source.chars().count() > SOURCE_MAX {
            return Err(Error::field(
                "since.source",
                Message::new("error-too-long").with("limit", SOURCE_MAX),
            ));
        }
        Ok(match self.from {
            Some(on) => How::change(on, source),
            None => How::correct(source),
        })
    }
}

/// Names the members of the body instead of the fields of the form. `names` pairs both.
pub(crate) fn in_body(mut error: Error, names: &[(&'static str, &'static str)]) -> Error {
    for one in &mut error.fields {
        if let Some((name, _)) = names.iter().find(|(_, form)| *form == one.field) {
            one.field = (*name).into();
        } else if one.field == "tu-ngay" {
            one.field = "since.from".into();
        }
    }
    error
}

/// The place in a list that a caller gives back.
///
/// # Errors
/// At `after` when it is none that we gave.
pub(crate) fn after(text: Option<&str>) -> Result<Option<crate::page::After>> {
    let read = |text| {
        crate::page::After::parse(text).ok_or_else(|| Error::field("after", "registry-cursor-unknown"))
    };
    text.filter(|text| !text.is_empty()).map(read).transpose()
}

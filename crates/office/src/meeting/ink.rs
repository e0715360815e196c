//! Drawing on a page of a paper with a pen or a finger. Lines are kept for the one who drew them, page by page, and shown as SVG
//! by the server, so that they are read where nothing draws.

use super::rules::recorded;
use super::store;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::Form;
use platform::{Ctx, Error, Message, Result, T, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fmt::Write as _;

const STROKES_MAX: usize = 400;
const POINTS_MAX: usize = 1_500;
/// Coordinates go from 0 to this, in both directions.
const EDGE: u16 = 10_000;
/// What each pen looks like stands in `web/styles/ink.css`.
const PENS: [&str; 3] = ["office-meeting-ink-red", "office-meeting-ink-blue", "office-meeting-ink-marker"];

/// Each pen with its name.
pub(super) fn pens(t: T) -> Vec<(u8, String)> {
    (0..).zip(PENS).map(|(pen, key)| (pen, t.t(key))).collect()
}

/// A line from where the pen went down to where it went up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stroke {
    pen: u8,
    /// x and y by turns.
    at: Vec<u16>,
}

impl Stroke {
    fn right(&self) -> bool {
        usize::from(self.pen) < PENS.len()
            && self.at.len() >= 2
            && self.at.len().is_multiple_of(2)
            && self.at.len() <= 2 * POINTS_MAX
            && self.at.iter().all(|one| *one <= EDGE)
    }

    /// `M 1 2 L 3 4`; a touch without a way is a dot.
    fn path(&self) -> String {
        let mut out = String::new();
        for (at, point) in self.at.chunks_exact(2).enumerate() {
            let sign = if at == 0 { "M" } else { "L" };
            let _ = write!(out, "{sign}{} {}", point[0], point[1]);
        }
        if self.at.len() == 2 {
            out.push_str("h1");
        }
        out
    }
}

/// A page's lines as they are kept.
#[derive(Debug, Clone, Default, sea_orm::FromQueryResult)]
pub(super) struct Ink {
    pub strokes: String,
    pub revision: i64,
}

impl Ink {
    fn lines(&self) -> Vec<Stroke> {
        serde_json::from_str(&self.strokes).unwrap_or_default()
    }

    /// Pen and way of each line, for the page.
    pub fn paths(&self) -> Vec<(u8, String)> {
        self.lines().iter().map(|one| (one.pen, one.path())).collect()
    }

    /// What the script goes on with.
    pub fn text(&self) -> &str {
        if self.strokes.is_empty() { "[]" } else { &self.strokes }
    }
}

fn read(sent: &Form) -> Result<Vec<Stroke>> {
    let wrong = || Error::field("net", "office-meeting-ink-wrong");
    let strokes: Vec<Stroke> = serde_json::from_str(sent.text("net")).map_err(|_| wrong())?;
    if strokes.len() > STROKES_MAX {
        return Err(Error::field("net", Message::new("office-meeting-ink-full").with("limit", STROKES_MAX)));
    }
    if strokes.iter().all(Stroke::right) { Ok(strokes) } else { Err(wrong()) }
}

/// Keeps all lines of a page in the place of those before. Sent again with the same lines it changes nothing; a reader who drew
/// on two tablets at once is told by 409. What was drawn stands in no record.
pub(super) async fn keep(
    ctx: Ctx,
    Path((id, paper, page)): Path<(Uuid, Uuid, i64)>,
    sent: Form,
) -> Result<Response> {
    let tx = ctx.begin().await?;
    store::find(&ctx, &tx, id).await?;
    let pages = store::paper(&ctx, &tx, id, paper).await?.pages.unwrap_or(1);
    if !(1..=pages.max(1)).contains(&page) {
        return Err(Error::not_found());
    }
    let strokes = read(&sent)?;
    let revision = sent.revision()?;
    let before = store::ink(&ctx, &tx, paper, page).await?.unwrap_or_default();
    if before.lines() == strokes {
        return Ok(axum::Json(json!({ "revision": before.revision })).into_response());
    }
    let text = serde_json::to_string(&strokes).map_err(Error::internal)?;
    if before.revision != revision || !store::keep_ink(&ctx, &tx, paper, page, &text, revision).await? {
        return Err(Error::conflict("office-meeting-ink-elsewhere"));
    }
    recorded(&ctx, &tx, "meeting.note", id, json!({ "paper": paper, "page": page })).await?;
    tx.commit().await?;
    Ok(axum::Json(json!({ "revision": revision + 1 })).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_way_and_a_touch_is_a_dot() {
        let line = |at: &[u16]| Stroke { pen: 0, at: at.to_vec() };
        assert_eq!(line(&[1, 2, 30, 40]).path(), "M1 2L30 40");
        assert_eq!(line(&[5, 6]).path(), "M5 6h1");
        assert!(line(&[0, EDGE]).right());
        for wrong in [line(&[]), line(&[1]), line(&[1, EDGE + 1]), Stroke { pen: 3, at: vec![1, 2] }] {
            assert!(!wrong.right(), "{wrong:?}");
        }
    }
}

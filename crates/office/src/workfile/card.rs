//! On the page of a document or task: the files that hold it, and a form that puts it into another one.

use super::model::{Kind, State};
use super::store::{self, Filter};
use platform::{Ctx, Result, Uuid};

/// Files to choose from.
const CHOICES: i64 = 100;

pub(crate) struct Card {
    /// Address, code and title.
    pub files: Vec<(String, String, String)>,
    /// Open files of the reader that do not hold it yet; the first line is a new one.
    pub choices: Vec<(String, String)>,
    pub kind: &'static str,
    pub object: String,
    pub key: String,
}

impl Card {
    pub fn files(&self) -> &[(String, String, String)] {
        &self.files
    }

    pub fn choices(&self) -> &[(String, String)] {
        &self.choices
    }
}

/// None for a reader who keeps no files.
pub(crate) async fn card(ctx: &Ctx, kind: &'static str, object: Uuid) -> Result<Option<Card>> {
    let Some(what) = Kind::parse(kind).filter(|_| ctx.may("workfile.mine")) else { return Ok(None) };
    let files = store::holding(ctx, &ctx.app.db, what, object).await?;
    let filter = Filter { state: Some(State::Open), mine: true, ..Filter::default() };
    let mine = store::list(ctx, &filter, None, CHOICES).await?;
    let choices = mine.into_iter().filter(|one| files.iter().all(|held| held.id != one.id));
    let choices = choices.map(|one| (one.id.to_string(), format!("{} · {}", one.code, one.title)));
    let new = (super::act::NEW.to_owned(), ctx.t().t("office-workfile-open"));
    let choices = std::iter::once(new).chain(choices).collect();
    Ok(Some(Card {
        files: files.into_iter().map(|one| (one.path(), one.code, one.title)).collect(),
        choices,
        kind,
        object: object.to_string(),
        key: ctx.new_id().to_string(),
    }))
}

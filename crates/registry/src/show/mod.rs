//! What the pages of several nouns show alike: words for codes, masked values, forms, lists as files.

pub(crate) mod api;
pub(crate) mod how;
pub(crate) mod panel;
pub mod sheet;

use crate::lists::{self, List, Lists};
use crate::personal::{self, Declaration};
use chrono::NaiveDate;
use platform::{Ctx, Result, T, Uuid};
use std::collections::HashMap;
use std::sync::Arc;
use units::Unit;

/// The words behind the codes of a page, on one day.
pub(crate) struct Words {
    pub t: T,
    pub lists: Arc<Lists>,
    pub villages: Vec<Unit>,
    pub declaration: Arc<Declaration>,
    names: HashMap<Uuid, String>,
}

impl Words {
    pub async fn today(ctx: &Ctx) -> Result<Words> {
        Words::on(ctx, ctx.today()).await
    }

    pub async fn on(ctx: &Ctx, day: NaiveDate) -> Result<Words> {
        let villages = units::village_list(ctx, day).await?;
        let names = villages.iter().map(|village| (village.id, village.name.clone())).collect();
        Ok(Words {
            t: ctx.t(),
            lists: lists::on(ctx, day)?,
            villages,
            declaration: personal::load(ctx)?,
            names,
        })
    }

    /// Learns the names of villages of another day, which the history of an object may name.
    pub async fn learn(&mut self, ctx: &Ctx, villages: impl IntoIterator<Item = Uuid>) -> Result<()> {
        let mut unknown: Vec<Uuid> = villages.into_iter().filter(|id| !self.names.contains_key(id)).collect();
        unknown.sort_unstable();
        unknown.dedup();
        if !unknown.is_empty() {
            self.names
                .extend(units::get_many(ctx, &unknown).await?.into_iter().map(|unit| (unit.id, unit.name)));
        }
        Ok(())
    }

    pub fn village(&self, id: Uuid) -> String {
        self.names.get(&id).cloned().unwrap_or_default()
    }

    pub fn relation(&self, code: &str) -> String {
        self.label(&self.lists.relation, code)
    }

    pub fn label(&self, list: &List, code: &str) -> String {
        list.label(code, self.t.lang()).to_owned()
    }

    /// The choices of a list for a form or filter.
    pub fn choices(&self, list: &List) -> Vec<(String, String)> {
        list.items().iter().map(|item| (item.code.clone(), item.label(self.t.lang()).to_owned())).collect()
    }

    /// The villages of the scope of the route, for a form or filter.
    pub fn village_choices(&self, ctx: &Ctx) -> Vec<(String, String)> {
        let open = self.villages.iter().filter(|village| ctx.scope.covers("village", village.id));
        open.map(|village| (village.id.to_string(), village.name.clone())).collect()
    }

    pub fn yes(&self, yes: bool) -> String {
        self.t.t(if yes { "registry-yes" } else { "registry-no" })
    }

    /// A personal number as lists show it.
    pub fn masked_number(&self, number: Option<&str>) -> String {
        number.map_or_else(|| "–".to_owned(), |number| self.declaration.mask("personal_no", number))
    }

    /// Yes, no, or that nobody asked.
    pub fn yes_or_unknown(&self, yes: Option<bool>) -> String {
        yes.map_or_else(|| self.t.t("registry-unknown"), |yes| self.yes(yes))
    }
}

/// The choices of a closed list: `choices(t, Poverty::ALL, Poverty::code, Poverty::text_key)`.
pub(crate) fn choices<C: Copy>(
    t: T,
    all: &[C],
    code: fn(C) -> &'static str,
    key: fn(C) -> &'static str,
) -> Vec<(String, String)> {
    all.iter().map(|choice| (code(*choice).to_owned(), t.t(key(*choice)))).collect()
}

/// The same with "all" before them: for filters.
pub(crate) fn with_any(any: String, mut choices: Vec<(String, String)>) -> Vec<(String, String)> {
    choices.insert(0, (String::new(), any));
    choices
}

/// The value of a parameter in an address, `""` when it is missing.
pub(crate) fn param<'a>(query: &'a HashMap<String, String>, name: &str) -> &'a str {
    query.get(name).map_or("", |value| value.trim())
}

/// Yes or no of a filter; anything else asks for both.
pub(crate) fn yes_param(query: &HashMap<String, String>, name: &str) -> Option<bool> {
    match param(query, name) {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

/// The day for which the page is asked: `?ngay=dd/mm/yyyy`; `None` is today.
pub(crate) fn day_param(ctx: &Ctx, query: &HashMap<String, String>) -> Result<Option<NaiveDate>> {
    let text = param(query, "ngay");
    if text.is_empty() {
        return Ok(None);
    }
    let day = vntext::date_parse(text).map_err(|_| platform::Error::field("ngay", "error-date"))?;
    if day > ctx.today() {
        return Err(platform::Error::field("ngay", "registry-date-in-future"));
    }
    Ok((day != ctx.today()).then_some(day))
}

/// From a day to a day, as history tells it; the open end is "to now".
pub(crate) fn span(t: T, from: NaiveDate, to: NaiveDate) -> String {
    let to = if to == platform::clock::forever() { t.t("registry-until-now") } else { t.date(to) };
    t.a("registry-span", &[("from", t.date(from).into()), ("to", to.into())])
}

/// A hidden key for the next form.
pub(crate) fn fresh_key(ctx: &Ctx) -> String {
    ctx.new_id().to_string()
}

/// A button of a card.
pub(crate) struct Act {
    pub label: String,
    pub url: String,
    pub icon: &'static str,
}

//! A marriage as the card of a person tells it.

use super::model::{Ended, Marriage};
use super::store;
use crate::find::person_path;
use crate::person::{self, Person};
use platform::{Ctx, Result, Uuid};

/// One line: what is said before the name of the other one and after it.
pub(crate) struct Line {
    pub begun: String,
    pub name: String,
    /// `""` when the registry does not have them, or the reader may not see them.
    pub url: String,
    pub ended: String,
    /// Where an end or a mistake is written; `""` for who may not.
    pub edit_url: String,
}

/// The marriages of a person, newest first.
pub(crate) async fn lines(ctx: &Ctx, person: &Person) -> Result<Vec<Line>> {
    let all = store::of_person(ctx, &ctx.app.db, person.id).await?;
    let others: Vec<Uuid> = all.iter().filter_map(|one| one.spouse_of(person.id).0).collect();
    let seen = person::get_many(ctx, &others).await?;
    let edits = ctx.scope_of("person.update").covers("village", person.place.village_id);
    Ok(all
        .iter()
        .map(|one| {
            let (id, name) = one.spouse_of(person.id);
            Line {
                begun: begun(ctx, one),
                name: if name.is_empty() { ctx.t().t("registry-marriage-nameless") } else { name.to_owned() },
                url: id
                    .filter(|id| seen.iter().any(|one| one.id == *id))
                    .map(person_path)
                    .unwrap_or_default(),
                ended: ended(ctx, one),
                edit_url: if edits { edit_path(person.id, one.id) } else { String::new() },
            }
        })
        .collect())
}

pub(super) fn edit_path(person: Uuid, id: Uuid) -> String {
    format!("{}/hon-nhan/{id}", person_path(person))
}

pub(super) fn begun(ctx: &Ctx, one: &Marriage) -> String {
    let key = if one.stands() { "registry-marriage-on" } else { "registry-marriage-was-on" };
    ctx.t().s(key, "day", &ctx.t().date(one.on_date))
}

pub(super) fn ended(ctx: &Ctx, one: &Marriage) -> String {
    let t = ctx.t();
    let Some(day) = one.ended_on else { return String::new() };
    let key = match one.ended_reason {
        Some(Ended::Divorce) => "registry-marriage-divorced-on",
        _ => "registry-marriage-widowed-on",
    };
    t.s(key, "day", &t.date(day))
}

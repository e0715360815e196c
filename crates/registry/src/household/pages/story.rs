//! What happened to a household: its versions and events, newest first.

use crate::find;
use crate::household::{Facts, Household};
use crate::person::{self, EventKind, LifeEvent, Version};
use crate::show::Words;
use chrono::NaiveDate;
use platform::{Ctx, Result, T, Uuid};
use std::collections::HashMap;

/// One line of the story.
pub(crate) struct Moment {
    pub day: NaiveDate,
    pub date: String,
    pub text: String,
    /// What it leads to, if anything.
    pub url: String,
    pub source: String,
}

pub(super) async fn of(
    ctx: &Ctx,
    words: &Words,
    household: &Household,
    history: &[Version<Facts>],
) -> Result<Vec<Moment>> {
    let t = ctx.t();
    let events = person::events_of_household(ctx, &ctx.app.db, household.id).await?;
    let mut people: Vec<Uuid> = events.iter().filter_map(|event| event.person_id).collect();
    people.extend(history.iter().filter_map(|version| version.what.head_person_id));
    people.sort_unstable();
    people.dedup();
    let known = if people.is_empty() { Vec::new() } else { person::get_many(ctx, &people).await? };
    let names: HashMap<Uuid, String> = known.into_iter().map(|p| (p.id, p.facts.full_name)).collect();
    let mut story: Vec<Moment> = events.iter().map(|event| happened(t, event, &names)).collect();
    for (at, version) in history.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| history.get(at));
        let text = match before {
            None => t.t("registry-story-begin"),
            Some(before) => changes(words, &names, &before.what, &version.what),
        };
        if !text.is_empty() {
            let (day, date) = (version.valid_from, t.date(version.valid_from));
            story.push(Moment { day, date, text, url: String::new(), source: version.source.clone() });
        }
    }
    if let Some(day) = household.ended_on {
        let reason = if t.has(&household.end_reason) {
            t.t(&household.end_reason)
        } else {
            household.end_reason.clone()
        };
        let text = t.s("registry-story-end", "reason", &reason);
        story.push(Moment { day, date: t.date(day), text, url: String::new(), source: String::new() });
    }
    story.sort_by_key(|moment| std::cmp::Reverse(moment.day));
    Ok(story)
}

fn happened(t: T, event: &LifeEvent, names: &HashMap<Uuid, String>) -> Moment {
    let name = event.person_id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    let kind = t.t(event.kind.text_key());
    let mut text = if name.is_empty() { kind } else { format!("{kind}: {name}") };
    if !event.note.is_empty() {
        text.push_str(&format!(" ({})", event.note));
    }
    let url = match (event.kind, event.person_id, event.other_household_id) {
        (EventKind::Split | EventKind::Merge, _, Some(other)) => find::household_path(other),
        (_, Some(person), _) if names.contains_key(&person) => find::person_path(person),
        _ => String::new(),
    };
    Moment { day: event.on_date, date: t.date(event.on_date), text, url, source: event.source.clone() }
}

/// "Diện hộ: Hộ nghèo → Hộ cận nghèo; …"
fn changes(words: &Words, names: &HashMap<Uuid, String>, old: &Facts, new: &Facts) -> String {
    let lines = old.differences(new).into_iter().map(|field| {
        let label = words.t.t(label_key(field));
        let (before, after) = (said(words, names, old, field), said(words, names, new, field));
        format!("{label}: {before} → {after}")
    });
    lines.collect::<Vec<_>>().join("; ")
}

/// The key of a field's name.
pub(crate) fn label_key(field: &str) -> &'static str {
    match field {
        "village_id" | "village" => "registry-village",
        "address" => "registry-address",
        "book_no" => "registry-book",
        "head_person_id" => "registry-head",
        "poverty" => "registry-standing",
        "residence" => "registry-residence",
        "fibre" => "registry-fibre",
        "water" => "registry-water",
        _ => "registry-electric",
    }
}

fn said(words: &Words, names: &HashMap<Uuid, String>, facts: &Facts, field: &str) -> String {
    let text = |text: &str| if text.is_empty() { words.t.t("ui-nothing") } else { text.to_owned() };
    match field {
        "village_id" => text(&words.village(facts.village_id)),
        "address" => text(&facts.address),
        "book_no" => text(&facts.book_no),
        "head_person_id" => {
            text(facts.head_person_id.and_then(|id| names.get(&id)).map_or("", String::as_str))
        }
        "poverty" => words.t.t(facts.poverty.text_key()),
        "residence" => words.t.t(facts.residence.text_key()),
        "fibre" => words.yes(facts.fibre),
        "water" => words.yes_or_unknown(facts.water),
        _ => words.yes_or_unknown(facts.electric),
    }
}

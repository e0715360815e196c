//! What happened to a person: facts, places and events, newest first. Masked fields are named, not shown.

use crate::find;
use crate::household::pages::story::Moment;
use crate::person::{self, EventKind, Facts, LifeEvent, Membership, Version};
use crate::show::Words;
use platform::{Ctx, Result, T, Uuid};

pub(super) async fn of(
    ctx: &Ctx,
    words: &Words,
    id: Uuid,
    places: &[Version<Membership>],
) -> Result<Vec<Moment>> {
    let t = ctx.t();
    let events = person::events_of_person(ctx, &ctx.app.db, id).await?;
    let mut story: Vec<Moment> = events.iter().map(|event| happened(t, event)).collect();
    for pair in person::history(ctx, id).await?.windows(2) {
        let [before, after] = pair else { continue };
        let text = changes(words, &before.what, &after.what);
        if !text.is_empty() {
            story.push(moment(t, after, text, String::new()));
        }
    }
    for (at, version) in places.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| places.get(at)).map(|before| &before.what);
        let village = words.village(version.what.village_id);
        let relation = words.relation(&version.what.relation);
        let text = match before {
            Some(before) if before.household_id == version.what.household_id => t.a(
                "registry-story-relation",
                &[
                    ("relation", relation.into()),
                    ("residence", t.t(version.what.residence.text_key()).into()),
                ],
            ),
            _ => t.a("registry-story-counted", &[("village", village.into()), ("relation", relation.into())]),
        };
        story.push(moment(t, version, text, find::household_path(version.what.household_id)));
    }
    story.sort_by_key(|moment| std::cmp::Reverse(moment.day));
    Ok(story)
}

fn moment<V>(t: T, version: &Version<V>, text: String, url: String) -> Moment {
    Moment {
        day: version.valid_from,
        date: t.date(version.valid_from),
        text,
        url,
        source: version.source.clone(),
    }
}

fn happened(t: T, event: &LifeEvent) -> Moment {
    let mut text = t.t(event.kind.text_key());
    if !event.note.is_empty() {
        text.push_str(&format!(": {}", event.note));
    }
    let url = match (event.kind, event.household_id) {
        (EventKind::Death | EventKind::MoveOut, _) | (_, None) => String::new(),
        (_, Some(household)) => find::household_path(household),
    };
    Moment { day: event.on_date, date: t.date(event.on_date), text, url, source: event.source.clone() }
}

fn changes(words: &Words, old: &Facts, new: &Facts) -> String {
    let t = words.t;
    let lines = old.differences(new).into_iter().map(|field| {
        let label = t.t(label_key(field));
        match (said(words, old, field), said(words, new, field)) {
            (Some(before), Some(after)) => format!("{label}: {before} → {after}"),
            _ => t.s("registry-story-hidden", "field", &label),
        }
    });
    lines.collect::<Vec<_>>().join("; ")
}

/// The key of a field's name.
pub(crate) fn label_key(field: &str) -> &'static str {
    match field {
        "full_name" => "registry-full-name",
        "sex" => "registry-sex",
        "birth_date" | "birth_precision" | "birth" => "registry-birth",
        "personal_no" => "registry-personal-no",
        "previous_no" => "registry-previous-no",
        "tax_no" => "registry-tax-no",
        "ethnic" => "registry-ethnic",
        "religion" => "registry-religion",
        "phone" => "registry-phone-number",
        "smartphone" => "registry-smartphone",
        "insurance_no" => "registry-insurance-no",
        "insurance_until" => "registry-insurance-until",
        "payment_account" => "registry-payment",
        "education" => "registry-education",
        "occupation" => "registry-occupation",
        "disability" => "registry-disability",
        "meritorious" => "registry-meritorious",
        "relation" => "registry-relation",
        _ => "registry-residence",
    }
}

/// A value in words; `None` for what is shown on a recorded click only.
fn said(words: &Words, facts: &Facts, field: &str) -> Option<String> {
    let t = words.t;
    let text = |text: String| if text.is_empty() { t.t("ui-nothing") } else { text };
    match field {
        "full_name" => Some(facts.full_name.clone()),
        "sex" => Some(t.t(facts.sex.text_key())),
        "ethnic" => Some(words.label(&words.lists.ethnic, &facts.ethnic)),
        "smartphone" => Some(words.yes(facts.smartphone)),
        "payment_account" => Some(words.yes(facts.payment_account)),
        "insurance_until" => Some(text(facts.insurance_until.map(|day| t.date(day)).unwrap_or_default())),
        "education" => Some(words.label(&words.lists.education, &facts.education)),
        "occupation" => Some(text(facts.occupation.clone())),
        _ => None,
    }
}

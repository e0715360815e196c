//! The card of a person. Fields of the list in `data/personal-fields` are masked; each is shown on a recorded click.

use super::story;
use crate::find;
use crate::household;
use crate::household::pages::story::Moment;
use crate::marriage;
use crate::person::{self, Person, State};
use crate::personal::{self, Mask};
use crate::show::{Act, Words, fresh_key, panel, span};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use ui::{Html, Shell, Status};

/// A field that is masked.
struct Hidden {
    label: String,
    masked: String,
    /// `""` when there is nothing to show or the reader may not.
    url: String,
}

/// Where a person was counted.
struct Stay {
    when: String,
    village: String,
    relation: String,
    url: String,
}

/// What a person can do, since when and on which paper.
struct Able {
    name: String,
    ground: String,
}

fn able(words: &Words, skill: &person::Skill) -> Able {
    let t = words.t;
    let since = skill.since.map(|day| t.s("registry-since", "day", &t.date(day)));
    let ground: Vec<String> =
        since.into_iter().chain([skill.evidence.clone()]).filter(|text| !text.is_empty()).collect();
    Able { name: words.label(&words.lists.skill, &skill.skill), ground: ground.join(" · ") }
}

#[derive(Template)]
#[template(path = "person/card.html")]
struct CardPage {
    shell: Shell,
    person: Person,
    key: String,
    badges: Vec<Html>,
    village: String,
    household_url: String,
    household_name: String,
    relation: String,
    sex: String,
    age: String,
    ethnic: String,
    education: String,
    smartphone: String,
    payment: String,
    hidden: Vec<Hidden>,
    insured: Html,
    skills: Vec<Able>,
    marriages: Vec<marriage::Line>,
    stays: Vec<Stay>,
    story: Vec<Moment>,
    qr: Html,
    panels: Vec<Html>,
    acts: Vec<Act>,
    /// Who looked at this person's data; `""` when the reader may not know.
    views_url: String,
    /// The page of the data officer.
    data_url: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let person = person::get(&ctx, id).await?;
    let t = ctx.t();
    let places = person::places(&ctx, id).await?;
    let mut words = Words::today(&ctx).await?;
    words
        .learn(&ctx, places.iter().map(|place| place.what.village_id).chain([person.place.village_id]))
        .await?;
    let title = person.facts.full_name.clone();
    let shell = Shell::of(&ctx, "registry-people").await?.titled(title.as_str());
    let shell = shell.crumb(t.t("registry-people"), "/lam-viec/nguoi").crumb(title, "");
    let home = household::get_many(&ctx, &[person.place.household_id]).await?.into_iter().next();
    let skills = person::skills(&ctx, id).await?;
    let village = person.place.village_id;
    let covers = |action: &'static str| ctx.scope_of(action).covers("village", village);
    let link =
        |open: bool, end: &str| if open { format!("/lam-viec/ca-nhan/{id}{end}") } else { String::new() };
    let page = CardPage {
        key: fresh_key(&ctx),
        badges: badges(&ctx, &words, &person),
        village: words.village(village),
        household_url: find::household_path(person.place.household_id),
        household_name: home.map_or_else(String::new, |home| home.head_name.unwrap_or(home.household.code)),
        relation: words.relation(&person.place.relation),
        sex: t.t(person.facts.sex.text_key()),
        age: t.n("registry-years-old", "count", person.facts.age_on(person.died_on.unwrap_or(ctx.today()))),
        ethnic: words.label(&words.lists.ethnic, &person.facts.ethnic),
        education: words.label(&words.lists.education, &person.facts.education),
        smartphone: words.yes(person.facts.smartphone),
        payment: words.yes(person.facts.payment_account),
        hidden: hidden(&ctx, &words, &person),
        insured: insured(&ctx, &person),
        skills: skills.iter().map(|skill| able(&words, skill)).collect(),
        marriages: marriage::lines(&ctx, &person).await?,
        stays: places
            .iter()
            .rev()
            .map(|place| Stay {
                when: span(t, place.valid_from, place.valid_to),
                village: words.village(place.what.village_id),
                relation: words.relation(&place.what.relation),
                url: find::household_path(place.what.household_id),
            })
            .collect(),
        story: story::of(&ctx, &words, id, &places).await?,
        qr: crate::label::qr::of_code(&ctx, &person.code)?,
        panels: panel::of_person(&ctx, id).await?,
        acts: acts(&ctx, &person),
        views_url: link(covers("personal.views"), "/ai-da-xem"),
        data_url: link(covers("personal.export"), ""),
        person,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn badges(ctx: &Ctx, words: &Words, person: &Person) -> Vec<Html> {
    let t = words.t;
    let mut badges = Vec::new();
    match person.state {
        State::Present => {
            if person.place.residence != person::Residence::Permanent {
                badges.push(Status::Info.badge(&t.t(person.place.residence.text_key())));
            }
            if person.facts.age_on(ctx.today()) < 16 {
                badges.push(Status::Info.badge(&t.t("registry-child")));
            }
        }
        state => {
            let day =
                person.died_on.or(person.left_on).map(|day| format!(" {}", t.date(day))).unwrap_or_default();
            badges.push(Status::Off.badge(&format!("{}{day}", t.t(state.text_key()))));
        }
    }
    badges
}

fn insured(ctx: &Ctx, person: &Person) -> Html {
    let t = ctx.t();
    match person.facts.insurance_until {
        None => Html::text(t.t("registry-insurance-none")),
        Some(day) if day < ctx.today() => Status::Off.badge(&t.s("registry-ended-on", "day", &t.date(day))),
        Some(day) if day < ctx.today() + chrono::Days::new(31) => {
            Status::Soon.badge(&t.s("registry-ends-on", "day", &t.date(day)))
        }
        Some(day) => Status::Done.badge(&t.s("registry-valid-until", "day", &t.date(day))),
    }
}

fn acts(ctx: &Ctx, person: &Person) -> Vec<Act> {
    let path = find::person_path(person.id);
    let all: &[(&'static str, &str, &str, &'static str)] = match person.state {
        State::Present => &[
            ("person.update", "registry-edit", "sua", "pencil"),
            ("person.skill", "registry-skills-edit", "ky-nang", "graduation-cap"),
            ("person.move", "registry-person-move", "chuyen-ho", "house"),
            ("person.leave", "registry-person-out", "chuyen-di", "log-out"),
            ("person.leave", "registry-death", "khai-tu", "file-text"),
            ("account_link.decide", "registry-link-person", "tai-khoan", "link"),
            ("proposal.insert", "registry-propose", "de-nghi", "message-circle"),
        ],
        State::Left => &[("person.come_back", "registry-person-back", "tro-ve", "log-in")],
        _ => &[],
    };
    let here = |action: &'static str| ctx.scope_of(action).covers("village", person.place.village_id);
    // An officer changes at once; who may only propose gets that button.
    let open = all
        .iter()
        .filter(|(action, ..)| here(action) && (*action != "proposal.insert" || !here("person.update")));
    open.map(|(_, label, word, icon)| Act { label: ctx.t().t(label), url: format!("{path}/{word}"), icon })
        .collect()
}

/// The declared fields that lists mask. One opens for whoever needs it; the rest stay masked.
fn hidden(ctx: &Ctx, words: &Words, person: &Person) -> Vec<Hidden> {
    let open = ctx.scope_of("personal.reveal").covers("village", person.place.village_id);
    let masked = words.declaration.fields.iter().filter(|field| field.mask != Mask::None);
    let shown = masked.map(|field| {
        let value = personal::value(person, &field.name);
        let needed = ctx.actor.as_ref().is_some_and(|actor| field.needed_by(actor));
        let url = if open && needed && !value.is_empty() {
            format!("{}/xem/{}", find::person_path(person.id), field.name)
        } else {
            String::new()
        };
        let masked = if value.is_empty() {
            words.t.t("ui-nothing")
        } else {
            words.declaration.mask(&field.name, &value)
        };
        Hidden { label: field.label(ctx.lang).to_owned(), masked, url }
    });
    shown.collect()
}

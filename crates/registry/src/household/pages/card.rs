//! The card of a household, today or on a past day.

use super::super::then::{MemberThen, members_on};
use super::story::{self, Moment};
use crate::find;
use crate::household::{self, Facts, Household, Poverty, State};
use crate::person::{self, Precision};
use crate::show::{Act, Words, day_param, panel};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use platform::http::html;
use platform::{Ctx, Error, Result, T, Uuid};
use std::collections::HashMap;
use ui::{Html, Shell, Status};

/// A member in the table of the card.
struct Member {
    name: String,
    url: String,
    code: String,
    relation: String,
    born: String,
    sex: String,
    number: String,
    residence: Html,
}

struct Held {
    name: String,
    quantity: String,
    since: String,
    source: String,
}

#[derive(Template)]
#[template(path = "household/card.html")]
struct CardPage {
    shell: Shell,
    household: Household,
    facts: Facts,
    path: String,
    /// The past day that is shown.
    day: Option<NaiveDate>,
    day_text: String,
    village: String,
    badges: Vec<Html>,
    water: String,
    electric: String,
    fibre: String,
    members: Vec<Member>,
    crops: Vec<Held>,
    herds: Vec<Held>,
    story: Vec<Moment>,
    qr: Html,
    panels: Vec<Html>,
    /// An officer's actions.
    acts: Vec<Act>,
}

pub(super) async fn show(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let household = household::get(&ctx, id).await?;
    let day = day_param(&ctx, &query)?;
    let history = household::history(&ctx, id).await?;
    let facts = match day {
        None => household.facts.clone(),
        Some(day) => match history.iter().find(|v| v.valid_from <= day && day <= v.valid_to) {
            Some(version) => version.what.clone(),
            None => return Err(Error::field("ngay", "registry-household-not-then")),
        },
    };
    let mut words = Words::on(&ctx, day.unwrap_or(ctx.today())).await?;
    words
        .learn(&ctx, history.iter().map(|version| version.what.village_id).chain([facts.village_id]))
        .await?;
    let on = day.unwrap_or(ctx.today());
    let (members, head) = match day {
        None => now(&ctx, &words, id).await?,
        Some(day) => then(&ctx, &words, id, day).await?,
    };
    let (crops, herds) = holdings(&ctx, &words, id, on).await?;
    let story = story::of(&ctx, &words, &household, &history).await?;
    let title = if head.is_empty() {
        household.code.clone()
    } else {
        ctx.t().s("registry-household-of", "name", &head)
    };
    let shell = Shell::of(&ctx, "registry-households").await?.titled(title.as_str());
    let shell = shell.crumb(ctx.t().t("registry-households"), "/lam-viec/ho").crumb(title, "");
    let t = ctx.t();
    let page = CardPage {
        path: find::household_path(id),
        day_text: t.date(on),
        village: words.village(facts.village_id),
        badges: badges(t, &facts, &household, day),
        water: words.yes_or_unknown(facts.water),
        electric: words.yes_or_unknown(facts.electric),
        fibre: words.yes(facts.fibre),
        qr: crate::label::qr::of_code(&ctx, &household.code)?,
        panels: if day.is_none() { panel::of_household(&ctx, id).await? } else { Vec::new() },
        acts: if day.is_none() && household.state == State::Active {
            acts(&ctx, id, facts.village_id)
        } else {
            Vec::new()
        },
        household,
        facts,
        shell,
        day,
        members,
        crops,
        herds,
        story,
    };
    Ok(html(ui::render(&page)?))
}

async fn now(ctx: &Ctx, words: &Words, id: Uuid) -> Result<(Vec<Member>, String)> {
    let people = person::members(ctx, id).await?;
    let members = people.iter().map(|p| MemberThen {
        id: p.id,
        code: p.code.clone(),
        full_name: p.facts.full_name.clone(),
        sex: p.facts.sex,
        birth_date: p.facts.birth_date,
        birth_precision: p.facts.birth_precision,
        personal_no: p.facts.personal_no.clone(),
        relation: p.place.relation.clone(),
        residence: p.place.residence,
    });
    Ok(shown(words, members.collect()))
}

async fn then(ctx: &Ctx, words: &Words, id: Uuid, day: NaiveDate) -> Result<(Vec<Member>, String)> {
    Ok(shown(words, members_on(ctx, id, day).await?))
}

/// The rows of the table, and the head's name.
fn shown(words: &Words, members: Vec<MemberThen>) -> (Vec<Member>, String) {
    let t = words.t;
    let head = members
        .iter()
        .find(|m| m.relation == crate::lists::HEAD)
        .map_or_else(String::new, |m| m.full_name.clone());
    let rows = members.into_iter().map(|m| {
        let residence = match m.residence {
            person::Residence::Permanent => Html::default(),
            person::Residence::Temporary => Status::Info.badge(&t.t(m.residence.text_key())),
            person::Residence::Absent => Status::Off.badge(&t.t(m.residence.text_key())),
        };
        Member {
            url: find::person_path(m.id),
            relation: words.relation(&m.relation),
            born: if m.birth_precision == Precision::Year {
                t.s("registry-about-year", "year", &m.birth_date.year().to_string())
            } else {
                m.birth_date.year().to_string()
            },
            sex: t.t(m.sex.text_key()),
            number: words.masked_number(m.personal_no.as_deref()),
            residence,
            code: m.code,
            name: m.full_name,
        }
    });
    (rows.collect(), head)
}

async fn holdings(ctx: &Ctx, words: &Words, id: Uuid, on: NaiveDate) -> Result<(Vec<Held>, Vec<Held>)> {
    let t = ctx.t();
    let (mut crops, mut herds) = (Vec::new(), Vec::new());
    for holding in household::holdings(ctx, id, on).await? {
        let (since, source) = (t.date(holding.valid_from), holding.source.clone());
        if words.lists.crop.find(&holding.kind).is_some() {
            let quantity = t.n("registry-square-metres", "count", holding.quantity);
            crops.push(Held { name: words.label(&words.lists.crop, &holding.kind), quantity, since, source });
        } else {
            let quantity = t.n("registry-heads-of-herd", "count", holding.quantity);
            herds.push(Held { name: words.label(&words.lists.herd, &holding.kind), quantity, since, source });
        }
    }
    Ok((crops, herds))
}

fn badges(t: T, facts: &Facts, household: &Household, day: Option<NaiveDate>) -> Vec<Html> {
    let mut badges = Vec::new();
    match facts.poverty {
        Poverty::None => {}
        Poverty::NearPoor => badges.push(Status::Info.badge(&t.t(facts.poverty.text_key()))),
        Poverty::Poor => badges.push(Status::Soon.badge(&t.t(facts.poverty.text_key()))),
    }
    if facts.residence == household::Residence::Temporary {
        badges.push(Status::Info.badge(&t.t(facts.residence.text_key())));
    }
    if facts.fibre {
        badges.push(Status::Done.badge(&t.t("registry-fibre-yes")));
    }
    if household.state == State::Ended && day.is_none() {
        badges.push(Status::Off.badge(&t.t(household.state.text_key())));
    }
    badges
}

fn acts(ctx: &Ctx, id: Uuid, village: Uuid) -> Vec<Act> {
    let path = find::household_path(id);
    let all: [(&'static str, &str, &str, &'static str); 9] = [
        ("household.update", "registry-edit", "sua", "pencil"),
        ("person.insert", "registry-birth-add", "khai-sinh", "user-plus"),
        ("person.insert", "registry-person-add", "them-nguoi", "user-plus"),
        ("household.holding", "registry-holdings-edit", "cay-con", "sprout"),
        ("household.head", "registry-head-change", "chu-ho", "id-card"),
        ("household.split", "registry-split", "tach", "copy"),
        ("household.merge", "registry-merge", "nhap", "git-merge"),
        ("household.move_out", "registry-move-out", "chuyen-di", "log-out"),
        ("proposal.insert", "registry-propose", "de-nghi", "message-circle"),
    ];
    let here = |action: &'static str| ctx.scope_of(action).covers("village", village);
    // An officer changes at once; who may only propose gets that button.
    let open = all
        .into_iter()
        .filter(|(action, ..)| here(action) && (*action != "proposal.insert" || !here("household.update")));
    open.map(|(_, label, word, icon)| Act { label: ctx.t().t(label), url: format!("{path}/{word}"), icon })
        .collect()
}

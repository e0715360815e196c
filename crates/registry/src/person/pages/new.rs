//! Somebody whom the registry does not have yet, into a household that exists or a new one. Another page may send what it
//! knows of the person (`di=mo`, in the body: an address would stand in logs) and say where to go on (`ve`); there the person
//! is named by `cho`.

use super::edit::{again, needed_inputs, read};
use crate::code;
use crate::find::person_path;
use crate::household::{self, RawHousehold};
use crate::lists::HEAD;
use crate::person::{self, Arrival, RawPerson};
use crate::show::{Words, how, param};
use crate::villages::Villages;
use axum::extract::Query;
use axum::response::Response;
use chrono::NaiveDate;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::Shell;
use ui::form::{FormPage, Input, Look};

const PATH: &str = "/lam-viec/nguoi/moi";
const NEW_HOUSEHOLD: &str = "ho-moi";

type Asked = Query<HashMap<String, String>>;

pub(super) async fn form(ctx: Ctx, Query(query): Asked) -> Result<Response> {
    page(&ctx, &query, &start_from(&Form::default())).await?.answer()
}

pub(super) async fn save(ctx: Ctx, Query(query): Asked, form: Form) -> Result<Response> {
    if form.text("di") == "mo" {
        return page(&ctx, &query, &start_from(&form)).await?.answer();
    }
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = insert(&ctx, &tx, &query, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, page(&ctx, &query, &RawPerson::from_form(&form)).await?, &form, error),
    }
}

/// What was sent along, over what most people are.
fn start_from(form: &Form) -> RawPerson {
    RawPerson { residence: "permanent".into(), ..RawPerson::from_form(form) }
}

/// Where the new person is taken to: an address of our own, without question mark; `""` for anything else.
fn onward(query: &HashMap<String, String>) -> &str {
    let to = param(query, "ve");
    let plain = to.chars().all(|c| c.is_ascii_alphanumeric() || "/.-_".contains(c));
    if to.starts_with('/') && !to.starts_with("//") && plain { to } else { "" }
}

async fn page(ctx: &Ctx, query: &HashMap<String, String>, raw: &RawPerson) -> Result<FormPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "registry-person-new").await?;
    let shell = shell.crumb(t.t("registry-people"), "/lam-viec/nguoi").crumb(t.t("registry-person-new"), "");
    let words = Words::today(ctx).await?;
    let onward = onward(query);
    let (action, back) = match onward {
        "" => (PATH.to_owned(), "/lam-viec/nguoi"),
        onward => (format!("{PATH}?ve={onward}"), onward),
    };
    let mut page = FormPage::new(ctx, shell, action, back);
    page.lead = t.t("registry-person-new-lead");
    page.submit = t.t("registry-person-add");
    page.icon = "user-plus";
    let founds = ctx.may("household.insert");
    let home = Input::new(Look::Text, "ho", t.t("registry-household-code"))
        .help(t.t("registry-household-code-help"));
    if founds {
        let kinds = vec![
            ("ho-da-co".to_owned(), t.t("registry-person-new-there")),
            (NEW_HOUSEHOLD.to_owned(), t.t("registry-person-new-household")),
        ];
        page.inputs.push(Input::new(Look::Radios, "vao", t.t("registry-person-new-into")).among(kinds));
        page.inputs.push(home.optional());
        page.inputs.push(
            Input::new(Look::Select, "thon", t.t("registry-village"))
                .among(words.village_choices(ctx))
                .empty(t.t("registry-choose-village"))
                .help(t.t("registry-person-new-village-help"))
                .optional(),
        );
        page.inputs.push(Input::new(Look::Text, "dia-chi", t.t("registry-address")).optional());
    } else {
        page.inputs.push(home);
    }
    page.inputs.extend(needed_inputs(ctx, &words, raw));
    for input in page.inputs.iter_mut().filter(|input| founds && input.name == "quan-he") {
        // Who begins a household is its head.
        input.required = false;
    }
    page.inputs.push(Input::new(Look::Text, "noi-den", t.t("registry-where-from")).optional());
    page.inputs.extend(how::day_inputs(ctx, t.t("registry-arrived-day"), t.t("registry-arrived-day-help")));
    Ok(page)
}

async fn insert(ctx: &Ctx, tx: &Tx, query: &HashMap<String, String>, form: &Form) -> Result<(String, Note)> {
    let founds = ctx.may("household.insert");
    let id = match form.text("vao") {
        NEW_HOUSEHOLD if founds => found(ctx, tx, form).await?,
        "ho-da-co" => join(ctx, tx, form).await?,
        _ if !founds => join(ctx, tx, form).await?,
        _ => return Err(Error::field("vao", "error-choose")),
    };
    let url = match onward(query) {
        "" => person_path(id),
        onward => format!("{onward}?cho={id}"),
    };
    let name = vntext::clean(form.text("ho-ten"));
    Ok((url, Note::new(Message::new("registry-person-added").with("name", name))))
}

fn arrived(form: &Form) -> Result<(NaiveDate, &str)> {
    Ok((how::day(form)?, how::source(form)?))
}

async fn join(ctx: &Ctx, tx: &Tx, form: &Form) -> Result<Uuid> {
    let home = household_of(ctx, form).await;
    let person = read(ctx, form, &RawPerson::from_form(form));
    let (home, person) = both(home, person)?;
    let (on, source) = arrived(form)?;
    let note = how::note(form, "noi-den")?;
    person::add(ctx, tx, home, person, Arrival::MoveIn { on }, note, source).await
}

async fn household_of(ctx: &Ctx, form: &Form) -> Result<Uuid> {
    let code = code::parse(form.text("ho")).ok_or_else(|| Error::field("ho", "registry-code-unreadable"))?;
    let unknown = |_| Error::field("ho", "registry-code-unknown");
    let found = code::find(ctx, &code).await.map_err(unknown)?;
    household::get(ctx, found.object_id).await.map_err(unknown)?;
    Ok(found.object_id)
}

/// The person is the head of a household that begins with them.
async fn found(ctx: &Ctx, tx: &Tx, form: &Form) -> Result<Uuid> {
    let base = RawHousehold {
        poverty: "none".into(),
        residence: "permanent".into(),
        fibre: "0".into(),
        ..RawHousehold::default()
    };
    let raw =
        RawHousehold { village: form.text("thon").into(), address: form.text("dia-chi").into(), ..base };
    let facts = raw.check(&Villages::load(ctx).await?).map_err(Error::fields);
    let raw = RawPerson { relation: HEAD.into(), ..RawPerson::from_form(form) };
    let (facts, head) = both(facts, read(ctx, form, &raw))?;
    let (on, source) = arrived(form)?;
    let home = household::insert(ctx, tx, facts, vec![head], on, source).await?;
    let head = person::members_in(ctx, tx, home).await?.pop().ok_or_else(Error::not_found)?;
    Ok(head.id)
}

/// All that is wrong at once, in both halves of the form.
fn both<A, B>(one: Result<A>, other: Result<B>) -> Result<(A, B)> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(mut error), Err(more)) => {
            error.fields.extend(more.fields);
            Err(error)
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

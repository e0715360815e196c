//! A person who arrives or is born, and what changes about somebody.

use super::fields;
use crate::find::{household_path, person_path};
use crate::lists;
use crate::person::{self, Arrival, NewPerson, RawPerson};
use crate::personal::{self, Declaration};
use crate::show::{Words, how};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use ui::Status;
use ui::form::{FormPage, Input, Look};

/// What the form says of a person. What is odd comes back as an error until the box below it is ticked.
pub(super) fn read(ctx: &Ctx, form: &Form, raw: &RawPerson) -> Result<NewPerson> {
    let new = NewPerson::check(raw, &*lists::load(ctx)?, ctx.today()).map_err(Error::fields)?;
    if !new.warnings.is_empty() && !form.ticked("da-xem-lai") {
        let mut fields = new.warnings;
        fields.push(platform::FieldError {
            field: "da-xem-lai".into(),
            message: Message::new("registry-look-again"),
        });
        return Err(Error::fields(fields));
    }
    Ok(new)
}

/// The form again; with a box to confirm what is odd, when only that is left.
pub(super) fn again(ctx: &Ctx, mut page: FormPage, form: &Form, error: Error) -> Result<Response> {
    if error.fields.iter().any(|one| one.field == "da-xem-lai") {
        page.inputs.push(Input::new(Look::Tick, "da-xem-lai", ctx.t().t("registry-looked-again")));
    }
    page.again(ctx, form, error)
}

/// Whether the reader's role needs a field (by its name in code); what nobody declared is not personal.
fn needed(ctx: &Ctx, declaration: &Declaration, field: &str) -> bool {
    let name = if field == "birth" { "birth_date" } else { field };
    match (declaration.field(name), &ctx.actor) {
        (None, _) => true,
        (Some(field), Some(actor)) => field.needed_by(actor),
        (Some(_), None) => false,
    }
}

/// The fields of a person that the reader's role needs.
pub(crate) fn needed_inputs(ctx: &Ctx, words: &Words, raw: &RawPerson) -> Vec<Input> {
    let mut inputs = fields::inputs(ctx, words, raw);
    inputs.retain(|input| {
        let field = person::FIELDS.iter().find(|(_, form)| *form == input.name);
        field.is_none_or(|(name, _)| needed(ctx, &words.declaration, name))
    });
    inputs
}

/// What was typed over what is stored: fields that the form did not show stay as they are.
pub(crate) async fn typed(ctx: &Ctx, id: Uuid, form: &Form) -> Result<RawPerson> {
    let old = person::get(ctx, id).await?;
    let declaration = personal::load(ctx)?;
    let mut fields = RawPerson::of(&old.facts, &old.place).to_map();
    let typed = RawPerson::from_form(form).to_map();
    fields.extend(typed.into_iter().filter(|(name, _)| needed(ctx, &declaration, name)));
    Ok(RawPerson::from_map(fields))
}

/// A form shows fields in full, so opening it is a look at the person's data.
pub(crate) async fn record_look(ctx: &Ctx, id: Uuid) -> Result<()> {
    let declaration = personal::load(ctx)?;
    let shown = declaration.fields.iter().map(|field| field.name.as_str());
    let fields: Vec<&str> = shown.filter(|name| needed(ctx, &declaration, name)).collect();
    let tx = ctx.begin().await?;
    audit::viewed(ctx, &tx, &[id], "mending", &fields).await?;
    tx.commit().await
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let page = edit_page(&ctx, id).await?;
    record_look(&ctx, id).await?;
    page.answer()
}

async fn edit_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (person, shell) = super::of(ctx, id, "registry-person-edit").await?;
    let words = Words::today(ctx).await?;
    let path = person_path(id);
    let mut page = FormPage::new(ctx, shell, format!("{path}/sua"), path);
    page.inputs = needed_inputs(ctx, &words, &RawPerson::of(&person.facts, &person.place));
    page = page.editing(person.revision);
    page.warning = Some((Status::Info, ctx.t().t("registry-edit-recorded")));
    page.inputs.extend(how::inputs(ctx));
    page.draft = format!("person-{id}");
    Ok(page)
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = update(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, edit_page(&ctx, id).await?, &form, error),
    }
}

async fn update(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let new = read(ctx, form, &typed(ctx, id, form).await?)?;
    let name = new.facts.full_name.clone();
    person::update(ctx, tx, id, form.revision()?, new, &how::read(form)?).await?;
    Ok((person_path(id), Note::new(Message::new("registry-person-saved").with("name", name))))
}

pub(super) async fn arrival_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    new_page(&ctx, id, false).await?.answer()
}

pub(super) async fn arrival_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    add(ctx, id, form, false).await
}

pub(super) async fn birth_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    new_page(&ctx, id, true).await?.answer()
}

pub(super) async fn birth_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    add(ctx, id, form, true).await
}

async fn new_page(ctx: &Ctx, household: Uuid, birth: bool) -> Result<FormPage> {
    let t = ctx.t();
    let title = if birth { "registry-birth-add" } else { "registry-person-add" };
    let (_, shell) = crate::household::pages::of(ctx, household, title).await?;
    let words = Words::today(ctx).await?;
    let members = person::members(ctx, household).await?;
    let path = household_path(household);
    let word = if birth { "khai-sinh" } else { "them-nguoi" };
    let mut page = FormPage::new(ctx, shell, format!("{path}/{word}"), path);
    page.lead = t.t(&format!("{title}-lead"));
    page.submit = t.t(title);
    page.icon = "user-plus";
    page.draft = format!("person-{word}-{household}");
    // Most children and newcomers belong to the ethnic group of the head.
    let ethnic = members.first().map(|head| head.facts.ethnic.clone()).unwrap_or_default();
    let relation = if birth { "child" } else { "" };
    let raw = RawPerson {
        ethnic,
        relation: relation.into(),
        residence: "permanent".into(),
        ..RawPerson::default()
    };
    if birth {
        page.inputs = fields::birth_inputs(ctx, &words, &raw);
        page.inputs.push(
            Input::new(Look::Text, "nguon", t.t("registry-source"))
                .help(t.t("registry-birth-source-help"))
                .optional(),
        );
    } else {
        page.inputs = fields::inputs(ctx, &words, &raw);
        page.inputs.push(Input::new(Look::Text, "noi-den", t.t("registry-where-from")).optional());
        page.inputs.extend(how::day_inputs(
            ctx,
            t.t("registry-arrived-day"),
            t.t("registry-arrived-day-help"),
        ));
    }
    Ok(page)
}

async fn add(ctx: Ctx, household: Uuid, form: Form, birth: bool) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = insert(&ctx, &tx, household, &form, birth).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, new_page(&ctx, household, birth).await?, &form, error),
    }
}

async fn insert(ctx: &Ctx, tx: &Tx, household: Uuid, form: &Form, birth: bool) -> Result<(String, Note)> {
    let new = read(ctx, form, &RawPerson::from_form(form))?;
    let name = new.facts.full_name.clone();
    let arrival = if birth { Arrival::Birth } else { Arrival::MoveIn { on: how::day(form)? } };
    let id = person::add(ctx, tx, household, new, arrival, how::note(form, "noi-den")?, how::source(form)?)
        .await?;
    Ok((person_path(id), Note::new(Message::new("registry-person-added").with("name", name))))
}

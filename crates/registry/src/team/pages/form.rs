//! The forms of a board or team: founding, changing, dissolving.

use super::parts::part_page;
use crate::find::team_path;
use crate::show::{Words, choices, how};
use crate::team::{self, Kind, Team, TeamFacts};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use ui::Shell;
use ui::form::{FormPage, Input, Look};

fn inputs(ctx: &Ctx, words: &Words, team: Option<&Team>) -> Vec<Input> {
    let t = ctx.t();
    let value = |of: fn(&Team) -> String| team.map(of).unwrap_or_default();
    let villages = words.village_choices(ctx);
    vec![
        Input::new(Look::Select, "loai", t.t("registry-object-kind"))
            .value(value(|team| team.kind.code().into()))
            .among(choices(t, Kind::ALL, Kind::code, Kind::text_key))
            .empty(t.t("registry-object-choose")),
        Input::new(Look::Text, "ten", t.t("registry-object-name")).value(value(|team| team.name.clone())),
        Input::new(Look::Select, "thon", t.t("registry-village"))
            .value(value(|team| team.village_id.map(|id| id.to_string()).unwrap_or_default()))
            .among(villages)
            .empty(t.t("registry-whole-commune"))
            .optional(),
        Input::new(Look::Text, "quyet-dinh", t.t("registry-team-decision"))
            .value(value(|team| team.decision_no.clone()))
            .optional(),
        Input::new(Look::Date, "ngay-lap", t.t("registry-team-founded"))
            .value(value(|team| vntext::date(team.founded_on))),
    ]
}

fn read(form: &Form) -> Result<TeamFacts> {
    Ok(TeamFacts {
        kind: Kind::parse(form.text("loai")).ok_or_else(|| Error::field("loai", "error-choose"))?,
        name: form.text("ten").to_owned(),
        village_id: form.id("thon")?,
        decision_no: form.text("quyet-dinh").to_owned(),
        founded_on: form.date("ngay-lap")?.ok_or_else(|| Error::field("ngay-lap", "registry-day-empty"))?,
    })
}

async fn new_page(ctx: &Ctx) -> Result<FormPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "registry-team-new")
        .await?
        .crumb(t.t("registry-team-list"), "/lam-viec/ban-to")
        .crumb(t.t("registry-team-new"), "");
    let mut page = FormPage::new(ctx, shell, "/lam-viec/ban-to/moi", "/lam-viec/ban-to");
    page.inputs = inputs(ctx, &Words::today(ctx).await?, None);
    page.draft = "team-new".into();
    Ok(page)
}

pub(super) async fn new_form(ctx: Ctx) -> Result<Response> {
    new_page(&ctx).await?.answer()
}

pub(super) async fn new_save(ctx: Ctx, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = insert(&ctx, &tx, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => new_page(&ctx).await?.again(&ctx, &form, error),
    }
}

async fn insert(ctx: &Ctx, tx: &Tx, form: &Form) -> Result<(String, Note)> {
    let facts = read(form)?;
    let id = team::insert(ctx, tx, &facts).await?;
    Ok((team_path(id), Note::new(Message::new("registry-object-added").with("name", facts.name.as_str()))))
}

async fn edit_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (team, mut page) = part_page(ctx, id, "registry-object-edit", "sua").await?;
    page.inputs = inputs(ctx, &Words::today(ctx).await?, Some(&team));
    Ok(page.editing(team.revision))
}

pub(super) async fn edit_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    edit_page(&ctx, id).await?.answer()
}

pub(super) async fn edit_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = update(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => edit_page(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn update(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    team::update(ctx, tx, id, form.revision()?, &read(form)?).await?;
    Ok((team_path(id), Note::new("registry-object-saved")))
}

async fn end_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let team = team::get(ctx, id).await?;
    let (t, path) = (ctx.t(), team_path(id));
    let shell =
        Shell::of(ctx, "registry-team-end").await?.crumb(t.t("registry-team-list"), "/lam-viec/ban-to");
    let mut page = FormPage::new(
        ctx,
        shell.crumb(&team.name, &path).crumb(t.t("registry-team-end"), ""),
        format!("{path}/giai-the"),
        path,
    );
    page.lead = t.s("registry-object-end-lead", "name", &team.name);
    page.inputs =
        vec![Input::new(Look::Date, "tu-ngay", t.t("registry-object-end-day")).value(t.date(ctx.today()))];
    page = page.editing(team.revision);
    page.submit = t.t("registry-team-end");
    page.icon = "archive";
    page.confirm = t.t("registry-object-end-confirm");
    Ok(page)
}

pub(super) async fn end_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    end_page(&ctx, id).await?.answer()
}

pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = finish(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => end_page(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn finish(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    team::end(ctx, tx, id, form.revision()?, how::day(form)?).await?;
    Ok(("/lam-viec/ban-to".to_owned(), Note::new("registry-object-ended")))
}

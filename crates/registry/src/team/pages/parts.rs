//! The members and the work plan of a team, edited as lines of text.

use super::may_write;
use crate::find::team_path;
use crate::team::{self, Team, members, plan, text};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};
use ui::Shell;
use ui::form::{FormPage, Input, Look};

/// The form of one part of a team.
pub(super) async fn part_page(ctx: &Ctx, id: Uuid, title: &str, word: &str) -> Result<(Team, FormPage)> {
    let team = team::get(ctx, id).await?;
    if !may_write(ctx, &team, "team.update") {
        return Err(Error::not_found());
    }
    let (t, path) = (ctx.t(), team_path(id));
    let shell = Shell::of(ctx, title).await?.crumb(t.t("registry-team-list"), "/lam-viec/ban-to");
    let shell = shell.crumb(&team.name, &path).crumb(t.t(title), "");
    let mut page = FormPage::new(ctx, shell, format!("{path}/{word}"), path);
    page.draft = format!("team-{word}-{id}");
    Ok((team, page))
}

async fn members_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (team, mut page) = part_page(ctx, id, "registry-team-members-edit", "thanh-vien").await?;
    let t = ctx.t();
    page.lead = t.t("registry-team-members-lead");
    let lines = text::members_text(&members(ctx, id).await?);
    page.inputs = vec![
        Input::new(Look::Area, "thanh-vien", t.t("registry-team-members-field"))
            .value(lines)
            .help(t.t("registry-team-members-help"))
            .optional(),
    ];
    Ok(page.editing(team.revision))
}

pub(super) async fn members_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    members_page(&ctx, id).await?.answer()
}

pub(super) async fn members_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = members_write(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => members_page(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn members_write(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let list = text::read_members(form.text("thanh-vien"), &members(ctx, id).await?, ctx.today())?;
    team::members_set(ctx, tx, id, form.revision()?, &list).await?;
    Ok((team_path(id), Note::new("registry-object-saved")))
}

async fn plan_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (team, mut page) = part_page(ctx, id, "registry-team-plan-edit", "ke-hoach").await?;
    let t = ctx.t();
    page.lead = t.t("registry-team-plan-lead");
    let lines = text::plan_text(&plan(ctx, id).await?);
    page.inputs = vec![
        Input::new(Look::Area, "ke-hoach", t.t("registry-team-plan"))
            .value(lines)
            .help(t.t("registry-team-plan-help"))
            .optional(),
    ];
    Ok(page.editing(team.revision))
}

pub(super) async fn plan_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    plan_page(&ctx, id).await?.answer()
}

pub(super) async fn plan_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = plan_write(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => plan_page(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn plan_write(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    team::plan_set(ctx, tx, id, form.revision()?, &text::read_plan(form.text("ke-hoach"))?).await?;
    Ok((team_path(id), Note::new("registry-object-saved")))
}

/// Marks one line of the plan as done today.
pub(super) async fn line_done(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = mark_done(&ctx, &tx, id, &form).await;
    settle(&ctx, key, tx, done).await?
}

async fn mark_done(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let mut lines = plan(ctx, id).await?;
    let line = form
        .text("dong")
        .parse::<usize>()
        .ok()
        .and_then(|at| lines.get_mut(at))
        .ok_or_else(Error::not_found)?;
    line.done_on = Some(ctx.today());
    team::plan_set(ctx, tx, id, form.revision()?, &lines).await?;
    Ok((team_path(id), Note::new("registry-team-marked")))
}

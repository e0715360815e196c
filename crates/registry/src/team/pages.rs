//! Pages of boards and teams: list, card with members and work plan, forms.

use super::{Kind, Team, TeamFacts, members, plan, text};
use crate::find::{person_path, team_path};
use crate::object::card::{CardPage, Line, Part, Press};
use crate::object::place;
use crate::page::After;
use crate::show::form::{FormPage, Input, Look, Start, settle, start};
use crate::show::{Act, Words, choices, fresh_key, how, with_any};
use crate::work::{LINES, Query, cursor};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::area::{get, post};
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Message, Result, Route, Tx, Uuid};
use ui::{BulkAction, Cell, Column, Empty, Row, Shell, Status, Table};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/ban-to", "team.list", show_list),
        get("/lam-viec/ban-to/moi", "team.insert", new_form),
        post("/lam-viec/ban-to/moi", "team.insert", new_save),
        get("/lam-viec/ban-to/{id}", "team.show", show),
        get("/lam-viec/ban-to/{id}/sua", "team.update", edit_form),
        post("/lam-viec/ban-to/{id}/sua", "team.update", edit_save),
        get("/lam-viec/ban-to/{id}/thanh-vien", "team.update", members_form),
        post("/lam-viec/ban-to/{id}/thanh-vien", "team.update", members_save),
        get("/lam-viec/ban-to/{id}/ke-hoach", "team.update", plan_form),
        post("/lam-viec/ban-to/{id}/ke-hoach", "team.update", plan_save),
        post("/lam-viec/ban-to/{id}/xong", "team.update", line_done),
        get("/lam-viec/ban-to/{id}/giai-the", "team.end", end_form),
        post("/lam-viec/ban-to/{id}/giai-the", "team.end", end),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-team-list",
        url: "/lam-viec/ban-to",
        icon: "users",
        action: "team.list",
        group: "registry-menu-group",
        order: 130,
    }
}

#[derive(Template)]
#[template(path = "object/list.html")]
struct ListPage {
    shell: Shell,
    lead: String,
    acts: Vec<Act>,
    table: Table,
}

async fn show_list(ctx: Ctx, axum::extract::Query(asked): Query) -> Result<Response> {
    let t = ctx.t();
    let words = Words::today(&ctx).await?;
    let shell = Shell::of(&ctx, "registry-team-list").await?;
    let after = After::parse(asked.text("sau"));
    let page = super::list(&ctx, Kind::parse(asked.text("loai")), after.as_ref(), LINES).await?;
    let mut table = Table::new(&shell, "team", t.t("registry-team-list"));
    table.filters = vec![ui::Filter::choice(
        "loai",
        t.t("registry-object-kind"),
        asked.text("loai"),
        with_any(t.t("registry-object-any"), choices(t, Kind::ALL, Kind::code, Kind::text_key)),
    )];
    table.columns = vec![
        Column::new("ten", t.t("registry-object-name"), ui::Kind::Name),
        Column::new("loai", t.t("registry-object-kind"), ui::Kind::Text),
        Column::new("thon", t.t("registry-village"), ui::Kind::Text),
        Column::new("quyet-dinh", t.t("registry-team-decision"), ui::Kind::Text),
        Column::new("lap", t.t("registry-team-founded"), ui::Kind::Date),
        Column::new("trang-thai", t.t("registry-object-state"), ui::Kind::Badge),
    ];
    table.rows = page.rows.iter().map(|team| row(&words, team)).collect();
    table.next = page.next.as_ref().map(cursor);
    table.empty =
        Empty { title: t.t("registry-team-none"), text: t.t("registry-team-none-how"), ..Empty::default() };
    if ctx.may("label.print") {
        let url = "/lam-viec/tem/in?loai=team".to_owned();
        table.bulk = vec![BulkAction {
            label: t.t("registry-menu-labels"),
            url,
            icon: "qr-code",
            confirm: String::new(),
        }];
        table.bulk_key = fresh_key(&ctx);
    }
    let mut acts = Vec::new();
    if ctx.may("team.insert") {
        acts.push(Act { label: t.t("registry-team-new"), url: "/lam-viec/ban-to/moi".into(), icon: "plus" });
    }
    Ok(html(ui::render(&ListPage { lead: t.t("registry-team-lead"), shell, acts, table })?))
}

fn row(words: &Words, team: &Team) -> Row {
    let t = words.t;
    let state = match team.ended_on {
        Some(day) => Cell::badge(Status::Off, &t.s("registry-object-ended-on", "day", &t.date(day))),
        None => Cell::badge(Status::Active, &t.t("registry-object-active")),
    };
    Row {
        id: team.id.to_string(),
        url: Some(team_path(team.id)),
        cells: vec![
            Cell::text(&team.name).under(&team.code),
            Cell::text(t.t(team.kind.text_key())),
            Cell::text(place(words, team.village_id)),
            Cell::text(&team.decision_no),
            Cell::text(t.date(team.founded_on)),
            state,
        ],
    }
}

async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let team = super::get(&ctx, id).await?;
    let words = Words::today(&ctx).await?;
    let t = ctx.t();
    let shell = Shell::of(&ctx, &team.name)
        .await?
        .crumb(t.t("registry-team-list"), "/lam-viec/ban-to")
        .crumb(&team.name, "");
    let mut page = CardPage::new(&ctx, shell, &team.code)?;
    page.facts = vec![
        (t.t("registry-object-kind"), t.t(team.kind.text_key())),
        (t.t("registry-village"), place(&words, team.village_id)),
        (t.t("registry-team-decision"), team.decision_no.clone()),
        (t.t("registry-team-founded"), t.date(team.founded_on)),
    ];
    if let Some(day) = team.ended_on {
        page.badges = vec![Status::Off.badge(&t.s("registry-object-ended-on", "day", &t.date(day)))];
    }
    let may = may_write(&ctx, &team, "team.update");
    page.parts = vec![members_part(&ctx, &team).await?, plan_part(&ctx, &team, may).await?];
    let path = team_path(id);
    let acts = [
        (may, "registry-team-members-edit", "thanh-vien", "users"),
        (may, "registry-team-plan-edit", "ke-hoach", "list-checks"),
        (may, "registry-object-edit", "sua", "pencil"),
        (may_write(&ctx, &team, "team.end"), "registry-team-end", "giai-the", "archive"),
    ];
    let open = acts.into_iter().filter(|(open, ..)| *open);
    page.acts = open
        .map(|(_, key, word, icon)| Act { label: t.t(key), url: format!("{path}/{word}"), icon })
        .collect();
    page.answer()
}

fn may_write(ctx: &Ctx, team: &Team, action: &'static str) -> bool {
    let scope = ctx.scope_of(action);
    team.ended_on.is_none()
        && (scope.whole() || team.village_id.is_some_and(|id| scope.covers("village", id)))
}

async fn members_part(ctx: &Ctx, team: &Team) -> Result<Part> {
    let t = ctx.t();
    let all = members(ctx, team.id).await?;
    let people = ctx.scope_of("person.show");
    // The page of a person opens only to those who may see people at all; the page itself decides on the village.
    let linked =
        |person: Option<Uuid>| person.filter(|_| !people.is_empty()).map(person_path).unwrap_or_default();
    let lines = all.iter().map(|member| {
        let since = t.s("registry-team-since", "day", &t.date(member.since));
        let under = [member.duty.as_str(), &since]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let badge = match member.until {
            Some(day) => Status::Off.badge(&t.s("registry-team-until", "day", &t.date(day))),
            None => Status::Info.badge(&member.title),
        };
        Line::new(&member.name).under(under).linked(linked(member.person_id)).badge(badge)
    });
    let now = all.iter().filter(|member| member.until.is_none()).count();
    Ok(Part {
        title: t.n("registry-team-members", "count", now),
        lines: lines.collect(),
        none: t.t("registry-team-members-none"),
    })
}

async fn plan_part(ctx: &Ctx, team: &Team, may: bool) -> Result<Part> {
    let t = ctx.t();
    let today = ctx.today();
    let lines = plan(ctx, team.id).await?.into_iter().enumerate().map(|(at, line)| {
        let due = line.due_on.map(|day| t.s("registry-team-due", "day", &t.date(day))).unwrap_or_default();
        let under = [line.who.as_str(), &due]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let badge = match (line.done_on, line.due_on) {
            (Some(done), Some(due)) if done > due => {
                Status::Done.badge(&t.s("registry-team-done-late", "day", &t.date(done)))
            }
            (Some(done), _) => Status::Done.badge(&t.s("registry-team-done", "day", &t.date(done))),
            (None, Some(due)) if due < today => {
                Status::Late.badge(&t.n("registry-team-late", "count", (today - due).num_days()))
            }
            (None, _) => Status::Waiting.badge(&t.t("registry-team-open")),
        };
        let mut shown = Line::new(line.task).under(under).badge(badge);
        if may && line.done_on.is_none() {
            let url = format!("{}/xong", team_path(team.id));
            shown.press = Some(Press {
                label: t.t("registry-team-mark-done"),
                url,
                key: fresh_key(ctx),
                revision: team.revision,
                value: at.to_string(),
            });
        }
        shown
    });
    Ok(Part {
        title: t.t("registry-team-plan"),
        lines: lines.collect(),
        none: t.t("registry-team-plan-none"),
    })
}

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

async fn new_form(ctx: Ctx) -> Result<Response> {
    new_page(&ctx).await?.answer()
}

async fn new_save(ctx: Ctx, form: Form) -> Result<Response> {
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
    let id = super::insert(ctx, tx, &facts).await?;
    Ok((team_path(id), Note::new(Message::new("registry-object-added").with("name", facts.name.as_str()))))
}

/// The form of one part of a team.
async fn part_page(ctx: &Ctx, id: Uuid, title: &str, word: &str) -> Result<(Team, FormPage)> {
    let team = super::get(ctx, id).await?;
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

async fn edit_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (team, mut page) = part_page(ctx, id, "registry-object-edit", "sua").await?;
    page.inputs = inputs(ctx, &Words::today(ctx).await?, Some(&team));
    Ok(page.editing(team.revision))
}

async fn edit_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    edit_page(&ctx, id).await?.answer()
}

async fn edit_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
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
    super::update(ctx, tx, id, form.revision()?, &read(form)?).await?;
    Ok((team_path(id), Note::new("registry-object-saved")))
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

async fn members_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    members_page(&ctx, id).await?.answer()
}

async fn members_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
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
    super::members_set(ctx, tx, id, form.revision()?, &list).await?;
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

async fn plan_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    plan_page(&ctx, id).await?.answer()
}

async fn plan_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
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
    super::plan_set(ctx, tx, id, form.revision()?, &text::read_plan(form.text("ke-hoach"))?).await?;
    Ok((team_path(id), Note::new("registry-object-saved")))
}

/// Marks one line of the plan as done today.
async fn line_done(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
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
    super::plan_set(ctx, tx, id, form.revision()?, &lines).await?;
    Ok((team_path(id), Note::new("registry-team-marked")))
}

async fn end_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let team = super::get(ctx, id).await?;
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

async fn end_form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    end_page(&ctx, id).await?.answer()
}

async fn end(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
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
    super::end(ctx, tx, id, form.revision()?, how::day(form)?).await?;
    Ok(("/lam-viec/ban-to".to_owned(), Note::new("registry-object-ended")))
}

//! The criteria of one village, and all villages side by side.

use super::model::Set;
use super::rules::{self, Behind, Saying};
use crate::back::{self, Back, act, again, key};
use crate::book::{self, Tab};
use crate::place;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::form::{FormPage, Input, Look};
use ui::{Cell, Column, FieldErrors, Html, Kind, Row, Shell, Status, Table};
use units::Unit;

/// Figures that stand beside the criteria.
const FIGURES: [&str; 2] = ["fibre_households_pct", "smartphone_people_pct"];

/// Names of the columns of criteria; no set has more that are known.
const COLUMNS: [&str; 12] =
    ["tc-1", "tc-2", "tc-3", "tc-4", "tc-5", "tc-6", "tc-7", "tc-8", "tc-9", "tc-10", "tc-11", "tc-12"];

/// One criterion of a village.
pub(crate) struct Line {
    pub code: String,
    pub name: String,
    pub badge: Html,
    /// What it is taken from, or the evidence.
    pub why: String,
    pub say: String,
    pub evidence: String,
}

pub(crate) async fn lines(ctx: &Ctx, village: &Unit) -> Result<Vec<Line>> {
    let (t, set) = (ctx.t(), Set::load(ctx)?);
    let behind = Behind::load(ctx, &[village.id]).await?;
    let own = format!("{}/{}", book::PATH, village.id);
    let line = |one: &super::model::Criterion| {
        let (status, word) = behind.standing(village.id, one).look();
        let said = behind.newest(village.id, &one.code).filter(|_| one.known && one.live.is_none());
        let mut why = match (one.live, said) {
            (Some(_), _) => t.t("village-smart-live"),
            (None, Some(said)) => format!("{} ({})", said.note, t.date(said.day)),
            (None, None) => String::new(),
        };
        if !one.verified && one.known {
            why = format!("{why} {}", t.t("village-smart-unverified")).trim().to_owned();
        }
        Line {
            code: one.code.clone(),
            name: one.name(ctx.lang).to_owned(),
            badge: status.badge(&t.t(word)),
            say: if set.ticked(&one.code).is_some() {
                format!("{own}/thong-minh/{}", one.code)
            } else {
                String::new()
            },
            evidence: said
                .filter(|said| said.file_id.is_some())
                .map(|said| format!("{own}/bang-chung/{}", said.id))
                .unwrap_or_default(),
            why,
        }
    };
    Ok(set.criterion.iter().map(line).collect())
}

/// The word on a village that is a pilot today.
pub(crate) async fn pilot_badge(ctx: &Ctx, village: Uuid) -> Result<Option<Html>> {
    let pilot = units::fact_yes(ctx, village, "smart_village_pilot", ctx.today()).await?;
    Ok(pilot.then(|| Status::Info.badge(&ctx.t().t("village-pilot"))))
}

#[derive(Template)]
#[template(path = "smart-show.html")]
struct ShowPage {
    shell: Shell,
    name: String,
    tabs: Vec<(String, String)>,
    here: String,
    set: String,
    badge: Option<Html>,
    pilot: String,
    keeps: bool,
    lines: Vec<Line>,
}

pub(super) async fn show(ctx: Ctx, Path(village): Path<Uuid>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let (shell, tabs, here) = book::frame(&ctx, &village, Tab::Smart).await?;
    let names = ctx.scope_of("village_book.pilot").covers("village", village.id);
    Ok(html(ui::render(&ShowPage {
        set: Set::load(&ctx)?.name(ctx.lang).to_owned(),
        badge: pilot_badge(&ctx, village.id).await?,
        pilot: if names { format!("{}/{}/thon-diem", book::PATH, village.id) } else { String::new() },
        keeps: book::keeps(&ctx, village.id),
        lines: lines(&ctx, &village).await?,
        name: village.name.clone(),
        shell,
        tabs,
        here,
    })?))
}

#[derive(Template)]
#[template(path = "smart-say.html")]
struct SayPage {
    shell: Shell,
    action: String,
    back: String,
    name: String,
    met: String,
    states: Vec<(String, String)>,
    note: String,
    day: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn form(ctx: Ctx, Path((village, code)): Path<(Uuid, String)>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    Ok(html(say_page(&ctx, &village, &code, Back::default()).await?))
}

async fn say_page(ctx: &Ctx, village: &Unit, code: &str, back: Back) -> Result<String> {
    let (t, set) = (ctx.t(), Set::load(ctx)?);
    let criterion = set.ticked(code).ok_or_else(Error::not_found)?;
    let list = book::path(village.id, Tab::Smart);
    ui::render(&SayPage {
        shell: book::inner(ctx, village, Tab::Smart, "village-smart-say").await?,
        action: format!("{list}/{code}"),
        name: format!("{code} {}", criterion.name(ctx.lang)),
        met: back.or("dat", "1"),
        states: vec![("1".into(), t.t("village-smart-met")), ("0".into(), t.t("village-smart-missing"))],
        note: back.or("bang-chung", ""),
        day: back.or("ngay", &t.date(ctx.today())),
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        back: list,
    })
}

pub(super) async fn say(
    ctx: Ctx,
    Path((village, code)): Path<(Uuid, String)>,
    sent: Form,
) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let draw = async |back: Back| say_page(&ctx, &village, &code, back).await;
    let evidence = match back::picture(&ctx, &sent, "anh").await {
        Ok(evidence) => evidence,
        Err(error) => return again(&ctx, &sent, error, draw).await,
    };
    let rule = async |tx: &Tx| {
        let saying = Saying {
            met: sent.text("dat") == "1",
            note: sent.text("bang-chung").to_owned(),
            day: sent.date("ngay")?,
            evidence,
        };
        rules::say(&ctx, tx, &village, &code, saying).await?;
        Ok((book::path(village.id, Tab::Smart), Note::new("village-smart-said")))
    };
    act(&ctx, &sent, rule, draw).await
}

pub(super) async fn evidence(ctx: Ctx, Path((village, entry)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let behind = Behind::load(&ctx, &[village.id]).await?;
    let one = behind.said.iter().find(|one| one.id == entry).ok_or_else(Error::not_found)?;
    back::shown(&ctx, one.file_id).await
}

async fn pilot_page(ctx: &Ctx, village: &Unit) -> Result<FormPage> {
    let t = ctx.t();
    let list = book::path(village.id, Tab::Smart);
    let shell = book::inner(ctx, village, Tab::Smart, "village-pilot-name").await?;
    let mut form = FormPage::new(ctx, shell, format!("{}/{}/thon-diem", book::PATH, village.id), list);
    form.lead = village.name.clone();
    let now = units::fact_yes(ctx, village.id, "smart_village_pilot", ctx.today()).await?;
    let states = vec![("1".into(), t.t("village-pilot")), ("0".into(), t.t("village-pilot-not"))];
    form.inputs = vec![
        Input::new(Look::Radios, "la-diem", t.t("village-pilot-is")).among(states).value(if now {
            "0"
        } else {
            "1"
        }),
        Input::new(Look::Date, "tu-ngay", t.t("village-pilot-from")).value(t.date(ctx.today())),
        Input::new(Look::Text, "can-cu", t.t("village-pilot-source")),
    ];
    Ok(form)
}

pub(super) async fn pilot_form(ctx: Ctx, Path(village): Path<Uuid>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    pilot_page(&ctx, &village).await?.answer()
}

pub(super) async fn pilot(ctx: Ctx, Path(village): Path<Uuid>, sent: Form) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let form = pilot_page(&ctx, &village).await?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = async {
        let on = sent.text("la-diem") == "1";
        rules::pilot(&ctx, &tx, &village, on, sent.date("tu-ngay")?, sent.text("can-cu")).await?;
        Ok((book::path(village.id, Tab::Smart), Note::new("village-pilot-named")))
    };
    let done = done.await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => form.again(&ctx, &sent, error),
    }
}

/// All villages of the reader side by side: pilots first.
pub(crate) async fn compared(ctx: &Ctx, shell: &Shell, villages: &[Unit]) -> Result<Table> {
    let (t, set) = (ctx.t(), Set::load(ctx)?);
    let ids: Vec<Uuid> = villages.iter().map(|unit| unit.id).collect();
    let behind = Behind::load(ctx, &ids).await?;
    let mut figures = Vec::new();
    for key in FIGURES {
        figures.push(figures::one(ctx, key, ctx.today()).await?);
    }
    let mut table = Table::new(shell, "villages", t.t("village-menu"));
    table.columns = vec![
        Column::new("thon", t.t("village-name"), Kind::Name),
        Column::new("diem", t.t("village-pilot-short"), Kind::Badge),
    ];
    for (one, key) in set.criterion.iter().filter(|one| one.known).zip(COLUMNS) {
        table.columns.push(Column::new(
            key,
            format!("{} {}", t.t("village-smart-short"), one.code),
            Kind::Badge,
        ));
    }
    for figure in &figures {
        table.columns.push(Column::new(figure.key, figure.name(t), Kind::Number));
    }
    let by: Vec<HashMap<Uuid, f64>> = figures
        .iter()
        .map(|figure| {
            let of = |one: &figures::UnitValue| Some((one.unit_id?, one.value?.to_f64()));
            figure.by_unit.iter().filter_map(of).collect()
        })
        .collect();
    let mut ordered: Vec<&Unit> = villages.iter().collect();
    ordered.sort_by_key(|unit| !behind.pilots.contains(&unit.id));
    let row = |unit: &&Unit| {
        let mut cells = vec![Cell::text(&unit.name)];
        cells.push(match behind.pilots.contains(&unit.id) {
            true => Cell::badge(Status::Info, &t.t("village-pilot-short")),
            false => Cell::text(""),
        });
        for one in set.criterion.iter().filter(|one| one.known).take(COLUMNS.len()) {
            let (status, word) = behind.standing(unit.id, one).look();
            cells.push(Cell::badge(status, &t.t(word)));
        }
        for known in &by {
            let words = known.get(&unit.id).map(|value| format!("{} %", t.decimal(*value, 1)));
            cells.push(Cell::text(words.unwrap_or_else(|| "–".to_owned())));
        }
        Row { id: unit.id.to_string(), url: Some(book::path(unit.id, Tab::First)), cells }
    };
    table.rows = ordered.iter().map(row).collect();
    Ok(table)
}

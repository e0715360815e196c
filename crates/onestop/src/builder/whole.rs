//! The whole procedure on one page: what it says so far, what is still missing, what to do with it.

use super::check::{self, Fault};
use super::lines::{fee_line, field_line, paper_line, section_line, step_line};
use super::place::{List, Place, at, keys};
use super::working::Working;
use super::{place, schema};
use crate::procedure::{FieldNames, Procedure, time_words};
use askama::Template;
use platform::{Ctx, Lang, Result, T};
use ui::{FieldErrors, Shell};

/// A row with its buttons.
pub(super) struct Row {
    anchor: String,
    title: String,
    line: String,
    url: String,
    /// `giay:birth_paper`, as the buttons send it.
    code: String,
    first: bool,
    last: bool,
}

pub(super) struct Group {
    anchor: &'static str,
    title: String,
    empty: String,
    add: String,
    add_url: String,
    rows: Vec<Row>,
}

impl Group {
    fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// A section with its fields.
pub(super) struct Part {
    row: Row,
    add_url: String,
    fields: Vec<Row>,
}

impl Part {
    fn fields(&self) -> &[Row] {
        &self.fields
    }
}

#[derive(Template)]
#[template(path = "build.html")]
pub(super) struct WholePage {
    shell: Shell,
    path: String,
    preview_url: String,
    code: String,
    facts: Vec<(String, String)>,
    general_url: String,
    has_form: bool,
    has_dossiers: bool,
    parts: Vec<Part>,
    section_url: String,
    groups: Vec<Group>,
    /// What is still missing: the address of its place, and a sentence.
    faults: Vec<(String, String)>,
    kept: Vec<String>,
    saved: String,
    changed: bool,
    may_undo: bool,
    keys: [String; 3],
    revision: i64,
    pub(super) from: String,
    pub(super) errors: FieldErrors,
    pub(super) wrong: String,
}

pub(super) async fn page(ctx: &Ctx, one: &Working) -> Result<WholePage> {
    let t = ctx.t();
    let names = FieldNames::load(ctx)?;
    let procedure = &one.procedure;
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::of(ctx, name).await?;
    let shell = shell.crumb(t.t("onestop-menu-procedures"), "/lam-viec/thu-tuc").crumb(name, "");
    let faults = check::faults(procedure, &names.all());
    let path = one.path();
    let groups = [List::Paper, List::Fee, List::Step, List::Legal].map(|list| group(ctx, one, list));
    Ok(WholePage {
        facts: facts(ctx, procedure, &names),
        general_url: format!("{path}{}", Place::General.address()),
        has_form: procedure.form.is_some(),
        has_dossiers: procedure.has_dossiers(),
        parts: parts(ctx, one),
        section_url: format!("{path}{}", Place::New(List::Section, String::new()).address()),
        groups: groups.into(),
        faults: faults.iter().map(|fault| told(t, one, fault)).collect(),
        kept: kept(procedure),
        saved: saved(ctx, one).await?,
        changed: one.revision > 0,
        may_undo: one.may_undo(),
        keys: [(); 3].map(|()| ctx.new_id().to_string()),
        revision: one.revision,
        from: t.date(ctx.today()),
        errors: FieldErrors::default(),
        wrong: String::new(),
        code: one.code.clone(),
        preview_url: format!("/lam-viec/thu-tuc/{}/xem-thu", one.code),
        path,
        shell,
    })
}

fn facts(ctx: &Ctx, one: &Procedure, names: &FieldNames) -> Vec<(String, String)> {
    let t = ctx.t();
    let channels = one.channels.iter().map(|door| t.t(door.text_key())).collect::<Vec<_>>().join("; ");
    vec![
        (t.t("onestop-build-code"), one.code.clone()),
        (t.t("onestop-field"), names.name(&one.field)),
        (t.t("onestop-kind"), t.t(one.kind.text_key())),
        (t.t("onestop-for-whom"), one.for_whom.of(ctx.lang).to_owned()),
        (t.t("onestop-result"), one.result.of(ctx.lang).to_owned()),
        (t.t("onestop-time"), time_words(t, one)),
        (t.t("onestop-channels"), channels),
    ]
}

async fn saved(ctx: &Ctx, one: &Working) -> Result<String> {
    let Some(at) = one.updated_at else { return Ok(String::new()) };
    let ids: Vec<_> = one.account_id.into_iter().collect();
    let names = identity::account_names(ctx, &ids).await?;
    let who = ids.first().and_then(|id| names.get(id)).cloned().unwrap_or_default();
    Ok(format!("{} · {who}", ctx.t().moment(at)))
}

fn told(t: T, one: &Working, fault: &Fault) -> (String, String) {
    let input = if fault.input.is_empty() { String::new() } else { format!("#{}", fault.input) };
    let url = format!("{}{}{input}", one.path(), fault.place.address());
    (url, format!("{}: {}", place_name(t, &one.procedure, &fault.place), fault.message.text(t)))
}

/// What the page cannot say, and leaves as the file says it.
fn kept(one: &Procedure) -> Vec<String> {
    let template = one.result_template.iter().map(|name| format!("result_template = {name}"));
    let form = one.form.iter();
    let whole = form.clone().filter_map(schema::kept_whole).map(|own| format!("form.schema: {own}"));
    let fields = form.flat_map(|form| {
        form.fields().filter_map(|field| Some(format!("{}: {}", field.label.vi, schema::kept(form, field)?)))
    });
    template.chain(whole).chain(fields).collect()
}

/// The name of a place, for titles and faults.
pub(super) fn place_name(t: T, one: &Procedure, place: &Place) -> String {
    match place {
        Place::General => t.t("onestop-build-general"),
        Place::New(list, _) => t.t(&format!("onestop-build-add-{}", list.code())),
        Place::Row(list, key) => {
            let name = at(one, *list, key).map(|at| name(t.lang(), one, *list, at, key));
            name.filter(|name| !name.is_empty()).unwrap_or_else(|| key.clone())
        }
    }
}

fn name(lang: Lang, one: &Procedure, list: List, at: usize, key: &str) -> String {
    let words = match list {
        List::Legal => return short(&one.legal[at].text),
        List::Fee => Some(&one.fees[at].name),
        List::Paper => Some(&one.papers[at].name),
        List::Step => Some(&one.steps[at].name),
        List::Section => place::section(one, key).map(|part| &part.title),
        List::Field => place::field(one, key).map(|field| &field.label),
    };
    words.map(|words| words.of(lang).to_owned()).unwrap_or_default()
}

fn short(text: &str) -> String {
    if text.chars().count() <= 80 {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(79).collect::<String>())
    }
}

fn row(ctx: &Ctx, one: &Working, list: List, key: &str, line: String, ends: (bool, bool)) -> Row {
    let place = Place::Row(list, key.to_owned());
    Row {
        anchor: place.anchor(),
        title: place_name(ctx.t(), &one.procedure, &place),
        line,
        url: format!("{}{}", one.path(), place.address()),
        code: format!("{}:{key}", list.code()),
        first: ends.0,
        last: ends.1,
    }
}

fn group(ctx: &Ctx, one: &Working, list: List) -> Group {
    let t = ctx.t();
    let all = keys(&one.procedure, list);
    let line = |at: usize| match list {
        List::Paper => paper_line(ctx, &one.procedure, at),
        List::Fee => fee_line(t, &one.procedure, at),
        List::Step => step_line(t, &one.procedure, at),
        _ => {
            if one.procedure.legal[at].unverified {
                t.t("onestop-unverified")
            } else {
                String::new()
            }
        }
    };
    let row =
        |(at, key): (usize, &String)| row(ctx, one, list, key, line(at), (at == 0, at + 1 == all.len()));
    Group {
        anchor: list.code(),
        title: t.t(match list {
            List::Paper => "onestop-papers",
            List::Fee => "onestop-fees",
            List::Step => "onestop-steps",
            _ => "onestop-legal",
        }),
        empty: t.t(&format!("onestop-build-none-{}", list.code())),
        add: t.t(&format!("onestop-build-add-{}", list.code())),
        add_url: format!("{}{}", one.path(), Place::New(list, String::new()).address()),
        rows: all.iter().enumerate().map(row).collect(),
    }
}

fn parts(ctx: &Ctx, one: &Working) -> Vec<Part> {
    let Some(form) = &one.procedure.form else { return Vec::new() };
    let sections = form.sections.len();
    let fields = form.fields().count();
    let mut before = 0;
    let mut parts = Vec::new();
    for (at, section) in form.sections.iter().enumerate() {
        let ends = (at == 0, at + 1 == sections);
        let mut lines = Vec::new();
        for field in &section.fields {
            before += 1;
            // A field may move on into the next section.
            let ends = (before == 1 && at == 0, before == fields && at + 1 == sections);
            lines.push(row(ctx, one, List::Field, &field.key, field_line(ctx, form, field), ends));
        }
        let add = Place::New(List::Field, section.key.clone());
        parts.push(Part {
            row: row(ctx, one, List::Section, &section.key, section_line(ctx, form, section), ends),
            add_url: format!("{}{}", one.path(), add.address()),
            fields: lines,
        });
    }
    parts
}

//! Procedures for everybody: the list with its search, and one procedure explained.

use super::catalogue::{Catalogue, InForce, catalogue};
use super::find::find;
use super::model::{Fee, Procedure};
use crate::form::view::money;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Lang, Result, T};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;
use ui::{Shell, Tile};

/// `data/procedure-fields`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    field: Vec<FieldRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldRow {
    code: String,
    vi: String,
    en: String,
}

/// The names of the fields of administration, in their order.
pub(crate) struct FieldNames {
    fields: Arc<Fields>,
    lang: Lang,
}

impl FieldNames {
    pub fn load(ctx: &Ctx) -> Result<FieldNames> {
        let fields = ctx.app.law.in_force::<Fields>("procedure-fields", ctx.today())?.content;
        Ok(FieldNames { fields, lang: ctx.lang })
    }

    pub fn name(&self, code: &str) -> String {
        self.all().into_iter().find(|(one, _)| one == code).map_or_else(|| code.to_owned(), |(_, name)| name)
    }

    pub fn all(&self) -> Vec<(String, String)> {
        let word = |row: &FieldRow| if self.lang == Lang::Vi { row.vi.clone() } else { row.en.clone() };
        self.fields.field.iter().map(|row| (row.code.clone(), word(row))).collect()
    }
}

/// A line of the list.
struct Line {
    url: String,
    name: String,
    summary: String,
    time: String,
    fee: String,
}

struct Group {
    name: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "procedures.html")]
struct ListPage {
    shell: Shell,
    question: String,
    /// For whom somebody of the village files; `""` for oneself.
    person: String,
    field: String,
    fields: Vec<(String, String)>,
    groups: Vec<Group>,
    count: usize,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let (question, field) = (text("q"), text("linh-vuc"));
    let carried = carried(&query);
    let names = FieldNames::load(&ctx)?;
    let catalogue = catalogue(&ctx).await?;
    let found = find(&catalogue, &question, &field);
    let shell = Shell::public(&ctx, "onestop-procedures").await?;
    let t = ctx.t();
    let line = |one: &InForce| Line {
        url: format!("/thu-tuc/{}{carried}", one.procedure.code),
        name: one.procedure.name.of(ctx.lang).to_owned(),
        summary: one.procedure.summary.of(ctx.lang).to_owned(),
        time: time_words(t, &one.procedure),
        fee: fee_words(t, &one.procedure),
    };
    let mut groups = Vec::new();
    if question.is_empty() {
        for (code, name) in names.all() {
            let mut lines: Vec<Line> =
                found.iter().filter(|one| one.procedure.field == code).map(|one| line(one)).collect();
            lines.sort_by_key(|line| vntext::sort_key(&line.name));
            groups.push(Group { name, lines });
        }
        groups.retain(|group| !group.lines.is_empty());
    } else {
        groups.push(Group { name: String::new(), lines: found.iter().map(|one| line(one)).collect() });
    }
    let used: Vec<(String, String)> = names
        .all()
        .into_iter()
        .filter(|(code, _)| catalogue.all.values().any(|one| one.procedure.field == *code))
        .collect();
    let count = found.len();
    let person = text("cho");
    Ok(html(ui::render(&ListPage { shell, question, person, field, fields: used, groups, count })?))
}

/// For whom somebody of the village files, from page to page.
fn carried(query: &HashMap<String, String>) -> String {
    let person = query.get("cho").and_then(|id| id.parse::<platform::Uuid>().ok());
    person.map(|id| format!("?cho={id}")).unwrap_or_default()
}

/// How long it takes, in words; `""` where nothing is known.
pub(crate) fn time_words(t: T, procedure: &Procedure) -> String {
    match &procedure.limit {
        Some(limit) => t.n(&format!("onestop-time-{}", limit.unit.code()), "count", i64::from(limit.value)),
        None => String::new(),
    }
}

/// What it costs, in a few words: free, a sum, or that the province sets it.
fn fee_words(t: T, procedure: &Procedure) -> String {
    match procedure.fees.iter().map(|fee| fee.vnd).collect::<Vec<_>>().as_slice() {
        [] | [Some(0)] => t.t("onestop-free"),
        [Some(sum)] => money(t, *sum),
        _ => t.t("onestop-fee-see"),
    }
}

struct FeeLine {
    name: String,
    sum: String,
    waived: Vec<String>,
    note: String,
    unverified: bool,
}

struct PaperLine {
    name: String,
    kind: String,
    required: bool,
    note: String,
}

struct StepLine {
    name: String,
    role: String,
    hours: String,
}

#[derive(Template)]
#[template(path = "procedure.html")]
struct ShowPage {
    shell: Shell,
    procedure: Arc<Procedure>,
    field: String,
    summary: String,
    for_whom: String,
    result: String,
    time: String,
    place: String,
    system: String,
    channels: Vec<String>,
    fees: Vec<FeeLine>,
    papers: Vec<PaperLine>,
    steps: Vec<StepLine>,
    linked: Vec<(String, String)>,
    /// Where a form begins; `""` where none can be filled in here.
    begin: String,
    /// Where it is asked for whom of the household; `""` where nobody may be filed for.
    family: String,
    /// Where an hour at the desk is booked; `""` where nobody comes to the desk.
    visit: String,
    signed_in: bool,
    from: String,
    unverified: bool,
}

pub(super) async fn show(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let catalogue = catalogue(&ctx).await?;
    let in_force = catalogue.get(&code)?;
    let procedure = in_force.procedure.clone();
    let t = ctx.t();
    let name = procedure.name.of(ctx.lang).to_owned();
    let shell = Shell::public(&ctx, &name).await?;
    let shell = shell.crumb(t.t("onestop-procedures"), "/thu-tuc").crumb(&name, "");
    let begin = if procedure.by_phone() && procedure.alone() {
        format!("/thu-tuc/{code}/lam{}", carried(&query))
    } else {
        String::new()
    };
    let drafting = crate::behalf::drafting(&ctx);
    let asks = !begin.is_empty() && !query.contains_key("cho");
    let family = if asks && crate::behalf::may_be_for(&drafting, &code)? {
        format!("/thu-tuc/{code}/cho-ai")
    } else {
        String::new()
    };
    let visit = crate::visit::door_of(&procedure);
    let words = |words: &Option<crate::form::model::Words>| {
        words.as_ref().map(|words| words.of(ctx.lang).to_owned()).unwrap_or_default()
    };
    let page = ShowPage {
        field: FieldNames::load(&ctx)?.name(&procedure.field),
        summary: procedure.summary.of(ctx.lang).to_owned(),
        for_whom: procedure.for_whom.of(ctx.lang).to_owned(),
        result: procedure.result.of(ctx.lang).to_owned(),
        time: time_words(t, &procedure),
        place: words(&procedure.place),
        system: words(&procedure.system),
        channels: procedure.channels.iter().map(|channel| t.t(channel.text_key())).collect(),
        fees: procedure.fees.iter().map(|fee| fee_line(&ctx, fee)).collect(),
        papers: procedure
            .papers
            .iter()
            .map(|paper| PaperLine {
                name: paper.name.of(ctx.lang).to_owned(),
                kind: t.t(paper.kind.text_key()),
                required: paper.required,
                note: words(&paper.note),
            })
            .collect(),
        steps: procedure
            .steps
            .iter()
            .map(|step| StepLine {
                name: step.name.of(ctx.lang).to_owned(),
                role: t.t(step.role.text_key()),
                hours: t.n("onestop-hours", "count", i64::from(step.hours)),
            })
            .collect(),
        linked: linked(&catalogue, &procedure, ctx.lang),
        begin,
        family,
        visit: if visit.is_empty() { visit } else { format!("{visit}{}", carried(&query)) },
        signed_in: ctx.actor.is_some(),
        from: t.date(in_force.from),
        unverified: is_unverified(&procedure),
        procedure,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn fee_line(ctx: &Ctx, fee: &Fee) -> FeeLine {
    let t = ctx.t();
    let sum = match fee.vnd {
        Some(0) => t.t("onestop-free"),
        Some(sum) => format!("{} {}", money(t, sum), t.t(fee.per.text_key())),
        None => t.t(fee.set_by.text_key()),
    };
    FeeLine {
        name: fee.name.of(ctx.lang).to_owned(),
        sum,
        waived: fee.waived.iter().map(|who| who.of(ctx.lang).to_owned()).collect(),
        note: fee.note.as_ref().map(|note| note.of(ctx.lang).to_owned()).unwrap_or_default(),
        unverified: fee.unverified,
    }
}

fn linked(catalogue: &Catalogue, procedure: &Procedure, lang: Lang) -> Vec<(String, String)> {
    let known = procedure.linked.iter().filter_map(|code| catalogue.all.get(code));
    known
        .map(|one| (format!("/thu-tuc/{}", one.procedure.code), one.procedure.name.of(lang).to_owned()))
        .collect()
}

fn is_unverified(procedure: &Procedure) -> bool {
    procedure.unverified
        || procedure.limit.as_ref().is_some_and(|limit| limit.unverified)
        || procedure.legal.iter().any(|law| law.unverified)
        || procedure.fees.iter().any(|fee| fee.unverified)
}

/// For the one search: procedures by everyday words.
pub(crate) async fn finds(ctx: &Ctx, question: &str) -> Result<Vec<Tile>> {
    let catalogue = catalogue(ctx).await?;
    let tile = |one: &InForce| Tile {
        value: one.procedure.summary.of(ctx.lang).to_owned(),
        unit: String::new(),
        name: one.procedure.name.of(ctx.lang).to_owned(),
        url: format!("/thu-tuc/{}", one.procedure.code),
    };
    Ok(find(&catalogue, question, "").into_iter().take(6).map(tile).collect())
}

//! A table becomes a plan with its tasks, in one transaction.

use super::model::{Plan, PlanKind, end};
use super::outline::{Line, cells, due, outline};
use super::people::People;
use super::store::{self, Item};
use crate::secrecy;
use crate::task::{self, Assigning, Source};
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::json;

const TITLE_MAX: usize = 500;
const SYMBOL_MAX: usize = 50;
pub(super) const LINES_MAX: usize = 300;

/// What is said of a plan.
#[derive(Debug, Clone)]
pub struct Naming {
    pub kind: PlanKind,
    pub title: String,
    pub symbol: String,
    pub issued_on: Option<NaiveDate>,
    pub first_year: Option<i64>,
    pub last_year: Option<i64>,
}

/// A line with the people it means.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub line: Line,
    pub main: Option<Uuid>,
    pub co: Vec<Uuid>,
    pub due: Option<NaiveDate>,
}

/// Every line with the people it means, and in words what is wrong with which.
pub(super) fn steps(ctx: &Ctx, people: &People, lines: Vec<Line>) -> (Vec<Step>, Vec<String>) {
    let t = ctx.t();
    let mut wrong = Vec::new();
    let mut told = |line: &Line, key: &'static str, what: &str| {
        wrong.push(Message::new(key).with("line", line.line).with("what", what).text(t));
    };
    let mut steps = Vec::new();
    for line in lines {
        let main = people.main(&line.main);
        match (line.heading, line.main.is_empty(), main) {
            (false, true, _) => told(&line, "office-plan-line-nobody", &line.title),
            (false, false, None) => told(&line, "office-plan-line-who", &line.main),
            _ => {}
        }
        let co = people.all(&line.co).unwrap_or_else(|name| {
            told(&line, "office-plan-line-who", &name);
            Vec::new()
        });
        let day = due(&line.due);
        if !line.due.is_empty() && day.is_none() && !line.heading {
            told(&line, "office-plan-line-due", &line.due);
        }
        if day.is_some_and(|day| day < ctx.today()) && !line.heading {
            told(&line, "office-plan-line-past", &line.due);
        }
        if line.title.chars().count() > TITLE_MAX {
            told(&line, "office-plan-line-long", &line.number);
        }
        steps.push(Step { main, co, due: day, line });
    }
    (steps, wrong)
}

/// Makes the plan; every line that nothing stands under becomes a task. A plan may begin without lines, they are added later.
///
/// # Errors
/// At the field what is missing or wrong.
pub(super) async fn make(ctx: &Ctx, tx: &Tx, sent: &Naming, steps: &[Step]) -> Result<Plan> {
    let title = said::needed("ten", &vntext::clean(&sent.title), "office-plan-title-empty", TITLE_MAX)?;
    said::short("so-ky-hieu", &sent.symbol, SYMBOL_MAX)?;
    secrecy::refuse_marked(ctx, "ten", &sent.symbol, &title)?;
    dated(ctx, sent)?;
    let plan = Plan {
        id: ctx.new_id(),
        kind: sent.kind,
        title,
        symbol: vntext::clean(&sent.symbol),
        issued_on: sent.issued_on,
        first_year: sent.first_year,
        last_year: sent.last_year,
        made_by: ctx.account()?,
        made_at: ctx.now,
    };
    store::insert(ctx, tx, &plan).await?;
    lay(ctx, tx, &plan, steps, 0, 0).await?;
    let detail = json!({ "lines": steps.len(), "kind": plan.kind.code() });
    audit::record(ctx, tx, Entry { action: "plan.make", kind: "plan", id: plan.id, detail }).await?;
    figures::touch(ctx, tx, crate::figures::PLANS);
    Ok(plan)
}

/// The days and years of a plan. What figures tell of needs its day.
fn dated(ctx: &Ctx, sent: &Naming) -> Result<()> {
    if let (Some(first), Some(last)) = (sent.first_year, sent.last_year)
        && last < first
    {
        return Err(Error::field("den-nam", "office-plan-years-wrong"));
    }
    if sent.kind != PlanKind::Plan && sent.issued_on.is_none() {
        return Err(Error::field("ngay", "office-plan-day-needed"));
    }
    if sent.issued_on.is_some_and(|day| day > ctx.today()) {
        return Err(Error::field("ngay", "office-plan-day-future"));
    }
    if sent.kind == PlanKind::Pilot && (sent.first_year.is_none() || sent.last_year.is_none()) {
        return Err(Error::field("tu-nam", "office-plan-years-needed"));
    }
    Ok(())
}

/// Adds lines to a plan: at its end, or at the end of what stands under the heading at a position.
///
/// # Errors
/// At the field what is missing or wrong.
pub(super) async fn add(ctx: &Ctx, tx: &Tx, plan: &Plan, under: Option<i64>, steps: &[Step]) -> Result<()> {
    if steps.is_empty() {
        return Err(Error::field("bang", "office-plan-table-empty"));
    }
    store::hold(ctx, tx, plan.id).await?;
    let items = store::items(ctx, tx, plan.id).await?;
    if items.len() + steps.len() > LINES_MAX {
        return Err(Error::field("bang", Message::new("office-plan-too-long").with("limit", LINES_MAX)));
    }
    let heading = |position| {
        let at = items.iter().position(|item| item.position == position && item.task_id.is_none());
        at.ok_or_else(|| Error::field("muc", "office-plan-heading-gone"))
    };
    let (at, depth) = match under {
        Some(position) => {
            let at = heading(position)?;
            (end(&items, at), items[at].depth + 1)
        }
        None => (items.len(), 0),
    };
    let (first, lines) = (at as i64, steps.len() as i64);
    store::make_room(ctx, tx, plan.id, first, lines).await?;
    lay(ctx, tx, plan, steps, first, depth).await?;
    let detail = json!({ "lines": lines });
    audit::record(ctx, tx, Entry { action: "plan.add", kind: "plan", id: plan.id, detail }).await
}

/// Puts lines at their places and gives the tasks.
async fn lay(ctx: &Ctx, tx: &Tx, plan: &Plan, steps: &[Step], first: i64, depth: i64) -> Result<()> {
    if steps.len() > LINES_MAX {
        return Err(Error::field("bang", Message::new("office-plan-too-long").with("limit", LINES_MAX)));
    }
    for (position, step) in (first..).zip(steps) {
        let task = match step.line.heading {
            true => None,
            false => Some(assigned(ctx, tx, plan, step, position).await?),
        };
        let item = Item {
            position,
            depth: depth + step.line.depth as i64,
            number: step.line.number.clone(),
            title: step.line.title.clone(),
            task_id: task,
        };
        store::insert_item(ctx, tx, plan.id, &item).await?;
    }
    Ok(())
}

/// A plan from its table, for who writes a commune by program; gives its tasks in the order of the lines.
///
/// # Errors
/// What is wrong with the table, in words.
pub async fn plant(ctx: &Ctx, tx: &Tx, sent: &Naming, table: &str) -> Result<Vec<Uuid>> {
    let (steps, wrong) = steps(ctx, &People::load(ctx).await?, outline(&cells(table)));
    if !wrong.is_empty() {
        return Err(Error::internal(wrong.join("; ")));
    }
    let plan = make(ctx, tx, sent, &steps).await?;
    Ok(store::items(ctx, tx, plan.id).await?.into_iter().filter_map(|item| item.task_id).collect())
}

async fn assigned(ctx: &Ctx, tx: &Tx, plan: &Plan, step: &Step, position: i64) -> Result<Uuid> {
    let sent = Assigning {
        source: Source::Plan,
        source_id: Some(plan.id),
        parent_id: None,
        position,
        title: step.line.title.clone(),
        body: [plan.symbol.as_str(), plan.title.as_str()].join(" ").trim().to_owned(),
        urgency: 0,
        due: step.due,
        main: step.main,
        co: step.co.clone(),
        inform: Vec::new(),
    };
    let line = |error: Error| Error { fields: Vec::new(), ..error };
    task::assign(ctx, tx, sent).await.map(|task| task.id).map_err(line)
}

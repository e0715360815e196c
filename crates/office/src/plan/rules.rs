//! A table becomes a plan with its tasks, in one transaction.

use super::outline::{Line, due};
use super::people::People;
use super::store::{self, Item, Plan};
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
#[derive(Debug, Clone, Default)]
pub(super) struct Naming {
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

/// Makes the plan; every line that nothing stands under becomes a task.
///
/// # Errors
/// At the field what is missing or wrong.
pub(super) async fn make(ctx: &Ctx, tx: &Tx, sent: &Naming, steps: &[Step]) -> Result<Plan> {
    let title = said::needed("ten", &vntext::clean(&sent.title), "office-plan-title-empty", TITLE_MAX)?;
    said::short("so-ky-hieu", &sent.symbol, SYMBOL_MAX)?;
    secrecy::refuse_marked(ctx, "ten", &sent.symbol, &title)?;
    if let (Some(first), Some(last)) = (sent.first_year, sent.last_year)
        && last < first
    {
        return Err(Error::field("den-nam", "office-plan-years-wrong"));
    }
    if steps.is_empty() {
        return Err(Error::field("bang", "office-plan-table-empty"));
    }
    if steps.len() > LINES_MAX {
        return Err(Error::field("bang", Message::new("office-plan-too-long").with("limit", LINES_MAX)));
    }
    let plan = Plan {
        id: ctx.new_id(),
        title,
        symbol: vntext::clean(&sent.symbol),
        issued_on: sent.issued_on,
        first_year: sent.first_year,
        last_year: sent.last_year,
        made_by: ctx.account()?,
        made_at: ctx.now,
    };
    store::insert(ctx, tx, &plan).await?;
    for (position, step) in (0..).zip(steps) {
        let task = match step.line.heading {
            true => None,
            false => Some(assigned(ctx, tx, &plan, step, position).await?),
        };
        let item = Item {
            position,
            depth: step.line.depth as i64,
            number: step.line.number.clone(),
            title: step.line.title.clone(),
            task_id: task,
        };
        store::insert_item(ctx, tx, plan.id, &item).await?;
    }
    let detail = json!({ "lines": steps.len() });
    audit::record(ctx, tx, Entry { action: "plan.make", kind: "plan", id: plan.id, detail }).await?;
    Ok(plan)
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

//! The list of tasks, and tasks as other pages show them.

use super::model::{Duty, Part, Source, Task};
use super::rules::day_of;
use super::store::{self, Which};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::{DateTime, Utc};
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Html, Kind, Row, Shell, Table};

const PATH: &str = "/lam-viec/nhiem-vu";
const ROWS: usize = 25;

impl Which {
    fn word(self) -> &'static str {
        match self {
            Which::Mine => "cua-toi",
            Which::MineOver => "da-lam",
            Which::Given => "toi-giao",
            Which::Open => "dang-lam",
            Which::Late => "qua-han",
            Which::Over => "da-xong",
        }
    }

    fn text_key(self) -> &'static str {
        match self {
            Which::Mine => "office-task-tab-mine",
            Which::MineOver => "office-task-tab-mine-over",
            Which::Given => "office-task-tab-given",
            Which::Open => "office-task-tab-open",
            Which::Late => "office-task-tab-late",
            Which::Over => "office-task-tab-over",
        }
    }

    /// The tabs that the reader has.
    fn of(ctx: &Ctx) -> Vec<Which> {
        let mut tabs = vec![Which::Mine, Which::MineOver];
        if ctx.may("task.assign") {
            tabs.insert(1, Which::Given);
        }
        if ctx.may("task.list") {
            tabs.extend([Which::Open, Which::Late, Which::Over]);
        }
        tabs
    }
}

#[derive(Template)]
#[template(path = "task-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    tabs: Vec<(String, String)>,
    here: String,
    may_assign: bool,
    score: &'static str,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let tabs = Which::of(&ctx);
    let wanted = query.get("xem").map_or("", String::as_str);
    let which = tabs.iter().copied().find(|tab| tab.word() == wanted).unwrap_or(Which::Mine);
    let after = query.get("sau").and_then(|text| text.parse().ok());
    let mut rows = store::list(&ctx, which, after, ROWS as i64 + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let shell = Shell::of(&ctx, "office-task-menu").await?;
    let mut table = table(&ctx, &shell);
    table.next = rows.last().filter(|_| more).map(|last| last.id.to_string());
    table.rows = lines(&ctx, &rows).await?;
    let count = store::count(&ctx, which).await?;
    (table.count, table.capped) = (u64::try_from(count).ok(), count >= 1_000);
    let url = |tab: Which| format!("{PATH}?xem={}", tab.word());
    let page = ListPage {
        tabs: tabs.into_iter().map(|tab| (url(tab), t.t(tab.text_key()))).collect(),
        here: url(which),
        may_assign: ctx.may("task.assign"),
        score: super::score::PATH,
        table,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

pub(super) fn table(ctx: &Ctx, shell: &Shell) -> Table {
    let t = ctx.t();
    let mut table = Table::new(shell, "tasks", t.t("office-task-menu"));
    table.columns = vec![
        Column::new("viec", t.t("office-task"), Kind::Name),
        Column::new("han", t.t("office-task-due"), Kind::Date),
        Column::new("chu-tri", t.t("office-duty-main"), Kind::Text),
        Column::new("da-nhan", t.t("office-task-acknowledged"), Kind::Number),
        Column::new("trang-thai", t.t("office-state"), Kind::Badge),
    ];
    let may = ctx.may("task.assign");
    table.empty = Empty {
        title: t.t("office-task-none"),
        text: t.t("office-task-none-how"),
        action: if may { t.t("office-task-new") } else { String::new() },
        url: if may { format!("{PATH}/moi") } else { String::new() },
    };
    table
}

pub(super) async fn lines(ctx: &Ctx, rows: &[Task]) -> Result<Vec<Row>> {
    let t = ctx.t();
    let parts = by_task(ctx, rows).await?;
    let names = names(ctx, parts.values().flatten()).await?;
    let none = Vec::new();
    let row = |task: &Task| {
        let parts = parts.get(&task.id).unwrap_or(&none);
        let (status, word) = task.badge(ctx.now);
        let known = parts.iter().filter(|part| part.acknowledged_at.is_some()).count();
        Row {
            id: task.id.to_string(),
            url: Some(task.path()),
            cells: vec![
                Cell::text(&task.title).under(&task.code),
                Cell::text(task.due_at.map(|due| t.date(day_of(due))).unwrap_or_default()),
                Cell::text(main_of(parts, &names)),
                Cell::text(format!("{known}/{}", parts.len())),
                Cell::badge(status, &t.t(word)),
            ],
        }
    };
    Ok(rows.iter().map(row).collect())
}

async fn by_task(ctx: &Ctx, tasks: &[Task]) -> Result<HashMap<Uuid, Vec<Part>>> {
    let ids: Vec<Uuid> = tasks.iter().map(|task| task.id).collect();
    let mut parts: HashMap<Uuid, Vec<Part>> = HashMap::new();
    for part in store::parts(ctx, &ctx.app.db, &ids).await? {
        parts.entry(part.task_id).or_default().push(part);
    }
    Ok(parts)
}

async fn names(ctx: &Ctx, parts: impl Iterator<Item = &Part>) -> Result<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = parts.map(|part| part.account_id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() { Ok(HashMap::new()) } else { identity::account_names(ctx, &ids).await }
}

fn main_of(parts: &[Part], names: &HashMap<Uuid, String>) -> String {
    let main = parts.iter().find(|part| part.duty == Duty::Main);
    main.and_then(|main| names.get(&main.account_id).cloned()).unwrap_or_default()
}

/// A task on the page of what it came from.
pub(crate) struct Line {
    pub url: String,
    pub title: String,
    pub about: String,
    pub badge: Html,
}

/// The tasks that came from something, for its page.
pub(crate) async fn of_source(ctx: &Ctx, source: Source, id: Uuid) -> Result<Vec<Line>> {
    let t = ctx.t();
    let tasks = store::of_source(ctx, source, &[id]).await?;
    let parts = by_task(ctx, &tasks).await?;
    let names = names(ctx, parts.values().flatten()).await?;
    let none = Vec::new();
    let line = |task: &Task| {
        let parts = parts.get(&task.id).unwrap_or(&none);
        let (status, word) = task.badge(ctx.now);
        let due = task.due_at.map(|due| t.s("office-task-until", "day", &t.date(day_of(due))));
        let known = parts.iter().filter(|part| part.acknowledged_at.is_some()).count();
        let known = format!("{} {known}/{}", t.t("office-task-acknowledged"), parts.len());
        let about = [Some(main_of(parts, &names)), due, Some(known)];
        Line {
            url: task.path(),
            title: task.title.clone(),
            about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            badge: status.badge(&t.t(word)),
        }
    };
    Ok(tasks.iter().map(line).collect())
}

/// To whom something was handed, for the register.
pub(crate) struct Handed {
    pub to: String,
    pub at: DateTime<Utc>,
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// The first task of each source.
pub(crate) async fn handed(ctx: &Ctx, source: Source, ids: &[Uuid]) -> Result<HashMap<Uuid, Handed>> {
    let tasks = store::of_source(ctx, source, ids).await?;
    let parts = by_task(ctx, &tasks).await?;
    let names = names(ctx, parts.values().flatten()).await?;
    let none = Vec::new();
    let mut handed = HashMap::new();
    for task in &tasks {
        let Some(source) = task.source_id else { continue };
        let parts = parts.get(&task.id).unwrap_or(&none);
        handed.entry(source).or_insert_with(|| Handed {
            to: main_of(parts, &names),
            at: task.assigned_at,
            acknowledged_at: parts
                .iter()
                .find(|part| part.duty == Duty::Main)
                .and_then(|main| main.acknowledged_at),
        });
    }
    Ok(handed)
}

//! The form that takes a plan over: first it shows what it understood, then it makes the tasks.

use super::PATH;
use super::model::{Plan, PlanKind};
use super::outline::{cells, outline};
use super::people::People;
use super::rules::{self, Naming, Step};
use super::store;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use ui::{FieldErrors, Shell};
use vnsheet::{Limits, Workbook};

const LIMITS: Limits = Limits {
    max_file_bytes: 10 << 20,
    max_unpacked_bytes: 100 << 20,
    max_ratio: 200,
    max_rows: 2_000,
    max_columns: 60,
    max_cell_chars: 2_000,
};

/// A line as it was understood.
struct Understood {
    number: String,
    title: String,
    /// `""` for a heading.
    main: String,
    co: String,
    due: String,
    depth: usize,
}

#[derive(Template)]
#[template(path = "plan-import.html")]
struct ImportPage {
    shell: Shell,
    /// Where the form goes.
    action: String,
    /// The plan to which lines are added; none: a new one.
    more: bool,
    /// Headings under which they may be put, with their positions.
    headings: Vec<(String, String)>,
    under: String,
    kinds: Vec<(String, String)>,
    kind: String,
    title: String,
    symbol: String,
    issued: String,
    first: String,
    last: String,
    table: String,
    names: Vec<String>,
    lines: Vec<Understood>,
    faults: Vec<String>,
    tasks: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

async fn page(ctx: &Ctx, people: &People, plan: Option<&Plan>) -> Result<ImportPage> {
    let t = ctx.t();
    let head = if plan.is_some() { "office-plan-more" } else { "office-plan-import" };
    let mut shell = Shell::of(ctx, head).await?.crumb(t.t("office-plan-menu"), PATH);
    let mut headings = Vec::new();
    if let Some(plan) = plan {
        shell = shell.crumb(plan.name().to_owned(), &plan.path());
        let items = store::items(ctx, &ctx.app.db, plan.id).await?;
        let heads = items.into_iter().filter(|item| item.task_id.is_none());
        headings.extend(heads.map(|item| (item.position.to_string(), item.name())));
    }
    Ok(ImportPage {
        shell: shell.crumb(t.t(head), ""),
        action: plan.map_or(format!("{PATH}/nhap"), |plan| format!("{}/them", plan.path())),
        more: plan.is_some(),
        headings,
        under: String::new(),
        kinds: PlanKind::ALL.iter().map(|kind| (kind.code().to_owned(), t.t(kind.text_key()))).collect(),
        kind: PlanKind::Plan.code().to_owned(),
        title: String::new(),
        symbol: String::new(),
        issued: String::new(),
        first: String::new(),
        last: String::new(),
        table: String::new(),
        names: people.names(),
        lines: Vec::new(),
        faults: Vec::new(),
        tasks: String::new(),
        key: ctx.new_id().to_string(),
        errors: FieldErrors::default(),
        wrong: String::new(),
    })
}

pub(super) async fn form(ctx: Ctx) -> Result<Response> {
    let people = People::load(&ctx).await?;
    Ok(html(ui::render(&page(&ctx, &people, None).await?)?))
}

pub(super) async fn form_more(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let (people, plan) = (People::load(&ctx).await?, store::find(&ctx, id).await?);
    Ok(html(ui::render(&page(&ctx, &people, Some(&plan)).await?)?))
}

/// The table that was pasted, or that of the file.
async fn table(sent: &Form) -> Result<String> {
    let Some(upload) = sent.uploads.first() else { return Ok(sent.table("bang").to_owned()) };
    let bytes = upload.bytes.clone();
    let read = move || {
        let mut workbook = Workbook::open(&bytes, &LIMITS).ok()?;
        let grid = workbook.grid(0).ok()?;
        let line = |row: &vnsheet::GridRow| {
            let cells = row.cells.iter().map(|cell| cell.display().replace(['\t', '\n'], " "));
            cells.collect::<Vec<_>>().join("\t")
        };
        Some(grid.rows.iter().map(line).collect::<Vec<_>>().join("\n"))
    };
    let read = tokio::task::spawn_blocking(read).await.map_err(Error::internal)?;
    read.ok_or_else(|| Error::field("tep", "office-plan-file-wrong"))
}

fn named(sent: &Form) -> Result<Naming> {
    let year = |name: &'static str| -> Result<Option<i64>> {
        match sent.whole(name)? {
            Some(year) if !(2000..2100).contains(&year) => Err(Error::field(name, "office-plan-year-wrong")),
            year => Ok(year),
        }
    };
    Ok(Naming {
        kind: PlanKind::parse(sent.text("loai")).unwrap_or(PlanKind::Plan),
        title: sent.text("ten").to_owned(),
        symbol: sent.text("so-ky-hieu").to_owned(),
        issued_on: sent.date("ngay")?,
        first_year: year("tu-nam")?,
        last_year: year("den-nam")?,
    })
}

pub(super) async fn send(ctx: Ctx, sent: Form) -> Result<Response> {
    taken(&ctx, &sent, None).await
}

pub(super) async fn send_more(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let plan = store::find(&ctx, id).await?;
    taken(&ctx, &sent, Some(&plan)).await
}

/// Shows what was understood, or makes it so.
async fn taken(ctx: &Ctx, sent: &Form, plan: Option<&Plan>) -> Result<Response> {
    let people = People::load(ctx).await?;
    let seen = Seen { ctx, people: &people, sent, plan };
    let table = match table(sent).await {
        Ok(table) => table,
        Err(error) => return seen.again("", &[], Vec::new(), Some(error)).await,
    };
    let (steps, faults) = rules::steps(ctx, &people, outline(&cells(&table)));
    let named = match plan.map_or_else(|| named(sent).map(Some), |_| Ok(None)) {
        Ok(named) => named,
        Err(error) => return seen.again(&table, &steps, faults, Some(error)).await,
    };
    let without = steps.is_empty() && sent.ticked("khong-bang") && plan.is_none();
    if !faults.is_empty() || (sent.text("lam") != "nhap" && !without) {
        let error = steps.is_empty().then(|| Error::field("bang", "office-plan-table-empty"));
        return seen.again(&table, &steps, faults, error).await;
    }
    if steps.is_empty() && !without {
        let error = Error::field("bang", "office-plan-table-empty");
        return seen.again(&table, &steps, faults, Some(error)).await;
    }
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match (plan, &named) {
        (Some(plan), _) => match sent.whole("muc") {
            Ok(under) => rules::add(ctx, &tx, plan, under, &steps).await.map(|()| plan.path()),
            Err(error) => Err(error),
        },
        (None, Some(named)) => rules::make(ctx, &tx, named, &steps).await.map(|plan| plan.path()),
        (None, None) => Err(Error::internal("a plan without a name")),
    };
    let note = if plan.is_some() { "office-plan-added" } else { "office-plan-made" };
    match settle(ctx, key, tx, done.map(|path| (path, Note::new(note)))).await? {
        Ok(answer) => Ok(answer),
        Err(error) => seen.again(&table, &steps, Vec::new(), Some(error)).await,
    }
}

/// What the form is shown again with.
struct Seen<'a> {
    ctx: &'a Ctx,
    people: &'a People,
    sent: &'a Form,
    plan: Option<&'a Plan>,
}

impl Seen<'_> {
    /// The page with what was understood of the table, and what was wrong.
    async fn again(
        &self,
        table: &str,
        steps: &[Step],
        faults: Vec<String>,
        error: Option<Error>,
    ) -> Result<Response> {
        let (ctx, sent) = (self.ctx, self.sent);
        if let Some(error) = error.as_ref().filter(|one| !matches!(one.kind, Kind::Invalid | Kind::Conflict))
        {
            return Err(Error::internal(error.message.text(ctx.t())));
        }
        let mut page = page(ctx, self.people, self.plan).await?;
        let text = |name: &str| sent.text(name).to_owned();
        (page.title, page.symbol, page.issued) = (text("ten"), text("so-ky-hieu"), text("ngay"));
        (page.first, page.last, page.table) = (text("tu-nam"), text("den-nam"), table.to_owned());
        (page.under, page.kind) = (text("muc"), text("loai"));
        page.lines = steps.iter().map(|step| understood(ctx, step)).collect();
        let tasks = steps.iter().filter(|step| !step.line.heading).count();
        page.tasks = ctx.t().n("office-plan-tasks", "count", tasks);
        let good = faults.is_empty() && error.is_none();
        page.faults = faults;
        if let Some(error) = error {
            page.errors = FieldErrors::from_error(&error, ctx.t());
            if error.fields.is_empty() {
                page.wrong = error.message.text(ctx.t());
            }
        }
        let status = if good { http::StatusCode::OK } else { Kind::Invalid.status() };
        Ok((status, html(ui::render(&page)?)).into_response())
    }
}

fn understood(ctx: &Ctx, step: &Step) -> Understood {
    Understood {
        number: step.line.number.clone(),
        title: step.line.title.clone(),
        main: if step.line.heading { String::new() } else { step.line.main.clone() },
        co: step.line.co.clone(),
        due: step.due.map(|day| ctx.t().date(day)).unwrap_or_default(),
        depth: step.line.depth.min(4),
    }
}

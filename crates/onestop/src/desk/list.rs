//! The work list: most urgent first, with traffic lights; whatever came by any door.

use super::own_queues;
use crate::dossier::{self, DeskRules, Dossier, Filter, Light, Queue, Sorted, Status};
use crate::procedure::catalogue;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::{DateTime, Utc};
use platform::http::html;
use platform::{Ctx, Result, T, Uuid, search};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Html, Kind, Row, Shell, Table};
use vnsheet::Value;

const ROWS: usize = 25;
/// Rows of an export: more is a question for a shorter time.
const EXPORT_MAX: i64 = 20_000;
const FOUND_MAX: usize = 200;

#[derive(Template)]
#[template(path = "desk-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    tabs: Vec<(String, String)>,
    here: String,
    may_receive: bool,
}

/// What a tab shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    /// What the reader has in hand.
    Mine,
    /// The pool of one role.
    Pool(Queue),
    /// Everything that waits for the office.
    Open,
    Status(Status),
    All,
}

impl Tab {
    fn word(self) -> String {
        match self {
            Tab::Mine => "cua-toi".to_owned(),
            Tab::Pool(queue) => queue.code().to_owned(),
            Tab::Open => "dang-lam".to_owned(),
            Tab::Status(status) => status.number().to_string(),
            Tab::All => "tat-ca".to_owned(),
        }
    }

    fn parse(text: &str) -> Option<Tab> {
        match text {
            "cua-toi" => Some(Tab::Mine),
            "dang-lam" => Some(Tab::Open),
            "tat-ca" => Some(Tab::All),
            text => match text.parse().ok().and_then(Status::of) {
                Some(status) => Some(Tab::Status(status)),
                None => Queue::parse(text).filter(|queue| *queue != Queue::Nobody).map(Tab::Pool),
            },
        }
    }

    fn label(self, t: T) -> String {
        match self {
            Tab::Mine => t.t("onestop-tab-mine"),
            Tab::Pool(queue) => t.t(queue.text_key()),
            Tab::Open => t.t("onestop-tab-open"),
            Tab::Status(status) => t.t(status.text_key()),
            Tab::All => t.t("onestop-tab-all"),
        }
    }

    fn url(self) -> String {
        format!("/lam-viec/mot-cua?viec={}", self.word())
    }

    fn urgent_first(self) -> bool {
        matches!(self, Tab::Mine | Tab::Pool(_) | Tab::Open)
    }
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let queues = own_queues(&ctx);
    let usual = queues.first().map_or(Tab::Open, |queue| Tab::Pool(*queue));
    let tab = Tab::parse(text("viec")).unwrap_or(usual);
    let filter = filter(&ctx, tab, text("q"), text("thu-tuc")).await?;
    if let Some(format) = Format::parse(text("dinh-dang")) {
        return export(&ctx, &filter, &format).await;
    }
    let sorted = if tab.urgent_first() {
        Sorted::Urgent(urgent_after(text("sau")))
    } else {
        Sorted::Newest(text("sau").parse().ok())
    };
    let mut found = dossier::list(&ctx, &filter, sorted, ROWS as i64 + 1).await?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let shell = Shell::of(&ctx, "onestop-menu-list").await?;
    let mut table = table(&ctx, &shell, tab, text("q"), text("thu-tuc")).await?;
    table.rows = rows(&ctx, &found).await?;
    table.next = found.last().filter(|_| more).map(|last| cursor(tab, last));
    let count = dossier::count(&ctx, &filter).await?;
    (table.count, table.capped) = (u64::try_from(count).ok(), count >= 1_000);
    let mut tabs = vec![Tab::Mine];
    tabs.extend(queues.into_iter().map(Tab::Pool));
    tabs.extend([Tab::Open, Tab::Status(Status::Supplement), Tab::Status(Status::Processed), Tab::All]);
    let page = ListPage {
        tabs: tabs.into_iter().map(|tab| (tab.url(), tab.label(ctx.t()))).collect(),
        here: tab.url(),
        may_receive: ctx.may("dossier.counter"),
        table,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

async fn filter(ctx: &Ctx, tab: Tab, question: &str, procedure: &str) -> Result<Filter> {
    let mut filter =
        Filter { procedure: Some(procedure.to_owned()).filter(|code| !code.is_empty()), ..Filter::default() };
    match tab {
        Tab::Mine => filter.holder = Some(ctx.account()?),
        Tab::Pool(queue) => filter.queue = Some(queue),
        Tab::Status(status) => filter.status = Some(status),
        Tab::All => filter.any = true,
        Tab::Open => {}
    }
    if !question.is_empty() {
        let hits = search::find(ctx, &ctx.scope, question, Some("dossier"), FOUND_MAX).await?;
        filter.ids = Some(hits.hits.into_iter().map(|hit| hit.id).collect());
    }
    Ok(filter)
}

fn cursor(tab: Tab, last: &Dossier) -> String {
    if tab.urgent_first() {
        format!("{}_{}", last.turn_at.timestamp_micros(), last.id)
    } else {
        last.id.to_string()
    }
}

fn urgent_after(text: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (at, id) = text.split_once('_')?;
    Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse().ok()?))
}

async fn table(ctx: &Ctx, shell: &Shell, tab: Tab, question: &str, procedure: &str) -> Result<Table> {
    let t = ctx.t();
    let mut table = Table::new(shell, "dossiers", t.t("onestop-menu-list"));
    table.columns = vec![
        Column::new("ho-so", t.t("onestop-dossier"), Kind::Name),
        Column::new("thu-tuc", t.t("onestop-procedure"), Kind::Text),
        Column::new("trang-thai", t.t("onestop-status"), Kind::Badge),
        Column::new("con-lai", t.t("onestop-left"), Kind::Badge),
        Column::new("kenh", t.t("onestop-channel"), Kind::Text).hidden(),
        Column::new("nop", t.t("onestop-submitted-at"), Kind::Date).hidden(),
        Column::new("nguoi", t.t("onestop-holder"), Kind::Text),
    ];
    let mut procedures: Vec<(String, String)> = catalogue(ctx)
        .await?
        .all
        .values()
        .filter(|one| one.procedure.has_dossiers())
        .map(|one| (one.procedure.code.clone(), one.procedure.name.of(ctx.lang).to_owned()))
        .collect();
    procedures.sort_by_key(|(_, name)| vntext::sort_key(name));
    procedures.insert(0, (String::new(), t.t("onestop-procedures-all")));
    table.filters = vec![
        ui::Filter::text("q", t.t("onestop-find"), question),
        ui::Filter::choice("thu-tuc", t.t("onestop-procedure"), procedure, procedures),
        ui::Filter::choice("viec", t.t("onestop-tab"), tab.word(), tab_choices(ctx)),
    ];
    table.export = true;
    table.empty = Empty {
        title: t.t("onestop-list-none"),
        text: t.t("onestop-list-none-how"),
        action: String::new(),
        url: String::new(),
    };
    Ok(table)
}

fn tab_choices(ctx: &Ctx) -> Vec<(String, String)> {
    let queues = [Queue::OneStop, Queue::Specialist, Queue::Leader, Queue::Citizen];
    let mut tabs = vec![Tab::Mine, Tab::Open];
    tabs.extend(queues.into_iter().map(Tab::Pool));
    tabs.extend(Status::ALL.into_iter().map(Tab::Status));
    tabs.push(Tab::All);
    tabs.into_iter().map(|tab| (tab.word(), tab.label(ctx.t()))).collect()
}

async fn rows(ctx: &Ctx, found: &[Dossier]) -> Result<Vec<Row>> {
    let desk = DeskRules::load(ctx)?;
    let catalogue = catalogue(ctx).await?;
    let holders: Vec<Uuid> = found.iter().filter_map(|one| one.holder_id).collect();
    let holders = identity::account_names(ctx, &holders).await?;
    let t = ctx.t();
    let row = |one: &Dossier| {
        let name = catalogue.all.get(&one.procedure_code).map(|found| found.procedure.name.of(ctx.lang));
        Row {
            id: one.id.to_string(),
            url: Some(one.path()),
            cells: vec![
                Cell::text(&one.subject).under(&one.code),
                Cell::text(name.unwrap_or(&one.procedure_code)),
                Cell::badge(one.status.badge(), &t.t(one.status.text_key())),
                Cell::html(left(ctx, &desk, one)),
                Cell::text(t.t(one.channel.text_key())),
                Cell::text(t.moment(one.submitted_at)),
                Cell::text(one.holder_id.and_then(|id| holders.get(&id).cloned()).unwrap_or_default()),
            ],
        }
    };
    Ok(found.iter().map(row).collect())
}

/// The working time that is left, with its light; nothing where the clock stands.
pub(super) fn left(ctx: &Ctx, desk: &DeskRules, one: &Dossier) -> Html {
    let t = ctx.t();
    if matches!(one.queue, Queue::Citizen | Queue::Nobody) && one.status != Status::Processed {
        return if one.status == Status::Supplement {
            ui::Status::Off.badge(&t.t("onestop-clock-stands"))
        } else {
            Html(String::new())
        };
    }
    if one.status == Status::Processed {
        return ui::Status::Done.badge(&t.t("onestop-to-return"));
    }
    let due = one.due_at.unwrap_or(one.turn_at);
    let minutes = desk.minutes(ctx.now, due);
    let words = |minutes: i64| {
        let (days, rest) = (minutes / desk.day_minutes().max(1), minutes % desk.day_minutes().max(1));
        let hours = rest.div_euclid(60);
        match (days, hours) {
            (0, 0) => t.n("onestop-minutes", "count", minutes),
            (0, hours) => t.n("onestop-short-hours", "count", hours),
            (days, 0) => t.n("onestop-short-days", "count", days),
            (days, hours) => {
                format!(
                    "{} {}",
                    t.n("onestop-short-days", "count", days),
                    t.n("onestop-short-hours", "count", hours)
                )
            }
        }
    };
    match desk.light(Some(due), ctx.now) {
        Light::Red => ui::Status::Late.badge(&t.s("onestop-late-by", "time", &words(-minutes))),
        Light::Amber => ui::Status::Soon.badge(&t.s("onestop-left-time", "time", &words(minutes))),
        Light::Green => ui::Status::Done.badge(&t.s("onestop-left-time", "time", &words(minutes))),
        Light::Standing => Html(String::new()),
    }
}

/// The register (form 07) as a file: no numbers of people.
async fn export(ctx: &Ctx, filter: &Filter, format: &Format) -> Result<Response> {
    let found = dossier::list(ctx, filter, Sorted::Newest(None), EXPORT_MAX).await?;
    let catalogue = catalogue(ctx).await?;
    let t = ctx.t();
    let text = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(text) };
    let moment = |at: Option<DateTime<Utc>>| text(at.map(|at| t.moment(at)).unwrap_or_default());
    let rows = found.iter().map(|one| {
        let name =
            catalogue.all.get(&one.procedure_code).map(|found| found.procedure.name.of(ctx.lang).to_owned());
        vec![
            text(one.code.clone()),
            text(name.unwrap_or_else(|| one.procedure_code.clone())),
            text(one.applicant_name.clone()),
            text(t.t(one.channel.text_key())),
            text(t.t(one.status.text_key())),
            moment(Some(one.submitted_at)),
            moment(one.received_at),
            moment(one.due_at),
            moment(one.ended_at),
            moment(one.returned_at),
        ]
    });
    let rows = rows.collect();
    let headings = [
        "dossier",
        "procedure",
        "applicant-name",
        "channel",
        "status",
        "submitted-at",
        "received-at",
        "due-at",
        "ended-at",
        "returned-at",
    ];
    let headings = headings.into_iter().map(|name| t.t(&format!("onestop-{name}"))).collect();
    let tx = ctx.begin().await?;
    let detail = serde_json::json!({ "rows": found.len() });
    let entry = audit::Entry { action: "dossier.export", kind: "onestop", id: ctx.commune, detail };
    audit::record(ctx, &tx, entry).await?;
    tx.commit().await?;
    Sheet { name: t.t("onestop-form-07"), headings, rows }.answer(ctx, format)
}

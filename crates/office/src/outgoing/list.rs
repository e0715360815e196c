//! The list of outgoing documents.

use super::kinds::Kinds;
use super::model::{Document, State};
use super::store::{self, Filter};
use super::{PATH, file};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Kind, Row, Shell, Table};

const ROWS: usize = 25;
const WAITING_MAX: i64 = 100;

#[derive(Template)]
#[template(path = "outgoing-list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    tabs: Vec<(String, String)>,
    here: String,
    may_draft: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    /// Whatever waits for the reader.
    Waiting,
    Mine,
    InWork,
    Issued,
    Over,
    All,
}

impl Tab {
    const ALL: [Tab; 6] = [Tab::Waiting, Tab::Mine, Tab::InWork, Tab::Issued, Tab::Over, Tab::All];

    fn word(self) -> &'static str {
        match self {
            Tab::Waiting => "cho-toi",
            Tab::Mine => "cua-toi",
            Tab::InWork => "dang-lam",
            Tab::Issued => "da-ban-hanh",
            Tab::Over => "thu-hoi",
            Tab::All => "tat-ca",
        }
    }

    fn text_key(self) -> &'static str {
        match self {
            Tab::Waiting => "office-outgoing-tab-waiting",
            Tab::Mine => "office-outgoing-tab-mine",
            Tab::InWork => "office-outgoing-tab-work",
            Tab::Issued => "office-outgoing-tab-issued",
            Tab::Over => "office-outgoing-tab-over",
            Tab::All => "office-outgoing-tab-all",
        }
    }

    fn states(self) -> Vec<State> {
        match self {
            Tab::InWork => vec![State::Reviewing, State::Returned, State::Approved, State::Numbered],
            Tab::Issued => vec![State::Issued],
            Tab::Over => vec![State::Recalled, State::Replaced],
            Tab::Waiting | Tab::Mine | Tab::All => Vec::new(),
        }
    }

    fn url(self) -> String {
        format!("{PATH}?xem={}", self.word())
    }
}

/// What waits for the reader, the newest first: to be approved, signed or numbered, or come back.
pub(super) async fn waiting(ctx: &Ctx) -> Result<Vec<Document>> {
    let Some(actor) = &ctx.actor else { return Ok(Vec::new()) };
    let me = actor.account_id;
    let find = async |filter: Filter| store::list(ctx, &filter, None, WAITING_MAX).await;
    let mut all =
        find(Filter { states: vec![State::Returned], drafted_by: Some(me), ..Filter::default() }).await?;
    if ctx.may("outgoing.approve") {
        let roles = actor.grants.iter().map(|grant| grant.role.clone()).collect();
        all.extend(
            find(Filter { states: vec![State::Reviewing], signer_roles: Some(roles), ..Filter::default() })
                .await?,
        );
    }
    if ctx.may("outgoing.number") {
        let ready =
            find(Filter { states: vec![State::Approved, State::Numbered], ..Filter::default() }).await?;
        let clerk = ctx.may("outgoing.issue");
        let mine = |one: &Document| one.signer_id == Some(me) && !one.to_be_sealed();
        all.extend(ready.into_iter().filter(|one| clerk || mine(one)));
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.id));
    all.dedup_by_key(|one| one.id);
    Ok(all)
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map_or("", |text| text.trim());
    let usual =
        if ctx.may("outgoing.approve") || ctx.may("outgoing.issue") { Tab::Waiting } else { Tab::Mine };
    let tab = Tab::ALL.into_iter().find(|tab| tab.word() == text("xem")).unwrap_or(usual);
    let (issuer, kind) = text("loai").split_once('/').unwrap_or_default();
    let mut filter = Filter {
        states: tab.states(),
        drafted_by: (tab == Tab::Mine).then(|| ctx.account()).transpose()?,
        kind: kind.to_owned(),
        issuer: issuer.to_owned(),
        ..Filter::default()
    };
    if !text("q").is_empty() {
        filter.ids = Some(file::find(&ctx, text("q")).await?);
    }
    let shell = Shell::of(&ctx, "office-outgoing").await?;
    let mut table = table(&ctx, &shell, text("q"), text("loai"), tab)?;
    let found = if tab == Tab::Waiting {
        let wanted = |one: &Document| {
            filter.ids.as_ref().is_none_or(|ids| ids.contains(&one.id))
                && (kind.is_empty() || one.kind == kind)
        };
        waiting(&ctx).await?.into_iter().filter(wanted).collect()
    } else {
        let mut found = store::list(&ctx, &filter, text("sau").parse().ok(), ROWS as i64 + 1).await?;
        let more = found.len() > ROWS;
        found.truncate(ROWS);
        table.next = found.last().filter(|_| more).map(|last| last.id.to_string());
        let count = store::count(&ctx, &filter).await?;
        (table.count, table.capped) = (u64::try_from(count).ok(), count >= 1_000);
        found
    };
    table.rows = rows(&ctx, &found).await?;
    let page = ListPage {
        tabs: Tab::ALL.into_iter().map(|tab| (tab.url(), ctx.t().t(tab.text_key()))).collect(),
        here: tab.url(),
        may_draft: ctx.may("outgoing.draft"),
        table,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn table(ctx: &Ctx, shell: &Shell, question: &str, kind: &str, tab: Tab) -> Result<Table> {
    let t = ctx.t();
    let mut table = Table::new(shell, "outgoing", t.t("office-outgoing"));
    table.columns = vec![
        Column::new("trich-yeu", t.t("office-outgoing-subject"), Kind::Name),
        Column::new("so", t.t("office-outgoing-number"), Kind::Text),
        Column::new("trang-thai", t.t("office-outgoing-state"), Kind::Badge),
        Column::new("nguoi-soan", t.t("office-outgoing-drafter"), Kind::Text),
        Column::new("ngay", t.t("office-outgoing-day"), Kind::Date),
    ];
    let mut kinds = options(ctx)?;
    kinds.insert(0, (String::new(), t.t("office-outgoing-kinds-all")));
    let tabs = Tab::ALL.into_iter().map(|tab| (tab.word().to_owned(), t.t(tab.text_key()))).collect();
    table.filters = vec![
        ui::Filter::text("q", t.t("office-outgoing-find"), question),
        ui::Filter::choice("loai", t.t("office-outgoing-kind"), kind, kinds),
        ui::Filter::choice("xem", t.t("office-outgoing-state"), tab.word(), tabs),
    ];
    table.empty = Empty {
        title: t.t("office-outgoing-none"),
        text: t.t("office-outgoing-none-how"),
        action: if ctx.may("outgoing.draft") { t.t("office-outgoing-new") } else { String::new() },
        url: if ctx.may("outgoing.draft") { format!("{PATH}/soan") } else { String::new() },
    };
    Ok(table)
}

/// Kinds that the reader may draft or read, with their issuer: `ubnd/quyet-dinh`.
pub(super) fn options(ctx: &Ctx) -> Result<Vec<(String, String)>> {
    let kinds = Kinds::load(ctx)?;
    let open = kinds.issuers.iter().filter(|issuer| !issuer.closed || ctx.may("outgoing.closed"));
    let option = |issuer: &super::kinds::Issuer, kind: &super::kinds::Kind| {
        let name = format!("{} – {}", issuer.name.of(ctx.lang), kind.named(ctx.lang));
        (format!("{}/{}", issuer.code, kind.code), name)
    };
    Ok(open.flat_map(|issuer| issuer.kinds.iter().map(move |kind| option(issuer, kind))).collect())
}

/// What a document is called: its kind in the reader's language.
pub(super) fn kind_name(ctx: &Ctx, one: &Document) -> Result<String> {
    let chosen = Kinds::chosen(ctx, one.kinds_from, &one.issuer, &one.kind)?;
    Ok(chosen.map_or_else(|| one.kind.clone(), |chosen| chosen.kind().named(ctx.lang).to_owned()))
}

async fn rows(ctx: &Ctx, found: &[Document]) -> Result<Vec<Row>> {
    let ids: Vec<Uuid> = found.iter().map(|one| one.drafted_by).collect();
    let names = if ids.is_empty() { HashMap::new() } else { identity::account_names(ctx, &ids).await? };
    let t = ctx.t();
    let row = |one: &Document| -> Result<Row> {
        let day = one.issued_at.or(one.numbered_at).unwrap_or(one.updated_at);
        Ok(Row {
            id: one.id.to_string(),
            url: Some(one.path()),
            cells: vec![
                Cell::text(&one.subject).under(kind_name(ctx, one)?),
                Cell::text(one.full_number()),
                Cell::badge(one.badge(), &t.t(one.stand())),
                Cell::text(names.get(&one.drafted_by).cloned().unwrap_or_default()),
                Cell::text(t.date(platform::clock::local_date(day))),
            ],
        })
    };
    found.iter().map(row).collect()
}

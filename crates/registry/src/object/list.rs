//! What the lists of objects share: the filter of an address, ids by search, all rows for a file.

use super::{Noun, key};
use crate::code;
use crate::page::{After, PAGE_MAX, Page};
use crate::show::sheet::ROWS_MAX;
use crate::show::{Words, with_any};
use crate::thing::{self, Filter, Thing};
use crate::work::{Asked, LINES, cursor};
use platform::{Ctx, Result, Uuid, search};
use ui::{BulkAction, Empty, Shell, Table};

/// The most hits of the search that a list shows.
const FOUND_MAX: usize = 500;

/// The filter of an address; `kind` is the word that `loai` stands for.
pub(crate) async fn filter<N: Noun>(ctx: &Ctx, asked: &Asked, kind: Option<&'static str>) -> Result<Filter> {
    let villages: Vec<Uuid> = asked.some("thon").and_then(|id| id.parse().ok()).into_iter().collect();
    let ids = match asked.some("q") {
        Some(text) => Some(found::<N>(ctx, text).await?),
        None => None,
    };
    Ok(Filter { kind, villages, ids, ended: asked.text("trang-thai") == "ended", organisation: None })
}

/// By the code, or by the words of the search.
async fn found<N: Noun>(ctx: &Ctx, text: &str) -> Result<Vec<Uuid>> {
    if let Some(code) = code::parse(text)
        && let Ok(found) = code::find(ctx, &code).await
    {
        return Ok(vec![found.object_id]);
    }
    let hits = search::find(ctx, &ctx.scope, text, Some(N::FAMILY), FOUND_MAX).await?;
    Ok(hits.hits.into_iter().map(|hit| hit.id).collect())
}

/// The table with everything but columns and rows.
pub(crate) async fn table<N: Noun>(
    ctx: &Ctx,
    shell: &Shell,
    words: &Words,
    asked: &Asked,
    filter: &Filter,
    kinds: Vec<(String, String)>,
) -> Result<(Table, Page<Thing<N>>)> {
    let t = ctx.t();
    let after = After::parse(asked.text("sau"));
    let page: Page<Thing<N>> = thing::list(ctx, filter, after.as_ref(), LINES).await?;
    let count = thing::count::<N>(ctx, filter).await?;
    let mut table = Table::new(shell, N::FAMILY, t.t(&key::<N>("list")));
    let value = |name: &str| asked.text(name).to_owned();
    let any = || t.t("registry-object-any");
    let states = vec![
        (String::new(), t.t("registry-object-active")),
        ("ended".to_owned(), t.t("registry-object-ended-state")),
    ];
    table.filters = vec![
        ui::Filter::text("q", t.t("registry-object-search"), value("q")),
        ui::Filter::choice("loai", t.t("registry-object-kind"), value("loai"), with_any(any(), kinds)),
        ui::Filter::choice(
            "thon",
            t.t("registry-village"),
            value("thon"),
            with_any(any(), words.village_choices(ctx)),
        ),
        ui::Filter::choice("trang-thai", t.t("registry-object-state"), value("trang-thai"), states),
    ];
    (table.count, table.capped) = (u64::try_from(count.count).ok(), count.capped);
    table.next = page.next.as_ref().map(cursor);
    table.export = true;
    if ctx.may("label.print") {
        let url = format!("/lam-viec/tem/in?loai={}", N::FAMILY);
        table.bulk = vec![BulkAction {
            label: t.t("registry-menu-labels"),
            url,
            icon: "qr-code",
            confirm: String::new(),
        }];
        table.bulk_key = ctx.new_id().to_string();
    }
    table.empty =
        Empty { title: t.t(&key::<N>("none")), text: t.t(&key::<N>("none-how")), ..Empty::default() };
    if ctx.may(N::ACTIONS.insert) {
        (table.empty.action, table.empty.url) = (t.t(&key::<N>("new")), format!("{}/moi", N::ROOT));
    }
    Ok((table, page))
}

/// All rows that match, for a file.
pub(crate) async fn all<N: Noun>(ctx: &Ctx, filter: &Filter) -> Result<Vec<Thing<N>>> {
    let mut rows: Vec<Thing<N>> = Vec::new();
    let mut after: Option<After> = None;
    while rows.len() < ROWS_MAX {
        let page: Page<Thing<N>> = thing::list(ctx, filter, after.as_ref(), PAGE_MAX).await?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    Ok(rows)
}

//! The same pages, searches and figures while the commune grows.

use crate::Wish;
use crate::measure::people;
use crate::report::{Report, median, p95, words};
use chrono::NaiveDate;
use platform::access::{Place, Scope};
use platform::{App, Ctx, Uuid, search, sql};
use std::time::{Duration, Instant};
use testkit::Client;

const TIMES: usize = 60;
const DEMO_PEOPLE: usize = 10_000;

pub async fn measure(wish: &Wish, report: &mut Report) {
    let folder = crate::place::folder();
    let app = crate::place::open(folder.path(), wish.database_url.as_deref()).await;
    let begin = Instant::now();
    let commune = demo::write::write(&app).await.expect("the demo");
    let mut rounds = 1;
    let mut table: Vec<Vec<String>> = NAMES.iter().map(|name| vec![(*name).to_owned()]).collect();
    for people in &wish.people {
        while rounds * DEMO_PEOPLE < *people {
            let round = u32::try_from(rounds).expect("few rounds") - 1;
            demo::write::write_more(&app, commune, round).await.expect("more people");
            rounds += 1;
        }
        settle(&app).await;
        eprintln!("{people} people after {}", words(begin.elapsed()));
        for (line, value) in table.iter_mut().zip(column(&app, commune).await) {
            line.push(value);
        }
    }
    report.heading(&format!("Growth on {}", app.db.engine().name()));
    report.line(&format!("Median of {TIMES} (95 % within); a page as the registry's officer, inside the server. Figures: counted anew each time."));
    report.line("");
    report.table(&table);
    app.db.close().await;
}

const NAMES: [&str; 12] = [
    "people",
    "database",
    "list of households (`/lam-viec/ho`)",
    "list of people of one village",
    "list of people, 50th page",
    "card of a household",
    "card of a person",
    "search \"nguyen\" (not ranked)",
    "search of a full name, as one types",
    "search of a rare name in a village head's scope",
    "all figures, today",
    "all figures, as of 31/12/2023",
];

/// The engine's own statistics, as they are after a night.
async fn settle(app: &App) {
    let tx = app.db.begin().await.expect("a transaction");
    sql("ANALYZE").run(&tx).await.expect("statistics");
    tx.commit().await.expect("kept");
}

async fn column(app: &App, commune: Uuid) -> Vec<String> {
    let ctx = Ctx::system(app, commune, "bench");
    let officer = people::official(app, commune, demo::Role::RegistryOfficer).await;
    let count = sql("SELECT COUNT(*) FROM person WHERE commune_id = $1").bind(commune);
    let people = count.count(&app.db).await.expect("a count");
    let village = units::village_list(&ctx, ctx.today()).await.expect("villages")[0].id;
    let first = |table: &str| {
        let order = format!(
            "SELECT id FROM {table} WHERE commune_id = $1 AND state IN ('present', 'active') ORDER BY id LIMIT 1"
        );
        sql(order).bind(commune)
    };
    let person: Uuid = first("person").scalar(&app.db).await.expect("read").expect("somebody");
    let household: Uuid = first("household").scalar(&app.db).await.expect("read").expect("a household");
    let name: Option<String> = sql("SELECT full_name FROM person WHERE commune_id = $1 AND id = $2")
        .bind(commune)
        .bind(person)
        .scalar(&app.db)
        .await
        .expect("a name");
    let deep = deep_page(&officer).await;
    let whole = Scope::new(vec![Place::new("commune", commune)]);
    let part = Scope::new(vec![Place::new("village", village)]);
    let then = NaiveDate::from_ymd_opt(2023, 12, 31).expect("a day");
    vec![
        title(people),
        size(app).await,
        page(&officer, "/lam-viec/ho").await,
        page(&officer, &format!("/lam-viec/nguoi?thon={village}")).await,
        page(&officer, &deep).await,
        page(&officer, &format!("/lam-viec/ho/{household}")).await,
        page(&officer, &format!("/lam-viec/nguoi/{person}")).await,
        search_time(&ctx, &whole, "nguyen").await,
        search_time(&ctx, &whole, &vntext::fold(&name.expect("a name"))).await,
        search_time(&ctx, &part, "ly a pao").await,
        figures_time(&ctx, ctx.today()).await,
        figures_time(&ctx, then).await,
    ]
}

fn title(people: i64) -> String {
    vntext::number(people, vntext::Lang::Vi)
}

/// The address of the 50th page of people, found as a reader finds it: page by page.
async fn deep_page(officer: &Client) -> String {
    let mut path = "/lam-viec/nguoi".to_owned();
    for _ in 1..50 {
        let text = officer.get(&path).await.text();
        let Some(at) = text.find("rel=\"next\"") else { break };
        let tag = &text[text[..at].rfind("<a ").expect("a link")..];
        let href = tag.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an address");
        path = href.replace("&amp;", "&").replace("&#38;", "&");
    }
    path
}

async fn page(client: &Client, path: &str) -> String {
    client.get(path).await.ok();
    time(async || {
        client.get(path).await.ok();
    })
    .await
}

async fn search_time(ctx: &Ctx, scope: &Scope, query: &str) -> String {
    let hits = search::find(ctx, scope, query, None, 50).await.expect("hits");
    let took = time(async || {
        search::find(ctx, scope, query, None, 50).await.expect("hits");
    })
    .await;
    format!("{took}, {} hits", if hits.ranked { hits.count.to_string() } else { "over 1000".to_owned() })
}

async fn figures_time(ctx: &Ctx, day: NaiveDate) -> String {
    let mut times = Vec::new();
    for _ in 0..15 {
        forget(ctx).await;
        let begin = Instant::now();
        figures::all(ctx, day).await.expect("figures");
        times.push(begin.elapsed());
    }
    shown(&mut times)
}

/// As after a write: nothing that was counted is known any more.
async fn forget(ctx: &Ctx) {
    let tx = ctx.begin().await.expect("a transaction");
    figures::touch_all(ctx, &tx);
    tx.commit().await.expect("committed");
}

async fn time<F: AsyncFnMut()>(mut run: F) -> String {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begin = Instant::now();
        run().await;
        times.push(begin.elapsed());
    }
    shown(&mut times)
}

fn shown(times: &mut [Duration]) -> String {
    format!("{} ({})", words(median(times)), words(p95(times)))
}

/// Bytes on the disk, as the engine tells them.
async fn size(app: &App) -> String {
    let text = match app.db.engine() {
        platform::db::Engine::Sqlite => {
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        }
        platform::db::Engine::Postgres => "SELECT pg_database_size(current_database())",
    };
    let bytes = sql(text).count(&app.db).await.expect("a size");
    format!("{} MB", bytes >> 20)
}

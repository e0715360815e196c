//! Work lists, tracking and the search when many dossiers stand in the store.

use crate::cast::World;
use crate::report::{Report, median, p95, row, words};
use onestop::dossier;
use platform::{Ctx, sql};
use std::time::{Duration, Instant};
use testkit::Client;

const TIMES: usize = 60;

pub async fn measure(world: &World, report: &mut Report) {
    let ctx = world.ctx();
    let first = sql("SELECT code FROM dossier WHERE commune_id = $1 ORDER BY id LIMIT 1").bind(world.commune);
    let code: String = first.scalar(&world.app.db).await.expect("read").expect("a dossier");
    let person = &world.residents[0].person;
    let name = vntext::fold(&person.full_name).replace(' ', "+");
    let list = "/lam-viec/mot-cua";
    let deep = deep_page(&world.desk, &format!("{list}?viec=tat-ca")).await;
    let desk = async |path: &str| page(&world.desk, path).await;
    report.line(&format!(
        "Median of {TIMES} (95 % within), 25 rows a page, as the officer of the one-stop desk, inside the server."
    ));
    report.line("");
    let mut table = vec![row(["what", "measured"])];
    for (what, path) in [
        ("work list of the own queue, most urgent first (`/lam-viec/mot-cua`)", list.to_owned()),
        ("everything that waits for the office", format!("{list}?viec=dang-lam")),
        ("all dossiers, newest first", format!("{list}?viec=tat-ca")),
        ("all dossiers, 20th page", deep),
        ("search in the list by code", format!("{list}?viec=tat-ca&q={code}")),
        ("search in the list by a full name", format!("{list}?viec=tat-ca&q={name}")),
        ("the search over everything, by a number", format!("/tim?q={}", person.personal_no)),
        ("the card of a person who has dossiers", format!("/lam-viec/nguoi/{}", person.id)),
    ] {
        table.push(row([what, &desk(&path).await]));
    }
    table.push(row(["a dossier by its code (tracking)", &tracked(&ctx, &code).await]));
    let own = page(&world.residents[0].phone, "/ho-so-cua-toi").await;
    table.push(row(["a resident's own dossiers", &own]));
    report.table(&table);
}

async fn page(client: &Client, path: &str) -> String {
    client.get(path).await.ok();
    time(async || {
        client.get(path).await.ok();
    })
    .await
}

async fn tracked(ctx: &Ctx, code: &str) -> String {
    time(async || {
        dossier::by_code(ctx, code).await.expect("read").expect("a dossier");
    })
    .await
}

async fn time<F: AsyncFnMut()>(mut run: F) -> String {
    let mut times: Vec<Duration> = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begin = Instant::now();
        run().await;
        times.push(begin.elapsed());
    }
    format!("{} ({})", words(median(&mut times)), words(p95(&mut times)))
}

/// The address of the 20th page, found as a reader finds it: page by page.
async fn deep_page(client: &Client, first: &str) -> String {
    let mut path = first.to_owned();
    for _ in 1..20 {
        let text = client.get(&path).await.text();
        let Some(at) = text.find("rel=\"next\"") else { break };
        let tag = &text[text[..at].rfind("<a ").expect("a link")..];
        let href = tag.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an address");
        path = href.replace("&amp;", "&").replace("&#38;", "&");
    }
    path
}

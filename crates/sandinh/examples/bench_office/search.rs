//! The search in the words of many incoming documents.

use crate::cast::World;
use crate::report::{Report, median, p95, row, words};
use platform::search::text::{self, Text};
use platform::{Ctx, Uuid, sql};
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

const TIMES: usize = 60;
const BATCH: usize = 2_000;
/// Words of a document: about two pages.
const LENGTH: usize = 400;
/// Two words that one document in fourteen holds, as the 14,000 hits of Paperless' users are of theirs.
const COMMON: &str = "đường vành khuyên";
/// Two words that a handful of documents hold.
const RARE: &str = "lò gạch";

/// Documents of many years, with their words.
pub async fn fill(world: &World, count: usize) {
    let begin = Instant::now();
    let ctx = world.ctx();
    let vocabulary = vocabulary(Path::new("data/procedures"));
    let mut random = StdRng::seed_from_u64(200_000);
    let mut from = 0;
    while from < count {
        let to = (from + BATCH).min(count);
        let tx = ctx.begin().await.expect("a transaction");
        let mut rows = sql(INSERT);
        let mut ids = Vec::with_capacity(to - from);
        for n in from..to {
            let at = ctx.now - chrono::Duration::minutes(20 * i64::try_from(count - n).expect("fits"));
            let id = platform::ids::new_id(at);
            rows = values(rows, &ctx, n, id, at, n == from);
            ids.push(id);
        }
        rows.run(&tx).await.expect("documents");
        for (n, id) in (from..to).zip(ids) {
            let words = letter(&vocabulary, &mut random, n);
            let text = Text { id, kind: "incoming", text: &words, places: &[] };
            text::put(&ctx, &tx, &text).await.expect("words");
        }
        tx.commit().await.expect("they stand");
        from = to;
    }
    let tx = ctx.begin().await.expect("a transaction");
    sql("ANALYZE").run(&tx).await.expect("statistics");
    tx.commit().await.expect("kept");
    eprintln!("{count} documents after {}", words(begin.elapsed()));
}

const INSERT: &str = "INSERT INTO incoming_document (commune_id, id, state, book, year, arrival_number, arrived_at, channel, \
                      sender_code, sender_name, number, notation, issued_on, kind, subject, signer_name, signer_position, \
                      urgency, likeness, reason, revision) VALUES ";

fn values(
    rows: platform::db::Sql,
    ctx: &Ctx,
    n: usize,
    id: Uuid,
    at: chrono::DateTime<chrono::Utc>,
    first: bool,
) -> platform::db::Sql {
    let number = i64::try_from(n).expect("fits");
    rows.push(if first { "(" } else { ", (" })
        .arg(ctx.commune)
        .push(", ")
        .arg(id)
        .push(", 'done', 'bench', 2020, ")
        .arg(number)
        .push(", ")
        .arg(at)
        .push(", 'upload', '', 'Sở Nội vụ', ")
        .arg(number.to_string())
        .push(", 'SNV', ")
        .arg(at.date_naive())
        .push(", 'cong-van', ")
        .arg(format!("Về việc thứ {n} của năm"))
        .push(", '', '', 0, '', '', 1)")
}

/// Words as the files of procedures have them, the frequent ones often.
fn vocabulary(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the procedures").flatten() {
        for file in std::fs::read_dir(entry.path()).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap_or_default();
            let letters = |word: &&str| word.chars().all(char::is_alphabetic) && !word.is_ascii();
            all.extend(text.split_whitespace().filter(letters).map(str::to_owned));
        }
    }
    assert!(all.len() > 1_000, "too few words");
    all
}

fn letter(vocabulary: &[String], random: &mut StdRng, n: usize) -> String {
    let mut text = String::with_capacity(LENGTH * 6);
    for at in 0..LENGTH {
        if at == LENGTH / 2 && n.is_multiple_of(14) {
            let _ = write!(text, "{COMMON} ");
        }
        if at == LENGTH / 3 && n.is_multiple_of(20_000) {
            let _ = write!(text, "{RARE} ");
        }
        let _ = write!(text, "{} ", vocabulary[random.random_range(0..vocabulary.len())]);
    }
    text
}

pub async fn measure(world: &World, count: usize, report: &mut Report) {
    report.line(&format!(
        "{LENGTH} words each; median of {TIMES} (95 % within), the page with its 25 rows as the clerk, inside the server; to \
         beat 20 ms."
    ));
    report.line("");
    let mut table = vec![row(["what", "documents that hold it", "the page", "the index alone"])];
    let hits = |every: usize| crate::report::number(count.div_ceil(every));
    for (what, words, hits) in [
        ("a phrase of two words that many hold", &COMMON[..COMMON.rfind(' ').expect("words")], hits(14)),
        ("a phrase of three words that many hold", COMMON, hits(14)),
        ("a phrase of two words that few hold", RARE, hits(20_000)),
        ("two frequent words that seldom stand side by side", "vành nội", "not counted".into()),
        ("two words that no document holds", "zeppelin xyz", "0".into()),
    ] {
        let path = format!("/lam-viec/van-ban-den?viec=tat-ca&q={}", words.replace(' ', "+"));
        let page = time(async || {
            world.clerk.get(&path).await.ok();
        });
        let (page, index) = (page.await, index(world, words).await);
        table.push(row([what, &hits, &page, &index]));
    }
    report.table(&table);
}

async fn index(world: &World, question: &str) -> String {
    let ctx = world.ctx();
    time(async || {
        text::find(&ctx, &ctx.scope, question, "incoming", 200).await.expect("found");
    })
    .await
}

async fn time<F: AsyncFnMut()>(mut run: F) -> String {
    run().await;
    let mut times: Vec<Duration> = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begin = Instant::now();
        run().await;
        times.push(begin.elapsed());
    }
    format!("{} ({})", words(median(&mut times)), words(p95(&mut times)))
}

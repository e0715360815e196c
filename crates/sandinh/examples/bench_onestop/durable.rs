//! Many residents send at once; what the disk allows stands beside it.

use crate::cast::{CLIENTS, EXTRACT, Resident, World};
use crate::report::{Report, fsync, row, words};
use onestop::{dossier, procedure};
use platform::{Uuid, sql};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

const EACH: usize = 40;
const INSERTS: usize = 12;

pub async fn measure(world: &World, report: &mut Report) {
    let drafts = drafts(world).await;
    let (sent, busy) = send(world, drafts).await;
    let bare = bare(world).await;
    report.table(&[
        row(["what", "measured"]),
        row([
            &format!("prepared drafts sent by {CLIENTS} clients, each acknowledged when it is on the disk"),
            &format!("{sent:.0}/s"),
        ]),
        row(["of them asked to come back (503)", &busy.to_string()]),
        row([
            &format!("bare commits of {INSERTS} inserts by {CLIENTS} clients on the same disk"),
            &format!("{bare:.0}/s"),
        ]),
        row(["submissions to bare commits", &format!("{:.2}", sent / bare)]),
        row(["a 4 KB write with fsync (median of 200)", &words(fsync())]),
    ]);
}

/// Forty drafts for each resident, right in every field.
async fn drafts(world: &World) -> Vec<(Arc<Resident>, Vec<Uuid>)> {
    let catalogue = procedure::catalogue(&world.ctx()).await.expect("procedures");
    let in_force = catalogue.get(EXTRACT).expect("the procedure");
    let mut all = Vec::new();
    for resident in &world.residents {
        let ctx = world.ctx_of(resident);
        let tx = ctx.begin().await.expect("a transaction");
        let mut ids = Vec::with_capacity(EACH);
        for _ in 0..EACH {
            let who = &resident.person;
            let answers = json!({
                "applicant_name": who.full_name, "applicant_number": who.personal_no,
                "applicant_relation": "ban-than", "record_kind": "khai-sinh", "person_name": who.full_name,
                "person_birth": "1990-01-01", "person_sex": "nu", "registered_at": "Xã Gia Phú", "copies": 3,
            });
            let answers = answers.as_object().expect("an object").clone();
            ids.push(dossier::draft_open(&ctx, &tx, in_force, Some(who.id), answers).await.expect("a draft"));
        }
        tx.commit().await.expect("they stand");
        all.push((resident.clone(), ids));
    }
    all
}

/// Submissions a second, and how many were asked to come back.
async fn send(world: &World, drafts: Vec<(Arc<Resident>, Vec<Uuid>)>) -> (f64, usize) {
    let clock = world.app.clock.clone();
    let (done, busy) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let begin = Instant::now();
    let crowd = drafts.into_iter().map(|(resident, ids)| {
        let (clock, done, busy) = (clock.clone(), done.clone(), busy.clone());
        tokio::spawn(async move {
            for id in ids {
                let key = platform::ids::new_id(clock.now()).to_string();
                let path = format!("/ho-so-cua-toi/nhap/{id}/nop");
                let answer = resident.phone.post(&path, &[("khoa", &key), ("cam-doan", "1")]).await;
                match answer.status.as_u16() {
                    303 => done.fetch_add(1, Ordering::Relaxed),
                    503 => busy.fetch_add(1, Ordering::Relaxed),
                    other => panic!("{other}: {}", answer.text()),
                };
            }
        })
    });
    for one in crowd.collect::<Vec<_>>() {
        one.await.expect("a client");
    }
    (rate(done.load(Ordering::Relaxed), begin), busy.load(Ordering::Relaxed))
}

#[allow(clippy::cast_precision_loss, reason = "some thousands")]
fn rate(done: usize, begin: Instant) -> f64 {
    done as f64 / begin.elapsed().as_secs_f64()
}

/// Commits a second of nothing but rows.
async fn bare(world: &World) -> f64 {
    let tx = world.app.db.begin().await.expect("a transaction");
    let table = "CREATE TABLE bench_row (id TEXT PRIMARY KEY, words TEXT NOT NULL)";
    sql(table).run(&tx).await.expect("a table");
    tx.commit().await.expect("it stands");
    let begin = Instant::now();
    let crowd = (0..CLIENTS).map(|_| {
        let app = world.app.clone();
        tokio::spawn(async move {
            for _ in 0..EACH {
                let tx = app.db.begin().await.expect("a transaction");
                for _ in 0..INSERTS {
                    let id = platform::ids::new_id(app.clock.now()).to_string();
                    let row = sql("INSERT INTO bench_row (id, words) VALUES ($1, $2)").bind(id);
                    row.bind("một dòng như dòng của hồ sơ ".repeat(8)).run(&tx).await.expect("a row");
                }
                tx.commit().await.expect("it stands");
            }
        })
    });
    for one in crowd.collect::<Vec<_>>() {
        one.await.expect("a client");
    }
    let rate = rate(CLIENTS * EACH, begin);
    let tx = world.app.db.begin().await.expect("a transaction");
    sql("DROP TABLE bench_row").run(&tx).await.expect("gone");
    tx.commit().await.expect("gone");
    rate
}
